"""Feed-forward layers, experts and blocks of transformers.

References: Vaswani et al. (arXiv:1706.03762), sections 3.1 to 3.3; Shazeer (arXiv:2002.05202),
equation (6), for the gated feed-forward; Jiang et al., Mixtral (arXiv:2401.04088), section 2.1.
"""

from __future__ import annotations

from closedform.catalogue.activation import dropout as dropped
from closedform.catalogue.activation import gelu as erf_gelu
from closedform.catalogue.activation import relu, residual_add, silu, softmax
from closedform.catalogue.attention import (
    WINDOW,
    keys,
    multi_head_attention,
    window_attention,
)
from closedform.catalogue.linear import linear
from closedform.catalogue.normalization import layer_norm, rms_norm
from closedform.cost.layer import (
    Cost,
    Entries,
    LayerSum,
    LayerType,
    Size,
    layer,
    operation,
    rounded_up,
    routed,
    step,
)


@layer(
    aliases="ffn mlp",
    flags="bias gelu",
    source="Vaswani et al., arXiv:1706.03762, section 3.3, eq. (2); GELU: Devlin et al., "
    "arXiv:1810.04805, appendix A.2",
)
def feed_forward(
    d: Size, f: Size = "4*d", n: Size = 1, *, bias: bool = False, gelu: bool
) -> Entries:
    """Feed-forward of a transformer: d to f, ReLU or GELU, f to d."""
    b = 1 if bias else 0
    yield Cost(params=2 * d * f + b * (f + d), macs=2 * n * d * f)
    yield (
        linear(M=d, N=f, n=n, bias=bias).at("up")
        + (erf_gelu(N=f, H=n).at("gelu") if gelu else relu(N=f, H=n).at("relu"))
        + linear(M=f, N=d, n=n, bias=bias).at("down")
    )


@layer(
    aliases="swiglu gated_ffn",
    flags="bias gelu",
    source="Shazeer, arXiv:2002.05202, eq. (6); Touvron et al., arXiv:2302.13971, section 2.2",
)
def gated_feed_forward(d: Size, f: Size, n: Size = 1, *, bias: bool = False, gelu: bool) -> Entries:
    """Gated feed-forward: d to f twice, one of them through SiLU or GELU, their product, f to d."""
    b = 1 if bias else 0
    yield Cost(params=3 * d * f + b * (2 * f + d), macs=3 * n * d * f)
    yield gated_by(erf_gelu if gelu else silu, d, f, n, bias=bias)


def gated_by(
    act: LayerType, d: Size, f: Size, n: Size, *, bias: bool = False, reads: str = "input"
) -> LayerSum:
    """A gated feed-forward with this activation, such as the GELU of GEGLU."""
    return (
        linear(M=d, N=f, n=n, bias=bias).at("gate", reads=reads)
        + act(N=f, H=n).at(act.name)
        + linear(M=d, N=f, n=n, bias=bias).at("up", reads=reads)
        + step("product", operation("product", f, n)).at("product")
        + linear(M=f, N=d, n=n, bias=bias).at("down")
    )


@layer(
    aliases="mixture_of_experts",
    flags="gated softmax_first",
    asks="a<=E",
    source="Jiang et al. (Mixtral), arXiv:2401.04088, section 2.1; softmax before the choice: "
    "Dai et al. (DeepSeekMoE), arXiv:2401.06066, eq. (10) and (11)",
)
def moe(
    d: Size, f: Size, n: Size, E: Size, a: Size, *, gated: bool = False, softmax_first: bool
) -> Entries:
    """Mixture of experts: a router and E feed-forward layers, a of which work on each token.

    The softmax is of the a chosen scores; the flag softmax_first takes it of all E of them.
    """
    c = 3 if gated else 2
    yield Cost(params=c * E * d * f + d * E, macs=n * (c * a * d * f + d * E))
    expert = gated_feed_forward if gated else feed_forward
    weighted = operation("rescale", a, d, n), operation("sum", d, n, over=a)
    yield (
        linear(M=d, N=E, n=n).at("router")
        + softmax(n=E if softmax_first else a, m=n).at("softmax")
        + routed(a, E, expert(d=d, f=f, n=n)).at("experts")
        + step("mix", *weighted).at("mix")
    )


@layer(
    aliases="deepseek_moe",
    flags="gated",
    asks="a<=E",
    source="Dai et al. (DeepSeekMoE), arXiv:2401.06066, section 3.2, eq. (9) to (11); "
    "deepseek-ai/DeepSeek-V3, inference/model.py, class MoE",
)
def shared_expert_moe(
    d: Size, f: Size, n: Size, E: Size, E_s: Size, a: Size, *, gated: bool = False
) -> Entries:
    """Mixture of experts with the softmax of all E, and E_s experts that work on every token."""
    c = 3 if gated else 2
    yield Cost(params=c * d * f * (E + E_s) + d * E, macs=n * (c * d * f * (a + E_s) + d * E))
    expert = gated_feed_forward if gated else feed_forward
    yield (
        moe(d=d, f=f, n=n, E=E, a=a, gated=gated, softmax_first=True).at("routed")
        + (E_s * expert(d=d, f=f, n=n)).at("shared")
        + step("sum", operation("sum", d, n, over=E_s + 1, inputs=(E_s + 1) * d * n)).at("sum")
    )


@layer(
    aliases="encoder_layer",
    flags="bias causal gelu gated rms cross",
    ways="no_grad seq_first dropout",
    no_module="gated rms h_kv d_h",
    meanings={"m": "tokens of the encoder (flag cross)"},
    source="Vaswani et al., arXiv:1706.03762, section 3.1",
)
def transformer_layer(
    d: Size, h: Size, n: Size, f: Size = "4*d", m: Size = "n", h_kv: Size = "h", d_h: Size = "d/h",
    *, bias: bool = False, causal: bool = False, gelu: bool = False, gated: bool = False,
    rms: bool = False, cross: bool = False, dropout: bool,
) -> Entries:  # fmt: skip
    """Transformer layer: attention and feed-forward, each with an addition and a norm.

    The flag cross adds attention to m tokens of an encoder, rms and gated take RMS norm and the
    gated feed-forward.
    """
    b, c, r = (1 if bias else 0), (3 if gated else 2), (1 if rms else 2)
    wide, narrow, A = h * d_h, h_kv * d_h, n * keys(n, n, causal)
    projections = 2 * d * wide + 2 * d * narrow
    biases = wide + 2 * narrow + d
    params = projections + c * d * f + b * (biases + (c - 1) * f + d) + 2 * r * d
    macs = n * (projections + c * d * f) + 2 * A * wide
    if cross:
        params = params + projections + b * biases + r * d
        macs = macs + 2 * n * d * wide + 2 * m * d * narrow + 2 * n * m * wide
    yield Cost(params=params, macs=macs)
    norm = (rms_norm if rms else layer_norm)(N=d, n=n)
    after = residual_add(N=d, H=n).at("residual") + norm.at("norm")
    after = dropped(N=d, H=n).at("dropout") + after if dropout else after
    # PyTorch's layers ask their attention for no weights; LLaMA and its kin write it out.
    called = {"apart" if gated or rms else "no_weights": True, "dropout": dropout}
    heads = {"d": d, "h": h, "n": n, "h_kv": h_kv, "d_h": d_h, **called}
    attended = multi_head_attention(**heads, bias=bias, causal=causal).at("attention") + after
    if cross:
        attended += multi_head_attention(**heads, m=m, bias=bias).at("cross_attention") + after
    forward = gated_feed_forward if gated else feed_forward
    yield attended + forward(d=d, f=f, n=n, bias=bias, gelu=gelu).at("feed_forward") + after


@layer(
    flags="bias",
    pads="w|H w|W",
    cases="H W w",
    meanings={"w": WINDOW},
    source="Liu et al. (Swin), arXiv:2103.14030, eq. (2) and section 3.2; padding: torchvision, "
    "swin_transformer.py, shifted_window_attention",
)
def swin_block(d: Size, h: Size, H: Size, W: Size, w: Size, *, bias: bool = False) -> Entries:
    """Swin block: attention within windows and a feed-forward of 4d, with norms before them."""
    b, n, windowed = (1 if bias else 0), H * W, rounded_up(H, w) * rounded_up(W, w)
    more = 0 if windowed == n else (4 * d**2 + 2 * w**2 * d) * (windowed - n)
    yield Cost(
        params=12 * d**2 + 9 * b * d + 4 * d + (2 * w - 1) ** 2 * h,
        macs=(12 * d**2 + 2 * w**2 * d) * H * W + more,
    )
    norm, added = layer_norm(N=d, n=n).at("norm"), residual_add(N=d, H=H, W=W).at("residual")
    yield (
        norm
        + window_attention(d=d, h=h, H=H, W=W, w=w, bias=bias).at("attention")
        + added
        + norm
        + linear(M=d, N=4 * d, n=n, bias=bias).at("up")
        + erf_gelu(N=4 * d, H=n).at("gelu")
        + linear(M=4 * d, N=d, n=n, bias=bias).at("down")
        + added
    )
