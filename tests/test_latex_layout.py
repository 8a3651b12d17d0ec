"""Printed LaTeX fits a line of an article: rows, tables and the sentences of verdicts."""

from __future__ import annotations

import pytest

import closedform as cf
from closedform.derivation.derive import derive_text
from closedform.figures.table import table
from closedform.typeset.notation import lookup
from closedform.typeset.width import LINE, width
from closedform.verdicts.words_with_formulas import sentence_latex

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
    assert width(latex) == pytest.approx(points, rel=0.15)


def _rows(latex: str) -> list[str]:
    body = latex.split("\\begin{align*}\n")[-1].split("\n\\end{align*}")[0]
    return body.split(" \\\\\n")


def test_a_reason_stands_beside_where_there_is_room_and_else_before() -> None:
    short = derive_text("conv", measures=["macs"]).to_latex()
    assert short.startswith("MACs of conv:\n")
    assert all("&& \\text" in row or "&& N" in row for row in _rows(short))
    long = derive_text("conv", measures=["flops"]).to_latex()
    assert long.startswith(r"FLOPs (exact) of conv: $k^{2} M$ multiplications and")
    assert "multiplications" not in "".join(_rows(long))


def test_a_long_sum_is_broken_between_its_terms() -> None:
    layers = " + ".join(f"conv(M=M_{n}, N=N_{n}, bias)" for n in range(1, 7))
    rows = _rows(derive_text(layers, measures=["flops"]).to_latex(lookup("mobilenet")))
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


#: A diagnosis as text and in LaTeX: formulas among the words are mathematics, calls are typed.
SENTENCES = [
    ("a factor M too many", "a factor $M$ too many"),
    ("the factor 2d is missing in k²d", "the factor $2 d$ is missing in $k^{2} d$"),
    ("each MAC is 2 FLOPs", "each MAC is 2 FLOPs"),
    ("the +1 of the bias", "the +1 of the bias"),
    ("at N = M (g = M forgotten)", "at $N = M$ ($g = M$ forgotten)"),
    ("add k >= 2, g | M", r"add $k \ge 2$, $g$ | $M$"),
    ("this is macs(conv_2d)", r"this is \texttt{macs(conv\_2d)}"),
    ("1.2*1.1^2 is 1.452", r"$1.2 \cdot 1.1^{2}$ is 1.452"),
    ("71% is 0.71", r"71\% is 0.71"),
    ("an extra (1 − α_in)·k", r"an extra $\left(1 - \alpha_{\text{in}}\right) k$"),
    ("floor((7 - 3)/2) + 1 is 3", r"$\left\lfloor \frac{7 - 3}{2} \right\rfloor + 1$ is 3"),
    ("K² of dh", r"$K^{2}$ of dh"),
]


@pytest.mark.parametrize(("plain", "latex"), SENTENCES)
def test_formulas_among_words_are_mathematics(plain: str, latex: str) -> None:
    assert sentence_latex(plain) == latex


def test_names_of_several_letters_stay_whole() -> None:
    assert sentence_latex("3·dh", frozenset({"dh"})) == r"$3 \cdot \text{dh}$"
    assert sentence_latex("3·dh") == "$3 d h$"


def test_a_long_difference_is_one_thing_divided_by_another() -> None:
    claim = "M/(k^2 M + N + H W + H^2 + W^2 + M^2) = N/(k^2 M N + N H W + M H W + k^2 M H W)"
    latex = cf.verify(claim).to_latex()
    assert "$ divided by $" in latex
    assert latex.startswith("{\\raggedright\n\\textbf{Refuted.}")
    assert cf.verify("k M = k N").to_latex().startswith("\\textbf{Refuted.}")
