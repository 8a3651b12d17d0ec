"""What the oracle computes is what PyTorch's modules compute, with the same weights and input.

So that what it counts is the work of that layer.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.oracle.layers import EXECUTORS

torch = pytest.importorskip("torch")
from tests.with_extras.values import Case, Named, computes_the_same  # noqa: E402

nn, F = torch.nn, torch.nn.functional


def first(module: Any) -> Any:
    """A recurrent module, whose states are left out."""
    return Named(module, lambda own, x: own(x)[0])


def heads(mask: str = "", **options: Any) -> Any:
    """Multi-head attention, batch first, with or without a mask."""

    def call(own: Any, x: Any, keys: Any, values: Any) -> Any:
        shown = {"attn_mask": before(len(x))} if mask else {}
        return own(x, keys, values, need_weights=False, **shown)[0]

    return Named(nn.MultiheadAttention(6, 2, **options), call)


def before(n: int) -> Any:
    """What a causal layer does not see."""
    return torch.ones(n, n, dtype=torch.bool).triu(1)


def scaled_dot(h: int, h_kv: int, *, causal: bool = False) -> Callable[..., Any]:
    """Attention whose heads lie side by side."""

    def call(*parts: Any) -> Any:
        heads = [
            one.unflatten(1, (own, -1)).transpose(0, 1)
            for one, own in zip(parts, (h, h_kv, h_kv), strict=True)
        ]
        made = F.scaled_dot_product_attention(*heads, is_causal=causal, enable_gqa=True)
        return made.transpose(0, 1).flatten(1)

    return call


def layer_of_transformer(kind: Any, mask: str = "", **options: Any) -> Any:
    """An encoder's layer, or a decoder's that sees an encoder's tokens too."""
    module = kind(6, 2, 5, dropout=0.0, **options)

    def call(own: Any, x: Any, encoded: Any) -> Any:
        if kind is nn.TransformerDecoderLayer:
            return own(x, encoded)
        return own(x, src_mask=before(len(x)) if mask else None)

    return Named(module, call)


IMAGE, LINE, VOLUME = "H_in=7 W_in=6", "L_in=9", "D_in=3 H_in=4 W_in=5"
ACTIVATIONS: dict[str, Callable[[], Any]] = {
    "relu": nn.ReLU, "relu6": nn.ReLU6, "leaky_relu": nn.LeakyReLU, "elu": nn.ELU, "selu": nn.SELU,
    "celu": lambda: nn.CELU(2.0), "sigmoid": nn.Sigmoid, "tanh": nn.Tanh, "gelu": nn.GELU,
    "gelu_tanh": lambda: nn.GELU("tanh"), "silu": nn.SiLU, "hard_sigmoid": nn.Hardsigmoid,
    "hard_swish": nn.Hardswish, "softplus": nn.Softplus, "mish": nn.Mish, "dropout": nn.Dropout,
    "prelu": lambda: nn.PReLU(4), "instance_norm": lambda: nn.InstanceNorm2d(4),
}  # fmt: skip
POOLS = [
    Case(f"{kind}_pool{suffix} k=2 s=3 N=3 {sides}", partial(getattr(nn, f"{word}Pool{n}d"), 2, 3))
    for kind, word in (("max", "Max"), ("avg", "Avg"))
    for n, suffix, sides in ((1, "1d", LINE), (2, "", IMAGE), (3, "3d", VOLUME))
]
ADAPTIVE = [
    Case(f"adaptive_{kind}_pool{suffix} N=3 {sides} {sized}", partial(made, to))
    for kind, word in (("max", "Max"), ("avg", "Avg"))
    for made, suffix, sides, sized, to in (
        (getattr(nn, f"Adaptive{word}Pool2d"), "", IMAGE, "H=3 W=4", (3, 4)),
        (getattr(nn, f"Adaptive{word}Pool3d"), "3d", VOLUME, "D=2 H=3 W=3", (2, 3, 3)),
    )
]
RESIZED = [
    Case(f"{name} N=2 {sides} {sized}", partial(nn.Upsample, mode=mode, **how), batched=True)
    for name, mode, sides, to in (
        ("nearest_upsample", "nearest", IMAGE, (9, 4)),
        ("nearest_upsample1d", "nearest", LINE, (7,)),
        ("nearest_upsample3d", "nearest", VOLUME, (4, 5, 3)),
        ("linear_upsample", "linear", LINE, (7,)),
        ("bilinear_upsample", "bilinear", IMAGE, (9, 4)),
        ("bicubic_upsample", "bicubic", IMAGE, (9, 4)),
        ("trilinear_upsample", "trilinear", VOLUME, (4, 5, 3)),
    )
    for sized, how in (
        ("s=3", {"scale_factor": 3}),
        (
            " ".join(
                f"{s}={n}"
                for s, n in zip("DHW"[-len(to) :] if len(to) > 1 else "L", to, strict=True)
            ),
            {"size": to},
        ),
    )
]
RECURRENT = [
    Case("rnn M=3 N=4 n=5 two_biases", lambda: first(nn.RNN(3, 4))),
    Case("rnn M=3 N=4 n=5 relu", lambda: first(nn.RNN(3, 4, nonlinearity="relu", bias=False))),
    Case("lstm M=3 N=4 n=5 two_biases", lambda: first(nn.LSTM(3, 4))),
    Case("lstm M=3 N=4 n=5", lambda: first(nn.LSTM(3, 4, bias=False))),
    Case("lstmp M=3 N=4 r=2 n=5 two_biases", lambda: first(nn.LSTM(3, 4, proj_size=2))),
    Case("gru M=3 N=4 n=5 two_biases", lambda: first(nn.GRU(3, 4))),
]
CONVOLUTIONS = [
    Case(
        f"conv k=3 k_h=2 M=4 N=6 g=2 s=2 p=1 d=2 {IMAGE} bias",
        lambda: nn.Conv2d(4, 6, (2, 3), 2, 1, 2, 2),
    ),
    Case(
        f"conv k=3 M=4 N=6 p=1 {IMAGE} bias bn",
        lambda: nn.Sequential(nn.Conv2d(4, 6, 3, padding=1), nn.BatchNorm2d(6)),
        batched=True,
    ),
    Case(
        f"grouped_conv k=3 M=4 N=6 g=2 p=0 {IMAGE}",
        lambda: nn.Conv2d(4, 6, 3, groups=2, bias=False),
    ),
    Case(
        f"depthwise_conv k=3 M=4 m=2 p=1 {IMAGE} bias", lambda: nn.Conv2d(4, 8, 3, 1, 1, groups=4)
    ),
    Case(f"pointwise_conv M=4 N=6 s=2 {IMAGE} bias", lambda: nn.Conv2d(4, 6, 1, 2)),
    Case(
        f"depthwise_separable_conv k=3 M=4 N=6 s=2 p=1 {IMAGE} bias",
        lambda: nn.Sequential(nn.Conv2d(4, 4, 3, 2, 1, groups=4), nn.Conv2d(4, 6, 1)),
    ),
    Case(f"conv1d k=3 M=4 N=6 g=2 s=2 p=1 d=2 {LINE} bias", lambda: nn.Conv1d(4, 6, 3, 2, 1, 2, 2)),
    Case(
        f"conv3d k=2 k_w=3 M=4 N=6 g=2 p=1 {VOLUME} bias",
        lambda: nn.Conv3d(4, 6, (2, 2, 3), 1, 1, groups=2),
    ),
    Case("patch_embedding k=3 M=2 N=4 H=2 W=3 bias", lambda: nn.Conv2d(2, 4, 3, 3)),
    Case(
        f"transposed_conv k=3 k_h=2 M=4 N=6 s=2 g=2 {IMAGE} bias",
        lambda: nn.ConvTranspose2d(4, 6, (2, 3), 2, groups=2),
    ),
    Case(f"transposed_conv1d k=2 M=4 N=6 s=3 {LINE} bias", lambda: nn.ConvTranspose1d(4, 6, 2, 3)),
    Case(f"transposed_conv1d k=3 M=4 N=6 s=2 {LINE} bias", lambda: nn.ConvTranspose1d(4, 6, 3, 2)),
    Case(f"transposed_conv3d k=2 M=2 N=3 s=1 {VOLUME} bias", lambda: nn.ConvTranspose3d(2, 3, 2)),
]
NORMS = [
    Case("batch_norm N=3 H=2 W=4 r=2", lambda: nn.BatchNorm2d(3)),
    Case("batch_norm N=3 H=2 W=4 r=2 no_affine", lambda: nn.BatchNorm2d(3, affine=False)),
    Case(
        "batch_norm N=3 H=2 W=4 r=2 batch_statistics",
        lambda: nn.BatchNorm2d(3, track_running_stats=False),
    ),
    Case("layer_norm N=5 n=3", lambda: nn.LayerNorm(5)),
    Case("layer_norm N=5 n=3 no_bias", lambda: nn.LayerNorm(5, bias=False)),
    Case("layer_norm N=5 n=3 no_affine", lambda: nn.LayerNorm(5, elementwise_affine=False)),
    Case("rms_norm N=5 n=3", lambda: nn.RMSNorm(5)),
    Case("rms_norm N=5 n=3 no_affine", lambda: nn.RMSNorm(5, elementwise_affine=False)),
    Case("group_norm N=4 g=2 H=3 W=2", lambda: nn.GroupNorm(2, 4), batched=True),
    Case("instance_norm N=4 H=3 W=2 affine", lambda: nn.InstanceNorm2d(4, affine=True)),
    # PyTorch divides α by the channels of the window.
    Case(
        "local_response_norm N=6 q=3 H=3 W=2",
        lambda: nn.LocalResponseNorm(3, 3e-4, k=2),
        batched=True,
    ),
    Case(
        "local_response_norm N=6 q=4 H=3 W=2",
        lambda: nn.LocalResponseNorm(4, 4e-4, k=2),
        batched=True,
    ),
]
PLAIN = [
    Case("softmax n=5 m=3", lambda: nn.Softmax(-1)),
    Case("log_softmax n=5 m=3", lambda: nn.LogSoftmax(-1)),
    Case("product N=3 H=2 W=4", lambda: torch.mul),
    Case("residual_add N=3 H=2 W=4", lambda: torch.add),
    Case("linear M=4 N=3 n=5 bias", lambda: nn.Linear(4, 3)),
    Case(
        "linear M=4 N=3 n=5 bn",
        lambda: nn.Sequential(nn.Linear(4, 3, bias=False), nn.BatchNorm1d(3)),
    ),
    Case(
        "low_rank_linear M=4 N=3 r=2 n=5 bias",
        lambda: nn.Sequential(nn.Linear(4, 2, bias=False), nn.Linear(2, 3)),
    ),
    Case("bilinear M=4 K=2 N=3 n=5 bias", lambda: nn.Bilinear(4, 2, 3)),
    Case("embedding V=7 d=3 n=5", lambda: nn.Embedding(7, 3)),
    Case("matmul n=2 M=3 N=4 r=2", lambda: torch.matmul),
    Case(
        f"global_avg_pool N=3 {IMAGE}",
        lambda: nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(0)),
    ),
    *(Case(f"{name} N=4 H=3 W=2", make, batched=True) for name, make in ACTIVATIONS.items()),
]
ATTENTION = [
    Case("attention h=4 h_kv=2 n=3 m=5 d_h=2", lambda: scaled_dot(4, 2)),
    Case("attention h=2 h_kv=1 n=4 m=4 d_h=3 causal", lambda: scaled_dot(2, 1, causal=True)),
    Case("multi_head_attention d=6 h=2 n=3 m=4 d_kv=6 d_v=6 bias", heads, order="0 2 4 1 3 5 6 7"),
    Case(
        "multi_head_attention d=6 h=2 n=3 m=4 d_kv=5 d_v=4",
        lambda: heads(bias=False, kdim=5, vdim=4),
    ),
    Case(
        "multi_head_attention d=6 h=2 n=3 m=3 d_kv=6 d_v=6 causal bias bias_kv zero_key",
        lambda: heads("causal", add_bias_kv=True, add_zero_attn=True), order="0 2 4 1 3 5 6 7 8",
    ),
    Case(
        "transformer_layer d=6 h=2 n=3 m=4 f=5 bias gelu causal",
        lambda: layer_of_transformer(nn.TransformerEncoderLayer, "causal", activation="gelu"),
        order="0 2 4 1 3 5 6 7 10 11 12 13 8 9 14 15",
    ),
    Case(
        "transformer_layer d=6 h=2 n=3 m=4 f=5 bias cross",
        lambda: layer_of_transformer(nn.TransformerDecoderLayer),
        order="0 2 4 1 3 5 6 7 10 12 14 11 13 15 16 17 20 21 22 23 8 9 18 19 24 25",
    ),
]  # fmt: skip
CASES = [*PLAIN, *NORMS, *CONVOLUTIONS, *POOLS, *ADAPTIVE, *RESIZED, *RECURRENT, *ATTENTION]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.said)
def test_the_oracle_computes_what_pytorch_does(case: Case) -> None:
    computes_the_same(case)


def test_the_cases_are_of_layers() -> None:
    assert {case.name for case in CASES} <= EXECUTORS.keys()
