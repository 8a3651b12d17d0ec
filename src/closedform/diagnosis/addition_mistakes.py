"""Additions of a sum of products: n − 1 for n products, and what is taken for that."""

from __future__ import annotations

from collections.abc import Iterator

from closedform.algebra.readable import readable
from closedform.algebra.tree import Number, Tree, add, divide, multiply, negate
from closedform.cost.expand import Costed
from closedform.cost.registry import FLAGS
from closedform.cost.sums import LayerSum
from closedform.diagnosis.case import shown
from closedform.diagnosis.layer_mistakes import Group, Wrong, groups

TWO = Number(2)
#: What is right.
SUM = "a sum of n products is n multiplications and n − 1 additions"


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
        text = f"2 per MAC, and the bias on top: {SUM}, and the bias is the n-th: 2n in all"
        yield Wrong("convention", 0.52, text, add(multiply(TWO, macs), flags))
        text = f"1 per MAC, and the bias on top: FLOPs are multiplications and additions, and {SUM}"
        yield Wrong("convention", 0.52, text, add(macs, flags))
    elif normed:
        text = f"2 per MAC, and the batch norm on top: {SUM}, 2n − 1 and not 2n"
        # Where this equals another number of additions for BN, that is the smaller mistake.
        yield Wrong("convention", 0.57, text, add(multiply(TWO, macs), flags))
        text = f"1 per MAC, and the batch norm on top: {SUM}, 2n − 1 in all"
        yield Wrong("convention", 0.52, text, add(macs, flags))
    yield Wrong("convention", 0.9, f"4 per MAC: {SUM}, 2n − 1 in all", multiply(Number(4), macs))
    text = "twice the parameters: 2 for each weight, at one position only; the factor HW is missing"
    bare = LayerSum(tuple(part.term for part in parts))
    yield Wrong("measure", 0.97, text, multiply(TWO, bare.tree("params")))
    yield from _of_parts(parts, right, macs)


def _of_parts(parts: list[Group], right: Tree, macs: Tree) -> Iterator[Wrong]:
    """The first addition of each sum, for each layer by itself and for all of them."""
    for part in parts:
        bare = LayerSum((part.term,))
        outputs = bare.tree("activations")
        if len(parts) > 1:
            text = f"2 per MAC in {part.call.layer}: {SUM}, 2n − 1 and not 2n"
            yield Wrong("convention", 0.7, text, add(right, outputs))
        elif not part.flags:
            text = f"2 per MAC, and 1 more for each output as for a bias: {SUM}, 2n − 1 in all"
            yield Wrong("convention", 0.55, text, add(multiply(TWO, macs), outputs))
            text = "the additions alone, n − 1 for each output: the n multiplications are missing"
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
        stands, meant = shown(readable(other)), shown(readable(outputs))
        text = (
            f"−{stands} stands where −{meant} is meant: {SUM}, "
            f"so that each of the {meant} outputs has one addition less"
        )
        yield Wrong("convention", 0.8, text, add(doubled, negate(other)))


def _is_flag(part: Group) -> bool:
    """A bias or batch norm that is a layer of its own."""
    return part.call.layer in {kind.name for kind in FLAGS.values()}
