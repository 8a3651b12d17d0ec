"""The sign of a polynomial over its domain, read off the coefficients after a shift.

With every symbol at least 1, put x = 1 + t with t ≥ 0: if no coefficient of the shifted polynomial
is negative, the polynomial is nowhere negative. That is a proof; the converse does not hold, so the
answer for "no" is "not seen".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from math import prod
from typing import Any

from closedform.algebra.exact import enclosure
from closedform.algebra.normal_form.cases import cases
from closedform.algebra.normal_form.polynomials import Monomial, Polynomial, powers_in
from closedform.algebra.normal_form.rational import Field, RationalFunction
from closedform.algebra.tree import Call, Number, Tree, sums_in, symbol_names
from closedform.algebra.work import TERMS
from closedform.errors import Irrational, TooLarge, UndefinedValue

#: Shifting a polynomial of high degree makes many terms with long coefficients: bounds on both.
SHIFTED, DEGREE = 4 * TERMS, 128


def nonnegative(value: RationalFunction) -> bool:
    """Whether ``value`` is seen to be ≥ 0 wherever it is defined."""
    reduced = value.cancelled()
    if not reduced.num:
        return True
    field = value.field
    top = coefficient_sign(field, reduced.num)
    return bool(top) and top == (1 if reduced.den == 1 else coefficient_sign(field, reduced.den))


def in_order(field: Field, room: RationalFunction) -> bool:
    """Whether ``room`` is seen to be ≥ 0, as a sum that ends after it starts has it.

    The conditions help, and each argument of a largest one is looked at.
    """
    plain = [h for h in field.given if not any(sums_in(h))]
    return all(
        nonnegative(case.value) or any(nonnegative(case.value - field.normal(h)) for h in plain)
        for case in cases(field, room)
    )


def positive(poly: Polynomial, field: Field) -> bool:
    """Whether ``poly`` is seen to be > 0 on the whole domain.

    No coefficient is negative after the shift, and some term is never 0: the constant, or one of
    generators that never take their smallest value.
    """
    return _sign_and_zero(field, poly) == (1, True)


def is_positive(value: RationalFunction) -> bool:
    """Whether ``value`` is seen to be > 0 on the whole domain."""
    return positive(value.num, value.field) and positive(value.den, value.field)


def never_zero(poly: Polynomial, field: Field) -> bool:
    """Whether ``poly`` is seen to have one sign, and never the value 0, on the domain."""
    return _sign_and_zero(field, poly)[1]


def coefficient_sign(field: Field, poly: Polynomial) -> int:
    """+1 or −1 if the shifted coefficients show that ``poly`` never has the other sign, else 0."""
    return _sign_and_zero(field, poly)[0]


def _sign_and_zero(field: Field, poly: Polynomial) -> tuple[int, bool]:
    """The sign, 0 where it is not seen, and whether the value is seen never to be 0."""
    sign = _sign(poly)
    if sign:
        # Of one sign as it stands: only what may be negative or 0 matters.
        known = field.known
        used = [[known[i] for i, e in powers_in(monomial)] for monomial in poly]
        if not all(k.nonnegative for row in used for k in row):
            return 0, False
        return sign, any(all(k.least or k.above for k in row) for row in used)
    moved = shifted(field, poly)
    if moved is None:
        return 0, False
    sign = _sign(moved)
    # 0 nowhere is a term of which all generators stay above 0.
    above = (all(field.known[i].above for i, _ in powers_in(monomial)) for monomial in moved)
    return sign, bool(sign) and any(above)


def least_of(value: RationalFunction) -> int:
    """An integer ≥ 0 that no value is below: that at the smallest arguments, or 0."""
    field, reduced = value.field, value.cancelled()
    moved = shifted(field, reduced.num) if reduced.den.is_ground else None
    if moved is None or any(c < 0 for monomial, c in moved.items() if any(monomial)):
        return 0
    return max(0, moved.get(moved.ring.zero_monom, 0) // reduced.den.LC)


def integer_valued(value: RationalFunction) -> bool:
    """Whether every value is seen to be an integer."""
    reduced = value.cancelled()
    return reduced.den.is_ground and all(integer_terms(reduced))


def integer_terms(value: RationalFunction) -> Iterator[bool]:
    """Whether each term over a number is an integer for itself; n!/6 is where n ≥ 3."""
    known, bottom = value.field.known, value.den.LC
    for monomial, coefficient in value.num.items():
        held = [(known[i], e) for i, e in powers_in(monomial)]
        multiple = prod(k.multiple**e for k, e in held)
        yield all(k.integer for k, _ in held) and coefficient * multiple % bottom == 0


def integer_polynomial(field: Field, poly: Polynomial) -> bool:
    """Whether only integer generators occur."""
    return all(field.known[i].integer for monomial in poly for i, e in powers_in(monomial))


def shifted(field: Field, poly: Polynomial) -> Polynomial | None:
    """``poly`` with every generator x replaced by its smallest known value plus x.

    ``None`` where a generator may be negative, or where the shifted polynomial is too long to be
    worth it.
    """
    poly = field.lift(poly)
    for place, degree in powers_in(tuple(map(max, zip(*poly, strict=True))) if poly else ()):
        if not field.known[place].nonnegative:
            return None
        if field.known[place].least:
            if degree > DEGREE or len(poly) * (1 + degree) > SHIFTED:
                return None
            touched = sum(1 for monomial in poly if monomial[place])
            field.work.spend_on(touched, poly.ring.ngens)
            poly = shift_one(poly, place, field.known[place].least)
    return poly


def shift_one(poly: Polynomial, place: int, bound: int) -> Polynomial:
    """``poly`` with the generator at ``place`` replaced by itself plus ``bound``."""
    # Copied, not built anew: a copy works out no hash of a monomial again.
    total: dict[tuple[int, ...], Any] = dict(poly)
    for monomial, coefficient in poly.items():
        exponent = monomial[place]
        if not exponent:
            continue
        before, after = monomial[:place], monomial[place + 1 :]
        # The binomial theorem, from the highest power down.
        part = coefficient
        for left in range(exponent - 1, -1, -1):
            part = part * bound * (left + 1) // (exponent - left)
            key = (*before, left, *after)
            summed = total.get(key, 0) + part
            if summed:
                total[key] = summed
            else:
                del total[key]
    return Polynomial(poly.ring, total)


def _sign(poly: Mapping[Monomial, int]) -> int:
    """+1 if no coefficient is negative, −1 if none is positive, 0 if mixed."""
    signs = {c > 0 for c in poly.values()}
    if len(signs) != 1:
        return 0
    return 1 if True in signs else -1


#: Irrational numbers are enclosed to so many parts of 1.
PARTS = 10**6


def at_smallest(
    field: Field, argument: RationalFunction, of: Callable[[Tree], Tree]
) -> Iterator[tuple[RationalFunction, RationalFunction, RationalFunction]]:
    """Two fractions around a function at the smallest argument, and this argument."""
    least = least_of(argument)
    if least > 1 and argument.constant() is None:
        low, high = enclosure(of(Number(least)), {}).bounds(PARTS)
        yield field.number(low), field.number(high), field.number(least)


def between(field: Field, place: int) -> Iterator[tuple[RationalFunction, bool]]:
    """Two fractions around an atom that is a number."""
    tree, atom = field.trees[place], field.at(place)
    if isinstance(tree, Call) and not symbol_names(tree):
        with suppress(Irrational, UndefinedValue, TooLarge):
            low, high = enclosure(tree, {}).bounds(PARTS)
            yield atom - field.number(low), False
            yield field.number(high) - atom, False
