"""The normal form: quotients of polynomials over Z in the symbols of a claim and their *atoms*.

Two formulas without floors, roots, logarithms or symbolic exponents are equal exactly when the
numerator of their difference is the zero polynomial; that is a decision, not a heuristic. What is
no rational function becomes an atom, a further generator of the ring, so the same test still proves
equality, and what it does not prove is left to the other procedures.

``open_field`` is the door: a field that can read every tree of the language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from closedform.algebra.domains import Domain
from closedform.algebra.functions import FUNCTIONS
from closedform.algebra.normal_form.polynomials import Monomial, Polynomial
from closedform.algebra.normal_form.powers import read_power
from closedform.algebra.normal_form.rational import Field, RationalFunction, field_element
from closedform.algebra.normal_form.series import read_series
from closedform.algebra.tree import (
    Call,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Series,
    Sum,
    Symbol,
    Tree,
)
from closedform.algebra.work import Work


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


def _power(field: Field, tree: Power) -> RationalFunction:
    base = field.normal(tree.base)
    if isinstance(tree.exponent, Number) and isinstance(tree.exponent.value, int):
        return base**tree.exponent.value
    exponent = field.normal(tree.exponent)
    constant = exponent.constant()
    if constant is not None and constant.denominator == 1:
        return base**constant.numerator
    return read_power(field, base, exponent)


def open_field(
    names: Iterable[str] = (),
    *,
    domains: Mapping[str, Domain] | None = None,
    sequences: Iterable[str] = (),
    work: Work | None = None,
) -> Field:
    """The field of rational functions in ``names`` and in whatever atoms the trees bring.

    Symbols are positive integers, where ``domains`` say nothing else. ``sequences`` are summed.
    ``work`` is a budget shared with other fields.
    """
    return Field(names, _READERS, domains=domains, sequences=sequences, work=work)


def _call(field: Field, tree: Call) -> RationalFunction:
    if tree not in field.read:
        arguments = [field.normal(part) for part in _arguments(tree)]
        field.read[tree] = FUNCTIONS[tree.function].normal(field, *arguments)
    return field.read[tree]


def _arguments(tree: Call) -> Iterator[Tree]:
    """The arguments; max(a, max(b, c)) is max(a, b, c)."""
    chooses = FUNCTIONS[tree.function].chooses
    for part in tree.arguments:
        if chooses and isinstance(part, Call) and part.function == tree.function:
            yield from _arguments(part)
        else:
            yield part


#: How each kind of node is read.
_READERS: dict[type, Callable[[Field, Any], RationalFunction]] = {
    Number: lambda field, tree: field.number(tree.value),
    Symbol: lambda field, tree: field.symbol(tree.name),
    Sum: _sum,
    Product: _product,
    Quotient: _quotient,
    Negative: lambda field, tree: -field.normal(tree.operand),
    Power: _power,
    Call: _call,
    Series: read_series,
}
