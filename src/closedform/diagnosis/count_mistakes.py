"""Another measure, another way to count FLOPs, and additions taken for n where they are n − 1."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from closedform.algebra.readable import readable
from closedform.algebra.tree import ONE, Tree, product
from closedform.cost.conventions import PAPERS
from closedform.cost.expand import Costed
from closedform.cost.measures import MEASURES
from closedform.cost.sums import LayerSum
from closedform.diagnosis.case import Finding, cost, uncounted
from closedform.diagnosis.layer_mistakes import Group, groups, having, of_networks, of_quantities
from closedform.typeset.prose import Code, Prose, Sign, say

N, LESS, DOUBLE = Sign("n", "n"), Sign("n − 1", "n - 1"), Sign("2n", "2 n")
TWICE = Sign("2n − 1", "2 n - 1")
SUM = say("a sum of {} products is {} multiplications and {} additions", N, N, LESS)
#: (what is meant, what stands there), and what is said of it.
PAIRS: dict[tuple[str, str], Prose] = {
    ("macs", "mac2"): say("exactly twice the MACs: these are FLOPs at 2 per MAC"),
    ("macs", "exact"): say("these are FLOPs, multiplications and additions, where MACs are meant"),
    ("mac2", "macs"): say("exactly half: these are MACs, and each MAC is 2 FLOPs"),
    ("mac2", "exact"): say(
        "a sum of {} products is counted {} here, where 2 per MAC are meant", N, TWICE
    ),
    ("exact", "macs"): say(
        "these are MACs: FLOPs are multiplications and additions, {} for a sum of {} products",
        TWICE,
        N,
    ),
    ("exact", "mac2"): say("2 per MAC: {}, {} and not {}", SUM, TWICE, DOUBLE),
}


@of_quantities
def inside_the_two(quantity: Costed) -> Iterator[Finding]:
    """2 for each MAC and 2 for each output: the +1 of the bias stands inside the factor 2."""
    biased = any(part.has("bias") for part in groups(quantity.layers))
    if biased and quantity.measure in ("macs", "flops"):
        text = "2 for each MAC and 2 for each output: the +1 of the bias stands inside the factor 2"
        total = cost(quantity.layers, "macs") + cost(quantity.layers, "activations")
        yield Finding("inside", partial(say, text), 2 * total)


def _other_counts(quantity: Costed, *, known: bool) -> Iterator[Finding]:
    meant = _way(quantity.measure, quantity.by)
    ways = [(m, by) for m in MEASURES for by in (PAPERS if m == "flops" else ("exact",))]
    for measure, by in sorted(ways, key=lambda way: way[1] != "mac2"):
        pair = (meant, _way(measure, by))
        if (measure, by) == (quantity.measure, quantity.by) or (pair in PAIRS) is not known:
            continue
        if measure == "flops" and uncounted(quantity.layers, by):
            continue
        both = {measure, quantity.measure} <= {"macs", "flops"}
        said = partial(_said, quantity, measure, by)
        kind = "convention" if both else "measure"
        yield Finding(kind, said, cost(quantity.layers, measure, by))


#: MACs, 2 per MAC and the exact count, one for the other; and any other measure or convention.
known_pairs = of_networks(partial(_other_counts, known=True))
other_counts = of_networks(partial(_other_counts, known=False))


def _said(quantity: Costed, measure: str, by: str) -> Prose:
    pair = (_way(quantity.measure, quantity.by), _way(measure, by))
    if pair in PAIRS:
        return PAIRS[pair]
    meant = MEASURES.get(quantity.measure, quantity.measure)
    if quantity.measure == "flops" and quantity.by != "exact":
        meant = f"FLOPs by the convention {quantity.by}"
    if {measure, quantity.measure} <= {"macs", "flops"}:
        return say("these are FLOPs by the convention {}, not {}", by, meant)
    return say("these are {}, not {}", MEASURES[measure], meant)


def _way(measure: str, by: str) -> str:
    """MACs are the same under every name."""
    return "macs" if (measure, by) == ("flops", "mac") else by if measure == "flops" else measure


# -- additions of a sum of products


@of_quantities
def beside_flags(quantity: Costed) -> Iterator[Finding]:
    """2 or 1 per MAC, and the bias or batch norm on top."""
    parts = _summing(quantity)
    if not parts:
        return
    macs = cost(quantity.layers, "macs")
    flags = cost(LayerSum(tuple(term for part in parts for term in part.flags)), "flops")
    if any(part.has("bias") for part in parts):
        name = "bias"
        two = say(", and the bias is the {}-th: {} in all", N, DOUBLE)
        one = say("FLOPs are multiplications and additions, and {}", SUM)
    elif any(part.has("bn") for part in parts):
        name, two = "batch norm", say(", {} and not {}", TWICE, DOUBLE)
        one = say("{}, {} in all", SUM, TWICE)
    else:
        return
    said = partial(say, "2 per MAC, and the {} on top: {}{}", name, SUM, two)
    yield Finding("convention", said, 2 * macs + flags)
    said = partial(say, "1 per MAC, and the {} on top: {}", name, one)
    yield Finding("convention", said, macs + flags)


@of_quantities
def doubled(quantity: Costed) -> Iterator[Finding]:
    """2n for 2n − 1, and 1 more or less for each output, for each layer and for all of them."""
    parts = _summing(quantity)
    for part in parts:
        outputs = cost(LayerSum((part.term,)), "activations")
        if len(parts) > 1:
            text = "2 per MAC in {}: {}, {} and not {}"
            said = partial(say, text, Code(part.call.layer), SUM, TWICE, DOUBLE)
            yield Finding("convention", said, quantity.tree + outputs)
        elif not part.flags:
            macs = cost(quantity.layers, "macs")
            text = "2 per MAC, and 1 more for each output as for a bias: {}, {} in all"
            said = partial(say, text, SUM, TWICE)
            yield Finding("convention", said, 2 * macs + outputs)
            text = "the additions alone, {} for each output: the {} multiplications are missing"
            yield Finding("convention", partial(say, text, LESS, N), macs - outputs)


@of_quantities
def first_additions(quantity: Costed) -> Iterator[Finding]:
    """The −1 of 2n − 1 taken another number of times than once for each output."""
    parts = _summing(quantity)
    for part in parts:
        outputs = cost(LayerSum((part.term,)), "activations")
        for other in () if part.has("bias") else _other_outputs(part, outputs):
            said = partial(_misplaced, other, outputs)
            yield Finding("convention", said, quantity.tree + outputs - other)
    if parts:
        macs = cost(quantity.layers, "macs")
        said = partial(say, "4 per MAC: {}, {} in all", SUM, TWICE)
        yield Finding("convention", said, 4 * macs)
        text = "twice the parameters: 2 for each weight, at one position only; "
        text += "the factor {} is missing"
        bare = LayerSum(tuple(part.term for part in parts))
        positions = having(parts[0].call, "position").values()
        said = partial(say, text, product(positions))
        yield Finding("measure", said, 2 * cost(bare, "params"))


def _summing(quantity: Costed) -> list[Group]:
    """The layers that are no flags, where additions are counted one by one."""
    exact = (quantity.measure, quantity.by) == ("flops", "exact")
    return [part for part in groups(quantity.layers) if exact and not part.is_flag]


def _other_outputs(part: Group, outputs: Tree) -> Iterator[Tree]:
    """What is taken for the number of outputs, of which each has one addition less."""
    yield from (ONE, 2 * outputs)
    channels = list(having(part.call, "inputs", "outputs").values())
    yield from (outputs * size for size in channels)
    yield from (outputs / size for size in channels)
    if positions := list(having(part.call, "position").values()):
        yield outputs / product(positions)


def _misplaced(other: Tree, outputs: Tree) -> Prose:
    stands, meant = readable(other), readable(outputs)
    return say(
        "{} stands where {} is meant: {}, so that each of the {} outputs has one addition less",
        -stands,
        -meant,
        SUM,
        meant,
    )
