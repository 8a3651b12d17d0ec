"""Floors and ceilings, in one written form.

Laws, each for integers a, n and positive integers b, c:

* ⌊a/b + n⌋ = ⌊a/b⌋ + n
* ⌈a/b⌉ = ⌊(a − 1)/b⌋ + 1
* ⌊(⌊a/b⌋ + n)/c⌋ = ⌊(a + b·n)/(b·c)⌋
* ⌊(d·a + r)/(d·c)⌋ = ⌊(a + ⌊r/d⌋)/c⌋ for a number r

Source: Graham, Knuth, Patashnik, Concrete Mathematics (2nd ed.), section 3.2, equations (3.8),
(3.11) and the exercise on ⌈n/m⌉ = ⌊(n + m − 1)/m⌋ there.
"""

from __future__ import annotations

from math import gcd

from sympy import ZZ
from sympy.polys.rings import PolyElement

from closedform.algebra.build import function_tree
from closedform.algebra.normal import Field, RationalFunction
from closedform.algebra.signs import nonnegative, positive
from closedform.algebra.tree import Call


def read_floor(field: Field, value: RationalFunction) -> RationalFunction:
    """The floor of ``value``: its integer part outside, the rest one atom."""
    value = value.cancelled()
    if not _integer_quotient(field, value):
        return _opaque(field, value)
    whole, rest, bottom = _split(field, value.num, value.den)
    flat = _flatten(field, rest, bottom)
    if flat is not None:
        return RationalFunction(field, whole, field.ring.one) + read_floor(field, flat)
    if not rest:
        return RationalFunction(field, whole, field.ring.one)
    atom = _atom(field, rest, bottom)
    return RationalFunction(field, whole, field.ring.one) + atom


def read_ceil(field: Field, value: RationalFunction) -> RationalFunction:
    """The ceiling of ``value``, as a floor."""
    value = value.cancelled()
    if not _integer_quotient(field, value):
        return -read_floor(field, -value)
    one = field.ring.one
    return read_floor(field, RationalFunction(field, value.num - one, value.den)) + field.one


def _integer_quotient(field: Field, value: RationalFunction) -> bool:
    """Whether numerator and denominator are integers, the denominator positive."""
    return (
        _integer(field, value.num) and _integer(field, value.den) and positive(value.den, field)
    ) or (value.den == 1 and _integer(field, value.num))


def _integer(field: Field, poly: PolyElement) -> bool:
    return all(field.integers[i] for monomial in poly for i, e in enumerate(monomial) if e)


def _split(
    field: Field, num: PolyElement, den: PolyElement
) -> tuple[PolyElement, PolyElement, PolyElement]:
    """``num/den`` as (whole polynomial, remainder, denominator) with the remainder reduced."""
    if den.is_ground:
        return _split_constant(field, num, int(den.LC))
    (whole,), rest = num.div([den])
    return whole, rest, den


def _split_constant(
    field: Field, num: PolyElement, modulus: int
) -> tuple[PolyElement, PolyElement, PolyElement]:
    ring = field.ring
    zero = ring.zero_monom
    whole: dict[tuple[int, ...], int] = {}
    rest: dict[tuple[int, ...], int] = {}
    for monomial, coefficient in num.items():
        quotient, remainder = divmod(int(coefficient), modulus)
        if quotient:
            whole[monomial] = ZZ(quotient)
        if remainder:
            rest[monomial] = ZZ(remainder)
    constant = int(rest.pop(zero, 0))
    common = gcd(modulus, *(int(c) for c in rest.values()))
    if not rest:
        common = modulus
    rest = {monomial: ZZ(int(c) // common) for monomial, c in rest.items()}
    if constant // common:
        rest[zero] = ZZ(constant // common)
    bottom = modulus // common
    remainder_poly = ring.from_dict(rest)
    if bottom == 1:
        return ring.from_dict(whole) + remainder_poly, ring.zero, ring.one
    return ring.from_dict(whole), remainder_poly, ring.ground_new(bottom)


def _flatten(field: Field, num: PolyElement, den: PolyElement) -> RationalFunction | None:
    """(⌊a/b⌋ + n)/c as (a + b·n)/(b·c), where the floor stands once, with coefficient 1."""
    for place, (top, bottom) in field.floors.items():
        holders = [monomial for monomial in num if monomial[place]]
        if len(holders) != 1 or num[holders[0]] != 1 or sum(holders[0]) != 1:
            continue
        rest = num - field.ring.gens[place]
        outer = RationalFunction(field, den, field.ring.one)
        inner = RationalFunction(field, rest, field.ring.one)
        return (top + bottom * inner) / (bottom * outer)
    return None


def _atom(field: Field, num: PolyElement, den: PolyElement) -> RationalFunction:
    top = RationalFunction(field, num, field.ring.one)
    bottom = RationalFunction(field, den, field.ring.one)
    argument = top / bottom
    key = ("floor", argument.key())
    tree = Call("floor", (function_tree(argument),))
    atom = field.generator(key, tree=tree, nonnegative=nonnegative(top))
    field.floors[field.index[key]] = (top, bottom)
    return atom


def _opaque(field: Field, value: RationalFunction) -> RationalFunction:
    """The floor of something that is no quotient of integers: only its own name is known."""
    constant = value.constant()
    if constant is not None:
        return field.number(constant.numerator // constant.denominator)
    tree = Call("floor", (function_tree(value),))
    return field.generator(("floor", value.key()), tree=tree, nonnegative=nonnegative(value))
