"""Language models: GPT-2, BERT, LLaMA, Mistral, Mixtral. Sizes of a family may stay symbols.

References: Radford et al. 2019 (GPT-2), section 2.3 and Table 2; Devlin et al. (arXiv:1810.04805),
section 3; Touvron et al. (arXiv:2302.13971 and 2307.09288), sections 2; Jiang et al.
(arXiv:2310.06825), Table 1, and Mixtral (arXiv:2401.04088), Table 1; Meta, Llama 3
(arXiv:2407.21783), Table 3. Attention is counted in full, as papers and tools do; the flag causal
counts what is needed.
"""

from __future__ import annotations

from closedform.catalogue.activation import gelu, gelu_tanh, residual_add, tanh
from closedform.catalogue.attention import (
    multi_head_attention,
    rotary_embedding,
    sliding_window_attention,
)
from closedform.catalogue.linear import embedding, linear
from closedform.catalogue.networks.presets import preset
from closedform.catalogue.networks.vision import forward
from closedform.catalogue.normalization import layer_norm, rms_norm
from closedform.catalogue.transformer import gated_feed_forward, moe
from closedform.cost.layer import Cost, LayerSum, LayerType, Size, layer, repeated, tied


def positions(T: Size, d: Size, n: Size) -> LayerSum:
    """Learned positions: a row of a table of T, added to each token."""
    return embedding(V=T, d=d, n=n).at("positions") + residual_add(N=d, H=n).at("add")


def encoder(d: Size, h: Size, f: Size, n: Size, activation: LayerType, causal: bool) -> LayerSum:
    """A layer with biases and two layer norms."""
    after = residual_add(N=d, H=n).at("add") + layer_norm(N=d, n=n).at("norm")
    return (
        multi_head_attention(d=d, h=h, n=n, bias=True, causal=causal).at("attention")
        + after
        + forward(d, f, n, activation).at("mlp")
        + after
    )


def decoder(d: Size, h: Size, h_kv: Size, d_h: Size, n: Size, attention: LayerSum) -> LayerSum:
    """The attention of a LLaMA-like layer: RMS norm, rotary embedding, attention, addition."""
    return (
        rms_norm(N=d, n=n).at("attention_norm")
        + rotary_embedding(d_h=d_h, n=n, h=h).at("rotary_q")
        + rotary_embedding(d_h=d_h, n=n, h=h_kv).at("rotary_k")
        + attention.at("attention")
        + residual_add(N=d, H=n).at("add")
        + rms_norm(N=d, n=n).at("mlp_norm")
    )


def headed(L: Size, d: Size, V: Size, n: Size, block: LayerSum, own_head: bool) -> LayerSum:
    """Embedding, L layers, a last RMS norm and the head, whose weights may be the embedding's."""
    head = linear(M=d, N=V, n=n)
    return (
        embedding(V=V, d=d, n=n).at("embedding")
        + repeated(L, block).at("layers")
        + rms_norm(N=d, n=n).at("norm")
        + (head if own_head else tied(head)).at("head")
    )


@layer(
    flags="causal",
    meanings={"T": "longest sequence"},
    source="Radford et al. 2019, section 2.3: pre-norm, tied head, learned positions",
)
def gpt2(
    L: Size, d: Size, h: Size, V: Size, T: Size, f: Size = "4*d", n: Size = "T",
    *, causal: bool = False,
) -> Cost:  # fmt: skip
    """GPT-2: L layers with biases, learned positions, a head tied to the embedding."""
    keys = (n + 1) / 2 if causal else n
    return Cost(
        params=V * d + T * d + L * (4 * d**2 + 2 * d * f + 9 * d + f) + 2 * d,
        macs=n * L * (4 * d**2 + 2 * d * f) + 2 * L * n * keys * d + n * d * V,
    )


@gpt2.made_of
def _(L: Size, d: Size, h: Size, V: Size, T: Size, f: Size, n: Size, *, causal: bool) -> LayerSum:
    return (
        embedding(V=V, d=d, n=n).at("embedding")
        + positions(T, d, n)
        + repeated(L, encoder(d, h, f, n, gelu_tanh, causal)).at("layers")
        + layer_norm(N=d, n=n).at("norm")
        + tied(linear(M=d, N=V, n=n)).at("head")
    )


_GPT2 = "Radford et al. 2019, Table 2"
gpt2_small = preset(gpt2, "gpt2_small", _GPT2, "L=12 d=768 h=12 V=50257 T=1024")
gpt2_medium = preset(gpt2, "gpt2_medium", _GPT2, "L=24 d=1024 h=16 V=50257 T=1024")
gpt2_large = preset(gpt2, "gpt2_large", _GPT2, "L=36 d=1280 h=20 V=50257 T=1024")
gpt2_xl = preset(gpt2, "gpt2_xl", _GPT2, "L=48 d=1600 h=25 V=50257 T=1024")


@layer(
    meanings={"T": "longest sequence"},
    flags="causal",
    source="Devlin et al., arXiv:1810.04805, section 3; two segments, pooler, no head",
)
def bert(
    L: Size, d: Size, h: Size, V: Size, T: Size, n: Size, f: Size = "4*d", *, causal: bool = False
) -> Cost:
    """BERT: L layers with biases, learned positions, two segments, a pooler on the first token."""
    keys = (n + 1) / 2 if causal else n
    return Cost(
        params=(V + T + 2) * d + L * (4 * d**2 + 2 * d * f + 9 * d + f) + d**2 + 3 * d,
        macs=n * L * (4 * d**2 + 2 * d * f) + 2 * L * n * keys * d + d**2,
    )


@bert.made_of
def _(L: Size, d: Size, h: Size, V: Size, T: Size, n: Size, f: Size, *, causal: bool) -> LayerSum:
    return (
        embedding(V=V, d=d, n=n).at("embedding")
        + positions(T, d, n)
        + embedding(V=2, d=d, n=n).at("segments")
        + residual_add(N=d, H=n).at("add")
        + layer_norm(N=d, n=n).at("norm")
        + repeated(L, encoder(d, h, f, n, gelu, causal)).at("layers")
        + linear(M=d, N=d, bias=True).at("pooler")
        + tanh(N=d).at("tanh")
    )


_BERT = "Devlin et al., arXiv:1810.04805, section 3"
bert_base = preset(bert, "bert_base", _BERT, "L=12 d=768 h=12 V=30522 T=512")
bert_large = preset(bert, "bert_large", _BERT, "L=24 d=1024 h=16 V=30522 T=512")


@layer(
    flags="tied causal",
    source="Touvron et al., arXiv:2302.13971, section 2.2: RMS norm, SwiGLU, rotary embedding",
)
def llama(
    L: Size, d: Size, h: Size, f: Size, V: Size, n: Size, h_kv: Size = "h", d_h: Size = "d/h",
    *, tied: bool = False, causal: bool = False,
) -> Cost:  # fmt: skip
    """LLaMA: L layers without biases; the flag tied lets the head take the embedding's weights."""
    keys = (n + 1) / 2 if causal else n
    weights = 2 * d * h * d_h + 2 * d * h_kv * d_h + 3 * d * f
    heads = 1 if tied else 2
    return Cost(
        params=heads * V * d + L * (weights + 2 * d) + d,
        macs=n * L * weights + 2 * L * n * keys * h * d_h + n * d * V,
    )


@llama.made_of
def _(
    L: Size, d: Size, h: Size, f: Size, V: Size, n: Size, h_kv: Size, d_h: Size,
    *, tied: bool, causal: bool,
) -> LayerSum:  # fmt: skip
    attended = multi_head_attention(d=d, h=h, n=n, h_kv=h_kv, d_h=d_h, causal=causal)
    block = (
        decoder(d, h, h_kv, d_h, n, attended)
        + gated_feed_forward(d=d, f=f, n=n).at("mlp")
        + residual_add(N=d, H=n).at("add")
    )
    return headed(L, d, V, n, block, not tied)


_LLAMA = "Touvron et al., arXiv:2302.13971, Table 2, and arXiv:2307.09288, Table 1"
_LLAMA3 = "Meta, Llama 3, arXiv:2407.21783, Table 3"
llama2_7b = preset(llama, "llama2_7b", _LLAMA, "L=32 d=4096 h=32 f=11008 V=32000")
llama2_13b = preset(llama, "llama2_13b", _LLAMA, "L=40 d=5120 h=40 f=13824 V=32000")
llama2_70b = preset(llama, "llama2_70b", _LLAMA, "L=80 d=8192 h=64 h_kv=8 f=28672 V=32000")
llama3_8b = preset(llama, "llama3_8b", _LLAMA3, "L=32 d=4096 h=32 h_kv=8 f=14336 V=128256")
llama3_70b = preset(llama, "llama3_70b", _LLAMA3, "L=80 d=8192 h=64 h_kv=8 f=28672 V=128256")


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
) -> Cost | None:  # fmt: skip
    """Mistral: LLaMA with a sliding window of w tokens."""
    return None


@mistral.made_of
def _(
    L: Size, d: Size, h: Size, f: Size, V: Size, n: Size, w: Size, h_kv: Size, d_h: Size,
    *, tied: bool, causal: bool,
) -> LayerSum:  # fmt: skip
    block = (
        decoder(d, h, h_kv, d_h, n, windowed(d, h, n, w, h_kv, d_h, causal))
        + gated_feed_forward(d=d, f=f, n=n).at("mlp")
        + residual_add(N=d, H=n).at("add")
    )
    return headed(L, d, V, n, block, not tied)


mistral_7b = preset(
    mistral,
    "mistral_7b",
    "Jiang et al., arXiv:2310.06825, Table 1",
    "L=32 d=4096 h=32 h_kv=8 f=14336 V=32000 w=4096",
)


@layer(
    flags="tied causal",
    source="Jiang et al., Mixtral, arXiv:2401.04088, section 2.1 and Table 1",
)
def mixtral(
    L: Size, d: Size, h: Size, f: Size, V: Size, n: Size, E: Size, a: Size, h_kv: Size = "h",
    d_h: Size = "d/h", *, tied: bool = False, causal: bool = False,
) -> Cost:  # fmt: skip
    """Mixtral: Mistral with E experts, a of which work on each token."""
    keys = (n + 1) / 2 if causal else n
    attention = 2 * d * h * d_h + 2 * d * h_kv * d_h
    heads = 1 if tied else 2
    return Cost(
        params=heads * V * d + L * (attention + 3 * E * d * f + d * E + 2 * d) + d,
        macs=n * L * (attention + 3 * a * d * f + d * E) + 2 * L * n * keys * h * d_h + n * d * V,
    )


@mixtral.made_of
def _(
    L: Size, d: Size, h: Size, f: Size, V: Size, n: Size, E: Size, a: Size, h_kv: Size, d_h: Size,
    *, tied: bool, causal: bool,
) -> LayerSum:  # fmt: skip
    attended = multi_head_attention(d=d, h=h, n=n, h_kv=h_kv, d_h=d_h, causal=causal)
    block = (
        decoder(d, h, h_kv, d_h, n, attended)
        + moe(d=d, f=f, n=n, E=E, a=a, gated=True).at("moe")
        + residual_add(N=d, H=n).at("add")
    )
    return headed(L, d, V, n, block, not tied)


mixtral_8x7b = preset(
    mixtral,
    "mixtral_8x7b",
    "Jiang et al., Mixtral, arXiv:2401.04088, Table 1",
    "L=32 d=4096 h=32 h_kv=8 f=14336 V=32000 E=8 a=2",
)
