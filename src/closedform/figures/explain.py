"""A published number of a network or layer: by which way of counting it comes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from closedform.algebra.exact import value
from closedform.algebra.tree import ONE, symbol_names
from closedform.cost.conventions import CONVENTIONS
from closedform.cost.record import MEASURES
from closedform.cost.sums import LayerSum
from closedform.errors import ClosedformError, MissingSize
from closedform.figures.compare import note
from closedform.figures.measured import Measured, read_measures
from closedform.given import Layers, layers_of
from closedform.reading import read_claim
from closedform.typeset.prose import Code, Prose, say
from closedform.typeset.tables import Column, Table

#: Ways to count, and what each counts.
Known: TypeAlias = dict[Measured, "int | Fraction"]


class Explanation(NamedTuple):
    """``found``: whether any way of counting gives the number; ``table``: these, or all others."""

    found: bool
    table: Table


def explain(number: str | float, given: Layers, *, title: str = "") -> Explanation:
    """The measures and conventions under which a printed number comes out, within its digits.

    Where none gives the number, one flag more is tried, as in ``resnet50(v1)``; where that gives it
    neither, the table has all of them, the nearest first.

    Args:
        number: as printed: ``4.11e9``, ``4.1 GFLOPs``, ``231,211,008``, also a number.
        given: a sum of layers whose sizes are numbers.
        title: what the layers are called in the caption.

    >>> found = explain("231.6M", "conv(k=3, M=64, N=128, H=56, W=56, bias)").table
    >>> [row[0] for row in found.rows][:2]
    ['FLOPs, ptflops', 'FLOPs, ptflops_aten']

    Raises:
        ParseError: no number.
        MissingSize: a size that is still a symbol.
    """
    layers = layers_of(given)
    number = number if isinstance(number, str) else _digits(number)
    title = title or (given if isinstance(given, str) else repr(layers))
    printed, unit = _printed(number)
    parts = [Code(number.strip()), Code(title)]
    for word, one in _with_a_flag(layers):
        known = _known(one)
        close = [measure for measure, x in known.items() if 2 * abs(x - printed) <= unit]
        if close:
            parts += [Code(word)] if word else []
            words = "{} for {} with {}" if word else "{} for {}"
            caption = say(f"{words}, to the digits written.", *parts)
            sources = (note(CONVENTIONS[m.by], one) if m.by else m.rule for m in close)
            return Explanation(True, _table(one, known, close, caption, sources))
    known = _known(layers)
    nearest = sorted(known, key=lambda one: abs(known[one] - printed))
    caption = say("Nothing counts {} for {}.", *parts)
    return Explanation(False, _table(layers, known, nearest, caption))


def _digits(number: float) -> str:
    """A number as it was typed: 4.1e9 has two digits, not ten."""
    return f"{number:d}" if isinstance(number, int) else f"{Decimal(repr(number)).normalize()}"


def _table(
    layers: LayerSum,
    known: Known,
    shown: list[Measured],
    caption: Prose,
    sources: Iterable[str] = (),
) -> Table:
    columns = (
        Column("Measure", "measure"),
        Column("Number", "number"),
        Column("Not counted", "uncounted"),
    )
    rows = ((one.heading, known[one], ", ".join(one.uncounted(layers))) for one in shown)
    return Table(columns, tuple(rows), caption, sources=tuple(sources))


def _with_a_flag(layers: LayerSum) -> Iterator[tuple[str, LayerSum]]:
    """The layers as they are, and one layer with one flag or way of calling more."""
    yield "", layers
    if len(layers.terms) > 1 or layers.terms[0].copies != ONE:
        return
    call = layers.terms[0].call
    for word in call.type.words:
        if word not in call.flags:
            sizes = {**call.sizes, "B": call.batch}
            yield word, call.type.at(sizes, (*call.flags, word))


def _known(layers: LayerSum) -> Known:
    """Each measure and way of counting, with its number where it counts any of the layers."""
    values = {one: _value(one, layers) for one in read_measures(tuple(MEASURES), (*CONVENTIONS,))}
    return {one: number for one, number in values.items() if number is not None}


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
