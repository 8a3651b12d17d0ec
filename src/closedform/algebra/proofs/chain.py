"""Orders that follow from conditions in a row: a ≤ b, b ≤ c, …, y ≤ z."""

from __future__ import annotations

from collections.abc import Iterable

from closedform.algebra.assumptions import Condition
from closedform.algebra.tree import Tree


def leads(conditions: Iterable[Condition], small: Tree, large: Tree, *, strict: bool) -> bool:
    """Whether conditions, one after the other, lead from ``small`` up to ``large``.

    With ``strict`` one of them must be strict.
    """
    above: dict[Tree, list[tuple[Tree, bool]]] = {}
    for order in conditions:
        if order.relation in ("<", "<=", "="):
            above.setdefault(order.left, []).append((order.right, order.relation == "<"))
        if order.relation in (">", ">=", "="):
            above.setdefault(order.right, []).append((order.left, order.relation == ">"))
    reached = {(small, False)}
    waiting = [(small, False)]
    while waiting:
        place, stepped = waiting.pop()
        for higher, step in above.get(place, ()):
            state = higher, stepped or step
            if state not in reached:
                reached.add(state)
                waiting.append(state)
    return (large, True) in reached or (not strict and (large, False) in reached)
