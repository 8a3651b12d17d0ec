"""The decision whether one expression is equal to, smaller or larger than another.

*Proven* names its method. *Refuted* always carries a witness that was evaluated exactly.
*Undecided* says what was tried; it never means "wrong".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.decision import Decision
from closedform.algebra.normal_form.quick import surely_equal
from closedform.algebra.tree import Tree
from closedform.errors import ClosedformError
from closedform.later import Later

if TYPE_CHECKING:
    from closedform.algebra import thorough
else:  # most claims are proven before
    thorough = Later("closedform.algebra.thorough")


def equal(left: Tree, right: Tree) -> bool | None:
    """Whether two expressions are equal for all positive integers; ``None`` when undecided.

    >>> from closedform.algebra.tree import Symbol
    >>> M, N = Symbol("M"), Symbol("N")
    >>> equal((M + N) ** 2, M**2 + 2 * M * N + N**2), equal(M * N, M + N)
    (True, False)
    """
    verdict = decide("=", left, right, Assumptions()).verdict
    return {"proven": True, "refuted": False}.get(verdict)


def decide(relation: str, left: Tree, right: Tree, assumptions: Assumptions) -> Decision:
    """Decide ``left relation right`` under the assumptions.

    Raises:
        UndefinedValue: a side has no value anywhere (a division by zero).
        TooLarge: the normal form of the expressions passes a bound.
        ClosedformError: no values meet the conditions.
    """
    if relation not in ("=", "<", "<=", ">", ">="):
        raise ClosedformError(f"{relation} is no relation that can be decided", "use = < <= > >=")
    seen = at_sight(relation, left, right, assumptions)
    return seen or thorough.decide_thoroughly(relation, left, right, assumptions)


def at_sight(relation: str, left: Tree, right: Tree, given: Assumptions) -> Decision | None:
    """The proof of an equation that holds whatever is assumed of its symbols; None says nothing."""
    if relation == "=" and not given.written and surely_equal(left, right):
        return Decision("proven", method="normal form")
    return None
