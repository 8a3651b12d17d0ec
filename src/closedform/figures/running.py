"""A size that runs along an axis: N = 16..1024, and the places at which a curve is worked out."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from closedform.algebra.exact import value
from closedform.algebra.tree import Tree, symbol_names
from closedform.errors import ClosedformError
from closedform.figures.ranges import Given, read_ranges
from closedform.records import record

#: At so many places a curve is worked out.
PLACES = 160


@record
class Running:
    """A size that runs over the integers from ``low`` to ``high``."""

    name: str
    low: int
    high: int

    @property
    def is_wide(self) -> bool:
        """Whether it doubles twice, so that its axis is logarithmic."""
        return self.high >= 4 * self.low

    def grid(self, count: int) -> list[Fraction]:
        """``count`` numbers, evenly apart by ratio, both bounds among them."""
        ratio = (self.high / self.low) ** (1 / (count - 1))
        inner = [Fraction(round(self.low * ratio**n * 1024), 1024) for n in range(1, count - 1)]
        return [Fraction(self.low), *inner, Fraction(self.high)]

    def places(self, divisions: Sequence[tuple[Tree, Tree]], count: int = PLACES) -> list[int]:
        """About ``count`` integers, evenly apart by ratio, at which all divisions are whole."""
        ratio = (self.high / self.low) ** (1 / (count - 1))
        wanted = {min(self.high, round(self.low * ratio**n)) for n in range(count)}
        places = set()
        for start in sorted(wanted | {self.high}):
            fitting = (n for n in range(start, self.high + 1) if self._fits(n, divisions))
            places.add(next(fitting, 0))
        return sorted(places - {0})

    def _fits(self, place: int, divisions: Sequence[tuple[Tree, Tree]]) -> bool:
        at = {self.name: place}
        return all(
            Fraction(value(multiple, at)) / value(divisor, at) % 1 == 0
            for divisor, multiple in divisions
            if {*symbol_names(divisor), *symbol_names(multiple)} <= at.keys()
        )


def read_running(given: Given) -> Running:
    """The size of an axis, from a text such as ``N=16..1024`` or from its ends by name.

    >>> read_running("N=16..1024") == read_running({"N": (16, 1024)})
    True

    Raises:
        ParseError: no range.
        ClosedformError: several sizes, no two ends, or ends that are no integers.
    """
    size, *others = read_ranges(given)
    low, high = size.values[0], size.values[-1]
    every = isinstance(size.values, range) and size.values.step == 1
    ends = not isinstance(given, str) and len(size.values) == 2
    whole = isinstance(low, int) and isinstance(high, int)
    if others or low == high or not (whole and (every or ends)):
        raise ClosedformError(
            f"{given!r} has no bounds between which one size runs", "write N=16..1024"
        )
    return Running(size.name, int(low), int(high))
