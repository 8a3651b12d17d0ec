"""Whether a side of a claim would be another formula if its layers were said otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeAlias

from closedform.algebra.assumptions import Condition, assume
from closedform.algebra.normal_form.quick import surely_equal
from closedform.errors import ClosedformError
from closedform.language.claim import Member
from closedform.language.layers import Expand, Quantity, with_quantities

#: A quantity as it is said otherwise.
Change: TypeAlias = Callable[[Quantity], Quantity]


def another_formula(
    side: Member, change: Change, expand: Expand, conditions: Sequence[Condition] = ()
) -> str:
    """The first quantity that is changed, where the side is another formula then; else nothing."""
    changed = [change(quantity) for quantity in side.quantities]
    pairs = zip(changed, side.quantities, strict=True)
    other = next((new.written for new, old in pairs if new != old), "")
    if not other:
        return ""
    parts = iter(changed)
    apply = assume(tuple(conditions)).apply
    with suppress(ClosedformError):  # the layer cannot be had so
        tree = expand(with_quantities(side.asked, lambda _: next(parts)), "").tree
        return "" if surely_equal(apply(tree), apply(side.tree)) else other
    return ""
