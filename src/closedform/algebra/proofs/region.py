"""The domain of a claim in coordinates t ≥ 0: each generator as a function of one of them.

A generator with a smallest value a is a + t. One with a largest value as well is (b + a·t)/(1 + t),
which runs over a < x ≤ b; x = a is a region of its own. One that may be negative is t in one region
and −t in another. A symbol x that has a root r in the claim is r^q.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import lcm

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.normal_form.polynomials import Polynomial
from closedform.algebra.normal_form.rational import Field
from closedform.algebra.normal_form.signs import DEGREE, SHIFTED, shift_one
from closedform.algebra.work import TERMS
from closedform.errors import TooLarge
from closedform.records import record

#: The most regions that one claim is cut into.
REGIONS = 8
#: The a, b, c and d of (a + b·t)/(c + d·t).
Ratio = tuple["int | Fraction", ...]
SAME: Ratio = (0, 1, 1, 0)


@record
class Coordinate:
    """How a generator is written in its coordinate t, and what is known of that."""

    ratio: Ratio = SAME
    above: bool = False
    integer: bool = False


@record
class Region:
    """One coordinate for each generator."""

    coordinates: tuple[Coordinate, ...]

    @property
    def above(self) -> frozenset[int]:
        """The coordinates that are > 0."""
        return frozenset(i for i, c in enumerate(self.coordinates) if c.above)

    @property
    def integers(self) -> frozenset[int]:
        """The coordinates that are integers."""
        return frozenset(i for i, c in enumerate(self.coordinates) if c.integer)

    def move(self, poly: Polynomial) -> Polynomial:
        """``poly`` in the coordinates, times something > 0 where fractions are multiplied out."""
        for place, coordinate in enumerate(self.coordinates):
            degree = max((m[place] for m in poly), default=0)
            if degree and coordinate.ratio != SAME:
                if degree > DEGREE or len(poly) * (1 + degree) > SHIFTED:
                    raise TooLarge("the degree of the expanded formula", DEGREE)
                poly = _put(poly, place, coordinate.ratio)
                if len(poly) > TERMS:
                    raise TooLarge("the number of terms of the expanded formula", TERMS)
        return poly


def regions(field: Field, assumptions: Assumptions, used: frozenset[int]) -> list[Region]:
    """The regions that together make the domain; none where they would be too many.

    ``used`` are the generators that matter.
    """
    choices = [
        list(_choices(field, assumptions, place)) if place in used else [Coordinate()]
        for place in range(len(field.keys))
    ]
    count = 1
    for options in choices:
        count *= len(options)
    if count > REGIONS:
        return []
    return [Region(coordinates) for coordinates in product(*choices)]


def _choices(field: Field, assumptions: Assumptions, place: int) -> Iterator[Coordinate]:
    known, domain = field.known[place], assumptions.domain(str(field.keys[place]))
    if not known.nonnegative:
        yield Coordinate(integer=known.integer)
        yield Coordinate((0, -1, 1, 0), integer=known.integer)
        return
    high, start = domain.high, domain.low
    if high is not None:
        low = Fraction(known.least) if start is None else start
        closed = not (domain.open_low or (known.above and known.least == low))
        if low < high:
            yield Coordinate((high, low, 1, 1), above=domain.open_high)
        # The map misses x = low. Conditions may hold just there, so continuity does not help.
        if closed:
            yield Coordinate((low, 0, 1, 0))
    elif start is not None and start.denominator != 1:
        yield Coordinate((start, 1, 1, 0), above=domain.open_low)
    else:
        yield Coordinate((known.least, 1, 1, 0), above=known.above, integer=known.integer)


def _put(poly: Polynomial, place: int, ratio: Ratio) -> Polynomial:
    """Replace x by (a + b·t)/(c + d·t), times the power of what is below."""
    if ratio[1:] == (1, 1, 0) and ratio[0].denominator == 1:
        return shift_one(poly, place, int(ratio[0]))
    ring, scale = poly.ring, lcm(*(number.denominator for number in ratio))
    a, b, c, d = (int(number * scale) for number in ratio)
    t = ring.gen(place)
    return poly.put(place, t * b + a, t * d + c)
