"""Blocks of convolutional networks, as the figures of their papers draw them.

The input map is s times the output; a 3 × 3 convolution is padded by 1, another one to match. bias
goes on every convolution and linear layer, bn behind every convolution.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.oracle.activations import gelu, layer_scale, mapped, relu, relu6, residual_add, silu
from tests.oracle.convolutions import convolved, depthwise_conv, pointwise_conv
from tests.oracle.linear import linear
from tests.oracle.modules import excited, own_images, rescaled, same_images
from tests.oracle.norms import batch_norm, layer_norm
from tests.oracle.number import Number
from tests.oracle.running import executes, require
from tests.oracle.tensors import Map, as_map, delivers, image, sides_of, tokens


def strided(M: int, H: int, W: int, s: int = 1) -> tuple[Map, ...]:
    """The input of a block with a stride."""
    return (image(M, s * H, s * W),)


def standing_alone(x: Map) -> Map:
    """A batch norm that stands behind no convolution is a layer of its own."""
    return delivers(batch_norm)(x)


def joined(x: Map, made: Map, s: int, *, bias: bool, bn: bool) -> Map:
    """F(x) + x: He et al., arXiv:1512.03385, eq. (1), or F(x) + W·x, its eq. (2)."""
    if len(x) != len(made) or s > 1:
        x = pointwise_conv(x, len(made), s, bias=bias, bn=bn)
    return mapped(relu, residual_add(made, x))


@executes(strided)
def basic_block(
    x: Map, N: int | None = None, s: int = 1, *, bias: bool = False, bn: bool = False
) -> Map:
    """He et al., arXiv:1512.03385, Figure 5, left."""
    N = N or len(x)
    hidden = mapped(relu, convolved(x, N, (3, 3), s=s, p=1, bias=bias, bn=bn))
    made = convolved(hidden, N, (3, 3), p=1, bias=bias, bn=bn)
    return joined(x, made, s, bias=bias, bn=bn)


@executes(strided)
def bottleneck(
    x: Map, m: int, N: int | None = None, s: int = 1, k: int = 3, g: int = 1, *,
    bias: bool = False, bn: bool = False, v1: bool = False,
) -> Map:  # fmt: skip
    """He et al., Figure 5, right; ResNeXt, arXiv:1611.05431, Figure 3 (c).

    The stride is that of the k × k as in torchvision, or of the first 1 × 1 as in the paper.
    """
    first, second = (s, 1) if v1 else (1, s)
    hidden = mapped(relu, pointwise_conv(x, m, first, bias=bias, bn=bn))
    hidden = mapped(relu, convolved(hidden, m, (k, k), s=second, g=g, bias=bias, bn=bn))
    made = pointwise_conv(hidden, N or len(x), bias=bias, bn=bn)
    return joined(x, made, s, bias=bias, bn=bn)


@executes(same_images)
def fire(x: Map, s: int, e_1: int, e_3: int, *, bias: bool = False, bn: bool = False) -> Map:
    """Iandola et al., arXiv:1602.07360, Figure 1."""
    squeezed = mapped(relu, pointwise_conv(x, s, bias=bias, bn=bn))
    narrow = mapped(relu, pointwise_conv(squeezed, e_1, bias=bias, bn=bn))
    return narrow + mapped(relu, convolved(squeezed, e_3, (3, 3), p=1, bias=bias, bn=bn))


@executes(same_images)
def dense_layer(x: Map, N: int, *, bias: bool = False, bn: bool = False) -> Map:
    """BN, ReLU, 1 × 1 to 4N, BN, ReLU, 3 × 3: Huang et al., arXiv:1608.06993, section 3."""

    def before(y: Map) -> Map:
        return mapped(relu, standing_alone(y) if bn else y)

    hidden = pointwise_conv(before(x), 4 * N, bias=bias)
    return convolved(before(hidden), N, (3, 3), p=1, bias=bias)


@executes(own_images)
def repvgg_block(x: Map, *, deployed: bool = False, bias: bool = False, bn: bool = False) -> Map:
    """Ding et al., arXiv:2101.03697, Figure 2 (b), and one 3 × 3 when deployed: section 3.3."""
    N = len(x)
    if deployed:
        return mapped(relu, convolved(x, N, (3, 3), p=1, bias=True))
    wide = convolved(x, N, (3, 3), p=1, bias=bias, bn=bn)
    both = residual_add(wide, pointwise_conv(x, N, bias=bias, bn=bn))
    return mapped(relu, residual_add(both, standing_alone(x) if bn else x))


@executes(own_images)
def convnext_block(x: Map, k: int = 7, *, bias: bool = False, bn: bool = False) -> Map:
    """Liu et al., arXiv:2201.03545, Figure 4; layer scale: their table 5, section A.1."""
    N = len(x)
    made = layer_norm(tokens(depthwise_conv(x, k, bias=bias, bn=bn)))
    hidden = mapped(gelu, linear(made, 4 * N, bias=bias))
    made = linear(hidden, N, bias=bias)
    return residual_add(layer_scale(as_map(made, *sides_of(x))), x)


@executes(same_images)
def shuffle_unit(x: Map, m: int, g: int, *, bias: bool = False, bn: bool = False) -> Map:
    """Zhang et al., arXiv:1707.01083, Figure 2 (b)."""
    hidden = mapped(relu, convolved(x, m, (1, 1), g=g, bias=bias, bn=bn))
    hidden = depthwise_conv(shuffled(hidden, g), 3, bias=bias, bn=bn)
    made = convolved(hidden, len(x), (1, 1), g=g, bias=bias, bn=bn)
    return mapped(relu, residual_add(made, x))


def shuffled(x: Map, g: int) -> Map:
    """The channels of g groups, one of each in turn."""
    size = len(x) // g
    return [x[group * size + i] for i in range(size) for group in range(g)]


@executes(strided)
def shuffle_v2_unit(x: Map, N: int, s: int = 1, *, bias: bool = False, bn: bool = False) -> Map:
    """Ma et al., arXiv:1807.11164, Figure 3 (c), and (d) with a stride."""
    require(N % 2 == 0 and (s > 1 or len(x) == N))
    b, flags = N // 2, {"bias": bias, "bn": bn}
    passed, entering = (x, x) if s > 1 else (x[:b], x[b:])
    if s > 1:
        passed = pointwise_conv(depthwise_conv(x, 3, s=s, p=1, **flags), b, **flags)
        passed = mapped(relu, passed)
    hidden = mapped(relu, pointwise_conv(entering, b, **flags))
    hidden = depthwise_conv(hidden, 3, s=s, p=1, **flags)
    return shuffled(passed + mapped(relu, pointwise_conv(hidden, b, **flags)), 2)


def inverted(
    x: Map, N: int, t: int, s: int, k: int, act: Callable[[Number], Number],
    squeezed: Callable[[Map], Map], *, bias: bool, bn: bool,
) -> Map:  # fmt: skip
    """Expansion unless t is 1, depthwise, projection, and x where the shapes are one."""
    flags, inner = {"bias": bias, "bn": bn}, t * len(x)
    hidden = x if t == 1 else mapped(act, pointwise_conv(x, inner, **flags))
    hidden = squeezed(mapped(act, depthwise_conv(hidden, k, s=s, **flags)))
    made = pointwise_conv(hidden, N, **flags)
    return residual_add(made, x) if s == 1 and len(x) == N else made


@executes(strided)
def inverted_residual(
    x: Map, N: int, t: int, s: int = 1, k: int = 3, *, bias: bool = False, bn: bool = False
) -> Map:
    """Sandler et al., arXiv:1801.04381, Table 1 and Figure 4 (d)."""
    return inverted(x, N, t, s, k, relu6, lambda y: y, bias=bias, bn=bn)


@executes(strided)
def mbconv(
    x: Map, N: int, t: int, r: int, s: int = 1, k: int = 3, *, bias: bool = False, bn: bool = False
) -> Map:
    """The same with SiLU, and squeeze and excitation to M/r: Tan and Le, arXiv:1905.11946.

    SiLU within it too: torchvision, models/efficientnet.py, class MBConv.
    """
    require(len(x) % r == 0)
    inner = len(x) // r

    def squeezed(y: Map) -> Map:
        return rescaled(y, excited(y, inner, bias=bias, silu=True))

    return inverted(x, N, t, s, k, silu, squeezed, bias=bias, bn=bn)
