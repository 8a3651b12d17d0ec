"""Attention.

Reference: Vaswani et al., Attention Is All You Need (arXiv:1706.03762), section 3.2. A is the
number of pairs of a query and a key: n·m, or n(n + 1)/2 where each token sees itself and
those before it.
"""

from __future__ import annotations

from closedform.catalogue.linear import linear
from closedform.catalogue.normalization import rms_norm
from closedform.cost.layer import (
    Cost,
    Entries,
    Operation,
    Size,
    layer,
    least,
    operation,
    rounded_up,
    step,
)

#: The side of a window, of a map that may have to be padded.
WINDOW = "side of a window; maps are padded to multiples of it, and are multiples where open"


def keys(n: Size, m: Size, causal: bool) -> Size:
    """How many keys a query is compared with, on average over the n queries."""
    return (n + 1) / 2 if causal else m


@layer(
    flags="causal",
    ways="eager math dropout",
    inputs="h n d_h; h_kv m d_h; h_kv m d_h",
    kv_cache="2*h_kv*m*d_h",
    source="Vaswani et al., arXiv:1706.03762, section 3.2.1, eq. (1)",
)
def attention(
    h: Size, n: Size, d_h: Size, m: Size = "n", h_kv: Size = "h", *, causal: bool = False,
    dropout: bool,
) -> Entries:  # fmt: skip
    """Scaled dot-product attention: scores, scale, softmax and mix, without weights."""
    A = n * keys(n, m, causal)
    yield Cost(params=0, macs=2 * h * A * d_h, activations=h * n * d_h)
    yield core(h, n, d_h, keys(n, m, causal), kept=(n * h + 2 * m * h_kv) * d_h, dropout=dropout)


def core(
    h: Size, n: Size, d_h: Size, seen: Size, *, kept: Size, dropout: bool = False
) -> list[Operation]:
    """What attention executes where each of n queries of h heads sees so many keys.

    ``kept`` are the elements of queries, keys and values.
    """
    scores = [
        operation("contract", h, n, seen, over=d_h, inputs=kept),
        operation("scale", h, n, seen),
        operation("softmax", h, n, seen, rows=h * n),
    ]
    if dropout:
        mix = operation("contract", h, n, d_h, over=seen, inputs=h * n * seen)
        return [*scores, operation("dropout", h, n, seen), mix]
    return [*scores, operation("contract", h, n, d_h, over=seen, inputs=0)]


@layer(
    aliases="mha self_attention",
    flags="bias causal bias_kv zero_key",
    ways="no_grad no_weights apart seq_first dropout masked padded",
    no_module="h_kv d_h apart",
    meanings={"d_v": "width of the values that come in"},
    kv_cache="2*h_kv*m*d_h",
    source="Vaswani et al., arXiv:1706.03762, section 3.2.2; grouped queries: Ainslie et al., "
    "arXiv:2305.13245, section 2.2",
)
def multi_head_attention(
    d: Size, h: Size, n: Size, m: Size = "n", h_kv: Size = "h", d_h: Size = "d/h", d_kv: Size = "d",
    d_v: Size = "d_kv", *, bias: bool = False, causal: bool = False, bias_kv: bool = False,
    zero_key: bool = False, dropout: bool, masked: bool, padded: bool,
) -> Entries:  # fmt: skip
    """Multi-head attention: projections of queries, keys and values, attention, output.

    With bias_kv one more key and its value are learned, with zero_key one more is 0: PyTorch's
    add_bias_kv and add_zero_attn. Neither is cached: they are the same for every token.
    """
    b, learned = (1 if bias else 0), (1 if bias_kv else 0)
    more = learned + (1 if zero_key else 0)
    seen = keys(n, m, causal) + more
    inner = 2 * d_kv if d_v == d_kv else d_kv + d_v
    yield Cost(
        params=2 * d * h * d_h
        + inner * h_kv * d_h
        + b * (h * d_h + 2 * h_kv * d_h + d)
        + 2 * learned * h_kv * d_h,
        macs=2 * n * d * h * d_h + m * inner * h_kv * d_h + 2 * n * seen * h * d_h,
    )
    source = "input" if (m, d_kv, d_v) == (n, d, d) else "memory"
    if causal and more:  # a query sees those that are added as well as those before it
        kept = (n * h + 2 * (m + more) * h_kv) * d_h
        parts = core(h, n, d_h, seen, kept=kept, dropout=dropout)
        scores = step("causal_attention", *parts)
    else:
        sizes = {"h": h, "n": n, "d_h": d_h, "m": m + more, "h_kv": h_kv}
        scores = attention(**sizes, causal=causal, dropout=dropout)
    scores = scores.at("attention")
    if bias_kv:
        pair = operation("gather", 2, h_kv, d_h, weights=((2, h_kv, d_h),))
        scores += step("bias_kv", pair).at("bias_kv")
    if masked or padded:
        scores += step("mask", operation("add", h, n, seen)).at("mask")
    yield (
        linear(M=d, N=h * d_h, n=n, bias=bias).at("query", reads="input")
        + linear(M=d_kv, N=h_kv * d_h, n=m, bias=bias).at("key", reads=source)
        + linear(M=d_v, N=h_kv * d_h, n=m, bias=bias).at("value", reads=source)
        + scores
        + linear(M=h * d_h, N=d, n=n, bias=bias).at("output")
    )


@layer(
    flags="bias",
    cases="w n",
    meanings={"w": "tokens that are seen, the own one included; at most n"},
    kv_cache=lambda sizes: 2 * sizes["h_kv"] * least(sizes["w"], sizes["n"]) * sizes["d_h"],
    source="Jiang et al. (Mistral), arXiv:2310.06825, section 2",
)
def sliding_window_attention(
    d: Size, h: Size, n: Size, w: Size, h_kv: Size = "h", d_h: Size = "d/h", *, bias: bool = False
) -> Entries:
    """Causal multi-head attention in which a token sees itself and the w − 1 before it."""
    b, w = (1 if bias else 0), least(w, n)
    A = n * w - w * (w - 1) / 2
    yield Cost(
        params=2 * d * h * d_h + 2 * d * h_kv * d_h + b * (h * d_h + 2 * h_kv * d_h + d),
        macs=n * (2 * d * h * d_h + 2 * d * h_kv * d_h) + 2 * A * h * d_h,
    )
    seen, kept = w - w * (w - 1) / (2 * n), n * (h + 2 * h_kv) * d_h
    scores = step("windowed_attention", *core(h, n, d_h, seen, kept=kept))
    if w == n:  # the window leaves none out
        scores = attention(h=h, n=n, d_h=d_h, h_kv=h_kv, causal=True)
    yield (
        linear(M=d, N=h * d_h, n=n, bias=bias).at("query", reads="input")
        + linear(M=d, N=h_kv * d_h, n=n, bias=bias).at("key", reads="input")
        + linear(M=d, N=h_kv * d_h, n=n, bias=bias).at("value", reads="input")
        + scores.at("attention")
        + linear(M=h * d_h, N=d, n=n, bias=bias).at("output")
    )


@layer(
    aliases="w_msa",
    flags="bias",
    ways="functional",
    pads="w|H w|W",
    cases="H W w",
    meanings={"w": WINDOW},
    source="Liu et al. (Swin), arXiv:2103.14030, eq. (2); padding: torchvision, "
    "swin_transformer.py, shifted_window_attention",
)
def window_attention(
    d: Size, h: Size, H: Size, W: Size, w: Size, *, bias: bool = False, functional: bool
) -> Entries:
    """Attention within windows of w × w places, with a table of relative positions."""
    b, H, W = (1 if bias else 0), rounded_up(H, w), rounded_up(W, w)
    yield Cost(
        params=4 * d**2 + 4 * b * d + (2 * w - 1) ** 2 * h,
        macs=4 * H * W * d**2 + 2 * w**2 * H * W * d,
    )
    n, called = H * W, {"bias": bias, "functional": functional}
    scores, scale, *rest = core(h, n, d / h, w**2, kept=3 * n * d)
    table = ((2 * w - 1, 2 * w - 1, h),)
    position = operation("add", h, n, w**2, weights=table)
    yield (
        linear(M=d, N=3 * d, n=n, **called).at("qkv")
        + step("windowed_attention", scores, scale, position, *rest).at("attention")
        + linear(M=d, N=d, n=n, **called).at("output")
    )


@layer(
    aliases="rope",
    operations="rotate n h d_h",
    source="Su et al., arXiv:2104.09864, eq. (34)",
)
def rotary_embedding(d_h: Size, n: Size, h: Size = 1) -> Cost:
    """Rotary embedding of h vectors of d_h for each of n tokens: pairs are rotated."""
    return Cost(params=0, macs=0, flops=3 * n * h * d_h, activations=n * h * d_h)


@layer(
    aliases="multi_head_latent_attention",
    flags="causal rms",
    kv_cache="n*(d_c + d_r)",
    source="DeepSeek-AI, arXiv:2405.04434, section 2.1 and appendix C, eq. (37) to (47); norms of "
    "the latents: section 3.1.2; deepseek-ai/DeepSeek-V3, inference/model.py, class MLA",
)
def mla(
    d: Size, h: Size, n: Size, d_h: Size, d_c: Size, d_q: Size, d_r: Size, *, causal: bool = False,
    rms: bool = False,
) -> Entries:  # fmt: skip
    """Multi-head latent attention: keys and values from a latent of d_c, one rotary key for all.

    Only the latent and the rotary key of each token are cached. The flag rms norms both latents.
    """
    A = n * keys(n, n, causal)
    latents = d * d_q + d * (d_c + d_r)
    heads = h * d_q * (d_h + d_r) + 2 * h * d_c * d_h + h * d_h * d
    yield Cost(
        params=latents + heads + ((d_q + d_c) if rms else 0),
        macs=n * (latents + heads) + A * h * (2 * d_h + d_r),
    )
    seen = keys(n, n, causal)
    kept = n * h * (3 * d_h + d_r) + n * d_r
    _, *rest = core(h, n, d_h, seen, kept=kept)
    scores = operation("contract", h, n, seen, over=d_h + d_r, inputs=kept)
    normed = rms_norm(N=d_q, n=n).at("query_norm") + rms_norm(N=d_c, n=n).at("latent_norm")
    made = (
        linear(M=d, N=d_q, n=n).at("query_latent", reads="input")
        + linear(M=d_q, N=h * (d_h + d_r), n=n).at("query")
        + linear(M=d, N=d_c + d_r, n=n).at("latent", reads="input")
        + linear(M=d_c, N=2 * h * d_h, n=n).at("key_value")
        + rotary_embedding(d_h=d_r, n=n, h=h).at("query_position")
        + rotary_embedding(d_h=d_r, n=n).at("key_position")
        + step("latent_attention", scores, *rest).at("attention")
        + linear(M=h * d_h, N=d, n=n).at("output")
    )
    yield made + normed if rms else made
