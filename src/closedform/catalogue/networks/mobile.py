"""Networks for phones: MobileNet, MobileNetV2, ShuffleNetV2.

References: Howard et al., MobileNets (arXiv:1704.04861), Table 1; Sandler et al., MobileNetV2
(arXiv:1801.04381), Table 2; Ma et al., ShuffleNetV2 (arXiv:1807.11164), Table 5 and Figure 3.
"""

from __future__ import annotations

from closedform.catalogue.convolution import (
    conv,
    depthwise_conv,
    depthwise_separable_conv,
    pointwise_conv,
)
from closedform.catalogue.linear import linear
from closedform.catalogue.networks.stacking import stacked
from closedform.cost.layer import LayerSum, layer

# (input channels, output channels, output side) of each depthwise separable block: Table 1. The
# second-last depthwise row prints stride 2; its output stays 7 x 7, so its stride is 1.
_MOBILENET_V1 = (
    (32, 64, 112),
    (64, 128, 56),
    (128, 128, 56),
    (128, 256, 28),
    (256, 256, 28),
    (256, 512, 14),
    *[(512, 512, 14)] * 5,
    (512, 1024, 7),
    (1024, 1024, 7),
)

# (expansion t, output channels c, repeats n, output side) of the inverted residuals: Table 2
_MOBILENET_V2 = (
    (1, 16, 1, 112),
    (6, 24, 2, 56),
    (6, 32, 3, 28),
    (6, 64, 4, 14),
    (6, 96, 3, 14),
    (6, 160, 3, 7),
    (6, 320, 1, 7),
)

# (output channels, repeats, output side) of stages 2 to 4: Table 5, column 1x
_SHUFFLENET_V2 = ((116, 4, 28), (232, 8, 14), (464, 4, 7))


@layer(source="MobileNets, arXiv:1704.04861, Table 1")
def mobilenet_v1() -> None:
    """MobileNet at width 1.0, 224 x 224 input; batch norm; pooling and softmax left out."""


@mobilenet_v1.made_of
def _() -> LayerSum:
    blocks = [
        depthwise_separable_conv(k=3, M=m, N=n, H=side, W=side, bn=True)
        for m, n, side in _MOBILENET_V1
    ]
    return stacked([_conv(3, 3, 32, 112), *blocks, linear(M=1024, N=1000, bias=True)])


@layer(source="Sandler et al., MobileNetV2, arXiv:1801.04381, Table 2")
def mobilenet_v2() -> None:
    """MobileNetV2 at width 1.0, 224 x 224 input; batch norm; pooling left out."""


@mobilenet_v2.made_of
def _() -> LayerSum:
    layers, channels, before = [_conv(3, 3, 32, 112)], 32, 112
    for expansion, outputs, repeats, side in _MOBILENET_V2:
        for _ in range(repeats):
            inner = expansion * channels
            if expansion > 1:
                layers.append(_pointwise(channels, inner, before))
            layers += [_depthwise(inner, side), _pointwise(inner, outputs, side)]
            channels, before = outputs, side
    return stacked([*layers, _pointwise(320, 1280, 7), linear(M=1280, N=1000, bias=True)])


@layer(source="Ma et al., ShuffleNetV2, arXiv:1807.11164, Table 5 (1x) and Figure 3 (c), (d)")
def shufflenet_v2_x1_0() -> None:
    """ShuffleNetV2 at width 1.0, 224 x 224 input; batch norm; pooling and shuffles left out."""


@shufflenet_v2_x1_0.made_of
def _() -> LayerSum:
    layers, channels, before = [_conv(3, 3, 24, 112)], 24, 56
    for outputs, repeats, side in _SHUFFLENET_V2:
        half = outputs // 2
        # The first unit halves the map and has convolutions on both branches.
        layers += [_depthwise(channels, side), _pointwise(channels, half, side)]
        layers.append(_branch(channels, half, before, side))
        layers += [_branch(half, half, side, side)] * (repeats - 1)
        channels, before = outputs, side
    return stacked([*layers, _pointwise(464, 1024, 7), linear(M=1024, N=1000, bias=True)])


def _branch(channels: int, half: int, before: int, side: int) -> LayerSum:
    return (
        _pointwise(channels, half, before) + _depthwise(half, side) + _pointwise(half, half, side)
    )


def _conv(k: int, channels: int, outputs: int, side: int) -> LayerSum:
    return conv(k=k, M=channels, N=outputs, H=side, W=side, bn=True)


def _depthwise(channels: int, side: int) -> LayerSum:
    return depthwise_conv(k=3, M=channels, H=side, W=side, bn=True)


def _pointwise(channels: int, outputs: int, side: int) -> LayerSum:
    return pointwise_conv(M=channels, N=outputs, H=side, W=side, bn=True)
