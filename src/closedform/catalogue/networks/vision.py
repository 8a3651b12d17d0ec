"""Transformers for images: ViT, DeiT and Swin.

References: Dosovitskiy et al. (arXiv:2010.11929), section 3.1 and Table 1; Liu et al.
(arXiv:2103.14030), section 3 and Table 7. Details as in torchvision, models/vision_transformer.py
and swin_transformer.py, SwinV2 (arXiv:2111.09883) whole. Sizes of a ViT may stay symbols.
"""

from __future__ import annotations

from closedform.catalogue.activation import gelu, relu, residual_add, softmax
from closedform.catalogue.attention import multi_head_attention, window_attention
from closedform.catalogue.linear import linear, matmul
from closedform.catalogue.networks.flow import patches
from closedform.catalogue.networks.presets import register_members
from closedform.catalogue.normalization import layer_norm
from closedform.catalogue.pooling import global_avg_pool
from closedform.cost.layer import (
    LayerSum,
    LayerType,
    Size,
    ceil,
    floor,
    layer,
    once,
    operation,
    shared,
    step,
)


def forward(d: Size, f: Size, n: Size, activation: LayerType, *, bias: bool = True) -> LayerSum:
    """A feed-forward with another activation than ReLU."""
    return (
        linear(M=d, N=f, n=n, bias=bias).at("up")
        + activation(N=f, H=n).at("act")
        + linear(M=f, N=d, n=n, bias=bias).at("down")
    )


@layer(
    ways="no_grad",
    meanings={"k": "side of a patch", "L": "number of layers"},
    kv_cache="0",
    source="Dosovitskiy et al., arXiv:2010.11929, section 3.1; torchvision, vision_transformer.py",
)
def vit(
    L: Size, d: Size, h: Size, k: Size, R: Size, K: Size, f: Size = "4*d", *, no_grad: bool = False
) -> LayerSum:
    """Vision transformer of L layers on patches of k × k; class token, learned positions."""
    side = floor(R / k)
    n = side**2 + 1
    called = {"no_weights": True, "no_grad": no_grad}
    norm, added = layer_norm(N=d, n=n), residual_add(N=d, H=n)
    blocks: LayerSum = L * (
        norm.at("ln_1")
        + multi_head_attention(d=d, h=h, n=n, bias=True, **called).at("attention")
        + added.at("add")
        + norm.at("ln_2")
        + forward(d, f, n, gelu).at("mlp")
        + added.at("add")
    )
    return (
        patches("conv_proj", R, k, d)
        + step("class_token", operation("gather", d, weights=((d,),))).at("class_token")
        + step("positions", operation("add", n, d, weights=((n, d),))).at("positions")
        + blocks.at("layers")
        + norm.at("ln")
        + linear(M=d, N=K, bias=True).at("head")
    )


PRESETS = """
vit: Dosovitskiy et al., arXiv:2010.11929, Table 1; torchvision, vision_transformer.py
    vit_b_16: k=16 L=12 d=768 h=12 f=3072 R=224 K=1000
    vit_b_32: k=32 L=12 d=768 h=12 f=3072 R=224 K=1000
    vit_l_16: k=16 L=24 d=1024 h=16 f=4096 R=224 K=1000
    vit_l_32: k=32 L=24 d=1024 h=16 f=4096 R=224 K=1000
    vit_h_14: k=14 L=32 d=1280 h=16 f=5120 R=224 K=1000
vit: Touvron et al., arXiv:2012.12877; facebookresearch/deit, models.py, without distillation
    deit_tiny deit_ti: k=16 L=12 d=192 h=3 R=224 K=1000
    deit_small deit_s: k=16 L=12 d=384 h=6 R=224 K=1000
    deit_base deit_b: k=16 L=12 d=768 h=12 R=224 K=1000
"""

register_members(PRESETS)


def swin(
    name: str, repeats: tuple[int, ...], width: int, heads: int, *, v2: bool = False
) -> LayerType:
    """A Swin transformer of windows of 7, or of 8: maps are padded to multiples of it."""

    @layer(
        name=name,
        summary=f"Swin transformer {'V2, windows of 8 × 8' if v2 else 'with windows of 7 × 7'}.",
        source="torchvision, models/swin_transformer.py, for V2 of arXiv:2111.09883"
        if v2
        else "Liu et al., arXiv:2103.14030, Table 7; torchvision, models/swin_transformer.py",
    )
    def made(R: Size = 256 if v2 else 224, K: Size = 1000) -> LayerSum:
        H = floor(R / 4)
        layers = patches("patches", R, 4, width)
        layers += layer_norm(N=width, n=H * H).at("norm")
        for stage, times in enumerate(repeats):
            d, h = width * 2**stage, heads * 2**stage
            if stage:
                layers += _merge(d // 2, H, v2=v2).at(f"merge{stage}")
                H = ceil(H / 2)
            block = _swin_v2_block(d, h, H) if v2 else _swin_block(d, h, H)
            layers += (times * block).at(f"stage{stage + 1}")
        return (
            layers
            + layer_norm(N=d, n=H * H).at("norm")
            + global_avg_pool(N=d, H_in=H, W_in=H).at("pool")
            + linear(M=d, N=K, bias=True).at("head")
        )

    return made


def _merge(d: int, H: Size, *, v2: bool) -> LayerSum:
    """Patches of 2 × 2 side by side, on a map that is padded to an even side."""
    n = ceil(H / 2) ** 2
    reduction = linear(M=4 * d, N=2 * d, n=n).at("reduction")
    if v2:
        return reduction + layer_norm(N=2 * d, n=n).at("norm")
    return layer_norm(N=4 * d, n=n).at("norm") + reduction


def _swin_block(d: int, h: int, H: Size) -> LayerSum:
    padded, n = 7 * ceil(H / 7), H * H
    norm, added = layer_norm(N=d, n=n), residual_add(N=d, H=H, W=H)
    called = {"bias": True, "functional": True}
    return (
        norm.at("norm1")
        + window_attention(d=d, h=h, H=padded, W=padded, w=7, **called).at("attention")
        + added.at("add")
        + norm.at("norm2")
        + forward(d, 4 * d, n, gelu).at("mlp")
        + added.at("add")
    )


def _swin_v2_block(d: int, h: int, H: Size) -> LayerSum:
    """Norms stand behind attention and feed-forward."""
    n = H * H
    norm, added = layer_norm(N=d, n=n), residual_add(N=d, H=H, W=H)
    return (
        _cosine_attention(d, h, ceil(H / 8) ** 2, 8).at("attention")
        + norm.at("norm1")
        + added.at("add")
        + forward(d, 4 * d, n, gelu).at("mlp")
        + norm.at("norm2")
        + added.at("add")
    )


def _cosine_attention(d: int, h: int, windows: Size, w: int) -> LayerSum:
    """Attention in windows of w × w by cosines, each head with a scale that is learned.

    Biases of positions come out of a small network, which runs once for a batch. The scale of a
    head is worked out once, too.
    """
    seen, places = w**2, (2 * w - 1) ** 2
    n, called = windows * seen, {"bias": True, "parametrized": True}  # F.linear, of their weights
    unit = operation("l2_norm", n, d, rows=n * h)
    position = operation("sigmoid", h, seen, seen), operation("scale", h, seen, seen)
    scale = step("head_scale", operation("exp", h, weights=((h,),)))
    scaled = operation("scale", h, n, seen), operation("add", h, n, seen)
    return (
        linear(M=d, N=3 * d, n=n, **called).at("qkv")
        + once(
            linear(M=2, N=512, n=places, bias=True).at("up")
            + relu(N=512, H=places).at("act")
            + linear(M=512, N=h, n=places).at("down")
            + step("positions", *position)
        ).at("positions")
        + step("cosines", unit, unit).at("normalize")
        + shared(windows * h, matmul(n=seen, M=d // h, N=seen)).at("scores")
        + once(scale).at("head_scale")
        + step("windowed_attention", *scaled).at("scale")
        + softmax(n=seen, m=h * n, functional=True).at("softmax")
        + shared(windows * h, matmul(n=seen, M=seen, N=d // h, functional=True)).at("mix")
        + linear(M=d, N=d, n=n, **called).at("output")
    )


swin_t = swin("swin_t", (2, 2, 6, 2), 96, 3)
swin_s = swin("swin_s", (2, 2, 18, 2), 96, 3)
swin_b = swin("swin_b", (2, 2, 18, 2), 128, 4)
swin_v2_t = swin("swin_v2_t", (2, 2, 6, 2), 96, 3, v2=True)
swin_v2_s = swin("swin_v2_s", (2, 2, 18, 2), 96, 3, v2=True)
swin_v2_b = swin("swin_v2_b", (2, 2, 18, 2), 128, 4, v2=True)
