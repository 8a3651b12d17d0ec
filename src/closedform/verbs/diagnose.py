"""Why a wrong formula is wrong."""

from __future__ import annotations

from closedform.algebra.conditions import Assumptions
from closedform.language.claims import Claim, Member


def diagnose(
    claim: Claim, relation: str, left: Member, right: Member, assumptions: Assumptions
) -> tuple[str, ...]:
    """The mistakes that explain a refuted step, each proven; none if none is found."""
    return ()
