"""Biases and norms; channels are lists of numbers, or maps of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.oracle.number import Number, plain, sqrt
from tests.oracle.running import executes, require
from tests.oracle.tensors import (
    Map,
    Row,
    Rows,
    buffer,
    columns,
    data,
    delivers,
    each,
    learned,
    mean,
    numbers,
    total,
)

#: What keeps a deviation from being 0.
EPSILON = 1e-5


@executes(lambda N, H, W: (data(N, H, W),))
@delivers
def bias(x: Any) -> Any:
    """A number for each channel, added to each of its elements."""
    return shifted(x, learned(len(x)))


def shifted(x: Any, by: Row) -> Any:
    """A number for each channel, added."""
    return [each(lambda one, b=b: one + b, channel) for channel, b in zip(x, by, strict=True)]


def scaled(x: Any, by: Row) -> Any:
    """A number for each channel, multiplied by."""
    return [each(lambda one, b=b: one * b, channel) for channel, b in zip(x, by, strict=True)]


def normalized(row: Row, *, centred: bool = True) -> Row:
    """Less the mean, over the root of the mean square and ε: Ba et al., arXiv:1607.06450, eq. (3).

    Without ``centred`` the mean stays: Zhang and Sennrich, arXiv:1910.07467, eq. (4).
    """
    if centred:
        middle = mean(row)
        row = [one - middle for one in row]
    inverse = 1 / sqrt(mean(one * one for one in row) + EPSILON)
    return [one * inverse for one in row]


@executes(
    lambda N, H=1, W=1, r=1: ([data(N, H, W) for _ in range(r)],),
    name="batch_norm",
    told=lambda r=1: {"B": r, "r": r},
)
@delivers
def batch_norm_of_samples(
    x: list[Any], *, no_affine: bool = False, batch_statistics: bool = False
) -> list[Any]:
    """Ioffe and Szegedy, arXiv:1502.03167, Algorithms 1 and 2.

    At inference, and so where the statistics are known, y = scale·x + shift (Algorithm 2, 11): the
    scale γ/√(Var + ε) and the shift β − E·scale are worked out once, before the first sample.
    """
    count = len(x[0])
    gamma, beta = ([], []) if no_affine else (learned(count), learned(count))
    if not batch_statistics:
        affine = folded(buffer(count), buffer(count), gamma, beta)
        return [shifted(scaled(sample, affine[0]), affine[1]) for sample in x]
    output: list[list[Any]] = [[] for _ in x]
    for channel in columns(x):
        flat = iter(normalized(list(numbers(channel))))
        for one, sample in zip(channel, output, strict=True):
            sample.append(each(lambda _: next(flat), one))  # noqa: B023
    return output if no_affine else [affine_of(sample, gamma, beta) for sample in output]


def folded(means: Row, variances: Row, gamma: Row, beta: Row) -> tuple[Row, Row]:
    """Scale and shift, worked out with numbers that are known: nothing is counted."""
    scales, shifts = [], []
    for i, (middle, variance) in enumerate(zip(means, variances, strict=True)):
        scale = (plain(gamma[i]) if gamma else 1) / (plain(variance) + EPSILON) ** 0.5
        scales.append(Number(scale))
        shifts.append(Number((plain(beta[i]) if beta else 0) - plain(middle) * scale))
    return scales, shifts


def affine_of(x: Any, gamma: Row, beta: Row) -> Any:
    """A scale and a shift for each channel."""
    return shifted(scaled(x, gamma), beta)


def batch_norm(x: Map) -> Map:
    """At inference, of one sample."""
    return batch_norm_of_samples([x])[0]


def finished(x: Any, *, bias: bool, bn: bool) -> Any:
    """The bias and the batch norm of a contraction, where asked for, are part of it."""
    x = shifted(x, learned(len(x))) if bias else x
    return batch_norm(x) if bn else x


@executes(lambda N, n=1: (data(n, N),))
@delivers
def layer_norm(x: Rows, *, no_affine: bool = False, no_bias: bool = False) -> Rows:
    """Each row over its own deviation: Ba et al., arXiv:1607.06450, eq. (3) and (4)."""
    made = columns([normalized(row) for row in x])
    made = made if no_affine else scaled(made, learned(len(made)))
    return columns(made if no_affine or no_bias else shifted(made, learned(len(made))))


@executes(lambda N, n=1: (data(n, N),))
@delivers
def rms_norm(x: Rows, *, no_affine: bool = False) -> Rows:
    """Each row over its root mean square: Zhang and Sennrich, arXiv:1910.07467, eq. (4)."""
    scales = [] if no_affine else learned(len(x[0]))
    return [rms_normed(row, scales) for row in x]


def rms_normed(row: Row, scales: Row) -> Row:
    """One row, with its scales, if there are any."""
    made = normalized(row, centred=False)
    return [one * by for one, by in zip(made, scales, strict=True)] if scales else made


@executes(lambda N, H, W: (data(N, H, W),))
@delivers
def group_norm(x: Any, g: int, *, no_affine: bool = False) -> Any:
    """Each group of channels over its deviation: Wu and He, arXiv:1803.08494, eq. (1) and (6)."""
    require(len(x) % g == 0)
    size, output = len(x) // g, []
    for start in range(0, len(x), size):
        group = x[start : start + size]
        flat = iter(normalized(list(numbers(group))))
        output += each(lambda _: next(flat), group)  # noqa: B023
    return output if no_affine else affine_of(output, learned(len(x)), learned(len(x)))


@executes(lambda N, H, W: (data(N, H, W),))
def instance_norm(x: Any, *, affine: bool = False) -> Any:
    """Each channel by itself: Ulyanov et al., arXiv:1607.08022, eq. (4)."""
    return group_norm(x, len(x), no_affine=not affine)


@executes(lambda N, H, W: (data(N, H, W),))
@delivers
def local_response_norm(x: Any, q: int) -> Any:
    """a/(k + α·Σ a²)^β over q channels: Krizhevsky et al. 2012, section 3.3, with its constants.

    The squares are taken once. An even q sees one channel more below than above, as in PyTorch.
    """
    require(q // 2 <= len(x))
    squares = each(lambda a: a * a, x)
    output = []
    for i, channel in enumerate(x):
        seen = squares[max(0, i - q // 2) : i + (q - 1) // 2 + 1]
        output.append(each(lambda a, *terms: responded(a, terms), channel, *seen))
    return output


def responded(a: Number, squares: Sequence[Number]) -> Number:
    """One element over a power of the squares around it."""
    return a / (2 + 1e-4 * total(squares)) ** 0.75
