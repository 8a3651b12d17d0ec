"""Blocks of networks for phones: ShuffleNet, MobileNetV2, EfficientNet.

Flags, maps and strides are as in :mod:`closedform.catalogue.blocks`.
"""

from __future__ import annotations

from closedform.catalogue.activation import relu, relu6, residual_add, silu
from closedform.catalogue.blocks import is_one, keeps_shape
from closedform.catalogue.convolution import depthwise_conv, grouped_conv, pointwise_conv
from closedform.catalogue.modules import squeeze_excite
from closedform.cost.layer import Cost, Entries, LayerSum, LayerType, Size, layer


@layer(
    flags="bias bn",
    divides="g|M g|m",
    meanings={"m": "inner width"},
    source="Zhang et al. (ShuffleNet), arXiv:1707.01083, section 3.2: hw(2cm/g + 9m)",
)
def shuffle_unit(M: Size, m: Size, g: Size, H: Size, W: Size, *, bias: bool, bn: bool) -> Entries:
    """ShuffleNet unit of stride 1: grouped 1 × 1, shuffle, depthwise 3 × 3, grouped 1 × 1."""
    params = 2 * M * m / g + 9 * m
    yield Cost(params=params, macs=H * W * params)
    flags = {"bias": bias, "bn": bn}
    yield (
        grouped_conv(k=1, M=M, N=m, g=g, H=H, W=W, **flags).at("conv1")
        + relu(N=m, H=H, W=W).at("relu")
        + depthwise_conv(k=3, M=m, H=H, W=W, **flags).at("conv2")
        + grouped_conv(k=1, M=m, N=M, g=g, H=H, W=W, **flags).at("conv3")
        + residual_add(N=M, H=H, W=W).at("add")
        + relu(N=M, H=H, W=W).at("relu")
    )


@layer(
    flags="bias bn",
    divides="2|N",
    asks="M=N at s=1",
    source="Ma et al. (ShuffleNetV2), arXiv:1807.11164, Figure 3 (c) and (d)",
)
def shuffle_v2_unit(
    M: Size, N: Size, H: Size, W: Size, s: Size = 1, *, bias: bool, bn: bool
) -> Entries:
    """ShuffleNetV2 unit: at stride 1 one half of the channels passes, else both branches work."""
    b = N / 2
    if is_one(s):
        yield Cost(params=2 * b**2 + 9 * b, macs=(2 * b**2 + 9 * b) * H * W)
    else:
        yield Cost(
            params=2 * M * b + b**2 + 9 * M + 9 * b,
            macs=(9 * M + (1 + s**2) * M * b + 9 * b + b**2) * H * W,
        )
    flags, b, down = {"bias": bias, "bn": bn}, N / 2, not is_one(s)
    entering = M if down else b
    after = relu(N=b, H=H, W=W).at("relu")
    branch = (
        pointwise_conv(M=entering, N=b, H=s * H, W=s * W, **flags).at("branch2.conv1")
        + relu(N=b, H=s * H, W=s * W).at("relu")
        + depthwise_conv(k=3, M=b, H=H, W=W, **flags).at("branch2.conv2")
        + pointwise_conv(M=b, N=b, H=H, W=W, **flags).at("branch2.conv3")
        + after
    )
    if down:
        branch = (
            depthwise_conv(k=3, M=M, H=H, W=W, **flags).at("branch1.conv1")
            + pointwise_conv(M=M, N=b, H=H, W=W, **flags).at("branch1.conv2")
            + after
            + branch
        )
    yield branch


def narrowed(
    act: LayerType, M: Size, N: Size, t: Size, H: Size, W: Size, s: Size, k: Size,
    squeezed: LayerSum | None = None, *, bias: bool, bn: bool,
) -> LayerSum:  # fmt: skip
    """1 × 1 to tM channels unless t is 1, depthwise k × k, 1 × 1 to N, and what came in."""
    flags, inner = {"bias": bias, "bn": bn}, t * M
    block = depthwise_conv(k=k, M=inner, H=H, W=W, **flags).at("depthwise")
    block += act(N=inner, H=H, W=W).at(act.name)
    block = block if squeezed is None else block + squeezed
    block += pointwise_conv(M=inner, N=N, H=H, W=W, **flags).at("project")
    if not is_one(t):
        expanded = pointwise_conv(M=M, N=inner, H=s * H, W=s * W, **flags).at("expand")
        block = expanded + act(N=inner, H=s * H, W=s * W).at(act.name) + block
    return block + residual_add(N=N, H=H, W=W).at("add") if keeps_shape(M, N, s) else block


@layer(
    flags="bias bn",
    cases="t",
    source="Sandler et al. (MobileNetV2), arXiv:1801.04381, Table 1; without expansion at t = 1: "
    "torchvision, models/mobilenetv2.py",
)
def inverted_residual(
    M: Size, N: Size, t: Size, H: Size, W: Size, s: Size = 1, k: Size = 3, *, bias: bool, bn: bool
) -> Entries:
    """Inverted residual: 1 × 1 to tM channels, depthwise k × k, 1 × 1 to N; t = 1 expands not."""
    first = 0 if is_one(t) else M
    yield Cost(params=t * M * (first + k**2 + N), macs=t * M * (s**2 * first + k**2 + N) * H * W)
    yield narrowed(relu6, M, N, t, H, W, s, k, bias=bias, bn=bn)


@layer(
    flags="bias bn",
    cases="t",
    divides="r|M",
    meanings={"r": "reduction of the input channels"},
    source="Tan and Le (EfficientNet), arXiv:1905.11946, section 4; Tan et al., arXiv:1807.11626",
)
def mbconv(
    M: Size, N: Size, t: Size, r: Size, H: Size, W: Size, s: Size = 1, k: Size = 3, *, bias: bool,
    bn: bool,
) -> Entries:  # fmt: skip
    """MBConv: an inverted residual with squeeze and excitation of its tM channels to M/r."""
    first = 0 if is_one(t) else M
    yield Cost(
        params=t * M * (first + k**2 + N + 2 * M / r),
        macs=t * M * (s**2 * first + k**2 + N) * H * W + 2 * t * M**2 / r,
    )
    squeezed = squeeze_excite(N=t * M, r=t * r, H=H, W=W, bias=bias, silu=True).at("se")
    yield narrowed(silu, M, N, t, H, W, s, k, squeezed, bias=bias, bn=bn)
