"""A layer of the sum, or a quantity of the target, that is forgotten or counted too often."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from closedform.algebra.tree import ONE, ZERO, Number, Tree, add, divide, multiply, negate, total
from closedform.cost.expand import Costed
from closedform.diagnosis.case import Case, Finding, cost
from closedform.diagnosis.layer_mistakes import Group, Wrong, groups
from closedform.typeset.prose import Code, Prose, say

#: Sums of more layers than this are not searched.
GROUPS = 8


def other_parts(quantity: Costed) -> Iterator[Wrong]:
    """A layer of the sum is forgotten, counted twice, or not repeated as often as it occurs."""
    parts = groups(quantity.layers)
    for part in parts if len(parts) <= GROUPS else ():
        amount = cost(part.layers, quantity.measure, quantity.by)
        if len(parts) > 1:
            said = partial(_said, "the part of {} is missing ({})", part, amount)
            yield Wrong("part", said, add(quantity.tree, negate(amount)))
            text = "the part of {} is counted twice ({} too much)"
            said = partial(_said, text, part, amount)
            yield Wrong("part", said, add(quantity.tree, amount))
        if part.times != ONE:
            once = add(divide(amount, part.times), negate(amount))
            said = partial(_said, "{} is counted once, not {} times", part, part.times)
            yield Wrong("part", said, add(quantity.tree, once))


def _said(words: str, part: Group, amount: Tree) -> Prose:
    return say(words, part.named, amount)


def every_expert(quantity: Costed) -> Iterator[Wrong]:
    """Each of E experts works, where their weights are mixed first and one product is taken."""
    for part in groups(quantity.layers) if quantity.measure == "macs" else ():
        steps, E = part.call.operations, part.call.sizes.get("E")
        mixes = [
            place
            for place, step in enumerate(steps)
            if step.kind == "contract" and step.over == (E,)
        ]
        if E is None or not mixes:
            continue
        macs = [multiply(part.times * part.call.batch, step.macs) for step in steps]
        routing, rest = total(macs[: mixes[0]]), total(macs[mixes[0] + 1 :])
        text = "each of {} experts is taken to work: their weights are mixed first, and one works"
        others = add(quantity.tree, negate(total(macs)))
        for kept in (routing, ZERO):
            yield Wrong("part", partial(say, text, E), total((others, kept, E * rest)))


def quantity_left_out(case: Case) -> Iterator[Finding]:
    """One of the quantities that the target adds is missing."""
    for place in range(len(case.quantities)) if len(case.quantities) > 1 else ():
        wrong = case.with_quantity(place, Number(0))
        yield Finding("part", partial(_left_out, case, place), wrong, case.claimed)


def _left_out(case: Case, place: int) -> Prose:
    quantity = case.quantities[place]
    whose = " + ".join(part.named.written for part in groups(quantity.layers)[:GROUPS])
    return say("{} is missing ({})", Code(f"{quantity.measure}({whose})"), quantity.tree)
