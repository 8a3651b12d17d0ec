"""Pooling and resizing of maps of one, two or three axes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import product
from math import floor, prod
from typing import Any

from tests.oracle.convolutions import Sides, kernel_of, windows
from tests.oracle.number import Number
from tests.oracle.running import executes, require
from tests.oracle.tensors import (
    Map,
    Row,
    delivers,
    greatest,
    image,
    mean,
    places,
    sides_of,
    total,
)

Reduction = Callable[[Iterable[Number]], Number]
#: What gives one number of a window: LeCun et al. 1998, section II.B, takes the mean.
REDUCTIONS: dict[str, Reduction] = {"max": greatest, "avg": mean}


@delivers
def pooled(x: Map, reduction: Reduction, k: Sides, s: int) -> Map:
    """One number of each window, all of which lie within the map."""
    require(all(side >= size for side, size in zip(sides_of(x), k, strict=True)))
    seen_by = windows(sides_of(x), k, s, p=0)
    return [{at: reduction([c[one] for one in w]) for at, w in seen_by.items()} for c in x]


def pooling(reduction: Reduction) -> tuple[Callable[..., Map], ...]:
    """The layers that reduce windows of a sequence, an image and a volume so."""

    def sequence(x: Map, k: int, s: int | None = None) -> Map:
        return pooled(x, reduction, (k,), s or k)

    def picture(
        x: Map, k: int, s: int | None = None, k_h: int | None = None, k_w: int | None = None
    ) -> Map:
        return pooled(x, reduction, kernel_of(k, k_h, k_w), s or k)

    def volume(
        x: Map, k: int, s: int | None = None, k_d: int | None = None, k_h: int | None = None,
        k_w: int | None = None,
    ) -> Map:  # fmt: skip
        return pooled(x, reduction, kernel_of(k, k_d, k_h, k_w), s or k)

    return sequence, picture, volume


def sequences(N: int, L_in: int) -> tuple[Map, ...]:
    """A sequence of N channels."""
    return (image(N, L_in),)


def pictures(N: int, H_in: int, W_in: int) -> tuple[Map, ...]:
    """An image of N channels."""
    return (image(N, H_in, W_in),)


def volumes(N: int, D_in: int, H_in: int, W_in: int) -> tuple[Map, ...]:
    """A volume of N channels."""
    return (image(N, D_in, H_in, W_in),)


INPUTS = {"1d": sequences, "": pictures, "3d": volumes}
for _name, _reduction in REDUCTIONS.items():
    for (_suffix, _inputs), _run in zip(INPUTS.items(), pooling(_reduction), strict=True):
        executes(_inputs, name=f"{_name}_pool{_suffix}")(_run)


@executes(pictures)
@delivers
def global_avg_pool(x: Map) -> Row:
    """The mean of each channel: Lin et al., arXiv:1312.4400, section 3.2."""
    return [mean(channel.values()) for channel in x]


@delivers
def binned(x: Map, reduction: Reduction, outputs: Sides) -> Map:
    """Bin i of o over a side R goes from ⌊iR/o⌋ to ⌈(i + 1)R/o⌉.

    torch/_decomp/decompositions.py, adaptive_avg_pool2d.
    """
    axes = [
        [range(i * side // o, -(-(i + 1) * side // o)) for i in range(o)]
        for side, o in zip(sides_of(x), outputs, strict=True)
    ]
    return [
        {
            at: reduction(
                [c[one] for one in product(*(a[i] for a, i in zip(axes, at, strict=True)))]
            )
            for at in places(*outputs)
        }
        for c in x
    ]


@executes(pictures)
def adaptive_avg_pool(x: Map, H: int, W: int) -> Map:
    """The mean of each bin."""
    return binned(x, mean, (H, W))


@executes(pictures)
def adaptive_max_pool(x: Map, H: int, W: int) -> Map:
    """The maximum of each bin."""
    return binned(x, greatest, (H, W))


@executes(volumes)
def adaptive_avg_pool3d(x: Map, D: int, H: int, W: int) -> Map:
    """The mean of each bin of a volume."""
    return binned(x, mean, (D, H, W))


@executes(volumes)
def adaptive_max_pool3d(x: Map, D: int, H: int, W: int) -> Map:
    """The maximum of each bin of a volume."""
    return binned(x, greatest, (D, H, W))


def nearest(at: int, side: int, output: int) -> list[tuple[int, float]]:
    """The place that is copied."""
    return [(floor(at * side / output), 1.0)]


def linear(at: int, side: int, output: int) -> list[tuple[int, float]]:
    """Two places and their weights, by how near they are."""
    source = max((at + 0.5) * side / output - 0.5, 0)
    first = floor(source)
    return [(first, 1 - source + first), (min(first + 1, side - 1), source - first)]


def cubic(at: int, side: int, output: int) -> list[tuple[int, float]]:
    """Four places and their weights, by Keys' kernel with a = −3/4."""
    source = (at + 0.5) * side / output - 0.5
    first, a = floor(source), -0.75
    found = []
    for place in range(first - 1, first + 3):
        x = abs(source - place)
        near, far = ((a + 2) * x - (a + 3)) * x * x + 1, ((x - 5) * x + 8) * x * a - 4 * a
        found.append((min(max(place, 0), side - 1), near if x <= 1 else far))
    return found


@delivers
def resized(x: Map, taps: Callable[[int, int, int], list[tuple[int, float]]], to: Sides) -> Map:
    """Sums of places by weights that are known before: torch/nn/modules/upsampling.py.

    The weights of an axis are multiplied into those of the others before the first map.
    """
    sides, seen = sides_of(x), {}
    for at in places(*to):
        axes = [taps(*axis) for axis in zip(at, sides, to, strict=True)]
        chosen = list(product(*axes))
        seen[at] = [
            (tuple(place for place, _ in one), prod(weight for _, weight in one)) for one in chosen
        ]
    copied = taps is nearest
    return [
        {
            at: channel[terms[0][0]] if copied else total(channel[a] * w for a, w in terms)
            for at, terms in seen.items()
        }
        for channel in x
    ]


def upsampling(taps: Callable[..., Any]) -> tuple[Callable[..., Map], ...]:
    """The layers that resize a sequence, an image and a volume so, by s or to a size."""

    def sequence(x: Map, s: int = 2, L: int | None = None) -> Map:
        return resized(x, taps, enlarged(x, s, L))

    def picture(x: Map, s: int = 2, H: int | None = None, W: int | None = None) -> Map:
        return resized(x, taps, enlarged(x, s, H, W))

    def volume(
        x: Map, s: int = 2, D: int | None = None, H: int | None = None, W: int | None = None
    ) -> Map:
        return resized(x, taps, enlarged(x, s, D, H, W))

    return sequence, picture, volume


def enlarged(x: Map, s: int, *sides: int | None) -> Sides:
    """The sides that are asked for, or s times those of the input."""
    return tuple(side or s * own for side, own in zip(sides, sides_of(x), strict=True))


NAMES: dict[Callable[..., Any], tuple[str, str, str]] = {
    nearest: ("nearest_upsample1d", "nearest_upsample", "nearest_upsample3d"),
    linear: ("linear_upsample", "bilinear_upsample", "trilinear_upsample"),
    cubic: ("", "bicubic_upsample", ""),
}
for _taps, _names in NAMES.items():
    for _layer, _inputs, _run in zip(_names, INPUTS.values(), upsampling(_taps), strict=True):
        if _layer:
            executes(_inputs, name=_layer)(_run)
