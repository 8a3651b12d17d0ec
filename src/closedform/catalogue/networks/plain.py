"""Networks without shortcuts: AlexNet, VGG, SqueezeNet.

References: Krizhevsky, One weird trick (arXiv:1404.5997); Simonyan and Zisserman, VGG
(arXiv:1409.1556), Table 1; Iandola et al., SqueezeNet (arXiv:1602.07360), Table 1.
"""

from __future__ import annotations

from closedform.catalogue.convolution import conv
from closedform.catalogue.linear import linear
from closedform.catalogue.networks.stacking import stacked
from closedform.cost.layer import LayerSum, layer

# (kernel, input channels, output channels, output side)
_ALEXNET = (
    (11, 3, 64, 55),
    (5, 64, 192, 27),
    (3, 192, 384, 13),
    (3, 384, 256, 13),
    (3, 256, 256, 13),
)

# (input channels, output channels, output side), all 3 x 3: column D of Table 1
_VGG16 = (
    (3, 64, 224),
    (64, 64, 224),
    (64, 128, 112),
    (128, 128, 112),
    (128, 256, 56),
    (256, 256, 56),
    (256, 256, 56),
    (256, 512, 28),
    (512, 512, 28),
    (512, 512, 28),
    *[(512, 512, 14)] * 3,
)

# (input channels, squeeze, each expand, side) of the fire modules
_FIRES = (
    (96, 16, 64, 54),
    (128, 16, 64, 54),
    (128, 32, 128, 54),
    (256, 32, 128, 27),
    (256, 48, 192, 27),
    (384, 48, 192, 27),
    (384, 64, 256, 27),
    (512, 64, 256, 13),
)


@layer(source="Krizhevsky, One weird trick, arXiv:1404.5997 (one tower; as in torchvision)")
def alexnet() -> None:
    """AlexNet with one tower, 224 x 224 input; biases, no batch norm; pooling left out."""


@alexnet.made_of
def _() -> LayerSum:
    features = [_conv(k, m, n, side) for k, m, n, side in _ALEXNET]
    return stacked([*features, *_classifier(6 * 6 * 256)])


@layer(source="Simonyan and Zisserman, VGG, arXiv:1409.1556, Table 1, column D")
def vgg16() -> None:
    """VGG-16, 224 x 224 input; biases, no batch norm; pooling left out."""


@vgg16.made_of
def _() -> LayerSum:
    features = [_conv(3, m, n, side) for m, n, side in _VGG16]
    return stacked([*features, *_classifier(7 * 7 * 512)])


@layer(source="Iandola et al., SqueezeNet, arXiv:1602.07360, Table 1")
def squeezenet1_0() -> None:
    """SqueezeNet 1.0, 224 x 224 input; biases, no batch norm; pooling left out."""


@squeezenet1_0.made_of
def _() -> LayerSum:
    fires = [
        _conv(1, m, squeeze, side) + _conv(1, squeeze, n, side) + _conv(3, squeeze, n, side)
        for m, squeeze, n, side in _FIRES
    ]
    return stacked([_conv(7, 3, 96, 109), *fires, _conv(1, 512, 1000, 13)])


def _conv(k: int, channels: int, outputs: int, side: int) -> LayerSum:
    return conv(k=k, M=channels, N=outputs, H=side, W=side, bias=True)


def _classifier(inputs: int) -> list[LayerSum]:
    sizes = ((inputs, 4096), (4096, 4096), (4096, 1000))
    return [linear(M=m, N=n, bias=True) for m, n in sizes]
