"""Floors and ceilings, in one written form.

Laws, each for integers a, n and positive integers b, c:

* ⌊a/b + n⌋ = ⌊a/b⌋ + n
* ⌈a/b⌉ = ⌊(a − 1)/b⌋ + 1
* ⌊(⌊a/b⌋ + n)/c⌋ = ⌊(a + b·n)/(b·c)⌋
* ⌊(d·a + r)/(d·c)⌋ = ⌊(a + ⌊r/d⌋)/c⌋ for a number r
* ⌊max(a, n)/b⌋ = max(⌊a/b⌋, ⌊n/b⌋)

Source: Graham, Knuth, Patashnik, Concrete Mathematics (2nd ed.), section 3.2, equations (3.8),
(3.11) and the exercise on ⌈n/m⌉ = ⌊(n + m − 1)/m⌋ there.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import gcd

from closedform.algebra.domains import Known
from closedform.algebra.normal_form.build import function_tree, places_in
from closedform.algebra.normal_form.cases import replaced, split_at
from closedform.algebra.normal_form.extrema import maximum, minimum
from closedform.algebra.normal_form.polynomials import Polynomial, powers_in
from closedform.algebra.normal_form.rational import Field, RationalFunction
from closedform.algebra.normal_form.signs import (
    coefficient_sign,
    integer_polynomial,
    integer_terms,
    is_positive,
    nonnegative,
    positive,
)
from closedform.algebra.tree import Call

#: The floor of a largest one of more than these stays one atom: each floor is held against others.
FEW = 6


def read_floor(field: Field, value: RationalFunction) -> RationalFunction:
    """The floor of ``value``: its integer part outside, the rest one atom."""
    value = value.cancelled()
    if chosen := _of_largest(field, value):
        return chosen
    whole = _whole(field, value)
    value = (value - whole).cancelled()
    if not _integer_quotient(field, value):
        return whole + _of_reals(field, value)
    num, den = value.num, value.den
    if den.is_ground:
        num, den = _reduced(num, den)
    else:
        more, num = num.div(den)
        whole = whole + field.polynomial(more)
    if not num:
        return whole
    flat = _flatten(field, num, den)
    return whole + (_atom(field, num, den) if flat is None else read_floor(field, flat))


def _of_largest(field: Field, value: RationalFunction) -> RationalFunction | None:
    """The floor of what only rises, or falls, with one largest one: a largest or smallest floor."""
    above, below = (field.maxima.keys() & set(places_in(f)) for f in (value.num, value.den))
    if len(above) != 1 or below or not positive(value.den, field):
        return None
    (place,) = above
    way = coefficient_sign(field, split_at(value.num, place)[0])
    if not way or any(m[place] > 1 for m in value.num) or len(field.maxima[place]) > FEW:
        return None
    floors = [read_floor(field, replaced(value, place, x)) for x in field.maxima[place]]
    return (maximum if way > 0 else minimum)(field, *floors)


def read_ceil(field: Field, value: RationalFunction) -> RationalFunction:
    """The ceiling of ``value``, as a floor."""
    value = value.cancelled()
    if not _integer_quotient(field, value):
        return -read_floor(field, -value)
    one = field.ring.one
    return read_floor(field, RationalFunction(field, value.num - one, value.den)) + field.one


def _integer_quotient(field: Field, value: RationalFunction) -> bool:
    """Whether numerator and denominator are integers, the denominator positive."""
    if not (integer_polynomial(field, value.num) and integer_polynomial(field, value.den)):
        return False
    return value.den == 1 or positive(value.den, field)


def _reduced(num: Polynomial, den: Polynomial) -> tuple[Polynomial, Polynomial]:
    """⌊(d·a + r)/(d·c)⌋ as ⌊(a + ⌊r/d⌋)/c⌋ for a number r."""
    nothing = num.ring.zero_monom
    common = gcd(den.LC, *(c for monomial, c in num.items() if any(monomial)))
    num = num - num.get(nothing, 0) % common
    return num.over(nothing, common), den.over(nothing, common)


def _flatten(field: Field, num: Polynomial, den: Polynomial) -> RationalFunction | None:
    """(⌊a/b⌋ + n)/c as (a + b·n)/(b·c), where the floor stands once, with coefficient 1."""
    alone = [m.index(1) for m, coefficient in num.items() if coefficient == sum(m) == 1]
    for place in sorted(field.floors.keys() & alone):
        if sum(monomial[place] > 0 for monomial in num) > 1:
            continue
        top, bottom = field.floors[place]
        rest = num - field.ring.gen(place)
        return (top + bottom * field.polynomial(rest)) / (bottom * field.polynomial(den))
    return None


def _atom(field: Field, num: Polynomial, den: Polynomial) -> RationalFunction:
    top, bottom = field.polynomial(num), field.polynomial(den)
    argument = top / bottom
    key = ("floor", argument.key())
    name, last = "floor", den - field.ring.one
    if den.is_ground and num.get(num.ring.zero_monom) == last.LC:
        name, argument = "ceil", field.polynomial(num - last) / bottom
    tree = Call(name, (function_tree(argument),))
    at_least_one = coefficient_sign(field, num - den) > 0
    known = Known(nonnegative=nonnegative(top), least=int(at_least_one))
    atom = field.generator(key, tree=tree, known=known, facts=_facts)
    field.floors[field.index[key]] = (top, bottom)
    return atom


def _facts(field: Field, place: int) -> Iterator[tuple[RationalFunction, bool]]:
    """b·⌊a/b⌋ ≤ a ≤ b·⌊a/b⌋ + b − 1 for integers a and b ≥ 1."""
    top, bottom = field.floors[place]
    rest = top - bottom * field.at(place)
    yield rest, False
    yield bottom - field.one - rest, False


def _of_reals(field: Field, value: RationalFunction) -> RationalFunction:
    """The floor of something that is no quotient of integers, such as a root."""
    constant = value.constant()
    if constant is not None:
        return field.number(constant.numerator // constant.denominator)
    key = ("real floor", value.key())
    tree = Call("floor", (function_tree(value),))
    known = Known(nonnegative=nonnegative(value))
    return field.generator(key, tree=tree, known=known, facts=_facts_of_reals, of=value)


def _facts_of_reals(field: Field, place: int) -> Iterator[tuple[RationalFunction, bool]]:
    """⌊x⌋ ≤ x < ⌊x⌋ + 1, and so the squares where x ≥ 0; the other way round where x < 0."""
    argument, atom = field.arguments["real floor"][place], field.at(place)
    yield argument - atom, False
    yield atom + field.one - argument, True
    below = -argument
    sign = int(nonnegative(argument)) - is_positive(below)
    if sign:
        yield field.number(sign) * (argument**2 - atom**2), False
        yield field.number(sign) * ((atom + field.one) ** 2 - argument**2), True


def _whole(field: Field, value: RationalFunction) -> RationalFunction:
    """The terms over a number that are integers, and those of the others; else 0."""
    if not value.den.is_ground:
        return field.zero
    bottom, kept = value.den.LC, {}
    for (monomial, coefficient), whole in zip(value.num.items(), integer_terms(value), strict=True):
        if whole or all(field.known[i].integer for i, _ in powers_in(monomial)):
            kept[monomial] = coefficient if whole else coefficient - coefficient % bottom
    return field.polynomial(value.num.ring.from_dict(kept)) / field.number(bottom)
