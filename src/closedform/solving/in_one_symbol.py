"""Orders that depend on one integer alone: for which ones they hold, exactly."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.condition import NEGATED
from closedform.algebra.decision import Decision
from closedform.algebra.tree import Tree, symbol_names
from closedform.errors import ClosedformError
from closedform.solving.comparison import Comparison, compared
from closedform.solving.integers import integers


def in_one_symbol(
    relation: str, left: Tree, right: Tree, assumptions: Assumptions
) -> Comparison | None:
    """The comparison for the one integer on which the order depends, where there is one."""
    one, other = assumptions.apply(left), assumptions.apply(right)
    names = symbol_names(one, other)
    if not names:
        return None
    comparison = compared("", names[0], relation, one, other, assumptions)
    (symbol, *others) = comparison.names or names
    if (comparison.names and others) or assumptions.domain(symbol).real:
        return None
    return replace(comparison, symbol=symbol)


def decided(relation: str, left: Tree, right: Tree, assumptions: Assumptions) -> Decision | None:
    """The decision by all integers for which an order fails; ``None`` where they are not found."""
    try:
        comparison = in_one_symbol(NEGATED[relation], left, right, assumptions)
        if comparison is None:
            return None
        failing = integers(comparison).ranges
    except ClosedformError:
        return None
    if not failing:
        method = "each integer up to the last change of sign"
        return Decision("proven", method=method, needs=comparison.needs)
    values: dict[str, int | Fraction] = {comparison.symbol: failing[0][0]}
    stated = [side for condition in assumptions.stated for side in condition.sides]
    if {*symbol_names(left, right, *stated)} <= values.keys() and assumptions.hold_at(values):
        return Decision("refuted", values=values)
    return None
