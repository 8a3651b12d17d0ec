"""Cases of which argument is the largest, and generators replaced by their values."""

from __future__ import annotations

from collections.abc import Iterator

from closedform.algebra.normal_form.polynomials import Polynomial
from closedform.algebra.normal_form.rational import Field, RationalFunction
from closedform.records import record

#: The most cases of largest ones that are distinguished.
CASES = 40


@record
class ValueInCase:
    """A value in the case in which some expressions are ≥ 0."""

    value: RationalFunction
    known: tuple[RationalFunction, ...] = ()


def cases(field: Field, value: RationalFunction) -> Iterator[ValueInCase]:
    """The cases of which argument is the largest, for each largest one in ``value``."""
    pending = [ValueInCase(value)]
    for place in sorted(field.maxima, reverse=True):
        following: list[ValueInCase] = []
        for case in pending:
            following += _split(field, case, place)
        if len(following) > CASES:
            break
        pending = following
    yield from pending


def _split(field: Field, case: ValueInCase, place: int) -> list[ValueInCase]:
    polys = [case.value.num, case.value.den, *(k.num for k in case.known)]
    if not any(m[place] for poly in polys for m in field.lift(poly)):
        return [case]
    arguments = field.maxima[place]
    # Where there are other atoms, as the floor of it, what is known of them holds the largest.
    largest = [field.at(place)] if len(field.facts) > len(field.maxima) else []
    return [
        ValueInCase(
            replaced(case.value, place, chosen),
            (
                *(replaced(k, place, chosen) for k in case.known),
                *(chosen - other for other in (*arguments, *largest) if other is not chosen),
            ),
        )
        for chosen in arguments
    ]


def replaced(value: RationalFunction, place: int, other: RationalFunction) -> RationalFunction:
    """``value`` with one generator replaced by a rational function."""
    top, bottom = (_evaluated(value.field, poly, place, other) for poly in (value.num, value.den))
    return (top / bottom).cancelled()


def _evaluated(
    field: Field, poly: Polynomial, place: int, other: RationalFunction
) -> RationalFunction:
    poly = field.lift(poly)
    field.work.spend_on(len(poly), poly.ring.ngens)
    rows = poly.by_power(place)
    total = field.zero
    for exponent in range(max(rows, default=0), -1, -1):
        total = total * other
        if exponent in rows:
            total = total + field.polynomial(rows[exponent])
    return total


def split_at(poly: Polynomial, place: int) -> tuple[Polynomial, Polynomial]:
    """The polynomials a and b of a·x + b."""
    rows = poly.by_power(place)
    return rows.get(1, poly.ring.zero), rows.get(0, poly.ring.zero)
