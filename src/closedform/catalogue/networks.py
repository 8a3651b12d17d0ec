"""Whole networks as sums of layers, at their published sizes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from closedform.catalogue.blocks import depthwise_separable_conv
from closedform.catalogue.convolution import conv
from closedform.catalogue.linear import linear
from closedform.cost.sums import LayerSum
from closedform.errors import UnknownName

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


@dataclass(frozen=True)
class Network:
    """A named network; calling it gives its sum of layers."""

    name: str
    summary: str
    source: str
    build: Callable[[], LayerSum]

    def __call__(self) -> LayerSum:
        return self.build()


def _mobilenet_v1() -> LayerSum:
    total = conv(k=3, M=3, N=32, H=112, W=112, bn=True)
    for channels, outputs, side in _MOBILENET_V1:
        total = total + depthwise_separable_conv(
            k=3, M=channels, N=outputs, H=side, W=side, bn=True
        )
    return total + linear(M=1024, N=1000, bias=True)


NETWORKS: dict[str, Network] = {
    network.name: network
    for network in (
        Network(
            "mobilenet_v1",
            "MobileNet at width 1.0 and 224 x 224 input, with batch norm; pooling and softmax left out",
            "MobileNets, arXiv:1704.04861, Table 1",
            _mobilenet_v1,
        ),
    )
}


def network(name: str) -> Network:
    """The network called ``name``.

    Raises:
        UnknownName: with the nearest known name.
    """
    found = NETWORKS.get(name.strip().lower().replace("-", "_"))
    if found is None:
        raise UnknownName("network", name, NETWORKS)
    return found
