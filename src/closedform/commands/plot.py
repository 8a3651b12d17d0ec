"""``closedform plot``: a cost or a ratio over a size, as a figure."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from closedform.commands.output import EXPECTED, emit, formula, letters
from closedform.errors import ClosedformError
from closedform.figures.plot import plot, plot_iso
from closedform.plots.curves import IsoPlot, Plot
from closedform.plots.drawing import draw
from closedform.typeset.prose import in_text

# What TeX reads in the name of a file.
_LIVE = re.compile(r"[\\{}%#$&^~\s]")


def run(args: argparse.Namespace) -> int:
    """Draw the figure, and print how it is included."""
    made = _asked(args)(
        where=args.where, measure=args.measure, convention=args.convention, notation=letters(args)
    )
    file = draw(made, args.output)
    emit(
        args,
        text=lambda: f"{file}: {made}",
        latex=lambda: _included(file),
        markdown=lambda: f"![{made}]({file})",
        data=lambda: {"file": str(file), "fixed": in_text(made._fixed), **_data(made)},
    )
    return EXPECTED


def _asked(args: argparse.Namespace) -> Callable[..., Plot | IsoPlot]:
    """Curves of designs, or lines of equal cost of one, as far as both are asked for alike."""
    designs = [formula(design) for design in args.layers]
    if not args.iso and len(args.over) != 1:
        raise ClosedformError("a figure has one --over", "give one sweep, or add --iso for two")
    if not args.iso:
        return partial(plot, designs, over=args.over[0], family=args.family)
    if len(args.over) != 2 or len(designs) != 1 or args.family:
        raise ClosedformError(
            "lines of equal cost have one design, two sweeps and no family",
            "write: plot conv --iso --over M=16..512 --over N=16..512",
        )
    return partial(plot_iso, designs[0], over=(args.over[0], args.over[1]))


def _included(file: Path) -> str:
    if _LIVE.search(str(file)):
        raise ClosedformError(f"{file} is no name that TeX includes", "choose another for -o")
    if file.suffix.lower() == ".pgf":
        return rf"\input{{{file}}}"
    return rf"\includegraphics{{{file}}}"


def _data(made: Plot | IsoPlot) -> dict[str, object]:
    """The exact points; a fraction is written "a/b"."""
    if isinstance(made, IsoPlot):
        return {
            "quantity": in_text(made._quantity),
            "x": list(map(str, made.xs)),
            "y": list(map(str, made.ys)),
            "values": [list(map(str, row)) for row in made.values],
            "levels": [label for _, label in made.levels],
        }
    return {
        "quantity": in_text(made.y._label),
        "curves": [
            {"label": curve.label, "points": [[x, str(y)] for x, y in curve.points]}
            for curve in made.curves
        ],
    }
