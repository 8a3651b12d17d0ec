"""Batch norm counted as 1, 3 or 4 a channel, where it is 2: scale and shift."""

from __future__ import annotations

from collections.abc import Iterator

from closedform.algebra.readable import readable
from closedform.algebra.tree import ONE, Number, Quotient, Tree, add, multiply, symbol_names
from closedform.cost.expand import Costed
from closedform.cost.registry import FLAGS
from closedform.cost.sums import LayerSum
from closedform.diagnosis.layer_mistakes import Wrong, groups
from closedform.typeset.prose import Prose, say


def norm_mistakes(quantity: Costed) -> Iterator[Wrong]:
    """Batch norm counted as 1, 3 or 4 a channel (an output) where it is 2."""
    right = quantity.layers.tree(quantity.measure, quantity.by)
    norm = FLAGS["bn"].name
    calls = LayerSum(tuple(term for term in quantity.layers.leaves() if term.call.layer == norm))
    if not calls.terms or quantity.measure not in ("params", "flops"):
        return
    half = calls.tree(quantity.measure, quantity.by) / Number(2)
    for times, text in _norm_texts(quantity, half).items():
        yield Wrong("bn", 0.55, text, add(right, multiply(Number(times), half)))


def _norm_texts(quantity: Costed, half: Tree) -> dict[int, Prose]:
    """How BN is counted when so many halves of it are too much."""
    params = quantity.measure == "params"
    short = isinstance(half, Quotient) and len(symbol_names(half)) <= 3
    unit = readable(half) if short else ONE
    one, two, three, four = (multiply(Number(n), unit) for n in (1, 2, 3, 4))
    each = "" if short else " a channel" if params else " an output"
    why = "scale and shift" if params else "one multiplication and one addition at inference"
    biased = any(part.has("bias") for part in groups(quantity.layers))
    alone = all(part.call.layer == FLAGS["bn"].name for part in groups(quantity.layers))
    if alone:
        third = "a third is a bias, or a running statistic, which is a buffer and no parameter"
        third = third if params else "a third is a bias"
    else:
        third = (
            "a third is a second bias"
            if biased
            else "the third is a bias, which this layer does not have"
        )
    right = say("it has {}{} ({})", two, each, why)
    buffers = "the running mean and variance are buffers, not parameters"
    texts = {
        1: say("BN is counted {}{}: {}; {}", three, each, right, third),
        2: say("BN is counted {}{}: {}", four, each, buffers if params else right),
    }
    if not biased:
        texts[-1] = say("BN is counted {}{}: {}", one, each, right)
    return texts
