"""How near the value of an expression without symbols is to a number."""

from __future__ import annotations

from fractions import Fraction

from closedform.algebra.exact import FINER, enclosure, value
from closedform.algebra.interval import finer
from closedform.algebra.tree import Tree
from closedform.errors import Irrational


def near(tree: Tree, number: Fraction, distance: Fraction) -> bool | None:
    """Whether the value is at most ``distance`` away; ``None`` where intervals cannot tell.

    Raises:
        UndefinedValue, TooLarge: as for :func:`~closedform.algebra.exact.value`.

    >>> from closedform.algebra.tree import Call, Number
    >>> root, half = Call("sqrt", (Number(2),)), Fraction(1, 2000)
    >>> near(root, Fraction("1.414"), half), near(root, Fraction("1.415"), half)
    (True, False)
    """
    try:
        return abs(Fraction(value(tree, {})) - number) <= distance
    except Irrational:
        pass
    for times in FINER:
        ends = _enclosed(tree, times)
        if ends is None:
            return None
        below, above = (end - number for end in ends)
        if -distance <= below and above <= distance:
            return True
        if above < -distance or distance < below:
            return False
    return None


def about(tree: Tree) -> Fraction | None:
    """A number close to the value, for a reader; ``None`` where none is known."""
    try:
        return Fraction(value(tree, {}))
    except Irrational:
        ends = _enclosed(tree, 1)
        return None if ends is None else (ends[0] + ends[1]) / 2


def _enclosed(tree: Tree, times: int) -> tuple[Fraction, Fraction] | None:
    with finer(times):
        try:
            return enclosure(tree, {}).ends()
        except Irrational:
            return None
