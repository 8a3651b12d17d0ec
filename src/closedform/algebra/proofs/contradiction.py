"""Conditions that no values meet, seen by a proof and not by a search."""

from __future__ import annotations

from dataclasses import replace

from closedform.algebra.conditions import Assumptions
from closedform.algebra.proofs.bounds import prove_sign


def contradictory(assumptions: Assumptions) -> bool:
    """Whether one condition is seen to fail where the others hold."""
    for number, (tree, strict) in enumerate(assumptions.hypotheses):
        others = (*assumptions.hypotheses[:number], *assumptions.hypotheses[number + 1 :])
        rest = replace(assumptions, hypotheses=others)
        if prove_sign(-tree, rest, strict=not strict):
            return True
    return False
