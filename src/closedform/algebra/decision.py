"""What was decided of a claim, with what a reader needs to check it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closedform.algebra.tree import Tree
from closedform.records import record

if TYPE_CHECKING:
    from closedform.algebra.defined import Need
    from closedform.algebra.search.witness import Values
    from closedform.algebra.zeros import Equations


@record
class Decision:
    """What was decided, and everything a reader needs to check it.

    ``difference`` is left − right, factored, for a refuted equation. ``holds_when`` are the ways in
    which it would hold (each a set of equations), ``sides`` what ``values`` were put into. For a
    proof, ``needs`` are the expressions that must not vanish, not be negative, … for both sides to
    have a value. For an undecided claim ``tried`` says what was tried.
    """

    verdict: str
    method: str | None = None
    difference: Tree | None = None
    holds_when: tuple[Equations, ...] = ()
    values: Values | None = None
    sides: tuple[Tree, Tree] | None = None
    tried: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
