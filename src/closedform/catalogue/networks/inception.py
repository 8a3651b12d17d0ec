"""Networks of parallel paths: GoogLeNet, Inception v3, Xception.

References: Szegedy et al. (arXiv:1409.4842), Table 1, with the 3 × 3 in place of 5 × 5 of
torchvision, models/googlenet.py; Szegedy et al. (arXiv:1512.00567), section 6, and torchvision,
models/inception.py; Chollet (arXiv:1610.02357), Figure 5. The auxiliary heads come with the flag
aux.
"""

from __future__ import annotations

from closedform.catalogue.activation import relu
from closedform.catalogue.networks.flow import Flow, residual
from closedform.cost.layer import LayerSum, Size, layer


def _conv(x: Flow, at: str, N: int, k: int = 1, s: int = 1, p: int | None = None) -> Flow:
    """A convolution with batch norm and ReLU, which torchvision calls BasicConv2d."""
    y = x.within(at).conv(N, k, s, p, bn=True, act=relu, functional=True)
    return x.goto(y)


def _inception(
    x: Flow, at: str, one: int, three: tuple[int, int], five: tuple[int, int], pool: int
) -> Flow:
    y = x.within(at)
    first = _conv(y.branch(), "branch1", one)
    second = _conv(_conv(y.branch(), "branch2.0", three[0]), "branch2.1", three[1], 3)
    third = _conv(_conv(y.branch(), "branch3.0", five[0]), "branch3.1", five[1], 3)
    last = _conv(y.branch().pool(3, 1, 1, at="branch4.0"), "branch4.1", pool)
    return x.goto(first.beside(second, third, last))


def _auxiliary(x: Flow, at: str, K: Size) -> None:
    y = x.branch().within(at).adaptive(4)
    _conv(y, "conv", 128).flat().linear(1024, act=relu, at="fc1").linear(K, at="fc2")


@layer(
    flags="aux", source="Szegedy et al., arXiv:1409.4842, Table 1; torchvision, models/googlenet.py"
)
def googlenet(R: Size = 224, K: Size = 1000, *, aux: bool) -> LayerSum:
    """GoogLeNet with batch norm."""
    x = _conv(Flow(3, R), "conv1", 64, 7, 2).pool(3, 2, ceiling=True, at="maxpool1")
    _conv(_conv(x, "conv2", 64), "conv3", 192, 3).pool(3, 2, ceiling=True, at="maxpool2")
    _inception(x, "inception3a", 64, (96, 128), (16, 32), 32)
    _inception(x, "inception3b", 128, (128, 192), (32, 96), 64)
    x.pool(3, 2, ceiling=True, at="maxpool3")
    _inception(x, "inception4a", 192, (96, 208), (16, 48), 64)
    if aux:
        _auxiliary(x, "aux1", K)
    _inception(x, "inception4b", 160, (112, 224), (24, 64), 64)
    _inception(x, "inception4c", 128, (128, 256), (24, 64), 64)
    _inception(x, "inception4d", 112, (144, 288), (32, 64), 64)
    if aux:
        _auxiliary(x, "aux2", K)
    _inception(x, "inception4e", 256, (160, 320), (32, 128), 128)
    x.pool(2, 2, ceiling=True, at="maxpool4")
    _inception(x, "inception5a", 256, (160, 320), (32, 128), 128)
    _inception(x, "inception5b", 384, (192, 384), (48, 128), 128)
    return x.mean("avgpool").linear(K).layers


def _wide(x: Flow, at: str, N: int, k: int, k_w: int) -> Flow:
    y = x.within(at).conv(N, k, k_w=k_w, bn=True, act=relu, functional=True)
    return x.goto(y)


def _pool(x: Flow) -> Flow:
    return x.branch().pool(3, 1, 1, mean=True, functional=True)


def _a(x: Flow, at: str, pool: int) -> Flow:
    y = x.within(at)
    first = _conv(y.branch(), "branch1x1", 64)
    second = _conv(_conv(y.branch(), "branch5x5_1", 48), "branch5x5_2", 64, 5)
    third = _conv(_conv(y.branch(), "branch3x3dbl_1", 64), "branch3x3dbl_2", 96, 3)
    _conv(third, "branch3x3dbl_3", 96, 3)
    last = _conv(_pool(y), "branch_pool", pool)
    return x.goto(first.beside(second, third, last))


def _b(x: Flow, at: str) -> Flow:
    y = x.within(at)
    first = _conv(y.branch(), "branch3x3", 384, 3, 2, 0)
    second = _conv(_conv(y.branch(), "branch3x3dbl_1", 64), "branch3x3dbl_2", 96, 3)
    _conv(second, "branch3x3dbl_3", 96, 3, 2, 0)
    return x.goto(first.beside(second, y.branch().pool(3, 2, functional=True)))


def _c(x: Flow, at: str, c: int) -> Flow:
    y = x.within(at)
    first = _conv(y.branch(), "branch1x1", 192)
    second = _wide(_conv(y.branch(), "branch7x7_1", c), "branch7x7_2", c, 1, 7)
    _wide(second, "branch7x7_3", 192, 7, 1)
    third = _wide(_conv(y.branch(), "branch7x7dbl_1", c), "branch7x7dbl_2", c, 7, 1)
    third = _wide(_wide(third, "branch7x7dbl_3", c, 1, 7), "branch7x7dbl_4", c, 7, 1)
    _wide(third, "branch7x7dbl_5", 192, 1, 7)
    last = _conv(_pool(y), "branch_pool", 192)
    return x.goto(first.beside(second, third, last))


def _d(x: Flow, at: str) -> Flow:
    y = x.within(at)
    first = _conv(_conv(y.branch(), "branch3x3_1", 192), "branch3x3_2", 320, 3, 2, 0)
    second = _wide(_conv(y.branch(), "branch7x7x3_1", 192), "branch7x7x3_2", 192, 1, 7)
    _conv(_wide(second, "branch7x7x3_3", 192, 7, 1), "branch7x7x3_4", 192, 3, 2, 0)
    return x.goto(first.beside(second, y.branch().pool(3, 2, functional=True)))


def _e(x: Flow, at: str) -> Flow:
    y = x.within(at)
    first = _conv(y.branch(), "branch1x1", 320)
    second = _forked(_conv(y.branch(), "branch3x3_1", 384), "branch3x3_2")
    third = _conv(_conv(y.branch(), "branch3x3dbl_1", 448), "branch3x3dbl_2", 384, 3)
    third = _forked(third, "branch3x3dbl_3")
    last = _conv(_pool(y), "branch_pool", 192)
    return x.goto(first.beside(second, third, last))


def _forked(x: Flow, at: str) -> Flow:
    """A convolution along the rows and one along the columns, side by side."""
    columns = _wide(x.branch(), f"{at}b", 384, 3, 1)
    return _wide(x, f"{at}a", 384, 1, 3).beside(columns)


@layer(
    flags="aux",
    source="Szegedy et al., arXiv:1512.00567, section 6; torchvision, models/inception.py",
)
def inception_v3(R: Size = 299, K: Size = 1000, *, aux: bool) -> LayerSum:
    """Inception v3 with batch norm, for images of 299 × 299."""
    x = _conv(_conv(Flow(3, R), "Conv2d_1a_3x3", 32, 3, 2, 0), "Conv2d_2a_3x3", 32, 3, 1, 0)
    _conv(x, "Conv2d_2b_3x3", 64, 3).pool(3, 2, at="maxpool1")
    _conv(_conv(x, "Conv2d_3b_1x1", 80), "Conv2d_4a_3x3", 192, 3, 1, 0).pool(3, 2, at="maxpool2")
    for letter, pool in zip("bcd", (32, 64, 64), strict=True):
        _a(x, f"Mixed_5{letter}", pool)
    _b(x, "Mixed_6a")
    for letter, c in zip("bcde", (128, 160, 160, 192), strict=True):
        _c(x, f"Mixed_6{letter}", c)
    if aux:
        y = x.branch().within("AuxLogits").pool(5, 3, mean=True)
        _conv(_conv(y, "conv0", 128), "conv1", 768, 5, 1, 0).mean("avgpool").linear(K)
    _e(_e(_d(x, "Mixed_7a"), "Mixed_7b"), "Mixed_7c")
    return x.mean("avgpool").linear(K).layers


def _separable(x: Flow, at: str, N: int) -> Flow:
    return x.goto(x.within(at).depthwise(3).conv(N, bn=True, at="pointwise"))


def _entry(x: Flow, at: str, N: int, first: int | None = None, *, active: bool = True) -> Flow:
    """Two separable convolutions and a pooling, beside a 1 × 1 of stride 2."""

    def inner(y: Flow) -> Flow:
        y = _separable(y.act(at="act1") if active else y, "conv1", first or N)
        return _separable(y.act(at="act2"), "conv2", N).pool(3, 2, 1)

    return x.goto(residual(x.within(at), inner, lambda y: y.conv(N, 1, 2, bn=True, at="skip")))


def _middle(x: Flow, at: str) -> Flow:
    def inner(y: Flow) -> Flow:
        for number in (1, 2, 3):
            _separable(y.act(at=f"act{number}"), f"conv{number}", 728)
        return y

    return x.goto(residual(x.within(at), inner, lambda y: y))


@layer(source="Chollet, arXiv:1610.02357, Figure 5")
def xception(R: Size = 299, K: Size = 1000) -> LayerSum:
    """Xception: separable convolutions with shortcuts, for images of 299 × 299."""
    x = _conv(_conv(Flow(3, R), "conv1", 32, 3, 2, 0), "conv2", 64, 3, 1, 0)
    _entry(_entry(_entry(x, "block1", 128, active=False), "block2", 256), "block3", 728)
    for number in range(4, 12):
        _middle(x, f"block{number}")
    _entry(x, "block12", 1024, 728)
    _separable(x, "conv3", 1536).act(at="act3")
    _separable(x, "conv4", 2048).act(at="act4")
    return x.mean().linear(K).layers
