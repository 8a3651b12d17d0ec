"""A published number of a network or layer: by which way of counting it comes out."""

from __future__ import annotations

from decimal import Decimal
from typing import SupportsFloat

from closedform.cost.conventions import CONVENTIONS
from closedform.figures.compare import note
from closedform.figures.reproduction import (
    Known,
    Reproduction,
    counted,
    measures_for,
    printed,
    reproduce,
    that_give,
)
from closedform.given import Layers, formula_of, layers_of, name_of
from closedform.records import NamedTuple, replace
from closedform.typeset.prose import Code, Prose, say
from closedform.typeset.tables import Column, Table


class Explanation(NamedTuple):
    """``found``: whether any way of counting gives the number; ``table``: these, or all others."""

    found: bool
    table: Table

    def __repr__(self) -> str:
        return str(self.table)

    def _repr_html_(self) -> str:
        return self.table.to_html()


def explain(number: str | SupportsFloat, subject: Layers, *, title: str = "") -> Explanation:
    """The measures and conventions under which a printed number comes out, within its digits.

    Where none gives the number, one flag more is tried, as in ``resnet50(v1)``, then digits that
    were cut off instead of rounded; where nothing gives it, the table has all, the nearest first.

    Args:
        number: as printed: ``4.11e9``, ``4.1 GFLOPs``, ``231,211,008``, also a number.
        subject: what it is of: a sum of layers whose sizes are numbers.
        title: what the layers are called in the caption.

    >>> shown = explain("231.6M", "conv(k=3, M=64, N=128, H=56, W=56, bias)").table
    >>> [row[0] for row in shown.rows][:2]
    ['FLOPs, ptflops', 'FLOPs, ptflops_hooks']

    Raises:
        ClosedformError: no number.
        MissingSize: a size that is still a symbol.
    """
    layers = layers_of(subject)
    number = number if isinstance(number, str) else _digits(number)
    parts = [Code(number.strip()), Code(title) if title else name_of(subject, layers)]
    reproduced = reproduce(number, layers)
    if reproduced is not None:
        parts += [Code(reproduced.word)] if reproduced.word else []
        words = "{} for {} with {}" if reproduced.word else "{} for {}"
        digits = "cut off behind" if reproduced.cut else "to"
        caption = say(f"{words}, {digits} the digits written.", *parts)
        return Explanation(True, _table(reproduced, caption))
    meant, _ = printed(number)
    known = counted(layers, measures_for(number))
    nearest = sorted(filter(known.get, known), key=lambda way: abs(known[way] - meant))
    caption = say("Nothing counts {} for {}.", *parts)
    table = _table(Reproduction("", layers, known, nearest), caption, told=False)
    return Explanation(False, replace(table, notes=_with_a_prefix(number.strip(), known)))


def _with_a_prefix(number: str, known: Known) -> tuple[str, ...]:
    """A note where millions or billions of a bare number come out."""
    if not number[-1:].isdecimal():
        return ()
    larger = (f"{number}{prefix}" for prefix in "kMGT")
    right = next((with_it for with_it in larger if that_give(with_it, known)), None)
    return (f"{right} comes out; is a prefix missing?",) if right else ()


def _digits(number: object) -> str:
    """A number as it was typed: 4.1e9 has two digits, not ten."""
    if isinstance(number, float):
        number = Decimal(repr(float(number))).normalize()
    return f"{number:e}".replace("e+", "e") if isinstance(number, Decimal) else formula_of(number)


def _table(shown: Reproduction, caption: Prose, *, told: bool = True) -> Table:
    columns = (
        Column("Measure", "measure"),
        Column("Number", "number"),
        Column("Not counted", "uncounted"),
    )
    layers, ways = shown.layers, shown.close
    rows = ((way.heading, shown.known[way], ", ".join(way.uncounted(layers))) for way in ways)
    sources = (note(CONVENTIONS[m.by], layers) if m.by else m.rule for m in ways if told)
    return Table(columns, tuple(rows), caption, sources=tuple(sources))
