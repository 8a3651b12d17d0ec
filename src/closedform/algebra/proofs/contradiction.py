"""Conditions that no values meet, seen by a proof and not by a search."""

from __future__ import annotations

from dataclasses import replace

from closedform.algebra.conditions import Assumptions
from closedform.algebra.proofs.bounds import prove_sign
from closedform.algebra.tree import Tree


def contradictory(assumptions: Assumptions) -> bool:
    """Whether one condition is seen to fail where the others hold."""
    for number, (tree, strict) in enumerate(assumptions.hypotheses):
        others = (*assumptions.hypotheses[:number], *assumptions.hypotheses[number + 1 :])
        rest = replace(assumptions, hypotheses=others)
        if prove_sign(-tree, rest, strict=not strict):
            return True
    return False


def excluded(
    nonzero: tuple[Tree, ...], nonnegative: tuple[Tree, ...], assumptions: Assumptions
) -> bool:
    """Whether the conditions are seen to leave no values at which these are ≠ 0 and ≥ 0."""
    demanded = tuple((tree, False) for tree in nonnegative)
    both = replace(assumptions, hypotheses=(*assumptions.hypotheses, *demanded))
    return contradictory(both) or any(
        prove_sign(tree, both, strict=False) and prove_sign(-tree, both, strict=False)
        for tree in nonzero
    )
