"""A cost, or a ratio of costs, over a size: the data of a figure.

A plot holds exact points, axes and labels; :mod:`closedform.plots` draws it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, product
from typing import TypeAlias

from closedform.algebra.compiled import compiled
from closedform.algebra.exact import value
from closedform.algebra.tree import Number, Tree, symbol_names
from closedform.cost.layer_type import LayerType
from closedform.cost.own_sizes import placing
from closedform.cost.sums import LayerSum
from closedform.derivation.ratio import MeasureRatio, Ratio
from closedform.errors import ClosedformError
from closedform.figures.axes import cost_axis, round_values, short, size_axis
from closedform.figures.columns import Measured, read_measures, size_words
from closedform.figures.ranges import Given, read_ranges, read_running
from closedform.figures.sizes import Sizes, check_free, check_only, sizes_of
from closedform.given import (
    LONG,
    ByName,
    Layers,
    Where,
    label,
    layers_of,
    several_of,
    split_label,
    split_quotient,
)
from closedform.plots.curves import Curve, IsoPlot, Plot
from closedform.records import record, replace
from closedform.typeset.arrange import arrange
from closedform.typeset.latex import latex
from closedform.typeset.notation import Notation
from closedform.typeset.numbers import Exact
from closedform.typeset.prose import Part, Prose, Sign
from closedform.typeset.text import text

#: A design, or one over another, as text or as an object; one, several, or several by labels.
Design: TypeAlias = "Layers | Ratio"
Designs: TypeAlias = "Design | Iterable[Design] | Mapping[str, Design]"
#: Lines of equal cost are found on a grid of so many places each way.
GRID = 65


def plot(
    designs: Designs,
    *further: Design,
    over: Given,
    family: Given = "",
    where: Where = "",
    measure: str = "macs",
    convention: str = "exact",
    notation: str | Notation = "source",
) -> Plot:
    """A cost or a ratio over a size, a curve for each design and each value of the family.

    Args:
        designs: ``conv``, ``A / B``, a layer, a ratio, one or several; ``LABEL: conv`` names a
            curve, as does the label in a dict.
        further: more of them.
        over: what runs along the axis, with both bounds: ``N=16..1024`` or ``{"N": (16, 1024)}``.
        family: a curve for each value: ``k=3,5,7`` or ``{"k": [3, 5, 7]}``.
        where: the other sizes: ``M=64, H=W=56`` or ``{"M": 64, "H": 56, "W": 56}``.
        measure: ``params``, ``macs``, ``flops`` or ``activations``.
        convention: how FLOPs are counted.
        notation: the letters of the axes and the labels.

    >>> made = plot("depthwise_separable / conv", over="N=16..1024", family="k=3,5")
    >>> made.curves[0].points[0]
    (16, Fraction(25, 144))

    Raises:
        ClosedformError: a sweep without bounds, a size that no design has, or one without a value.
    """
    running = read_running(over)
    compared, sizes = _read(designs, further, where)
    letters = _placing(notation, compared, sizes)
    members = _family(family)
    names = dict.fromkeys(name for member in members for name in member)
    check_free([running.name, *names], [part for pair in compared for part in pair.layers(sizes)])
    (measured,) = read_measures([measure], [convention])
    curves = []
    for design, member in product(compared, members):
        put = {**sizes, **{name: Number(size) for name, size in member.items()}}
        tree = design.tree(put, measured)
        check_only(tree, [running.name])
        divisions = (side._divisions() for side in design.layers(put))
        places = running.places([*chain.from_iterable(divisions)])
        points = tuple(zip(places, _heights(tree, running.name, places), strict=True))
        curves.append(Curve(tuple(_label(design, member, letters, len(compared))), points))
    heights = [height for curve in curves for _, height in curve.points]
    if not heights:
        raise ClosedformError(f"no size in {over!r} fits", "the groups must divide the channels")
    what = _quantity(compared, measured, sizes, letters)
    met = {name for design in compared for name in symbol_names(design.tree({}, measured))}
    fixed = {name: sizes[name] for name in sizes if name in met and name != running.name}
    axes = size_axis(running, letters), cost_axis(heights, what)
    return Plot(*axes, tuple(curves), tuple(size_words(fixed, letters)))


def plot_iso(
    design: Design,
    *,
    over: str | Sequence[str] | ByName[Iterable[object]],
    where: Where = "",
    measure: str = "macs",
    convention: str = "exact",
    notation: str | Notation = "source",
) -> IsoPlot:
    """Lines of equal cost (or of equal ratio) in the plane of two sizes.

    Arguments are those of :func:`plot`, with two sweeps: ``M=16..512, N=16..512``.

    >>> made = plot_iso("conv", over=("M=16..512", "N=16..512"), where="k=3, H=W=14")
    >>> [label for _, label in made.levels]
    ['1 M', '3 M', '10 M', '30 M', '100 M']

    Raises:
        ClosedformError: what :func:`plot` raises.
    """
    sweeps = tuple(map(read_running, _apart(over)))
    (compared,), sizes = _read(design, (), where)
    letters = _placing(notation, [compared], sizes)
    if len(sweeps) != 2 or sweeps[0].name == sweeps[1].name:
        problem = f"a plane has two sizes, and {over!r} has not"
        raise ClosedformError(problem, "write M=16..512, N=16..512")
    across, up = sweeps
    check_free([across.name, up.name], compared.layers(sizes))
    (measured,) = read_measures([measure], [convention])
    tree = compared.tree(sizes, measured)
    check_only(tree, [across.name, up.name])
    xs, ys = across.grid(GRID), up.grid(GRID)
    values = tuple(tuple(value(tree, {across.name: x, up.name: y}) for x in xs) for y in ys)
    heights = sorted(height for row in values for height in row)
    if heights[0] <= 0 or heights[0] == heights[-1]:
        raise ClosedformError(
            "there are no lines of equal cost: it is the same everywhere, or not positive",
            "draw another measure, or other sizes",
        )
    # A line that only cuts a corner has no room for its label.
    corner = len(heights) // 100
    levels = round_values(heights[corner], heights[-1 - corner], least=5)
    return IsoPlot(
        size_axis(across, letters),
        size_axis(up, letters),
        tuple(xs),
        tuple(ys),
        values,
        tuple((level, short(level)) for level in levels),
        _quantity([compared], measured, sizes, letters),
        tuple(size_words(sizes, letters)),
    )


def _apart(over: str | Sequence[str] | ByName[Iterable[object]]) -> Iterable[Given]:
    """Two sweeps one by one."""
    each = over.split(",") if isinstance(over, str) else over
    return each if isinstance(each, Sequence) else [{n: ends} for n, ends in each.items()]


@record
class Compared:
    """A sum of layers, and the one that it is measured against, if any."""

    name: str
    above: LayerSum
    below: LayerSum | None

    def layers(self, sizes: Sizes) -> list[LayerSum]:
        """The sums of layers, sizes put in."""
        both = [self.above] if self.below is None else [self.above, self.below]
        return [side._with_sizes(sizes) for side in both]

    def tree(self, sizes: Sizes, measured: Measured) -> Tree:
        """The cost or the ratio.

        Raises:
            ClosedformError: the convention does not count a layer, or the ratio has no value.
        """
        layers = self.layers(sizes)
        by = measured.by or "exact"
        missing = dict.fromkeys(name for side in layers for name in measured.uncounted(side))
        if missing:
            raise ClosedformError(
                f"the convention {by} does not count {', '.join(missing)}",
                "choose another convention, or leave these layers out",
            )
        if len(layers) == 1:
            return measured.tree(layers[0])
        return MeasureRatio(measured.measure, by, layers[0], layers[1])._tree


def read_compared(given: Design) -> Compared:
    """A design as typed, ``conv``, ``A / B``, ``LABEL: A / B``, or a layer or ratio.

    >>> read_compared("saving: depthwise_separable / conv").name
    'saving'

    Raises:
        ClosedformError: a text that cannot be read.
    """
    if isinstance(given, Ratio):
        names = map(_called, (given.numerator, given.denominator))
        return Compared(" / ".join(names), given.numerator, given.denominator)
    if not isinstance(given, str):
        layers = layers_of(given)
        return Compared(_called(layers), layers, None)
    named, text = split_label(given)
    above, below = split_quotient(text)
    return Compared(
        named or _spoken(text), layers_of(above), None if below is None else layers_of(below)
    )


def _compared(designs: Designs, further: Sequence[Design]) -> list[Compared]:
    """One design, several, or several by the labels of their curves."""
    if isinstance(designs, Mapping) and not further:
        return [replace(read_compared(each), name=label) for label, each in designs.items()]
    kinds = (LayerSum, LayerType, Ratio)
    return [read_compared(design) for design in several_of(designs, further, kinds)]


def _called(layers: LayerSum) -> str:
    """Layers as they would be typed, with the sizes that are numbers."""
    typed = repr(layers).replace("()", "")
    return _spoken(typed) if len(typed) <= LONG else label(layers)


def _spoken(typed: str) -> str:
    """What is typed without numbers or sizes in words; the rest stays as it is."""
    return typed.replace("_", " ") if re.fullmatch(r"[a-z_ +/]+", typed) else typed


def _heights(tree: Tree, name: str, places: Sequence[int]) -> list[Exact]:
    """A formula at each place: compiled, where it is arithmetic of integers."""
    try:
        return list(map(compiled(tree, [name]), places))
    except ClosedformError:
        return [value(tree, {name: n}) for n in places]


def _read(
    designs: Designs, further: Sequence[Design], where: Where
) -> tuple[list[Compared], Sizes]:
    compared = _compared(designs, further)
    if len({design.below is None for design in compared}) > 1:
        raise ClosedformError(
            "a cost and a ratio do not fit on one axis", "draw costs, or ratios A / B, not both"
        )
    layers = [part for design in compared for part in design.layers({})]
    return compared, sizes_of(where, layers)


def _family(family: Given) -> list[dict[str, Exact]]:
    """The members of a family, a curve each; one without a size where there is no family."""
    if not family:
        return [{}]
    ranges = read_ranges(family)
    if len(ranges) > 1:
        raise ClosedformError(f"{family!r} is a family of two sizes", "write one: k=3,5,7")
    return [{swept.name: size} for swept in ranges for size in dict.fromkeys(swept.values)]


def _placing(notation: str | Notation, compared: Sequence[Compared], sizes: Sizes) -> Notation:
    """The notation, in which sizes of one's own have the place of what they were given for."""
    return placing(notation, *(side.terms for one in compared for side in one.layers(sizes)))


def _label(
    design: Compared, member: Mapping[str, Exact], notation: Notation, count: int
) -> Iterator[Part]:
    """What tells a curve from the others: the design, the member of the family."""
    if count > 1:
        yield design.name
    for name, size in member.items():
        if count > 1:
            yield ", "
        yield Sign(f"{notation.text(name)} = {size}", f"{notation.latex(name)} = {size}")


def _quantity(
    compared: Sequence[Compared], measured: Measured, sizes: Sizes, notation: Notation
) -> Prose:
    """What is drawn, with its formula where there is one and it is short."""
    ratio = compared[0].below is not None
    words = f"ratio of {measured.heading}" if ratio else measured.heading
    if len(compared) > 1:
        return (words,)
    if not ratio:
        return (f"{words} of {compared[0].name}",)
    tree = arrange(compared[0].tree(sizes, measured), notation)
    plain = text(tree, notation)
    return (words, "  ", Sign(plain, latex(tree, notation))) if len(plain) <= 40 else (words,)
