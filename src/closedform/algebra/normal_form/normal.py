"""The normal form: quotients of polynomials over Z in the symbols of a claim and their *atoms*.

Two formulas without floors, roots, logarithms or symbolic exponents are equal exactly when the
numerator of their difference is the zero polynomial; that is a decision, not a heuristic. What is
no rational function becomes an atom, a further generator of the ring
(:mod:`closedform.algebra.normal_form.atoms`), so the same test still proves equality, and what it
does not prove is left to the other procedures.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import lcm
from typing import Any, TypeAlias

from closedform.algebra.normal_form.polynomials import Monomial, Polynomial
from closedform.algebra.normal_form.powers import read_power
from closedform.algebra.normal_form.rational import (
    Field,
    RationalFunction,
    field_element,
)
from closedform.algebra.tree import (
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Tree,
)
from closedform.algebra.work import BITS, EXPONENT
from closedform.errors import TooLarge


def _number(field: Field, tree: Number) -> RationalFunction:
    return field.number(tree.value)


def _symbol(field: Field, tree: Symbol) -> RationalFunction:
    return field.symbol(tree.name)


def _sum(field: Field, tree: Sum) -> RationalFunction:
    simple: list[_Term] = []
    others: list[Tree] = []
    for part in tree.terms:
        term = _term(field, part)
        if term is None:
            others.append(part)
        else:
            simple.append(term)
    # The ring may grow while the others are read, so they come first.
    values = [field.normal(part) for part in others]
    return _added_up([*values, _sum_of_terms(field, simple)] if simple else values)


def _product(field: Field, tree: Product) -> RationalFunction:
    term = _term(field, tree)
    if term is not None:
        return _sum_of_terms(field, [term])
    product = field.normal(tree.factors[0])
    for factor in tree.factors[1:]:
        product = product * field.normal(factor)
    return product


def _quotient(field: Field, tree: Quotient) -> RationalFunction:
    return field.normal(tree.numerator) / field.normal(tree.denominator)


def _negative(field: Field, tree: Negative) -> RationalFunction:
    return -field.normal(tree.operand)


def _power(field: Field, tree: Power) -> RationalFunction:
    base = field.normal(tree.base)
    if isinstance(tree.exponent, Number) and isinstance(tree.exponent.value, int):
        return base**tree.exponent.value
    exponent = field.normal(tree.exponent)
    constant = exponent.constant()
    if constant is not None and constant.denominator == 1:
        return base**constant.numerator
    return read_power(field, base, exponent)


#: How the nodes are read that make rational functions, and powers.
READERS: dict[type, Callable[[Field, Any], RationalFunction]] = {
    Number: _number,
    Symbol: _symbol,
    Sum: _sum,
    Product: _product,
    Quotient: _quotient,
    Negative: _negative,
    Power: _power,
}


def _added_up(values: Sequence[RationalFunction]) -> RationalFunction:
    """The sum of some functions of one field; those over the same denominator at once."""
    field = values[0].field
    groups: dict[Polynomial, dict[Monomial, int]] = {}
    for value in values:
        above, below = value.lifted()
        group = groups.setdefault(below, {})
        for monomial, coefficient in above.items():
            group[monomial] = group.get(monomial, 0) + coefficient
    total = field.zero
    for below, group in groups.items():
        total = total + field_element(field, field.ring.from_dict(group), below)
    return total


# -- the cheap path: terms that are numbers times powers of symbols
# ------------------------------------

#: Numerator and denominator of the coefficient, and the exponents by generator (negative ones too).
_Term: TypeAlias = "tuple[int, int, dict[int, int]]"


def _term(field: Field, tree: Tree) -> _Term | None:
    """A number times powers of known symbols, or ``None``: most terms of real formulas are such."""
    exponents: dict[int, int] = {}
    top = bottom = 1
    stack: list[tuple[Tree, int]] = [(tree, 1)]
    while stack:
        node, power = stack.pop()
        match node:
            case Symbol(name=name):
                place = field.index.get(name)
                if place is None or (power < 0 and _may_be_zero(field, place)):
                    return None
                exponents[place] = exponents.get(place, 0) + power
            case Number(value=value):
                if not value or abs(power) > 1:
                    return None
                above, below = (value.numerator, value.denominator)[::power]
                top, bottom = top * above, bottom * below
            case Product(factors=factors):
                stack.extend((factor, power) for factor in factors)
            case Quotient(numerator=a, denominator=b):
                stack += [(a, power), (b, -power)]
            case Negative(operand=a) if abs(power) == 1:
                top = -top
                stack.append((a, power))
            case Power(base=a, exponent=Number(value=int(times))) if isinstance(a, Symbol):
                if abs(times * power) > EXPONENT:
                    raise TooLarge("an exponent", EXPONENT)
                stack.append((a, times * power))
            case _:
                return None
    if max(top.bit_length(), bottom.bit_length()) > BITS:
        raise TooLarge("the number of binary digits of a number", BITS)
    field.work.spend(1)
    return top, bottom, exponents


def _may_be_zero(field: Field, place: int) -> bool:
    known = field.known[place]
    return not known.least and not known.above


def _sum_of_terms(field: Field, terms: list[_Term]) -> RationalFunction:
    """The sum over the least common denominator."""
    size = field.ring.ngens
    below = [0] * size
    number = 1
    for _, bottom, exponents in terms:
        if bottom != 1:
            number = lcm(number, bottom)
        for place, exponent in exponents.items():
            if exponent < -below[place]:
                below[place] = -exponent
    if number.bit_length() > BITS:
        raise TooLarge("the number of binary digits of a number", BITS)
    collected: dict[tuple[int, ...], int] = {}
    for top, bottom, exponents in terms:
        monomial = below.copy()
        for place, exponent in exponents.items():
            monomial[place] += exponent
        key = tuple(monomial)
        collected[key] = collected.get(key, 0) + top * (number // bottom)
    ring = field.ring
    num = Polynomial(ring, {m: c for m, c in collected.items() if c})
    den = Polynomial(ring, {tuple(below): number})
    return field_element(field, num, den)
