"""The command line: output, exit codes, formats, and sentences for bad input."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from closedform.cli import main
from closedform.commands.usage import COMMANDS


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    code = main(argv)
    out, err = capsys.readouterr()
    return code, out, err


def test_show_latex_is_in_paper_order(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "show", "conv", "--format", "latex")
    lines = [line for line in out.splitlines() if not line.startswith("%")]
    assert code == 0
    assert lines[0] == "k^{2} M N"
    assert lines[2] == r"\left(2 k^{2} M - 1\right) N H W"


@pytest.mark.parametrize(
    ("form", "number"), [("latex", "11{,}689{,}512"), ("markdown", "| 11,689,512 |")]
)
def test_show_sets_the_thousands_of_a_number_apart(
    form: str, number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert number in run(capsys, "show", "resnet18", "--format", form)[1]


def test_count_is_exact_and_names_its_convention(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "count", "conv(k=3, M=64, N=128, H=56, W=56, bias)")
    assert code == 0
    assert "73,856" in out
    assert "231,211,008" in out
    assert "462,422,016  (exact)" in out


def test_count_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "count", "mobilenet-v1", "--convention", "mac", "--format", "json")
    data = json.loads(out)
    # MobileNets, arXiv:1704.04861, Table 8: 569 million mult-adds, 4.2 million parameters.
    assert data["macs"] == data["flops"] == 568_740_352
    assert data["params"] == 4_231_976
    assert data["convention"] == "mac"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("text", "  FLOPs       –  (torch)\n"),
        ("latex", "convention torch\n\\text{–}\n"),
        ("markdown", "| FLOPs (torch) | – |\n"),
        ("json", '"flops": null,'),
    ],
)
def test_what_nobody_counts_is_shown_as_no_zero(
    capsys: pytest.CaptureFixture[str], form: str, said: str
) -> None:
    assert said in run(capsys, "show", "lstm", "--convention=torch", f"--format={form}")[1]
    assert "FLOPs       0  (exact)" in run(capsys, "show", "relu")[1]


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("show", "resnet-50"), "  params      25,557,032\n"),
        (("show", "linear(M=99, N=101)"), "  params      9,999\n"),
        (("show", "mamba(d=16d)"), "  MACs        n·(1600d² + 1664d)\n"),
        (("show", "lora(N=M)"), "  MACs        M² + 2Mr\n"),
        (("show", "linear(M=100, N=101)", "--format=json"), '"params": "10100"'),
        (("show", "linear(M=100, N=101, n=n)"), "  MACs        10100n\n"),
        (("verify", "params(resnet50) = 25e6"), "left is 25,557,032, right is 25,000,000"),
        (("verify", "params(resnet50) = 25e6", "--format=json"), '"left": "25557032"'),
    ],
)
def test_long_numbers_are_grouped_for_readers_only(
    capsys: pytest.CaptureFixture[str], argv: tuple[str, ...], said: str
) -> None:
    assert said in run(capsys, *argv)[1]


# (arguments, exit code)
EXITS = [
    (("verify", "M + M = 2 M"), 0),
    (("verify", "params(depthwise_conv) = k*k*M*M"), 1),
    (("verify", "M + = 2"), 2),
    (("verify", "n ≈ s"), 3),
    (("verify", "M + M = 2 M", "n ≈ s"), 3),
    (("verify", "M = 2 M", "n ≈ s"), 1),
    (("count", "conv(k=3)"), 2),
    (("count", "conv(k=0, M=1, N=1, H=1, W=1)"), 2),
    (("count", "conv(k=1, M=3, N=4, H=1, W=1, g=2)"), 2),
    (("show", "convv"), 2),
    (("show", "conv", "--convention", "macs"), 2),
    (("show", "conv", "--notation", "mobilnet"), 2),
    (("list", "layers"), 0),
]


@pytest.mark.parametrize(("argv", "code"), EXITS)
def test_exit_codes(capsys: pytest.CaptureFixture[str], argv: tuple[str, ...], code: int) -> None:
    assert run(capsys, *argv)[0] == code


# (arguments, what the error says)
ERRORS = [
    (["verify", "卷积 = 3"], "'卷积' is a layer, and no formula"),
    (["verify", "bytes(conv) = 3"], "write bytes(params(conv))"),
    (["verify", "1/0 = 3"], "  1/0 = 3\n     ^"),
    (["verify", "max(3) = 3"], "write max(a, b) or max(a, b, c)"),
    (["verify", "log(3,4,5) = 3"], "write log(a) or log(a, b)"),
    (["table", "conv", "--where", "k=3=4"], "  k=3=4\n  ^^^^^\n"),
    (["count", "resnet50", "--where", "R"], "write equations: k=3, M=N=512"),
    (["mcp", "--port", "3"], "`closedform mcp --help` says what it takes"),
    (["identify", ""], 'write one, such as "k^2 M N + N"'),
    (["ratio", "conv", "/", "linear"], 'quotes hold together what is one: "conv / linear"'),
    (["count", "relu", "--convention", "./x.toml"], "error: x.toml: cannot be read"),
    (("count", "conv(k=3, M=64, N=128)"), "no number without a value for H, W"),
    (("count", "conv(k=0, M=1, N=1, H=1, W=1)"), "k = 0 is not a positive integer"),
    (("count", "mobilenet_v1(alpha=0)"), "give alpha as a number above 0, such as 1/2"),
    (("count", "resnet50(224)"), "a size goes by its name: conv(k=3, M=64), resnet50(R=224)"),
    (("count", "conv(k=1, M=3, N=4, H=1, W=1, g=2)"), "g = 2 does not divide M = 3"),
    (("show", "shuffle_v2_unit(N=3)"), "2 does not divide N = 3\n  shuffle_v2_unit(N=3)\n       "),
    (("show", "shuffle_v2_unit(N=3)"), "choose N among the multiples of 2"),
    (("show", "moe(E=2, a=3)"), "a = 3 is more than E = 2\n  moe(E=2, a=3)\n"),
    (("count", "mixtral_8x7b(n=1, a=9)"), "give a as E or less"),
    (("count", "shuffle_v2_unit(M=4, N=6, H=2, W=2)"), "M = 4 is not N = 6 at s = 1"),
    (("show", "attention(n=3, h=2, d_h=0)"), "give d_h as 1, 2, 3, …"),
    (("show", "mha(d=7, h=2)"), "d_h = d/h = 7/2 is not a positive integer"),
    (("show", "mha(d=7, h=2)"), "choose the sizes in it so that it is 1, 2, 3, …"),
    (("count", "conv(k=3.5, M=1, N=1)"), "  conv(k=3.5, M=1, N=1)\n         ^^^\n"),
    (("count", "conv(k=1, M=3, g=2)"), "  conv(k=1, M=3, g=2)\n                   ^\n"),
    (("verify", __file__), "test_cli.py is a file, where a layer or a formula is expected"),
    (
        ("count", "conv", "--where", "k=3x3, M=N=4, H=W=2"),
        "  k=3x3, M=N=4, H=W=2\n  ^^^^^\nwrite k=3",
    ),
    (("count", "conv", "--where", "k=3, M=N=4, H=W=224×224"), "write H=224, W=224"),
    (("verify", "params(conv) = k^2 M N where k = 3x3"), "k=3x3 is two sizes"),
    (("verify", "参数量（卷积）= k^2 M N"), "unknown quantity '参数量'"),
    (("verify", "计算量(conv) = k^2 M N"), "did you mean flops?"),
    (("verify", "参数量（标准）= k^2 M N"), "words are no part of a claim"),
    (("verify", "conv.params = k^2 M N"), "write params(conv)"),
    (("show", ""), "error: there is no layer here\nwrite one, such as conv(k=3, M=64)"),
    (("ratio", "conv"), "error: conv is compared with nothing\nname the other layer behind it"),
    (("count", "conv", "k=3"), "error: a size by itself is no layer"),
    (("table", "A: "), "error: there is no layer here\nwrite one, such as conv(k=3, M=64)"),
    (("show", __file__), "`closedform scan` lists its formulas"),
    (("show", "params(convv(k=3))"), "did you mean conv"),
    (("show", "conv(q=3)"), "sizes of conv: k, M, N, H, W, g"),
    (("show", "conv(k=3, s=2)"), "H and W are the output's, such as H=out("),
    (("verify", "c = N", "--name", "c=M", "--name", "c=N"), "give each word one symbol"),
    (("show", "conv", "--convention", "mac3"), "did you mean mac or mac2"),
    (("check", "nowhere.toml"), "nowhere.toml"),
    (("check", "picture.png"), ".png"),
]


@pytest.mark.parametrize(("argv", "said"), ERRORS)
def test_bad_input_gets_a_sentence(
    capsys: pytest.CaptureFixture[str], argv: tuple[str, ...], said: str
) -> None:
    code, out, err = run(capsys, *argv)
    assert code == 2
    assert said in err + out


def test_a_dash_is_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"M + M = 2 M\n")))
    assert run(capsys, "verify", "-")[0] == 0


def test_one_broken_claim_does_not_stop_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "verify", "M + = 2", "M + M = 2 M", "--format", "json")
    broken, fine = json.loads(out)
    assert code == 2
    assert "error" in broken
    assert fine["verdict"] == "proven"


def test_a_file_that_is_not_there_may_be_misspelt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "note.md").touch()
    assert (
        f"did you mean {tmp_path / 'note.md'}?" in run(capsys, "check", f"{tmp_path}/notte.md")[2]
    )
    assert "there is no folder" in run(capsys, "check", f"{tmp_path}/no/note.md")[2]


def test_a_quotation_mark_of_toml_is_closed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.toml").write_text('title = "x\n', encoding="utf-8")
    assert "close the quotation mark in this line" in run(capsys, "check", f"{tmp_path}/a.toml")[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_help_page(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main([name, "--help"])
    assert stop.value.code == 0
    assert "exit codes" in capsys.readouterr().out


def check(
    capsys: pytest.CaptureFixture[str], path: Path, text: str
) -> tuple[int, dict[str, object]]:
    path.write_text(text, encoding="utf-8")
    code, out, _ = run(capsys, "check", str(path), "--format", "json")
    return code, json.loads(out)


MARKDOWN = """\
# Notes

<!-- closedform: params(conv(bias)) -->
The layer has $k \\times k \\times M \\times N + N$ parameters.

<!-- closedform: params(depthwise_conv) ; expect refuted -->
$$
k^2 M^2
$$

<!-- closedform: params(conv) -->
$k^2 M ($
"""


def test_check_markdown_in_place(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, data = check(capsys, tmp_path / "notes.md", MARKDOWN)
    assert code == 2
    assert data["summary"] == {
        "proven": 1,
        "refuted": 1,
        "undecided": 0,
        "errors": 1,
        "unexpected": 1,
    }
    (file,) = data["files"]  # type: ignore[misc]
    places = [(one["line"], one["end"], one["ok"]) for one in file["claims"]]
    assert places == [(4, 4, True), (7, 9, True), (12, 12, False)]


def test_an_unexpected_proof_is_a_finding(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = '[[claim]]\ntext = "k^2 M N"\nis = "params(conv)"\nexpect = "refuted"\n'
    code, data = check(capsys, tmp_path / "claims.toml", text)
    assert code == 1
    assert data["summary"]["unexpected"] == 1  # type: ignore[index]


def test_an_error_is_coloured_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("closedform.cli.takes_colour", lambda _: True)
    err = run(capsys, "show", "convv(k=3)")[2]
    assert err.startswith("\x1b[31merror\x1b[0m: ")
    assert "\x1b[31m^^^^^\x1b[0m\n" in err
