"""Blocks of transformers.

Reference: Vaswani et al., Attention Is All You Need (arXiv:1706.03762), sections 3.1 to 3.3.
"""

from __future__ import annotations

from closedform.catalogue.activation import relu, residual_add
from closedform.catalogue.attention import keys, multi_head_attention
from closedform.catalogue.linear import linear
from closedform.catalogue.normalization import layer_norm
from closedform.cost.layer import Cost, LayerSum, Size, layer


@layer(
    aliases="ffn mlp",
    flags="bias",
    source="Vaswani et al., arXiv:1706.03762, section 3.3, eq. (2)",
)
def feed_forward(d: Size, f: Size = "4*d", n: Size = 1, *, bias: bool = False) -> Cost:
    """Feed-forward of a transformer: d to f, ReLU, f to d."""
    b = 1 if bias else 0
    return Cost(params=2 * d * f + b * (f + d), macs=2 * n * d * f)


@feed_forward.made_of
def _(d: Size, f: Size, n: Size, *, bias: bool) -> LayerSum:
    return (
        linear(M=d, N=f, n=n, bias=bias).at("up")
        + relu(N=f, H=n).at("relu")
        + linear(M=f, N=d, n=n, bias=bias).at("down")
    )


@layer(
    aliases="encoder_layer",
    flags="bias causal",
    source="Vaswani et al., arXiv:1706.03762, section 3.1",
)
def transformer_layer(
    d: Size, h: Size, n: Size, f: Size = "4*d", *, bias: bool = False, causal: bool = False
) -> Cost:
    """Transformer layer: attention and feed-forward, each with an addition and a layer norm."""
    b = 1 if bias else 0
    return Cost(
        params=4 * d**2 + 2 * d * f + b * (5 * d + f) + 4 * d,
        macs=n * (4 * d**2 + 2 * d * f) + 2 * n * keys(n, n, causal) * d,
    )


@transformer_layer.made_of
def _(d: Size, h: Size, n: Size, f: Size, *, bias: bool, causal: bool) -> LayerSum:
    return (
        multi_head_attention(d=d, h=h, n=n, bias=bias, causal=causal).at("attention")
        + residual_add(N=d, H=n).at("residual")
        + layer_norm(N=d, n=n).at("norm")
        + feed_forward(d=d, f=f, n=n, bias=bias).at("feed_forward")
        + residual_add(N=d, H=n).at("residual")
        + layer_norm(N=d, n=n).at("norm")
    )
