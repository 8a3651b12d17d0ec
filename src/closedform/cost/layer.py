"""What a file of the catalogue needs to declare a layer, in one place."""

from __future__ import annotations

from typing import Any, TypeAlias

from closedform.cost.layer_type import LayerType
from closedform.cost.operations import Operation, operation
from closedform.cost.record import Cost
from closedform.cost.registry import layer
from closedform.cost.shapes import ceil, floor, least, out
from closedform.cost.sums import LayerSum, repeated, routed, shared, tied

#: A size: an integer, a symbol or an expression; all of them add, multiply and divide.
Size: TypeAlias = Any

__all__ = [
    "Cost",
    "LayerSum",
    "LayerType",
    "Operation",
    "Size",
    "ceil",
    "floor",
    "layer",
    "least",
    "operation",
    "out",
    "repeated",
    "routed",
    "shared",
    "step",
    "tied",
]


def step(name: str, *operations: Operation) -> LayerSum:
    """Operations among the parts of a layer, which have no layer of their own."""
    return LayerType(
        name=name,
        summary=f"The step {name} of a layer.",
        source="the layer that it is a step of",
        formula=lambda: None,
        dims=(),
        written_defaults={},
        contents=lambda: list(operations),
    )()
