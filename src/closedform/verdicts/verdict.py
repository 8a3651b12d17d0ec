"""The verdict on a claim: what was decided, and everything a reader needs to check it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, TypedDict

from closedform.algebra.tree import Call, Negative, Quotient, Symbol, Tree, numeral
from closedform.errors import ClosedformError
from closedform.later import Later
from closedform.records import field, record, replace
from closedform.typeset.arrange import arrange
from closedform.typeset.displayed import Displayed
from closedform.typeset.escapes import html_code, markdown_code
from closedform.typeset.latex import latex
from closedform.typeset.notation import SOURCE, Notation
from closedform.typeset.prose import (
    AT_LEAST,
    EQUAL,
    Code,
    Part,
    Prose,
    Sign,
    in_html,
    in_markdown,
    in_text,
    listed,
    say,
)
from closedform.typeset.width import width

if TYPE_CHECKING:
    from closedform.algebra.zeros import Equations
    from closedform.language.claims import Claim
    from closedform.typeset import line_breaks
else:  # most verdicts are printed as text
    line_breaks = Later("closedform.typeset.line_breaks")

__all__ = ["Verdict", "Witness"]

#: A target of more letters is not repeated in a paragraph: nothing breaks what is typed.
LONG = 40
_MINUS = Sign("−", "-")


@record
class Verdict(Displayed):
    """``proven``, ``refuted`` or ``undecided``.

    ``method`` names the proof; ``target`` is what a quoted text was held against (the left side of
    its first step); ``step`` is the first wrong step of a chain, counted from 1 (the comparison
    with a target is the first); ``notation`` knows which sizes the claim's own symbols stand for.
    """

    claim: str
    verdict: str
    method: str | None = None
    _gap: Tree | None = None
    _ways: tuple[Equations, ...] = ()
    _counterexample: Counterexample | None = None
    _why: tuple[Prose, ...] = ()
    step: int | None = None
    _told: str | None = None
    _because: Prose = ()
    target: str | None = None
    notation: Notation = SOURCE
    _reading: Claim | None = field(default=None, compare=False)

    def __bool__(self) -> bool:
        """True for proven, False for refuted.

        Raises:
            ClosedformError: the claim is undecided, which is neither.
        """
        if self.verdict == "undecided":
            raise ClosedformError(
                "an undecided claim is neither true nor false",
                "look at verdict.verdict and .reason",
            )
        return self.verdict == "proven"

    def settled(self) -> Verdict:
        """The same verdict without the trees of the claim: what was read is told."""
        return self if self._reading is None else replace(self, _told=self.read_as, _reading=None)

    @property
    def read_as(self) -> str | None:
        """How the text was read, where it says something else than the text."""
        return self._told or (self._reading.read_as if self._reading else None)

    @property
    def difference(self) -> str | None:
        """Left − right as text."""
        return None if self._gap is None else self._text((self._gap,))

    @property
    def holds_when(self) -> tuple[str, ...]:
        """The ways in which a refuted claim would hold, as text."""
        return tuple(self._text(way_said(way)) for way in self._ways)

    @property
    def witness(self) -> Witness | None:
        """The counterexample as plain data."""
        return None if self._counterexample is None else self._counterexample.to_json()

    @property
    def diagnosis(self) -> tuple[str, ...]:
        """Which mistake was made, as text."""
        return tuple(map(self._text, self._why))

    @property
    def reason(self) -> str | None:
        """Why a claim is undecided, or on which condition a proof rests, as text."""
        return self._text(self._because) or None

    def to_json(self) -> dict[str, object]:
        """The verdict as plain data, for programs: the keys stay as they are."""
        return {
            "claim": self.claim,
            "verdict": self.verdict,
            "method": self.method,
            "difference": self.difference,
            "holds_when": list(self.holds_when),
            "witness": self.witness,
            "diagnosis": list(self.diagnosis),
            "step": self.step,
            "read_as": self.read_as,
        }

    def to_text(self) -> str:
        """The verdict as lines of text."""
        head = in_text((f"{self.verdict}: ", Code(self.claim)))
        return "\n".join([head, *(f"  {line}" for line in self.details())])

    def details(self) -> list[str]:
        """The lines under the headline as text."""
        return list(map(self._text, self._lines()))

    def _lines(self) -> list[Prose]:
        """What is said under the headline."""
        lines: list[Prose] = []
        if self.read_as:
            lines.append((f"read as: {self.read_as}",))
        if self.step is not None and self.verdict != "proven":
            wrong = "first wrong step" if self.verdict == "refuted" else "step"
            lines.append((f"{wrong}: {self.step}",))
        if self.method:
            lines.append((f"by: {self.method}",))
        if self._because:
            lines.append(self._because)
        one, other = self._sides()
        if self._gap is not None:
            lines.append(say("{} {} {} = {}", one, _MINUS, other, self._gap))
        if self._counterexample is not None:
            left, right = self._counterexample.sides()
            sides = say("{} is {}, {} is {}", one, left, other, right)
            values = self._counterexample.equations()
            lines.append(say("counterexample: {}: {}", values, sides) if values else sides)
        if self._ways:
            lines.append(say("holds only when: {}", listed(map(way_said, self._ways), " or ")))
        elif self._gap is not None and self._counterexample and self._counterexample.values:
            lines.append(("holds for no positive integers",))
        return lines + [say("why: {}", said) for said in self._why]

    def _text(self, said: Prose) -> str:
        return in_text(said, self.notation)

    def _sides(self) -> tuple[Part, Part]:
        """What the two sides of the refuted step are called."""
        if self.target is not None and self.step in (None, 1):
            return Code(self.target), "the formula"
        return "left", "right"

    def to_markdown(self) -> str:
        """The verdict as a headline and a list."""
        items = [f"- {in_markdown(line, self.notation)}" for line in self._lines()]
        return "\n".join([f"**{self.verdict}**: {markdown_code(self.claim)}", "", *items])

    def to_html(self) -> str:
        """The verdict as a headline and a list."""
        items = "".join(f"<li>{in_html(line, self.notation)}</li>" for line in self._lines())
        return f"<p><b>{self.verdict}</b>: {html_code(self.claim)}</p><ul>{items}</ul>"

    def to_latex(self) -> str:
        """The verdict as a paragraph, for a referee's report."""
        sentences = [rf"\textbf{{{self.verdict.capitalize()}.}}"]
        sentences += [line_breaks.latex_sentence(said, self.notation) for said in self._sentences()]
        return line_breaks.paragraph(sentences)

    def _sentences(self) -> list[Prose]:
        """What is said in a paragraph."""
        said: list[Prose] = []
        if self.method:
            said.append((f"method: {self.method}",))
        if self.step is not None and self.verdict == "refuted":
            said.append((f"step {self.step} is the first wrong one",))
        one, other = self._sides()
        if not isinstance(one, Code):
            one, other = "the left side", "the right side"
        elif len(one.written) > LONG:
            one = "the target"
        if self._gap is not None:
            said.append(say("{} minus {} is {}", one, other, _divided(self._gap, self.notation)))
        if self._counterexample is not None:
            left, right = self._counterexample.sides()
            values = self._counterexample.equations()
            where = say("for {}, ", values) if values else ()
            said.append(say("{}{} is {} and {} is {}", where, one, left, other, right))
        if self._ways:
            said.append(say("it holds only when {}", listed(map(way_said, self._ways), " or ")))
        return [*said, *self._why, *([self._because] if self._because else [])]

    _repr_latex_, _repr_html_ = to_latex, to_html


def way_said(way: Equations) -> Prose:
    """Where two sides are equal, as a part of a sentence."""
    return listed((part for sides in way for part in _equal(*sides)), " and ")


def _equal(left: Tree, right: Tree) -> Iterator[Prose]:
    """Where two sides are equal: what is the largest is at least the others."""
    match left, right:
        case one, Call(function="max", arguments=parts) if one in parts:
            yield from ((one, AT_LEAST, part) for part in parts if part != one)
        case _:
            yield left, EQUAL, right


def _divided(gap: Tree, notation: Notation) -> Prose:
    """The difference; a fraction too long for a line as what is divided by what."""
    tree = arrange(gap, notation)
    size = tree.operand if isinstance(tree, Negative) else tree
    if isinstance(size, Quotient) and width(latex(tree, notation)) > notation.line / 2:
        above = Negative(size.numerator) if isinstance(tree, Negative) else size.numerator
        return say("{} divided by {}", above, size.denominator)
    return (gap,)


#: A number with more digits than this is told by its first and last ones.
DIGITS, ENDS = 60, 20


class Witness(TypedDict):
    """Integers at which a claim fails, and the values of both sides there."""

    values: dict[str, int | str]
    left: str
    right: str


@record
class Counterexample:
    """Values of symbols, and what the two sides are there: numbers, or decimals that go on."""

    values: tuple[tuple[str, Fraction], ...]
    left: Part
    right: Part

    def equations(self) -> Prose:
        """The values: M = 1, N = 2."""
        return listed((Symbol(name), EQUAL, numeral(value)) for name, value in self.values)

    def sides(self) -> tuple[Part, Part]:
        """The values of both sides, long ones shortened."""
        return _short(self.left), _short(self.right)

    def to_json(self) -> Witness:
        """The counterexample as plain data."""
        values = {n: int(x) if x.denominator == 1 else str(x) for n, x in self.values}
        return Witness(values=values, left=in_text((self.left,)), right=in_text((self.right,)))


def _short(side: Part) -> Part:
    """A long number by its first and last digits."""
    written = in_text((side,))
    if len(written) <= DIGITS:
        return side
    return f"{written[:ENDS]}…{written[-ENDS:]} ({len(written)} digits)"
