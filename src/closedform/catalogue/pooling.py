"""Pooling.

References: LeCun et al. 1998, section II.B; Lin et al. (arXiv:1312.4400), section 3.2, for the
global average; torch/nn/modules/pooling.py.
"""

from __future__ import annotations

from collections.abc import Callable
from math import gcd

from closedform.algebra.tree import Call, Number, Series, Symbol, Tree, wrap
from closedform.catalogue.convolution import taps_of
from closedform.cost.layer import Cost, LayerType, Operation, Size, layer, operation

#: The module, the operation, and what is said of it.
MAX = (
    "max_pool",
    "maximum",
    "Max pooling over {places}: {taps} − 1 comparisons per output, no FLOPs.",
)
MEAN = (
    "avg_pool",
    "mean",
    "Average pooling over {places}: {taps} − 1 additions and a division per output.",
)


def windowed(
    name: str, extents: str, module: str, kind: str, summary: str, source: str, aliases: str = ""
) -> LayerType:
    """Pooling over windows, each of which gives one of the outputs of ``extents``."""
    window, places, taps = {
        "L": ("k", "a sequence", "k"),
        "H W": ("k_h k_w", "windows of k × k", "k²"),
        "D H W": ("k_d k_h k_w", "volumes", "k³"),
    }[extents]
    declared = layer(
        name=name,
        summary=summary.format(places=places, taps=taps),
        aliases=aliases,
        module=module,
        operations=f"{kind} N {extents} over {window}",
        ways="functional",
        inputs=f"N {' '.join(f'{side}_in' for side in extents.split())}",
        meanings={"N": "channels", "k": "window side", "L": "output length"},
        source=source,
    )

    def costs(taps: Size, outputs: Size) -> Cost:
        flops = taps * outputs if kind == "mean" else 0
        return Cost(params=0, macs=0, flops=flops, activations=outputs)

    def sequence(k: Size, N: Size, L: Size, s: Size = "k", L_in: Size = "s*L") -> Cost:
        return costs(k, N * L)

    def image(
        k: Size, N: Size, H: Size, W: Size, s: Size = "k",
        k_h: Size = "k", k_w: Size = "k", H_in: Size = "s*H", W_in: Size = "s*W",
    ) -> Cost:  # fmt: skip
        return costs(taps_of(k_h, k_w), N * H * W)

    def volume(
        k: Size, N: Size, D: Size, H: Size, W: Size, s: Size = "k",
        k_d: Size = "k", k_h: Size = "k", k_w: Size = "k",
        D_in: Size = "s*D", H_in: Size = "s*H", W_in: Size = "s*W",
    ) -> Cost:  # fmt: skip
        return costs(taps_of(k_d, k_h, k_w), N * D * H * W)

    made: dict[str, Callable[..., Cost]] = {"L": sequence, "H W": image, "D H W": volume}
    return declared(made[extents])


MODULES = "torch/nn/modules/pooling.py, class"
max_pool1d = windowed("max_pool1d", "L", *MAX, f"{MODULES} MaxPool1d")
max_pool3d = windowed("max_pool3d", "D H W", *MAX, f"{MODULES} MaxPool3d")
avg_pool1d = windowed("avg_pool1d", "L", *MEAN, f"{MODULES} AvgPool1d")
avg_pool3d = windowed("avg_pool3d", "D H W", *MEAN, f"{MODULES} AvgPool3d")
max_pool = windowed("max_pool", "H W", *MAX, f"{MODULES} MaxPool2d")
BOTH = f"LeCun et al. 1998, section II.B; {MODULES} AvgPool2d"
avg_pool = windowed("avg_pool", "H W", *MEAN, BOTH, "average_pool")


@layer(
    aliases="gap global_average_pool",
    ways="other_dims unbatched fractional area by_size functional adaptive",
    operations="mean N over H_in W_in",
    inputs="N H_in W_in",
    meanings={"N": "channels"},
    source="Lin et al., arXiv:1312.4400, section 3.2",
)
def global_avg_pool(N: Size, H_in: Size, W_in: Size) -> Cost:
    """Global average pooling: the mean of each channel."""
    return Cost(params=0, macs=0, flops=N * H_in * W_in, activations=N)


@layer(
    ways="other_dims unbatched fractional area by_size functional",
    inputs="N H_in W_in",
    meanings={"N": "channels"},
    source="torch/_decomp/decompositions.py, adaptive_avg_pool2d: bins from ⌊iR/o⌋ to ⌈(i + 1)R/o⌉",
)
def adaptive_avg_pool(N: Size, H_in: Size, W_in: Size, H: Size, W: Size) -> Operation:
    """Adaptive average pooling to H × W: bins overlap unless the output divides the input."""
    return binned("mean", N, (H_in, H), (W_in, W))


@layer(
    module="adaptive_avg_pool",
    ways="other_dims unbatched fractional area by_size functional",
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
    ways="functional other_dims unbatched",
    inputs="N H_in W_in",
    meanings={"N": "channels"},
    source="torch/nn/modules/pooling.py, class AdaptiveMaxPool2d; bins as of adaptive_avg_pool",
)
def adaptive_max_pool(N: Size, H_in: Size, W_in: Size, H: Size, W: Size) -> Operation:
    """Adaptive max pooling to H × W: bins overlap unless the output divides the input."""
    return binned("maximum", N, (H_in, H), (W_in, W))


@layer(
    module="adaptive_max_pool",
    ways="functional other_dims unbatched",
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
