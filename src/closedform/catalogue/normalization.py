"""Bias and normalization.

References: Ioffe and Szegedy, Batch Normalization (arXiv:1502.03167), section 3.1: at inference the
statistics are fixed and the layer is one scale and one shift per element; running mean and variance
are buffers, not parameters. The others compute mean and variance of what they normalize.
"""

from __future__ import annotations

from closedform.cost.layer import Cost, Operation, Size, layer, operation


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


@layer(
    weights="N",
    operations="rms_norm n N rows n",
    meanings={"N": "width of a row", "n": "rows"},
    source="Zhang and Sennrich, arXiv:1910.07467, eq. (4)",
)
def rms_norm(N: Size, n: Size = 1) -> Cost:
    """RMS norm of n rows of N: division by the root mean square, and a scale."""
    return Cost(params=N, macs=0, flops=n * (4 * N + 3), activations=n * N)


@layer(
    weights="N; N",
    operations="norm N H W rows g",
    divides="g|N",
    meanings={"N": "channels"},
    source="Wu and He, arXiv:1803.08494, eq. (1), (6)",
)
def group_norm(N: Size, g: Size, H: Size, W: Size) -> Cost:
    """Group norm: g groups of channels, each with its own mean and variance."""
    return Cost(params=2 * N, macs=0, flops=7 * N * H * W + 3 * g, activations=N * H * W)


@layer(
    flags="affine",
    meanings={"N": "channels"},
    source="Ulyanov et al., arXiv:1607.08022, eq. (4)",
)
def instance_norm(N: Size, H: Size, W: Size, *, affine: bool = False) -> Cost:
    """Instance norm: mean and variance of each channel; affine adds scale and shift."""
    if affine:
        return Cost(params=2 * N, macs=0, flops=N * (7 * H * W + 3), activations=N * H * W)
    return Cost(params=0, macs=0, flops=N * (5 * H * W + 3), activations=N * H * W)


@instance_norm.made_of
def _(N: Size, H: Size, W: Size, *, affine: bool) -> Operation:
    kind, weights = ("norm", ((N,), (N,))) if affine else ("plain_norm", ())
    return operation(kind, N, H, W, rows=N, weights=weights)


@layer(
    operations="local_response N H W over q-(q**2-1)/(4*N)",
    meanings={"N": "channels", "q": "window, odd, at most 2N + 1"},
    source="Krizhevsky et al. 2012, section 3.3",
)
def local_response_norm(N: Size, q: Size, H: Size, W: Size) -> Cost:
    """Local response norm over q channels, fewer at both ends of the channels."""
    return Cost(
        params=0,
        macs=0,
        flops=((q + 4) * N - (q**2 - 1) / 4) * H * W,
        activations=N * H * W,
    )
