"""Activations and additions, element by element, and softmax.

References stand with the operations in :mod:`closedform.cost.operations`. Comparisons are tallied
apart and are no FLOPs.
"""

from __future__ import annotations

from closedform.cost.layer import Cost, Size, layer


@layer(operations="relu N H W", meanings={"N": "channels"}, source="Nair and Hinton 2010")
def relu(N: Size, H: Size = 1, W: Size = 1) -> Cost:
    """ReLU: max(x, 0), one comparison per element."""
    return Cost(params=0, macs=0, flops=0, activations=N * H * W)


@layer(
    aliases="add",
    operations="add N H W",
    inputs="N H W; N H W",
    meanings={"N": "channels"},
    source="He et al., arXiv:1512.03385, eq. (1)",
)
def residual_add(N: Size, H: Size = 1, W: Size = 1) -> Cost:
    """Residual addition: the input of a block is added to its output."""
    return Cost(params=0, macs=0, flops=N * H * W, activations=N * H * W)


@layer(
    operations="softmax m n rows m",
    meanings={"n": "width of a row", "m": "rows"},
    source="Goodfellow et al. 2016, section 4.1 (stable form)",
)
def softmax(n: Size, m: Size = 1) -> Cost:
    """Softmax of m rows of n, with the maximum subtracted: n − 1 comparisons besides."""
    return Cost(params=0, macs=0, flops=m * (4 * n - 1), activations=m * n)
