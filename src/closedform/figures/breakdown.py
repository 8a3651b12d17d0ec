"""Where the cost is: a sum of layers broken down by type of layer or by stage, with shares."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from closedform.algebra.tree import Number, Tree
from closedform.cost.measures import NO_SUMS
from closedform.cost.own_sizes import placing
from closedform.cost.sums import LayerSum
from closedform.errors import ClosedformError
from closedform.figures.columns import Measured, caption, read_measures, size_words, uncounted_notes
from closedform.figures.sizes import sizes_of
from closedform.figures.table import SHOWN, entry, share
from closedform.given import Layers, Rows, Where, rows_of, words_of
from closedform.typeset.cells import Entry
from closedform.typeset.notation import Notation
from closedform.typeset.numbers import PERCENT, read_digits
from closedform.typeset.prose import Code
from closedform.typeset.tables import Column, Table


def table_by_kind(
    layers: Rows,
    *further: Layers,
    measures: str | Sequence[str] = SHOWN,
    conventions: str | Sequence[str] = ("exact",),
    where: Where = "",
    digits: str | int = "full",
    notation: str | Notation = "source",
    title: str = "",
) -> Table:
    """What each type of layer costs, with its share in percent, and under them the whole.

    Arguments are those of :func:`closedform.table`; it raises what that one raises. The shares of a
    network whose sizes are open are those at the published sizes, and the caption names them; where
    it has none, it has no shares. What costs nothing has no row.

    >>> from closedform import depthwise_separable_conv
    >>> block = depthwise_separable_conv(k=3, M=8, N=8, H=4, W=4)
    >>> print(table_by_kind({"the block": block}, measures=["macs"]))
    MACs: one for each multiply-accumulate.
    <BLANKLINE>
    Layer            MACs      %
    ----------------------------
    depthwise conv  1,152  52.94
    pointwise conv  1,024  47.06
    the block       2,176    100
    """
    return _broken_down(
        rows_of(layers, further),
        lambda whole: {name.replace("_", " "): part for name, part in whole.parts().items()},
        *(measures, conventions, where, digits, notation, title),
    )


def table_by_stage(
    layers: Rows,
    *further: Layers,
    measures: str | Sequence[str] = SHOWN,
    conventions: str | Sequence[str] = ("exact",),
    where: Where = "",
    digits: str | int = "full",
    notation: str | Notation = "source",
    title: str = "",
) -> Table:
    """What each stage of a network costs, as :func:`table_by_kind` does for types of layers.

    >>> from closedform import alexnet
    >>> print(table_by_stage({"AlexNet": alexnet()}, measures=["macs"]))
    MACs: one for each multiply-accumulate.
    <BLANKLINE>
    Layer               MACs      %
    -------------------------------
    features.0    70,276,800   9.84
    features.3   223,948,800  31.36
    features.6   112,140,288  15.70
    features.8   149,520,384  20.94
    features.10   99,680,256  13.96
    classifier    58,621,952   8.21
    AlexNet      714,188,480    100
    """
    split = LayerSum.stages
    return _broken_down(
        rows_of(layers, further), split, measures, conventions, where, digits, notation, title
    )


def _broken_down(
    given: dict[str | Code, LayerSum],
    split: Callable[[LayerSum], dict[str, LayerSum]],
    measures: str | Sequence[str],
    conventions: str | Sequence[str],
    where: Where,
    digits: str | int,
    notation: str | Notation,
    title: str,
) -> Table:
    measured = read_measures(words_of(measures), words_of(conventions))
    for column in measured:
        if column.measure in NO_SUMS:
            raise ClosedformError(f"{column.measure} is no sum over the parts of a layer")
    counts = read_digits(digits)
    sizes = sizes_of(where, given.values())
    wholes = {row: design._with_sizes(sizes) for row, design in given.items()}
    letters = placing(notation, *(design.terms for design in wholes.values()))
    known = {row: published(design) for row, design in wholes.items()}
    shared = all(at is not None for at in known.values())
    columns = [Column("Layer", "layer")]
    for column in measured:
        columns.append(Column(column.heading, column.key, counts))
        columns += [Column("%", f"{column.key}_percent", PERCENT)] if shared else []
    rows: list[tuple[Entry, ...]] = []
    for row, whole in wholes.items():
        at = (known[row] or {}) if shared else None
        parts = {name: _entries(part, whole, at, measured) for name, part in split(whole).items()}
        rows += [(name, *entries) for name, entries in parts.items() if any(entries)]
        rows.append((row, *_entries(whole, whole, at, measured)))
    said = caption(title, sizes, measured, letters)
    named = {n: x for at in known.values() for n, x in (at or {}).items()}
    if shared and named:
        said = (*said, " Shares are those at ", *size_words(named, letters), ".")
    notes = uncounted_notes(given.values(), measured)
    return Table(tuple(columns), tuple(rows), said, notes, letters)


def _entries(
    part: LayerSum, whole: LayerSum, at: dict[str, Tree] | None, measured: Sequence[Measured]
) -> tuple[Entry, ...]:
    """Each cost, and its share at the published sizes."""
    row: list[Entry] = []
    for column in measured:
        row.append(entry(column.of(part)))
        if at is not None:
            row.append(
                share(column.of(part._with_sizes(at)), column.of(whole._with_sizes(at)), 100)
            )
    return tuple(row)


def published(layers: LayerSum) -> dict[str, Tree] | None:
    """The published sizes of a network in place of its open ones; nothing where there are none."""
    networks = [term.call.type for term in layers.terms if term.call.type.is_network]
    known = {n: x for kind in networks for n, x in kind._defaults.items() if isinstance(x, Number)}
    whole = networks or any(term.place for term in layers.terms)
    missing = layers.missing() if whole else ()
    return {name: known[name] for name in missing} if {*missing} <= known.keys() else None
