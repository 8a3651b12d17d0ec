"""From which integer on a comparison is settled: proven there, each integer before is looked at.

Sides that both rise, such as N log(N) and N + 2, may change places as often as they like; that they
do not from some integer on is proven as any inequality is.
"""

from __future__ import annotations

from fractions import Fraction

from closedform.algebra.conditions import Assumptions, Condition
from closedform.algebra.decide import decide
from closedform.algebra.domains import Domain
from closedform.algebra.exact import compare
from closedform.algebra.work import work_at_most
from closedform.errors import ClosedformError

#: From where on a proof is tried, and what all of them may cost.
STARTS, WORK = (1, 4, 16, 64, 256, 1000), 300_000


def settled(order: Condition, name: str, low: int) -> int | None:
    """An integer from which on left − right keeps its sign, and both sides have values."""
    starts = dict.fromkeys(max(low, start) for start in STARTS)
    with work_at_most(WORK):
        return next((start for start in starts if _keeps(order, name, start)), None)


def _keeps(order: Condition, name: str, start: int) -> bool:
    given = Assumptions(domains={name: Domain(low=Fraction(start))})
    try:
        sign = compare(order.left, order.right, {name: start})
        relation = {1: ">", -1: "<"}.get(sign or 0, "=")
        decision = decide(relation, order.left, order.right, given)
    except ClosedformError:
        return False
    return decision.verdict == "proven" and not decision.needs
