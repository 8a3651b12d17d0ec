"""A counterexample as data: integers at which a claim fails."""

from __future__ import annotations

from fractions import Fraction
from typing import TypedDict

from closedform.algebra.tree import Symbol, numeral
from closedform.records import record
from closedform.typeset.prose import EQUAL, Part, Prose, in_text, listed

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
