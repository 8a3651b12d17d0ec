"""Another measure, another way to count FLOPs, and additions taken for n where they are n − 1."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from closedform.algebra.forms.readable import readable
from closedform.algebra.tree import ZERO, Quotient, Sum, symbol_names, walk
from closedform.cost.conventions import PAPERS
from closedform.cost.expand import Costed
from closedform.cost.measures import MEASURES
from closedform.cost.sums import LayerSum
from closedform.diagnosis.case import Case, Finding, cost
from closedform.diagnosis.layer_mistakes import Proposals, groups, of_networks, of_quantities
from closedform.language.layers import quantities
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
        if measure == "flops" and quantity.layers.uncounted(by):
            continue
        both = {measure, quantity.measure} <= {"macs", "flops"}
        tree = cost(quantity.layers, measure, by)
        # Twice the weights of a linear layer are no FLOPs that somebody took for them.
        sized = symbol_names(tree) and quantity.tree != ZERO and not both
        if sized and not symbol_names(readable(tree / quantity.tree)):
            continue
        said = partial(_said, quantity, measure, by)
        kind = "convention" if both else "measure"
        yield Finding(kind, said, tree)


def _unless_alike(proposals: Proposals, case: Case) -> Iterator[Finding]:
    """What is proposed, unless both sides ask for the same: nobody took one for another then."""
    (left, _), (right, _) = case.sides
    ways = [{(q.measure, q.options) for q in quantities(side.asked)} for side in (left, right)]
    return iter(()) if ways[0] == ways[1] else proposals(case)


#: MACs, 2 per MAC and the exact count, one for the other; and any other measure or convention.
known_pairs, other_counts = (
    partial(_unless_alike, of_networks(partial(_other_counts, known=known)))
    for known in (True, False)
)


def _said(quantity: Costed, measure: str, by: str) -> Prose:
    pair = (_way(quantity.measure, quantity.by), _way(measure, by))
    if pair in PAIRS:
        return PAIRS[pair]
    meant = MEASURES.get(quantity.measure, quantity.measure)
    if quantity.measure == "flops" and quantity.by != "exact":
        meant = f"FLOPs by the convention {quantity.by}"
    if {measure, quantity.measure} <= {"macs", "flops"}:
        return say("these are FLOPs by the convention {}, not {}", by, meant)
    fewer = readable(quantity.tree / cost(quantity.layers, measure))
    if (measure, quantity.measure) == ("params", "macs") and not any(
        isinstance(node, (Sum, Quotient)) for node in walk(fewer)
    ):
        return say("these are params, not MACs: the factor {} is missing", fewer)
    return say("these are {}, not {}", MEASURES[measure], meant)


def _way(measure: str, by: str) -> str:
    """MACs are the same under every name."""
    return "macs" if (measure, by) == ("flops", "mac") else by if measure == "flops" else measure


@of_quantities
def doubled(quantity: Costed) -> Iterator[Finding]:
    """2n for 2n − 1: one addition more for each output of a layer, beside a bias too."""
    exact = (quantity.measure, quantity.by) == ("flops", "exact")
    parts = [part for part in groups(quantity.layers) if exact and not part.is_flag]
    for part in parts:
        layer = LayerSum((part.term,))
        if cost(layer, "macs") == ZERO:
            continue  # nothing is multiplied there and summed
        where = say(" in {}", Code(part.call.layer)) if len(parts) > 1 else ()
        why = say(": {}, {} and not {}", SUM, TWICE, DOUBLE)
        outputs = cost(layer, "activations")
        if part.has("bias"):
            why = say(", and the bias on top: {}, and the bias is the {}-th", SUM, N)
            alone = say("1 per MAC{}, and the bias on top: {}", where, PAIRS["exact", "macs"])
            once = quantity.tree - cost(layer, "macs") + outputs
            yield Finding("convention", partial(say, "{}", alone), once)
        said = partial(say, "2 per MAC{}{}", where, why)
        yield Finding("convention", said, quantity.tree + outputs)
