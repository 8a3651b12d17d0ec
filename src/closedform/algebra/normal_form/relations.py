"""Roots in polynomials: r^q = x is used until no power of r is left from q on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from closedform.algebra.normal_form.polynomials import Polynomial, powers_in
from closedform.algebra.work import SUM_EXPONENT
from closedform.errors import TooLarge

Times = Callable[[Polynomial, Polynomial], Polynomial]


def without_powers(
    poly: Polynomial, place: int, degree: int, radicand: tuple[Polynomial, Polynomial], times: Times
) -> tuple[Polynomial, Polynomial]:
    """``poly`` as a fraction with r^degree replaced by the radicand, a fraction too.

    ``place`` is where r stands among the generators; all polynomials are of one ring.
    """
    rows = poly.by_power(place, degree)
    most = max(rows, default=0)
    if not most:
        return poly, poly.ring.one
    total = poly.ring.zero
    for whole, row in rows.items():
        above, below = power(radicand[0], whole, times), power(radicand[1], most - whole, times)
        total += times(row, times(above, below))
    return total, power(radicand[1], most, times)


def present(roots: Mapping[int, tuple[int, object]], num: Polynomial, den: Polynomial) -> list[int]:
    """The roots of which a power stands in a fraction that the relation makes smaller.

    All of them where there is one, for it may bring others. A power of a finer root goes first; a
    later root may hold an earlier one, so the later goes first.
    """
    powers = (power for monomial in (*num, *den) for power in powers_in(monomial))
    if not any(place in roots and exponent >= roots[place][0] for place, exponent in powers):
        return []
    return sorted(roots, key=lambda place: (roots[place][0] != 1, -place))


def power(poly: Polynomial, exponent: int, times: Times) -> Polynomial:
    """A power of a polynomial, each product paid for."""
    if len(poly) <= 1:
        return poly**exponent if exponent else poly.ring.one
    if exponent > SUM_EXPONENT:
        raise TooLarge("the exponent of a sum", SUM_EXPONENT)
    result = poly.ring.one
    for _ in range(exponent):
        result = times(result, poly)
    return result
