"""Networks with shortcuts: ResNet, ResNeXt, DenseNet.

References: He et al., ResNet (arXiv:1512.03385), Table 1; Xie et al., ResNeXt (arXiv:1611.05431),
Table 1; Huang et al., DenseNet (arXiv:1608.06993), Table 1. The bottlenecks halve the map in their
3 x 3 convolution, as torchvision does ("v1.5"); the ResNet paper does it in the first 1 x 1, which
takes 3.86 instead of 4.09 billion MACs.
"""

from __future__ import annotations

from closedform.catalogue.convolution import conv
from closedform.catalogue.linear import linear
from closedform.catalogue.networks.stacking import stacked
from closedform.catalogue.normalization import batch_norm
from closedform.cost.layer import LayerSum, layer

_WIDTHS = (64, 128, 256, 512)
_SIDES = (56, 28, 14, 7)


@layer(source="He et al., ResNet, arXiv:1512.03385, Table 1")
def resnet18() -> None:
    """ResNet-18 with projection shortcuts, 224 x 224 input; batch norm; pooling left out."""


@resnet18.made_of
def _() -> LayerSum:
    layers, channels = [_stem()], 64
    for width, side in zip(_WIDTHS, _SIDES, strict=True):
        for _ in range(2):
            layers += [_conv(3, channels, width, side), _conv(3, width, width, side)]
            if channels != width:
                layers.append(_conv(1, channels, width, side))
            channels = width
    return stacked([*layers, linear(M=channels, N=1000, bias=True)])


@layer(source="He et al., ResNet, arXiv:1512.03385, Table 1; stride in the 3 x 3 (torchvision)")
def resnet50() -> None:
    """ResNet-50 (v1.5), 224 x 224 input; batch norm; pooling left out."""


@resnet50.made_of
def _() -> LayerSum:
    return _bottlenecks((3, 4, 6, 3), width=64, groups=1)


@layer(source="Xie et al., ResNeXt, arXiv:1611.05431, Table 1")
def resnext50_32x4d() -> None:
    """ResNeXt-50 (32 groups of 4 channels), 224 x 224 input; batch norm; pooling left out."""


@resnext50_32x4d.made_of
def _() -> LayerSum:
    return _bottlenecks((3, 4, 6, 3), width=128, groups=32)


@layer(source="Huang et al., DenseNet, arXiv:1608.06993, Table 1 (growth rate 32)")
def densenet121() -> None:
    """DenseNet-121, 224 x 224 input; batch norm before each convolution; pooling left out."""


@densenet121.made_of
def _() -> LayerSum:
    layers, channels = [_stem()], 64
    for repeats, side in zip((6, 12, 24, 16), _SIDES, strict=True):
        for _ in range(repeats):
            layers += [_pre_activated(1, channels, 128, side), _pre_activated(3, 128, 32, side)]
            channels += 32
        if side > _SIDES[-1]:
            layers.append(_pre_activated(1, channels, channels // 2, side))
            channels //= 2
    last = batch_norm(N=channels, H=_SIDES[-1], W=_SIDES[-1])
    return stacked([*layers, last, linear(M=channels, N=1000, bias=True)])


def _bottlenecks(repeats: tuple[int, ...], *, width: int, groups: int) -> LayerSum:
    layers, channels, before = [_stem()], 64, 56
    for stage, (times, side) in enumerate(zip(repeats, _SIDES, strict=True)):
        inner, outer = width * 2**stage, 256 * 2**stage
        for block in range(times):
            layers += [
                _conv(1, channels, inner, before),
                _conv(3, inner, inner, side, groups),
                _conv(1, inner, outer, side),
            ]
            if block == 0:
                layers.append(_conv(1, channels, outer, side))
            channels, before = outer, side
    return stacked([*layers, linear(M=channels, N=1000, bias=True)])


def _stem() -> LayerSum:
    return _conv(7, 3, 64, 112)


def _conv(k: int, channels: int, outputs: int, side: int, groups: int = 1) -> LayerSum:
    return conv(k=k, M=channels, N=outputs, g=groups, H=side, W=side, bn=True)


def _pre_activated(k: int, channels: int, outputs: int, side: int) -> LayerSum:
    normalized = batch_norm(N=channels, H=side, W=side)
    return normalized + conv(k=k, M=channels, N=outputs, H=side, W=side)
