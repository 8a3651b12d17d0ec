"""What is to be shown of a polynomial: in a region of the domain, and in a case of that.

A region has coordinates t ≥ 0. A generator with a smallest value a is a + t. One with a largest
value as well is (b + a·t)/(1 + t), which runs over a < x ≤ b; x = a is a region of its own. One
that may be negative is t in one region and −t in another.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from fractions import Fraction
from itertools import product
from math import lcm, prod

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.normal_form.polynomials import Polynomial, powers_in
from closedform.algebra.normal_form.rational import Field
from closedform.algebra.normal_form.signs import DEGREE, SHIFTED, shift_one
from closedform.algebra.work import TERMS
from closedform.errors import TooLarge
from closedform.records import record, replace

#: A polynomial that is ≥ 0 (or, where the second entry says so, > 0).
Known = tuple[Polynomial, bool]
Monomial = tuple[int, ...]


@record
class Goal:
    """``poly`` ≥ 0 (``strict``: > 0) is to be shown for arguments ≥ 0.

    ``known`` are polynomials that are ≥ 0 (or > 0), ``above`` the arguments that are > 0,
    ``integers`` those that are integers.
    """

    poly: Polynomial
    strict: bool
    known: tuple[Known, ...]
    above: frozenset[int]
    integers: frozenset[int]


def larger(goal: Goal, x: int, y: int) -> Goal:
    """The case x ≥ y: what stands at x from now on is x − y."""
    integers = goal.integers if y in goal.integers else goal.integers - {x}
    both = goal.poly.ring.gen(x) + goal.poly.ring.gen(y)
    moved = _mapped(goal, lambda poly: poly.put(x, both))
    return replace(moved, above=goal.above - {x}, integers=integers)


def at_smallest(goal: Goal, place: int) -> Goal:
    """The case in which an argument is 0."""

    def moved(poly: Polynomial) -> Polynomial:
        return poly.ring.from_dict({m: c for m, c in poly.items() if not m[place]})

    return _mapped(goal, moved)


def past_smallest(goal: Goal, place: int) -> Goal:
    """The case in which an integer argument is 1 or more."""
    return _mapped(goal, lambda poly: shift_one(poly, place, 1))


def is_plain(goal: Goal, poly: Polynomial) -> bool:
    """Whether no coefficient is negative (for a strict goal: and some term never 0)."""
    if any(c < 0 for c in poly.values()):
        return False
    return not goal.strict or any(stays_above(goal, monomial) for monomial in poly)


def stays_above(goal: Goal, monomial: Monomial) -> bool:
    """Whether a monomial is never 0."""
    return all(i in goal.above for i, e in powers_in(monomial))


def _mapped(goal: Goal, move: Callable[[Polynomial], Polynomial]) -> Goal:
    known = tuple((move(h), strict) for h, strict in goal.known)
    return replace(goal, poly=move(goal.poly), known=known)


# -- regions --------------------------------------------------------------------------------------

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


#: A coordinate for each generator.
Region = tuple[Coordinate, ...]


def goal_in(region: Region, poly: Polynomial, known: list[Known], *, strict: bool) -> Goal:
    """What is to be shown in the coordinates of a region."""
    moved = tuple((_moved(h, region), s) for h, s in known)
    above = frozenset(i for i, c in enumerate(region) if c.above)
    integers = frozenset(i for i, c in enumerate(region) if c.integer)
    return Goal(_moved(poly, region), strict, tuple(k for k in moved if k[0]), above, integers)


def _moved(poly: Polynomial, region: Region) -> Polynomial:
    """``poly`` in the coordinates, times something > 0 where fractions are multiplied out."""
    for place, coordinate in enumerate(region):
        degree = max((m[place] for m in poly), default=0)
        if degree and coordinate.ratio != SAME:
            if degree > DEGREE or len(poly) * (1 + degree) > SHIFTED:
                raise TooLarge("the degree of the expanded formula", DEGREE)
            poly = _put(poly, place, coordinate.ratio)
            if len(poly) > TERMS:
                raise TooLarge("the number of terms of the expanded formula", TERMS)
    return poly


def regions(field: Field, assumptions: Assumptions, used: Collection[int]) -> list[Region]:
    """The regions that together make the domain; none where they would be too many.

    ``used`` are the generators that matter.
    """
    choices = [
        list(_choices(field, assumptions, place)) if place in used else [Coordinate()]
        for place in range(len(field.keys))
    ]
    too_many = prod(map(len, choices)) > REGIONS
    return [] if too_many else list(product(*choices))


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
