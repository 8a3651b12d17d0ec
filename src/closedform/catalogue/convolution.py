"""Convolutions.

References: He et al., Deep Residual Learning (arXiv:1512.03385) for the standard layer; Xie et al.,
ResNeXt (arXiv:1611.05431), section 3.3, for groups; Howard et al., MobileNets (arXiv:1704.04861),
equations (2) to (4), for standard, depthwise and pointwise costs.
"""

from __future__ import annotations

from closedform.algebra.tree import Tree
from closedform.cost.record import Cost
from closedform.cost.registry import layer

GROUPS = (("g", "M"), ("g", "N"))


@layer(
    aliases=("standard",),
    weights="N M/g k k",
    loops="N M/g k k H W",
    flags=("bias", "bn"),
    divides=GROUPS,
    source="MobileNets, arXiv:1704.04861, eq. (2); FLOPs: the source document, standard layer",
)
def conv(k: Tree, M: Tree, N: Tree, H: Tree, W: Tree, g: Tree | int = 1) -> Cost:
    """Standard convolution: every output channel sees every input channel."""
    return Cost(
        params=k**2 * M * N / g,
        macs=k**2 * M * N * H * W / g,
        flops=(2 * k**2 * M / g - 1) * N * H * W,
        activations=N * H * W,
    )


@layer(
    aliases=("grouped",),
    weights="N M/g k k",
    loops="N M/g k k H W",
    flags=("bias", "bn"),
    divides=GROUPS,
    source="ResNeXt, arXiv:1611.05431, section 3.3; ShuffleNet, arXiv:1707.01083, section 3.2",
)
def grouped_conv(k: Tree, M: Tree, N: Tree, g: Tree, H: Tree, W: Tree) -> Cost:
    """Convolution in g groups: each output channel sees M/g input channels."""
    return Cost(
        params=k**2 * M * N / g,
        macs=k**2 * M * N * H * W / g,
        flops=(2 * k**2 * M / g - 1) * N * H * W,
        activations=N * H * W,
    )


@layer(
    aliases=("depthwise", "dw"),
    weights="M k k",
    loops="M k k H W",
    flags=("bias", "bn"),
    source="MobileNets, arXiv:1704.04861, eq. (4)",
)
def depthwise_conv(k: Tree, M: Tree, H: Tree, W: Tree) -> Cost:
    """Depthwise convolution: one filter per channel, g = M and N = M."""
    return Cost(
        params=k**2 * M,
        macs=k**2 * M * H * W,
        flops=(2 * k**2 - 1) * M * H * W,
        activations=M * H * W,
    )


@layer(
    aliases=("pointwise", "pw"),
    weights="N M",
    loops="N M H W",
    flags=("bias", "bn"),
    source="MobileNets, arXiv:1704.04861, eq. (5), second term",
)
def pointwise_conv(M: Tree, N: Tree, H: Tree, W: Tree) -> Cost:
    """Pointwise convolution: k = 1, every output channel mixes the input channels."""
    return Cost(
        params=M * N,
        macs=M * N * H * W,
        flops=(2 * M - 1) * N * H * W,
        activations=N * H * W,
    )
