"""The sign of a polynomial over its domain, read off the coefficients after a shift.

With every symbol at least 1, put x = 1 + t with t ≥ 0: if no coefficient of the shifted polynomial is
negative, the polynomial is nowhere negative. That is a proof; the converse does not hold, so the
answer for "no" is "not seen".
"""

from __future__ import annotations

from sympy import ZZ
from sympy.polys.rings import PolyElement

from closedform.algebra.normal import TERMS, Field, RationalFunction


def nonnegative(value: RationalFunction) -> bool:
    """Whether ``value`` is seen to be ≥ 0 on the whole domain."""
    reduced = value.cancelled()
    if not reduced.num:
        return True
    field = value.field
    return coefficient_sign(field, reduced.num) * coefficient_sign(field, reduced.den) > 0


def positive(poly: PolyElement, field: Field) -> bool:
    """Whether ``poly`` is seen to be > 0 on the whole domain: no negative term, a positive constant.

    A single term counts as well, unless a symbol in it may be 0.
    """
    moved = shifted(field, poly)
    return moved is not None and _sign(moved) > 0 and bool(_always_positive(field, moved))


def never_zero(poly: PolyElement, field: Field) -> bool:
    """Whether ``poly`` is seen to have one sign, and never the value 0, on the domain."""
    return positive(poly, field) or positive(-poly, field)


def coefficient_sign(field: Field, poly: PolyElement) -> int:
    """+1 or −1 when the shifted coefficients show that ``poly`` never has the other sign, else 0."""
    moved = shifted(field, poly)
    return 0 if moved is None else _sign(moved)


def shifted(field: Field, poly: PolyElement) -> PolyElement | None:
    """``poly`` with every integer symbol x replaced by its smallest value plus x.

    Real symbols and atoms keep their place: they are known to be ≥ 0. ``None`` where a generator may
    be negative, or where the shifted polynomial is too long to be worth it.
    """
    poly = field.lift(poly)
    for place, key in enumerate(field.keys):
        degree = max((monomial[place] for monomial in poly), default=0)
        if not degree:
            continue
        if not field.nonnegative[place]:
            return None
        bound = lower_bound(field, place, key)
        if bound:
            if len(poly) * (1 + degree) > TERMS:
                return None
            poly = shift_one(poly, place, bound)
    return poly


def lower_bound(field: Field, place: int, key: object) -> int:
    """The smallest value of a generator, where that is more than 0."""
    if not isinstance(key, str) or not field.integers[place]:
        return 0
    return field.lower.get(key, 1)


def shift_one(poly: PolyElement, place: int, bound: int) -> PolyElement:
    """``poly`` with the generator at ``place`` replaced by itself plus ``bound`` (Horner's rule)."""
    ring = poly.ring
    rows: dict[int, dict[tuple[int, ...], int]] = {}
    for monomial, coefficient in poly.items():
        rest = (*monomial[:place], 0, *monomial[place + 1 :])
        rows.setdefault(monomial[place], {})[rest] = coefficient
    result = ring.zero
    step = ring.gens[place] + ZZ(bound)
    for exponent in range(max(rows, default=0), -1, -1):
        result = result * step
        if exponent in rows:
            result = result + ring.from_dict(rows[exponent])
    return result


def _sign(poly: PolyElement) -> int:
    """+1 if no coefficient is negative, −1 if none is positive, 0 if mixed."""
    if not poly:
        return 0
    if all(c > 0 for c in poly.values()):
        return 1
    return -1 if all(c < 0 for c in poly.values()) else 0


def _always_positive(field: Field, poly: PolyElement) -> bool:
    """Whether some term is positive everywhere: the constant, or one of positive reals only."""
    positive_reals = [
        isinstance(key, str) and not field.integers[place] for place, key in enumerate(field.keys)
    ]
    return any(
        all(positive_reals[i] for i, e in enumerate(monomial) if e)
        for monomial, coefficient in poly.items()
        if coefficient > 0
    )
