"""What each command loads, in a process of its own: nothing that it does not need."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import closedform
from closedform.catalogue import LAYERS
from tests.test_architecture import KNOWN
from tests.tools.source_rules import ROOMS, room

ROOT = Path(__file__).resolve().parent.parent

#: All that may be loaded besides the standard library and closedform itself.
RUNTIME = frozenset({"sympy", "mpmath", "gmpy2"})

#: What nearly every module loads of the standard library: here once, to save time.
STANDARD = ("argparse", "csv", "fractions", "html", "tomllib", "typing")

#: Packages that hold nothing themselves: a module in them was asked for.
EMPTY = frozenset({"closedform.algebra.normal_form", "closedform.algebra.proofs"})

#: Runs each piece of code in a fork of a process that has loaded nothing; tells what each loads.
FORKS = """
import json, os, sys

# Compiled once, for all of them.
sys.dont_write_bytecode, sys.pycache_prefix = False, sys.argv[2]

def loaded_by(code):
    source, sink = os.pipe()
    child = os.fork()
    if not child:
        os.dup2(os.open(os.devnull, os.O_RDWR), 1)
        os.dup2(1, 2)
        try:
            exec(code, {})
        except SystemExit:
            pass
        finally:
            with os.fdopen(sink, "w") as pipe:
                json.dump([*sys.modules], pipe)
            os._exit(0)
    os.close(sink)
    with os.fdopen(source) as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else None

for name in sys.argv[3:]:
    __import__(name)
print(json.dumps([loaded_by(one) for one in json.loads(sys.argv[1])]))
"""

#: What takes long to load: of each of the commands below a twentieth or more.
LONG = frozenset({"sympy", "mpmath", "gmpy2", "dataclasses", "inspect"})

#: Commands that are answered from text to text.
PLAIN = (
    ["--help"],
    ["--version"],
    ["show", "conv"],
    ["show", "resnet50"],
    ["show", "multi_head_attention(bias)", "--format", "latex"],
    ["count", "conv(k=3, M=64, N=64, H=56, W=56)"],
    ["count", "resnet50", "--format", "json"],
    ["list", "layers"],
    ["list", "conventions"],
    ["list", "notations"],
    ["list", "networks"],
    ["table", "conv", "depthwise_conv", "--where", "k=3, M=N=64, H=W=14"],
    ["derive", "conv"],
    ["verify", "macs(conv) = k^2 M N H W"],
    ["verify", "macs(depthwise_separable_conv)/macs(conv) = 1/N + 1/k^2"],
    ["verify", "ceil(H/s) = floor((H + s - 1)/s)"],
    ["verify", "sqrt(12 M^2) = 2 sqrt(3) M"],
    ["verify", "macs(depthwise_conv) <= macs(conv)"],
    ["verify", "params(conv) = + +"],
    ["show", "convolutoin"],
    ["compare", "resnet50"],
    ["ratio", "depthwise_separable_conv", "conv"],
)
#: Commands that ask for a common divisor or for factors.
WITH_SYMPY = (["verify", "(M^2 - N^2)^0.5 = (M - N)^0.5 (M + N)^0.5", "--where", "M > N"],)


def _loaded(codes: list[str], cache: Path, before: tuple[str, ...] = ()) -> list[set[str]]:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", FORKS, json.dumps(codes), str(cache), *before],
        capture_output=True,
        check=True,
        env=environment,
        text=True,
    )
    return [set(names) for names in json.loads(done.stdout)]


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what is compiled, and found out, once for all processes of a test run."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    folder = tmp_path_factory.getbasetemp().parent / f"compiled-{run}"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def loaded(compiled: Path) -> dict[str, set[str]]:
    commands, known = PLAIN + WITH_SYMPY, compiled / "loaded.json"
    if not known.exists():
        codes = [f"from closedform.cli import main; main({one})" for one in commands]
        found = [sorted(names) for names in _loaded(codes, compiled)]
        written = known.with_suffix(f".{os.getpid()}")
        written.write_text(json.dumps(found), encoding="utf-8")
        written.replace(known)
    found = json.loads(known.read_text(encoding="utf-8"))
    return dict(zip(map(" ".join, commands), map(set, found), strict=True))


@pytest.mark.parametrize("command", [" ".join(one) for one in PLAIN])
def test_text_in_text_out_does_not_load_sympy(command: str, loaded: dict[str, set[str]]) -> None:
    assert "closedform.cli" in loaded[command]
    assert not LONG & loaded[command]


@pytest.mark.parametrize("command", [" ".join(one) for one in WITH_SYMPY])
def test_a_common_divisor_loads_sympy(command: str, loaded: dict[str, set[str]]) -> None:
    """The test above would see it."""
    assert "sympy" in loaded[command]


@pytest.mark.parametrize(
    ("command", "rooms"),
    [
        ("show conv", ["diagnosis", "algebra.proofs", "algebra.normal_form", "typeset.tables"]),
        ("list layers", ["language.parser", "diagnosis", "algebra.normal_form"]),
        ("verify macs(conv) = k^2 M N H W", ["diagnosis", "algebra.proofs", "algebra.search"]),
        ("verify params(conv) = + +", ["diagnosis", "algebra.proofs", "algebra.search"]),
        ("table conv depthwise_conv --where k=3, M=N=64, H=W=14", ["algebra.proofs", "diagnosis"]),
        ("derive conv", ["algebra.proofs", "diagnosis"]),
        ("verify macs(depthwise_conv) <= macs(conv)", ["diagnosis"]),
    ],
)
def test_a_room_that_is_not_needed_rests(
    command: str, rooms: list[str], loaded: dict[str, set[str]]
) -> None:
    resting = tuple(f"closedform.{room}" for room in rooms)
    modules = {name for name in loaded[command] if name not in EMPTY}
    assert [name for name in sorted(modules) if name.startswith(resting)] == []


def test_a_command_loads_no_other_package(loaded: dict[str, set[str]]) -> None:
    for names in loaded.values():
        packages = {name.split(".")[0] for name in names} - sys.stdlib_module_names
        assert packages - {"closedform", "__mp_main__"} - RUNTIME <= _loaded_at_start()


def _loaded_at_start() -> set[str]:
    """What an environment loads with every Python, as coverage does."""
    listing = "import sys; print(*{name.split('.')[0] for name in sys.modules})"
    return set(_run(listing).split())


@pytest.mark.parametrize("number", range(len(ROOMS)), ids=lambda number: min(ROOMS[number]))
def test_every_module_is_imported_alone(compiled: Path, number: int) -> None:
    """Each in a fork of its own: it needs no room above it, and it does not load SymPy.

    The rooms that it may stand on are there, each tried before; the catalogue and what knows it
    are not, so that nobody leans on layers that somebody else has loaded.
    """
    below = [name for name in KNOWN if room(name) < min(number, room("closedform.catalogue"))]
    names = sorted(name for name in KNOWN - {"closedform.__main__"} if room(name) == number)
    before = (*STANDARD, *sorted(set(below) - {"closedform"}))
    loaded = _loaded([f"import {name}" for name in names], compiled, before)
    for name, modules in zip(names, loaded, strict=True):
        assert name in modules, f"{name} cannot be imported alone"
        above = {one for one in modules & KNOWN if room(one) > room(name)} - {"closedform"}
        assert not above, f"{name} loads {above}"
        assert not {"sympy", "mpmath"} & modules, name


def test_what_tools_ask_of_every_module_loads_no_catalogue() -> None:
    asked = "import sys, closedform as c; print(hasattr(c, '_x'), hasattr(c, '__wrapped__'))"
    loads = "print([name for name in sys.modules if name.startswith('closedform.c')])"
    assert _run(f"{asked}; {loads}").split("\n")[:2] == ["False False", "[]"]
    layers = "import closedform as c; print(c.resnet50.name, c.conv.name, hasattr(c, 'x'))"
    assert _run(layers).strip() == "resnet50 conv False"


def test_every_layer_is_a_public_name() -> None:
    assert [name for name in LAYERS if getattr(closedform, name) is not LAYERS[name]] == []


@pytest.mark.parametrize("asked", ["closedform.conv().params", "closedform.parse('k^2')"])
def test_a_sympy_expression_loads_it(asked: str) -> None:
    code = f"import sys, closedform; {asked}; print('sympy' in sys.modules)"
    assert _run(code).strip() == "True"


def _run(code: str) -> str:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, env=environment, text=True
    )
    return done.stdout
