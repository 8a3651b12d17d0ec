"""Twice the depth takes about twice the time: building, counting, showing, dividing, deriving."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

import closedform as cf
from closedform.algebra.tree import Symbol
from closedform.cost import layer_type, measuring
from closedform.cost.sums import LayerSum
from closedform.derivation.ratio import ratio
from tests.benchmarks.turns import least

#: Twice the depth may take so many times the time: 2, and what the machine does besides.
TWICE = 2.7


def numbers(depth: int) -> LayerSum:
    return _sum(cf.conv(k=3, M=8 + i, N=9 + i, H=5, W=6, bias=True) for i in range(depth))


def mixed(depth: int) -> LayerSum:
    H = Symbol("H")
    return _sum(cf.conv(k=3, M=8 + i, N=9 + i, H=H, bias=True) for i in range(depth))


def distinct(layer: Any, depth: int) -> LayerSum:
    """Layers that share no widths."""
    widths = ((Symbol(f"M_{i}"), Symbol(f"N_{i}")) for i in range(depth))
    return _sum(layer(k=3, M=M, N=N) for M, N in widths)


def _sum(layers: Any) -> LayerSum:
    total = next(layers)
    for one in layers:
        total = total + one
    return total


def _told(make: Callable[[LayerSum], Any], made: LayerSum) -> str:
    return str(make(made))


ASKED: dict[str, Callable[[LayerSum], Any]] = {
    "show": lambda made: made.to_table().to_text(),
    "latex": lambda made: made._repr_latex_(),
    "table": lambda made: cf.table({"deep": made}),
    "by kind": lambda made: cf.table_by_kind({"deep": made}),
    "ratio": lambda made: ratio(made, cf.linear()),
    "derive": cf.derive,
}
DEPTH = {"derive": 200, "by kind": 600}
CASES: dict[str, tuple[Callable[[int], Any], int]] = {
    "build": (numbers, 5000),
    "count": (lambda depth: str(cf.count(numbers(depth))), 1000),
    **{
        f"{name} of {make.__name__}": (
            lambda depth, make=make, ask=ask: _told(ask, make(depth)),
            DEPTH.get(name, 1000),
        )
        for make in (numbers, mixed)
        for name, ask in ASKED.items()
    },
    "ratio of distinct sizes": (
        lambda depth: str(
            ratio(distinct(cf.depthwise_separable_conv, depth), distinct(cf.conv, depth))
        ),
        50,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_twice_the_depth_takes_twice_the_time(case: str) -> None:
    work, depth = CASES[case]
    # The shorter one twice: were it slow by chance, the longer one might be so by nature.
    works = [partial(work, size) for size in (depth, 2 * depth, depth)]
    first, longer, second = least(works, _is_linear, rounds=(1, 4), before=_forget)
    shorter = min(first, second)
    print(f"{case}: {shorter:.2f} s at {depth}, {longer / shorter:.2f} times at twice that")
    assert _is_linear(first, longer, second)


def _is_linear(first: float, longer: float, second: float) -> bool:
    return longer < TWICE * min(first, second)


def _forget() -> None:
    """No work finds what another or another test left."""
    layer_type._built.cache_clear()
    measuring.measured.cache_clear()
    gc.collect()
