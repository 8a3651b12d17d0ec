"""Small modules that go with convolutions.

References: Hu et al. (arXiv:1709.01507), Wang et al. (arXiv:1910.03151), Han et al.
(arXiv:1911.11907).
"""

from __future__ import annotations

from closedform.catalogue.activation import relu, sigmoid
from closedform.catalogue.activation import silu as smooth
from closedform.catalogue.convolution import conv, conv1d, depthwise_conv
from closedform.catalogue.linear import linear
from closedform.catalogue.pooling import global_avg_pool
from closedform.cost.layer import Cost, Entries, LayerSum, Size, layer, operation, step


def rescaled(N: Size, H: Size, W: Size, reads: str = "input") -> LayerSum:
    """Each channel of a map multiplied by a factor that was worked out of it."""
    return step("rescale", operation("rescale", N, H, W)).at("scale", reads=reads)


@layer(
    aliases="se",
    flags="bias silu",
    divides="r|N",
    meanings={"N": "channels", "r": "reduction ratio"},
    source="Hu et al., arXiv:1709.01507, section 3, eq. (2) to (4); section 4, eq. (5); SiLU: "
    "EfficientNet's code, efficientnet_model.py; torchvision, models/efficientnet.py, class MBConv",
)
def squeeze_excite(
    N: Size, r: Size, H: Size, W: Size, *, bias: bool = False, silu: bool
) -> Entries:
    """Squeeze and excitation: mean of each channel, two linear layers, a factor a channel.

    Between the two is ReLU, or SiLU as in EfficientNet.
    """
    b = 1 if bias else 0
    yield Cost(params=2 * N**2 / r + b * (N / r + N), macs=2 * N**2 / r, activations=None)
    yield (
        global_avg_pool(N=N, H_in=H, W_in=W).at("squeeze")
        + linear(M=N, N=N / r, bias=bias).at("reduce")
        + (smooth(N=N / r).at("silu") if silu else relu(N=N / r).at("relu"))
        + linear(M=N / r, N=N, bias=bias).at("expand")
        + sigmoid(N=N).at("sigmoid")
        + rescaled(N, H, W)
    )


@layer(
    meanings={"N": "channels", "k": "taps"},
    source="Wang et al., arXiv:1910.03151, section 3.2",
)
def eca(N: Size, k: Size, H: Size, W: Size) -> Entries:
    """Efficient channel attention: k taps over the means of neighbouring channels."""
    yield Cost(params=k, macs=k * N)
    yield (
        global_avg_pool(N=N, H_in=H, W_in=W).at("squeeze")
        + conv1d(k=k, M=1, N=1, L=N).at("conv")
        + sigmoid(N=N).at("sigmoid")
        + rescaled(N, H, W)
    )


@layer(
    flags="bn",
    divides="s|N",
    meanings={"s": "all over intrinsic channels, at least 2", "d": "side of cheap kernels"},
    least="s=2",
    source="Han et al., arXiv:1911.11907, section 3.2, eq. (4)",
)
def ghost_conv(
    k: Size, M: Size, N: Size, s: Size, d: Size, H: Size, W: Size, *, bn: bool
) -> Entries:
    """Ghost module: N/s channels by convolution, the others from them by cheap kernels."""
    params = k**2 * M * N / s + d**2 * (N - N / s)
    yield Cost(params=params, macs=params * H * W)
    yield conv(k=k, M=M, N=N / s, H=H, W=W, bn=bn).at("primary") + depthwise_conv(
        k=d, M=N / s, m=s - 1, H=H, W=W, bn=bn
    ).at("cheap")
