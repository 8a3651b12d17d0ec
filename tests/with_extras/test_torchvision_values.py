"""What the oracle computes of a block is what torchvision's block computes, with its weights."""

from __future__ import annotations

import importlib.util
from functools import partial
from typing import Any

import pytest

torch = pytest.importorskip("torch")
if not importlib.util.find_spec("torchvision"):
    pytest.skip("torchvision is not installed", allow_module_level=True)

from tests.models_read.networks import torchvision  # noqa: E402
from tests.with_extras.values import Case, Named, computes_the_same  # noqa: E402

nn, models = torch.nn, torchvision().models
MAP = "H=3 W=4"


def downsampled(M: int, N: int, s: int) -> Any:
    """The projection of a residual block."""
    return nn.Sequential(nn.Conv2d(M, N, 1, s, bias=False), nn.BatchNorm2d(N))


def mbconv(M: int, N: int, t: int, s: int) -> Any:
    """An MBConv whose squeeze and excitation has no biases, as its convolutions."""
    made = models.efficientnet
    config = made.MBConvConfig(t, 5, s, M, N, 1)
    block = made.MBConv(config, 0.0, nn.BatchNorm2d)
    squeezed = block.block[2]
    for name in ("fc1", "fc2"):
        old = getattr(squeezed, name)
        setattr(squeezed, name, nn.Conv2d(old.in_channels, old.out_channels, 1, bias=False))
    return block


def of_tokens(block: Any, *sides: int) -> Any:
    """A block of Swin, given its map token by token."""
    return Named(block, lambda own, x: own(x.unflatten(0, (1, *sides))).flatten(0, 2))


resnet, swin = models.resnet, models.swin_transformer
shuffle, inverted = models.shufflenetv2.InvertedResidual, models.mobilenetv2.InvertedResidual
squeeze, dense = torchvision().ops.SqueezeExcitation, models.densenet._DenseLayer
of_map = partial(Case, batched=True)
CASES = [
    of_map(
        f"basic_block M=4 N=6 s=2 {MAP} bn",
        lambda: resnet.BasicBlock(4, 6, 2, downsampled(4, 6, 2)),
    ),
    of_map(f"basic_block M=4 {MAP} bn", lambda: resnet.BasicBlock(4, 4)),
    of_map(
        f"bottleneck M=6 m=4 N=16 s=2 g=2 {MAP} bn",
        lambda: resnet.Bottleneck(6, 4, 2, downsampled(6, 16, 2), 2, 32),
    ),
    of_map(f"bottleneck M=8 m=2 {MAP} bn", lambda: resnet.Bottleneck(8, 2)),
    of_map(f"fire M=3 s=2 e_1=3 e_3=4 {MAP} bias", lambda: models.squeezenet.Fire(3, 2, 3, 4)),
    of_map(f"dense_layer M=6 N=4 {MAP} bn", lambda: dense(6, 4, 4, 0.0)),
    of_map(f"shuffle_v2_unit M=6 N=6 {MAP} bn", lambda: shuffle(6, 6, 1)),
    of_map(f"shuffle_v2_unit M=4 N=6 s=2 {MAP} bn", lambda: shuffle(4, 6, 2)),
    of_map(f"inverted_residual M=4 N=6 t=3 s=2 {MAP} bn", lambda: inverted(4, 6, 2, 3)),
    of_map(f"inverted_residual M=4 N=4 t=1 {MAP} bn", lambda: inverted(4, 4, 1, 1)),
    of_map(f"mbconv M=8 N=16 t=2 r=4 s=2 k=5 {MAP} bn", lambda: mbconv(8, 16, 2, 2)),
    of_map(f"mbconv M=8 N=8 t=2 r=4 k=5 {MAP} bn", lambda: mbconv(8, 8, 2, 1)),
    of_map(f"squeeze_excite N=6 r=2 {MAP} bias", lambda: squeeze(6, 3)),
    of_map(f"squeeze_excite N=6 r=2 {MAP} bias silu", lambda: squeeze(6, 3, nn.SiLU)),
    of_map(
        f"convnext_block N=4 {MAP} bias",
        lambda: models.convnext.CNBlock(4, 1.0, 0.0),
        order="8 0 1 2 3 4 5 6 7",
    ),
    Case(
        "swin_block d=6 h=2 H=4 W=6 w=2 bias",
        lambda: of_tokens(swin.SwinTransformerBlock(6, 2, [2, 2], [0, 0]), 4, 6),
        order="0 1 8 2 4 6 3 5 7 9 10 11 12 13 14 15 16",
    ),
    *(
        Case(
            f"window_attention d=6 h=2 H={H} W=6 w=2 bias",
            lambda H=H: of_tokens(swin.ShiftedWindowAttention(6, [2, 2], [0, 0], 2), H, 6),
            order="6 0 2 4 1 3 5 7 8",
        )
        for H in (4, 3)
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.said)
def test_the_oracle_computes_what_torchvision_does(case: Case) -> None:
    computes_the_same(case)
