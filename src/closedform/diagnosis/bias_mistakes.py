"""A bias that is counted in another way than once for each output channel (each output)."""

from __future__ import annotations

from collections.abc import Iterator

from closedform.algebra.readable import readable
from closedform.algebra.tree import (
    Number,
    Sum,
    Symbol,
    Tree,
    add,
    divide,
    multiply,
    negate,
    power,
    walk,
)
from closedform.cost.expand import Costed
from closedform.cost.sums import LayerSum
from closedform.diagnosis.case import Case, Finding
from closedform.diagnosis.layer_mistakes import Group, Wrong, groups, proposals
from closedform.typeset.prose import Code, Prose, say

#: Sums of more layers with a bias than this are not searched.
BIASED = 3


def bias_mistakes(case: Case) -> Iterator[Finding]:
    """The bias times a factor that does not belong to it, or one of another size."""
    if case.numeric or any(isinstance(node, Sum) for node in walk(case.claimed)):
        yield from proposals(case, lambda quantity: _wrongs(quantity, case.names[1]))


def _wrongs(quantity: Costed, names: tuple[str, ...]) -> Iterator[Wrong]:
    counted = quantity.measure == "params" or (quantity.measure, quantity.by) == ("flops", "exact")
    biased = [part for part in groups(quantity.layers) if part.has("bias")]
    if not counted or not 1 <= len(biased) <= BIASED:
        return
    right = quantity.layers.tree(quantity.measure, quantity.by)
    for part in biased:
        terms = tuple(term for term in part.flag("bias").terms)
        cost = LayerSum(terms).tree(quantity.measure, quantity.by)
        rest = add(right, negate(cost))
        for said, other in _others(part, cost, names, params=quantity.measure == "params"):
            text = say("the bias{} {}: {}", _whose(part, biased), said, _meant(quantity, cost))
            yield Wrong("bias", _size(part, cost, other), text, add(rest, other))


def _size(part: Group, cost: Tree, other: Tree) -> float:
    """Small, but for what is more often another mistake: M and N swapped, a batch norm missing."""
    if other == negate(cost):
        return 0.85
    inputs = dict(part.call.arguments).get("M")
    return 0.66 if inputs is not None and other == multiply(part.times, inputs) else 0.58


def _others(
    part: Group, cost: Tree, names: tuple[str, ...], *, params: bool
) -> Iterator[tuple[Prose, Tree]]:
    """What is said of the bias, and what it is counted as."""
    sizes = dict(part.call.arguments)
    kernel, inputs = sizes.get("k"), sizes.get("M")
    factors: list[Tree] = []
    if kernel is not None:
        factors += [power(kernel, Number(2)), kernel]
    factors += [sizes[name] for name in ("M", "N", "g") if name in sizes]
    if kernel is not None and inputs is not None:
        factors.append(multiply(power(kernel, Number(2)), inputs))
    if params and "H" in sizes:
        factors.append(multiply(sizes["H"], sizes["W"]))
    for factor in factors:
        if factor != Number(1):
            yield say("is multiplied by {}", _short(factor)), multiply(cost, factor)
    if "g" in sizes and sizes["g"] != Number(1):
        yield say("is divided by {}", _short(sizes["g"])), divide(cost, sizes["g"])
    yield say("is subtracted where it is to be added"), negate(cost)
    counts: list[Tree] = [Number(1), *factors, *(Symbol(name) for name in names)]
    if not params:
        counts.append(sizes.get("N", Number(1)))
    for count in dict.fromkeys(counts):
        once = count == Number(1)
        said = say("is counted once in all") if once else say("is counted {}", _short(count))
        yield said, multiply(part.times, count)


def _whose(part: Group, biased: list[Group]) -> Prose:
    return () if len(biased) == 1 else say(" of {}", Code(part.call.layer))


def _meant(quantity: Costed, cost: Tree) -> Prose:
    if quantity.measure == "params":
        return say("it is one number for each output channel, {}", _short(cost))
    return say("it is one addition for each output, {}", _short(cost))


def _short(tree: Tree) -> Tree:
    return readable(tree)
