"""Layers one after the other."""

from __future__ import annotations

from collections.abc import Iterable

from closedform.cost.layer import LayerSum


def stacked(layers: Iterable[LayerSum]) -> LayerSum:
    """Layers one after the other."""
    return LayerSum(tuple(term for one in layers for term in one.terms))
