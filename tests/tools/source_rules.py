"""The rules of the house as functions of a module's source: each returns what breaks it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

PACKAGE = "closedform"

#: The rooms from the ground up. A module imports from its own room and from those below it.
ROOMS: tuple[frozenset[str], ...] = tuple(
    frozenset(names.split())
    for names in (
        "errors files later records symbols synonyms toml _version",
        "algebra",
        "typeset",
        "language",
        "cost",
        "catalogue",
        "reading",
        "own_layers",
        "models",
        "given plots",
        "derivation diagnosis expressions figures identification solving verdicts",
        "documents",
        "commands",
        "cli __main__ __init__ _layers",
    )
)

#: Rooms within a room, from the ground up: the earlier ones know nothing of the later ones.
INNER: tuple[tuple[str, ...], ...] = (
    (
        "closedform.algebra.sequences",
        "closedform.algebra.normal_form",
        "closedform.algebra.proofs",
        "closedform.algebra.search",
    ),
    ("closedform.algebra.normal_form", "closedform.algebra.forms"),
    (
        "closedform.documents.plain",
        "closedform.documents.context",
        "closedform.documents.formats",
        "closedform.documents.reports",
    ),
    (
        "closedform.language.scanning",
        "closedform.language.numbers",
        "closedform.language.surroundings",
        "closedform.language.statements",
    ),
)

#: Packages of the optional extras: the only ones that a function may import.
OPTIONAL = frozenset("anyio duckdb google matplotlib mcp onnx pandas torch z3".split())

#: The module that opens SymPy, and what is opened there: the rest is loaded when it is needed.
DOOR, BEHIND_THE_DOOR = f"{PACKAGE}.later", frozenset({"sympy", "mpmath", "hashlib"})

#: Modules that may name what they import at run time, and nothing else may.
LAZY = frozenset(
    {
        PACKAGE,
        DOOR,
        f"{PACKAGE}.commands",
        f"{PACKAGE}.catalogue",
        f"{PACKAGE}.documents.pytest_plugin",
    }
)

#: Built-in calls that run text as code.
FORBIDDEN_BUILTINS = frozenset("eval exec compile __import__".split())

#: Modules that compile what they made, of a formula's tree or a class's names, and never a text.
COMPILERS = {f"{PACKAGE}.algebra.compiled": {"compile"}, f"{PACKAGE}.records": {"exec"}}

#: Calls of SymPy, as functions or methods, that do so too or are slow and heuristic.
FORBIDDEN_CALLS = frozenset("sympify S simplify nsimplify parse_expr parse_latex".split())

SYMBOL_MAKERS = frozenset("Symbol symbols Dummy Wild var IndexedBase".split())

#: Rooms that know sizes by their roles: the letters of the catalogue stand in no text there.
BY_ROLES = frozenset("algebra diagnosis identification verdicts".split())
LETTERS = frozenset("k M N g H W".split())

MAX_FILE = 300
MAX_FUNCTION = 60

Functions = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Module:
    """One source file: its dotted name and its text."""

    name: str
    text: str
    is_package: bool = False

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    def at(self, node: ast.AST, problem: str) -> str:
        return f"{self.name}:{getattr(node, 'lineno', 1)}: {problem}"


def room(name: str) -> int:
    """The number of the room that a module of the package stands in.

    >>> room("closedform.errors") < room("closedform.algebra.tree") < room("closedform")
    True
    """
    first = name.split(".")[1] if "." in name else "__init__"
    for number, names in enumerate(ROOMS):
        if first in names:
            return number
    raise LookupError(f"{name} stands in no room: add {first} to ROOMS")


def imports_from_above(module: Module, known: frozenset[str]) -> Iterator[str]:
    for node, target in _imports(module, known):
        if target.split(".")[0] == PACKAGE and room(target) > room(module.name):
            yield module.at(node, f"imports {target}, from a room above")


def imports_from_a_later_inner_room(module: Module, known: frozenset[str]) -> Iterator[str]:
    for order in INNER:
        places = {name: number for number, name in enumerate(order)}
        here = places.get(module.name.rpartition(".")[0])
        for node, target in _imports(module, known) if here is not None else ():
            if places.get(target.rpartition(".")[0], 0) > here:
                yield module.at(node, f"imports {target}, from a room that stands on this one")


def cycles(modules: Iterable[Module]) -> Iterator[str]:
    """Each import cycle between modules, once."""
    modules = tuple(modules)
    known = frozenset(module.name for module in modules)
    graph = {
        module.name: {
            target for _, target in _imports(module, known) if target in known - {module.name}
        }
        for module in modules
    }
    done: set[str] = set()
    for name in graph:
        yield from _cycles_from(name, graph, (), done)


def imports_in_functions(module: Module, known: frozenset[str]) -> Iterator[str]:
    for function in _functions(module):
        inner = Module(module.name, "", module.is_package)
        for node, target in _imports(inner, known, within=function):
            if target.split(".")[0] not in OPTIONAL:
                yield module.at(node, f"{function.name} imports {target}")


def imports_by_name(module: Module) -> Iterator[str]:
    """Uses of importlib outside the modules that are lazy by design."""
    for node in ast.walk(module.tree):
        by_name = isinstance(node, ast.Call) and _called(node) == "import_module"
        if by_name and module.name not in LAZY:
            yield module.at(node, "imports a module by name")


def imports_past_the_door(module: Module) -> Iterator[str]:
    """Imports of what waits behind the door, save for checking types."""
    checked = {
        inner
        for node in ast.walk(module.tree)
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"
        for part in node.body
        for inner in ast.walk(part)
    }
    for node, target in _imports(module, frozenset()):
        if target.split(".")[0] in BEHIND_THE_DOOR and node not in checked:
            yield module.at(node, f"imports {target}: it comes from {DOOR}")


def forbidden_calls(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            bare = isinstance(node.func, ast.Name)
            allowed = COMPILERS.get(module.name, frozenset())
            builtin = bare and _called(node) in FORBIDDEN_BUILTINS - allowed
            if (name := _called(node)) in FORBIDDEN_CALLS or builtin:
                yield module.at(node, f"calls {name}")
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if alias.name in FORBIDDEN_CALLS:
                    yield module.at(node, f"imports {alias.name}")


def symbols_made(module: Module) -> Iterator[str]:
    """SymPy symbols that are not made by closedform.symbols."""
    if module.name == f"{PACKAGE}.symbols":
        return
    aliases = _aliases(module)
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call):
            continue
        origin, _, name = _origin(node.func, aliases).rpartition(".")
        if origin.split(".")[0] == "sympy" and name in SYMBOL_MAKERS:
            yield module.at(node, f"makes a symbol with {name}")


def broad_excepts(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ExceptHandler):
            caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            for kind in caught:
                if kind is None or getattr(kind, "id", "") in {"Exception", "BaseException"}:
                    yield module.at(node, "catches everything")


def asserts(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Assert):
            yield module.at(node, "asserts: gone under -O")


def open_keywords(module: Module) -> Iterator[str]:
    """Public functions and methods that take any keyword."""
    for owner in ast.walk(module.tree):
        if isinstance(owner, (ast.Module, ast.ClassDef)):
            for node in owner.body:
                if isinstance(node, Functions) and node.args.kwarg and node.name[0] != "_":
                    yield module.at(node, f"{node.name} takes **{node.args.kwarg.arg}")


def letters_of_sizes(module: Module) -> Iterator[str]:
    """Texts that are a letter of a size, where the role of a size is asked for."""
    for node in ast.walk(module.tree) if {*module.name.split(".")[1:2]} & BY_ROLES else ():
        if isinstance(node, ast.Constant) and node.value in LETTERS:
            yield module.at(node, f"knows the letter {node.value}")


def too_long(module: Module) -> Iterator[str]:
    lines = len(module.text.splitlines())
    if lines > MAX_FILE:
        yield f"{module.name}: {lines} lines (at most {MAX_FILE})"
    for function in _functions(module):
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        if length > MAX_FUNCTION:
            yield module.at(function, f"{function.name}: {length} lines (at most {MAX_FUNCTION})")


def _functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(module.tree) if isinstance(node, Functions))


def _imports(
    module: Module, known: frozenset[str], *, within: ast.AST | None = None
) -> Iterator[tuple[ast.AST, str]]:
    """Each import and the full name of the module that it loads."""
    for node in ast.walk(within or module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = _base(module, node)
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                yield node, inner if inner in known else base


def _base(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = module.name.split(".")
    kept = parts[: len(parts) - node.level + module.is_package]
    return ".".join([*kept, *([node.module] if node.module else [])])


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def _aliases(module: Module) -> dict[str, str]:
    """What each imported name stands for."""
    found: dict[str, str] = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                local = alias.asname or alias.name.split(".")[0]
                found[local] = alias.name if alias.asname else local
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                origin = f"{node.module}.{alias.name}".removeprefix(f"{DOOR}.")
                found[alias.asname or alias.name] = origin
    return found


def _origin(node: ast.expr, aliases: Mapping[str, str]) -> str:
    if isinstance(node, ast.Name):
        return aliases.get(node.id, "")
    if isinstance(node, ast.Attribute):
        return f"{_origin(node.value, aliases)}.{node.attr}"
    return ""


def _cycles_from(
    name: str, graph: Mapping[str, set[str]], path: tuple[str, ...], done: set[str]
) -> Iterator[str]:
    if name in path:
        yield " -> ".join((*path[path.index(name) :], name))
    elif name not in done:
        for target in sorted(graph[name]):
            yield from _cycles_from(target, graph, (*path, name), done)
        done.add(name)
