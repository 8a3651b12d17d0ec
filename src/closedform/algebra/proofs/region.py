"""The domain of a claim in coordinates t ≥ 0: each generator as a function of one of them.

A generator with a smallest value a is a + t. One with a largest value as well is (b + a·t)/(1 + t),
which runs over a < x ≤ b; x = a is a region of its own. One that may be negative is t in one region
and −t in another. A symbol x that has a root r in the claim is r^q.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.normal_form.polynomials import Polynomial
from closedform.algebra.normal_form.rational import Field
from closedform.algebra.normal_form.signs import DEGREE, SHIFTED, shift_one
from closedform.algebra.work import TERMS
from closedform.errors import TooLarge
from closedform.records import record

#: The most regions that one claim is cut into.
REGIONS = 8
Move = Callable[[Polynomial], Polynomial]


@record
class Coordinate:
    """How a generator is written in its coordinate, and what is known of that."""

    move: Move | None = None
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
            if coordinate.move is not None and degree:
                if degree > DEGREE or len(poly) * (1 + degree) > SHIFTED:
                    raise TooLarge("the degree of the expanded formula", DEGREE)
                poly = coordinate.move(poly)
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
    known, key = field.known[place], field.keys[place]
    if not known.nonnegative:
        yield Coordinate(integer=known.integer)
        yield Coordinate(move=lambda poly: _negated(poly, place), integer=known.integer)
        return
    domain = assumptions.domain(str(key))
    high, start = domain.high, domain.low
    if high is not None:
        low = Fraction(known.least) if start is None else start
        closed = not (domain.open_low or (known.above and known.least == low))
        if low < high:
            yield Coordinate(
                move=lambda poly: _between(poly, place, low, high),
                above=domain.open_high,
            )
        # The map misses x = low. Conditions may hold just there, so continuity does not help.
        if closed:
            yield Coordinate(move=lambda poly: _fixed(poly, place, low))
        return
    least = known.least
    if start is not None and start.denominator != 1:
        yield Coordinate(move=lambda poly: _from(poly, place, start), above=domain.open_low)
    elif least:
        yield Coordinate(
            move=lambda poly: shift_one(poly, place, least),
            above=known.above,
            integer=known.integer,
        )
    else:
        yield Coordinate(above=known.above, integer=known.integer)


def _negated(poly: Polynomial, place: int) -> Polynomial:
    return poly.ring.from_dict({m: -c if m[place] % 2 else c for m, c in poly.items()})


def _between(poly: Polynomial, place: int, low: Fraction, high: Fraction) -> Polynomial:
    """Replace x in (low, high] by (high + low·t)/(1 + t), times (1 + t)^degree."""
    ring = poly.ring
    t = ring.gen(place)
    scale = low.denominator * high.denominator
    above = ring.ground_new(int(high * scale)) + t * int(low * scale)
    return _homogeneous(poly, place, above, (ring.one + t) * scale)


def _from(poly: Polynomial, place: int, low: Fraction) -> Polynomial:
    """Replace x by low + t for a fraction, multiplied out."""
    ring = poly.ring
    below = ring.ground_new(low.denominator)
    above = ring.gen(place) * low.denominator + ring.ground_new(low.numerator)
    return _homogeneous(poly, place, above, below)


def _fixed(poly: Polynomial, place: int, value: Fraction) -> Polynomial:
    ring = poly.ring
    if not value:
        return poly.by_power(place).get(0, ring.zero)
    above, below = ring.ground_new(value.numerator), ring.ground_new(value.denominator)
    return _homogeneous(poly, place, above, below)


def _homogeneous(poly: Polynomial, place: int, above: Polynomial, below: Polynomial) -> Polynomial:
    """Replace x by above/below, times below^degree."""
    ring = poly.ring
    rows = poly.by_power(place)
    degree = max(rows)
    if len(poly) * (degree + 1) > TERMS:
        raise TooLarge("the number of terms of the expanded formula", TERMS)
    total = ring.zero
    for exponent, row in rows.items():
        total += row * above**exponent * below ** (degree - exponent)
    return total
