"""Networks that give a map of classes: U-Net.

Reference: Ronneberger et al. (arXiv:1505.04597), section 2 and Figure 1.
"""

from __future__ import annotations

from closedform.catalogue.activation import relu
from closedform.catalogue.networks.flow import Flow
from closedform.catalogue.transposed_convolution import transposed_conv
from closedform.cost.layer import LayerSum, Size, layer

#: Channels of the contracting path, at each side that is half of the one before.
CONTRACTING = (64, 128, 256, 512, 1024)


@layer(flags="padded bn", source="Ronneberger et al., arXiv:1505.04597, section 2 and Figure 1")
def unet(R: Size = 572, K: Size = 2, M: Size = 1, *, padded: bool, bn: bool) -> LayerSum:
    """U-Net: unpadded convolutions and cropped paths; padded keeps the sides, for 16 | R."""
    x, paths = Flow(M, R), []
    for number, channels in enumerate(CONTRACTING):
        if number:
            paths.append(x.branch())
            x.pool(2, 2)
        _twice(x.within(f"down{number + 1}"), x, channels, padded=padded, bn=bn)
    for number, path in enumerate(reversed(paths)):
        at = f"up{number + 1}"
        x.put(
            transposed_conv(k=2, s=2, M=x.channels, N=path.channels, H_in=x.H, W_in=x.W, bias=True),
            f"{at}.up",
        )
        # What the unpadded convolutions lost is cropped off the path beside, which costs nothing.
        x.channels, x.H, x.W = 2 * path.channels, 2 * x.H, 2 * x.W
        _twice(x.within(at), x, path.channels, padded=padded, bn=bn)
    return x.conv(K, 1, bias=True, at="head").layers


def _twice(inner: Flow, x: Flow, channels: int, *, padded: bool, bn: bool) -> None:
    """Two 3 × 3 convolutions; with batch norms they need no biases."""
    for at in ("conv1", "conv2"):
        inner.conv(channels, 3, p=1 if padded else 0, bias=not bn, bn=bn, at=at, act=relu)
    x.goto(inner)
