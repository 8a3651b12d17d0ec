"""The oracle itself: what it executes, and what it computes, seen on small cases that are known.

That the catalogue counts what it counts is a law (``executions_count_the_same`` in ``laws.py``),
and that it computes what PyTorch computes is held where PyTorch is installed (``with_extras``).
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, combinations
from typing import Any

import pytest

from closedform.catalogue import LAYERS
from closedform.cost.kinds import KINDS, SCALARS
from tests import laws
from tests.oracle import nest
from tests.oracle.convolutions import convolved, depthwise_conv, pointwise_conv
from tests.oracle.layers import EXECUTORS
from tests.oracle.linear import linear
from tests.oracle.norms import batch_norm
from tests.oracle.number import COUNTS, Number
from tests.oracle.running import SIDES
from tests.oracle.tensors import GIVEN, contract, image, numbers, places, start, tokens

OWN = [layer for layer in LAYERS.values() if not layer.is_network]


def test_the_catalogue_is_executed() -> None:
    """A layer that is new is executed from what it declares; better is a function of its own.

    It stands in a file of ``tests/oracle`` under ``@executes``, written from the paper.
    """
    assert EXECUTORS.keys() <= {layer.name for layer in OWN}
    assert len(EXECUTORS) >= 105


@pytest.mark.parametrize("name", EXECUTORS)
def test_every_size_is_drawn_or_comes_out(name: str) -> None:
    drawn = EXECUTORS[name].sizes().keys()
    assert {*LAYERS[name].dims} <= {*drawn, *chain(*SIDES)}


def test_every_kind_of_operation_is_executed() -> None:
    assert {*nest.ONE_BY_ONE, *nest.OVER, *nest.ROW_BY_ROW} == KINDS.keys()


@pytest.mark.parametrize("layer", OWN, ids=lambda layer: layer.name)
def test_what_a_layer_declares_counts_what_it_does(layer: Any) -> None:
    """Every layer of the registry, operation by operation, by the textbook algorithm of each."""
    cost = layer(
        **laws.divided(layer, {size: max(2, layer.least.get(size, 1)) for size in layer.free})
    )
    try:
        counts = nest.declared_counts(cost.terms)
    except nest.Uneven:
        return
    stated = {kind: cost.quantity("operations", kind=kind) for kind in SCALARS}
    stated |= {"params": cost.params, "macs": cost.macs}
    assert {name: counts[name] for name in stated} == stated


@pytest.mark.parametrize(("left", "right", "value"), [([3], [4], 12), ([1, 2, 3], [4, 5, 6], 32)])
def test_a_sum_of_n_products_is_n_multiplications_and_one_addition_less(
    left: list[int], right: list[int], value: int
) -> None:
    start("sum")
    assert contract(map(Number, left), map(Number, right)).value == value
    counted = (COUNTS["mul"], COUNTS["add"], COUNTS["macs"])
    assert counted == (len(left), len(left) - 1, len(left))


def test_running_statistics_are_buffers() -> None:
    start("statistics")
    batch_norm(image(3, 2, 2))
    assert (COUNTS["params"], COUNTS["buffers"]) == (6, 6)
    assert (COUNTS["mul"], COUNTS["add"], COUNTS["macs"]) == (12, 12, 0)


def values(x: Any) -> list[float]:
    return [one.value for one in numbers(x)]


def given(*weights: list[Any]) -> None:
    start("given")
    GIVEN.extend([[*map(Number, kernel)] for kernel in tensor] for tensor in weights)


def test_a_convolution_slides_its_kernel_over_the_image() -> None:
    """A worked example: the kernel (1 2; 3 4) over a 3 by 3 image of 1 … 9."""
    given([[1, 2, 3, 4]])
    x = [dict(zip(places(3, 3), map(Number, range(1, 10)), strict=True))]
    assert values(convolved(x, 1, (2, 2), p=0)) == [37, 47, 67, 77]


def test_padding_is_multiplied_and_adds_nothing() -> None:
    given([[1, 10, 100]])
    x = [{(0,): Number(1), (1,): Number(2)}]
    assert values(convolved(x, 1, (3,))) == [210, 21]
    assert COUNTS["macs"] == 6


def test_the_groups_do_not_see_each_other() -> None:
    """Two groups of one channel: what a kernel of one number leaves is each group's own."""
    given([[1], [2], [3], [4]])
    x = [{(0, 0): Number(1)}, {(0, 0): Number(10)}]
    assert values(convolved(x, 4, (1, 1), g=2)) == [1, 2, 30, 40]


FLAGS = [dict.fromkeys(on, True) for r in range(3) for on in combinations(("bias", "bn"), r)]
#: Two ways to one layer, on a map of 3 channels.
SAME: list[tuple[str, Callable[..., Any], Callable[..., Any]]] = [
    (
        "depthwise is grouped with one channel a group",
        lambda x, **flags: depthwise_conv(x, 3, **flags),
        lambda x, **flags: convolved(x, 3, (3, 3), g=3, **flags),
    ),
    (
        "pointwise is a convolution of side 1",
        lambda x, **flags: pointwise_conv(x, 2, **flags),
        lambda x, **flags: convolved(x, 2, (1, 1), **flags),
    ),
    (
        "linear is pointwise at each place",
        lambda x, **flags: linear(tokens(x), 2, **flags),
        lambda x, **flags: tokens(pointwise_conv(x, 2, **flags)),
    ),
]


@pytest.mark.parametrize("flags", FLAGS, ids=lambda flags: "-".join(flags) or "plain")
@pytest.mark.parametrize(("one", "other"), [pair for _, *pair in SAME], ids=[s[0] for s in SAME])
def test_layers_that_are_the_same_compute_the_same(
    one: Callable[..., Any], other: Callable[..., Any], flags: dict[str, bool]
) -> None:
    outcomes = []
    for layer in (one, other):
        start("the same")
        outcomes.append((values(layer(image(3, 2, 2), **flags)), COUNTS.copy()))
    assert outcomes[0] == outcomes[1]


def test_a_convolution_in_groups_is_not_one_over_all_channels() -> None:
    outcomes = []
    for g in (1, 2):
        start("groups")
        outcomes.append(values(convolved(image(2, 2, 2), 2, (2, 2), g=g)))
    assert outcomes[0] != outcomes[1]
