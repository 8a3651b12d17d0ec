"""Roots: a root of order q is a generator r with the relation r^q = x.

A root is the one that is not negative, of a radicand that is not negative. Whole powers come out
only where that keeps the value: √(f²) is |f|, and f only where f is seen not to be negative.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import lcm

from closedform.algebra.domains import Known
from closedform.algebra.normal_form.build import function_tree
from closedform.algebra.normal_form.divisors import small
from closedform.algebra.normal_form.extrema import absolute
from closedform.algebra.normal_form.polynomials import Polynomial, powers_in
from closedform.algebra.normal_form.rational import Field, RationalFunction
from closedform.algebra.normal_form.signs import (
    at_smallest,
    between,
    coefficient_sign,
    nonnegative,
    positive,
)
from closedform.algebra.numbers import prime_powers
from closedform.algebra.tree import ONE, Call, Number, Power, Quotient, Tree, power
from closedform.errors import TooLarge, UndefinedValue
from closedform.records import record

#: The largest order of a root that is worked with.
ROOT = 24


def rational_power(field: Field, base: RationalFunction, exponent: Fraction) -> RationalFunction:
    """``base ** (p/q)`` through the q-th root."""
    if exponent.denominator == 1:
        return base**exponent.numerator
    return root(field, base, exponent.denominator) ** exponent.numerator


def root(field: Field, value: RationalFunction, order: int = 2) -> RationalFunction:
    """The root of the given order that is not negative."""
    if order > ROOT:
        raise TooLarge("the order of a root", ROOT)
    value = value.cancelled()
    if not value.num:
        return field.zero
    if value.den != 1 and not positive(value.den, field):
        return _atom(field, value, order)
    return _root_of(field, value.num, order) / _root_of(field, value.den, order)


@record
class _Factor:
    """A factor of a radicand; ``sign`` is +1 where it is never negative, 0 where it may be."""

    poly: Polynomial
    exponent: int
    sign: int


def _root_of(field: Field, poly: Polynomial, order: int) -> RationalFunction:
    number, factors = _factors(field, poly)
    if number < 0 and all(factor.sign for factor in factors):
        if positive(-poly, field):
            raise UndefinedValue("a root of a negative number", "write a positive radicand")
        return _atom(field, field.polynomial(poly), order)
    outside, inside = field.one, field.one
    if number < 0:
        inside = -inside
    for prime, exponent in prime_powers(abs(number)):
        whole, left = divmod(exponent, order)
        outside = outside * field.number(prime**whole)
        if left:
            outside = outside * _atom(field, field.number(prime), order) ** left
    for factor in factors:
        base = field.polynomial(factor.poly)
        whole, left = divmod(factor.exponent, order)
        if not factor.sign and order % 2:
            whole, left = 0, factor.exponent
        if whole:
            taken = base if factor.sign or whole % 2 == 0 else absolute(field, base)
            outside = outside * taken**whole
        if left and factor.sign:
            outside = outside * _atom(field, base, order) ** left
        elif left:
            inside = inside * base**left
    return outside if inside.constant() == 1 else outside * _atom(field, inside, order)


def _factors(field: Field, poly: Polynomial) -> tuple[int, list[_Factor]]:
    """A number and the factors of a polynomial, each turned to be ≥ 0 if possible."""
    ring = poly.ring
    shared = poly.shared()
    rest = poly.over(shared)
    number, powers = rest.factor_list() if small(rest) else (1, [(rest, 1)])
    factors = [
        _Factor(ring.gen(place), exponent, int(field.known[place].nonnegative))
        for place, exponent in powers_in(shared)
    ]
    for factor, exponent in powers:
        sign = coefficient_sign(field, factor)
        if sign < 0 and exponent % 2:
            number = -number
        factors.append(_Factor(-factor if sign < 0 else factor, exponent, abs(sign)))
    return number, factors


def _atom(field: Field, base: RationalFunction, order: int) -> RationalFunction:
    """A root of what holds no power; roots of one base are powers of one of them."""
    earlier = field.orders.get(base.key())
    if earlier is None or earlier == order:
        return _new_atom(field, base, order)
    common = lcm(earlier, order)
    finest = _new_atom(field, base, common)
    if common != earlier:
        place = field.index["root", earlier, base.key()]
        field.roots[place] = (1, finest ** (common // earlier))
    return finest ** (common // order)


def _new_atom(field: Field, base: RationalFunction, order: int) -> RationalFunction:
    if order > ROOT:
        raise TooLarge("the order of a root", ROOT)
    field.orders[base.key()] = order
    key = ("root", order, base.key())
    written = function_tree(base)
    tree: Tree = Call("sqrt", (written,))
    if order != 2:
        tree = Power(written, Quotient(Number(1), Number(order)))
    above = positive(base.num, field) and (base.den == 1 or positive(base.den, field))
    least = int(nonnegative(base - field.one))
    known = Known(integer=False, least=least, above=above and not least)
    atom = field.generator(key, tree=tree, known=known, facts=_facts)
    field.roots[field.index[key]] = (order, base)
    field.needs.append((base, "≥ 0"))
    return atom


def _facts(field: Field, place: int) -> Iterator[tuple[RationalFunction, bool]]:
    """ᵠ√x ≤ x for x ≥ 1, 2·√x ≤ x + 1, what it is at the smallest x and below its tangent there."""
    (order, radicand), atom = field.roots[place], field.at(place)
    if field.known[place].least:
        yield radicand - atom, False
    if order == 2:
        yield radicand + field.one - field.number(2) * atom, False
    for low, high, _ in at_smallest(field, radicand, lambda x: power(x, ONE / order)):
        yield atom - low, False
        if order == 2:
            yield radicand + high * high - field.number(2) * high * atom, False
    yield from between(field, place)
