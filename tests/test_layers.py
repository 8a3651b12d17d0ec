"""Each layer against numbers that were executed.

With PyTorch 2.14.1 where it has the layer, and by loops over scalars that count their own
operations (FLOPs and comparisons).
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from closedform.catalogue import LAYERS, lookup
from closedform.cost.uses import shared
from closedform.errors import SizeError
from tests import laws
from tests.oracle.loops import LOOPS


@pytest.mark.parametrize("row", laws.EXECUTED, ids=lambda row: row["layer"])
def test_a_layer_costs_what_was_executed(row: dict[str, str]) -> None:
    laws.costs_what_was_executed(row)


def test_every_row_is_of_a_layer() -> None:
    """A layer that is new needs no row: its two entries are held against each other by the laws."""
    rows = {row["layer"].partition("(")[0] for row in laws.EXECUTED}
    assert rows | LOOPS.keys() <= LAYERS.keys()
    assert len(rows | LOOPS.keys()) >= 97


@pytest.mark.parametrize(
    ("name", "sizes"), [(name, one) for name, (_, sizes) in LOOPS.items() for one in sizes]
)
def test_a_layer_costs_what_its_loops_count(name: str, sizes: dict[str, int]) -> None:
    laws.costs_what_its_loops_count(name, sizes)


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
