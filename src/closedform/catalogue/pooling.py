"""Pooling.

References: LeCun et al. 1998, section II.B; Lin et al. (arXiv:1312.4400), section 3.2, for the
global average; torch/nn/modules/pooling.py.
"""

from __future__ import annotations

from math import gcd

from closedform.algebra.tree import Call, Number, Series, Symbol, Tree, wrap
from closedform.catalogue.convolution import taps_of
from closedform.cost.layer import Cost, Operation, Size, layer, operation

WINDOW = {"N": "channels", "k": "window side"}
LINE = {**WINDOW, "L": "output length"}


@layer(
    module="max_pool",
    operations="maximum N L over k",
    ways="functional",
    inputs="N L_in",
    meanings=LINE,
    source="torch/nn/modules/pooling.py, class MaxPool1d",
)
def max_pool1d(k: Size, N: Size, L: Size, s: Size = "k", L_in: Size = "s*L") -> Cost:
    """Max pooling over a sequence: k − 1 comparisons per output, no FLOPs."""
    return Cost(params=0, macs=0, flops=0, activations=N * L)


@layer(
    module="max_pool",
    operations="maximum N D H W over k_d k_h k_w",
    ways="functional",
    inputs="N D_in H_in W_in",
    meanings=WINDOW,
    source="torch/nn/modules/pooling.py, class MaxPool3d",
)
def max_pool3d(
    k: Size, N: Size, D: Size, H: Size, W: Size, s: Size = "k",
    k_d: Size = "k", k_h: Size = "k", k_w: Size = "k",
    D_in: Size = "s*D", H_in: Size = "s*H", W_in: Size = "s*W",
) -> Cost:  # fmt: skip
    """Max pooling over volumes: k³ − 1 comparisons per output, no FLOPs."""
    return Cost(params=0, macs=0, flops=0, activations=N * D * H * W)


@layer(
    module="avg_pool",
    operations="mean N L over k",
    ways="functional",
    inputs="N L_in",
    meanings=LINE,
    source="torch/nn/modules/pooling.py, class AvgPool1d",
)
def avg_pool1d(k: Size, N: Size, L: Size, s: Size = "k", L_in: Size = "s*L") -> Cost:
    """Average pooling over a sequence: k − 1 additions and a division per output."""
    return Cost(params=0, macs=0, flops=k * N * L, activations=N * L)


@layer(
    module="avg_pool",
    operations="mean N D H W over k_d k_h k_w",
    ways="functional",
    inputs="N D_in H_in W_in",
    meanings=WINDOW,
    source="torch/nn/modules/pooling.py, class AvgPool3d",
)
def avg_pool3d(
    k: Size, N: Size, D: Size, H: Size, W: Size, s: Size = "k",
    k_d: Size = "k", k_h: Size = "k", k_w: Size = "k",
    D_in: Size = "s*D", H_in: Size = "s*H", W_in: Size = "s*W",
) -> Cost:  # fmt: skip
    """Average pooling over volumes: k³ − 1 additions and a division per output."""
    flops = taps_of(k_d, k_h, k_w) * N * D * H * W
    return Cost(params=0, macs=0, flops=flops, activations=N * D * H * W)


@layer(
    module="max_pool",
    operations="maximum N H W over k_h k_w",
    ways="functional",
    inputs="N H_in W_in",
    meanings=WINDOW,
    source="torch/nn/modules/pooling.py, class MaxPool2d",
)
def max_pool(
    k: Size, N: Size, H: Size, W: Size, s: Size = "k",
    k_h: Size = "k", k_w: Size = "k", H_in: Size = "s*H", W_in: Size = "s*W",
) -> Cost:  # fmt: skip
    """Max pooling over windows of k × k: k² − 1 comparisons per output, no FLOPs."""
    return Cost(params=0, macs=0, flops=0, activations=N * H * W)


@layer(
    aliases="average_pool",
    module="avg_pool",
    operations="mean N H W over k_h k_w",
    ways="functional",
    inputs="N H_in W_in",
    meanings=WINDOW,
    source="LeCun et al. 1998, section II.B; torch/nn/modules/pooling.py, class AvgPool2d",
)
def avg_pool(
    k: Size, N: Size, H: Size, W: Size, s: Size = "k",
    k_h: Size = "k", k_w: Size = "k", H_in: Size = "s*H", W_in: Size = "s*W",
) -> Cost:  # fmt: skip
    """Average pooling over windows of k × k: k² − 1 additions and a division per output."""
    return Cost(params=0, macs=0, flops=taps_of(k_h, k_w) * N * H * W, activations=N * H * W)


@layer(
    aliases="gap global_average_pool",
    ways="functional adaptive other_dims",
    operations="mean N over H_in W_in",
    inputs="N H_in W_in",
    meanings={"N": "channels"},
    source="Lin et al., arXiv:1312.4400, section 3.2",
)
def global_avg_pool(N: Size, H_in: Size, W_in: Size) -> Cost:
    """Global average pooling: the mean of each channel."""
    return Cost(params=0, macs=0, flops=N * H_in * W_in, activations=N)


@layer(
    ways="functional other_dims",
    inputs="N H_in W_in",
    meanings={"N": "channels"},
    source="torch/_decomp/decompositions.py, adaptive_avg_pool2d: bins from ⌊iR/o⌋ to ⌈(i + 1)R/o⌉",
)
def adaptive_avg_pool(N: Size, H_in: Size, W_in: Size, H: Size, W: Size) -> Operation:
    """Adaptive average pooling to H × W: bins overlap unless the output divides the input."""
    return binned("mean", N, (H_in, H), (W_in, W))


@layer(
    module="adaptive_avg_pool",
    ways="functional other_dims",
    inputs="N D_in H_in W_in",
    meanings={"N": "channels"},
    source="torch/nn/modules/pooling.py, class AdaptiveAvgPool3d; bins as of adaptive_avg_pool",
)
def adaptive_avg_pool3d(
    N: Size, D_in: Size, H_in: Size, W_in: Size, D: Size, H: Size, W: Size
) -> Operation:
    """Adaptive average pooling of volumes to D × H × W: bins may overlap."""
    return binned("mean", N, (D_in, D), (H_in, H), (W_in, W))


@layer(
    ways="functional other_dims",
    inputs="N H_in W_in",
    meanings={"N": "channels"},
    source="torch/nn/modules/pooling.py, class AdaptiveMaxPool2d; bins as of adaptive_avg_pool",
)
def adaptive_max_pool(N: Size, H_in: Size, W_in: Size, H: Size, W: Size) -> Operation:
    """Adaptive max pooling to H × W: bins overlap unless the output divides the input."""
    return binned("maximum", N, (H_in, H), (W_in, W))


@layer(
    module="adaptive_max_pool",
    ways="functional other_dims",
    inputs="N D_in H_in W_in",
    meanings={"N": "channels"},
    source="torch/nn/modules/pooling.py, class AdaptiveMaxPool3d; bins as of adaptive_avg_pool",
)
def adaptive_max_pool3d(
    N: Size, D_in: Size, H_in: Size, W_in: Size, D: Size, H: Size, W: Size
) -> Operation:
    """Adaptive max pooling of volumes to D × H × W: bins may overlap."""
    return binned("maximum", N, (D_in, D), (H_in, H), (W_in, W))


def binned(kind: str, N: Size, *axes: tuple[Size, Size]) -> Operation:
    """A mean or a maximum over bins, on each axis so many places into so many bins."""
    over = tuple(bins(side, into) / into for side, into in axes)
    return operation(kind, N, *(into for _, into in axes), over=over)


def bins(side: Size, into: Size) -> Tree:
    """The lengths of all bins together: R + o − gcd(R, o) for o bins over R places."""
    one, other = wrap(side), wrap(into)
    if isinstance(one, Number) and isinstance(other, Number):
        return Number(int(one.value + other.value - gcd(int(one.value), int(other.value))))
    i = Symbol("i")
    last, first = Call("ceil", ((i + 1) * one / other,)), Call("floor", (i * one / other,))
    return Series("i", Number(0), other - 1, last - first)
