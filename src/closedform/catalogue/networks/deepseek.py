"""DeepSeek-V2 and V3: latent attention, dense layers first, then experts.

References: DeepSeek-AI, V2 (arXiv:2405.04434), section 3.1.2, and V3 (arXiv:2412.19437), section
4.2; deepseek-ai/DeepSeek-V3, inference/model.py and configs/config_236B.json. V3's layer of
multi-token prediction is not part of the model that answers, and not counted; the corrections of
its router are set, not learned, and no parameters.
"""

from __future__ import annotations

from closedform.catalogue.activation import residual_add
from closedform.catalogue.attention import keys, mla
from closedform.catalogue.linear import embedding, linear
from closedform.catalogue.normalization import rms_norm
from closedform.catalogue.transformer import gated_feed_forward, shared_expert_moe
from closedform.cost.layer import Cost, Entries, Size, layer


@layer(
    flags="causal",
    asks="a<=E",
    meanings={
        "L": "layers with experts",
        "L_d": "layers before them, without experts",
        "f_d": "hidden width of the layers without experts",
    },
    source="DeepSeek-AI, arXiv:2405.04434, section 3.1.2, and arXiv:2412.19437, section 4.2",
)
def deepseek(
    L: Size, L_d: Size, d: Size, h: Size, d_h: Size, d_c: Size, d_q: Size, d_r: Size, f: Size,
    f_d: Size, E: Size, E_s: Size, a: Size, V: Size, n: Size, *, causal: bool = False,
) -> Entries:  # fmt: skip
    """DeepSeek-V2 and V3: latent attention, L_d layers without experts and L with them."""
    latent = d * d_q + d * (d_c + d_r) + h * d_q * (d_h + d_r) + 2 * h * d_c * d_h
    attention = latent + h * d_h * d
    scores = n * keys(n, n, causal) * h * (2 * d_h + d_r)
    yield Cost(
        params=2 * V * d
        + d
        + (L + L_d) * (attention + d_q + d_c + 2 * d)
        + L_d * 3 * d * f_d
        + L * (3 * d * f * (E + E_s) + d * E),
        macs=(L + L_d) * (n * attention + scores)
        + n * (L_d * 3 * d * f_d + L * (3 * d * f * (a + E_s) + d * E))
        + n * d * V,
    )
    added, norm = residual_add(N=d, H=n).at("add"), rms_norm(N=d, n=n)
    widths = {"d": d, "h": h, "d_h": d_h, "d_c": d_c, "d_q": d_q, "d_r": d_r}
    attended = norm.at("norm") + mla(**widths, n=n, causal=causal, rms=True).at("attention") + added
    dense = gated_feed_forward(d=d, f=f_d, n=n).at("mlp")
    experts = shared_expert_moe(d=d, f=f, n=n, E=E, E_s=E_s, a=a, gated=True).at("moe")
    yield (
        embedding(V=V, d=d, n=n).at("embedding")
        + (L_d * (attended + norm.at("mlp_norm") + dense + added)).at("dense_layers")
        + (L * (attended + norm.at("mlp_norm") + experts + added)).at("layers")
        + norm.at("norm")
        + linear(M=d, N=V, n=n).at("head")
    )
