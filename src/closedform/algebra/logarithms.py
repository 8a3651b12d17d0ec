"""Logarithms as atoms: the logarithm of a product of positive numbers is a sum.

The logarithms of the primes are linearly independent over the rationals (unique factorisation), so a
sum of their multiples is zero only when every multiple is.
"""

from __future__ import annotations

from sympy import factorint
from sympy.polys.rings import PolyElement

from closedform.algebra.build import polynomial_tree
from closedform.algebra.normal import Field, RationalFunction, integer_content
from closedform.algebra.powers import FACTORED
from closedform.algebra.signs import nonnegative
from closedform.algebra.tree import Call, Tree
from closedform.errors import UndefinedValue


def read_log(field: Field, value: RationalFunction) -> RationalFunction:
    """The logarithm of ``value``, split over its numeric and monomial factors."""
    value = value.cancelled()
    if not value.num:
        raise UndefinedValue("the logarithm of 0", "write a positive argument")
    return _log_of(field, value.num) - _log_of(field, value.den)


def _log_of(field: Field, poly: PolyElement) -> RationalFunction:
    if poly.is_ground:
        return _log_number(field, int(poly.LC))
    content = integer_content(poly)
    common = tuple(map(min, *poly)) if len(poly) > 1 else next(iter(poly))
    rest = poly.ring.from_dict(
        {tuple(map(int.__sub__, m, common)): c // content for m, c in poly.items()}
    )
    total = _log_number(field, content)
    for place, exponent in enumerate(common):
        if exponent:
            symbol = RationalFunction(field, field.ring.gens[place], field.ring.one)
            total = total + field.number(exponent) * _atom(field, symbol, field.trees[place])
    if rest == 1:
        return total
    rest = field.lift(rest)
    return total + _atom(
        field, RationalFunction(field, rest, field.ring.one), polynomial_tree(field, rest)
    )


def _log_number(field: Field, value: int) -> RationalFunction:
    if value <= 0:
        raise UndefinedValue(f"the logarithm of {value}", "write a positive argument")
    total = field.zero
    primes = factorint(value) if value <= FACTORED else {value: 1}
    for prime, exponent in primes.items():
        if prime != 1:
            number = field.number(int(prime))
            atom = _atom(field, number, polynomial_tree(field, number.num))
            total = total + field.number(int(exponent)) * atom
    return total


def _atom(field: Field, argument: RationalFunction, written: Tree) -> RationalFunction:
    return field.generator(
        ("log", argument.key()),
        tree=Call("log", (written,)),
        integer=False,
        nonnegative=nonnegative(argument - field.one),
    )
