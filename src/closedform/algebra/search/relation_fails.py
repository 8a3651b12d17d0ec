"""Whether a relation fails at given values: what a search for a counterexample asks."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.exact import compare, enclosure
from closedform.algebra.search.witness import Fails
from closedform.algebra.tree import Number, Tree, put
from closedform.algebra.work import Work
from closedform.errors import ClosedformError

#: What it costs to bring both sides to a normal form at one point.
SAME = 2_000


def relation_fails(relation: str, left: Tree, right: Tree) -> Fails:
    """Says whether a relation fails at some values."""

    def fails(values: Mapping[str, int | Fraction], work: Work) -> bool | None:
        sign = compare(left, right, values, work=work)
        if sign is None and relation in ("<", ">"):
            work.spend(SAME)
            sign = 0 if _same_at(left, right, values) else None
        if sign is None:
            return None
        holds = {"=": sign == 0, "<": sign < 0, "<=": sign <= 0, ">": sign > 0, ">=": sign >= 0}
        return not holds[relation]

    return fails


def _same_at(left: Tree, right: Tree, values: Mapping[str, int | Fraction]) -> bool:
    """Whether the sides have a value there, and are proven equal: √0 + √2 and √2.

    Intervals never tell that two numbers are the same one.
    """
    numbers = {name: Number(value) for name, value in values.items()}
    try:
        for side in (left, right):
            enclosure(side, values)
        space = Assumptions().field()
        return (space.normal(put(left, numbers)) - space.normal(put(right, numbers))).is_zero()
    except ClosedformError:
        return False
