"""Additions of a sum of products: n − 1 for n products, and what is taken for that."""

from __future__ import annotations

from collections.abc import Iterator

from closedform.algebra.readable import readable
from closedform.algebra.tree import Number, Tree, add, divide, multiply, negate
from closedform.cost.expand import Costed
from closedform.cost.registry import FLAGS
from closedform.cost.sums import LayerSum
from closedform.diagnosis.layer_mistakes import Group, Wrong, groups
from closedform.typeset.prose import Code, Sign, say

TWO = Number(2)
#: What is right.
N, LESS, DOUBLE = Sign("n", "n"), Sign("n − 1", "n - 1"), Sign("2n", "2 n")
TWICE = Sign("2n − 1", "2 n - 1")
SUM = say("a sum of {} products is {} multiplications and {} additions", N, N, LESS)


def addition_mistakes(quantity: Costed) -> Iterator[Wrong]:
    """2 or 4 per MAC beside a bias or batch norm, additions alone, the −1 in the wrong place."""
    if (quantity.measure, quantity.by) != ("flops", "exact"):
        return
    parts = [part for part in groups(quantity.layers) if not _is_flag(part)]
    right = quantity.layers.tree("flops")
    macs = quantity.layers.tree("macs")
    flags = LayerSum(tuple(term for part in parts for term in part.flags)).tree("flops")
    biased = any(part.has("bias") for part in parts)
    normed = any(part.has("bn") for part in parts)
    if not parts:
        return
    if biased:
        text = say(
            "2 per MAC, and the bias on top: {}, and the bias is the {}-th: {} in all",
            SUM,
            N,
            DOUBLE,
        )
        yield Wrong("convention", 0.52, text, add(multiply(TWO, macs), flags))
        text = say(
            "1 per MAC, and the bias on top: FLOPs are multiplications and additions, and {}", SUM
        )
        yield Wrong("convention", 0.52, text, add(macs, flags))
    elif normed:
        text = say("2 per MAC, and the batch norm on top: {}, {} and not {}", SUM, TWICE, DOUBLE)
        # Where this equals another number of additions for BN, that is the smaller mistake.
        yield Wrong("convention", 0.57, text, add(multiply(TWO, macs), flags))
        text = say("1 per MAC, and the batch norm on top: {}, {} in all", SUM, TWICE)
        yield Wrong("convention", 0.52, text, add(macs, flags))
    yield Wrong(
        "convention", 0.9, say("4 per MAC: {}, {} in all", SUM, TWICE), multiply(Number(4), macs)
    )
    text = say(
        "twice the parameters: 2 for each weight, at one position only; the factor {} is missing",
        Sign("HW", "H W"),
    )
    bare = LayerSum(tuple(part.term for part in parts))
    yield Wrong("measure", 0.97, text, multiply(TWO, bare.tree("params")))
    yield from _of_parts(parts, right, macs)


def _of_parts(parts: list[Group], right: Tree, macs: Tree) -> Iterator[Wrong]:
    """The first addition of each sum, for each layer by itself and for all of them."""
    for part in parts:
        bare = LayerSum((part.term,))
        outputs = bare.tree("activations")
        if len(parts) > 1:
            text = say(
                "2 per MAC in {}: {}, {} and not {}", Code(part.call.layer), SUM, TWICE, DOUBLE
            )
            yield Wrong("convention", 0.7, text, add(right, outputs))
        elif not part.flags:
            text = say(
                "2 per MAC, and 1 more for each output as for a bias: {}, {} in all", SUM, TWICE
            )
            yield Wrong("convention", 0.55, text, add(multiply(TWO, macs), outputs))
            text = say(
                "the additions alone, {} for each output: the {} multiplications are missing",
                LESS,
                N,
            )
            yield Wrong("convention", 0.7, text, add(macs, negate(outputs)))
        if not part.has("bias"):
            yield from _first_addition(part, add(right, outputs), outputs)


def _first_addition(part: Group, doubled: Tree, outputs: Tree) -> Iterator[Wrong]:
    """The −1 of 2n − 1 taken another number of times than once for each output."""
    sizes = dict(part.call.arguments)
    others: list[Tree] = [Number(1), multiply(TWO, outputs)]
    others += [multiply(outputs, sizes[name]) for name in ("M", "N") if name in sizes]
    others += [divide(outputs, sizes[name]) for name in ("N", "M") if name in sizes]
    if "H" in sizes:
        others.append(divide(outputs, multiply(sizes["H"], sizes["W"])))
    for other in others:
        stands, meant = readable(other), readable(outputs)
        text = say(
            "{} stands where {} is meant: {}, so that each of the {} outputs has one addition less",
            negate(stands),
            negate(meant),
            SUM,
            meant,
        )
        yield Wrong("convention", 0.8, text, add(doubled, negate(other)))


def _is_flag(part: Group) -> bool:
    """A bias or batch norm that is a layer of its own."""
    return part.call.layer in {kind.name for kind in FLAGS.values()}
