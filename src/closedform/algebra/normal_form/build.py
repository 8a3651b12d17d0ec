"""From the normal form back to a tree, and which generators it holds."""

from __future__ import annotations

from fractions import Fraction
from itertools import chain, zip_longest

from closedform.algebra.normal_form.polynomials import Polynomial, powers_in
from closedform.algebra.normal_form.rational import Field, RationalFunction
from closedform.algebra.tree import ONE, Number, Sum, Tree, divide, multiply, negate, over, power

#: What a term takes.
STEPS = 10


def polynomial_tree(field: Field, poly: Polynomial) -> Tree:
    """The expanded sum of a polynomial's terms.

    Raises:
        TooLarge: it takes more work than is left.
    """
    field.work.spend(STEPS * len(poly))
    return over(Sum, [monomial_tree(field, monomial, c) for monomial, c in poly.terms()])


def monomial_tree(field: Field, monomial: tuple[int, ...], coefficient: int | Fraction = 1) -> Tree:
    """One term: the coefficient, then the generators in their order."""
    product: Tree = ONE
    for place, exponent in powers_in(monomial):
        product = multiply(product, power(field.trees[place], Number(exponent)))
    if coefficient < 0:
        return negate(multiply(Number(-coefficient), product))
    return multiply(Number(coefficient), product)


def function_tree(value: RationalFunction) -> Tree:
    """Numerator over denominator, both expanded, in lowest terms."""
    reduced = value.cancelled()
    field = value.field
    return divide(polynomial_tree(field, reduced.num), polynomial_tree(field, reduced.den))


def places_in(*polys: Polynomial) -> list[int]:
    """The places of the generators that polynomials of one field hold, in order.

    >>> from closedform.algebra.normal_form.polynomials import ring_of
    >>> x, y = map(ring_of(3).gen, (0, 2))
    >>> places_in(x * y + 1, y)
    [0, 2]
    """
    columns = zip_longest(*chain(*polys), fillvalue=0)  # the ring may have grown between two
    return [place for place, exponents in enumerate(columns) if any(exponents)]
