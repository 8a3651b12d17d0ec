"""The normal form: quotients of polynomials over Z in the symbols of a claim and their *atoms*.

Two formulas without floors, roots, logarithms or symbolic exponents are equal exactly when the
numerator of their difference is the zero polynomial; that is a decision, not a heuristic. What is
no rational function becomes an atom, a further generator of the ring
(:mod:`closedform.algebra.normal_form.atoms`), so the same test still proves equality, and what it
does not prove is left to the other procedures.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
)


def _number(field: Field, tree: Number) -> RationalFunction:
    return field.number(tree.value)


def _symbol(field: Field, tree: Symbol) -> RationalFunction:
    return field.symbol(tree.name)


def _sum(field: Field, tree: Sum) -> RationalFunction:
    """The terms added up, those over the same denominator at once."""
    groups: dict[Polynomial, dict[Monomial, int]] = {}
    # The ring may grow while a term is read.
    values = [field.normal(part) for part in tree.terms]
    for above, below in [value.lifted() for value in values]:
        group = groups.setdefault(below, {})
        for monomial, coefficient in above.items():
            group[monomial] = group.get(monomial, 0) + coefficient
    total = field.zero
    for below, group in groups.items():
        total = total + field_element(field, field.ring.from_dict(group), below)
    return total


def _product(field: Field, tree: Product) -> RationalFunction:
    product = field.normal(tree.factors[0])
    for factor in tree.factors[1:]:
        product = product * field.normal(factor)
    return product


def _quotient(field: Field, tree: Quotient) -> RationalFunction:
    above, below = field.normal(tree.numerator), field.normal(tree.denominator)
    field.divided[below.num] = None
    return above / below


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
