"""Networks that give a map of classes: U-Net.

Reference: Ronneberger et al. (arXiv:1505.04597), section 2 and Figure 1.
"""

from __future__ import annotations

from closedform.catalogue.activation import relu
from closedform.catalogue.networks.flow import Flow
from closedform.catalogue.networks.presets import preset
from closedform.cost.layer import LayerSum, Size, layer

#: Channels of the contracting path, at each side that is half of the one before.
CONTRACTING = (64, 128, 256, 512, 1024)


@layer(flags="padded bn", source="Ronneberger et al., arXiv:1505.04597, section 2 and Figure 1")
def unet(R: Size = 572, K: Size = 2, M: Size = 1, *, padded: bool, bn: bool) -> LayerSum:
    """U-Net: unpadded convolutions and cropped paths; padded keeps the sides, for 16 | R."""
    x, paths = Flow(M, R), list[Flow]()
    for number, channels in enumerate(CONTRACTING):
        y = x.within(f"down{number + 1}")
        if number:
            paths.append(x.branch())
            y.pool(2, 2)
        x.goto(_twice(y, channels, padded=padded, bn=bn))
    for number, path in enumerate(reversed(paths)):
        y = x.within(f"up{number + 1}").doubled(path.channels, at="up")
        y.beside(path if padded else _cropped(path, y))
        x.goto(_twice(y, path.channels, padded=padded, bn=bn))
    return x.conv(K, 1, bias=True, at="head").layers


# 572 of the paper is for unpadded convolutions: padded ones join maps at multiples of 16 alone.
preset(unet, "unet_padded", unet.source, "R=576 padded")


def _cropped(path: Flow, to: Flow) -> Flow:
    """A path without the border that the unpadded convolutions lost, which costs nothing."""
    path.H, path.W = to.H, to.W
    return path


def _twice(x: Flow, channels: int, *, padded: bool, bn: bool) -> Flow:
    """Two 3 × 3 convolutions; with batch norms they need no biases."""
    for at in ("conv1", "conv2"):
        x.conv(channels, 3, p=1 if padded else 0, bias=not bn, bn=bn, at=at, act=relu)
    return x
