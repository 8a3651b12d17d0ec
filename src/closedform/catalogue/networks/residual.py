"""Networks with shortcuts: ResNet, Wide ResNet, ResNeXt, DenseNet, RegNet.

References: He et al. (arXiv:1512.03385), Table 1; Zagoruyko and Komodakis (arXiv:1605.07146); Xie
et al. (arXiv:1611.05431), Table 1; Huang et al. (arXiv:1608.06993), Table 1; Radosavovic et al.
(arXiv:2003.13678). The bottlenecks halve the map in their 3 × 3 convolution, as torchvision does
(models/resnet.py, class Bottleneck); with the flag v1 in the first 1 × 1, as the paper does.
"""

from __future__ import annotations

from math import exp, log

from closedform.catalogue.activation import relu, sigmoid
from closedform.catalogue.convolution import pointwise_conv
from closedform.catalogue.modules import rescaled
from closedform.catalogue.networks.flow import Flow, residual
from closedform.catalogue.pooling import global_avg_pool
from closedform.cost.layer import LayerSum, LayerType, Size, layer

RESNET = "He et al., arXiv:1512.03385, Table 1"


def _basic(x: Flow, N: int, s: int) -> Flow:
    def inner(y: Flow) -> Flow:
        return y.conv(N, 3, s, bn=True, act=relu, at="conv1").conv(N, 3, bn=True, at="conv2")

    return residual(x, inner, lambda y: _shortcut(y, N, s)).act()


def _shortcut(x: Flow, N: int, s: int, at: str = "downsample") -> Flow:
    return x if s == 1 and x.channels == N else x.conv(N, 1, s, bn=True, at=at)


def _bottleneck(x: Flow, m: int, N: int, s: int, g: int, v1: bool) -> Flow:
    def inner(y: Flow) -> Flow:
        y.conv(m, 1, s if v1 else 1, bn=True, act=relu, at="conv1")
        y.conv(m, 3, 1 if v1 else s, g=g, bn=True, act=relu, at="conv2")
        return y.conv(N, bn=True, at="conv3")

    return residual(x, inner, lambda y: _shortcut(y, N, s)).act()


def _stem(R: Size) -> Flow:
    return Flow(3, R).conv(64, 7, 2, bn=True, act=relu, at="conv1").pool(3, 2, 1, at="maxpool")


def resnet(name: str, repeats: tuple[int, ...]) -> LayerType:
    """A ResNet of basic blocks."""

    @layer(
        name=name,
        summary=f"{2 * sum(repeats) + 2} layers, basic blocks, batch norm.",
        source=RESNET,
    )
    def made(R: Size = 224, K: Size = 1000) -> LayerSum:
        x = _stem(R)
        for y, stage, block in x.blocks(repeats, "layer{}.{}"):
            x.goto(_basic(y, 64 * 2**stage, 2 if stage and not block else 1))
        return x.mean().linear(K).layers

    return made


def deep(
    name: str, repeats: tuple[int, ...], width: int = 64, groups: int = 1, source: str = RESNET
) -> LayerType:
    """A ResNet, Wide ResNet or ResNeXt of bottlenecks; ``width`` is that of the first 3 × 3."""
    wide = f" of {groups} groups" if groups > 1 else ""

    @layer(
        name=name,
        summary=f"{3 * sum(repeats) + 2} layers, bottlenecks{wide}, batch norm.",
        source=source,
        flags="v1",
    )
    def made(R: Size = 224, K: Size = 1000, *, v1: bool) -> LayerSum:
        x = _stem(R)
        for y, stage, block in x.blocks(repeats, "layer{}.{}"):
            s = 2 if stage and not block else 1
            x.goto(_bottleneck(y, width * 2**stage, 256 * 2**stage, s, groups, v1))
        return x.mean().linear(K).layers

    return made


RESNEXT = "Xie et al., arXiv:1611.05431, Table 1; torchvision, models/resnet.py"
resnet18 = resnet("resnet18", (2, 2, 2, 2))
resnet34 = resnet("resnet34", (3, 4, 6, 3))
resnet50 = deep("resnet50", (3, 4, 6, 3))
resnet101 = deep("resnet101", (3, 4, 23, 3))
resnet152 = deep("resnet152", (3, 8, 36, 3))
WIDE = "Zagoruyko and Komodakis, arXiv:1605.07146; torchvision, models/resnet.py"
wide_resnet50_2 = deep("wide_resnet50_2", (3, 4, 6, 3), 128, source=WIDE)
wide_resnet101_2 = deep("wide_resnet101_2", (3, 4, 23, 3), 128, source=WIDE)
resnext50_32x4d = deep("resnext50_32x4d", (3, 4, 6, 3), 128, 32, RESNEXT)
resnext101_32x8d = deep("resnext101_32x8d", (3, 4, 23, 3), 256, 32, RESNEXT)
resnext101_64x4d = deep("resnext101_64x4d", (3, 4, 23, 3), 256, 64, RESNEXT)


def densenet(name: str, repeats: tuple[int, ...], growth: int = 32, first: int = 64) -> LayerType:
    """A DenseNet: each layer adds ``growth`` channels, transitions halve channels and sides."""

    @layer(
        name=name,
        summary=f"Growth rate {growth}, batch norm before each convolution.",
        source="Huang et al., arXiv:1608.06993, Table 1; torchvision, models/densenet.py",
    )
    def made(R: Size = 224, K: Size = 1000) -> LayerSum:
        x = Flow(3, R).conv(first, 7, 2, bn=True, act=relu, at="conv0").pool(3, 2, 1, at="pool0")
        for stage, times in enumerate(repeats):
            for number in range(times):
                y = x.within(f"denseblock{stage + 1}.denselayer{number + 1}")
                y.norm("norm1").act(at="relu1").conv(4 * growth, at="conv1")
                x.beside(y.norm("norm2").act(at="relu2").conv(growth, 3, at="conv2"))
            if stage + 1 < len(repeats):
                y = x.within(f"transition{stage + 1}").norm().act()
                x.goto(y.conv(x.channels // 2).pool(2, 2, mean=True))
        x.norm("norm5").act(functional=True).mean(called="adaptive")
        return x.linear(K, at="classifier").layers

    return made


densenet121 = densenet("densenet121", (6, 12, 24, 16))
densenet161 = densenet("densenet161", (6, 12, 36, 24), 48, 96)
densenet169 = densenet("densenet169", (6, 12, 32, 32))
densenet201 = densenet("densenet201", (6, 12, 48, 32))


def regnet_stages(
    depth: int, w_0: int, w_a: float, w_m: float, group: int
) -> list[tuple[int, int, int]]:
    """Width, depth and group width of each stage: Radosavovic et al., eq. (2) to (4)."""
    widths = []
    for j in range(depth):
        step = round(log((w_0 + w_a * j) / w_0) / log(w_m))
        widths.append(round(w_0 * exp(step * log(w_m)) / 8) * 8)
    stages = []
    for width in sorted(set(widths)):
        own = min(group, width)
        whole = max(own, (width + own // 2) // own * own)
        stages.append((whole + own if whole < 0.9 * width else whole, widths.count(width), own))
    return stages


def regnet(name: str, depth: int, w_0: int, w_a: float, w_m: float, group: int) -> LayerType:
    """A RegNetX or RegNetY: bottlenecks of constant width with groups; Y squeezes and excites."""
    excites = name.startswith("regnet_y")

    @layer(
        name=name,
        summary=f"Groups of constant width{', squeeze and excitation' if excites else ''}.",
        source="Radosavovic et al., arXiv:2003.13678, Table 4; torchvision, models/regnet.py",
    )
    def made(R: Size = 224, K: Size = 1000) -> LayerSum:
        x = Flow(3, R).conv(32, 3, 2, bn=True, act=relu, at="stem")
        widths, repeats, groups = zip(*regnet_stages(depth, w_0, w_a, w_m, group), strict=True)
        for y, stage, block in x.blocks(repeats, "block{}.{}"):
            squeezed = round(0.25 * x.channels) if excites else None
            s = 1 if block else 2
            x.goto(_regnet_block(y, widths[stage], s, groups[stage], squeezed))
        return x.mean().linear(K).layers

    return made


def _regnet_block(x: Flow, width: int, s: int, group: int, squeezed: int | None) -> Flow:
    def inner(y: Flow) -> Flow:
        y.conv(width, bn=True, act=relu, at="a")
        y.conv(width, 3, s, g=width // group, bn=True, act=relu, at="b")
        if squeezed is not None:
            squeeze(y, squeezed)
        return y.conv(width, bn=True, at="c")

    return residual(x, inner, lambda y: _shortcut(y, width, s, "proj")).act()


def squeeze(
    x: Flow, hidden: Size, inner: LayerType = relu, gate: LayerType = sigmoid, at: str = "se"
) -> Flow:
    """Squeeze and excitation to so many hidden channels; 1 × 1 convolutions with biases."""
    N, pixel = x.channels, {"H": 1, "W": 1, "bias": True}
    return x.put(
        global_avg_pool(N=N, H_in=x.H, W_in=x.W).at("pool")
        + pointwise_conv(M=N, N=hidden, **pixel).at("fc1")
        + inner(N=hidden).at("act")
        + pointwise_conv(M=hidden, N=N, **pixel).at("fc2")
        + gate(N=N).at("gate")
        + rescaled(N, x.H, x.W, x.reads),
        at,
    )


regnet_x_400mf = regnet("regnet_x_400mf", 22, 24, 24.48, 2.54, 16)
regnet_x_800mf = regnet("regnet_x_800mf", 16, 56, 35.73, 2.28, 16)
regnet_x_1_6gf = regnet("regnet_x_1_6gf", 18, 80, 34.01, 2.25, 24)
regnet_x_3_2gf = regnet("regnet_x_3_2gf", 25, 88, 26.31, 2.25, 48)
regnet_x_8gf = regnet("regnet_x_8gf", 23, 80, 49.56, 2.88, 120)
regnet_x_16gf = regnet("regnet_x_16gf", 22, 216, 55.59, 2.1, 128)
regnet_x_32gf = regnet("regnet_x_32gf", 23, 320, 69.86, 2.0, 168)
regnet_y_400mf = regnet("regnet_y_400mf", 16, 48, 27.89, 2.09, 8)
regnet_y_800mf = regnet("regnet_y_800mf", 14, 56, 38.84, 2.4, 16)
regnet_y_1_6gf = regnet("regnet_y_1_6gf", 27, 48, 20.71, 2.65, 24)
regnet_y_3_2gf = regnet("regnet_y_3_2gf", 21, 80, 42.63, 2.66, 24)
regnet_y_8gf = regnet("regnet_y_8gf", 17, 192, 76.82, 2.19, 56)
regnet_y_16gf = regnet("regnet_y_16gf", 18, 200, 106.23, 2.48, 112)
regnet_y_32gf = regnet("regnet_y_32gf", 20, 232, 115.89, 2.53, 232)
regnet_y_128gf = regnet("regnet_y_128gf", 27, 456, 160.83, 2.52, 264)
