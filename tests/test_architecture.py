"""The house plan, held by tests; each rule is shown a snippet that breaks it as well."""

from __future__ import annotations

import ast
import importlib
import inspect
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import closedform
from tests.tools import source_rules as rules
from tests.tools.source_rules import Module

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src"


#: A folder that exists on somebody's machine and nowhere else.
MACHINE_PATH = re.compile(r"(?<![\w.~/:$}<])/(?:home|Users|root|work|tmp|mnt|usr/local)/\w")


def _read(path: Path) -> Module:
    parts = path.relative_to(SRC).with_suffix("").parts
    package = parts[-1] == "__init__"
    name = ".".join(parts[:-1] if package else parts)
    return Module(name, path.read_text(encoding="utf-8"), package)


MODULES = tuple(_read(path) for path in sorted((SRC / "closedform").rglob("*.py")))
KNOWN = frozenset(module.name for module in MODULES)

Rule = Callable[[Module], Iterator[str]]

#: Each rule with snippets that break it and snippets that come close and do not.
RULES: dict[Rule, tuple[list[str], list[str]]] = {
    rules.forbidden_calls: (
        [
            "eval('1')",
            "exec(text)",
            "sympy.sympify(text)",
            "sympy.S('k')",
            "expr.simplify()",
            "from sympy.parsing.latex import parse_latex",
        ],
        ["re.compile('k')", "sympy.S.One", "evaluate(tree)"],
    ),
    rules.letters_of_sizes: (
        ["kernel = sizes['k']", "if name in ('H', 'W'): pass"],
        ["kernel = sizes[letter('kernel')]", "name = 'kernel'"],
    ),
    rules.symbols_made: (
        [
            "import sympy\nsympy.Symbol('k')",
            "import sympy as sp\nsp.symbols('k M')",
            "from sympy import Dummy as Fresh\nFresh()",
            "import sympy.core\nsympy.core.symbol.Symbol('k')",
            "from closedform.later import sympy\nsympy.Symbol('k')",
        ],
        [
            "from closedform.algebra.tree import Symbol\nSymbol('k')",
            "import sympy\nsympy.Integer(1)",
        ],
    ),
    rules.imports_past_the_door: (
        [
            "import sympy",
            "from sympy.polys.rings import PolyElement",
            "if TYPE_CHECKING:\n    x = 1\nelse:\n    import sympy",
            "def f():\n    import mpmath",
        ],
        [
            "from closedform.later import sympy",
            "if TYPE_CHECKING:\n    import sympy",
        ],
    ),
    rules.broad_excepts: (
        [
            "try: f()\nexcept: g()",
            "try: f()\nexcept Exception: g()",
            "try: f()\nexcept (ValueError, BaseException): g()",
        ],
        ["try: f()\nexcept ValueError: g()"],
    ),
    rules.asserts: (["def f(x):\n    assert x > 0"], ["if x <= 0: raise ValueError(x)"]),
    rules.open_keywords: (
        ["def f(**options): ...", "class A:\n    def f(self, **options): ..."],
        ["def _f(**options): ...", "def f(*, option): ..."],
    ),
    rules.too_long: (
        ["x = 1\n" * (rules.MAX_FILE + 1), "def f():\n" + "    x = 1\n" * rules.MAX_FUNCTION],
        ["x = 1\n" * rules.MAX_FILE, "def f():\n" + "    x = 1\n" * (rules.MAX_FUNCTION - 1)],
    ),
    rules.imports_by_name: (
        [
            "importlib.import_module('sympy')",
            "from importlib import import_module\nimport_module(n)",
        ],
        ["import importlib.metadata"],
    ),
}

BROKEN = [(rule, text) for rule, (broken, _) in RULES.items() for text in broken]
SOUND = [(rule, text) for rule, (_, sound) in RULES.items() for text in sound]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_module_keeps_the_rule(rule: Rule) -> None:
    assert [problem for module in MODULES for problem in rule(module)] == []


@pytest.mark.parametrize(("rule", "text"), BROKEN)
def test_a_rule_sees_what_breaks_it(rule: Rule, text: str) -> None:
    assert list(rule(Module("closedform.algebra.snippet", text)))


@pytest.mark.parametrize(("rule", "text"), SOUND)
def test_a_rule_lets_pass_what_comes_close(rule: Rule, text: str) -> None:
    assert list(rule(Module("closedform.algebra.snippet", text))) == []


def test_the_modules_are_found() -> None:
    assert {"closedform", "closedform.errors", "closedform.algebra.tree"} <= KNOWN


def test_a_module_imports_only_from_its_room_and_below() -> None:
    assert [p for module in MODULES for p in rules.imports_from_above(module, KNOWN)] == []


@pytest.mark.parametrize(
    ("name", "text", "problems"),
    [
        ("closedform.algebra.normal_form.atoms", "from closedform.cost import measures", 1),
        ("closedform.algebra.normal_form.atoms", "import closedform", 1),
        ("closedform.algebra.tree", "from ..cli import main", 1),
        ("closedform.algebra.normal_form.atoms", "def f():\n    import closedform.cli", 1),
        (
            "closedform.algebra.normal_form.atoms",
            "from closedform import errors\nimport closedform.symbols",
            0,
        ),
        ("closedform.cli", "from closedform.algebra import tree\nimport closedform.documents", 0),
    ],
)
def test_an_import_from_above_is_seen(name: str, text: str, problems: int) -> None:
    found = list(rules.imports_from_above(Module(name, text), KNOWN))
    assert len(found) == problems


def test_a_room_within_a_room_stands_on_the_earlier_ones() -> None:
    found = [p for m in MODULES for p in rules.imports_from_a_later_inner_room(m, KNOWN)]
    assert found == []
    text = "from closedform.algebra.proofs import goal\nimport closedform.algebra.tree"
    upwards = Module("closedform.algebra.normal_form.floors", text)
    assert len(list(rules.imports_from_a_later_inner_room(upwards, KNOWN))) == 1


def test_tests_that_run_elsewhere_import_what_there_is() -> None:
    """Benchmarks and figures have a run of their own: a moved name must not wait for it."""
    for path in sorted((ROOT / "tests").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("closedform."):
                if node.module.startswith("closedform.plots"):
                    continue  # Matplotlib may not be there
                module = importlib.import_module(node.module)
                for name in node.names:
                    submodule = f"{node.module}.{name.name}" in KNOWN
                    assert submodule or hasattr(module, name.name), f"{path}: {name.name}"


def test_a_module_in_no_room_is_an_error() -> None:
    with pytest.raises(LookupError, match="kitchen"):
        rules.room("closedform.kitchen.sink")


def test_no_module_imports_itself_in_a_circle() -> None:
    assert list(rules.cycles(MODULES)) == []


def test_a_circle_is_seen() -> None:
    modules = [
        Module("closedform.algebra.a", "from closedform.algebra import b"),
        Module("closedform.algebra.b", "import closedform.algebra.c"),
        Module("closedform.algebra.c", "from closedform.algebra.a import f"),
    ]
    assert len(list(rules.cycles(modules))) == 1
    assert list(rules.cycles(modules[:2])) == []


def test_functions_import_nothing_but_optional_extras() -> None:
    assert [p for module in MODULES for p in rules.imports_in_functions(module, KNOWN)] == []


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("def f():\n    import sympy", 1),
        ("def f():\n    from closedform.algebra import tree", 1),
        ("def f():\n    import z3", 0),
        ("import sympy\ndef f(): ...", 0),
    ],
)
def test_an_import_in_a_function_is_seen(text: str, problems: int) -> None:
    module = Module("closedform.documents.snippet", text)
    assert len(list(rules.imports_in_functions(module, KNOWN))) == problems


def test_version_is_the_package_s() -> None:
    assert closedform.__version__ in _python("-m", "closedform", "--version").stdout


def test_public_names_stay_what_they_are() -> None:
    """Importing a submodule of the same name would put the module in the function's place."""
    for name in KNOWN - {"closedform.__main__"}:
        importlib.import_module(name)
    public = {name: getattr(closedform, name) for name in closedform.__all__}
    assert {"conv", "latex", "parse", "ratio", "verify"} <= public.keys()
    assert [name for name, value in public.items() if inspect.ismodule(value)] == []


def test_no_file_names_a_path_of_one_machine() -> None:
    files = _project_files()
    assert ROOT / "pyproject.toml" in files
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in files
        for match in MACHINE_PATH.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("open('" + "/home/" + "me/x')", True),
        ("see " + "/Users/" + "me/notes", True),
        ("N/g", False),
        ("docs/home/page.md", False),
        ("https://example.org" + "/home/" + "page", False),
    ],
)
def test_a_path_of_one_machine_is_seen(text: str, seen: bool) -> None:
    assert bool(MACHINE_PATH.search(text)) is seen


def _python(*arguments: str) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"PYTHONPATH": str(SRC), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, check=True, env=env, text=True
    )


def _project_files() -> list[Path]:
    """The text files of the project, without what is built, cached or installed."""
    kinds = {".cfg", ".css", ".md", ".py", ".tex", ".toml", ".yml", ".yaml", ""}
    places = ("src", "tests", "docs", ".ci")
    inside = [path for place in places for path in (ROOT / place).rglob("*")]
    return [
        path
        for path in [*ROOT.iterdir(), *inside]
        if path.is_file()
        and path.suffix in kinds
        and path.name != ".git"
        and not any(part.endswith("_cache") or part == "node_modules" for part in path.parts)
    ]
