"""A layer executed from the index spaces it declares: for layers without a loop of their own."""

from __future__ import annotations

from itertools import product

from closedform.algebra.exact import value
from closedform.cost.call import LayerCall
from closedform.cost.formula import Space
from tests.oracle.scalar import Tally, contract

#: Scalar operations for each output of the kinds that this walk knows besides contractions.
ELEMENTWISE = {"bias": 1, "batch_norm": 2, "add": 1, "scale": 1}


def run_declared_loops(call: LayerCall) -> Tally:
    """Walk the operations of a call, one scalar operation after the other."""
    tally = Tally()
    for one in call.operations:
        weights = [tally.weight() for shape in one.weights for _ in _points(shape)]
        for _ in _points(one.outputs):
            if one.kind == "contract":
                inputs = [tally.element() for _ in _points(one.over)]
                # A product of two inputs has no weights.
                contract(inputs, weights[: len(inputs)] or inputs)
            else:
                element = tally.element()
                for _ in range(ELEMENTWISE[one.kind]):
                    element = element + tally.number(1)
    tally.activations += len(_points(call.operations[-1].outputs))
    return tally


def _points(space: Space) -> list[tuple[int, ...]]:
    return list(product(*(range(int(value(extent, {}))) for extent in space)))
