"""What a file of the catalogue needs to declare a layer, in one place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from closedform.cost.layer_type import LayerType
from closedform.cost.measures import Cost
from closedform.cost.operations import Operation, operation
from closedform.cost.registry import layer
from closedform.cost.shapes import ceil, floor, least, out, rounded_up
from closedform.cost.steps import step
from closedform.cost.sums import LayerSum
from closedform.cost.uses import once, routed, shared, tied

#: A size: an integer, a symbol or an expression; all of them add, multiply and divide.
Size: TypeAlias = Any
#: The two entries of a layer: the closed form, then what it executes, layers or operations.
Entries: TypeAlias = Iterator[Cost | LayerSum | Operation | list[Operation]]

__all__ = [
    "Cost",
    "Entries",
    "LayerSum",
    "LayerType",
    "Operation",
    "Size",
    "ceil",
    "floor",
    "layer",
    "least",
    "once",
    "operation",
    "out",
    "rounded_up",
    "routed",
    "shared",
    "step",
    "tied",
]
