"""A layer executed from the index spaces it declares: for layers without a loop of their own."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from closedform.algebra.exact import value
from closedform.catalogue import LAYERS
from closedform.cost.spaces import Space
from tests.oracle.scalar import Tally, contract


def run_declared_loops(name: str, sizes: Mapping[str, int]) -> Tally:
    """Walk the loops of a layer, one scalar operation after the other."""
    ((_, call),) = LAYERS[name].at(dict(sizes)).terms
    spaces, tally = call.spaces, Tally()
    weights = [tally.weight() for shape in spaces.weights for _ in _points(shape)]
    for _ in _points(spaces.outputs):
        if spaces.elementwise:
            element = tally.element()
            for _ in range(spaces.elementwise):
                element = element + tally.number(1)
        else:
            inputs = [tally.element() for _ in _points(spaces.contracted)]
            contract(inputs, weights[: len(inputs)])
        tally.activations += 1
    return tally


def _points(space: Space) -> list[tuple[int, ...]]:
    return list(product(*(range(int(value(extent, {}))) for extent in space)))
