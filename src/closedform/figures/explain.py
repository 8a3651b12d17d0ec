"""A published number of a network or layer: by which way of counting it comes out."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from closedform.algebra.exact import value
from closedform.algebra.tree import symbol_names
from closedform.cost.conventions import CONVENTIONS
from closedform.cost.record import MEASURES
from closedform.cost.sums import LayerSum
from closedform.errors import ClosedformError, MissingSize
from closedform.figures.compare import note
from closedform.figures.measured import Measured, read_measures
from closedform.reading import read_claim
from closedform.typeset.prose import Code, say
from closedform.typeset.tables import Column, Table


class Explanation(NamedTuple):
    """``found``: whether any way of counting gives the number; ``table``: these, or all others."""

    found: bool
    table: Table


def explain(number: str, layers: LayerSum, *, title: str = "the layers") -> Explanation:
    """The measures and conventions under which a printed number comes out, within its digits.

    Where none gives the number, the table has all of them, the nearest first.

    Args:
        number: as printed: ``4.11e9``, ``4.1 GFLOPs``, ``231,211,008``.
        layers: a sum of layers whose sizes are numbers.
        title: what the layers are called in the caption.

    >>> from closedform import conv
    >>> found = explain("231.6M", conv(k=3, M=64, N=128, H=56, W=56, bias=True)).table
    >>> [row[0] for row in found.rows][:2]
    ['FLOPs, ptflops', 'FLOPs, ptflops_aten']

    Raises:
        ParseError: no number.
        MissingSize: a size that is still a symbol.
    """
    printed, unit = _printed(number)
    values = {one: _value(one, layers) for one in read_measures(tuple(MEASURES), (*CONVENTIONS,))}
    known = {one: found for one, found in values.items() if found is not None}
    close = [one for one, found in known.items() if 2 * abs(found - printed) <= unit]
    nearest = sorted(known, key=lambda one: abs(known[one] - printed))
    words = "{} for {}, to the digits written." if close else "Nothing counts {} for {}."
    rows = tuple(
        (one.heading, known[one], ", ".join(one.uncounted(layers))) for one in close or nearest
    )
    columns = (
        Column("Measure", "measure"),
        Column("Number", "number"),
        Column("Not counted", "uncounted"),
    )
    sources = (note(CONVENTIONS[one.by], layers) if one.by else one.rule for one in close)
    caption = say(words, Code(number.strip()), Code(title))
    return Explanation(bool(close), Table(columns, rows, caption, sources=tuple(sources)))


def _value(one: Measured, layers: LayerSum) -> int | Fraction | None:
    """The number, or ``None`` where a convention counts nothing of the layers."""
    by = one.by or "exact"
    if one.by and not layers.counted(by):
        return None
    tree = layers.tree(one.measure, by)
    if names := symbol_names(tree):
        raise MissingSize(names)
    return value(tree, {})


def _printed(number: str) -> tuple[Fraction, Fraction]:
    """A number as printed, and what its last digit is worth."""
    members = read_claim(f"{number} ≈ 0").members
    first = members[0]
    if len(members) != 2 or first.unit is None or symbol_names(first.tree):
        raise ClosedformError(f"{number} is no number", "write 4.11e9, 4.11G or 4,111,512,576")
    return Fraction(value(first.tree, {})), first.unit
