"""The commands as tools of an assistant: what they take, what they answer, and nothing else."""

from __future__ import annotations

import io
import json
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from closedform.cli import main
from closedform.commands.mcp import TOOLS, answered, described

CALLS: list[tuple[str, dict[str, Any]]] = [
    ("verify", {"claims": ["params(conv) = k^2 M N"]}),
    ("verify", {"claims": ["k M N"], "target": "params(conv)"}),
    ("verify", {"claims": "params(conv) = -1"}),
    ("verify", {"claims": ["c^2 = 9"], "where": "k = 3", "name": ["c=k"]}),
    ("derive", {"layers": "depthwise_separable / conv", "measure": "macs"}),
    ("count", {"layers": ["conv(k=3, M=64, N=128, H=56, W=56)"], "convention": "mac2"}),
    ("explain", {"number": "4.1G", "subject": "resnet50"}),
]
OPTIONS = {"target": "--is", "subject": "--for"}


@pytest.mark.parametrize(("tool", "given"), CALLS)
def test_a_tool_answers_what_the_command_prints(
    tool: str, given: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    argv = [tool, "--format", "json"]
    for name, value in given.items():
        values = value if isinstance(value, list) else [value]
        if name in {"claims", "layers", "number"}:
            argv += values
        else:
            argv += [text for one in values for text in (OPTIONS.get(name, f"--{name}"), one)]
    code = main(argv)
    assert answered(tool, given) == (capsys.readouterr().out, code)


@pytest.mark.parametrize("name", ["is", "target"])
def test_an_argument_goes_by_each_name_of_its_option(name: str) -> None:
    assert answered("verify", {"claims": ["k^2 M N"], name: "params(conv)"})[1] == 0


def test_arguments_stand_in_the_order_of_the_command() -> None:
    swapped = {"over": "conv", "layers": "linear"}
    assert answered("derive", swapped) == answered("derive", {"layers": "linear / conv"})


@pytest.mark.parametrize("tool", TOOLS)
def test_each_tool_says_what_it_takes(tool: str) -> None:
    said = described(tool)
    schema = said["input_schema"]
    assert said["description"]
    assert set(schema["required"]) <= set(schema["properties"])
    assert all(one["description"] for one in schema["properties"].values())
    assert {"format", "columns"}.isdisjoint(schema["properties"])
    assert schema["additionalProperties"] is False
    json.dumps(said)


def test_a_document_is_given_as_a_text_or_as_a_file(tmp_path: Path) -> None:
    text = "The cost is $k^2 M N$ parameters.\n"
    file = tmp_path / "paper.md"
    file.write_text(text, encoding="utf-8")
    of_text, of_file = (
        json.loads(answered("scan", given)[0])["files"][0]
        for given in ({"text": text}, {"files": [str(file)]})
    )
    for scan in (of_text, of_file):
        assert [one["equals"][0] for one in scan["candidates"]] == ["params(conv)"]


@pytest.mark.parametrize(
    ("tool", "given", "problem"),
    [
        ("veryfy", {}, "unknown tool 'veryfy'\ndid you mean verify?"),
        ("check", {"files": ["."]}, "unknown tool 'check'"),
        ("verify", {}, "required: CLAIM"),
        ("verify", {"claims": []}, "required: CLAIM"),
        ("derive", {"layers": ["conv", "linear", "relu"]}, "'relu' is one argument too many"),
        ("explain", {"number": "4.1G", "subject": ["conv", "linear"]}, "given twice"),
        ("verify", {"claims": ["a = a"], "wher": "k = 3"}, "did you mean where?"),
        ("verify", {"claims": ["a = a"], "where": 3}, "where is no text"),
        ("verify", {"claims": ["a"], "is": "a", "target": "a"}, "given twice; give it once"),
        ("count", {"layers": ["cnv"]}, "unknown layer 'cnv'"),
        ("count", {"layers": ["conv"], "measure": ["macs", "speed"]}, "unknown measure 'speed'"),
        ("count", {"layers": ["conv"], "convention": "nowhere.toml"}, "nowhere.toml"),
        ("derive", {"layers": "conv", "measure": "speed"}, "unknown measure 'speed'"),
        ("scan", {}, "required: FILE"),
        ("scan", {"files": ["nowhere.md"]}, "nowhere.md"),
    ],
)
def test_what_is_wrong_is_a_sentence(tool: str, given: dict[str, Any], problem: str) -> None:
    answer, code = answered(tool, given)
    assert problem in answer
    assert code == 2


def test_a_claim_from_standard_input_does_not_take_what_the_client_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = io.TextIOWrapper(io.BytesIO(b"a = a"))
    monkeypatch.setattr(sys, "stdin", said)
    assert answered("verify", {"claims": ["-"]})[1] == 2
    assert sys.stdin.read() == "a = a"


def test_the_command_takes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mcp", "--port=1"]) == 2
    assert capsys.readouterr().err.startswith(
        "error: mcp takes no --port=1\n`closedform mcp --help`"
    )


def test_without_the_sdk_the_command_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "mcp.py").write_text("raise ModuleNotFoundError('mcp')\n", encoding="utf-8")
    script = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import closedform.cli as c; c.entry()"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, "mcp"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 2
    assert "pip install 'closedform[mcp]'" in ran.stderr


@pytest.mark.parametrize("tool", TOOLS)
def test_an_assistant_is_told_nothing_of_a_terminal(tool: str) -> None:
    said = [one["description"] for one in described(tool)["input_schema"]["properties"].values()]
    assert [text for text in said if "stdin" in text or "repeated" in text] == []


def test_the_page_lists_all_that_a_tool_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "76")  # which the hook sets, and this forgets again
    root = Path(__file__).parents[1] / "docs"
    hook = runpy.run_path(str(root / "hooks" / "generated.py"))
    page = hook["on_page_markdown"]((root / "assistants.md").read_text(encoding="utf-8"))
    for tool in TOOLS:
        (row,) = (line for line in page.splitlines() if line.startswith(f"| `{tool}`"))
        names = described(tool)["input_schema"]["properties"]
        assert [name for name in names if f"`{name}`" not in row] == []
