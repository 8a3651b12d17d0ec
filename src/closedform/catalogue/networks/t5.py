"""T5: an encoder and a decoder, with relative positions.

Reference: Raffel et al. (arXiv:1910.10683), section 2.1 and, for the sizes, section 3.7: scores are
not scaled, 32 relative positions share a number a head, for all layers of an encoder or decoder;
the norms have no shift, and nothing has biases.
"""

from __future__ import annotations

from closedform.catalogue.activation import relu, residual_add
from closedform.catalogue.attention import core, keys
from closedform.catalogue.linear import embedding, linear
from closedform.catalogue.normalization import rms_norm
from closedform.cost.layer import (
    Cost,
    Entries,
    LayerSum,
    Size,
    layer,
    operation,
    step,
    tied,
)

BUCKETS = 32


@layer(
    flags="causal",
    kv_cache="2*L*h*d_h*(m + n)",
    meanings={"n": "tokens of the encoder", "m": "tokens of the decoder"},
    source="Raffel et al., arXiv:1910.10683, section 2.1; first version: ReLU, a tied head",
)
def t5(
    L: Size, d: Size, h: Size, V: Size, n: Size, m: Size = "n", f: Size = "4*d", d_h: Size = "d/h",
    *, causal: bool = False,
) -> Entries:  # fmt: skip
    """T5: L layers of an encoder and L of a decoder, which sees all that was encoded."""
    wide = h * d_h
    decoded = 2 * m * keys(m, m, causal) * wide + 2 * (m + n) * d * wide + 2 * m * n * wide
    yield Cost(
        params=V * d + L * (12 * d * wide + 4 * d * f + 5 * d) + 2 * d + 2 * BUCKETS * h,
        macs=L * ((n + m) * (4 * d * wide + 2 * d * f) + 2 * n**2 * wide + decoded) + m * d * V,
    )
    seen = keys(m, m, causal)
    itself = attended(d, h, d_h, m, m, seen, "decoder").at("attention")
    encoded = attended(d, h, d_h, m, n, n, "encoded").at("cross_attention")
    yield (
        embedding(V=V, d=d, n=n + m).at("embedding")  # one table for both
        + stack(L, d, h, f, n, n, attended(d, h, d_h, n, n, n, "encoder").at("attention")).at(
            "encoder"
        )
        + stack(L, d, h, f, m, seen, itself + encoded).at("decoder")
        + step("scale", operation("scale", m, d)).at("head_scale")
        + tied(linear(M=d, N=V, n=m)).at("head")
    )


def attended(d: Size, h: Size, d_h: Size, n: Size, m: Size, seen: Size, source: str) -> LayerSum:
    """Attention of n queries to m keys of a source, without a scale; its norm and addition."""
    scores, _, *rest = core(h, n, d_h, seen, kept=(n + 2 * m) * h * d_h)
    normed = "asking" if source == "encoded" else source
    return (
        rms_norm(N=d, n=n).at("norm")
        + linear(M=d, N=h * d_h, n=n).at("query", reads=normed)
        + linear(M=d, N=h * d_h, n=m).at("key", reads=source)
        + linear(M=d, N=h * d_h, n=m).at("value", reads=source)
        + step("unscaled_attention", scores, *rest).at("attention")
        + linear(M=h * d_h, N=d, n=n).at("output")
        + residual_add(N=d, H=n).at("add")
    )


def stack(L: Size, d: Size, h: Size, f: Size, n: Size, seen: Size, layers: LayerSum) -> LayerSum:
    """L layers with a feed-forward behind, their relative positions and a last norm."""
    norm = rms_norm(N=d, n=n).at("norm")
    forward = (
        norm
        + linear(M=d, N=f, n=n).at("up")
        + relu(N=f, H=n).at("relu")
        + linear(M=f, N=d, n=n).at("down")
        + residual_add(N=d, H=n).at("add")
    )
    added = step("positions", operation("add", h, n, seen)).at("positions")
    table = step("positions", operation("gather", h, n, seen, weights=((BUCKETS, h),)))
    stacked: LayerSum = L * (layers + added + forward.at("mlp"))
    return table.at("positions") + stacked + norm
