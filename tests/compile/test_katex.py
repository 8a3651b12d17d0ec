"""KaTeX, in strict mode, sets every formula that closedform prints."""

from __future__ import annotations

import pytest

from tests.compile.katex import refused
from tests.compile.mathematics import Formula, formulas
from tests.compile.printed import Printed, everything


@pytest.mark.parametrize("third", range(3))
@pytest.mark.parametrize("form", ["latex", "markdown", "html"])
def test_every_formula_is_set(form: str, third: int) -> None:
    found: dict[Formula, Printed] = {}
    for printed in everything(form, third):
        for formula in formulas(printed):
            found.setdefault(formula, printed)
    places = list(found)
    assert len(places) > {"html": 5}.get(form, 500)
    problems = refused(places)
    assert [(str(found[places[n]]), places[n].latex, why) for n, why in problems.items()] == []


#: Formulas that KaTeX refuses, each beside the nearest one that it sets.
REFUSED = [
    (r"\frac{1}{k", r"\frac{1}{k}"),
    (r"k^2^3", r"{k^2}^3"),
    (r"\unknown{k}", r"\log{k}"),
    ("é", "e"),
    (r"\text{a_b}", r"\text{a\_b}"),
    (r"\left(k + 1", r"\left(k + 1\right)"),
    (r"\begin{align*} k &= M", r"\begin{align*} k &= M \end{align*}"),
    (r"k % comment", "k"),
    (r"\num{1000}", "1{,}000"),
]


@pytest.mark.parametrize(("bad", "good"), REFUSED)
def test_a_bad_formula_is_seen(bad: str, good: str) -> None:
    assert list(refused([Formula(good, True), Formula(bad, True)])) == [1]


#: What is printed, and the formulas in it.
FOUND: list[tuple[tuple[str, ...], str, list[Formula]]] = [
    (("show", "latex"), "% params\nk^{2}\n\nM", [Formula("k^{2}", True), Formula("M", True)]),
    (("verify", "latex"), r"costs \$5, $k$ and $M$", [Formula("k", False), Formula("M", False)]),
    (
        ("derive", "latex"),
        "So $k$:\n\\begin{align*}\n& M\n\\end{align*}",
        [Formula("\\begin{align*}\n& M\n\\end{align*}", True), Formula("k", False)],
    ),
    (("show", "markdown"), "`$` $k$\n$$\nM\n$$", [Formula("\nM\n", True), Formula("k", False)]),
    (("table", "html"), r"<td>\(k &lt; M\)</td>", [Formula("k < M", False)]),
]


@pytest.mark.parametrize(("command", "text", "expected"), FOUND)
def test_formulas_are_found(command: tuple[str, ...], text: str, expected: list[Formula]) -> None:
    assert list(formulas(Printed(command, text))) == expected
