"""Networks that were searched for: MnasNet, GhostNet, EfficientNet and EfficientNetV2.

References: Tan et al. (arXiv:1807.11626), MnasNet-B1 of their code; Han et al. (arXiv:1911.11907),
Table 1; Tan and Le (arXiv:1905.11946), Table 1, and V2 (arXiv:2104.00298). Details as in
torchvision, models/.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil as next_integer

from closedform.algebra.tree import Number, Tree, wrap
from closedform.catalogue.activation import hard_sigmoid, relu, sigmoid, silu
from closedform.catalogue.networks.flow import Flow, kept, residual
from closedform.catalogue.networks.presets import preset
from closedform.catalogue.networks.residual import squeeze
from closedform.catalogue.networks.widths import inverted, rounded, scaled
from closedform.cost.layer import LayerSum, LayerType, Size, layer

# (expansion, output channels, repeats, stride, kernel): mnasnet_b1 of tensorflow/tpu,
# mnasnet_models.py, and torchvision.
_MNASNET = (
    (3, 24, 3, 2, 3),
    (3, 40, 3, 2, 5),
    (6, 80, 3, 2, 5),
    (6, 96, 2, 1, 3),
    (6, 192, 4, 2, 5),
    (6, 320, 1, 1, 3),
)


@layer(
    flags="divisible",
    source="Tan et al., arXiv:1807.11626; tensorflow/tpu, mnasnet_models.py, mnasnet_b1; "
    "torchvision",
)
def mnasnet1_0(R: Size = 224, K: Size = 1000, alpha: Size = 1, *, divisible: bool) -> LayerSum:
    """MnasNet-B1."""
    x = Flow(3, R)
    y = x.numbered("layers").conv(scaled(32, alpha, divisible), 3, 2, bn=True, act=relu)
    y.depthwise(3, bn=True, act=relu).conv(scaled(16, alpha, divisible), bn=True)
    for t, channels, repeats, stride, k in _MNASNET:
        stack = y.next()
        for repeat in range(repeats):
            inner, N = t * wrap(y.channels), scaled(channels, alpha, divisible)
            block = stack.goto(y).within(str(repeat))
            s = 1 if repeat else stride
            y.goto(inverted(block, inner, N, k, s, relu, names="layers.0 layers.3 layers.6"))
    x.goto(y.conv(1280, bn=True, act=relu)).mean(called="functional")
    return x.linear(K, at="classifier.1").layers


for _tenths, _alpha in (("0_5", "1/2"), ("0_75", "3/4"), ("1_3", "13/10")):
    preset(mnasnet1_0, f"mnasnet{_tenths}", mnasnet1_0.source, f"alpha={_alpha} divisible")

# (kernel, expanded channels, output channels, squeeze and excitation, stride): Han et al., Table 1
_GHOSTNET = (
    (3, 16, 16, 0, 1),
    (3, 48, 24, 0, 2),
    (3, 72, 24, 0, 1),
    (5, 72, 40, 1, 2),
    (5, 120, 40, 1, 1),
    (3, 240, 80, 0, 2),
    (3, 200, 80, 0, 1),
    (3, 184, 80, 0, 1),
    (3, 184, 80, 0, 1),
    (3, 480, 112, 1, 1),
    (3, 672, 112, 1, 1),
    (5, 672, 160, 1, 2),
    (5, 960, 160, 0, 1),
    (5, 960, 160, 1, 1),
    (5, 960, 160, 0, 1),
    (5, 960, 160, 1, 1),
)


def _ghost(x: Flow, at: str, N: Tree, *, active: bool) -> Flow:
    """A ghost module: half of the channels by 1 × 1, the other half from them by 3 × 3."""
    act = relu if active else None
    y = x.within(at).conv(N / 2, bn=True, act=act, at="primary_conv")
    y.beside(y.branch().depthwise(3, bn=True, act=act, at="cheap_operation")).channels = N
    return x.goto(y)


def _ghost_block(x: Flow, k: int, inner: Tree, N: Tree, se: int, s: int) -> Flow:
    def body(y: Flow) -> Flow:
        _ghost(y, "ghost1", inner, active=True)
        if s == 2:
            y.depthwise(k, 2, bn=True, at="conv_dw")
        if se:
            squeeze(y, rounded(inner / 4, 4), relu, hard_sigmoid)
        return _ghost(y, "ghost2", N, active=False)

    def shortcut(y: Flow) -> Flow:
        if s == 1 and wrap(y.channels) == wrap(N):
            return y
        return y.depthwise(k, s, bn=True, at="shortcut.0").conv(N, bn=True, at="shortcut.2")

    return residual(x, body, shortcut)


@layer(flags="divisible", source="Han et al., arXiv:1911.11907, Table 1; the authors' ghostnet.py")
def ghostnet(R: Size = 224, K: Size = 1000, alpha: Size = 1, *, divisible: bool) -> LayerSum:
    """GhostNet."""

    def wide(channels: int) -> Tree:
        return scaled(channels, alpha, divisible, by=4)

    x = Flow(3, R).conv(wide(16), 3, 2, bn=True, act=relu, at="conv_stem")
    stage = block = 0
    for number, (k, inner, N, se, s) in enumerate(_GHOSTNET):
        if s == 2 or number == 1:  # a stage begins where the map is halved, and behind the first
            stage, block = stage + 1, 0
        y = x.within(f"blocks.{stage}.{block}")
        x.goto(_ghost_block(y, k, wide(inner), wide(N), se, s))
        block += 1
    x.conv(wide(960), bn=True, act=relu, at=f"blocks.{stage + 1}.0").mean("global_pool")
    return x.conv(1280, bias=True, act=relu, at="conv_head").linear(K, at="classifier").layers


# (expansion, kernel, stride, output channels, repeats) of EfficientNet-B0: Tan and Le, Table 1
_EFFICIENTNET = (
    (1, 3, 1, 16, 1),
    (6, 3, 2, 24, 2),
    (6, 5, 2, 40, 2),
    (6, 3, 2, 80, 3),
    (6, 5, 1, 112, 3),
    (6, 5, 2, 192, 4),
    (6, 3, 1, 320, 1),
)


def _mbconv(x: Flow, t: int, k: int, N: Size, s: int) -> Flow:
    """MBConv: an inverted residual that squeezes to a quarter of what comes in."""
    before = int(wrap(x.channels).value)  # type: ignore[attr-defined]
    inner, squeezed = Number(t * before), Number(before // 4)
    names = "block.0 block.1 block.2 block.3"
    return inverted(x, inner, N, k, s, silu, squeezed, sigmoid, silu, names)


def _head(x: Flow, last: Size, at: str, K: Size) -> LayerSum:
    x.conv(last, bn=True, act=silu, at=at).mean("avgpool")
    return x.linear(K, at="classifier.1").layers


def efficientnet(name: str, wide: Fraction, deep: Fraction, side: int) -> LayerType:
    """An EfficientNet: B0's widths and repeats times two factors, rounded."""

    def channels(of: int) -> Tree:
        return rounded(Number(of * wide))

    @layer(
        name=name,
        summary="EfficientNet: MBConv blocks with batch norm.",
        source="Tan and Le, arXiv:1905.11946, Table 1; torchvision, models/efficientnet.py",
    )
    def made(R: Size = side, K: Size = 1000) -> LayerSum:
        x = Flow(3, R).conv(channels(32), 3, 2, bn=True, act=silu, at="features.0")
        for stage, (t, k, stride, of, repeats) in enumerate(_EFFICIENTNET, start=1):
            for repeat in range(next_integer(repeats * deep)):
                y = x.within(f"features.{stage}.{repeat}")
                x.goto(_mbconv(y, t, k, channels(of), 1 if repeat else stride))
        return _head(x, 4 * wrap(x.channels), f"features.{stage + 1}", K)

    return made


efficientnet_b0 = efficientnet("efficientnet_b0", Fraction(1), Fraction(1), 224)
efficientnet_b1 = efficientnet("efficientnet_b1", Fraction(1), Fraction(11, 10), 240)
efficientnet_b2 = efficientnet("efficientnet_b2", Fraction(11, 10), Fraction(12, 10), 260)
efficientnet_b3 = efficientnet("efficientnet_b3", Fraction(12, 10), Fraction(14, 10), 300)
efficientnet_b4 = efficientnet("efficientnet_b4", Fraction(14, 10), Fraction(18, 10), 380)
efficientnet_b5 = efficientnet("efficientnet_b5", Fraction(16, 10), Fraction(22, 10), 456)
efficientnet_b6 = efficientnet("efficientnet_b6", Fraction(18, 10), Fraction(26, 10), 528)
efficientnet_b7 = efficientnet("efficientnet_b7", Fraction(2), Fraction(31, 10), 600)

# (expansion, stride, output channels, repeats): google/automl, efficientnetv2/effnetv2_configs.py,
# v2_s_block and so on, as in torchvision; the first three stages are fused.
_V2_S = (
    (1, 1, 24, 2),
    (4, 2, 48, 4),
    (4, 2, 64, 4),
    (4, 2, 128, 6),
    (6, 1, 160, 9),
    (6, 2, 256, 15),
)
_V2_M = (
    (1, 1, 24, 3), (4, 2, 48, 5), (4, 2, 80, 5), (4, 2, 160, 7), (6, 1, 176, 14), (6, 2, 304, 18),
    (6, 1, 512, 5),
)  # fmt: skip
_V2_L = (
    (1, 1, 32, 4), (4, 2, 64, 7), (4, 2, 96, 7), (4, 2, 192, 10), (6, 1, 224, 19), (6, 2, 384, 25),
    (6, 1, 640, 7),
)  # fmt: skip


def _fused(x: Flow, t: int, k: int, N: Size, s: int) -> Flow:
    """Fused MBConv: one k × k to t times the channels, and 1 × 1 behind it where t is not 1."""

    def body(y: Flow) -> Flow:
        y.conv(t * wrap(y.channels) if t > 1 else N, k, s, bn=True, act=silu, at="block.0")
        return y.conv(N, bn=True, at="block.1") if t > 1 else y

    return kept(x, body, N, s)


def efficientnet_v2(name: str, rows: tuple[tuple[int, int, int, int], ...], side: int) -> LayerType:
    """An EfficientNetV2: fused blocks first, then those of EfficientNet."""

    @layer(
        name=name,
        summary="EfficientNetV2: fused MBConv blocks, then MBConv.",
        source="Tan and Le, arXiv:2104.00298; google/automl, effnetv2_configs.py; torchvision",
    )
    def made(R: Size = side, K: Size = 1000) -> LayerSum:
        x = Flow(3, R).conv(rows[0][2], 3, 2, bn=True, act=silu, at="features.0")
        for stage, (t, stride, N, repeats) in enumerate(rows, start=1):
            for repeat in range(repeats):
                block, y = _fused if stage <= 3 else _mbconv, x.within(f"features.{stage}.{repeat}")
                x.goto(block(y, t, 3, N, 1 if repeat else stride))
        return _head(x, 1280, f"features.{stage + 1}", K)

    return made


efficientnet_v2_s = efficientnet_v2("efficientnet_v2_s", _V2_S, 384)
efficientnet_v2_m = efficientnet_v2("efficientnet_v2_m", _V2_M, 480)
efficientnet_v2_l = efficientnet_v2("efficientnet_v2_l", _V2_L, 480)
