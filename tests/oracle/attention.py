"""Attention; rows are tokens, and heads lie side by side in a row."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import product

from tests.oracle.activations import softmax_of
from tests.oracle.linear import linear
from tests.oracle.norms import rms_norm
from tests.oracle.number import Number
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
)

#: Whether a query at one position sees a key at another.
Sees = Callable[[int, int], bool]


def everything(*_: int) -> bool:
    """Every query sees every key."""
    return True


def before(query: int, key: int) -> bool:
    """A query sees itself and what was before it."""
    return key <= query


def attended(
    q: Rows, k: Rows, v: Rows, sees: Sees = everything, position: list[Rows] | None = None
) -> Rows:
    """softmax(q·k/√d)·v of one head: Vaswani et al., arXiv:1706.03762, eq. (1).

    ``position``: what is added to the score of each pair, the own numbers of this head.
    """
    scale, output = 1 / math.sqrt(len(q[0])), []
    for i, query in enumerate(q):
        seen = [j for j in range(len(k)) if sees(i, j)]
        scores = [contract(query, k[j]) * scale for j in seen]
        if position is not None:
            scores = [one + position[i][j] for one, j in zip(scores, seen, strict=True)]
        output.append(apply(columns([v[j] for j in seen]), softmax_of(scores)))
    return output


def head(x: Rows, number: int, width: int) -> Rows:
    """The part of each row that is of one head."""
    return [row[number * width : (number + 1) * width] for row in x]


@executes(lambda h, n, d_h, m, h_kv: (data(n, h * d_h), data(m, h_kv * d_h), data(m, h_kv * d_h)))
def attention(
    q: Rows, k: Rows, v: Rows, h: int, h_kv: int, m: int, *, causal: bool = False
) -> Rows:
    """Scores, scale, softmax and mix of each head."""
    require(h % h_kv == 0 and (not causal or m == len(q)))
    cached(k, v)
    return of_heads(q, k, v, h, h_kv, before if causal else everything)


@delivers
def of_heads(
    q: Rows, k: Rows, v: Rows, h: int, h_kv: int, sees: Sees = everything, mask: Rows | None = None
) -> Rows:  # fmt: skip
    """Each head by itself; h/h_kv of them share keys: Ainslie et al., arXiv:2305.13245, 2.2."""
    width = len(q[0]) // h
    heads = []
    for i in range(h):
        pair = (head(x, i // (h // h_kv), width) for x in (k, v))
        heads.append(attended(head(q, i, width), *pair, sees, mask))
    return side_by_side(heads)


def side_by_side(heads: list[Rows]) -> Rows:
    """The heads' outputs, joined."""
    return [[one for row in rows for one in row] for rows in columns(heads)]


@executes(
    lambda d, n, m, d_kv, d_v: (data(n, d), data(m, d_kv), data(m, d_v)),
)
def multi_head_attention(
    x: Rows, keys: Rows, values: Rows, h: int, h_kv: int | None = None, d_h: int | None = None, *,
    bias: bool = False, causal: bool = False, bias_kv: bool = False, zero_key: bool = False,
    masked: bool = False, padded: bool = False,
) -> Rows:  # fmt: skip
    """Concat(head_1, …)·W_O of projections: arXiv:1706.03762, section 3.2.2.

    bias_kv and zero_key add a key and its value that all see: PyTorch's add_bias_kv and
    add_zero_attn. Masks of pairs and of padded keys are one, which is added to the scores.
    """
    d, n, h_kv = len(x[0]), len(x), h_kv or h
    require(h % h_kv == 0 and (d_h or d % h == 0) and (not causal or len(keys) == n))
    d_h = d_h or d // h
    q = linear(x, h * d_h, bias=bias)
    k = linear(keys, h_kv * d_h, bias=bias)
    v = linear(values, h_kv * d_h, bias=bias)
    cached(k, v)
    if bias_kv:
        more = pair_of_rows(h_kv * d_h)
        k, v = [*k, more[0]], [*v, more[1]]
    if zero_key:
        zeros = [Number(0)] * (h_kv * d_h)
        k, v = [*k, zeros], [*v, zeros]

    def sees(query: int, key: int) -> bool:
        return not causal or key <= query or key >= len(keys)

    mask = [[Number(0)] * len(k)] * n if masked or padded else None
    return linear(of_heads(q, k, v, h, h_kv, sees, mask), d, bias=bias)


@delivers
def pair_of_rows(width: int) -> Rows:
    """A key and a value that are learned."""
    pair: Rows = learned(2, width)
    return pair


@executes(lambda d, n: (data(n, d),))
def sliding_window_attention(
    x: Rows, h: int, w: int, h_kv: int | None = None, d_h: int | None = None, *, bias: bool = False
) -> Rows:
    """A token sees itself and the w − 1 before it: Jiang et al., arXiv:2310.06825, section 2.

    The cache is a rolling buffer of the last w tokens.
    """
    d, h_kv = len(x[0]), h_kv or h
    require(h % h_kv == 0 and (bool(d_h) or d % h == 0))
    d_h = d_h or d // h
    q, k, v = (linear(x, heads * d_h, bias=bias) for heads in (h, h_kv, h_kv))
    cached(k[-w:], v[-w:])
    mixed = of_heads(q, k, v, h, h_kv, lambda query, key: 0 <= query - key < w)
    return linear(mixed, d, bias=bias)


@executes(lambda d, H, W: (data(H * W, d),))
def window_attention(x: Rows, h: int, H: int, W: int, w: int, *, bias: bool = False) -> Rows:
    """Within windows of w × w tokens: Liu et al., arXiv:2103.14030, section 3.2, eq. (4).

    A map is padded with zeros to whole windows first, and cut to its own tokens last: torchvision,
    swin_transformer.py, shifted_window_attention.
    """
    d, wide = len(x[0]), -(-W // w) * w
    require(d % h == 0)
    own = [row * wide + column for row in range(H) for column in range(W)]
    padded = [[Number(0)] * d for _ in range(-(-H // w) * w * wide)]
    for at, row in zip(own, x, strict=True):
        padded[at] = row
    q, k, v = (linear(padded, d, bias=bias) for _ in range(3))
    output = linear(of_windows(q, k, v, h, wide, w), d, bias=bias)
    return [output[at] for at in own]


@delivers
def of_windows(q: Rows, k: Rows, v: Rows, h: int, W: int, w: int) -> Rows:
    """Each window by itself, with the table of relative positions, one number a head."""
    table, width = learned((2 * w - 1) ** 2, h), len(q[0]) // h
    output: Rows = [[] for _ in q]
    within = list(product(range(w), repeat=2))
    offsets = [
        [(a - c + w - 1) * (2 * w - 1) + b - e + w - 1 for c, e in within] for a, b in within
    ]
    for top, left in product(range(0, len(q) // W, w), range(0, W, w)):
        own = [(top + a) * W + left + b for a, b in within]
        for i in range(h):
            position = [[table[at][i] for at in row] for row in offsets]
            parts = ([head(x, i, width)[at] for at in own] for x in (q, k, v))
            for at, row in zip(own, attended(*parts, position=position), strict=True):
                output[at] += row
    return output


@executes(lambda d_h, n, h=1: (data(n, h * d_h),))
@delivers
def rotary_embedding(x: Rows, d_h: int) -> Rows:
    """Pairs of each head are rotated by the position: Su et al., arXiv:2104.09864, eq. (34)."""
    require(d_h % 2 == 0)
    return [rotated(row, d_h, position) for position, row in enumerate(x)]


def rotated(row: Row, d_h: int, position: int) -> Row:
    """One row: cosines and sines are known before."""
    output = []
    for i in range(0, len(row), 2):
        angle = position * 10000 ** (-(i % d_h) / d_h)
        a, b, cos, sin = row[i], row[i + 1], math.cos(angle), math.sin(angle)
        output += [a * cos - b * sin, b * cos + a * sin]
    return output


@executes(lambda d, n: (data(n, d),))
def mla(
    x: Rows, h: int, d_h: int, d_c: int, d_q: int, d_r: int, *, causal: bool = False,
    rms: bool = False,
) -> Rows:  # fmt: skip
    """Multi-head latent attention: DeepSeek-V2, arXiv:2405.04434, appendix C, eq. (37) to (47)."""
    require(d_r % 2 == 0)
    latent_q, latent = linear(x, d_q), linear(x, d_c)
    rotary = rotary_embedding(linear(x, d_r), d_r)
    if rms:  # section 3.1.2
        latent_q, latent = rms_norm(latent_q), rms_norm(latent)
    cached(latent, rotary)
    queries = linear(latent_q, h * d_h)
    rotary_q = rotary_embedding(linear(latent_q, h * d_r), d_r)
    keys, values = linear(latent, h * d_h), linear(latent, h * d_h)
    return linear(
        of_both(queries, rotary_q, keys, rotary, values, h, before if causal else everything),
        len(x[0]),
    )


@delivers
def of_both(q: Rows, q_rotary: Rows, k: Rows, k_rotary: Rows, v: Rows, h: int, sees: Sees) -> Rows:
    """Heads whose queries and keys have a rotary part, which of keys is one for all heads."""
    width, turned = len(v[0]) // h, len(k_rotary[0])
    heads = []
    for i in range(h):
        queries = side_by_side([head(q, i, width), head(q_rotary, i, turned)])
        keys = side_by_side([head(k, i, width), k_rotary])
        heads.append(attended(queries, keys, head(v, i, width), sees))
    return side_by_side(heads)
