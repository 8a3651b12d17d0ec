"""Logarithms as atoms: the logarithm of a product is a sum.

An atom log(f) stands for log|f|: where the logarithm of a product has a value it is the sum of
these, whatever the signs of the factors. The logarithms of the primes are linearly independent
over the rationals (unique factorisation), so a sum of their multiples is zero only when every
multiple is.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from closedform.algebra.domains import Known
from closedform.algebra.normal_form.build import polynomial_tree
from closedform.algebra.normal_form.polynomials import Polynomial, integer_content
from closedform.algebra.normal_form.rational import Field, RationalFunction
from closedform.algebra.normal_form.signs import (
    at_smallest,
    between,
    is_positive,
    nonnegative,
    positive,
)
from closedform.algebra.numbers import prime_powers
from closedform.algebra.tree import Call, Tree
from closedform.errors import UndefinedValue


def read_log(
    field: Field, value: RationalFunction, base: RationalFunction | None = None
) -> RationalFunction:
    """The logarithm of ``value`` to a base, split over its factors.

    Raises:
        UndefinedValue: the argument is positive nowhere.
    """
    value = value.cancelled()
    if nonnegative(-value):
        shown = value.constant()
        what = "a number that is never positive" if shown is None else str(shown)
        raise UndefinedValue(f"the logarithm of {what}", "write a positive argument")
    field.needs.append((value, "> 0"))
    log = _log_of(field, value.num) - _log_of(field, value.den)
    return log if base is None else log / read_log(field, base)


def _log_of(field: Field, poly: Polynomial) -> RationalFunction:
    """log|poly|."""
    content = integer_content(poly)
    common = poly.shared()
    rest = poly.over(common, content)
    total = _log_number(field, content)
    for place, exponent in enumerate(common):
        if exponent:
            total = total + field.number(exponent) * _log_generator(field, place)
    if rest.is_ground:
        return total
    return total + _atom(field, field.polynomial(rest), polynomial_tree(field, rest))


def _log_generator(field: Field, place: int) -> RationalFunction:
    """The logarithm of one generator: exponents of powers and roots come out."""
    if place in field.powers:
        base, exponent = field.powers[place]
        return exponent * (_log_of(field, base.num) - _log_of(field, base.den))
    if place in field.roots:
        order, radicand = field.roots[place]
        share = field.number(Fraction(1, order))
        return share * (_log_of(field, radicand.num) - _log_of(field, radicand.den))
    return _atom(field, field.at(place), field.trees[place])


def _log_number(field: Field, value: int) -> RationalFunction:
    total = field.zero
    for prime, exponent in prime_powers(value):
        number = field.number(prime)
        atom = _atom(field, number, polynomial_tree(field, number.num))
        total = total + field.number(exponent) * atom
    return total


def _atom(field: Field, argument: RationalFunction, written: Tree) -> RationalFunction:
    more = argument - field.one
    known = Known(integer=False, nonnegative=nonnegative(more), above=positive(more.num, field))
    key = ("log", argument.key())
    tree = Call("log", (written,))
    return field.generator(key, tree=tree, known=known, facts=_facts, of=argument)


def _facts(field: Field, place: int) -> Iterator[tuple[RationalFunction, bool]]:
    """1 − 1/x ≤ log x ≤ log a + (x − a)/a, also at the smallest x; log x > log y for x > y."""
    argument, atom = field.arguments["log"][place], field.at(place)
    if is_positive(argument):
        yield argument - field.one - atom, False
        yield argument * atom - argument + field.one, False
        for low, high, least in at_smallest(field, argument, lambda x: Call("log", (x,))):
            yield atom - low, False
            yield high + argument / least - field.one - atom, False
        others = [(field.at(i), x) for i, x in field.arguments["log"].items()]
        for log, number in others:
            if (number.constant() or 0) > 0 and argument.constant() is None:
                yield log + argument / number - field.one - atom, False
        for log, smaller in others:
            gap = (argument - smaller).cancelled()
            if gap.num and nonnegative(gap) and positive(smaller.num, field):
                yield atom - log, is_positive(gap)
    yield from between(field, place)
