"""Convolutions on maps of one, two or three axes, and what is made of them."""

from __future__ import annotations

from itertools import product
from math import prod

from tests.oracle.activations import sigmoid
from tests.oracle.linear import linear
from tests.oracle.norms import finished
from tests.oracle.number import COUNTS, Number
from tests.oracle.running import executes, require
from tests.oracle.tensors import (
    Map,
    Place,
    apply,
    contract,
    delivers,
    image,
    learned,
    mean,
    places,
    sides_of,
    total,
)

ZERO = Number(0)
Sides = tuple[int, ...]


def windows(
    sides: Sides, k: Sides, s: int = 1, p: int | None = None, d: int = 1
) -> dict[Place, list[Place]]:
    """What each output sees: Dumoulin and Visin, arXiv:1603.07285, relations 6 and 15.

    Without a padding p as many places as the input has, over the stride: "same".
    """
    if p is None:
        before = [d * (size - 1) // 2 for size in k]
        outputs = [-(-side // s) for side in sides]
    else:
        before = [p for _ in k]
        outputs = [
            (side + 2 * p - d * (size - 1) - 1) // s + 1
            for side, size in zip(sides, k, strict=True)
        ]
    require(min(outputs) > 0)
    taps = list(places(*k))
    return {
        at: [
            tuple(s * a + d * t - b for a, t, b in zip(at, tap, before, strict=True))
            for tap in taps
        ]
        for at in places(*outputs)
    }


def taken(x: Map, window: list[Place]) -> list[Number]:
    """The elements of a window, channel by channel; what is padded is multiplied like any other."""
    return [channel.get(at, ZERO) for channel in x for at in window]


def kernel_of(k: int, *sides: int | None) -> Sides:
    """The sides of a kernel, each of them k if it is not said."""
    return tuple(side or k for side in sides)


@delivers
def convolved(
    x: Map, N: int, k: Sides, *, s: int = 1, p: int | None = None, d: int = 1, g: int = 1,
    bias: bool = False, bn: bool = False,
) -> Map:  # fmt: skip
    """Each output is a sum over its window in the channels of its group.

    MobileNets, arXiv:1704.04861, eq. (2), with the sums of its eq. (1); groups: ResNeXt,
    arXiv:1611.05431, section 3.3.
    """
    M = len(x)
    require(M % g == 0 and N % g == 0)
    kernels = learned(N, M // g * prod(k))
    seen_by = windows(sides_of(x), k, s, p, d)
    output: Map = []
    for n, kernel in enumerate(kernels):
        group = n // (N // g)
        seen = x[group * (M // g) : (group + 1) * (M // g)]
        output.append({at: contract(taken(seen, w), kernel) for at, w in seen_by.items()})
    return finished(output, bias=bias, bn=bn)


def images(M: int, H_in: int, W_in: int) -> tuple[Map, ...]:
    """An image of M channels."""
    return (image(M, H_in, W_in),)


@executes(images)
def conv(
    x: Map, k: int, N: int, g: int = 1, s: int = 1, p: int | None = None, d: int = 1, *,
    k_h: int | None = None, k_w: int | None = None, bias: bool = False, bn: bool = False,
) -> Map:  # fmt: skip
    """Every output channel sees every input channel, or its group's."""
    return convolved(x, N, kernel_of(k, k_h, k_w), s=s, p=p, d=d, g=g, bias=bias, bn=bn)


@executes(images)
def grouped_conv(
    x: Map, k: int, N: int, g: int, s: int = 1, p: int | None = None,
    k_h: int | None = None, k_w: int | None = None, *, bias: bool = False, bn: bool = False,
) -> Map:  # fmt: skip
    """In g groups: ResNeXt, arXiv:1611.05431, section 3.3."""
    return convolved(x, N, kernel_of(k, k_h, k_w), s=s, p=p, g=g, bias=bias, bn=bn)


@executes(images)
def depthwise_conv(
    x: Map, k: int, m: int = 1, s: int = 1, p: int | None = None,
    k_h: int | None = None, k_w: int | None = None, *, bias: bool = False, bn: bool = False,
) -> Map:  # fmt: skip
    """M filters for each channel: MobileNets, eq. (4); Chollet, arXiv:1610.02357, section 3."""
    M, k_sides = len(x), kernel_of(k, k_h, k_w)
    return convolved(x, m * M, k_sides, s=s, p=p, g=M, bias=bias, bn=bn)


@executes(images)
def pointwise_conv(x: Map, N: int, s: int = 1, *, bias: bool = False, bn: bool = False) -> Map:
    """A mixture of the channels at each place: MobileNets, eq. (5), second term."""
    return convolved(x, N, tuple(1 for _ in sides_of(x)), s=s, p=0, bias=bias, bn=bn)


@executes(images)
def depthwise_separable_conv(
    x: Map, k: int, N: int, s: int = 1, p: int | None = None,
    k_h: int | None = None, k_w: int | None = None, *, bias: bool = False, bn: bool = False,
) -> Map:  # fmt: skip
    """Depthwise, then pointwise: MobileNets, section 3.1."""
    hidden = depthwise_conv(x, k, s=s, p=p, k_h=k_h, k_w=k_w, bias=bias, bn=bn)
    return pointwise_conv(hidden, N, bias=bias, bn=bn)


@executes(lambda M, L_in: (image(M, L_in),))
def conv1d(
    x: Map, k: int, N: int, g: int = 1, s: int = 1, p: int | None = None, d: int = 1, *,
    bias: bool = False, bn: bool = False,
) -> Map:  # fmt: skip
    """Over a sequence."""
    return convolved(x, N, (k,), s=s, p=p, d=d, g=g, bias=bias, bn=bn)


@executes(lambda M, D_in, H_in, W_in: (image(M, D_in, H_in, W_in),))
def conv3d(
    x: Map, k: int, N: int, g: int = 1, s: int = 1, p: int | None = None, *, k_d: int | None = None,
    k_h: int | None = None, k_w: int | None = None, bias: bool = False, bn: bool = False,
) -> Map:  # fmt: skip
    """Over volumes: Tran et al., arXiv:1412.0767, section 3."""
    return convolved(x, N, kernel_of(k, k_d, k_h, k_w), s=s, p=p, g=g, bias=bias, bn=bn)


@executes(lambda k, M, H, W: (image(M, k * H, k * W),))
def patch_embedding(x: Map, k: int, N: int, *, bias: bool = False) -> Map:
    """Each patch, flattened, through one linear layer: arXiv:2010.11929, section 3.1."""
    return convolved(x, N, (k, k), s=k, p=0, bias=bias)


@executes(lambda k, M, H, W: (image(M, H + k - 1, W + k - 1),))
@delivers
def locally_connected(x: Map, k: int, N: int, *, bias: bool = False) -> Map:
    """A convolution whose weights are not shared: Taigman et al. 2014, section 3."""
    seen_by = windows(sides_of(x), (k, k), p=0)
    output: Map = []
    for _ in range(N):
        kernels = dict(zip(seen_by, learned(len(seen_by), len(x) * k * k), strict=True))
        output.append({at: contract(taken(x, w), kernels[at]) for at, w in seen_by.items()})
    if not bias:
        return output
    shifts = ({at: learned() for at in seen_by} for _ in range(N))
    return [{at: c[at] + b[at] for at in c} for c, b in zip(output, shifts, strict=True)]


@executes(lambda M, H, W: (image(M, H, W),))
@delivers
def cond_conv(x: Map, k: int, N: int, E: int) -> Map:
    """Yang et al., arXiv:1904.04971, eq. (1) and section 3: mix E kernels, then convolve once.

    r(x) = Sigmoid(GlobalAveragePool(x)·R), whose R is a dense layer with biases in their code.
    """
    [scores] = linear([[mean(channel.values()) for channel in x]], E, bias=True)
    routing = [sigmoid(one) for one in scores]
    kernels = learned(E, N, len(x) * k * k)
    mixed = [apply(list(zip(*taps, strict=True)), routing) for taps in zip(*kernels, strict=True)]
    seen_by = windows(sides_of(x), (k, k))
    return [{at: contract(taken(x, w), one) for at, w in seen_by.items()} for one in mixed]


@delivers
def spread(
    x: Map, N: int, k: Sides, s: Sides, g: int, *, bias: bool = False, bn: bool = False
) -> Map:
    """Each element of the input times the kernel, added up where they meet: relation 14.

    Where the stride is wider than the kernel, there are outputs between that no product reaches.
    """
    M = len(x)
    require(M % g == 0 and N % g == 0)
    kernels, width = learned(M, N // g, prod(k)), N // g
    sides = [(n - 1) * b + t for n, b, t in zip(sides_of(x), s, k, strict=True)]
    met: list[dict[Place, list[Number]]] = [{at: [] for at in places(*sides)} for _ in range(N)]
    for m, n in product(range(M), range(width)):
        for (at, one), (i, tap) in product(x[m].items(), enumerate(places(*k))):
            where = tuple(b * a + t for a, b, t in zip(at, s, tap, strict=True))
            COUNTS["macs"] += 1
            met[m // (M // g) * width + n][where].append(one * kernels[m][n][i])
    output = [{at: total(terms or [ZERO]) for at, terms in one.items()} for one in met]
    return finished(output, bias=bias, bn=bn)


@executes(images)
def transposed_conv(
    x: Map, k: int, N: int, s: int = 1, g: int = 1, *, k_h: int | None = None,
    k_w: int | None = None, s_h: int | None = None, s_w: int | None = None, bias: bool = False,
    bn: bool = False,
) -> Map:  # fmt: skip
    """Dumoulin and Visin, arXiv:1603.07285, section 4."""
    sides, strides = kernel_of(k, k_h, k_w), kernel_of(s, s_h, s_w)
    return spread(x, N, sides, strides, g, bias=bias, bn=bn)


@executes(lambda M, L_in: (image(M, L_in),))
def transposed_conv1d(
    x: Map, k: int, N: int, s: int = 1, g: int = 1, *, bias: bool = False, bn: bool = False
) -> Map:
    """The same over a sequence."""
    return spread(x, N, (k,), (s,), g, bias=bias, bn=bn)


@executes(lambda M, D_in, H_in, W_in: (image(M, D_in, H_in, W_in),))
def transposed_conv3d(
    x: Map, k: int, N: int, s: int = 1, g: int = 1, *, k_d: int | None = None,
    k_h: int | None = None, k_w: int | None = None, s_d: int | None = None,
    s_h: int | None = None, s_w: int | None = None, bias: bool = False, bn: bool = False,
) -> Map:  # fmt: skip
    """The same over volumes."""
    sides, strides = kernel_of(k, k_d, k_h, k_w), kernel_of(s, s_d, s_h, s_w)
    return spread(x, N, sides, strides, g, bias=bias, bn=bn)
