"""Each layer against numbers that were executed, at one size each.

With PyTorch 2.14.1 where it has the layer. Rows that are small are executed scalar by scalar as
well, as every layer is at other sizes by one of the laws.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from closedform.algebra.exact import value
from closedform.algebra.tree import ZERO
from closedform.catalogue import LAYERS, lookup
from closedform.cost.measures import QUANTITIES
from closedform.cost.uses import shared
from closedform.errors import ClosedformError, SizeError
from closedform.reading import parse_layers
from tests import laws
from tests.oracle.layers import EXECUTORS, executed


@pytest.mark.parametrize("row", laws.EXECUTED, ids=lambda row: row["layer"])
def test_a_layer_costs_what_was_executed(row: dict[str, str]) -> None:
    laws.costs_what_was_executed(row)


def is_small(row: dict[str, str]) -> bool:
    """Whether the oracle has its layer and soon executes it."""
    counts = (row[name] for name in ("params", "macs", "flops", "cmp", "memory_access"))
    soon = sum(int(count or 0) for count in counts) < 20_000 and row["flops"]
    return bool(soon) and row["layer"].partition("(")[0] in EXECUTORS


@pytest.mark.parametrize(
    "row", [row for row in laws.EXECUTED if is_small(row)], ids=lambda row: row["layer"]
)
def test_a_small_row_is_executed(row: dict[str, str]) -> None:
    """What no row says, such as the input map, is as the layer has it where nothing is said."""
    [term] = parse_layers(row["layer"]).terms
    sizes = {name: int(value(size, {})) for name, size in term.call.sizes.items()}
    found = executed(term.call.layer, sizes, term.call.flags)
    if any(sizes.get(side, extent) != extent for side, extent in found.resulting.items()):
        return  # Padded in another way than the oracle pads.
    counted = {name: found.counts[name] for name in ("params", "macs", "cmp", "sqrt")}
    counted["flops"] = found.flops
    assert counted == {name: int(row[name] or counted[name]) for name in counted}


def test_every_row_is_of_a_layer() -> None:
    """A layer that is new needs no row: its two entries are held against each other by the laws."""
    rows = {row["layer"].partition("(")[0] for row in laws.EXECUTED}
    assert rows <= LAYERS.keys()
    assert len(rows) >= 95


@pytest.mark.parametrize("uses", [0, -2, Fraction(1, 2)])
def test_a_set_of_weights_is_used_some_times(uses: int | Fraction) -> None:
    with pytest.raises(SizeError, match="uses of one set of weights"):
        shared(uses, lookup("conv")())


def test_no_step_goes_by_the_name_of_a_layer() -> None:
    """A rule for a layer asks for sizes that a step of that name would not have."""
    kinds = [kind for kind in LAYERS.values() if not kind.is_network]
    calls = [kind(**flags) for kind in kinds for flags in ({}, *({w: True} for w in kind.words))]
    waiting = [term.call for layers in calls for term in layers.terms]
    for call in waiting:  # which grows
        waiting += [term.call for term in call.parts or ()]
    steps = [call for call in waiting if call.type not in LAYERS.values()]
    of_parts = {c.layer for c in steps if [part.kind for part in c.operations] != [c.layer]}
    assert not of_parts & LAYERS.keys()


@pytest.mark.parametrize("measure", [name for name in QUANTITIES if name != "intensity"])
def test_a_window_of_all_tokens_is_attention_to_all(measure: str) -> None:
    """The window of Mistral, of 4096 tokens, over fewer; of more, it keeps so many."""
    windowed = parse_layers("sliding_window_attention(d=8, h=2, n=4, w=4096)")
    full = parse_layers("multi_head_attention(d=8, h=2, n=4, causal)")
    assert windowed.quantity(measure) == full.quantity(measure)


def test_a_window_keeps_the_tokens_that_it_sees() -> None:
    kept = [parse_layers(f"mistral_7b(n={n}, causal)").quantity("kv_cache") for n in (100, 5000)]
    assert kept == [2 * 32 * 8 * 128 * 100, 2 * 32 * 8 * 128 * 4096]


@pytest.mark.parametrize("written", ["relu", "relu + max_pool"])
def test_what_does_nothing_has_the_intensity_0(written: str) -> None:
    """Comparisons are no FLOPs: no fraction of nothing."""
    assert parse_layers(written)._tree("intensity") == ZERO


def test_keras_says_otherwise_that_there_are_two_biases() -> None:
    assert parse_layers("gru(reset_after)") == parse_layers("gru(two_biases)")
    assert lookup("gru")(reset_after=True) == lookup("gru")(two_biases=True)
    with pytest.raises(ClosedformError, match="unknown size or flag of lstm 'reset_after'"):
        parse_layers("lstm(reset_after)")
