"""What one layer costs."""

from __future__ import annotations

from dataclasses import dataclass

from closedform.algebra.tree import Tree


@dataclass(frozen=True)
class Cost:
    """The four measures of a layer, each an expression.

    ``params``: learnable scalars. ``macs``: multiply-accumulates, the products accumulated inside a
    contraction. ``flops``: scalar operations of the textbook algorithm (convention ``exact``).
    ``activations``: output elements.
    """

    params: Tree
    macs: Tree
    flops: Tree
    activations: Tree


#: The measures, in the order in which they are shown, and how a person writes each.
MEASURES: dict[str, str] = {
    "params": "params",
    "macs": "MACs",
    "flops": "FLOPs",
    "activations": "activations",
}
