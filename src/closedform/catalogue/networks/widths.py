"""Widths that a multiplier scales, and the inverted residual that many networks share."""

from __future__ import annotations

from closedform.algebra.tree import ONE, Call, Number, Tree, wrap
from closedform.catalogue.activation import hard_sigmoid, relu
from closedform.catalogue.networks.flow import Flow, kept
from closedform.catalogue.networks.residual import squeeze
from closedform.cost.formula import worked_out
from closedform.cost.layer import LayerType, Size, ceil, floor
from closedform.errors import ClosedformError
from closedform.typeset.text import text


def rounded(channels: Tree, by: int = 8) -> Tree:
    """Channels as the code rounds them: torchvision, models/_utils.py, _make_divisible.

    It is the nearest multiple, and where that is below 0.9 of the channels the next one, which is
    the first from there on.
    """
    nearest, first = floor((channels + by // 2) / by), ceil(9 * channels / (10 * by))
    return worked_out(by * Call("max", (ONE, nearest, first)))


def scaled(channels: int, alpha: Size, divisible: bool, by: int = 8) -> Tree:
    """α·channels, rounded where that is asked for.

    Raises:
        ClosedformError: a number that is not whole is left as it is.
    """
    wide = channels * wrap(alpha)
    if divisible:
        return rounded(wide, by)
    if isinstance(wide, Number) and wide.value % 1:
        problem = f"at alpha = {text(wrap(alpha))} {channels} channels become {wide.value}"
        raise ClosedformError(problem, "the flag divisible rounds them, as the code does")
    return wide


#: What the layers of an inverted residual are called where nothing else is said.
NAMES = "expand depthwise se project"


def inverted(
    x: Flow, inner: Tree, N: Tree, k: int, s: int, act: LayerType, squeezed: Tree | None = None,
    gate: LayerType = hard_sigmoid, squeeze_act: LayerType = relu, names: str = NAMES,
) -> Flow:  # fmt: skip
    """An inverted residual to ``inner`` channels and N, with squeeze and excitation if asked.

    ``names``: what its modules are called; numbers go on without what is left out.
    """
    wider = inner != x.channels
    has = (wider, True, squeezed is not None, True)
    numbers = iter(names.split())
    expand, depthwise, se, project = (next(numbers) if one else "" for one in has)
    if names == NAMES:
        expand, depthwise, se, project = names.split()

    def body(y: Flow) -> Flow:
        if wider:
            y.conv(inner, bn=True, act=act, at=expand)
        y.depthwise(k, s, bn=True, act=act, at=depthwise)
        if squeezed is not None:
            squeeze(y, squeezed, squeeze_act, gate, at=se)
        return y.conv(N, bn=True, at=project)

    return kept(x, body, N, s)
