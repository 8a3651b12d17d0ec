"""The integers that solve a comparison under its conditions: cut where a sign changes, looked at.

Between two cuts no side has a pole and no difference changes its sign, so one exact evaluation says
what holds in the whole piece. Divisibility repeats after a period, and is looked at once for each
residue.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import lcm

from sympy import divisors
from sympy.polys.rings import PolyElement

from closedform.algebra.conditions import Condition, holds
from closedform.algebra.exact import compare
from closedform.algebra.proofs.runs import runs
from closedform.algebra.tree import ZERO, Number, Power, Quotient, Symbol, Tree, symbol_names, walk
from closedform.errors import ClosedformError, TooLarge, UndefinedValue
from closedform.solving.comparison import SIGNS, Comparison
from closedform.solving.solution import Range
from closedform.typeset.text import text

#: Numbers past the first are not split into divisors; past the second, residues are not tried.
FACTORED, PERIOD = 10**15, 10_000
#: So many integers are looked at one by one, whatever the conditions hold.
SPAN = 1_000


@dataclass(frozen=True)
class Integers:
    """Ranges of integers ``step`` apart; with several ``classes`` they interlace."""

    ranges: tuple[Range, ...]
    step: int = 1
    words: str = ""
    classes: int = 1


def integers(comparison: Comparison) -> Integers:
    """All integers ≥ 1 (or as the bounds say) that solve the comparison and meet the conditions.

    Raises:
        ClosedformError: a condition that cannot be used.
        TooLarge: a number or a period past a bound.
    """
    asked = _Asked(comparison)
    pieces = _joined([one for one in asked.pieces() if asked.true_at(one[0])])
    candidates = _candidates(comparison)
    if candidates is not None:
        kept = [x for x in candidates if _within(x, pieces) and asked.divides_at(x)]
        return Integers(tuple((x, x) for x in kept))
    period = asked.period()
    residues = [r for r in range(1, period + 1) if asked.divides_at(r)]
    if len(residues) == period:
        return Integers(tuple(pieces))
    parts = [
        (first, None if last is None else last - (last - first) % period)
        for low, last in pieces
        for first in sorted(low + (r - low) % period for r in residues)
        if last is None or first <= last
    ]
    one = len(residues) == 1
    words = f"multiples of {period:,}" if residues == [period] else f"in steps of {period:,}"
    return Integers(tuple(parts), period, words, 1 if one else len(residues))


class _Asked:
    """What a solution must satisfy: the comparison, every condition in the symbol alone."""

    def __init__(self, comparison: Comparison) -> None:
        given = comparison.assumptions
        self.comparison, self.name = comparison, comparison.symbol
        written = [
            Condition(c.relation, given.apply(c.left), given.apply(c.right)) for c in given.written
        ]
        written += [Condition(">" if strict else ">=", t, ZERO) for t, strict in given.hypotheses]
        sides = Condition(comparison.relation, comparison.left, comparison.right)
        #: Where both sides hold further symbols, these have cancelled.
        self.cancelled = not self._alone(sides)
        self.orders = [c for c in written if c.relation in SIGNS and self._alone(c)]
        self.orders += [] if self.cancelled else [sides]
        self.divisions = [
            Condition("|", *pair) for pair in given.divisions if self._alone(Condition("|", *pair))
        ]

    def pieces(self) -> Iterator[Range]:
        """Ranges in each of which everything but divisibility holds throughout or nowhere."""
        given, name = self.comparison.assumptions, self.name
        low = given.integer_lower().get(name, 1)
        high = given.upper.get(name)
        last = None if high is None else high.numerator // high.denominator
        if last is not None and last - low < SPAN:
            yield from ((x, x) for x in range(low, last + 1))
            return
        cuts = {low}
        for poly in self._polynomials():
            cuts |= {run.first for run in runs(poly, low)}
        starts = sorted(cut for cut in cuts if last is None or cut <= last)
        yield from zip(starts, [*(cut - 1 for cut in starts[1:]), last], strict=True)

    def true_at(self, x: int) -> bool:
        """Whether both sides have a value there, and all but divisibility holds."""
        if self.cancelled and not self._cancelled_at(x):
            return False
        try:
            signs = [(c.relation, compare(c.left, c.right, {self.name: x})) for c in self.orders]
        except UndefinedValue:
            return False
        return all(sign in SIGNS[relation] for relation, sign in signs)

    def divides_at(self, x: int) -> bool:
        """Whether the conditions on divisibility hold there."""
        return all(holds(condition, {self.name: x}) for condition in self.divisions)

    def period(self) -> int:
        """After how many integers divisibility repeats."""
        period = 1
        for division in self.divisions:
            divisor, multiple = division.left, division.right
            below = self.comparison.assumptions.field(multiple).normal(multiple).cancelled().den
            if not isinstance(divisor, Number) or not below.is_ground:
                raise unusable(division, self.name)
            period = lcm(period, int(divisor.value) * int(below.LC))
            if period > PERIOD:
                raise TooLarge("the number that must divide the symbol sought", PERIOD)
        return period

    def _alone(self, condition: Condition) -> bool:
        return {*symbol_names(condition.left), *symbol_names(condition.right)} <= {self.name}

    def _cancelled_at(self, x: int) -> bool:
        poly = self.comparison.poly
        found = sum(int(c) * x ** m[self.comparison.place] for m, c in poly.items())
        return (found > 0) - (found < 0) in SIGNS[self.comparison.relation]

    def _polynomials(self) -> Iterator[list[int]]:
        """The coefficients of all that can change a sign or vanish under a line."""
        comparison = self.comparison
        if self.cancelled:
            yield _coefficients(comparison.poly, comparison.place)
        for order in self.orders:
            trees = [order.left - order.right]
            trees += [tree for side in (order.left, order.right) for tree in under_lines(side)]
            for tree in trees:
                space = comparison.assumptions.field(tree)
                value = space.normal(tree).cancelled()
                if any(key != self.name for key in space.keys):
                    raise unusable(order, self.name)
                for poly in (value.num, value.den):
                    yield _coefficients(poly, space.index.get(self.name))


def under_lines(tree: Tree) -> Iterator[Tree]:
    """What must not vanish for ``tree`` to have a value: all that it divides by."""
    for part in walk(tree):
        match part:
            case Quotient(denominator=below) if symbol_names(below):
                yield below
            case Power(base=base, exponent=Number(value=times)) if times < 0:
                yield base


def unusable(condition: Condition, name: str) -> ClosedformError:
    """What is said of a condition that the integers cannot be sought under."""
    written = f"{text(condition.left)} {condition.relation} {text(condition.right)}"
    return ClosedformError(
        f"{written} is no condition that solve can use for {name}",
        "write it without rounding, roots and logarithms, as a number that divides the symbol or "
        "the symbol that divides a number, or bound the symbol on both sides",
    )


def _coefficients(poly: PolyElement, place: int | None) -> list[int]:
    """c_0, c_1, … of a polynomial in one symbol."""
    found: dict[int, int] = {}
    for monomial, coefficient in poly.items():
        degree = 0 if place is None else monomial[place]
        found[degree] = found.get(degree, 0) + int(coefficient)
    return [found.get(degree, 0) for degree in range(max(found, default=0) + 1)]


def _candidates(comparison: Comparison) -> list[int] | None:
    """Where the symbol sought must divide a number: the numbers that can."""
    name = comparison.symbol
    for divisor, multiple in comparison.assumptions.divisions:
        if symbol_names(divisor) != (name,) or not isinstance(multiple, Number):
            continue
        whole = abs(int(multiple.value))
        if whole and isinstance(divisor, Symbol):
            if whole > FACTORED:
                raise TooLarge("a number that is split into its divisors", FACTORED)
            return [int(one) for one in divisors(whole)]
        space = comparison.assumptions.field(divisor)
        poly = space.normal(divisor).cancelled()
        if not whole or not poly.den.is_ground or len(space.keys) > 1:
            raise unusable(Condition("|", divisor, multiple), name)
        # Past this the divisor is larger than what it should divide.
        reach = whole * abs(int(poly.den.LC)) + sum(abs(int(c)) for c in poly.num.values())
        if reach > PERIOD:
            raise TooLarge("a number that is split into its divisors", PERIOD)
        return list(range(1, reach + 1))
    return None


def _within(x: int, ranges: list[Range]) -> bool:
    return any(first <= x and (last is None or x <= last) for first, last in ranges)


def _joined(ranges: list[Range]) -> list[Range]:
    """Ranges that touch as one."""
    joined: list[Range] = []
    for first, last in ranges:
        if joined and joined[-1][1] == first - 1:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined
