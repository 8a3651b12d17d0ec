"""Networks without shortcuts: AlexNet, VGG, SqueezeNet, RepVGG, ConvNeXt.

References: Krizhevsky, One weird trick (arXiv:1404.5997); Simonyan and Zisserman (arXiv:1409.1556),
Table 1; Iandola et al. (arXiv:1602.07360), Table 1; Ding et al. (arXiv:2101.03697), Table 2; Liu et
al. (arXiv:2201.03545), section 2 and Table 9. Details as in torchvision, models/.
"""

from __future__ import annotations

from closedform.catalogue.activation import relu
from closedform.catalogue.blocks import convnext_block
from closedform.catalogue.networks.flow import Flow
from closedform.catalogue.networks.presets import preset
from closedform.catalogue.normalization import layer_norm
from closedform.cost.layer import LayerSum, LayerType, Size, layer


@layer(source="Krizhevsky, One weird trick, arXiv:1404.5997 (one tower; as in torchvision)")
def alexnet(R: Size = 224, K: Size = 1000) -> LayerSum:
    """AlexNet with one tower; biases, no batch norm."""
    x = Flow(3, R)
    y = x.numbered("features").conv(64, 11, 4, 2, bias=True, act=relu).pool(3, 2)
    y.conv(192, 5, bias=True, act=relu).pool(3, 2)
    for channels in (384, 256, 256):
        y.conv(channels, 3, bias=True, act=relu)
    x.goto(y.pool(3, 2)).adaptive(6, at="avgpool").flat()
    # A dropout stands before each of the first two.
    y = x.numbered("classifier").skip().linear(4096, act=relu).skip().linear(4096, act=relu)
    return y.linear(K).layers


def vgg(name: str, repeats: tuple[int, ...], column: str) -> LayerType:
    """A VGG: so many 3 × 3 convolutions between poolings."""

    @layer(
        name=name,
        summary=f"VGG with {sum(repeats) + 3} layers; biases, batch norm by the flag bn.",
        source=f"Simonyan and Zisserman, VGG, arXiv:1409.1556, Table 1, column {column}",
        flags="bn",
    )
    def made(R: Size = 224, K: Size = 1000, *, bn: bool) -> LayerSum:
        x = Flow(3, R)
        y = x.numbered("features")
        for times, channels in zip(repeats, (64, 128, 256, 512, 512), strict=True):
            for _ in range(times):
                y.conv(channels, 3, bias=True, bn=bn, act=relu)
            y.pool(2, 2)
        x.goto(y).adaptive(7, at="avgpool").flat()
        # A dropout stands behind each of the first two.
        y = x.numbered("classifier").linear(4096, act=relu).skip().linear(4096, act=relu)
        return y.skip().linear(K).layers

    return made


vgg11 = vgg("vgg11", (1, 1, 2, 2, 2), "A")
vgg13 = vgg("vgg13", (2, 2, 2, 2, 2), "B")
vgg16 = vgg("vgg16", (2, 2, 3, 3, 3), "D")
vgg19 = vgg("vgg19", (2, 2, 4, 4, 4), "E")
for _vgg in (vgg11, vgg13, vgg16, vgg19):
    preset(_vgg, f"{_vgg.name}_bn", f"{_vgg.source}; with batch norm: torchvision", "bn")


def _fire(x: Flow, s: int, e: int) -> Flow:
    y = x.branch().conv(s, bias=True, act=relu, at="squeeze")
    wide = y.branch().conv(e, 3, bias=True, act=relu, at="expand3x3")
    return x.goto(y.conv(e, bias=True, act=relu, at="expand1x1").beside(wide))


def squeezenet(name: str, stem: tuple[int, int], stages: tuple[tuple[int, ...], ...]) -> LayerType:
    """A SqueezeNet: fire modules between poolings; a stage lists their squeeze widths."""

    @layer(
        name=name,
        summary="Fire modules; biases, no batch norm.",
        source="Iandola et al., SqueezeNet, arXiv:1602.07360, Table 1; torchvision, squeezenet.py",
    )
    def made(R: Size = 224, K: Size = 1000) -> LayerSum:
        channels, k = stem
        x = Flow(3, R)
        y = x.numbered("features").conv(channels, k, 2, 0, bias=True, act=relu)
        for widths in stages:
            y.pool(3, 2, ceiling=True)
            for s in widths:
                y.goto(_fire(y.next(), s, 4 * s))
        y = x.goto(y).numbered("classifier").skip()  # a dropout
        return y.conv(K, bias=True, act=relu).mean().layers

    return made


squeezenet1_0 = squeezenet("squeezenet1_0", (96, 7), ((16, 16, 32), (32, 48, 48, 64), (64,)))
squeezenet1_1 = squeezenet("squeezenet1_1", (64, 3), ((16, 16), (32, 32), (48, 48, 64, 64)))


def repvgg(name: str, repeats: tuple[int, ...], a: float, b: float, alias: str = "") -> LayerType:
    """A RepVGG: blocks of 3 × 3, 1 × 1 and identity; the flag deployed merges them."""

    @layer(
        name=name,
        summary="One path when deployed.",
        source="Ding et al., RepVGG, arXiv:2101.03697, Table 2",
        flags="deployed",
        aliases=alias,
    )
    def made(R: Size = 224, K: Size = 1000, *, deployed: bool) -> LayerSum:
        x = Flow(3, R)
        widths = (min(64, int(64 * a)), *(int(w * a) for w in (64, 128, 256)), int(512 * b))
        for stage, (times, channels) in enumerate(zip((1, *repeats), widths, strict=True)):
            for block in range(times):
                y = x.within(f"stage{stage}.{block}")
                x.goto(_repvgg_block(y, channels, 1 if block else 2, deployed))
        return x.mean().linear(K).layers

    return made


def _repvgg_block(x: Flow, N: int, s: int, deployed: bool) -> Flow:
    if deployed:
        return x.conv(N, 3, s, bias=True, act=relu)
    same = s == 1 and x.channels == N
    pointwise = x.branch().conv(N, 1, s, bn=True, at="conv1x1")
    identity = x.branch().norm("identity") if same else None
    y = x.conv(N, 3, s, bn=True, at="conv3x3").add(pointwise)
    return (y if identity is None else y.add(identity, "add_identity")).act()


repvgg_a0 = repvgg("repvgg_a0", (2, 4, 14, 1), 0.75, 2.5, "repvgg")
repvgg_a1 = repvgg("repvgg_a1", (2, 4, 14, 1), 1, 2.5)
repvgg_a2 = repvgg("repvgg_a2", (2, 4, 14, 1), 1.5, 2.75)
repvgg_b0 = repvgg("repvgg_b0", (4, 6, 16, 1), 1, 2.5)
repvgg_b1 = repvgg("repvgg_b1", (4, 6, 16, 1), 2, 4)


def convnext(name: str, repeats: tuple[int, ...], width: int) -> LayerType:
    """A ConvNeXt: blocks of one width a stage, with a layer norm and a 2 × 2 between."""

    @layer(
        name=name,
        summary="Depthwise 7 × 7, layer norm, GELU; biases.",
        source="Liu et al., ConvNeXt, arXiv:2201.03545; torchvision, models/convnext.py",
    )
    def made(R: Size = 224, K: Size = 1000) -> LayerSum:
        x = Flow(3, R)
        y = x.within("features.0").conv(width, 4, 4, 0, bias=True, at="0")
        x.goto(y.put(_norm(y), "1"))
        for stage, times in enumerate(repeats):
            N = width * 2**stage
            if stage:
                y = x.within(f"features.{2 * stage}")
                x.goto(y.put(_norm(y), "0").conv(N, 2, 2, 0, bias=True, at="1"))
            block = convnext_block(N=N, H=x.H, W=x.W, bias=True)
            for number in range(times):
                x.put(block, f"features.{2 * stage + 1}.{number}")
        x.mean("avgpool").put(_norm(x), "classifier.0")
        return x.linear(K, at="classifier.2").layers

    return made


def _norm(x: Flow) -> LayerSum:
    """LayerNorm2d of torchvision, a class of its own."""
    return layer_norm(N=x.channels, n=x.H * x.W, subclass=True)


convnext_tiny = convnext("convnext_tiny", (3, 3, 9, 3), 96)
convnext_small = convnext("convnext_small", (3, 3, 27, 3), 96)
convnext_base = convnext("convnext_base", (3, 3, 27, 3), 128)
convnext_large = convnext("convnext_large", (3, 3, 27, 3), 192)
