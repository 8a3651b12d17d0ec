"""Bias and normalization: layers that work element by element.

References: Ioffe and Szegedy, Batch Normalization (arXiv:1502.03167), section 3.1: at inference the
statistics are fixed and the layer is one scale and one shift per element; running mean and variance
are buffers, not parameters. Ba et al., Layer Normalization (arXiv:1607.06450), equations (3), (4).
"""

from __future__ import annotations

from closedform.cost.layer import Cost, Size, layer


@layer(
    weights="N",
    operations="bias N H W",
    flag="bias",
    source="the source document: as many entries as output channels, one addition per output",
)
def bias(N: Size, H: Size, W: Size) -> Cost:
    """Bias: one learnable scalar per channel, one addition per output."""
    return Cost(params=N, macs=0, flops=N * H * W, activations=N * H * W)


@layer(
    aliases="bn",
    weights="N; N",
    buffers="N; N",
    operations="batch_norm N H W",
    flag="bn",
    meanings={"N": "channels"},
    source="Batch Normalization, arXiv:1502.03167, section 3.1, Algorithm 2",
)
def batch_norm(N: Size, H: Size = 1, W: Size = 1) -> Cost:
    """Batch norm at inference: a learnable scale and shift per channel, 2 operations per output."""
    return Cost(params=2 * N, macs=0, flops=2 * N * H * W, activations=N * H * W)


@layer(
    weights="N; N",
    operations="norm n N rows n",
    meanings={"N": "width of a row", "n": "rows"},
    source="Ba et al., arXiv:1607.06450, eq. (3), (4)",
)
def layer_norm(N: Size, n: Size = 1) -> Cost:
    """Layer norm of n rows of N: mean, variance, normalization, scale and shift."""
    return Cost(params=2 * N, macs=0, flops=n * (7 * N + 3), activations=n * N)
