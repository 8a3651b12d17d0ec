"""Blocks of convolutional networks, as sums of layers.

The flag bias goes on every convolution and linear layer, bn behind every convolution; norms, layer
scales and residual additions of a block are always there. H and W are the block's OUTPUT map: with
stride s its input map is s·H × s·W.
"""

from __future__ import annotations

from closedform.catalogue.activation import gelu, layer_scale, relu, residual_add
from closedform.catalogue.convolution import conv, depthwise_conv, pointwise_conv
from closedform.catalogue.linear import linear
from closedform.catalogue.normalization import batch_norm, layer_norm
from closedform.cost.layer import Cost, Entries, LayerSum, Size, layer


def shortcut(M: Size, N: Size, s: Size, H: Size, W: Size, *, bias: bool, bn: bool) -> LayerSum:
    """What joins the input of a residual block to its output: a projection where they differ."""
    added = residual_add(N=N, H=H, W=W).at("add")
    if keeps_shape(M, N, s):
        return added
    projection = pointwise_conv(M=M, N=N, H=H, W=W, H_in=s * H, W_in=s * W, bias=bias, bn=bn)
    return projection.at("projection", reads="input") + added


def keeps_shape(M: Size, N: Size, s: Size) -> bool:
    """Whether a block's output has the shape of its input."""
    return bool(M == N) and is_one(s)


def is_one(size: Size) -> bool:
    """Whether a size is the number 1."""
    return bool(size == 1) or getattr(size, "value", None) == 1


@layer(flags="bias bn", source="He et al., arXiv:1512.03385, section 3.3 and Table 1")
def basic_block(
    M: Size, H: Size, W: Size, N: Size = "M", s: Size = 1, *, bias: bool, bn: bool
) -> Entries:
    """Basic block of ResNet: two 3 × 3 convolutions, a projection where the shape changes."""
    projection = 0 if keeps_shape(M, N, s) else M * N
    params = 9 * M * N + 9 * N**2 + projection
    yield Cost(params=params, macs=params * H * W)
    flags = {"bias": bias, "bn": bn}
    activation = relu(N=N, H=H, W=W).at("relu")
    yield (
        conv(k=3, M=M, N=N, H=H, W=W, H_in=s * H, W_in=s * W, **flags).at("conv1", reads="input")
        + activation
        + conv(k=3, M=N, N=N, H=H, W=W, **flags).at("conv2")
        + shortcut(M, N, s, H, W, **flags)
        + activation
    )


@layer(
    flags="bias bn v1",
    divides="g|m",
    meanings={"m": "inner width"},
    source="He et al., arXiv:1512.03385, section 4.1 and Table 1; groups: Xie et al., "
    "arXiv:1611.05431; stride in the 3 × 3: torchvision, models/resnet.py, class Bottleneck",
)
def bottleneck(
    M: Size, m: Size, H: Size, W: Size, N: Size = "M", s: Size = 1, k: Size = 3, g: Size = 1, *,
    v1: bool = False, bias: bool, bn: bool,
) -> Entries:  # fmt: skip
    """Bottleneck of ResNet and ResNeXt: 1 × 1, k × k in g groups, 1 × 1; v1 strides first."""
    projection = 0 if keeps_shape(M, N, s) else M * N
    first = M * m * H * W if v1 or is_one(s) else s**2 * M * m * H * W
    rest = k**2 * m**2 / g + m * N + projection
    yield Cost(params=M * m + rest, macs=first + rest * H * W)
    flags = {"bias": bias, "bn": bn}
    read = {"H_in": s * H, "W_in": s * W}
    high, wide = (H, W) if v1 else (s * H, s * W)
    inner = {} if v1 else read
    yield (
        pointwise_conv(M=M, N=m, H=high, W=wide, **read, **flags).at("conv1", reads="input")
        + relu(N=m, H=high, W=wide).at("relu")
        + conv(k=k, M=m, N=m, g=g, H=H, W=W, **inner, **flags).at("conv2")
        + relu(N=m, H=H, W=W).at("relu")
        + pointwise_conv(M=m, N=N, H=H, W=W, **flags).at("conv3")
        + shortcut(M, N, s, H, W, **flags)
        + relu(N=N, H=H, W=W).at("relu")
    )


@layer(
    flags="bias bn",
    meanings={"s": "outputs of the squeeze layer"},
    source="Iandola et al. (SqueezeNet), arXiv:1602.07360, section 3.2",
)
def fire(
    M: Size, s: Size, e_1: Size, e_3: Size, H: Size, W: Size, *, bias: bool, bn: bool
) -> Entries:
    """Fire module: 1 × 1 to s channels, then 1 × 1 to e_1 and 3 × 3 to e_3 side by side."""
    params = s * (M + e_1 + 9 * e_3)
    yield Cost(params=params, macs=params * H * W)
    flags = {"bias": bias, "bn": bn}
    yield (
        pointwise_conv(M=M, N=s, H=H, W=W, **flags).at("squeeze")
        + relu(N=s, H=H, W=W).at("relu")
        + pointwise_conv(M=s, N=e_1, H=H, W=W, **flags).at("expand1x1")
        + relu(N=e_1, H=H, W=W).at("relu")
        + conv(k=3, M=s, N=e_3, H=H, W=W, **flags).at("expand3x3", reads="2")
        + relu(N=e_3, H=H, W=W).at("relu")
    )


@layer(
    flags="bias bn",
    meanings={"N": "growth rate"},
    source="Huang et al. (DenseNet), arXiv:1608.06993, section 3 (DenseNet-B)",
)
def dense_layer(M: Size, N: Size, H: Size, W: Size, *, bias: bool, bn: bool) -> Entries:
    """Layer of a dense block: 1 × 1 to 4N channels, 3 × 3 to N; bn stands before each."""
    params = 4 * M * N + 36 * N**2
    yield Cost(params=params, macs=params * H * W)
    first = relu(N=M, H=H, W=W).at("relu1")
    second = relu(N=4 * N, H=H, W=W).at("relu2")
    if bn:
        first = batch_norm(N=M, H=H, W=W).at("norm1") + first
        second = batch_norm(N=4 * N, H=H, W=W).at("norm2") + second
    yield (
        first
        + pointwise_conv(M=M, N=4 * N, H=H, W=W, bias=bias).at("conv1")
        + second
        + conv(k=3, M=4 * N, N=N, H=H, W=W, bias=bias).at("conv2")
    )


@layer(
    flags="bias bn deployed",
    meanings={"N": "channels"},
    source="Ding et al. (RepVGG), arXiv:2101.03697, section 3.3",
)
def repvgg_block(
    N: Size, H: Size, W: Size, *, deployed: bool = False, bias: bool, bn: bool
) -> Entries:
    """RepVGG block: 3 × 3, 1 × 1 and identity added; deployed, one 3 × 3 with a bias."""
    after = relu(N=N, H=H, W=W).at("relu")
    if deployed:
        yield Cost(params=9 * N**2 + N, macs=9 * N**2 * H * W)
        yield conv(k=3, M=N, N=N, H=H, W=W, bias=True).at("conv") + after
        return
    yield Cost(params=10 * N**2, macs=10 * N**2 * H * W)
    flags = {"bias": bias, "bn": bn}
    added = residual_add(N=N, H=H, W=W).at("add")
    identity = batch_norm(N=N, H=H, W=W).at("identity") + added if bn else added
    yield (
        conv(k=3, M=N, N=N, H=H, W=W, **flags).at("conv3x3", reads="input")
        + pointwise_conv(M=N, N=N, H=H, W=W, **flags).at("conv1x1", reads="input")
        + added
        + identity
        + after
    )


@layer(
    flags="bias bn",
    meanings={"N": "channels"},
    source="Liu et al. (ConvNeXt), arXiv:2201.03545, Figure 4",
)
def convnext_block(N: Size, H: Size, W: Size, k: Size = 7, *, bias: bool, bn: bool) -> Entries:
    """ConvNeXt block: depthwise k × k, layer norm, 1 × 1 to 4N, GELU, 1 × 1, layer scale."""
    yield Cost(params=8 * N**2 + k**2 * N + 3 * N, macs=(8 * N**2 + k**2 * N) * H * W)
    n = H * W
    yield (
        depthwise_conv(k=k, M=N, H=H, W=W, bias=bias, bn=bn).at("depthwise")
        + layer_norm(N=N, n=n).at("norm")
        + linear(M=N, N=4 * N, n=n, bias=bias).at("up")
        + gelu(N=4 * N, H=H, W=W).at("gelu")
        + linear(M=4 * N, N=N, n=n, bias=bias).at("down")
        + layer_scale(N=N, H=H, W=W).at("scale")
        + residual_add(N=N, H=H, W=W).at("add")
    )
