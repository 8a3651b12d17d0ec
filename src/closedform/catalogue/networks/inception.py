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


def _conv(x: Flow, N: int, k: int = 1, s: int = 1, p: int | None = None) -> Flow:
    return x.conv(N, k, s, p, bn=True, act=relu, functional=True)


def _inception(x: Flow, one: int, three: tuple[int, int], five: tuple[int, int], pool: int) -> Flow:
    first = _conv(x.branch(), one)
    second = _conv(_conv(x.branch(), three[0]), three[1], 3)
    third = _conv(_conv(x.branch(), five[0]), five[1], 3)
    return x.goto(first.beside(second, third, _conv(x.branch().pool(3, 1, 1), pool)))


def _auxiliary(x: Flow, K: Size) -> None:
    _conv(x.branch().within("aux").adaptive(4), 128).flat().linear(1024, act=relu).linear(K)


@layer(
    flags="aux", source="Szegedy et al., arXiv:1409.4842, Table 1; torchvision, models/googlenet.py"
)
def googlenet(R: Size = 224, K: Size = 1000, *, aux: bool) -> LayerSum:
    """GoogLeNet with batch norm."""
    x = _conv(Flow(3, R), 64, 7, 2).pool(3, 2, ceiling=True)
    x = _conv(_conv(x, 64), 192, 3).pool(3, 2, ceiling=True)
    _inception(x, 64, (96, 128), (16, 32), 32)
    _inception(x, 128, (128, 192), (32, 96), 64).pool(3, 2, ceiling=True)
    _inception(x, 192, (96, 208), (16, 48), 64)
    if aux:
        _auxiliary(x, K)
    _inception(x, 160, (112, 224), (24, 64), 64)
    _inception(x, 128, (128, 256), (24, 64), 64)
    _inception(x, 112, (144, 288), (32, 64), 64)
    if aux:
        _auxiliary(x, K)
    _inception(x, 256, (160, 320), (32, 128), 128).pool(2, 2, ceiling=True)
    _inception(x, 256, (160, 320), (32, 128), 128)
    _inception(x, 384, (192, 384), (48, 128), 128)
    return x.mean().linear(K).layers


def _wide(x: Flow, N: int, k: int, k_w: int) -> Flow:
    return x.conv(N, k, k_w=k_w, bn=True, act=relu, functional=True)


def _pool(x: Flow) -> Flow:
    return x.branch().pool(3, 1, 1, mean=True, functional=True)


def _a(x: Flow, pool: int) -> Flow:
    first = _conv(x.branch(), 64)
    second = _conv(_conv(x.branch(), 48), 64, 5)
    third = _conv(_conv(_conv(x.branch(), 64), 96, 3), 96, 3)
    last = _conv(_pool(x), pool)
    return x.goto(first.beside(second, third, last))


def _b(x: Flow) -> Flow:
    first = _conv(x.branch(), 384, 3, 2, 0)
    second = _conv(_conv(_conv(x.branch(), 64), 96, 3), 96, 3, 2, 0)
    return x.goto(first.beside(second, x.branch().pool(3, 2, functional=True)))


def _c(x: Flow, c: int) -> Flow:
    first = _conv(x.branch(), 192)
    second = _wide(_wide(_conv(x.branch(), c), c, 1, 7), 192, 7, 1)
    third = _wide(_wide(_conv(x.branch(), c), c, 7, 1), c, 1, 7)
    third = _wide(_wide(third, c, 7, 1), 192, 1, 7)
    last = _conv(_pool(x), 192)
    return x.goto(first.beside(second, third, last))


def _d(x: Flow) -> Flow:
    first = _conv(_conv(x.branch(), 192), 320, 3, 2, 0)
    second = _wide(_wide(_conv(x.branch(), 192), 192, 1, 7), 192, 7, 1)
    second = _conv(second, 192, 3, 2, 0)
    return x.goto(first.beside(second, x.branch().pool(3, 2, functional=True)))


def _e(x: Flow) -> Flow:
    first = _conv(x.branch(), 320)
    second = _conv(x.branch(), 384)
    pair = _wide(second.branch(), 384, 3, 1)
    second = _wide(second, 384, 1, 3).beside(pair)
    third = _conv(_conv(x.branch(), 448), 384, 3)
    pair = _wide(third.branch(), 384, 3, 1)
    third = _wide(third, 384, 1, 3).beside(pair)
    last = _conv(_pool(x), 192)
    return x.goto(first.beside(second, third, last))


@layer(
    flags="aux",
    source="Szegedy et al., arXiv:1512.00567, section 6; torchvision, models/inception.py",
)
def inception_v3(R: Size = 299, K: Size = 1000, *, aux: bool) -> LayerSum:
    """Inception v3 with batch norm, for images of 299 × 299."""
    x = _conv(_conv(_conv(Flow(3, R), 32, 3, 2, 0), 32, 3, 1, 0), 64, 3).pool(3, 2)
    x = _conv(_conv(x, 80), 192, 3, 1, 0).pool(3, 2)
    for pool in (32, 64, 64):
        _a(x, pool)
    _b(x)
    for c in (128, 160, 160, 192):
        _c(x, c)
    if aux:
        y = _conv(x.branch().within("aux").pool(5, 3, mean=True), 128)
        _conv(y, 768, 5, 1, 0).mean().linear(K)
    _e(_e(_d(x)))
    return x.mean().linear(K).layers


def _separable(x: Flow, N: int) -> Flow:
    return x.depthwise(3).conv(N, bn=True, at="pointwise")


def _entry(x: Flow, N: int, first: int | None = None, *, active: bool = True) -> Flow:
    """Two separable convolutions and a pooling, beside a 1 × 1 of stride 2."""

    def inner(y: Flow) -> Flow:
        y = _separable(y.act() if active else y, first or N)
        return _separable(y.act(), N).pool(3, 2, 1)

    return residual(x, inner, lambda y: y.conv(N, 1, 2, bn=True, at="skip"))


def _middle(x: Flow) -> Flow:
    def inner(y: Flow) -> Flow:
        for _ in range(3):
            _separable(y.act(), 728)
        return y

    return residual(x, inner, lambda y: y)


@layer(source="Chollet, arXiv:1610.02357, Figure 5")
def xception(R: Size = 299, K: Size = 1000) -> LayerSum:
    """Xception: separable convolutions with shortcuts, for images of 299 × 299."""
    x = _conv(_conv(Flow(3, R), 32, 3, 2, 0), 64, 3, 1, 0)
    _entry(_entry(_entry(x, 128, active=False), 256), 728)
    for _ in range(8):
        _middle(x)
    _entry(x, 1024, 728)
    _separable(_separable(x, 1536).act(), 2048).act()
    return x.mean().linear(K).layers
