"""Solve for a real number under floors, as a width multiplier whose channels are rounded.

Where a comparison only rises with the number, or only falls, it changes once. The place is sought
by bisection at the jumps of the floors: between two neighbouring ones no floor changes, and what is
left is a polynomial. All values are exact.
"""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from math import ceil, floor

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.condition import EXCHANGED, Condition
from closedform.algebra.exact import compare, known_value, value
from closedform.algebra.functions import FUNCTIONS
from closedform.algebra.steps.progressions import linear
from closedform.algebra.tree import Call, Number, Symbol, Tree, children, rebuild, symbol_names
from closedform.errors import ClosedformError, Irrational
from closedform.solving.comparison import Comparison, compared, told_with
from closedform.solving.solution import Solution
from closedform.solving.solve_symbols import always, solve_symbols
from closedform.solving.turns import rises
from closedform.typeset.prose import Prose

#: No change is looked for past this number.
FAR = 2**40


class _Bent(ClosedformError):
    """More than straight lines under a floor, or a place past all bounds."""


def solve_stepwise(comparison: Comparison) -> Solution | None:
    """The numbers for which it holds; ``None`` where its form does not say that it changes once."""
    sides = comparison.left, comparison.right
    names = {*symbol_names(*sides)}
    if names != {comparison.symbol} or comparison.relation == "=":
        return None
    try:
        return _Sought(comparison).solution()
    except _Bent:
        return None


class _Sought:
    """The place where the comparison changes, and the interval in which it is."""

    def __init__(self, comparison: Comparison) -> None:
        given, self.name = comparison.assumptions, comparison.symbol
        self.comparison, self.relation = comparison, comparison.relation
        self.domain = given.domain(self.name)
        self.start = self.low = self.domain.least
        self.end = self.domain.high
        self.left, self.right = comparison.left, comparison.right
        order = Condition(self.relation, self.left, self.right)
        try:
            self.up = rises(order, self.name, self.low)
        except ClosedformError as problem:
            raise _Bent(problem.problem) from None
        rising = self.relation if self.up else EXCHANGED[self.relation]
        self.holds_before = rising in ("<", "<=")
        #: Whether it is as before where the two sides are equal.
        self.equal_before = rising in ("<=", ">")

    def solution(self) -> Solution:
        """What holds before the place, or after it."""
        closed = not self.domain.open_low
        if closed and not self._before(self.start):
            return always(self.comparison, holds=not self.holds_before)
        while self.end is None or self._before(self.end):
            if self.end is not None and self.domain.high is not None:
                return always(self.comparison, holds=self.holds_before)
            self.end = Fraction(1) if self.end is None else 2 * self.end
            if self.end > FAR:
                raise _Bent("a place past all bounds")
        left, right = self._narrowed(self.end)
        flat = not {*symbol_names(left, right)}
        first, last = (self._sign(left, right, at) for at in (self.start, self.end))
        if last < 0 or (last == 0 and (not flat or self.equal_before)):
            return self._told(self.end, self._middle, self.end, "<" if self.holds_before else ">=")
        if first < 0:
            given = self.comparison.assumptions
            text = self.comparison.text
            return solve_symbols(compared(text, self.name, self.relation, left, right, given))
        if self.start == self.low and not closed:
            return always(self.comparison, holds=not self.holds_before)
        return self._told(self.start, self.start, self._middle, "<=" if self.holds_before else ">")

    @property
    def _middle(self) -> Fraction:
        return (self.start + (self.end or self.start)) / 2

    def _sign(self, left: Tree, right: Tree, at: Fraction) -> int:
        """The sign of the difference that rises."""
        sign = compare(left, right, {self.name: at})
        if sign is None:
            raise _Bent("numbers that intervals cannot tell apart")
        return sign if self.up else -sign

    def _before(self, at: Fraction) -> bool:
        sign = self._sign(self.left, self.right, at)
        return sign < 0 or (sign == 0 and self.equal_before)

    def _narrowed(self, end: Fraction) -> tuple[Tree, Tree]:
        """Both sides between two neighbouring jumps, where nothing rounds any more."""
        self.end = end
        while True:
            here = _Between(self.name, self.start, self.end)
            plain = here.plain(self.left), here.plain(self.right)
            if here.jump is None:
                return plain
            if self._before(here.jump):
                self.start = here.jump
            else:
                self.end = here.jump

    def _told(self, place: Fraction, before: Fraction, after: Fraction, relation: str) -> Solution:
        """The numbers up to a place or from it on, and how the left side jumps there."""
        said: list[Prose] = [] if place.denominator == 1 else [(f"that is {float(place):.6g}",)]
        with suppress(Irrational):
            one, two = (value(self.left, {self.name: at}) for at in (before, after))
            if not symbol_names(self.right) and one.denominator == two.denominator == 1:
                said.append((f"the left side jumps from {one:,} to {two:,} there",))
        return Solution(
            self.comparison.text,
            self.name,
            "solved",
            _exact=((relation, Number(place)),),
            _statements=(*said, *told_with(self.comparison)),
        )


class _Between:
    """An open interval, and expressions as they are in it if nothing jumps there.

    ``jump`` is a place inside at which something jumps or bends after all.
    """

    def __init__(self, name: str, start: Fraction, end: Fraction) -> None:
        self.name, self.start, self.end = name, start, end
        self.middle = {name: (start + end) / 2}
        self.jump: Fraction | None = None
        self.known: dict[Tree, Tree] = {}

    def plain(self, tree: Tree) -> Tree:
        """The expression without floors and largest ones.

        Raises:
            _Bent: what stands under a floor is no straight line.
        """
        if self.jump is not None or isinstance(tree, Symbol) or self.name not in symbol_names(tree):
            return tree
        if tree not in self.known:
            parts = tuple(map(self.plain, children(tree)))
            self.known[tree] = self._plain(tree, parts) if self.jump is None else tree
        return self.known[tree]

    def _plain(self, tree: Tree, parts: tuple[Tree, ...]) -> Tree:
        row = FUNCTIONS[tree.function] if isinstance(tree, Call) else None
        if not isinstance(tree, Call) or row is None or not (row.rounds or row.chooses):
            return rebuild(tree, parts)
        if row.rounds:
            self._rounded(*_line(parts[0], self.name))
            return Number(value(Call(tree.function, parts), self.middle))
        for one, two in combinations(parts, 2):
            slope, rest = _line(one - two, self.name)
            place = -rest / slope if slope else self.start
            if self.start < place < self.end:
                self.jump = place
        chosen = max if row.chooses > 0 else min
        return chosen(parts, key=lambda part: value(part, self.middle))

    def _rounded(self, slope: Fraction, rest: Fraction) -> None:
        """A jump at the middle one of the places where a line passes an integer."""
        low, high = sorted(slope * at + rest for at in (self.start, self.end))
        first, last = floor(low) + 1, ceil(high) - 1
        if slope and first <= last:
            self.jump = ((first + last) // 2 - rest) / slope


@lru_cache(maxsize=1024)
def _line(tree: Tree, name: str) -> tuple[Fraction, Fraction]:
    """The a and the b of a·x + b."""
    if name not in symbol_names(tree):
        return Fraction(0), Fraction(value(tree, {}))
    line = linear(tree, name, Assumptions())
    slope, rest = map(known_value, line or (tree, tree))
    if slope is None or rest is None:
        raise _Bent("no straight line")
    return slope, rest
