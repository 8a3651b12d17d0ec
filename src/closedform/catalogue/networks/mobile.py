"""MobileNets: versions 1 to 3.

References: Howard et al. (arXiv:1704.04861), Table 1; Sandler et al. (arXiv:1801.04381), Table 2;
Howard et al. (arXiv:1905.02244), Tables 1 and 2. Channels are α·c, as papers write; the flag
divisible rounds them as the code does: to the nearest multiple of 8, at least 8, not below 0.9·αc.
"""

from __future__ import annotations

from closedform.algebra.tree import ONE, Call, wrap
from closedform.catalogue.activation import hard_swish, relu, relu6
from closedform.catalogue.networks.flow import Flow
from closedform.catalogue.networks.widths import inverted, rounded, scaled
from closedform.cost.formula import worked_out
from closedform.cost.layer import LayerSum, LayerType, Size, floor, layer

# (output channels, stride) of each depthwise separable block: Table 1. The second-last depthwise
# row prints stride 2; its output stays 7 × 7, so its stride is 1.
_MOBILENET_V1 = (
    (64, 1),
    (128, 2),
    (128, 1),
    (256, 2),
    (256, 1),
    (512, 2),
    *[(512, 1)] * 5,
    (1024, 2),
    (1024, 1),
)


@layer(flags="divisible", source="MobileNets, arXiv:1704.04861, Table 1")
def mobilenet_v1(R: Size = 224, K: Size = 1000, alpha: Size = 1, *, divisible: bool) -> LayerSum:
    """MobileNet: depthwise separable convolutions with batch norm."""
    x = Flow(3, R).conv(scaled(32, alpha, divisible), 3, 2, bn=True, act=relu)
    for number, (channels, s) in enumerate(_MOBILENET_V1):
        y = x.within(f"block{number + 1}").depthwise(3, s, bn=True, act=relu)
        x.goto(y.conv(scaled(channels, alpha, divisible), bn=True, act=relu, at="pointwise"))
    return x.mean().linear(K).layers


# (expansion t, output channels c, repeats n, stride s) of the inverted residuals: Table 2
_MOBILENET_V2 = (
    (1, 16, 1, 1),
    (6, 24, 2, 2),
    (6, 32, 3, 2),
    (6, 64, 4, 2),
    (6, 96, 3, 1),
    (6, 160, 3, 2),
    (6, 320, 1, 1),
)


@layer(
    flags="divisible",
    source="Sandler et al., MobileNetV2, arXiv:1801.04381, Table 2; "
    "torchvision, models/mobilenetv2.py",
)
def mobilenet_v2(R: Size = 224, K: Size = 1000, alpha: Size = 1, *, divisible: bool) -> LayerSum:
    """MobileNetV2: inverted residuals with batch norm."""
    x = Flow(3, R).conv(scaled(32, alpha, divisible), 3, 2, bn=True, act=relu6)
    number = 0
    for t, channels, repeats, stride in _MOBILENET_V2:
        for repeat in range(repeats):
            y, N = x.within(f"block{number}"), scaled(channels, alpha, divisible)
            x.goto(inverted(y, t * wrap(x.channels), N, 3, 1 if repeat else stride, relu6))
            number += 1
    # The last convolution does not become narrower.
    wide = worked_out(Call("max", (ONE, wrap(alpha))))
    x.conv(scaled(1280, wide, divisible), bn=True, act=relu6, at="last").mean(called="adaptive")
    return x.linear(K).layers


# (kernel, expanded channels, output channels, squeeze and excitation, hard swish, stride)
_LARGE = (
    (3, 16, 16, 0, 0, 1),
    (3, 64, 24, 0, 0, 2),
    (3, 72, 24, 0, 0, 1),
    (5, 72, 40, 1, 0, 2),
    (5, 120, 40, 1, 0, 1),
    (5, 120, 40, 1, 0, 1),
    (3, 240, 80, 0, 1, 2),
    (3, 200, 80, 0, 1, 1),
    (3, 184, 80, 0, 1, 1),
    (3, 184, 80, 0, 1, 1),
    (3, 480, 112, 1, 1, 1),
    (3, 672, 112, 1, 1, 1),
    (5, 672, 160, 1, 1, 2),
    (5, 960, 160, 1, 1, 1),
    (5, 960, 160, 1, 1, 1),
)
_SMALL = (
    (3, 16, 16, 1, 0, 2),
    (3, 72, 24, 0, 0, 2),
    (3, 88, 24, 0, 0, 1),
    (5, 96, 40, 1, 1, 2),
    (5, 240, 40, 1, 1, 1),
    (5, 240, 40, 1, 1, 1),
    (5, 120, 48, 1, 1, 1),
    (5, 144, 48, 1, 1, 1),
    (5, 288, 96, 1, 1, 2),
    (5, 576, 96, 1, 1, 1),
    (5, 576, 96, 1, 1, 1),
)


def mobilenet_v3(
    name: str, rows: tuple[tuple[int, ...], ...], hidden: int, which: str
) -> LayerType:
    """A MobileNetV3; squeeze and excitation has biases, its hidden width is rounded."""

    @layer(
        name=name,
        summary="MobileNetV3: inverted residuals, some with squeeze and excitation.",
        source=f"Howard et al., arXiv:1905.02244, Table {which}; "
        "torchvision, models/mobilenetv3.py",
        flags="divisible",
    )
    def made(R: Size = 224, K: Size = 1000, alpha: Size = 1, *, divisible: bool) -> LayerSum:
        x = Flow(3, R).conv(scaled(16, alpha, divisible), 3, 2, bn=True, act=hard_swish)
        for number, (k, expanded, channels, se, swish, s) in enumerate(rows):
            inner = scaled(expanded, alpha, divisible)
            squeezed = rounded(floor(inner / 4)) if se else None
            N, act = scaled(channels, alpha, divisible), hard_swish if swish else relu
            y = x.within(f"block{number + 1}")
            x.goto(inverted(y, inner, N, k, s, act, squeezed))
        x.conv(6 * wrap(x.channels), bn=True, act=hard_swish, at="last").mean()
        wide = scaled(hidden, alpha, divisible)
        return x.linear(wide, at="classifier.0", act=hard_swish).linear(K, at="classifier.3").layers

    return made


mobilenet_v3_large = mobilenet_v3("mobilenet_v3_large", _LARGE, 1280, "1")
mobilenet_v3_small = mobilenet_v3("mobilenet_v3_small", _SMALL, 1024, "2")
