"""A verdict as a LaTeX sentence, for a referee's report."""

from __future__ import annotations

from typing import Protocol

from closedform.errors import ClosedformError
from closedform.language.parser import parse
from closedform.typeset.latex import latex
from closedform.typeset.words import latex_words
from closedform.verbs.counterexample import Witness


class VerdictLike(Protocol):
    """The fields of a verdict that are printed."""

    @property
    def verdict(self) -> str:
        """Proven, refuted or undecided."""

    @property
    def method(self) -> str | None:
        """The proof."""

    @property
    def difference(self) -> str | None:
        """Left minus right."""

    @property
    def witness(self) -> Witness | None:
        """A counterexample."""

    @property
    def holds_when(self) -> tuple[str, ...]:
        """When a refuted claim would hold."""

    @property
    def diagnosis(self) -> tuple[str, ...]:
        """Which mistake was made."""

    @property
    def reason(self) -> str | None:
        """Why a claim is undecided."""


def verdict_latex(verdict: VerdictLike) -> str:
    """One paragraph: the verdict, the difference, a counterexample and when the claim would hold."""
    sentences = [rf"\textbf{{{verdict.verdict.capitalize()}.}}"]
    if verdict.method:
        sentences.append(f"Method: {latex_words(verdict.method)}.")
    if verdict.difference:
        sentences.append(f"Left minus right is ${_math(verdict.difference)}$.")
    if verdict.witness:
        values = ", ".join(f"${_math(n)} = {x}$" for n, x in verdict.witness["values"].items())
        at = f"For {values} the" if values else "The"
        left, right = _math(verdict.witness["left"]), _math(verdict.witness["right"])
        sentences.append(f"{at} left side is ${left}$ and the right side is ${right}$.")
    if verdict.holds_when:
        ways = " or ".join(_equations(way) for way in verdict.holds_when)
        sentences.append(f"It holds only when {ways}.")
    sentences += [f"{latex_words(line)}." for line in verdict.diagnosis]
    if verdict.reason:
        sentences.append(f"{latex_words(verdict.reason)}.")
    return "\n".join(sentences)


def _equations(way: str) -> str:
    return " and ".join(
        "$" + " = ".join(_math(side) for side in equation.split(" = ")) + "$"
        for equation in way.split(" and ")
    )


def _math(written: str) -> str:
    """The LaTeX of a formula that closedform printed as text."""
    try:
        return latex(parse(written))
    except ClosedformError:
        return rf"\text{{{latex_words(written)}}}"
