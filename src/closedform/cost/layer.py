"""What a file of the catalogue needs to declare a layer, in one place."""

from __future__ import annotations

from typing import Any, TypeAlias

from closedform.cost.layer_type import LayerType
from closedform.cost.measures import Cost
from closedform.cost.operations import Operation, operation
from closedform.cost.registry import layer
from closedform.cost.shapes import ceil, floor, least, out
from closedform.cost.steps import step
from closedform.cost.sums import LayerSum
from closedform.cost.uses import repeated, routed, shared, tied

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
