"""What each command loads, in a process of its own: nothing that it does not need."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

#: All that may be loaded besides the standard library and closedform itself.
RUNTIME = frozenset({"sympy", "mpmath", "gmpy2"})

#: Runs each command in a fork of a process that has loaded nothing; tells what each has loaded.
FORKS = """
import json, os, sys

# Compiled once, for all of them.
sys.dont_write_bytecode, sys.pycache_prefix = False, sys.argv[2]

def loaded_by(arguments):
    source, sink = os.pipe()
    child = os.fork()
    if not child:
        os.dup2(os.open(os.devnull, os.O_RDWR), 1)
        os.dup2(1, 2)
        try:
            from closedform.cli import main
            main(arguments)
        except SystemExit:
            pass
        with os.fdopen(sink, "w") as pipe:
            json.dump(sorted(sys.modules), pipe)
        os._exit(0)
    os.close(sink)
    with os.fdopen(source) as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else None

print(json.dumps([loaded_by(one) for one in json.loads(sys.argv[1])]))
"""

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
)
#: Commands that ask for a common divisor or for factors.
WITH_SYMPY = (
    ["ratio", "depthwise_separable_conv", "conv"],
    ["verify", "(M^2 - N^2)^0.5 = (M - N)^0.5 (M + N)^0.5", "--where", "M > N"],
)


def _loaded(commands: tuple[list[str], ...], cache: Path) -> list[set[str]]:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", FORKS, json.dumps(commands), str(cache)],
        capture_output=True,
        check=True,
        env=environment,
        text=True,
    )
    return [set(names) for names in json.loads(done.stdout)]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    commands = PLAIN + WITH_SYMPY
    return dict(
        zip(
            map(" ".join, commands),
            _loaded(commands, tmp_path_factory.mktemp("compiled")),
            strict=True,
        )
    )


@pytest.mark.parametrize("command", [" ".join(one) for one in PLAIN])
def test_text_in_text_out_does_not_load_sympy(command: str, loaded: dict[str, set[str]]) -> None:
    assert "closedform.cli" in loaded[command]
    assert not {"sympy", "mpmath", "gmpy2"} & loaded[command]


@pytest.mark.parametrize("command", [" ".join(one) for one in WITH_SYMPY])
def test_a_common_divisor_loads_sympy(command: str, loaded: dict[str, set[str]]) -> None:
    """The test above would see it."""
    assert "sympy" in loaded[command]


def test_a_command_loads_no_other_package(loaded: dict[str, set[str]]) -> None:
    for names in loaded.values():
        packages = {name.split(".")[0] for name in names} - sys.stdlib_module_names
        assert packages - {"closedform", "__mp_main__"} - RUNTIME <= _loaded_at_start()


def _loaded_at_start() -> set[str]:
    """What an environment loads with every Python, as coverage does."""
    listing = "import sys; print(*{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", listing], capture_output=True, check=True, text=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("asked", ["closedform.conv().params", "closedform.parse('k^2')"])
def test_a_sympy_expression_loads_it(asked: str) -> None:
    code = f"import sys, closedform; {asked}; print('sympy' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "True", done.stderr[-300:]
