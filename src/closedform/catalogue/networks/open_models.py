"""Open models: OLMo, OLMo 2, Granite and StableLM, LLaMA but for a detail, and Mamba.

References: transformers 5.24.0, models/olmo, models/olmo2, models/granite, models/stablelm and
models/mamba; Gu and Dao, Mamba (arXiv:2312.00752), section 3.4, for the block.
"""

from __future__ import annotations

from closedform.catalogue.activation import residual_add
from closedform.catalogue.attention import keys, multi_head_attention
from closedform.catalogue.linear_time import mamba
from closedform.catalogue.networks.language import decoder, headed
from closedform.catalogue.normalization import bias, layer_norm, rms_norm
from closedform.catalogue.transformer import gated_feed_forward
from closedform.cost.layer import Cost, Entries, LayerSum, Size, layer, operation, step


def _model(
    L: Size, d: Size, h: Size, h_kv: Size, f: Size, V: Size, n: Size, d_r: Size, norm: LayerSum,
    attended: LayerSum, own_head: bool,
) -> LayerSum:  # fmt: skip
    """LLaMA with another norm, of whose heads d_r numbers are rotated."""
    forward = gated_feed_forward(d=d, f=f, n=n).at("mlp")
    block = decoder(d, h, h_kv, d_r, n, attended, forward, norm)
    return headed(L, d, V, n, block, own_head=own_head, norm=norm)


def _cost(
    L: Size, d: Size, h: Size, h_kv: Size, f: Size, V: Size, n: Size, more: Size, last: Size,
    *, tied: bool, causal: bool,
) -> Cost:  # fmt: skip
    """LLaMA's costs, with so many more parameters in each layer and behind the last one."""
    weights = 2 * d**2 + 2 * d**2 * h_kv / h + 3 * d * f
    return Cost(
        params=(1 if tied else 2) * V * d + L * (weights + more) + last,
        macs=n * L * weights + 2 * L * n * keys(n, n, causal) * d + n * d * V,
    )


@layer(
    flags="tied causal",
    source="allenai/OLMo, configs/official-0724: norms without scale and shift; transformers, "
    "models/olmo/modeling_olmo.py",
)
def olmo(
    L: Size, d: Size, h: Size, f: Size, V: Size, n: Size, h_kv: Size = "h", *, tied: bool = False,
    causal: bool = False,
) -> Entries:  # fmt: skip
    """OLMo: LLaMA with layer norms that learn nothing."""
    yield _cost(L, d, h, h_kv, f, V, n, 0, 0, tied=tied, causal=causal)
    attended = multi_head_attention(d=d, h=h, n=n, h_kv=h_kv, causal=causal)
    norm = layer_norm(N=d, n=n, no_affine=True)
    yield _model(L, d, h, h_kv, f, V, n, d / h, norm, attended, not tied)


@layer(
    flags="tied causal",
    source="allenai/OLMo, configs/official-1124; transformers, models/olmo2/modeling_olmo2.py: "
    "norms behind attention and feed-forward, and of all queries and all keys of a token",
)
def olmo2(
    L: Size, d: Size, h: Size, f: Size, V: Size, n: Size, h_kv: Size = "h", *, tied: bool = False,
    causal: bool = False,
) -> Entries:  # fmt: skip
    """OLMo 2: LLaMA that norms what it adds, and queries and keys over all heads."""
    yield _cost(L, d, h, h_kv, f, V, n, 3 * d + d * h_kv / h, d, tied=tied, causal=causal)
    attended = multi_head_attention(d=d, h=h, n=n, h_kv=h_kv, causal=causal)
    attended += rms_norm(N=d, n=n).at("query_norm") + rms_norm(N=d * h_kv / h, n=n).at("key_norm")
    yield _model(L, d, h, h_kv, f, V, n, d / h, rms_norm(N=d, n=n), attended, not tied)


@layer(
    flags="tied causal",
    source="ibm-granite/granite-3.0-2b-instruct, config.json; transformers, "
    "models/granite/modeling_granite.py",
)
def granite(
    L: Size, d: Size, h: Size, f: Size, V: Size, n: Size, h_kv: Size = "h", *, tied: bool = False,
    causal: bool = False,
) -> Entries:  # fmt: skip
    """Granite: LLaMA that scales its embedding, what each layer adds, and its logits."""
    yield _cost(L, d, h, h_kv, f, V, n, 2 * d, d, tied=tied, causal=causal)
    attended = multi_head_attention(d=d, h=h, n=n, h_kv=h_kv, causal=causal)
    scaled = (operation("scale", n, d), operation("scale", L, 2, n, d), operation("divide", n, V))
    made = _model(L, d, h, h_kv, f, V, n, d / h, rms_norm(N=d, n=n), attended, not tied)
    yield made + step("multipliers", *scaled).at("multipliers")


@layer(
    flags="tied qkv_bias causal",
    meanings={"d_r": "numbers of a head that are rotated"},
    source="Lightning-AI/litgpt, litgpt/config.py; transformers, "
    "models/stablelm/modeling_stablelm.py: layer norms, a part of each head rotated",
)
def stablelm(
    L: Size, d: Size, h: Size, f: Size, V: Size, n: Size, h_kv: Size = "h", d_r: Size = "d/h", *,
    tied: bool = False, qkv_bias: bool = False, causal: bool = False,
) -> Entries:  # fmt: skip
    """StableLM: LLaMA with layer norms, which have a shift, and d_r numbers of a head rotated."""
    biases = d + 2 * d * h_kv / h if qkv_bias else 0
    yield _cost(L, d, h, h_kv, f, V, n, biases + 4 * d, 2 * d, tied=tied, causal=causal)
    attended = multi_head_attention(d=d, h=h, n=n, h_kv=h_kv, causal=causal)
    if qkv_bias:
        attended += bias(N=d + 2 * d * h_kv / h, H=n, W=1).at("qkv_bias")
    yield _model(L, d, h, h_kv, f, V, n, d_r, layer_norm(N=d, n=n), attended, not tied)


@layer(
    meanings={"N": "width of a state", "f": "inner width"},
    source="Gu and Dao, arXiv:2312.00752, section 3.4; transformers, "
    "models/mamba/modeling_mamba.py",
)
def mamba_lm(L: Size, d: Size, V: Size, n: Size, N: Size = 16, f: Size = "2*d") -> LayerSum:
    """Mamba as a language model: L blocks behind RMS norms, a head tied to the embedding."""
    mixed = mamba(d=d, n=n, N=N, f=f).at("mixer") + residual_add(N=d, H=n).at("add")
    return headed(L, d, V, n, rms_norm(N=d, n=n).at("norm") + mixed, own_head=False)
