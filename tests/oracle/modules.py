"""Small modules that go with convolutions, and convolutions of low rank."""

from __future__ import annotations

from tests.oracle.activations import mapped, relu, sigmoid
from tests.oracle.activations import silu as smooth
from tests.oracle.convolutions import convolved, depthwise_conv, pointwise_conv
from tests.oracle.linear import linear
from tests.oracle.norms import scaled
from tests.oracle.pooling import global_avg_pool
from tests.oracle.running import executes, require
from tests.oracle.tensors import Map, Row, delivers, image


def same_images(M: int, H: int, W: int) -> tuple[Map, ...]:
    """A map of the size of the output."""
    return (image(M, H, W),)


def own_images(N: int, H: int, W: int) -> tuple[Map, ...]:
    """The same, of as many channels as come out."""
    return (image(N, H, W),)


@delivers
def rescaled(x: Map, factors: Row) -> Map:
    """Each channel times its factor."""
    return scaled(x, factors)


@executes(own_images)
def squeeze_excite(x: Map, r: int, *, bias: bool = False, silu: bool = False) -> Map:
    """σ(W_2·ReLU(W_1·z)) of means z: Hu et al., arXiv:1709.01507, eq. (2) to (4)."""
    require(len(x) % r == 0)
    return rescaled(x, excited(x, len(x) // r, bias=bias, silu=silu))


def excited(x: Map, inner: int, *, bias: bool, silu: bool) -> Row:
    """The factors, by way of so many numbers."""
    hidden = mapped(smooth if silu else relu, linear([global_avg_pool(x)], inner, bias=bias))
    [factors] = mapped(sigmoid, linear(hidden, len(x), bias=bias))
    return factors


@executes(own_images)
def eca(x: Map, k: int) -> Map:
    """σ of a convolution over the means: Wang et al., arXiv:1910.03151, eq. (7)."""
    means = {(i,): one for i, one in enumerate(global_avg_pool(x))}
    [factors] = mapped(sigmoid, convolved([means], 1, (k,)))
    return rescaled(x, list(factors.values()))


@executes(same_images)
def ghost_conv(x: Map, k: int, N: int, s: int, d: int, *, bn: bool = False) -> Map:
    """N/s channels, and s − 1 cheap ones from each: Han et al., arXiv:1911.11907, eq. (3)."""
    require(s > 1 and N % s == 0)
    primary = convolved(x, N // s, (k, k), bn=bn)
    return primary + depthwise_conv(primary, d, s - 1, bn=bn)


@executes(same_images)
def spatial_low_rank_conv(x: Map, k: int, N: int, r: int, *, bn: bool = False) -> Map:
    """K × 1, then 1 × k: Jaderberg et al., arXiv:1405.3866, section 2, scheme 2."""
    return convolved(convolved(x, r, (k, 1), bn=bn), N, (1, k), bn=bn)


@executes(same_images)
def channel_low_rank_conv(x: Map, k: int, N: int, r: int, *, bn: bool = False) -> Map:
    """K × k, then 1 × 1: Zhang et al., arXiv:1505.06798, section 2.1."""
    return pointwise_conv(convolved(x, r, (k, k), bn=bn), N, bn=bn)


@executes(same_images)
def tucker_conv(x: Map, k: int, N: int, r: int, q: int, *, bn: bool = False) -> Map:
    """1 × 1, k × k, 1 × 1: Kim et al., arXiv:1511.06530, section 3.1."""
    inner = convolved(pointwise_conv(x, r, bn=bn), q, (k, k), bn=bn)
    return pointwise_conv(inner, N, bn=bn)


@executes(same_images)
def cp_conv(x: Map, k: int, N: int, r: int, *, bn: bool = False) -> Map:
    """1 × 1, k × 1 and 1 × k on each channel, 1 × 1: Lebedev et al., arXiv:1412.6553, eq. (3)."""
    inner = pointwise_conv(x, r, bn=bn)
    for sides in ((k, 1), (1, k)):
        inner = convolved(inner, r, sides, g=r, bn=bn)
    return pointwise_conv(inner, N, bn=bn)
