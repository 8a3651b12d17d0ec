"""Batch norm and bias: layers that work element by element.

Reference: Ioffe and Szegedy, Batch Normalization (arXiv:1502.03167), section 3.1: at inference the
statistics are fixed and the layer is one scale and one shift per element. Running mean and variance
are buffers, not parameters.
"""

from __future__ import annotations

from closedform.algebra.tree import ZERO, Tree
from closedform.cost.record import Cost
from closedform.cost.registry import layer


@layer(
    weights="N",
    loops="N H W",
    kind="bias",
    elementwise=1,
    flag="bias",
    source="the source document: as many entries as output channels, one addition per output",
)
def bias(N: Tree, H: Tree, W: Tree) -> Cost:
    """Bias: one learnable scalar per channel, one addition per output."""
    return Cost(params=N, macs=ZERO, flops=N * H * W, activations=N * H * W)


@layer(
    aliases=("bn",),
    weights="N; N",
    loops="N H W",
    kind="normalization",
    elementwise=2,
    flag="bn",
    source="Batch Normalization, arXiv:1502.03167, section 3.1, Algorithm 2",
)
def batch_norm(N: Tree, H: Tree, W: Tree) -> Cost:
    """Batch norm at inference: a learnable scale and shift per channel, 2 operations per output."""
    return Cost(params=2 * N, macs=ZERO, flops=2 * N * H * W, activations=N * H * W)
