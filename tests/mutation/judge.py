"""Runs the laws against mutants: one process per mutant, forked from one that is warm.

A mutant never touches a file. A finder at the head of ``sys.meta_path`` gives the import system
the broken syntax tree in place of the one module, and everything above it is then imported anew.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import importlib.machinery
import importlib.util
import inspect
import os
import resource
import signal
import sys
from collections.abc import Sequence
from functools import cache
from importlib.abc import MetaPathFinder
from pathlib import Path
from types import CodeType, ModuleType

from tests.mutation.mutants import Mutant

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"
PACKAGE = "closedform"
#: Seconds and bytes one mutant may take; a mutant past them is noticed like one that fails a law.
TIME_LIMIT = 20.0
MEMORY_LIMIT = 2 << 30


def judge(mutants: Sequence[Mutant], law: str) -> list[Mutant]:
    """The mutants, all of one module, that the function ``law`` ("module:function") lets pass."""
    if not mutants:
        return []
    warm_up(mutants[0].module, law)
    source = source_of(mutants[0].module)
    return [mutant for mutant in mutants if survives(mutant.module, mutant.tree(source), law)]


def survives(module: str, tree: ast.Module, law: str) -> bool:
    """Whether the law passes in a process of its own where ``module`` is ``tree``."""
    child = os.fork()
    if child == 0:
        _run_law(module, tree, law)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0


def warm_up(target: str, law: str) -> None:
    """Import what the law needs, as far as it does not lead to ``target``.

    Raises:
        RuntimeError: the target was imported all the same, so that breaking it would go unnoticed.
    """
    where, _, _ = law.partition(":")
    needed = imported_by(where)
    leading = {module for module in needed if target in imported_by(module)}
    for module in sorted(needed - leading - {target}):
        importlib.import_module(module)
    if target in sys.modules:
        raise RuntimeError(f"{target} is imported by something else than an import statement")


def modules(prefix: str) -> list[str]:
    """The dotted names of the package's modules under ``prefix``."""
    files = sorted(SOURCE.joinpath(*prefix.split(".")).rglob("*.py"))
    names = [".".join(file.relative_to(SOURCE).with_suffix("").parts) for file in files]
    return [name.removesuffix(".__init__") for name in names]


@cache
def imported_by(module: str) -> frozenset[str]:
    """Every module of this project that importing ``module`` imports, directly or not."""
    found: set[str] = set()
    waiting = [module]
    while waiting:
        new = {name for name in _imports(waiting.pop()) if name not in found}
        found |= new
        waiting.extend(new)
    return frozenset(found)


def source_of(module: str) -> str:
    """The text of a module of this project."""
    return file_of(module).read_text(encoding="utf-8")


def file_of(module: str) -> Path:
    """Where a module of this project lives."""
    path = (SOURCE if module.startswith(PACKAGE) else ROOT).joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


class BrokenLoader(importlib.machinery.SourceFileLoader):
    """Loads a module from a syntax tree instead of from its file."""

    def __init__(self, module: str, tree: ast.Module) -> None:
        super().__init__(module, str(file_of(module)))
        self.tree = tree

    def get_code(self, fullname: str) -> CodeType:
        """The code of the broken tree."""
        return compile(self.tree, self.path, "exec", dont_inherit=True)


class BrokenFinder(MetaPathFinder):
    """Finds the one broken module and leaves every other to the finders after it."""

    def __init__(self, loader: BrokenLoader) -> None:
        self.loader = loader

    def find_spec(
        self, fullname: str, path: object = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Where the module comes from."""
        if fullname != self.loader.name:
            return None
        where = self.loader.path
        return importlib.util.spec_from_file_location(fullname, where, loader=self.loader)


def _run_law(module: str, tree: ast.Module, law: str) -> None:
    """In the child: break the module, run the law, and leave with 0 when it passed."""
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, TIME_LIMIT)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    code = 1
    # Whatever a broken formula raises, up to a recursion that does not end, is a mutant noticed.
    with contextlib.suppress(BaseException):
        sys.meta_path.insert(0, BrokenFinder(BrokenLoader(module, tree)))
        where, _, function = law.partition(":")
        check = getattr(importlib.import_module(where), function)
        check(module) if inspect.signature(check).parameters else check()
        code = 0
    os._exit(code)


@cache
def _imports(module: str) -> frozenset[str]:
    """The modules of this project that a module names, and the packages they are in."""
    found = {module}
    for node in ast.walk(_without_type_checking(ast.parse(source_of(module)))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    if {"importlib", "os"} <= found:  # a package that imports whatever is in it
        found |= set(modules(module))
    packages = {package for name in found for package in _packages(name)}
    return frozenset(name for name in (found | packages) - {module} if _is_ours(name))


def _is_ours(name: str) -> bool:
    return name.split(".")[0] in (PACKAGE, "tests") and file_of(name).exists()


def _without_type_checking(tree: ast.Module) -> ast.Module:
    """The tree without what only a type checker imports."""
    kept = [
        node
        for node in tree.body
        if not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    ]
    return ast.Module(kept, type_ignores=[])


def _packages(name: str) -> set[str]:
    parts = name.split(".")
    return {".".join(parts[:end]) for end in range(1, len(parts))}
