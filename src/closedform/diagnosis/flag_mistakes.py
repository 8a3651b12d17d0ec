"""A bias, batch norm or another flag: missing, too many, or counted in another way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from closedform.algebra.forms.readable import readable
from closedform.algebra.tree import ONE, Quotient, Tree, symbol_names
from closedform.cost.expand import Costed
from closedform.cost.layer_type import FLAGS
from closedform.cost.sums import LayerSum
from closedform.diagnosis.case import Finding, cost
from closedform.diagnosis.layer_mistakes import (
    MANY,
    Group,
    groups,
    of_networks,
    of_quantities,
    with_call,
)
from closedform.typeset.prose import Code, Prose, say

#: Sums of more layers than this are looked at only as a whole.
GROUPS = 8
#: What the flags that append a layer are called.
NAMES = {"bias": "bias", "bn": "batch norm"}


@of_networks
def missing(quantity: Costed) -> Iterator[Finding]:
    """A bias or batch norm missing, on all layers or on one."""
    for flag, chosen, whose in _choices(quantity, has=True):
        amount = _flag_cost(quantity, flag, chosen)
        said = partial(say, "the {}{} is missing ({})", NAMES[flag], whose, amount)
        yield Finding(flag, said, quantity.tree - amount)


@of_quantities
def extra(quantity: Costed) -> Iterator[Finding]:
    """A bias or batch norm too many, or counted twice, on all layers or on one."""
    for has in (False, True):
        for flag, chosen, whose in _choices(quantity, has=has):
            amount = _flag_cost(quantity, flag, chosen)
            those = "this layer does" if len(chosen) == 1 else "these layers do"
            text = "a {} is counted that {} not have ({} too much)"
            said = partial(say, text, NAMES[flag], those, amount)
            if has:
                text = "the {}{} is counted twice ({} too much)"
                said = partial(say, text, NAMES[flag], whose, amount)
            if flag == "bias" and quantity.measure == "macs":
                text = "the additions of a bias are counted ({}): they are no MACs"
                said = partial(say, text, amount)
            yield Finding(flag, said, quantity.tree + amount)


def _choices(quantity: Costed, *, has: bool) -> Iterator[tuple[str, list[Group], Prose]]:
    """A flag, the layers that have it or could, all of them or one, and which one that is."""
    parts = groups(quantity.layers)
    able = {f: [part for part in parts if part.takes(f) and part.has(f) is has] for f in NAMES}
    choices = [(flag, chosen) for flag, chosen in able.items() if chosen]
    for flag, chosen in able.items() if len(parts) <= MANY else ():
        choices += [(flag, [part]) for part in chosen[:GROUPS] if len(chosen) > 1]
    for flag, chosen in choices:
        yield flag, chosen, (" of ", chosen[0].named) if len(chosen) == 1 < len(parts) else ()


def _flag_cost(quantity: Costed, flag: str, chosen: list[Group]) -> Tree:
    """What a flag adds; where a measure does not count it, one (two) for each output."""
    layers = LayerSum(tuple(term for part in chosen for term in part.flag(flag).terms))
    if quantity.measure in ("flops", "macs"):
        return cost(layers, "flops")
    return cost(layers, quantity.measure)


@of_quantities
def other_flag(quantity: Costed) -> Iterator[Finding]:
    """Another flag of a layer off or on, causal, say, or in the place of one: bias, two_biases."""
    for place, term in enumerate(quantity.layers.terms[:GROUPS]):
        call = term.call
        off = [flag for flag in call.type.flags if flag not in call.flags]
        on = [flag for flag in call.type.flags if flag in call.flags]
        # What drops a flag comes first: what is put in its place may cost nothing here.
        changes: list[tuple[tuple[str, ...], tuple[str, ...]]]
        changes = [((), (flag,)) for flag in on] + [((flag,), ()) for flag in off]
        for added, gone in changes + [((flag,), (other,)) for flag in off for other in on]:
            flags = tuple(flag for flag in (*call.flags, *added) if flag not in gone)
            wrong = with_call(quantity.layers, place, call.sizes, flags)
            named = [Code(word) for word in (call.layer, *added, *gone)]
            said = partial(say, f"this is {{}} {_CHANGED[len(added), len(gone)]}", *named)
            kind = next((flag for flag in (*added, *gone) if flag in NAMES), "flag")
            yield Finding(kind, said, cost(wrong, quantity.measure, quantity.by))


#: What is said of so many flags that are added, and so many that are gone.
_CHANGED = {
    (0, 1): "without {}, which the target has",
    (1, 0): "with {}, which it is not here",
    (1, 1): "with {} in place of {}",
}


# -- batch norm counted as 1, 3 or 4 a channel


@of_quantities
def norm_counted(quantity: Costed) -> Iterator[Finding]:
    """Batch norm counted as 1, 3 or 4 a channel (an output) where it is 2: scale and shift."""
    norm = FLAGS["bn"].name
    calls = LayerSum(tuple(term for term in quantity.layers._leaves() if term.call.layer == norm))
    if not calls.terms or quantity.measure not in ("params", "flops"):
        return
    half = cost(calls, quantity.measure, quantity.by) / 2
    parts = groups(quantity.layers)
    biased = any(part.has("bias") for part in parts)
    for extra in (1, 2) if biased else (1, 2, -1):
        said = partial(_norm_said, quantity.measure == "params", half, extra, parts, biased=biased)
        yield Finding("bn", said, quantity.tree + extra * half)


def _norm_said(
    params: bool, half: Tree, extra: int, parts: Sequence[Group], *, biased: bool
) -> Prose:
    """How BN is counted when so many halves of it are too much."""
    short = isinstance(half, Quotient) and len(symbol_names(half)) <= 3
    unit = readable(half) if short else ONE
    stands, right = (n * unit for n in (2 + extra, 2))
    each = "" if short else " a channel" if params else " an output"
    why = "scale and shift" if params else "one multiplication and one addition at inference"
    said = say("it has {}{} ({})", right, each, why)
    if extra == 2 and params:
        said = say("the running mean and variance are buffers, not parameters")
    if extra == 1:
        alone = all(part.call.layer == FLAGS["bn"].name for part in parts)
        said += say("; {}", _third(params, alone=alone, biased=biased))
    return say("BN is counted {}{}: {}", stands, each, said)


def _third(params: bool, *, alone: bool, biased: bool) -> str:
    if alone:
        running = ", or a running statistic, which is a buffer and no parameter"
        return "a third is a bias" + (running if params else "")
    if biased:
        return "a third is a second bias"
    return "the third is a bias, which this layer does not have"
