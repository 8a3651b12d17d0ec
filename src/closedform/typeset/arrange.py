"""A tree in the order a person writes: the same value, other places.

Products become one coefficient, symbols in the notation's order with equal ones gathered into
powers, then functions and brackets, all over one line; sums are sorted by degree
(:mod:`closedform.typeset.ordering`). Nothing is expanded, cancelled or factored.
"""

from __future__ import annotations

from fractions import Fraction

from closedform.algebra.tree import (
    ONE,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Tree,
    mapped,
    numeral,
    over,
)
from closedform.records import entity, field
from closedform.typeset.notation import SOURCE, Notation
from closedform.typeset.ordering import sort_factors, sort_terms


def arrange(tree: Tree, notation: Notation = SOURCE) -> Tree:
    """The tree in the notation's order, its value unchanged.

    Where the notation has one letter for H and W, both become H. Raises
    :class:`~closedform.errors.ClosedformError` where two symbols would share a letter.

    >>> arrange(Symbol("N") * Symbol("M") * Symbol("k") * Symbol("k")) == (
    ...     Symbol("k") ** 2 * Symbol("M") * Symbol("N")
    ... )
    True
    """
    notation.check(tree)
    return _arranged(tree, notation)


def _arranged(tree: Tree, notation: Notation) -> Tree:
    match tree:
        case Symbol(name=name):
            return Symbol(notation.first(name))
        case Sum() | Negative(operand=Sum()):
            return _sum(tree, notation)
        case Product() | Quotient() | Negative():
            fraction = _Fraction(notation)
            fraction.take(tree)
            return fraction.tree()
    return mapped(tree, lambda part: _arranged(part, notation))


def _sum(tree: Tree, notation: Notation) -> Tree:
    constant = Fraction(0)
    terms: list[Tree] = []
    for term in _terms(tree):
        arranged = _arranged(term, notation)
        # A term may turn into a sum once a bracket around nothing is gone.
        for part in _terms(arranged):
            if isinstance(part, Number):
                constant += part.value
            else:
                terms.append(part)
    if constant != 0 or not terms:
        terms.append(numeral(constant))
    return over(Sum, sort_terms(terms, notation))


def _terms(tree: Tree) -> list[Tree]:
    """The terms of a sum and of the sums inside it, signs spread over them."""
    match tree:
        case Sum(terms=terms):
            return [inner for term in terms for inner in _terms(term)]
        case Negative(operand=Sum() | Negative() as operand):
            return [-term for term in _terms(operand)]
    return [tree]


@entity
class _Fraction:
    """A product being collected: a coefficient, factors above the line and below it."""

    notation: Notation
    coefficient: Fraction = Fraction(1)
    above: list[Tree] = field(default_factory=list)
    below: list[Tree] = field(default_factory=list)

    def take(self, tree: Tree) -> None:
        """Multiply by a tree that is still to be arranged."""
        match tree:
            case Number(value=value):
                self.coefficient *= value
            case Negative(operand=operand):
                self.coefficient = -self.coefficient
                self.take(operand)
            case Product(factors=factors):
                for factor in factors:
                    self.take(factor)
            case Quotient(numerator=above, denominator=below):
                self.take(above)
                self.divide(below)
            case _:
                arranged = _arranged(tree, self.notation)
                # A sum may turn into a product once a bracket around nothing is gone.
                if isinstance(arranged, (Number, Negative, Product, Quotient)):
                    self.take(arranged)
                else:
                    self.above.append(arranged)

    def divide(self, tree: Tree) -> None:
        """Divide by a tree; one that is itself a quotient, or zero, stays whole under the line."""
        inner = _Fraction(self.notation)
        inner.take(tree)
        if inner.below or inner.coefficient == 0:
            self.below.append(inner.tree())
            return
        self.coefficient /= inner.coefficient
        self.below += inner.above

    def tree(self) -> Tree:
        """The product as one tree, the sign in front."""
        size = abs(self.coefficient)
        if not self.below and (size == 0 or not self.above):
            return numeral(self.coefficient)
        product = _product(size.numerator, self.above, self.notation)
        under = _product(size.denominator, self.below, self.notation)
        result = product if under == ONE else Quotient(product, under)
        return Negative(result) if self.coefficient < 0 else result


def _product(coefficient: int, factors: list[Tree], notation: Notation) -> Tree:
    """The sorted product of a number and of factors, equal ones gathered into powers."""
    exponents: dict[Tree, int] = {}
    for factor in factors:
        base, exponent = _base_and_exponent(factor)
        exponents[base] = exponents.get(base, 0) + exponent
    gathered = [base**exponent for base, exponent in exponents.items()]
    ordered = sort_factors(gathered, notation)
    numbered: list[Tree] = [Number(coefficient)] if coefficient != 1 or not ordered else []
    whole = numbered + ordered
    if len(whole) == 1:
        return whole[0]
    if notation.write_out_squares:
        whole = [part for factor in whole for part in _written_out(factor)]
    return Product(tuple(whole))


def _base_and_exponent(factor: Tree) -> tuple[Tree, int]:
    match factor:
        case Power(base=Number()):
            return factor, 1  # 10⁶ stays as it is
        case Power(base=base, exponent=Number(value=int(value))) if value > 0:
            return base, value
    return factor, 1


def _written_out(factor: Tree) -> tuple[Tree, ...]:
    match factor:
        case Power(base=Symbol() as base, exponent=Number(value=2)):
            return base, base
    return (factor,)
