"""Layers as plain loops over scalars that count every operation by its kind.

Each function executes one layer on tensors of random numbers, as its paper writes it: nothing of
the catalogue is used. ``LOOPS`` lists them; ``executed`` runs one and hands back what was counted.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import product
from typing import Any, ClassVar, TypeAlias

Vector: TypeAlias = "list[Number]"
Matrix: TypeAlias = "list[list[Number]]"


class Number:
    """A scalar that counts what is done with it."""

    counts: ClassVar[Counter[str]] = Counter()

    def __init__(self, value: float) -> None:
        self.value = value

    def _done(self, kind: str, value: float) -> Number:
        Number.counts[kind] += 1
        return Number(value)

    def __add__(self, other: Number | float) -> Number:
        return self._done("add", self.value + _value(other))

    def __sub__(self, other: Number | float) -> Number:
        return self._done("add", self.value - _value(other))

    def __mul__(self, other: Number | float) -> Number:
        return self._done("mul", self.value * _value(other))

    def __truediv__(self, other: Number | float) -> Number:
        return self._done("div", self.value / _value(other))

    def __neg__(self) -> Number:
        return Number(-self.value)

    def __lt__(self, other: Number | float) -> bool:
        Number.counts["cmp"] += 1
        return self.value < _value(other)

    def exp(self) -> Number:
        """The exponential."""
        return self._done("exp", math.exp(min(self.value, 50.0)))

    def log(self) -> Number:
        """The natural logarithm."""
        return self._done("log", math.log(abs(self.value) + 1e-9))

    def sqrt(self) -> Number:
        """The square root."""
        return self._done("sqrt", math.sqrt(abs(self.value)))


def _value(other: Number | float) -> float:
    return other.value if isinstance(other, Number) else other


def data(*shape: int) -> Any:
    """An input: random numbers in nested lists."""
    if not shape:
        return Number(random.uniform(-1, 1))
    return [data(*shape[1:]) for _ in range(shape[0])]


def learned(*shape: int) -> Any:
    """A weight tensor: its elements are the parameters."""
    Number.counts["params"] += math.prod(shape)
    return data(*shape)


def total(terms: Iterable[Number]) -> Number:
    """A sum of n terms, n − 1 additions."""
    first, *others = terms
    for one in others:
        first = first + one
    return first


def contract(left: Iterable[Number], right: Iterable[Number]) -> Number:
    """A sum of products: each product is a MAC."""
    products = [a * b for a, b in zip(left, right, strict=True)]
    Number.counts["macs"] += len(products)
    return total(products)


def greatest(terms: Iterable[Number]) -> Number:
    """The maximum of n numbers, n − 1 comparisons."""
    first, *others = terms
    for one in others:
        first = max(first, one)
    return first


def apply(matrix: Matrix, vector: Vector) -> Vector:
    """A matrix times a vector."""
    return [contract(row, vector) for row in matrix]


def linear(x: Matrix, inputs: int, outputs: int) -> Matrix:
    """A linear layer without bias on each row."""
    weights = learned(outputs, inputs)
    return [apply(weights, row) for row in x]


def columns(x: Matrix) -> Matrix:
    """The transpose."""
    return [list(column) for column in zip(*x, strict=True)]


def sigmoid(x: Number) -> Number:
    """1/(1 + e^−x)."""
    return Number(1) / ((-x).exp() + 1)


def silu(x: Number) -> Number:
    """x·σ(x)."""
    return x * sigmoid(x)


def softplus(x: Number) -> Number:
    """log(1 + e^x)."""
    return (x.exp() + 1).log()


def softmax(row: Vector) -> Vector:
    """The stable form."""
    top = greatest(row)
    powers = [(one - top).exp() for one in row]
    below = total(powers)
    return [one / below for one in powers]


def rms_norm(row: Vector) -> Vector:
    """A row over its root mean square, scaled."""
    scale = learned(len(row))
    root = (total(one * one for one in row) / len(row) + 1e-6).sqrt()
    inverse = Number(1) / root
    return [one * inverse * by for one, by in zip(row, scale, strict=True)]


# Plain layers.


def elu(N: int, H: int, W: int) -> None:
    """α(e^x − 1) below 0: worked out for every element, as the other branches are."""
    for _ in range(N * H * W):
        x = data()
        below = (x.exp() - 1) * 1.0
        _ = below if x < 0 else x


def map_product(N: int, H: int, W: int) -> None:
    """Two maps, element by element."""
    _ = [data() * data() for _ in range(N * H * W)]


def matmul(n: int, M: int, N: int) -> None:
    """Rows of the one times columns of the other."""
    left, right = data(n, M), columns(data(M, N))
    for row in left:
        apply(right, row)


def pool(reduce: Callable[[Vector], Number]) -> Callable[..., None]:
    """Pooling over windows of k in each axis."""

    def run(k: int, N: int, **sides: int) -> None:
        for _ in range(N * math.prod(sides.values())):
            reduce(data(k ** len(sides)))

    return run


def mean(window: Vector) -> Number:
    """A sum over how many there are."""
    return total(window) / len(window)


def adaptive_max_pool(N: int, H_in: int, W_in: int, H: int, W: int) -> None:
    """Bins from ⌊iR/o⌋ to ⌈(i + 1)R/o⌉."""
    for _, y, x in product(range(N), range(H), range(W)):
        rows = -(-(y + 1) * H_in // H) - y * H_in // H
        across = -(-(x + 1) * W_in // W) - x * W_in // W
        greatest(data(rows * across))


def bicubic_upsample(N: int, H_in: int, W_in: int, s: int) -> None:
    """Sixteen weights a place, known before."""
    for _ in range(N * H_in * W_in * s * s):
        total(one * weight.value for one, weight in zip(data(16), data(16), strict=True))


def transposed(axes: int) -> Callable[..., None]:
    """Each input element is spread by the kernel; products at one place are added up."""

    def run(k: int, M: int, N: int, s: int, g: int, **sides: int) -> None:
        kernel = learned(M, N // g, k**axes)
        places: dict[tuple[int, ...], list[Number]] = {}
        taps = list(product(range(k), repeat=axes))
        for m, at in product(range(M), product(*map(range, sides.values()))):
            x, group = data(), m // (M // g)
            for n, (i, tap) in product(range(N // g), enumerate(taps)):
                where = (group * (N // g) + n, *(s * a + b for a, b in zip(at, tap, strict=True)))
                Number.counts["macs"] += 1
                places.setdefault(where, []).append(x * kernel[m][n][i])
        for terms in places.values():
            total(terms)

    return run


#: Layers by name: the loops, and the sizes of which they are run.
LOOPS: dict[str, tuple[Callable[..., None], list[dict[str, int]]]] = {
    "elu": (elu, [{"N": 3, "H": 2, "W": 5}]),
    "product": (map_product, [{"N": 3, "H": 2, "W": 5}]),
    "matmul": (matmul, [{"n": 3, "M": 4, "N": 5}, {"n": 2, "M": 1, "N": 7}]),
    "max_pool1d": (pool(greatest), [{"k": 3, "N": 2, "L": 5}]),
    "avg_pool1d": (pool(mean), [{"k": 3, "N": 2, "L": 5}]),
    "max_pool3d": (pool(greatest), [{"k": 2, "N": 3, "D": 1, "H": 2, "W": 4}]),
    "avg_pool3d": (pool(mean), [{"k": 2, "N": 3, "D": 1, "H": 2, "W": 4}]),
    "adaptive_max_pool": (
        adaptive_max_pool,
        [
            {"N": 2, "H_in": 7, "W_in": 5, "H": 3, "W": 5},
            {"N": 1, "H_in": 6, "W_in": 9, "H": 4, "W": 2},
        ],
    ),
    "bicubic_upsample": (bicubic_upsample, [{"N": 2, "H_in": 2, "W_in": 3, "s": 2}]),
    "transposed_conv1d": (transposed(1), [{"k": 3, "M": 4, "N": 6, "s": 2, "g": 2, "L_in": 5}]),
    "transposed_conv3d": (
        transposed(3),
        [{"k": 2, "M": 2, "N": 4, "s": 2, "g": 2, "D_in": 2, "H_in": 1, "W_in": 3}],
    ),
}  # fmt: skip

#: Sizes of the catalogue that the loops have as what comes out of them.
RESULTING: dict[str, Callable[[dict[str, int]], dict[str, int]]] = {
    "transposed_conv1d": lambda s: {"L": (s["L_in"] - 1) * s["s"] + s["k"]},
    "transposed_conv3d": lambda s: {
        side: (s[f"{side}_in"] - 1) * s["s"] + s["k"] for side in ("D", "H", "W")
    },
}


def executed(name: str, sizes: dict[str, int]) -> Counter[str]:
    """What the loops of a layer counted: scalar operations by kind, ``macs`` and ``params``."""
    Number.counts = Counter()
    random.seed(0)
    run, _ = LOOPS[name]
    run(**sizes)
    return Number.counts
