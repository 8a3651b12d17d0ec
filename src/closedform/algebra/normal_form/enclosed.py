"""Fractions around a function: where it is a number, and at the smallest of its arguments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

from closedform.algebra.exact import enclosure
from closedform.algebra.normal_form.rational import Field, RationalFunction
from closedform.algebra.normal_form.signs import least_of
from closedform.algebra.tree import Call, Number, Tree, symbol_names
from closedform.errors import Irrational, TooLarge, UndefinedValue

#: Irrational numbers are enclosed to so many parts of 1.
PARTS = 10**6


def at_smallest(
    field: Field, argument: RationalFunction, of: Callable[[Tree], Tree]
) -> Iterator[tuple[RationalFunction, RationalFunction, RationalFunction]]:
    """Two fractions around a function at the smallest argument, and this argument."""
    least = least_of(argument)
    if least > 1 and argument.constant() is None:
        low, high = enclosure(of(Number(least)), {}).bounds(PARTS)
        yield field.number(low), field.number(high), field.number(least)


def between(field: Field, place: int) -> Iterator[tuple[RationalFunction, bool]]:
    """Two fractions around an atom that is a number."""
    tree, atom = field.trees[place], field.at(place)
    if isinstance(tree, Call) and not symbol_names(tree):
        with suppress(Irrational, UndefinedValue, TooLarge):
            low, high = enclosure(tree, {}).bounds(PARTS)
            yield atom - field.number(low), False
            yield field.number(high) - atom, False
