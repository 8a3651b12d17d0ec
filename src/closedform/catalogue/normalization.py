"""Bias and normalization.

References: Ioffe and Szegedy, Batch Normalization (arXiv:1502.03167), section 3.1: at inference the
statistics are fixed and the layer is one scale and one shift per element; running mean and variance
are buffers, not parameters. The others compute mean and variance of what they normalize.
"""

from __future__ import annotations

from math import prod

from closedform.algebra.tree import Number
from closedform.cost.layer import Cost, Entries, Size, layer, operation


@layer(
    weights="N",
    operations="bias N H W",
    flag="bias",
    source="the source document: as many entries as output channels, one addition per output",
)
def bias(N: Size, H: Size, W: Size) -> Cost:
    """Bias: one learnable scalar per channel, one addition per output."""
    return Cost(params=N, macs=0, flops=N * H * W, activations=N * H * W)


NORMS, RMS_NORMS = ("plain_norm", "scaled_norm", "norm"), ("plain_rms_norm", "rms_norm")


def normed(
    kinds: tuple[str, ...], N: Size, learned: int, flops: Size, rows: Size, *extents: Size
) -> Entries:
    """A norm of so many rows that learns nothing, a scale of N, or a scale and a shift."""
    yield Cost(params=learned * N, macs=0, flops=flops, activations=prod(extents))
    yield operation(kinds[learned], *extents, rows=rows, weights=((N,),) * learned)


@layer(
    aliases="bn",
    flags="no_affine batch_statistics",
    ways="functional parametrized",
    flag="bn",
    meanings={"N": "channels", "r": "samples whose statistics are taken together"},
    source="Batch Normalization, arXiv:1502.03167, section 3.1, Algorithms 1 and 2",
)
def batch_norm(
    N: Size, H: Size = 1, W: Size = 1, r: Size = 1, *, no_affine: bool = False,
    batch_statistics: bool = False,
) -> Entries:  # fmt: skip
    """Batch norm at inference: a learnable scale and shift per channel, 2 operations per output.

    With no_affine nothing is learned; the running statistics are one scale and one shift all the
    same. With batch_statistics, as in training, mean and variance are those of r samples: r = B.
    """
    count = 0 if no_affine else 2
    flops = (5 + count) * N * H * W + 3 * N / r if batch_statistics else 2 * N * H * W
    yield Cost(params=count * N, macs=0, flops=flops, activations=N * H * W)
    weights, running = ((N,),) * count, ((N,), (N,))
    if batch_statistics:
        yield operation(NORMS[count], N, H, W, rows=N / r, weights=weights)
    else:
        yield operation("batch_norm", N, H, W, weights=weights, buffers=running)


@layer(
    flags="no_affine no_bias",
    ways="unbatched functional parametrized subclass",
    meanings={"N": "width of a row", "n": "rows"},
    source="Ba et al., arXiv:1607.06450, eq. (3), (4)",
)
def layer_norm(N: Size, n: Size = 1, *, no_affine: bool = False, no_bias: bool = False) -> Entries:
    """Layer norm of n rows of N: mean, variance, normalization, scale and shift.

    With no_bias there is a scale alone, with no_affine neither.
    """
    count = 0 if no_affine else 1 if no_bias else 2
    yield from normed(NORMS, N, count, n * ((5 + count) * N + 3), n, n, N)


@layer(
    flags="no_affine",
    ways="unbatched functional parametrized",
    meanings={"N": "width of a row", "n": "rows"},
    source="Zhang and Sennrich, arXiv:1910.07467, eq. (4)",
)
def rms_norm(N: Size, n: Size = 1, *, no_affine: bool = False) -> Entries:
    """RMS norm of n rows of N: division by the root mean square, and a scale.

    With no_affine there is no scale.
    """
    count = 0 if no_affine else 1
    yield from normed(RMS_NORMS, N, count, n * ((3 + count) * N + 3), n, n, N)


@layer(
    flags="no_affine",
    ways="functional parametrized",
    divides="g|N",
    meanings={"N": "channels"},
    source="Wu and He, arXiv:1803.08494, eq. (1), (6)",
)
def group_norm(N: Size, g: Size, H: Size, W: Size, *, no_affine: bool = False) -> Entries:
    """Group norm: g groups of channels, each with its own mean and variance."""
    count = 0 if no_affine else 2
    yield from normed(NORMS, N, count, (5 + count) * N * H * W + 3 * g, g, N, H, W)


@layer(
    flags="affine",
    ways="unbatched functional parametrized",
    meanings={"N": "channels"},
    source="Ulyanov et al., arXiv:1607.08022, eq. (4)",
)
def instance_norm(N: Size, H: Size, W: Size, *, affine: bool = False) -> Entries:
    """Instance norm: mean and variance of each channel; affine adds scale and shift."""
    count = 2 if affine else 0
    yield from normed(NORMS, N, count, N * ((5 + count) * H * W + 3), N, N, H, W)


def outside(q: Size) -> Size:
    """How many places of the windows of q lie beyond both ends; a symbol q is odd."""
    even = isinstance(q, Number) and q.value % 2 == 0
    return (q**2 if even else q**2 - 1) / 4


@layer(
    meanings={"N": "channels", "q": "window, odd if it is a symbol, at most 2N + 1"},
    source="Krizhevsky et al. 2012, section 3.3",
)
def local_response_norm(N: Size, q: Size, H: Size, W: Size) -> Entries:
    """Local response norm over q channels, fewer at both ends of the channels."""
    yield Cost(
        params=0,
        macs=0,
        flops=((q + 4) * N - outside(q)) * H * W,
        activations=N * H * W,
    )
    yield operation("local_response", N, H, W, over=q - outside(q) / N)
