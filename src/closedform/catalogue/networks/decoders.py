"""More decoders: BLOOM, MPT, GPT-NeoX (Pythia), Phi (GPT-J), Falcon and Gemma.

References: BigScience (arXiv:2211.05100), section 3.2, with ALiBi of Press et al.
(arXiv:2108.12409), section 3; Black et al., GPT-NeoX (arXiv:2204.06745), section 2.1, and Biderman
et al., Pythia (arXiv:2304.01373), section 2.2; Li et al., Phi-1.5 (arXiv:2309.05463), section 2.1;
Gemma Team (arXiv:2403.08295), section 2. Details as in transformers 5.24.0.
"""

from __future__ import annotations

from closedform.catalogue.activation import gelu, gelu_tanh, residual_add
from closedform.catalogue.attention import keys, multi_head_attention, rotary_embedding
from closedform.catalogue.linear import embedding, linear
from closedform.catalogue.networks.language import decoder, encoder, headed, normed_heads
from closedform.catalogue.networks.vision import forward
from closedform.catalogue.normalization import layer_norm, rms_norm
from closedform.catalogue.transformer import gated_by
from closedform.cost.layer import (
    Cost,
    Entries,
    LayerSum,
    LayerType,
    Size,
    layer,
    operation,
    step,
)


@layer(
    flags="causal",
    source="BigScience, arXiv:2211.05100, section 3.2; ALiBi: Press et al., arXiv:2108.12409, "
    "section 3: one addition a score",
)
def bloom(
    L: Size, d: Size, h: Size, V: Size, n: Size, f: Size = "4*d", *, causal: bool = False
) -> Entries:
    """BLOOM: L layers with biases, ALiBi, a layer norm of the embedding, a tied head."""
    yield Cost(
        params=V * d + L * (4 * d**2 + 2 * d * f + 9 * d + f) + 4 * d,
        macs=n * L * (4 * d**2 + 2 * d * f) + 2 * L * n * keys(n, n, causal) * d + n * d * V,
    )
    slopes = step("alibi", operation("add", h, n, keys(n, n, causal))).at("alibi")
    norm = layer_norm(N=d, n=n)
    block = encoder(d, h, f, n, gelu_tanh, causal) + slopes
    yield headed(L, d, V, n, block, norm=norm, first=norm.at("embedding_norm"))


def parallel(
    d: Size, h: Size, f: Size, d_r: Size, n: Size, norms: int, act: LayerType, causal: bool,
    *, h_kv: Size | None = None, attention_bias: bool = True, bias: bool = True,
) -> LayerSum:  # fmt: skip
    """Attention and feed-forward side by side, both added to what came in."""
    seen = {"h_kv": h if h_kv is None else h_kv, "bias": attention_bias, "causal": causal}
    added, norm = residual_add(N=d, H=n), layer_norm(N=d, n=n).at("norm", reads="stream")
    return (
        (norm if norms == 1 else norm + norm)
        + rotary_embedding(d_h=d_r, n=n, h=h).at("rotary_q")
        + rotary_embedding(d_h=d_r, n=n, h=seen["h_kv"]).at("rotary_k")
        + multi_head_attention(d=d, h=h, n=n, **seen).at("attention", reads="normed")
        + added.at("add")
        + forward(d, f, n, act, bias=bias).at("mlp", reads="normed" if norms == 1 else "other norm")
        + added.at("add")
    )


@layer(
    flags="causal",
    meanings={"d_r": "numbers of a head that are rotated"},
    source="Black et al., GPT-NeoX, arXiv:2204.06745, section 2.1: attention and feed-forward side "
    "by side, rotary embedding of d_r numbers; two norms, as in its code",
)
def gpt_neox(
    L: Size, d: Size, h: Size, V: Size, n: Size, f: Size = "4*d", d_r: Size = "d/h", *,
    causal: bool = False,
) -> Entries:  # fmt: skip
    """GPT-NeoX: L layers of attention and feed-forward side by side, biases, a head of its own."""
    yield Cost(
        params=2 * V * d + L * (4 * d**2 + 2 * d * f + 9 * d + f) + 2 * d,
        macs=n * L * (4 * d**2 + 2 * d * f) + 2 * L * n * keys(n, n, causal) * d + n * d * V,
    )
    block = parallel(d, h, f, d_r, n, 2, gelu, causal)
    yield headed(L, d, V, n, block, own_head=True, norm=layer_norm(N=d, n=n))


@layer(
    flags="plain_attention causal",
    meanings={"d_r": "numbers of a head that are rotated"},
    source="Li et al., Phi-1.5, arXiv:2309.05463, section 2.1; one norm and a bias of the head: "
    "transformers, models/phi/modeling_phi.py; attention without biases: models/gptj",
)
def phi(
    L: Size, d: Size, h: Size, V: Size, n: Size, f: Size = "4*d", d_r: Size = 32, *,
    plain_attention: bool = False, causal: bool = False,
) -> Entries:  # fmt: skip
    """Phi: GPT-NeoX with one norm a layer, and a bias of the head.

    The flag plain_attention leaves out the biases of attention, as in GPT-J.
    """
    biases = 3 * d if plain_attention else 7 * d
    yield Cost(
        params=2 * V * d + V + L * (4 * d**2 + 2 * d * f + biases + f) + 2 * d,
        macs=n * L * (4 * d**2 + 2 * d * f) + 2 * L * n * keys(n, n, causal) * d + n * d * V,
    )
    biased = not plain_attention
    block = parallel(d, h, f, d_r, n, 1, gelu_tanh, causal, attention_bias=biased)
    yield (
        embedding(V=V, d=d, n=n).at("embedding")
        + (block * L).at("layers")
        + layer_norm(N=d, n=n).at("norm")
        + linear(M=d, N=V, n=n, bias=True).at("head")
    )


@layer(
    flags="two_norms causal",
    source="Almazrouei et al., Falcon, arXiv:2311.16867; transformers, models/falcon: one key and "
    "value head, attention and feed-forward side by side, one norm, or two with more heads of keys "
    "and values, no biases, a tied head",
)
def falcon(
    L: Size, d: Size, h: Size, V: Size, n: Size, f: Size = "4*d", h_kv: Size = 1, *,
    two_norms: bool = False, causal: bool = False,
) -> Entries:  # fmt: skip
    """Falcon: L layers of attention and feed-forward side by side, without biases, a tied head.

    The flag two_norms gives each of both a norm of its own, as in Falcon-40B and 180B.
    """
    weights = 2 * d**2 + 2 * d * h_kv * d / h + 2 * d * f
    norms = 2 if two_norms else 1
    yield Cost(
        params=V * d + L * (weights + 2 * norms * d) + 2 * d,
        macs=n * L * weights + 2 * L * n * keys(n, n, causal) * d + n * d * V,
    )
    plain = {"h_kv": h_kv, "attention_bias": False, "bias": False}
    block = parallel(d, h, f, d / h, n, 2 if two_norms else 1, gelu, causal, **plain)
    yield headed(L, d, V, n, block, norm=layer_norm(N=d, n=n))


@layer(
    flags="causal",
    source="MosaicML 2023, MPT-7B; transformers, models/mpt/modeling_mpt.py: no biases, norms "
    "without a shift, a tied head; ALiBi: Press et al., arXiv:2108.12409, section 3",
)
def mpt(
    L: Size, d: Size, h: Size, V: Size, n: Size, f: Size = "4*d", *, causal: bool = False
) -> Entries:
    """MPT: BLOOM without biases, shifts and the norm of the embedding."""
    yield Cost(
        params=V * d + L * (4 * d**2 + 2 * d * f + 2 * d) + d,
        macs=n * L * (4 * d**2 + 2 * d * f) + 2 * L * n * keys(n, n, causal) * d + n * d * V,
    )
    slopes = step("alibi", operation("add", h, n, keys(n, n, causal))).at("alibi")
    block = encoder(d, h, f, n, gelu, causal, bias=False) + slopes
    yield headed(L, d, V, n, block, norm=layer_norm(N=d, n=n, no_bias=True))


@layer(
    flags="post_norms qk_norm softcap causal",
    source="Gemma Team, arXiv:2403.08295, section 2 and Table 1: GEGLU, heads of their own width, "
    "a tied head; the 1 of the norms' 1 + w is folded into the weights; norms behind attention and "
    "feed-forward, bounded scores: Gemma 2, arXiv:2408.00118, section 2; norms of queries and keys "
    "instead of bounds: Gemma 3, arXiv:2503.19786, section 2",
)
def gemma(
    L: Size, d: Size, h: Size, f: Size, V: Size, n: Size, h_kv: Size = "h", d_h: Size = "d/h", *,
    post_norms: bool = False, qk_norm: bool = False, causal: bool = False, softcap: bool,
) -> Entries:  # fmt: skip
    """Gemma: LLaMA with GEGLU, a scaled embedding and a tied head.

    The flags post_norms and softcap, tanh of scores and logits, are of Gemma 2; post_norms and
    qk_norm are of Gemma 3. Layers that see a window alone are counted in full.
    """
    weights = 2 * d * h * d_h + 2 * d * h_kv * d_h + 3 * d * f
    scales = (4 * d if post_norms else 2 * d) + (2 * d_h if qk_norm else 0)
    yield Cost(
        params=V * d + L * (weights + scales) + d,
        macs=n * L * weights + 2 * L * n * keys(n, n, causal) * h * d_h + n * d * V,
    )
    attended = multi_head_attention(d=d, h=h, n=n, h_kv=h_kv, d_h=d_h, causal=causal)
    forward_ = gated_by(gelu_tanh, d, f, n, reads="normed").at("mlp")
    if qk_norm:
        attended += normed_heads(h, h_kv, d_h, n)
    if softcap:
        attended += bounded(h, n, keys(n, n, causal))
    if post_norms:
        after = rms_norm(N=d, n=n)
        attended, forward_ = attended + after.at("post_norm"), forward_ + after.at("mlp_post_norm")
    block = decoder(d, h, h_kv, d_h, n, attended, forward_)
    scaled = step("scale", operation("scale", n, d)).at("embedding_scale")
    made = headed(L, d, V, n, block) + scaled
    yield made + bounded(n, V) if softcap else made


def bounded(*outputs: Size) -> LayerSum:
    """c·tanh(x/c) of each number."""
    kinds = ("divide", "tanh", "scale")
    return step("softcap", *(operation(kind, *outputs) for kind in kinds)).at("softcap")
