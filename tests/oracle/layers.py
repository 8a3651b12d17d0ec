"""One function per layer type that executes it, loop by loop, on an image of counting scalars.

An image is a list of channels, a channel a list of rows. The input of a convolution is padded: it
is k - 1 rows and columns larger than the output, and the stride is 1, so that every output element
sees k · k taps. ``EXECUTORS`` is the list of what the oracle can execute.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import chain
from operator import add
from typing import TypeAlias

from tests.oracle.scalar import Counting, Tally, contract

Image: TypeAlias = list[list[list[Counting]]]
Sizes: TypeAlias = dict[str, int]


def grouped_conv(
    tally: Tally,
    image: Image,
    *,
    k: int,
    M: int,
    N: int,
    g: int,
    H: int,
    W: int,
    bias: bool = False,
    bn: bool = False,
) -> Image:
    """Output channel n looks at the M/g input channels of its own group."""
    kernels = [[_kernel(tally, k) for _ in range(M // g)] for _ in range(N)]
    output = []
    for n in range(N):
        group = n // (N // g)
        seen = image[group * (M // g) : (group + 1) * (M // g)]
        output.append([[_window(seen, kernels[n], y, x, k) for x in range(W)] for y in range(H)])
    return _finish(tally, output, add_bias=bias, normalize=bn)


def conv(
    tally: Tally,
    image: Image,
    *,
    k: int,
    M: int,
    N: int,
    H: int,
    W: int,
    g: int = 1,
    bias: bool = False,
    bn: bool = False,
) -> Image:
    """Every output channel looks at every input channel, or at its group's when g is given."""
    if g != 1:
        return grouped_conv(tally, image, k=k, M=M, N=N, g=g, H=H, W=W, bias=bias, bn=bn)
    kernels = [[_kernel(tally, k) for _ in range(M)] for _ in range(N)]
    output = [
        [[_window(image, kernels[n], y, x, k) for x in range(W)] for y in range(H)]
        for n in range(N)
    ]
    return _finish(tally, output, add_bias=bias, normalize=bn)


def depthwise_conv(
    tally: Tally,
    image: Image,
    *,
    k: int,
    M: int,
    H: int,
    W: int,
    bias: bool = False,
    bn: bool = False,
) -> Image:
    """One kernel per channel; channel m of the output looks at channel m of the input only."""
    output = []
    for m in range(M):
        kernel = _kernel(tally, k)
        output.append(
            [[_window([image[m]], [kernel], y, x, k) for x in range(W)] for y in range(H)]
        )
    return _finish(tally, output, add_bias=bias, normalize=bn)


def pointwise_conv(
    tally: Tally,
    image: Image,
    *,
    M: int,
    N: int,
    H: int,
    W: int,
    bias: bool = False,
    bn: bool = False,
) -> Image:
    """At each place, each output channel is a weighted sum of the input channels."""
    matrix = [[tally.weight() for _ in range(M)] for _ in range(N)]
    output = [
        [
            [contract([channel[y][x] for channel in image], matrix[n]) for x in range(W)]
            for y in range(H)
        ]
        for n in range(N)
    ]
    return _finish(tally, output, add_bias=bias, normalize=bn)


def linear(
    tally: Tally, image: Image, *, M: int, N: int, bias: bool = False, bn: bool = False
) -> Image:
    """A matrix times a vector: the image is M channels of one element."""
    vector = [channel[0][0] for channel in image]
    matrix = [[tally.weight() for _ in range(M)] for _ in range(N)]
    output = [[[contract(vector, row)]] for row in matrix]
    return _finish(tally, output, add_bias=bias, normalize=bn)


def bias(tally: Tally, image: Image, *, N: int, H: int, W: int) -> Image:
    """One learnable number per channel, added to each of its elements."""
    _expect_shape(image, N, H, W)
    return _delivered(tally, _shifted(tally, image))


def batch_norm(
    tally: Tally, image: Image, *, N: int, H: int, W: int, no_affine: bool = False,
    batch_statistics: bool = False,
) -> Image:  # fmt: skip
    """One scale and one shift per channel, the statistics folded into them, if they are known."""
    _expect_shape(image, N, H, W)
    if batch_statistics:
        return _delivered(tally, [_standardized(tally, one, affine=not no_affine) for one in image])
    return _delivered(tally, _normalized(tally, image, affine=not no_affine))


def depthwise_separable_conv(
    tally: Tally,
    image: Image,
    *,
    k: int,
    M: int,
    N: int,
    H: int,
    W: int,
    bias: bool = False,
    bn: bool = False,
) -> Image:
    """A depthwise convolution, and a pointwise one over its output."""
    hidden = depthwise_conv(tally, image, k=k, M=M, H=H, W=W, bias=bias, bn=bn)
    return pointwise_conv(tally, hidden, M=M, N=N, H=H, W=W, bias=bias, bn=bn)


@dataclass(frozen=True)
class Executor:
    """How to execute a layer: the function, and the shape of the image it is given."""

    run: Callable[..., Image]
    input_shape: Callable[[Sizes], tuple[int, int, int]]


def padded(sizes: Sizes) -> tuple[int, int, int]:
    """M channels, with the margin that lets every output see k · k taps."""
    return sizes["M"], sizes["H"] + sizes["k"] - 1, sizes["W"] + sizes["k"] - 1


EXECUTORS: dict[str, Executor] = {
    "conv": Executor(conv, padded),
    "grouped_conv": Executor(grouped_conv, padded),
    "depthwise_conv": Executor(depthwise_conv, padded),
    "pointwise_conv": Executor(pointwise_conv, lambda s: (s["M"], s["H"], s["W"])),
    "linear": Executor(linear, lambda s: (s["M"], 1, 1)),
    "bias": Executor(bias, lambda s: (s["N"], s["H"], s["W"])),
    "batch_norm": Executor(batch_norm, lambda s: (s["N"], s["H"], s["W"])),
    "depthwise_separable_conv": Executor(depthwise_separable_conv, padded),
}


@dataclass(frozen=True)
class Execution:
    """What executing a layer gave: the tally of what was done, and the output."""

    tally: Tally
    output: Image

    @property
    def values(self) -> list[int | Fraction]:
        """The output elements in order."""
        return [element.value for channel in self.output for row in channel for element in row]


def execute(name: str, sizes: Sizes, *, flags: tuple[str, ...] = (), seed: int = 0) -> Execution:
    """Execute the layer ``name`` on an image and with weights drawn from ``seed``."""
    executor = EXECUTORS[name]
    tally = Tally(seed)
    channels, height, width = executor.input_shape(sizes)
    image = [
        [[tally.element() for _ in range(width)] for _ in range(height)] for _ in range(channels)
    ]
    output = executor.run(tally, image, **sizes, **dict.fromkeys(flags, True))
    return Execution(tally, output)


def execute_on(
    name: str, numbers: list[list[list[int]]], sizes: Sizes, *, weights: list[int]
) -> Execution:
    """Execute the layer ``name`` on an image and with weights that are written out."""
    tally = Tally(given=list(weights))
    image = [[[tally.number(value) for value in row] for row in channel] for channel in numbers]
    return Execution(tally, EXECUTORS[name].run(tally, image, **sizes))


def _kernel(tally: Tally, k: int) -> list[list[Counting]]:
    return [[tally.weight() for _ in range(k)] for _ in range(k)]


def _window(
    channels: Image, kernels: list[list[list[Counting]]], y: int, x: int, k: int
) -> Counting:
    """One output element: the k · k window at (y, x) of every channel, against its kernel."""
    seen, weights = [], []
    for channel, kernel in zip(channels, kernels, strict=True):
        for row in range(k):
            for column in range(k):
                seen.append(channel[y + row][x + column])
                weights.append(kernel[row][column])
    return contract(seen, weights)


def _finish(tally: Tally, image: Image, *, add_bias: bool, normalize: bool) -> Image:
    """The bias and the batch normalization of a contraction, where asked for, are part of it."""
    if add_bias:
        image = _shifted(tally, image)
    return _delivered(tally, _normalized(tally, image) if normalize else image)


def _shifted(tally: Tally, image: Image) -> Image:
    shifts = [tally.weight() for _ in image]
    return [
        [[element + shift for element in row] for row in channel]
        for channel, shift in zip(image, shifts, strict=True)
    ]


def _normalized(tally: Tally, image: Image, *, affine: bool = True) -> Image:
    """Scale and shift each channel.

    The statistics are folded into scale and shift once, before the first image, so folding is not
    counted; the running mean and the running deviation are buffers.
    """
    output = []
    for channel in image:
        gamma, beta = (tally.weight() if affine else tally.number(n) for n in (1, 0))
        mean, deviation = tally.buffer(), tally.buffer()
        scale = Counting(gamma.value / deviation, tally)
        shift = Counting(beta.value - mean * gamma.value / deviation, tally)
        output.append([[element * scale + shift for element in row] for row in channel])
    return output


def _standardized(
    tally: Tally, channel: list[list[Counting]], *, affine: bool
) -> list[list[Counting]]:
    """A channel less its mean, over its deviation, of the sample alone."""
    count = tally.number(sum(map(len, channel)))
    mean = reduce(add, chain(*channel)) / count
    less = Counting(-mean.value, tally)
    centred = [[element + less for element in row] for row in channel]
    variance = reduce(add, (x * x for x in chain(*centred))) / count
    inverse = tally.number(1) / (variance + tally.number(1)).root()
    output = [[x * inverse for x in row] for row in centred]
    if not affine:
        return output
    gamma, beta = tally.weight(), tally.weight()
    return [[x * gamma + beta for x in row] for row in output]


def _delivered(tally: Tally, image: Image) -> Image:
    """Count the elements that a layer hands on: its activations."""
    tally.activations += sum(len(row) for channel in image for row in channel)
    return image


def _expect_shape(image: Image, *shape: int) -> None:
    found = (len(image), len(image[0]), len(image[0][0]))
    if found != shape:
        raise ValueError(f"an image of {shape} was expected, not of {found}")
