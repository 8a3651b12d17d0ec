"""Blocks: layers made of layers. A block is the sum of its parts."""

from __future__ import annotations

from closedform.algebra.tree import Tree
from closedform.catalogue.convolution import depthwise_conv, pointwise_conv
from closedform.cost.registry import layer
from closedform.cost.sums import LayerSum


@layer(
    aliases=("depthwise_separable", "separable"),
    flags=("bias", "bn"),
    source="MobileNets, arXiv:1704.04861, section 3.1, eq. (5)",
)
def depthwise_separable_conv(
    k: Tree, M: Tree, N: Tree, H: Tree, W: Tree, *, bias: bool = False, bn: bool = False
) -> LayerSum:
    """Depthwise separable convolution: depthwise, then pointwise; flags apply to both."""
    return depthwise_conv(k=k, M=M, H=H, W=W, bias=bias, bn=bn) + pointwise_conv(
        M=M, N=N, H=H, W=W, bias=bias, bn=bn
    )
