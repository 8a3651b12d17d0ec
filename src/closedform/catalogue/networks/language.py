"""Language models: GPT-2, OPT, BERT, LLaMA, Mistral, Mixtral. Sizes of a family may stay symbols.

References: Radford et al. 2019 (GPT-2), section 2.3 and Table 2; Zhang et al., OPT
(arXiv:2205.01068), section 2.1; Devlin et al. (arXiv:1810.04805), section 3; Touvron et al.
(arXiv:2302.13971 and 2307.09288), sections 2; Jiang et al. (arXiv:2310.06825), Table 1, and Mixtral
(arXiv:2401.04088), Table 1; Meta, Llama 3 (arXiv:2407.21783), Table 3. The members of each family
stand in ``language_presets.py``. Attention is counted in full, as papers and tools do; the flag
causal counts what is needed.
"""

from __future__ import annotations

from closedform.catalogue.activation import gelu, gelu_tanh, relu, residual_add, tanh
from closedform.catalogue.attention import (
    keys,
    multi_head_attention,
    rotary_embedding,
    sliding_window_attention,
)
from closedform.catalogue.linear import embedding, linear
from closedform.catalogue.networks.vision import forward
from closedform.catalogue.normalization import bias, layer_norm, rms_norm
from closedform.catalogue.transformer import gated_feed_forward, moe
from closedform.cost.layer import Cost, Entries, LayerSum, LayerType, Size, layer, tied


def positions(T: Size, d: Size, n: Size) -> LayerSum:
    """Learned positions: a row of a table of T, added to each token."""
    return embedding(V=T, d=d, n=n).at("positions") + residual_add(N=d, H=n).at("add")


def encoder(
    d: Size, h: Size, f: Size, n: Size, activation: LayerType, causal: bool, *, bias: bool = True
) -> LayerSum:
    """A layer with two layer norms, and with biases or without any."""
    after = residual_add(N=d, H=n).at("add") + layer_norm(N=d, n=n, no_bias=not bias).at("norm")
    return (
        multi_head_attention(d=d, h=h, n=n, bias=bias, causal=causal).at("attention")
        + after
        + forward(d, f, n, activation, bias=bias).at("mlp")
        + after
    )


def decoder(
    d: Size, h: Size, h_kv: Size, d_h: Size, n: Size, attention: LayerSum, forward: LayerSum,
    norm: LayerSum | None = None,
) -> LayerSum:  # fmt: skip
    """A LLaMA-like layer: attention behind rotary embedding, and a feed-forward, each with a norm.

    ``d_h`` are the numbers of a head that are rotated; the norm is an RMS norm if none is given.
    """
    norm = rms_norm(N=d, n=n) if norm is None else norm
    return (
        norm.at("attention_norm")
        + rotary_embedding(d_h=d_h, n=n, h=h).at("rotary_q")
        + rotary_embedding(d_h=d_h, n=n, h=h_kv).at("rotary_k")
        + attention.at("attention")
        + residual_add(N=d, H=n).at("add")
        + norm.at("mlp_norm")
        + forward
        + residual_add(N=d, H=n).at("add")
    )


def normed_heads(h: Size, h_kv: Size, d_h: Size, n: Size) -> LayerSum:
    """An RMS norm of the query and of the key of each head, whose scale is that of all heads."""
    return rms_norm(N=d_h, n=n * h).at("query_norm") + rms_norm(N=d_h, n=n * h_kv).at("key_norm")


def headed(
    L: Size, d: Size, V: Size, n: Size, block: LayerSum, *, own_head: bool = False,
    norm: LayerSum | None = None, first: LayerSum | None = None,
) -> LayerSum:  # fmt: skip
    """Embedding, L layers, a last norm and the head, whose weights may be the embedding's.

    ``first`` stands between embedding and layers; the norm is an RMS norm if none is given.
    """
    head, norm = linear(M=d, N=V, n=n), rms_norm(N=d, n=n) if norm is None else norm
    embedded, blocks = embedding(V=V, d=d, n=n).at("embedding"), L * block
    made: LayerSum = (
        (embedded if first is None else embedded + first)
        + blocks.at("layers")
        + norm.at("norm")
        + (head if own_head else tied(head)).at("head")
    )
    return made


@layer(
    flags="causal",
    meanings={"T": "longest sequence"},
    source="Radford et al. 2019, section 2.3: pre-norm, tied head, learned positions",
)
def gpt2(
    L: Size, d: Size, h: Size, V: Size, T: Size, f: Size = "4*d", n: Size = "T", *,
    causal: bool = False,
) -> Entries:  # fmt: skip
    """GPT-2: L layers with biases, learned positions, a head tied to the embedding."""
    yield Cost(
        params=V * d + T * d + L * (4 * d**2 + 2 * d * f + 9 * d + f) + 2 * d,
        macs=n * L * (4 * d**2 + 2 * d * f) + 2 * L * n * keys(n, n, causal) * d + n * d * V,
    )
    block = encoder(d, h, f, n, gelu_tanh, causal)
    yield headed(L, d, V, n, block, norm=layer_norm(N=d, n=n), first=positions(T, d, n))


@layer(
    flags="causal",
    meanings={"T": "longest sequence"},
    source="Zhang et al., OPT, arXiv:2205.01068, section 2.1; positions start at 2: transformers, "
    "models/opt/modeling_opt.py, class OPTLearnedPositionalEmbedding",
)
def opt(
    L: Size, d: Size, h: Size, V: Size, T: Size, n: Size, f: Size = "4*d", *, causal: bool = False
) -> Entries:
    """OPT: GPT-2 with ReLU, and a table of positions with two rows that are never used."""
    yield Cost(
        params=(V + T + 2) * d + L * (4 * d**2 + 2 * d * f + 9 * d + f) + 2 * d,
        macs=n * L * (4 * d**2 + 2 * d * f) + 2 * L * n * keys(n, n, causal) * d + n * d * V,
    )
    block = encoder(d, h, f, n, relu, causal)
    yield headed(L, d, V, n, block, norm=layer_norm(N=d, n=n), first=positions(T + 2, d, n))


@layer(
    meanings={"T": "longest sequence", "S": "segments"},
    flags="distilled causal",
    kv_cache="0",
    source="Devlin et al., arXiv:1810.04805, section 3; two segments, pooler, no head; without "
    "both: transformers, models/distilbert/modeling_distilbert.py, class DistilBertModel",
)
def bert(
    L: Size, d: Size, h: Size, V: Size, T: Size, n: Size, f: Size = "4*d", S: Size = 2, *,
    distilled: bool = False, causal: bool = False,
) -> Entries:  # fmt: skip
    """BERT: L layers with biases, learned positions, segments, a pooler on the first token.

    The flag distilled leaves out segments and pooler, as in DistilBERT.
    """
    rows, pooler, biases = (V + T, 0, 2 * d) if distilled else (V + T + S, d**2, 3 * d)
    yield Cost(
        params=rows * d + L * (4 * d**2 + 2 * d * f + 9 * d + f) + pooler + biases,
        macs=n * L * (4 * d**2 + 2 * d * f) + 2 * L * n * keys(n, n, causal) * d + pooler,
    )
    embedded = embedding(V=V, d=d, n=n).at("embedding") + positions(T, d, n)
    if not distilled:
        embedded += embedding(V=S, d=d, n=n).at("segments") + residual_add(N=d, H=n).at("add")
    layers = (L * encoder(d, h, f, n, gelu, causal)).at("layers")
    made = embedded + layer_norm(N=d, n=n).at("norm") + layers
    yield made if distilled else made + linear(M=d, N=d, bias=True).at("pooler") + tanh(N=d)


@layer(
    flags="tied qkv_bias qk_norm causal",
    source="Touvron et al., arXiv:2302.13971, section 2.2: RMS norm, SwiGLU, rotary embedding; "
    "biases of queries, keys and values: Qwen2.5, arXiv:2412.15115, section 2; norms of queries "
    "and keys instead: Qwen3, arXiv:2505.09388, section 2",
)
def llama(
    L: Size, d: Size, h: Size, f: Size, V: Size, n: Size, h_kv: Size = "h", d_h: Size = "d/h", *,
    tied: bool = False, qkv_bias: bool = False, qk_norm: bool = False, causal: bool = False,
) -> Entries:  # fmt: skip
    """LLaMA: L layers without biases; the flag tied lets the head take the embedding's weights.

    The flag qkv_bias gives queries, keys and values biases, as Qwen2 and Qwen2.5 have them; with
    qk_norm the query and the key of each head are normed, as in Qwen3.
    """
    weights = 2 * d * h * d_h + 2 * d * h_kv * d_h + 3 * d * f
    heads, biases = (1 if tied else 2), (h + 2 * h_kv) * d_h if qkv_bias else 0
    scales = 2 * d + (2 * d_h if qk_norm else 0)
    yield Cost(
        params=heads * V * d + L * (weights + biases + scales) + d,
        macs=n * L * weights + 2 * L * n * keys(n, n, causal) * h * d_h + n * d * V,
    )
    attended = multi_head_attention(d=d, h=h, n=n, h_kv=h_kv, d_h=d_h, causal=causal)
    if qkv_bias:
        attended += bias(N=(h + 2 * h_kv) * d_h, H=n, W=1).at("qkv_bias")
    if qk_norm:
        attended += normed_heads(h, h_kv, d_h, n)
    block = decoder(d, h, h_kv, d_h, n, attended, gated_feed_forward(d=d, f=f, n=n).at("mlp"))
    yield headed(L, d, V, n, block, own_head=not tied)


def windowed(d: Size, h: Size, n: Size, w: Size, h_kv: Size, d_h: Size, causal: bool) -> LayerSum:
    """Attention in full, or over the w tokens that are needed."""
    sizes = {"d": d, "h": h, "n": n, "h_kv": h_kv, "d_h": d_h}
    if causal:
        return sliding_window_attention(**sizes, w=w)
    return multi_head_attention(**sizes)


@layer(
    flags="tied causal",
    cases="w n",
    meanings={"w": "window of attention, counted with the flag causal"},
    source="Jiang et al., arXiv:2310.06825, section 2 and Table 1",
)
def mistral(
    L: Size, d: Size, h: Size, f: Size, V: Size, n: Size, w: Size, h_kv: Size = "h",
    d_h: Size = "d/h", *, tied: bool = False, causal: bool = False,
) -> LayerSum:  # fmt: skip
    """Mistral: LLaMA with a sliding window of w tokens."""
    attended = windowed(d, h, n, w, h_kv, d_h, causal)
    block = decoder(d, h, h_kv, d_h, n, attended, gated_feed_forward(d=d, f=f, n=n).at("mlp"))
    return headed(L, d, V, n, block, own_head=not tied)


@layer(
    flags="tied qk_norm causal",
    asks="a<=E",
    source="Jiang et al., Mixtral, arXiv:2401.04088, section 2.1 and Table 1; norms of queries and "
    "keys: Qwen3, arXiv:2505.09388, section 2",
)
def mixtral(
    L: Size, d: Size, h: Size, f: Size, V: Size, n: Size, E: Size, a: Size, h_kv: Size = "h",
    d_h: Size = "d/h", *, tied: bool = False, qk_norm: bool = False, causal: bool = False,
) -> Entries:  # fmt: skip
    """Mixtral: Mistral with E experts, a of which work on each token."""
    attention = 2 * d * h * d_h + 2 * d * h_kv * d_h
    heads, scales = (1 if tied else 2), 2 * d + (2 * d_h if qk_norm else 0)
    yield Cost(
        params=heads * V * d + L * (attention + 3 * E * d * f + d * E + scales) + d,
        macs=n * L * (attention + 3 * a * d * f + d * E)
        + 2 * L * n * keys(n, n, causal) * h * d_h
        + n * d * V,
    )
    attended = multi_head_attention(d=d, h=h, n=n, h_kv=h_kv, d_h=d_h, causal=causal)
    if qk_norm:
        attended += normed_heads(h, h_kv, d_h, n)
    experts = moe(d=d, f=f, n=n, E=E, a=a, gated=True).at("moe")
    block = decoder(d, h, h_kv, d_h, n, attended, experts)
    yield headed(L, d, V, n, block, own_head=not tied)
