"""ShuffleNets.

References: Zhang et al. (arXiv:1707.01083), Table 1; Ma et al. (arXiv:1807.11164), Table 5 and
Figure 3 (c), (d).
"""

from __future__ import annotations

from closedform.algebra.tree import Number, Tree, wrap
from closedform.catalogue.activation import relu
from closedform.catalogue.networks.flow import Flow
from closedform.catalogue.networks.widths import scaled
from closedform.cost.layer import LayerSum, LayerType, Size, layer
from closedform.errors import ClosedformError
from closedform.typeset.text import text

#: Output channels of stage 2 by the number of groups: Zhang et al., Table 1.
_GROUPED = {1: 144, 2: 200, 3: 240, 4: 272, 8: 384}


@layer(
    aliases="shufflenet",
    source="Zhang et al., ShuffleNet, arXiv:1707.01083, Table 1, and section 3.3 (ShuffleNet s×); "
    "megvii-model/ShuffleNet-Series, ShuffleNetV1/network.py",
)
def shufflenet_v1(R: Size = 224, K: Size = 1000, g: Size = 3, alpha: Size = 1) -> LayerSum:
    """ShuffleNet in g groups, all widths times α; the authors' 1.5× keeps the first one."""
    groups = wrap(g)
    if not isinstance(groups, Number) or int(groups.value) not in _GROUPED:
        listed = ", ".join(map(str, _GROUPED))
        raise ClosedformError(
            f"ShuffleNet has no widths for g = {text(groups)}", f"its groups: {listed}"
        )
    by = int(groups.value)
    x = (
        Flow(3, R)
        .conv(scaled(24, alpha, divisible=False), 3, 2, bn=True, act=relu)
        .pool(3, 2, 1, at="maxpool")
    )
    for stage, repeats in enumerate((4, 8, 4)):
        N = scaled(_GROUPED[by] * 2**stage, alpha, divisible=False)
        for block in range(repeats):
            y = x.within(f"stage{stage + 2}.{block}")
            # The first 1 × 1 of stage 2 is not grouped: its input has 24 channels.
            x.goto(_shuffle(y, N, by, 1 if stage == block == 0 else by, 1 if block else 2))
    return x.mean().linear(K).layers


def _shuffle(x: Flow, N: Tree, g: int, first: int, s: int) -> Flow:
    pooled = x.branch()
    if s == 2:
        pooled.pool(3, 2, 1, mean=True)
    added = N if s == 1 else N - wrap(x.channels)
    y = x.branch().conv(N / 4, g=first, bn=True, act=relu, at="conv1")
    y.depthwise(3, s, bn=True).conv(added, g=g, bn=True, at="conv3")
    x.goto(y.add(pooled) if s == 1 else y.beside(pooled))
    x.channels = N
    return x.act()


def shufflenet_v2(name: str, widths: tuple[int, int, int], last: int) -> LayerType:
    """A ShuffleNetV2: half of the channels passes, both branches work where the map is halved."""

    @layer(
        name=name,
        summary="ShuffleNetV2 with batch norm.",
        source="Ma et al., ShuffleNetV2, arXiv:1807.11164, Table 5 and Figure 3 (c), (d)",
    )
    def made(R: Size = 224, K: Size = 1000) -> LayerSum:
        x = Flow(3, R).conv(24, 3, 2, bn=True, act=relu).pool(3, 2, 1, at="maxpool")
        for stage, (N, repeats) in enumerate(zip(widths, (4, 8, 4), strict=True)):
            for block in range(repeats):
                _unit(x.within(f"stage{stage + 2}.{block}"), x, N // 2, 1 if block else 2)
        x.conv(last, bn=True, act=relu, at="conv5").mean(called="functional")
        return x.linear(K).layers

    return made


def _unit(y: Flow, x: Flow, b: int, s: int) -> None:
    passed = y.branch()
    if s == 2:
        passed.depthwise(3, 2, bn=True, at="branch1.depthwise")
        passed.conv(b, bn=True, act=relu, at="branch1.pointwise")
    else:
        y.channels = passed.channels = b
    y.conv(b, bn=True, act=relu, at="branch2.conv1").depthwise(3, s, bn=True)
    x.goto(y.conv(b, bn=True, act=relu, at="branch2.conv3").beside(passed))


shufflenet_v2_x0_5 = shufflenet_v2("shufflenet_v2_x0_5", (48, 96, 192), 1024)
shufflenet_v2_x1_0 = shufflenet_v2("shufflenet_v2_x1_0", (116, 232, 464), 1024)
shufflenet_v2_x1_5 = shufflenet_v2("shufflenet_v2_x1_5", (176, 352, 704), 1024)
shufflenet_v2_x2_0 = shufflenet_v2("shufflenet_v2_x2_0", (244, 488, 976), 2048)
