"""Layers that are there or work several times: copies, shared weights, experts."""

from __future__ import annotations

from typing import Any

from closedform.algebra.bridge import from_python
from closedform.algebra.exact import known_value
from closedform.algebra.tree import ONE, ZERO, Tree
from closedform.cost.sums import LayerSum
from closedform.errors import SizeError
from closedform.records import replace


def shared(times: Any, layers: LayerSum) -> LayerSum:
    """One set of weights, used ``times`` times.

    >>> from closedform import linear
    >>> once = linear(M=4, N=2)
    >>> shared(3, once).params, shared(3, once).macs
    (8, 24)

    Raises:
        SizeError: a number that is no count.
    """
    factor = from_python(times)
    number = known_value(factor)
    if number is not None and (number <= 0 or number.denominator > 1):
        raise SizeError(f"{number} uses of one set of weights", "give 1, 2, 3, …")
    return _scaled(layers, ONE, factor, ONE)


def tied(layers: LayerSum) -> LayerSum:
    """Layers whose weights are another layer's: executed, and without parameters of their own."""
    return _scaled(layers, ZERO, ONE, ZERO)


def once(layers: LayerSum) -> LayerSum:
    """Layers that run once for all samples of a batch, as what is worked out of places alone."""
    calls = (term._replace(call=replace(term.call, once=True)) for term in layers.terms)
    return LayerSum(tuple(calls))


def routed(active: Any, copies: Any, layers: LayerSum) -> LayerSum:
    """Copies of which ``active`` work on each token: a mixture of experts."""
    working = from_python(active)
    return _scaled(layers, from_python(copies), working, working)


def _scaled(layers: LayerSum, copies: Tree, runs: Tree, active: Tree) -> LayerSum:
    return LayerSum(tuple(term.scaled(copies, runs, active) for term in layers.terms))
