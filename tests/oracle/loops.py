"""Layers as plain loops over scalars that count every operation by its kind.

Each function executes one layer on tensors of random numbers, as its paper writes it: nothing of
the catalogue is used. ``LOOPS`` lists them; ``executed`` runs one and hands back what was counted.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import pairwise, product
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


def rms_norm(row: Vector, scale: Vector) -> Vector:
    """A row over its root mean square, scaled."""
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


def selu(N: int, H: int, W: int) -> None:
    """λ times ELU."""
    for _ in range(N * H * W):
        x = data()
        below = (x.exp() - 1) * 1.67
        _ = (below if x < 0 else x) * 1.05


def celu(N: int, H: int, W: int) -> None:
    """α(e^(x/α) − 1) below 0."""
    for _ in range(N * H * W):
        x = data()
        below = ((x / 2.0).exp() - 1) * 2.0
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
    """Pooling over windows of k in each axis, or of k_d, k_h and k_w."""

    def run(k: int, N: int, **sides: int) -> None:
        window = [sides.pop(f"k_{axis.lower()}", k) for axis in list(sides) if axis in "LDHW"]
        for _ in range(N * math.prod(sides.values())):
            reduce(data(math.prod(window)))

    return run


def mean(window: Vector) -> Number:
    """A sum over how many there are."""
    return total(window) / len(window)


def adaptive(reduce: Callable[[Vector], Number]) -> Callable[..., None]:
    """Bins from ⌊iR/o⌋ to ⌈(i + 1)R/o⌉ on each axis."""

    def run(N: int, **sides: int) -> None:
        axes = [(sides[f"{axis}_in"], sides[axis]) for axis in "DHW" if axis in sides]
        for _, *at in product(range(N), *(range(o) for _, o in axes)):
            bins = (-(-(i + 1) * R // o) - i * R // o for i, (R, o) in zip(at, axes, strict=True))
            reduce(data(math.prod(bins)))

    return run


def upsample(taps: int) -> Callable[..., None]:
    """So many weights a place, known before."""

    def run(N: int, s: int, **sides: int) -> None:
        for _ in range(N * math.prod(s * side for side in sides.values())):
            total(one * weight.value for one, weight in zip(data(taps), data(taps), strict=True))

    return run


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


# Sequences: rows are tokens.


def mla(d: int, h: int, n: int, d_h: int, d_c: int, d_q: int, d_r: int) -> None:
    """Multi-head latent attention, every token seeing all."""
    x = data(n, d)
    queries = linear(linear(x, d, d_q), d_q, h * (d_h + d_r))
    latents = linear(x, d, d_c + d_r)
    pairs = linear([row[:d_c] for row in latents], d_c, 2 * h * d_h)
    rotary = [rotated(row[d_c:]) for row in latents]
    outputs: Matrix = [[] for _ in range(n)]
    for head in range(h):
        start = head * (d_h + d_r)
        q = [row[start : start + d_h + d_r] for row in queries]
        q = [row[:d_h] + rotated(row[d_h:]) for row in q]
        k = [
            row[2 * head * d_h : (2 * head + 1) * d_h] + turned
            for row, turned in zip(pairs, rotary, strict=True)
        ]
        v = columns([row[(2 * head + 1) * d_h : (2 * head + 2) * d_h] for row in pairs])
        for token, row in enumerate(q):
            scores = [contract(row, key) * 0.1 for key in k]
            outputs[token] += apply(v, softmax(scores))
    linear(outputs, h * d_h, d)


def rotated(row: Vector) -> Vector:
    """Rotary embedding: pairs are rotated, each number is two products and a sum."""
    return [a * 0.6 + b * 0.8 for a, b in zip(row, reversed(row), strict=True)]


def causal_conv(x: Matrix, k: int, *, bias: bool) -> Matrix:
    """A kernel of k tokens for each channel, over tokens that are padded with zeros before."""
    width = len(x[0])
    kernels, shifts = learned(width, k), learned(width) if bias else None
    padded = [[Number(0)] * width for _ in range(k - 1)] + x
    output = []
    for token in range(len(x)):
        row = [contract([padded[token + i][c] for i in range(k)], kernels[c]) for c in range(width)]
        output.append([a + b for a, b in zip(row, shifts, strict=True)] if shifts else row)
    return [[silu(one) for one in row] for row in output]


def mamba(d: int, n: int, f: int, N: int, k: int, r: int) -> None:
    """Projections, a causal convolution, and the recurrence of a selective state space."""
    inner = linear(data(n, d), d, 2 * f)
    x = causal_conv([row[:f] for row in inner], k, bias=True)
    mixed = linear(x, f, r + 2 * N)
    steps = linear([row[:r] for row in mixed], r, f)
    shift, A, D = learned(f), learned(f, N), learned(f)
    state = [[Number(0) for _ in range(N)] for _ in range(f)]
    outputs = []
    for t in range(n):
        B, C = mixed[t][r : r + N], mixed[t][r + N :]
        row = []
        for c in range(f):
            step = softplus(steps[t][c] + shift[c])
            given = step * x[t][c]
            for i in range(N):
                state[c][i] = (step * A[c][i]).exp() * state[c][i] + given * B[i]
            row.append(contract(state[c], C) + D[c] * x[t][c])
        outputs.append([y * silu(z) for y, z in zip(row, inner[t][f:], strict=True)])
    linear(outputs, f, d)


def mamba2(d: int, n: int, f: int, N: int, d_h: int, k: int, g: int) -> None:
    """One decay a head, groups of inputs and outputs, a gated norm in groups."""
    h, mixed = f // d_h, f + 2 * g * N
    inner = linear(data(n, d), d, f + mixed + h)
    x = causal_conv([row[f : f + mixed] for row in inner], k, bias=True)
    shift, A, D, scale = learned(h), learned(h), learned(h), learned(f)
    state = [[Number(0) for _ in range(N)] for _ in range(f)]
    outputs = []
    for t in range(n):
        steps = [softplus(a + b) for a, b in zip(inner[t][f + mixed :], shift, strict=True)]
        decays = [(a * b).exp() for a, b in zip(steps, A, strict=True)]
        row = []
        for c in range(f):
            head, group = c // d_h, c // (f // g)
            B = x[t][f + group * N : f + (group + 1) * N]
            C = x[t][f + (g + group) * N : f + (g + group + 1) * N]
            given = steps[head] * x[t][c]
            for i in range(N):
                state[c][i] = decays[head] * state[c][i] + given * B[i]
            y = contract(state[c], C) + D[head] * x[t][c]
            row.append(y * silu(inner[t][c]))
        wide = f // g
        outputs.append(
            [
                one
                for group in range(g)
                for one in rms_norm(
                    row[group * wide : (group + 1) * wide], scale[group * wide : (group + 1) * wide]
                )
            ]
        )
    linear(outputs, f, d)


def linear_attention(h: int, n: int, d_h: int, m: int) -> None:
    """Keys and values are summed up once, for all queries."""
    for _ in range(h):
        q, k = ([[feature(one) for one in row] for row in data(size, d_h)] for size in (n, m))
        v = columns(data(m, d_h))
        by_key = columns(k)
        memory = [apply(by_key, column) for column in v]
        keys = [total(column) for column in by_key]
        for row in q:
            below = contract(row, keys)
            _ = [one / below for one in apply(memory, row)]


def feature(x: Number) -> Number:
    """elu(x) + 1, both branches worked out."""
    below = (x.exp() - 1) * 1.0
    return (below if x < 0 else x) + 1


def delta_net(d: int, h: int, n: int, d_h: int, k: int) -> None:
    """Each head keeps a matrix that every token corrects."""
    x = data(n, d)
    wide = h * d_h
    inner = causal_conv(linear(x, d, 3 * wide), k, bias=False)
    betas = [[sigmoid(one) for one in row] for row in linear(x, d, h)]
    scale = learned(d_h)
    outputs: Matrix = [[] for _ in range(n)]
    for head in range(h):
        memory = [[Number(0) for _ in range(d_h)] for _ in range(d_h)]
        for t in range(n):
            parts = (inner[t][i * wide + head * d_h :][:d_h] for i in range(3))
            query, key, value = parts
            query, key = of_length_1(query), of_length_1(key)
            old = apply(memory, key)
            new = [(v - o) * betas[t][head] for v, o in zip(value, old, strict=True)]
            for row, one in zip(memory, new, strict=True):
                row[:] = [a + one * b for a, b in zip(row, key, strict=True)]
            outputs[t] += rms_norm(apply(memory, query), scale)
    linear(outputs, wide, d)


def of_length_1(row: Vector) -> Vector:
    """A row over the root of its sum of squares."""
    root = total(one * one for one in row).sqrt()
    return [one / root for one in row]


def kan(M: int, N: int, G: int, k: int, n: int) -> None:
    """The basis of each input from order 0 upwards, a spline and a SiLU on each edge."""
    coefficients, spline_scale, base_scale = learned(N, M, G + k), learned(N, M), learned(N, M)
    knots = [Number(i / G) for i in range(-k, G + k + 1)]
    for x in data(n, M):
        bases, smooth = [], []
        for one in x:
            right = [one < knot for knot in knots]
            basis = [Number(float(b and not a)) for a, b in pairwise(right)]
            for order in range(1, k + 1):
                basis = [
                    (one - knots[i]) / 1.5 * basis[i]
                    + (knots[i + order + 1] - one) / 1.5 * basis[i + 1]
                    for i in range(len(basis) - 1)
                ]
            bases.append(basis)
            smooth.append(silu(one))
        for row in range(N):
            splines = [contract(bases[m], coefficients[row][m]) for m in range(M)]
            contract([*splines, *smooth], [*spline_scale[row], *base_scale[row]])


def shared_expert_moe(d: int, f: int, n: int, E: int, E_s: int, a: int) -> None:
    """The best a of E experts, by the softmax of all E, and E_s experts for every token."""
    router = learned(E, d)
    experts = [(learned(f, d), learned(d, f)) for _ in range(E + E_s)]

    def forward(expert: tuple[Matrix, Matrix], row: Vector) -> Vector:
        hidden = [max(one, Number(0)) for one in apply(expert[0], row)]
        return apply(expert[1], hidden)

    for row in data(n, d):
        weights = softmax(apply(router, row))[:a]
        outputs = [forward(experts[e], row) for e in range(a)]
        mixed = [
            total(by * one for by, one in zip(weights, column, strict=True))
            for column in columns(outputs)
        ]
        for expert in experts[E:]:
            mixed = [one + more for one, more in zip(mixed, forward(expert, row), strict=True)]


#: Layers by name: the loops, and the sizes of which they are run.
LOOPS: dict[str, tuple[Callable[..., None], list[dict[str, int]]]] = {
    "elu": (elu, [{"N": 3, "H": 2, "W": 5}]),
    "selu": (selu, [{"N": 3, "H": 2, "W": 5}]),
    "celu": (celu, [{"N": 3, "H": 2, "W": 5}]),
    "dropout": (lambda **_: None, [{"N": 3, "H": 2, "W": 5}]),
    "product": (map_product, [{"N": 3, "H": 2, "W": 5}]),
    "matmul": (matmul, [{"n": 3, "M": 4, "N": 5}, {"n": 2, "M": 1, "N": 7}]),
    "max_pool1d": (pool(greatest), [{"k": 3, "N": 2, "L": 5}]),
    "avg_pool1d": (pool(mean), [{"k": 3, "N": 2, "L": 5}]),
    "max_pool": (pool(greatest), [{"k": 2, "N": 3, "H": 2, "W": 4, "k_w": 3}]),
    "avg_pool": (pool(mean), [{"k": 2, "N": 3, "H": 2, "W": 4, "k_h": 3}]),
    "max_pool3d": (pool(greatest), [{"k": 2, "N": 3, "D": 1, "H": 2, "W": 4, "k_d": 1, "k_w": 3}]),
    "avg_pool3d": (pool(mean), [{"k": 2, "N": 3, "D": 1, "H": 2, "W": 4, "k_d": 1, "k_w": 3}]),
    "adaptive_max_pool3d": (
        adaptive(greatest),
        [{"N": 2, "D_in": 4, "H_in": 7, "W_in": 5, "D": 3, "H": 3, "W": 5}],
    ),
    "adaptive_avg_pool3d": (
        adaptive(mean),
        [{"N": 1, "D_in": 4, "H_in": 5, "W_in": 5, "D": 2, "H": 4, "W": 3}],
    ),
    "adaptive_max_pool": (
        adaptive(greatest),
        [
            {"N": 2, "H_in": 7, "W_in": 5, "H": 3, "W": 5},
            {"N": 1, "H_in": 6, "W_in": 9, "H": 4, "W": 2},
        ],
    ),
    "bicubic_upsample": (upsample(16), [{"N": 2, "H_in": 2, "W_in": 3, "s": 2}]),
    "linear_upsample": (upsample(2), [{"N": 2, "L_in": 3, "s": 3}]),
    "trilinear_upsample": (upsample(8), [{"N": 2, "D_in": 1, "H_in": 2, "W_in": 3, "s": 2}]),
    "mla": (mla, [{"d": 6, "h": 2, "n": 3, "d_h": 4, "d_c": 5, "d_q": 3, "d_r": 2}]),
    "mamba": (mamba, [{"d": 3, "n": 4, "f": 5, "N": 2, "k": 3, "r": 2}]),
    "mamba2": (
        mamba2,
        [
            {"d": 3, "n": 4, "f": 6, "N": 2, "d_h": 3, "k": 3, "g": 1},
            {"d": 5, "n": 2, "f": 8, "N": 3, "d_h": 2, "k": 2, "g": 2},
        ],
    ),
    "linear_attention": (linear_attention, [{"h": 2, "n": 3, "d_h": 4, "m": 5}]),
    "delta_net": (delta_net, [{"d": 5, "h": 2, "n": 3, "d_h": 4, "k": 3}]),
    "kan": (
        kan,
        [{"M": 2, "N": 3, "G": 4, "k": 2, "n": 2}, {"M": 3, "N": 2, "G": 5, "k": 3, "n": 1}],
    ),
    "shared_expert_moe": (
        shared_expert_moe, [{"d": 3, "f": 5, "n": 2, "E": 4, "E_s": 2, "a": 3}],
    ),
    "transposed_conv": (
        transposed(2),
        [
            {"k": 1, "M": 3, "N": 4, "s": 2, "g": 1, "H_in": 3, "W_in": 3},
            {"k": 2, "M": 3, "N": 4, "s": 3, "g": 1, "H_in": 3, "W_in": 2},
        ],
    ),
    "transposed_conv1d": (
        transposed(1),
        [
            {"k": 3, "M": 4, "N": 6, "s": 2, "g": 2, "L_in": 5},
            {"k": 2, "M": 4, "N": 6, "s": 5, "g": 2, "L_in": 3},
        ],
    ),
    "transposed_conv3d": (
        transposed(3),
        [{"k": 2, "M": 2, "N": 4, "s": 2, "g": 2, "D_in": 2, "H_in": 1, "W_in": 3}],
    ),
}  # fmt: skip

#: Sizes of the catalogue that the loops have as what comes out of them.
RESULTING: dict[str, Callable[[dict[str, int]], dict[str, int]]] = {
    "transposed_conv": lambda s: {
        side: (s[f"{side}_in"] - 1) * s["s"] + s["k"] for side in ("H", "W")
    },
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
