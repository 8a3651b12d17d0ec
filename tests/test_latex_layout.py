"""Printed LaTeX fits a line of an article: rows, tables and the sentences of verdicts."""

from __future__ import annotations

import copy
import pickle
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import closedform as cf
from closedform.algebra.tree import Symbol
from closedform.cli import main
from closedform.cost.conventions import CONVENTIONS
from closedform.derivation.derive import derive
from closedform.documents.reports.table import WIDEST
from closedform.errors import MissingSize, NotDivisible, ParseError, UnknownName
from closedform.figures.table import table
from closedform.records import replace
from closedform.typeset.line_breaks import broken, latex_sentence, stacked
from closedform.typeset.notation import SOURCE
from closedform.typeset.own_notation import lookup
from closedform.typeset.prose import Code, say
from closedform.typeset.width import LETTER, LINE, TYPED, typed_width, width
from closedform.verdicts.verdict import Verdict
from tests.read_formula import formula

#: Formulas and their widths in points as pdflatex measures them (Computer Modern, 10 points).
WIDTHS = [
    (r"k^{2} M N H W", 49.9),
    (r"\left(2 k^{2} - 1\right) M H W", 73.8),
    (r"D_K \cdot D_K \cdot M \cdot D_F \cdot D_F", 101.5),
    (r"\text{cancel } M H W", 60.8),
    (r"\frac{k^{2} + N}{k^{2} N}", 33.8),
]


@pytest.mark.parametrize(("latex", "points"), WIDTHS)
def test_a_width_is_about_what_it_is(latex: str, points: float) -> None:
    assert width(latex) == pytest.approx(points, rel=0.1)


#: A formula, the room for it, and its lines: broken at signs, else at factors, else inside.
LINES = [
    ("k^{2} M N + N", 70.0, ["k^{2} M N + N"]),
    ("k^{2} M N + M N + N", 70.0, ["k^{2} M N + M N", "+ N"]),
    ("k^{2} M N - M N + N", 43.0, ["k^{2} M N", "- M N", "+ N"]),
    (r"k^{2} M N H W", 40.0, ["k^{2} M N H", r"\cdot W"]),
    # Nothing stands behind the rest of a term.
    (r"D_K \cdot D_K \cdot M + N", 41.0, [r"D_K \cdot D_K", r"\cdot M", "+ N"]),
    (r"\log M \cdot \log N", 30.0, [r"\log M", r"\cdot \log N"]),
    (r"\sum_{i=1}^{n} k M", 36.0, [r"\sum_{i=1}^{n} k", r"\cdot M"]),
    (r"\left(k + M\right) N", 41.0, [r"\left(k + M\right)", r"\cdot N"]),
    (
        r"\left(k M + M N\right)^{2}",
        60.0,
        [r"\left(\begin{aligned} & k M \\ &\quad + M N \end{aligned}\right)^{2}"],
    ),
    (
        r"+ \frac{k M + M N + N}{g}",
        70.0,
        [r"+ \frac{\begin{aligned} & k M + M N \\ &\quad + N \end{aligned}}{g}"],
    ),
    (r"\text{hidden\_size}", 20.0, [r"\text{hidden\_size}"]),
]


@pytest.mark.parametrize(("latex", "room", "lines"), LINES)
def test_a_formula_is_broken_into_lines_that_fit(latex: str, room: float, lines: list[str]) -> None:
    assert broken(latex, room) == lines
    assert cf.parse(stacked(lines)) == cf.parse(latex)


def _rows(latex: str) -> list[str]:
    body = latex.split("\\begin{align*}\n")[-1].split("\n\\end{align*}")[0]
    return body.split(" \\\\\n")


def test_a_reason_stands_beside_where_there_is_room_and_else_before() -> None:
    short = derive("conv", measures=["macs"]).to_latex()
    assert short.startswith("MACs of conv:\n")
    assert all("&& \\text" in row or "&& N" in row for row in _rows(short))
    long = derive("conv", measures=["flops"]).to_latex()
    assert long.startswith(r"FLOPs (exact) of conv: $k^{2} M$ multiplications and")
    assert "multiplications" not in "".join(_rows(long))


def test_a_long_sum_is_broken_between_its_terms() -> None:
    layers = " + ".join(f"conv(M=M_{n}, N=N_{n}, bias)" for n in range(1, 7))
    rows = _rows(derive(layers, measures=["flops"]).to_latex(lookup("mobilenet")))
    starts = {row.partition(" ")[0] for row in rows}
    assert starts == {"&", "&=", r"&\quad"}
    assert r"& \text{join like terms}\text{:}" in rows
    assert all(width(row.split("&&")[0]) <= LINE for row in rows)
    assert all(row.count(r"\left") == row.count(r"\right") for row in rows)


def test_formulas_too_wide_beside_each_other_stand_below_each_other() -> None:
    wide = table({"a": cf.conv(), "b": cf.depthwise_separable_conv()}, notation="mobilenet")
    assert r"\multicolumn{2}{@{}l}{b}" in wide.to_latex()
    narrow = table({"a": cf.conv(), "b": cf.conv(bias=True)}, measures=["params"])
    assert r"\multicolumn" not in narrow.to_latex()


@pytest.mark.parametrize(
    ("arguments", "opening", "is_tall"),
    [
        (("conv", "linear", "--measure=params"), r"\begin{table}", False),
        (("conv", "depthwise_separable"), r"\begin{table}", True),
        (("linear", "bias", "--columns=two"), r"\begin{table}", False),
        (("conv", "linear", "--columns=two"), r"\begin{table}", True),
        (("conv", "depthwise_separable", "--columns=two"), r"\begin{table*}", False),
        (("depthwise_conv", "conv(bn)", "--columns=two"), r"\begin{table}", True),
        (("resnet50", "alexnet", "--columns=two"), r"\begin{table}", False),
        (
            ("resnet50", "--convention=mac", "--convention=exact", "--columns=two"),
            r"\begin{table*}",
            False,
        ),
        (("resnet50", "--convention=mac", "--convention=exact"), r"\begin{table}", False),
        (
            ("resnet50", *(f"--convention={name}" for name in [*CONVENTIONS][:8])),
            r"\begin{table}",
            True,
        ),
    ],
)
def test_a_table_fits_the_columns_of_the_paper(
    arguments: tuple[str, ...], opening: str, is_tall: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["table", *arguments, "--label", "tab:one", "--format", "latex"])
    shown = capsys.readouterr().out
    assert shown.startswith(f"{opening}\n")
    assert shown.endswith(opening.replace("begin", "end") + "\n")
    assert ("multicolumn" in shown) == is_tall
    assert r".}\label{tab:one}" in shown


def test_cells_too_wide_for_a_page_are_broken(capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--notation", "llama", "--columns", "two", "--format", "latex"]
    assert main(["table", "transformer_layer", *options]) == 0
    shown = capsys.readouterr().out
    assert "\\quad FLOPs, exact & $4 \\cdot \\text{seq\\_len}^{2}" in shown
    assert shown.count("    & $\\quad ") == 2
    assert r"\quad params & $12 \cdot \text{hidden\_size}^{2} + 4" in shown
    assert main(["compare", "resnet18", "--tabular", *options]) == 0
    assert "\\quad Not counted & batch\\_norm, relu, max\\_pool," in capsys.readouterr().out


SUM = "(H_{out} + W_{out} + C_{in} + C_{out} + K_h + K_w + D_{in} + D_{out})"


@pytest.mark.parametrize(
    ("command", "broken"),
    [
        (["explain", "1.8G", "--for", "resnet18"], r"\begin{table*}"),
        (["verify", f"k {SUM} = k k {SUM}"], r"\begin{aligned}"),
    ],
)
def test_what_fits_a_page_may_be_too_wide_for_a_column(
    command: list[str], broken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for columns in ("one", "two"):
        assert main([*command, "--columns", columns, "--format", "latex"]) < 2
        assert (broken in capsys.readouterr().out) == (columns == "two")


def test_a_table_longer_than_a_page_is_continued(capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--columns", "two", "--format", "latex"]
    assert main(["compare", "swin_t(R)", "--label", "tab:swin", *options]) == 0
    parts = capsys.readouterr().out.split("\n\\end{table*}\n")[:-1]
    assert len(parts) > 1
    assert [part.count(r"\label{tab:swin}") for part in parts] == [1] + [0] * len(parts[1:])
    for part in parts[1:]:
        assert "\\addtocounter{table}{-1}\n  \\caption{(continued)}\n" in part
        assert part.split("\\midrule\n")[1].lstrip().startswith(r"\addlinespace \multicolumn")
    assert main(["compare", "swin_t(R)", "--tabular", *options]) == 0
    assert capsys.readouterr().out.count("\n\n\\noindent\n\\begin{tabular}") >= len(parts) - 1


def test_a_tabular_stands_alone(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["table", "conv", "--caption", "One\ncost", "--tabular", "--format", "latex"]
    assert main(command) == 0
    said, opening, *_, closing = capsys.readouterr().out.splitlines()
    assert said.startswith("% One cost. Params: learnable scalars.")
    assert (opening, closing) == (r"\begin{tabular}{@{}l l l l@{}}", r"\end{tabular}")
    assert main([*command, "--label", "tab:one"]) == 2
    assert "--label has no place in a tabular alone" in capsys.readouterr().err
    assert main(command[:-2]) == 2
    assert "--tabular is for LaTeX alone\nadd --format latex" in capsys.readouterr().err


def test_rows_of_fractions_stand_apart() -> None:
    shown = table("grouped_conv", measures=["params", "activations"]).to_latex()
    assert r"\frac{k^{2} M N}{g}$ & $N H W$ \\[3pt]" in shown
    assert r"$N H W$ \\[" not in table("conv", measures=["activations"]).to_latex()
    assert (
        "output elements.}\n  \\smallskip\n" in table("conv", measures=["activations"]).to_latex()
    )


@pytest.mark.parametrize("command", [("compare", "relu(N=8)"), ("growth", "alexnet(R)")])
def test_every_table_has_a_label(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, "--label", "tab:one", "--format", "latex"]) == 0
    assert r"\label{tab:one}" in capsys.readouterr().out


def test_a_paragraph_names_what_is_held_against_what() -> None:
    quoted = cf.verify("k M N", target="params(conv)").to_latex()
    assert r"\texttt{params(conv)} minus the formula is $k M N" in quoted
    assert r"$N = 1$, \texttt{params(conv)} is $4$ and the formula is $2$" in quoted
    long = cf.verify("k M N", target="params(conv(k=k, M=M, N=N, H=H, W=W, g=1, k_h=k))").to_latex()
    assert "The target minus the formula is $k M N" in long
    whole = cf.verify("params(conv) = k M N").to_latex()
    assert r"The left side minus the right side is $k M N" in whole


def test_lines_of_a_derivation_fit_a_column(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["derive", "conv(bias)", "--measure=flops", "--format=latex"]
    main(asked)
    assert r"&& \text{one addition for each" in capsys.readouterr().out
    main([*asked, "--columns=two"])
    assert "of bias: one addition for each" in capsys.readouterr().out


#: Claims, and what their diagnosis holds in LaTeX: formulas are mathematics, calls are typed.
SENTENCES = [
    ("k M N", "params(conv)", r"$k$ stands where $k^{2}$ is meant: a factor $k$ is missing"),
    ("k^2 M N a", "params(conv)", "an extra factor $a$"),
    ("k^2 M N", "params(conv(bias))", "the bias is missing ($N$)"),
    ("2k^2 M N H W", "flops(conv)", r"$2 n - 1$ and not $2 n$"),
    ("M^2", "params(pointwise_conv)", r"\texttt{params(pointwise\_conv)} at $N = M$"),
    ("3(d + dh)", "4(d + dh)", "$3$ stands where $4$ is meant"),
]


@pytest.mark.parametrize(("text", "target", "latex"), SENTENCES)
def test_formulas_among_words_are_mathematics(text: str, target: str, latex: str) -> None:
    printed = cf.verify(text, target=target).to_latex()
    assert latex.lower() in printed.lower()


#: What somebody typed, and what must not stand in a format.
LIVE = [
    ("to_latex", "\\input{x} b = c", "\\input"),
    ("to_markdown", "a < <img src=x> b", "<img src=x> "),
    ("to_html", "a = <b>b", "<b>b"),
    ("__str__", "a =\x1b[31m b", "\x1b"),
    ("to_markdown", "a =` <script> b", "- <script>"),
]


def _verdict(claim: str) -> Verdict:
    """A verdict with what was typed in all its words."""
    return Verdict(
        claim,
        "undecided",
        _why=(say("{} is it", Code(claim)), (claim,)),
        _told=claim,
        _because=(claim,),
        _gap=Symbol("M"),
        target=claim,
    )


@pytest.mark.parametrize(("form", "claim", "live"), LIVE)
def test_nothing_that_was_typed_comes_out_live(form: str, claim: str, live: str) -> None:
    printed = getattr(_verdict(claim), form)()
    for line in printed.splitlines():
        code = re.sub(r"(`+) ?.*?\1(?!`)", "", line)
        assert live not in code.replace("\\<", "")


def _sent(thing: Any) -> Any:
    return pickle.loads(pickle.dumps(thing))  # noqa: S301 (our own bytes)


def test_a_verdict_is_hashed_and_sent_between_processes() -> None:
    for claim in ("k M = k N", "k M = M k", "macs(conv) = 2^k", "1 + 1 = 3"):
        verdict = cf.verify(claim)
        assert _sent(verdict) == copy.deepcopy(verdict) == verdict
        assert hash(verdict) == hash(cf.verify(claim))


def test_an_error_is_sent_between_processes_with_its_place() -> None:
    with pytest.raises(ParseError) as caught:
        cf.verify("k + = 3")
    again = _sent(caught.value)
    assert (str(again), again.start) == (str(caught.value), caught.value.start)
    for error in (NotDivisible("g", 3, "M", 4), MissingSize(["k"]), UnknownName("layer", "x", [])):
        assert str(copy.copy(error)) == str(_sent(error)) == str(error)


def test_a_long_difference_is_one_thing_divided_by_another() -> None:
    claim = "M/(k^2 M + N + H W + H^2 + W^2 + M^2) = N/(k^2 M N + N H W + M H W + k^2 M H W)"
    latex = cf.verify(claim).to_latex()
    assert "$ divided by $" in latex
    assert latex.startswith("{\\raggedright\n\\textbf{Refuted.}")
    assert cf.verify("k M = k N").to_latex().startswith("\\textbf{Refuted.}")


def test_a_layer_is_sent_to_a_process_that_has_loaded_nothing() -> None:
    layers = cf.conv(k=3, M=16, N=32, bias=True) + 2 * cf.linear(M=10, N=5)
    assert copy.deepcopy(layers) == _sent(layers) == layers
    code = "import pickle, sys; print(pickle.loads(bytes.fromhex(sys.argv[1])).params)"
    command = [sys.executable, "-c", code, pickle.dumps(layers).hex()]
    printed = subprocess.run(command, capture_output=True, text=True, check=True)
    assert printed.stdout.strip() == str(layers.params)


def test_a_formula_too_wide_for_a_sentence_stands_by_itself() -> None:
    wide, narrow = formula("k/(M + N H W)"), replace(SOURCE, line=60)
    said = latex_sentence(("it is ", 1 / wide**3, " more"), narrow)
    assert re.fullmatch(r"It is \\\[ .*\\begin\{aligned\}.* \\\] more\.", said), said
    assert latex_sentence(("it is ", 1 / wide**3), narrow).endswith(r"}. \]")
    assert latex_sentence(("it is ", wide), narrow) == r"It is $\frac{k}{N H W + M}$."


@pytest.mark.parametrize(("columns", "widest"), [("one", WIDEST), ("two", 37)])
def test_what_is_typed_in_a_list_fits_its_line(
    columns: str, widest: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "long.md"
    factors = r"\cdot{}".join(["k^2", "M", "N", "H", "W", "1", "1", "1", "1"])
    file.write_text(f"It takes ${factors}$ multiplications.\n", encoding="utf-8")
    main(["scan", str(file), "--format", "latex", "--columns", columns])
    _, begin, item, _ = capsys.readouterr().out.splitlines()
    assert begin == r"\begin{itemize}\raggedright"
    typed = TYPED.findall(item)[0]
    assert typed_width(typed) == LETTER * widest
    assert not {r"\textbackslash", r"\{", r"\}"} & {*re.findall(r"\\[A-Za-z]+|\\.", typed)}
