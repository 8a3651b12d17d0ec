"""Feed-forward layers, experts and blocks of transformers."""

from __future__ import annotations

from tests.oracle.activations import gelu as erf_gelu
from tests.oracle.activations import mapped, relu, residual_add, silu, softmax
from tests.oracle.attention import multi_head_attention, window_attention
from tests.oracle.linear import linear, summed
from tests.oracle.linear_time import multiplied
from tests.oracle.norms import layer_norm, rms_norm
from tests.oracle.number import plain
from tests.oracle.running import executes, require
from tests.oracle.tensors import Row, Rows, data, delivers, total


def tokens(d: int, n: int) -> tuple[Rows, ...]:
    """N tokens."""
    return (data(n, d),)


@executes(lambda d, n=1: (data(n, d),))
def feed_forward(x: Rows, f: int | None = None, *, bias: bool = False, gelu: bool = False) -> Rows:
    """max(0, xW_1 + b_1)W_2 + b_2: Vaswani et al., arXiv:1706.03762, eq. (2)."""
    hidden = linear(x, f or 4 * len(x[0]), bias=bias)
    return linear(mapped(erf_gelu if gelu else relu, hidden), len(x[0]), bias=bias)


@executes(lambda d, n=1: (data(n, d),))
def gated_feed_forward(x: Rows, f: int, *, bias: bool = False, gelu: bool = False) -> Rows:
    """(Swish(xW) ⊙ xV)W_2, or with GELU: Shazeer, arXiv:2002.05202, eq. (6)."""
    gate = mapped(erf_gelu if gelu else silu, linear(x, f, bias=bias))
    return linear(mapped(multiplied, gate, linear(x, f, bias=bias)), len(x[0]), bias=bias)


def expert_outputs(x: Rows, f: int, chosen: list[list[int]], E: int, *, gated: bool) -> list[Rows]:
    """For each token what its experts make of it: each expert works on the tokens sent to it."""
    made: list[list[Row | None]] = [[None] * len(of) for of in chosen]
    for expert in range(E):
        sent = [(t, of.index(expert)) for t, of in enumerate(chosen) if expert in of]
        rows = forward_of([x[t] for t, _ in sent], f, len(x[0]), gated=gated)
        for (t, place), row in zip(sent, rows, strict=True):
            made[t][place] = row
    return [[row for row in rows if row is not None] for rows in made]


def forward_of(x: Rows, f: int, d: int, *, gated: bool) -> Rows:
    """A feed-forward of width d, with or without a gate, that may be sent no token."""
    hidden = mapped(silu if gated else relu, linear(x, f, d))
    hidden = mapped(multiplied, hidden, linear(x, f, d)) if gated else hidden
    return linear(hidden, d, f)


@executes(tokens)
def moe(
    x: Rows, f: int, E: int, a: int, *, gated: bool = False, softmax_first: bool = False
) -> Rows:
    """Σ Softmax(Top(x·W_g))_i·E_i(x): Jiang et al., arXiv:2401.04088, section 2.1.

    With softmax_first the softmax is of all E: Dai et al., arXiv:2401.06066, eq. (10) and (11).
    Which are the greatest is not counted.
    """
    require(a <= E)
    scores = linear(x, E)
    weights = softmax(scores) if softmax_first else scores
    chosen = [sorted(range(E), key=lambda e, row=row: -plain(row[e]))[:a] for row in weights]
    kept = [[row[e] for e in of] for row, of in zip(weights, chosen, strict=True)]
    kept = kept if softmax_first else softmax(kept)
    return mixed(kept, expert_outputs(x, f, chosen, E, gated=gated))


@delivers
def mixed(weights: Rows, outputs: list[Rows]) -> Rows:
    """For each token the outputs of its experts, each by its weight, added up."""
    return [
        [
            total(w * one for w, one in zip(own, column, strict=True))
            for column in zip(*rows, strict=True)
        ]
        for own, rows in zip(weights, outputs, strict=True)
    ]


@executes(tokens)
def shared_expert_moe(x: Rows, f: int, E: int, E_s: int, a: int, *, gated: bool = False) -> Rows:
    """Some experts work on every token: Dai et al., arXiv:2401.06066, eq. (9) to (11)."""
    routed = moe(x, f, E, a, gated=gated, softmax_first=True)
    return summed(routed, *(forward_of(x, f, len(x[0]), gated=gated) for _ in range(E_s)))


@executes(lambda d, n, m: (data(n, d), data(m, d)))
def transformer_layer(
    x: Rows, encoded: Rows, h: int, f: int | None = None, h_kv: int | None = None,
    d_h: int | None = None, *, bias: bool = False, causal: bool = False, gelu: bool = False,
    gated: bool = False, rms: bool = False, cross: bool = False,
) -> Rows:  # fmt: skip
    """LayerNorm(x + Sublayer(x)) of each part: Vaswani et al., arXiv:1706.03762, section 3.1.

    With cross a second attention sees an encoder's tokens, with rms and gated it is LLaMA's norm
    and feed-forward: Touvron et al., arXiv:2302.13971, section 2.2.
    """
    norm = rms_norm if rms else layer_norm
    heads = {"h": h, "h_kv": h_kv, "d_h": d_h, "bias": bias}
    x = norm(residual_add(x, multi_head_attention(x, x, x, causal=causal, **heads)))
    if cross:
        x = norm(residual_add(x, multi_head_attention(x, encoded, encoded, **heads)))
    f = f or 4 * len(x[0])
    forward = gated_feed_forward if gated else feed_forward
    return norm(residual_add(x, forward(x, f, bias=bias, gelu=gelu)))


@executes(lambda d, H, W: (data(H * W, d),))
def swin_block(x: Rows, h: int, H: int, W: int, w: int, *, bias: bool = False) -> Rows:
    """Liu et al., arXiv:2103.14030, eq. (3): norms before, additions behind."""
    x = residual_add(x, window_attention(layer_norm(x), h, H, W, w, bias=bias))
    return residual_add(x, feed_forward(layer_norm(x), 4 * len(x[0]), bias=bias, gelu=True))
