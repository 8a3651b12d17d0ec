"""Drawing a plot into a file: SVG, PDF, PGF or PNG, by the ending of its name."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from closedform.errors import ClosedformError, MissingExtra
from closedform.plots.curves import Axis, IsoPlot, Plot
from closedform.plots.style import COLOURS, DASHES, FONT, METADATA, SETTINGS, SIZE
from closedform.typeset.prose import Prose, in_latex, in_math

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Writer = Callable[[Prose], str]


def draw(plot: Plot | IsoPlot, path: str | Path) -> Path:
    """Draw the plot into ``path``; the same plot gives the same file.

    Raises:
        MissingExtra: Matplotlib is not installed.
        ClosedformError: an ending that is no format of figures, or a file that cannot be written.
    """
    file = Path(path)
    form = file.suffix.lower().lstrip(".")
    if not isinstance(plot, (Plot, IsoPlot)):
        raise ClosedformError(f"{plot!r} is no plot", "give what cf.plot or cf.plot_iso made")
    if form not in METADATA:
        endings = ", ".join("." + ending for ending in METADATA)
        raise ClosedformError(f"{file.name} is no name of a figure", f"end it with {endings}")
    _into(plot, file, form, str(file))
    return file


def picture(plot: Plot | IsoPlot, form: str) -> bytes | None:
    """The picture in a format; ``None`` where Matplotlib is not installed."""
    drawn = BytesIO()
    try:
        _into(plot, drawn, form, "the plot")
    except MissingExtra:
        return None
    return drawn.getvalue()


def _into(plot: Plot | IsoPlot, file: Path | BytesIO, form: str, name: str) -> None:
    try:
        from matplotlib import figure as figures  # noqa: PLC0415  (optional)
        from matplotlib import rc_context  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtra("a figure", "Matplotlib", "pip install 'closedform[plot]'") from error
    with rc_context(SETTINGS):
        figure = figures.Figure(figsize=SIZE, layout="constrained")
        axes = figure.add_subplot()
        write = in_latex if form == "pgf" else _mathtext
        if isinstance(plot, Plot):
            _draw_curves(axes, plot, write)
        else:
            _draw_iso(axes, plot, write)
        _save(figure, file, form, name)


def _save(figure: Figure, file: Path | BytesIO, form: str, name: str) -> None:
    from matplotlib.backends.backend_pgf import LatexError  # noqa: PLC0415  (optional)

    options: dict[str, Any] = {"dpi": 300, "bbox_inches": "tight", "pad_inches": 0.02}
    if METADATA[form]:
        options["metadata"] = METADATA[form]
    try:
        figure.savefig(file, format=form, **options)
    except (OSError, RuntimeError, ValueError, LatexError) as error:
        # No such folder; no LaTeX for PGF; a letter of a notation that cannot be set.
        said = getattr(error, "strerror", None) or str(error)
        lines = said.strip().splitlines() or [type(error).__name__]
        problem = next((line for line in lines if line.startswith("!")), lines[-1])
        missing = isinstance(error, FileNotFoundError)
        hint = f"make the folder {Path(name).parent} first" if missing else ""
        raise ClosedformError(f"{name} cannot be drawn: {problem}", hint) from error


def _draw_curves(axes: Axes, plot: Plot, write: Writer) -> None:
    for number, curve in enumerate(plot.curves):
        xs = [x for x, _ in curve.points]
        ys = [float(y) for _, y in curve.points]
        axes.plot(xs, ys, color=_colour(number), linestyle=DASHES[number % len(DASHES)])
    _set_axis(axes, "x", plot.x, write)
    _set_axis(axes, "y", plot.y, write)
    if plot._fixed:
        _set_title(axes, write(plot._fixed))
    labelled = [(number, curve) for number, curve in enumerate(plot.curves) if curve._label]
    ends = [float(curve.points[-1][1]) for _, curve in labelled]
    for (number, curve), height in zip(labelled, _apart(axes, ends), strict=True):
        axes.annotate(
            write(curve._label),
            (1, height),
            xycoords="axes fraction",
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            color=_colour(number),
            annotation_clip=False,
        )


def _draw_iso(axes: Axes, plot: IsoPlot, write: Writer) -> None:
    values = [[float(height) for height in row] for row in plot.values]
    levels = [float(level) for level, _ in plot.levels]
    lines = axes.contour(plot.xs, plot.ys, values, levels=levels, colors=COLOURS[0], linewidths=0.9)
    _set_axis(axes, "x", plot.x, write)
    _set_axis(axes, "y", plot.y, write)
    named = {level: write((label,)) for level, (_, label) in zip(levels, plot.levels, strict=True)}
    axes.clabel(
        lines,
        fmt=named,
        fontsize=FONT - 1,
        inline_spacing=3,
        colors="#222222",
        manual=_on_the_diagonal(plot) or False,
    )
    _set_title(axes, write((*plot._quantity, *([", ", *plot._fixed] if plot._fixed else ()))))


def _on_the_diagonal(plot: IsoPlot) -> list[tuple[float, float]]:
    """Where each line crosses the diagonal, for its label; nothing if one does not."""
    steps = min(len(plot.xs), len(plot.ys))
    last = max(1, steps - 1)
    diagonal = [
        (n * (len(plot.xs) - 1) // last, n * (len(plot.ys) - 1) // last) for n in range(steps)
    ]
    crossings = []
    for level, _ in plot.levels:
        for (i, j), (i_next, j_next) in pairwise(diagonal):
            low, high = sorted((plot.values[j][i], plot.values[j_next][i_next]))
            if low <= level < high:
                crossings.append((float(plot.xs[i]), float(plot.ys[j])))
                break
    return crossings if len(crossings) == len(plot.levels) else []


def _set_title(axes: Axes, title: str) -> None:
    axes.set_title(title, fontsize=FONT, loc="left", pad=4, va="bottom")


def _set_axis(axes: Axes, which: str, axis: Axis, write: Writer) -> None:
    side = axes.xaxis if which == "x" else axes.yaxis
    axes.set(**{f"{which}scale": "log" if axis.log else "linear"})
    axes.set(**{f"{which}lim": (float(axis.low), float(axis.high))})
    axes.set(**{f"{which}label": write(axis._label)})
    side.set_ticks([float(tick) for tick, _ in axis.ticks], [name for _, name in axis.ticks])
    side.set_ticks([], minor=True)


def _apart(axes: Axes, ends: list[float]) -> list[float]:
    """The heights of labels in parts of the axes: at the ends of curves, a line of text apart."""
    transform = axes.transData + axes.transAxes.inverted()
    heights = [float(transform.transform((1.0, end))[1]) for end in ends]
    gap = 1.25 * FONT / (72 * SIZE[1] * axes.get_position().height)
    order = sorted(range(len(heights)), key=heights.__getitem__)
    for below, above in pairwise(order):
        heights[above] = max(heights[above], heights[below] + gap)
    over = max(0.0, max(heights, default=0.0) - 1)
    return [height - over for height in heights]


def _colour(number: int) -> str:
    return COLOURS[number % len(COLOURS)]


def _mathtext(words: Prose) -> str:
    """The words as Matplotlib sets them itself; fractions of running text are too small there."""
    return "".join(
        part.replace("$", r"\$")
        if isinstance(part, str)
        else f"${in_math((part,)).replace('frac', 'dfrac')}$"
        for part in words
    )
