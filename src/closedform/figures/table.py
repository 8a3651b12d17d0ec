"""Layers or networks side by side: closed forms or numbers, with ratios to a baseline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from closedform.algebra.exact import value
from closedform.algebra.tree import ZERO, Quotient, Tree, symbol_names
from closedform.cost.own_sizes import placing
from closedform.cost.sums import LayerSum
from closedform.figures.columns import Measured, caption, read_measures, uncounted_notes
from closedform.figures.sizes import sizes_of
from closedform.given import Layers, Rows, Where, label, layers_of, rows_of, words_of
from closedform.later import Later
from closedform.typeset.cells import Entry
from closedform.typeset.notation import Notation
from closedform.typeset.numbers import RATIO, read_digits
from closedform.typeset.prose import Code
from closedform.typeset.tables import Column, Table

if TYPE_CHECKING:
    from closedform.algebra.forms import readable
else:  # a baseline or a breakdown asks for it
    readable = Later("closedform.algebra.forms.readable")

#: What a table shows when nothing else is asked for.
SHOWN = ("params", "macs", "flops")


def table(
    layers: Rows,
    *further: Layers,
    measures: str | Sequence[str] = SHOWN,
    conventions: str | Sequence[str] = ("exact",),
    baseline: Layers | None = None,
    where: Where = "",
    digits: str | int = "full",
    notation: str | Notation = "source",
    title: str = "",
) -> Table:
    """What layers cost, a row each.

    A cost whose sizes are all numbers is a number, any other a formula.

    Args:
        layers: sums of layers, one or several, or a dict by the labels of their rows.
        further: more of them.
        measures: ``params``, ``macs``, ``flops``, ``activations``.
        conventions: a column of FLOPs for each.
        baseline: a row, or another layer: adds columns with the ratio of each row to it.
        where: sizes put into every row, such as ``k=3, M=N=512``.
        digits: ``full``; ``si``, three of each (462 under a heading in M); a prefix; how many.
        notation: the letters of formulas.
        title: stands in the caption before the sizes and the conventions, which it always names.

    >>> sizes = {"k": 3, "M": 8, "N": 8, "H": 4, "W": 4}
    >>> print(table(["conv", "linear"], measures="macs", where=sizes, baseline="linear"))
    For k = 3, M = N = 8, H = W = 4. MACs: one for each multiply-accumulate. Ratios are to linear.
    <BLANKLINE>
    Layer    MACs  ratio
    --------------------
    conv    9,216    144
    linear     64      1

    Raises:
        UnknownName: no measure, convention or notation of that name.
        ClosedformError: a size that no layer has, or that no layer can have.
    """
    counts = read_digits(digits)
    measured = read_measures(words_of(measures), words_of(conventions))
    rows = rows_of(layers, further)
    below, name = _baseline(baseline, rows)
    sizes = sizes_of(where, [*rows.values(), *([below] if below else [])])
    filled = {row: design._with_sizes(sizes) for row, design in rows.items()}
    below = below._with_sizes(sizes) if below else None
    compared = [*filled.values(), *([below] if below else [])]
    chosen = placing(notation, *(design.terms for design in compared))
    columns = [Column("Layer", "layer")]
    for column in measured:
        columns.append(Column(column.heading, column.key, counts))
        if below:
            columns.append(Column("ratio", f"{column.key}_ratio", RATIO))
    return Table(
        tuple(columns),
        tuple((row, *_entries(design, measured, below)) for row, design in filled.items()),
        _caption=caption(title, sizes, measured, chosen, name),
        notes=uncounted_notes(rows.values(), measured),
        notation=chosen,
    )


def _baseline(
    given: Layers | None, rows: dict[str | Code, LayerSum]
) -> tuple[LayerSum | None, str]:
    """The baseline and what it is called: a row, or a layer of its own."""
    if given is None:
        return None, ""
    if not isinstance(given, str):
        layers = layers_of(given)
        return layers, label(layers)
    named = {str(row): design for row, design in rows.items()}
    return named.get(given.strip()) or layers_of(given), given.strip()


def _entries(
    layers: LayerSum, measured: Sequence[Measured], whole: LayerSum | None
) -> Iterator[Entry]:
    """A row without its label: each cost, and the cost over that of ``whole``."""
    for column in measured:
        cost = column.of(layers)
        yield entry(cost)
        if whole is not None:
            yield share(cost, column.of(whole))


def entry(cost: Tree | None) -> Entry:
    """A cost as a table shows it: a number where it is one."""
    return cost if cost is None or symbol_names(cost) else value(cost, {})


def share(cost: Tree | None, whole: Tree | None, times: int = 1) -> Entry:
    """A quotient in readable form; nothing where there is none."""
    if cost is None or whole is None or readable.readable(whole) == ZERO:
        return None
    quotient = entry(readable.readable(Quotient(times * cost, whole)))
    return Fraction(quotient) if isinstance(quotient, int) else quotient
