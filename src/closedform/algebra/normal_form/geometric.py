"""Geometric sums in closed form: of bⁱ and 1/bⁱ, where b is a number from 2 on."""

from __future__ import annotations

from closedform.algebra.normal_form.polynomials import powers_in
from closedform.algebra.normal_form.powers import read_power
from closedform.algebra.normal_form.rational import Field, RationalFunction
from closedform.records import record


@record
class Span:
    """An index by its canonical name, and its bounds; ``in_order``: lower ≤ upper + 1."""

    index: str
    lower: RationalFunction
    upper: RationalFunction
    in_order: bool


def geometric(field: Field, span: Span, monomial: tuple[int, ...]) -> RationalFunction | None:
    """Σ bⁱ = (bᵘ⁺¹ − bˡ)/(b − 1); ``None`` for other terms."""
    base = _base(field, span, monomial)
    if base is None:
        return None
    last = read_power(field, base, span.upper + field.one)
    return (last - read_power(field, base, span.lower)) / (base - field.one)


def falling(
    field: Field, span: Span, body: RationalFunction, moving: list[int]
) -> RationalFunction | None:
    """Σ c/bⁱ = c·(b¹⁻ˡ − b⁻ᵘ)/(b − 1); ``None`` for other terms.

    ``moving``: the generators that change with the index.
    """
    num, den = field.lift(body.num), field.lift(body.den)
    if len(den) > 1 or any(m[i] for m in num for i in moving):
        return None
    ((monomial, _),) = den.items()
    inside = tuple(e if i in moving else 0 for i, e in enumerate(monomial))
    base = _base(field, span, inside)
    if base is None:
        return None
    first = read_power(field, base, field.one - span.lower)
    total = (first - read_power(field, base, -span.upper)) / (base - field.one)
    return body * field.monomial(inside) * total


def _base(field: Field, span: Span, monomial: tuple[int, ...]) -> RationalFunction | None:
    """The b of 2ⁱ·3²ⁱ, i the index of the sum, which is 18; ``None`` for another term."""
    total = field.one
    for place, times in powers_in(monomial):
        if place not in field.powers:
            return None
        base, exponent = field.powers[place]
        if exponent.key() != field.symbol(span.index).key() or (base.constant() or 0) < 2:
            return None
        total = total * base**times
    return total if any(monomial) else None
