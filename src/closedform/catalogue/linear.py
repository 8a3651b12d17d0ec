"""Fully connected layers.

Reference for FLOPs: Molchanov et al., Pruning Convolutional Neural Networks (arXiv:1611.06440),
appendix A.1: (2I − 1)·O.
"""

from __future__ import annotations

from closedform.algebra.tree import Tree
from closedform.cost.record import Cost
from closedform.cost.registry import layer


@layer(
    aliases=("fc",),
    weights="N M",
    loops="N M",
    flags=("bias", "bn"),
    source="Molchanov et al., arXiv:1611.06440, appendix A.1",
)
def linear(M: Tree, N: Tree) -> Cost:
    """Fully connected layer: M inputs, N outputs."""
    return Cost(params=M * N, macs=M * N, flops=(2 * M - 1) * N, activations=N)
