"""Factorials: those whose arguments are integers apart are multiples of one of them.

The law is (a + c)! = a!·(a + 1)·…·(a + c), for every a at which both have values, and at the others
as functions of a real number that are equal wherever they are continuous.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from closedform.algebra.domains import Known
from closedform.algebra.normal_form.build import function_tree
from closedform.algebra.normal_form.rational import Field, RationalFunction
from closedform.algebra.normal_form.signs import in_order, least_of, nonnegative
from closedform.algebra.numbers import factorial
from closedform.algebra.tree import Call
from closedform.errors import UndefinedValue

#: Factorials that are further apart are not written by one another.
APART = 64
#: No more than this factorial is said to divide a factorial.
DIVIDED = 20


def read_factorial(field: Field, value: RationalFunction) -> RationalFunction:
    """The factorial of ``value``.

    Raises:
        UndefinedValue: the argument is an integer from 0 on nowhere.
    """
    value = value.cancelled()
    constant = value.constant()
    if constant is not None:
        return field.number(factorial(constant))
    if nonnegative(-value - field.one):
        raise UndefinedValue("the factorial of what is never from 0 on", "write n! where n >= 0")
    field.needs += (value, "≥ 0"), (value, "is an integer")
    for place, other in field.arguments["factorial"].items():
        gap = (value - other).constant()
        if gap is not None and gap.denominator == 1 and abs(gap) <= APART:
            return field.at(place) * _between(other, int(gap))
    key = ("factorial", value.key())
    tree = Call("factorial", (function_tree(value),))
    known = Known(least=1, multiple=factorial(min(least_of(value), DIVIDED)))
    return field.generator(key, tree=tree, known=known, facts=_facts, of=value)


def _between(value: RationalFunction, gap: int) -> RationalFunction:
    """(a + c)!/a! for an integer c."""
    field = value.field
    product = field.one
    for place in range(min(gap, 0) + 1, max(gap, 0) + 1):
        product = product * (value + field.number(place))
    return product if gap > 0 else field.one / product


def _facts(field: Field, place: int) -> Iterator[tuple[RationalFunction, bool]]:
    """A! ≥ a, a·(a − 1), a·(a − 1)·(a − 2), and a! ≥ b! for a ≥ b.

    Beside powers: bᵃ/a! is largest at a = b or the least a, for a number b, and
    bᵉ ≥ aᵃ ≥ a! for b, e ≥ a.
    """
    value, atom = field.arguments["factorial"][place], field.at(place)
    product = field.one
    for less in range(3):
        product = product * (value - field.number(less))
        yield atom - product, False
    for other, smaller in [*field.arguments["factorial"].items()]:
        if other != place and in_order(field, value - smaller):
            yield atom - field.at(other), False
    for other, (base, exponent) in [*field.powers.items()]:
        power = field.at(other)
        number, gap = base.constant(), (exponent - value).constant()
        if number is None:
            if in_order(field, base - value) and in_order(field, exponent - value):
                yield power - atom, False
        elif (
            gap is not None
            and max(top := max(number, Fraction(least_of(value))), abs(gap)) <= APART
        ):
            share = Fraction(number) ** int(gap + top) / factorial(top)
            yield field.number(share) * atom - power, False
