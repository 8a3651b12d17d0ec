"""What a figure shows: exact points, axes and labels. It draws itself in a notebook."""

from __future__ import annotations

from fractions import Fraction

from closedform.later import Later
from closedform.records import record
from closedform.typeset.numbers import Exact
from closedform.typeset.prose import Prose, in_text

#: What draws them knows them: they ask for it when they are to be seen.
_DRAWING = Later("closedform.plots.drawing")


@record
class Axis:
    """A label, the range, whether it is logarithmic, and its ticks with what stands at them."""

    _label: Prose
    low: Exact
    high: Exact
    log: bool
    ticks: tuple[tuple[Exact, str], ...]

    @property
    def label(self) -> str:
        """What runs along it, as text."""
        return in_text(self._label)


@record
class Curve:
    """A label and exact points, x going up."""

    _label: Prose
    points: tuple[tuple[int, Exact], ...]

    @property
    def label(self) -> str:
        """What it is of, as text."""
        return in_text(self._label)


class Drawn:
    """What a notebook draws: on its page as SVG, in a paper that is made of it as PDF."""

    def _repr_svg_(self) -> str | None:
        drawn: bytes | None = _DRAWING.picture(self, "svg")
        return None if drawn is None else drawn.decode()

    def _repr_pdf_(self) -> bytes | None:
        drawn: bytes | None = _DRAWING.picture(self, "pdf")
        return drawn


@record
class Plot(Drawn):
    """Curves over a size that runs; the other sizes are fixed."""

    x: Axis
    y: Axis
    curves: tuple[Curve, ...]
    _fixed: Prose = ()

    def __repr__(self) -> str:
        curves = "1 curve" if len(self.curves) == 1 else f"{len(self.curves)} curves"
        return _told(self.y._label, in_text(self.x._label), self._fixed, curves)


@record
class IsoPlot(Drawn):
    """Lines of equal cost in the plane of two sizes.

    ``values[j][i]`` is the cost at ``xs[i]``, ``ys[j]``; the other sizes are fixed.
    """

    x: Axis
    y: Axis
    xs: tuple[Exact, ...]
    ys: tuple[Exact, ...]
    values: tuple[tuple[Exact, ...], ...]
    levels: tuple[tuple[Fraction, str], ...]
    _quantity: Prose
    _fixed: Prose = ()

    def __repr__(self) -> str:
        axes = f"{in_text(self.x._label)} and {in_text(self.y._label)}"
        return _told(self._quantity, axes, self._fixed, f"{len(self.levels)} lines")


def _told(quantity: Prose, axes: str, fixed: Prose, drawn: str) -> str:
    sizes = f" for {in_text(fixed)}" if fixed else ""
    return " ".join(f"{in_text(quantity)} over {axes}{sizes}, {drawn}".split())
