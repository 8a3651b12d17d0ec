"""Convolutions.

References: He et al., Deep Residual Learning (arXiv:1512.03385) for the standard layer; Xie et al.,
ResNeXt (arXiv:1611.05431), section 3.3, for groups; Howard et al., MobileNets (arXiv:1704.04861),
equations (2) to (5), for standard, depthwise and pointwise costs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import prod
from typing import Any

from closedform.cost.layer import Cost, Entries, LayerType, Size, layer, operation


def taps_of(*sides: Size) -> Size:
    """The elements of a kernel: k² or k³ where its sides are one."""
    return sides[0] ** len(sides) if {*sides} == {sides[0]} else prod(sides)


def convolved(taps: Size, M: Size, N: Size, g: Size, *sides: Size) -> Cost:
    """N outputs at each place of a map with these sides, each a sum over taps of M/g channels."""
    outputs = prod(sides, start=N)
    return Cost(
        params=taps * M * N / g,
        macs=taps * M * outputs / g,
        flops=(2 * taps * M / g - 1) * outputs,
        activations=outputs,
    )


def sliding(
    weights: str, operations: str, inputs: str, source: str, *, aliases: str = "",
    module: str = "conv", divides: str = "g|M g|N", ways: str = "whole same ",
    meanings: dict[str, str] | None = None, cases: str = "",
    summed: Callable[[Mapping[str, Any]], Any] | None = None,
) -> Callable[[Callable[..., Any]], LayerType]:  # fmt: skip
    """A module of PyTorch whose kernel slides over what it is given."""
    return layer(
        weights=weights, operations=operations, inputs=inputs, source=source, aliases=aliases,
        module=module, divides=divides, flags="bias bn", meanings=meanings,
        ways=f"unbatched padded_further {ways}functional parametrized", cases=cases, summed=summed,
    )  # fmt: skip


@sliding(
    aliases="standard",
    weights="N M/g k_h k_w",
    operations="contract N H W over M/g k_h k_w",
    inputs="M H_in W_in",
    source="MobileNets, arXiv:1704.04861, eq. (2); FLOPs: the source document, standard layer",
)
def conv(
    k: Size, M: Size, N: Size, H: Size, W: Size, g: Size = 1,
    k_h: Size = "k", k_w: Size = "k", H_in: Size = "H", W_in: Size = "W",
) -> Cost:  # fmt: skip
    """Standard convolution: every output channel sees every input channel."""
    return convolved(taps_of(k_h, k_w), M, N, g, H, W)


@sliding(
    aliases="grouped",
    weights="N M/g k_h k_w",
    operations="contract N H W over M/g k_h k_w",
    inputs="M H_in W_in",
    source="ResNeXt, arXiv:1611.05431, section 3.3; ShuffleNet, arXiv:1707.01083, section 3.2",
)
def grouped_conv(
    k: Size, M: Size, N: Size, g: Size, H: Size, W: Size,
    k_h: Size = "k", k_w: Size = "k", H_in: Size = "H", W_in: Size = "W",
) -> Cost:  # fmt: skip
    """Convolution in g groups: each output channel sees M/g input channels."""
    return convolved(taps_of(k_h, k_w), M, N, g, H, W)


@sliding(
    aliases="depthwise dw",
    weights="M*m k_h k_w",
    operations="contract M*m H W over k_h k_w",
    inputs="M H_in W_in",
    meanings={"M": "channels", "m": "channel multiplier"},
    source="MobileNets, arXiv:1704.04861, eq. (4); multiplier: Chollet, arXiv:1610.02357, section "
    "3",
    divides="",
)
def depthwise_conv(
    k: Size, M: Size, H: Size, W: Size, m: Size = 1,
    k_h: Size = "k", k_w: Size = "k", H_in: Size = "H", W_in: Size = "W",
) -> Cost:  # fmt: skip
    """Depthwise convolution: m filters per channel, g = M and N = mM."""
    taps = taps_of(k_h, k_w)
    return Cost(
        params=taps * m * M,
        macs=taps * m * M * H * W,
        flops=(2 * taps - 1) * m * M * H * W,
        activations=m * M * H * W,
    )


@sliding(
    aliases="pointwise pw",
    weights="N M",
    operations="contract N H W over M",
    inputs="M H_in W_in",
    source="MobileNets, arXiv:1704.04861, eq. (5), second term",
    divides="",
)
def pointwise_conv(M: Size, N: Size, H: Size, W: Size, H_in: Size = "H", W_in: Size = "W") -> Cost:
    """Pointwise convolution: k = 1, every output channel mixes the input channels."""
    return convolved(1, M, N, 1, H, W)


@layer(
    aliases="depthwise_separable separable",
    flags="bias bn",
    source="MobileNets, arXiv:1704.04861, section 3.1, eq. (5)",
)
def depthwise_separable_conv(
    k: Size, M: Size, N: Size, H: Size, W: Size, k_h: Size = "k", k_w: Size = "k", H_in: Size = "H",
    W_in: Size = "W", *, bias: bool, bn: bool,
) -> Entries:  # fmt: skip
    """Depthwise separable convolution: depthwise, then pointwise; flags apply to both."""
    taps = taps_of(k_h, k_w)
    yield Cost(
        params=taps * M + M * N,
        macs=taps * M * H * W + M * N * H * W,
        flops=(2 * taps - 1) * M * H * W + (2 * M - 1) * N * H * W,
    )
    sides = {"k_h": k_h, "k_w": k_w, "H_in": H_in, "W_in": W_in}
    depthwise = depthwise_conv(k=k, M=M, H=H, W=W, **sides, bias=bias, bn=bn)
    yield depthwise + pointwise_conv(M=M, N=N, H=H, W=W, bias=bias, bn=bn)


@sliding(
    weights="N M/g k",
    operations="contract N L over M/g k",
    inputs="M L_in",
    meanings={"L": "output length"},
    source="as the standard convolution, with one spatial dimension; torch/nn/modules/conv.py",
)
def conv1d(k: Size, M: Size, N: Size, L: Size, g: Size = 1, L_in: Size = "L") -> Cost:
    """Convolution over a sequence."""
    return convolved(k, M, N, g, L)


@sliding(
    weights="N M/g k_d k_h k_w",
    operations="contract N D H W over M/g k_d k_h k_w",
    inputs="M D_in H_in W_in",
    source="Tran et al., arXiv:1412.0767, section 3",
)
def conv3d(
    k: Size, M: Size, N: Size, D: Size, H: Size, W: Size, g: Size = 1,
    k_d: Size = "k", k_h: Size = "k", k_w: Size = "k",
    D_in: Size = "D", H_in: Size = "H", W_in: Size = "W",
) -> Cost:  # fmt: skip
    """Convolution over volumes: depth, or time, besides height and width."""
    return convolved(taps_of(k_d, k_h, k_w), M, N, g, D, H, W)


@layer(
    module="conv",
    weights="N M k k",
    operations="contract N H W over M k k",
    inputs="M k*H k*W",
    flags="bias",
    meanings={"k": "side of a patch", "H": "patches down", "W": "patches across"},
    source="Dosovitskiy et al., arXiv:2010.11929, section 3.1",
)
def patch_embedding(k: Size, M: Size, N: Size, H: Size, W: Size) -> Cost:
    """Patch embedding: a convolution of stride k, one output for each patch of k × k."""
    return convolved(k**2, M, N, 1, H, W)


@layer(
    flags="bias",
    inputs="M H W",
    source="Taigman et al. 2014 (DeepFace), section 3; Keras LocallyConnected2D: one bias a place",
)
def locally_connected(
    k: Size, M: Size, N: Size, H: Size, W: Size, *, bias: bool = False
) -> Entries:
    """Locally connected layer: a convolution with weights of its own at each place."""
    b = 1 if bias else 0
    yield Cost(
        params=(k**2 * M + b) * N * H * W,
        macs=k**2 * M * N * H * W,
        flops=(2 * k**2 * M - 1 + b) * N * H * W,
        activations=N * H * W,
    )
    sums = operation("contract", N, H, W, over=(M, k, k), weights=((N, H, W, M, k, k),))
    yield [sums, operation("bias", N, H, W, weights=((N, H, W),))] if bias else [sums]


@layer(
    inputs="M H W",
    source="Yang et al., arXiv:1904.04971, eq. (1), section 3",
)
def cond_conv(k: Size, M: Size, N: Size, E: Size, H: Size, W: Size) -> Entries:
    """CondConv: a kernel that is mixed of E for each sample, by a routing with E biases."""
    yield Cost(
        params=E * k**2 * M * N + M * E + E,
        macs=k**2 * M * N * (H * W + E) + M * E,
        activations=N * H * W,
    )
    yield [
        operation("mean", M, over=(H, W)),
        operation("contract", E, over=M, weights=((E, M),)),
        operation("bias", E, weights=((E,),)),
        operation("sigmoid", E),
        operation("contract", N, M, k, k, over=E, weights=((E, N, M, k, k),)),
        operation("contract", N, H, W, over=(M, k, k)),
    ]
