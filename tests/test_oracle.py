"""The catalogue against the oracle: formulas beside the counts of a layer that was executed."""

from __future__ import annotations

import itertools

import pytest

from closedform.catalogue import LAYERS
from tests.laws import divided
from tests.oracle.layers import EXECUTORS, Execution, execute, execute_on
from tests.oracle.nest import ELEMENTWISE, run_declared_loops
from tests.oracle.scalar import Tally, contract

#: Sizes every layer is executed with: each layer takes the dimensions it has.
SIZES = [
    {"k": 1, "M": 1, "N": 1, "g": 1, "H": 1, "W": 1},
    {"k": 1, "M": 3, "N": 2, "g": 1, "H": 2, "W": 1},
    {"k": 2, "M": 1, "N": 3, "g": 1, "H": 1, "W": 3},
    {"k": 2, "M": 2, "N": 4, "g": 2, "H": 3, "W": 2},
    {"k": 2, "M": 4, "N": 2, "g": 2, "H": 1, "W": 1},
    {"k": 3, "M": 2, "N": 2, "g": 1, "H": 2, "W": 2},
    {"k": 3, "M": 4, "N": 4, "g": 4, "H": 2, "W": 3},
    {"k": 3, "M": 3, "N": 3, "g": 3, "H": 3, "W": 1},
    {"k": 3, "M": 4, "N": 3, "g": 1, "H": 1, "W": 2},
]


def flag_sets(flags: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Every choice among the flags, from none to all."""
    return [chosen for r in range(len(flags) + 1) for chosen in itertools.combinations(flags, r)]


CASES = [
    pytest.param(name, sizes, flags, id=f"{name}-{index}-{'-'.join(flags) or 'plain'}")
    for name in EXECUTORS
    for index, sizes in enumerate(SIZES)
    for flags in flag_sets(tuple(LAYERS[name].flags))
]


@pytest.mark.parametrize(("name", "sizes", "flags"), CASES)
def test_formulas_give_what_the_execution_counted(
    name: str, sizes: dict[str, int], flags: tuple[str, ...]
) -> None:
    own = {dimension: sizes[dimension] for dimension in LAYERS[name].dims if dimension in sizes}
    executed = execute(name, own, flags=flags)
    cost = LAYERS[name](**own, **dict.fromkeys(flags, True))
    assert (cost.params, cost.macs, cost.flops(), cost.activations) == (
        executed.tally.weights,
        executed.tally.macs,
        executed.tally.flops,
        executed.tally.activations,
    )


WALKED = [
    name
    for name, layer in LAYERS.items()
    if not layer.contents and {one.kind for one in layer.declared} <= {"contract", *ELEMENTWISE}
]


@pytest.mark.parametrize("name", WALKED)
@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_formulas_give_what_the_declared_loops_count(name: str, sizes: dict[str, int]) -> None:
    """Every layer of the registry, with or without an executor in ``tests/oracle/layers.py``."""
    own = {dimension: sizes.get(dimension, 2) for dimension in LAYERS[name].free}
    cost = LAYERS[name](**divided(LAYERS[name], own))
    tally = run_declared_loops(cost.terms[0].call)
    assert (cost.params, cost.macs, cost.flops(), cost.activations) == (
        tally.weights,
        tally.macs,
        tally.flops,
        tally.activations,
    )


# The executors themselves: what they compute, seen on small cases that are known.


@pytest.mark.parametrize(
    ("left", "right", "value", "multiplications", "additions"),
    [
        ([3], [4], 12, 1, 0),
        ([1, 2], [3, 4], 11, 2, 1),
        ([1, 2, 3], [4, 5, 6], 32, 3, 2),
    ],
)
def test_a_sum_of_n_products_is_n_multiplications_and_one_addition_less(
    left: list[int], right: list[int], value: int, multiplications: int, additions: int
) -> None:
    tally = Tally()
    total = contract([tally.number(a) for a in left], [tally.number(b) for b in right])
    assert total.value == value
    assert (tally.multiplications, tally.additions, tally.macs) == (
        multiplications,
        additions,
        multiplications,
    )


def test_running_statistics_are_buffers() -> None:
    tally = execute("batch_norm", {"N": 3, "H": 2, "W": 2}).tally
    assert (tally.weights, tally.buffers) == (6, 6)
    assert (tally.multiplications, tally.additions, tally.macs) == (12, 12, 0)


def test_a_convolution_slides_its_kernel_over_the_image() -> None:
    """A worked example: the kernel (1 2; 3 4) over a 3 by 3 image of 1 … 9."""
    image = [[[1, 2, 3], [4, 5, 6], [7, 8, 9]]]
    executed = execute_on(
        "conv", image, {"k": 2, "M": 1, "N": 1, "H": 2, "W": 2}, weights=[1, 2, 3, 4]
    )
    assert executed.values == [37, 47, 67, 77]


def test_the_groups_do_not_see_each_other() -> None:
    """Two groups of one channel: what a kernel of ones leaves is each group's own sum."""
    image = [[[1]], [[10]]]
    sizes = {"k": 1, "M": 2, "N": 4, "g": 2, "H": 1, "W": 1}
    executed = execute_on("grouped_conv", image, sizes, weights=[1, 2, 3, 4])
    assert executed.values == [1, 2, 30, 40]


def output(name: str, sizes: dict[str, int], flags: tuple[str, ...]) -> Execution:
    return execute(name, sizes, flags=flags, seed=7)


@pytest.mark.parametrize("flags", flag_sets(("bias", "bn")), ids=lambda f: "-".join(f) or "plain")
@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param(
            ("grouped_conv", {"k": 3, "M": 2, "N": 3, "g": 1, "H": 2, "W": 2}),
            ("conv", {"k": 3, "M": 2, "N": 3, "H": 2, "W": 2}),
            id="grouped in one group is the convolution",
        ),
        pytest.param(
            ("depthwise_conv", {"k": 3, "M": 3, "H": 2, "W": 2}),
            ("grouped_conv", {"k": 3, "M": 3, "N": 3, "g": 3, "H": 2, "W": 2}),
            id="depthwise is grouped with one channel a group",
        ),
        pytest.param(
            ("pointwise_conv", {"M": 3, "N": 2, "H": 2, "W": 3}),
            ("conv", {"k": 1, "M": 3, "N": 2, "H": 2, "W": 3}),
            id="pointwise is a convolution of side 1",
        ),
        pytest.param(
            ("linear", {"M": 3, "N": 2}),
            ("pointwise_conv", {"M": 3, "N": 2, "H": 1, "W": 1}),
            id="linear is pointwise on one element",
        ),
    ],
)
def test_layers_that_are_the_same_compute_the_same(
    left: tuple[str, dict[str, int]], right: tuple[str, dict[str, int]], flags: tuple[str, ...]
) -> None:
    one, other = output(*left, flags), output(*right, flags)
    assert one.values == other.values
    assert one.tally == other.tally


def test_a_convolution_in_groups_is_not_one_over_all_channels() -> None:
    sizes = {"k": 2, "M": 2, "N": 2, "H": 2, "W": 2}
    grouped = output("grouped_conv", {**sizes, "g": 2}, ())
    assert output("conv", sizes, ()).values != grouped.values


@pytest.mark.parametrize("flags", flag_sets(("bias", "bn")), ids=lambda f: "-".join(f) or "plain")
def test_depthwise_separable_is_depthwise_then_pointwise(flags: tuple[str, ...]) -> None:
    sizes = {"k": 2, "M": 2, "N": 3, "H": 2, "W": 2}
    whole = output("depthwise_separable_conv", sizes, flags)
    first = output("depthwise_conv", {"k": 2, "M": 2, "H": 2, "W": 2}, flags)
    last = EXECUTORS["pointwise_conv"].run(
        first.tally, first.output, M=2, N=3, H=2, W=2, **dict.fromkeys(flags, True)
    )
    assert whole.values == Execution(first.tally, last).values
    assert whole.tally == first.tally
