"""Sequence layers that go token by token: state spaces, linear attention, the delta rule."""

from __future__ import annotations

import math

from tests.oracle.activations import elu, mapped, sigmoid, silu, softplus
from tests.oracle.attention import head
from tests.oracle.linear import linear
from tests.oracle.norms import bias, rms_normed
from tests.oracle.number import Number, exp, plain, sqrt
from tests.oracle.running import executes, require
from tests.oracle.tensors import (
    Row,
    Rows,
    apply,
    cached,
    columns,
    contract,
    data,
    delivers,
    learned,
    total,
)

ZERO = Number(0)


def multiplied(one: Number, other: Number) -> Number:
    """A gate, or a factor."""
    return one * other


@delivers
def causal_conv(x: Rows, k: int, *, bias: bool = False) -> Rows:
    """A kernel of k tokens for each channel, over tokens that are padded with zeros before."""
    kernels, shifts = learned(len(x[0]), k), learned(len(x[0])) if bias else None
    output = []
    for channel, kernel in zip(columns(x), kernels, strict=True):
        padded = [ZERO] * (k - 1) + channel
        output.append([contract(padded[t : t + k], kernel) for t in range(len(x))])
    made = columns(output)
    return [[a + b for a, b in zip(row, shifts, strict=True)] for row in made] if shifts else made


@executes(lambda d, n: (data(n, d),))
def mamba(x: Rows, f: int, N: int, k: int, r: int) -> Rows:
    """Gu and Dao, arXiv:2312.00752, section 3.4; state-spaces/mamba, mamba_simple.py, Mamba."""
    inner = linear(x, 2 * f)
    u = mapped(silu, causal_conv(head(inner, 0, f), k, bias=True))
    mixed = linear(u, r + 2 * N)
    steps = mapped(softplus, linear([row[:r] for row in mixed], f, bias=True))
    inputs, outputs = ([row[r + i * N :][:N] for row in mixed] for i in (0, 1))
    y = selective_scan(u, steps, inputs, outputs)
    gated = mapped(multiplied, y, mapped(silu, head(inner, 1, f)))
    return linear(gated, len(x[0]))


@delivers
def selective_scan(u: Rows, steps: Rows, inputs: Rows, outputs: Rows) -> Rows:
    """H = exp(ΔA)·h + (Δu)·B, y = C·h + D·u: Algorithm 2 and section 3.3.

    A = −exp(log A) is known before the first token, whose state is 0.
    """
    f, N = len(u[0]), len(inputs[0])
    A, D = [decays_of(row) for row in learned(f, N)], learned(f)
    state, y = [[ZERO] * N for _ in range(f)], []
    for token, step, B, C in zip(u, steps, inputs, outputs, strict=True):
        row = []
        for c in range(f):
            given = step[c] * token[c]
            state[c] = [
                exp(step[c] * a) * s + given * b for a, s, b in zip(A[c], state[c], B, strict=True)
            ]
            row.append(contract(state[c], C) + D[c] * token[c])
        y.append(row)
    return y


def decays_of(logarithms: Row) -> list[float]:
    """−exp(log A), before the first token."""
    return [-math.exp(plain(one)) for one in logarithms]


@executes(lambda d, n: (data(n, d),))
def mamba2(x: Rows, f: int, N: int, d_h: int, k: int, g: int) -> Rows:
    """Dao and Gu, arXiv:2405.21060, section 7.1; state-spaces/mamba, mamba2.py, class Mamba2.

    One decay a head, inputs and outputs in g groups, and a norm in as many.
    """
    require(f % d_h == 0 and f % g == 0 and f // d_h % g == 0)
    h, mixed = f // d_h, f + 2 * g * N
    inner = linear(x, f + mixed + h)
    u = mapped(silu, causal_conv([row[f : f + mixed] for row in inner], k, bias=True))
    steps = mapped(softplus, columns(bias(columns([row[f + mixed :] for row in inner]))))
    y = grouped_scan(u, steps, f, N, g)
    gated = mapped(multiplied, y, mapped(silu, head(inner, 0, f)))
    return linear(norm_in_groups(gated, g), len(x[0]))


@delivers
def grouped_scan(u: Rows, steps: Rows, f: int, N: int, g: int) -> Rows:
    """The recurrence of section 2, with a scalar decay for each head."""
    h = len(steps[0])
    A, D = decays_of(learned(h)), learned(h)
    state, y = [[ZERO] * N for _ in range(f)], []
    for token, step in zip(u, steps, strict=True):
        decays = [exp(a * b) for a, b in zip(step, A, strict=True)]
        row = []
        for c in range(f):
            of, group = c * h // f, c * g // f
            B, C = (token[f + (i * g + group) * N :][:N] for i in (0, 1))
            given = step[of] * token[c]
            state[c] = [decays[of] * s + given * b for s, b in zip(state[c], B, strict=True)]
            row.append(contract(state[c], C) + D[of] * token[c])
        y.append(row)
    return y


@delivers
def norm_in_groups(x: Rows, g: int) -> Rows:
    """RMS norm of each of g parts of a row."""
    width, scale = len(x[0]) // g, learned(len(x[0]))
    parts = [(slice(i * width, (i + 1) * width)) for i in range(g)]
    return [[one for part in parts for one in rms_normed(row[part], scale[part])] for row in x]


@executes(lambda h, n, d_h, m: (data(h, n, d_h), data(h, m, d_h), data(h, m, d_h)))
@delivers
def linear_attention(q: list[Rows], k: list[Rows], v: list[Rows]) -> list[Rows]:
    """φ(q)·Σ φ(k)v / φ(q)·Σ φ(k), sums taken once: Katharopoulos et al., arXiv:2006.16236, eq. (6).

    φ(x) = elu(x) + 1: eq. (7).
    """
    output = []
    for queries, keys, values in zip(q, k, v, strict=True):
        by_key = columns([feature_of(row) for row in keys])
        memory = [apply(by_key, column) for column in columns(values)]
        sums = [total(column) for column in by_key]
        rows = []
        for row in map(feature_of, queries):
            below = contract(row, sums)
            rows.append([one / below for one in apply(memory, row)])
        output.append(rows)
    return output


def feature_of(row: Row) -> Row:
    """φ of each element."""
    return [elu(one) + 1 for one in row]


@executes(lambda d, n: (data(n, d),))
def delta_net(x: Rows, h: int, k: int, d_h: int | None = None) -> Rows:
    """Schlag et al., arXiv:2102.11174, section 4.2; Yang et al., arXiv:2406.06484, section 2.2.

    Short convolutions, SiLU, queries and keys of length 1, a norm of each head's output: section
    3.3 there.
    """
    require(bool(d_h) or len(x[0]) % h == 0)
    d_h = d_h or len(x[0]) // h
    wide = h * d_h
    made = [mapped(silu, causal_conv(linear(x, wide), k)) for _ in range(3)]
    betas = mapped(sigmoid, linear(x, h))
    q, keys = (unit_heads(one, d_h) for one in made[:2])
    return linear(normed_heads(delta_rule(q, keys, made[2], betas), d_h), len(x[0]))


def heads_of(row: Row, width: int) -> list[Row]:
    """A row, head by head."""
    return [row[i : i + width] for i in range(0, len(row), width)]


@delivers
def unit_heads(x: Rows, width: int) -> Rows:
    """Each head over the root of its sum of squares."""
    return [[one for part in heads_of(row, width) for one in of_length_1(part)] for row in x]


def of_length_1(row: Row) -> Row:
    """A vector over its length."""
    root = sqrt(total(one * one for one in row))
    return [one / root for one in row]


@delivers
def delta_rule(q: Rows, k: Rows, v: Rows, betas: Rows) -> Rows:
    """S = S + β(v − Sk)·k, o = Sq in each head: arXiv:2406.06484, eq. (1). S is what is kept."""
    h, d_h = len(betas[0]), len(q[0]) // len(betas[0])
    memories = [[[ZERO] * d_h for _ in range(d_h)] for _ in range(h)]
    output = []
    for t, beta in enumerate(betas):
        row: Row = []
        for i, memory in enumerate(memories):
            query, key, value = (heads_of(x[t], d_h)[i] for x in (q, k, v))
            old = apply(memory, key)
            new = [(b - a) * beta[i] for a, b in zip(old, value, strict=True)]
            for kept, one in zip(memory, new, strict=True):
                kept[:] = [a + one * b for a, b in zip(kept, key, strict=True)]
            row += apply(memory, query)
        output.append(row)
    cached(memories)
    return output


@delivers
def normed_heads(x: Rows, width: int) -> Rows:
    """RMS norm of each head, with one scale for all."""
    scale = learned(width)
    return [[one for part in heads_of(row, width) for one in rms_normed(part, scale)] for row in x]
