"""A verdict as a LaTeX sentence, for a referee's report."""

from __future__ import annotations

from typing import Protocol

from closedform.derivation.prose import capital
from closedform.typeset.width import LINE, width
from closedform.typeset.words import latex_words
from closedform.verdicts.counterexample import Witness
from closedform.verdicts.words_with_formulas import formula_latex, sentence_latex

#: A paragraph with a formula that is wider (in points) is not justified: the line before it would
#: be torn apart.
UNBROKEN = 70.0


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
    def step(self) -> int | None:
        """The step of a chain that was decided last."""

    @property
    def diagnosis(self) -> tuple[str, ...]:
        """Which mistake was made."""

    @property
    def reason(self) -> str | None:
        """Why a claim is undecided."""


def verdict_latex(verdict: VerdictLike) -> str:
    """One paragraph: the verdict, the difference, a counterexample, when the claim would hold."""
    names = frozenset(verdict.witness["values"]) if verdict.witness else frozenset[str]()
    sentences = [rf"\textbf{{{verdict.verdict.capitalize()}.}}"]
    if verdict.method:
        sentences.append(f"Method: {latex_words(verdict.method)}.")
    if verdict.step is not None and verdict.verdict == "refuted":
        sentences.append(f"Step {verdict.step} is the first wrong one.")
    if verdict.difference:
        sentences.append(f"Left minus right is {_difference(verdict.difference, names)}.")
    if verdict.witness:
        sentences.append(_counterexample(verdict.witness, names))
    if verdict.holds_when:
        ways = " or ".join(_equations(way, names) for way in verdict.holds_when)
        sentences.append(f"It holds only when {ways}.")
    reasons = [*verdict.diagnosis, *([verdict.reason] if verdict.reason else [])]
    sentences += [f"{capital(sentence_latex(line, names))}." for line in reasons]
    paragraph = "\n".join(sentences)
    widest = max(map(width, paragraph.split("$")[1::2]), default=0.0)
    return paragraph if widest <= UNBROKEN else f"{{\\raggedright\n{paragraph}\\par}}"


def _counterexample(witness: Witness, names: frozenset[str]) -> str:
    values = ", ".join(f"${_math(name, names)} = {x}$" for name, x in witness["values"].items())
    at = f"For {values} the" if values else "The"
    left, right = _math(witness["left"]), _math(witness["right"])
    return f"{at} left side is ${left}$ and the right side is ${right}$."


def _difference(written: str, names: frozenset[str]) -> str:
    """The difference; a fraction too long for a line as what is divided by what."""
    whole = _math(written, names)
    above, over, below = written.rpartition("/(")
    if not over or width(whole) <= LINE / 2:
        return f"${whole}$"
    return f"${_math(above, names)}$ divided by ${_math(below.removesuffix(')'), names)}$"


def _equations(way: str, names: frozenset[str]) -> str:
    return " and ".join(
        "$" + " = ".join(_math(side, names) for side in equation.split(" = ")) + "$"
        for equation in way.split(" and ")
    )


def _math(written: str, names: frozenset[str] = frozenset()) -> str:
    """The LaTeX of a formula that closedform printed as text."""
    return formula_latex(written, names) or rf"\text{{{latex_words(written)}}}"
