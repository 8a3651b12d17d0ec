"""What a cell of a table may hold, and how it looks in each form."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import TypeAlias

from closedform.algebra.tree import Node, Tree
from closedform.records import record, replace
from closedform.typeset.arrange import arrange
from closedform.typeset.escapes import HTML, LATEX, MARKDOWN, Script, html_math
from closedform.typeset.latex import latex
from closedform.typeset.notation import SOURCE, Notation
from closedform.typeset.numbers import FULL, Digits, number_text
from closedform.typeset.prose import Code
from closedform.typeset.text import text

#: What a cell holds; ``None`` is what nobody counts, which is not 0.
Entry: TypeAlias = "str | Code | int | Fraction | Tree | None"

NOTHING = "–"
#: What stands behind a cost that leaves operators out which nobody knows.
UNCOUNTED = " + uncounted"
#: MathJax 2, which pages made of notebooks load, breaks a formula at each sign: it takes a cell for
#: as narrow as it is before the formula is set. A fraction is as large as the letters beside it.
_UNBROKEN = '<span style="display: inline-block; white-space: nowrap">{}</span>'


@record
class Style:
    """How the cells of one column are printed; ``numeric`` ones hold numbers and nothing else."""

    digits: Digits = FULL
    prefix: str = ""
    notation: Notation = SOURCE
    numeric: bool = False


def text_cell(entry: Entry, style: Style, *, group: str = ",", nothing: str = NOTHING) -> str:
    """The entry in plain text, thousands grouped by commas."""
    if isinstance(entry, (int, Fraction)):
        return number_text(entry, style.digits, style.prefix, group=group)
    return nothing if entry is None else str(plain(entry, style.notation))


#: The same, digits not grouped; empty where there is nothing.
csv_cell = partial(text_cell, group="", nothing="")


def _written(entry: Entry, style: Style, *, script: Script) -> str:
    """The entry in a form for words, typed text and formulas."""
    match entry:
        case str():
            return script.words(entry)
        case Code(written=written):
            return script.code(written)
        case Node():
            return script.formula(latex(arrange(entry, style.notation), style.notation))
    return text_cell(entry, style)


def _unbroken(latex: str) -> str:
    large = r"\displaystyle " if r"\frac" in latex else ""
    return _UNBROKEN.format(html_math(large + latex))


#: The entry in Markdown, and in HTML.
markdown_cell = partial(_written, script=MARKDOWN)
html_cell = partial(_written, script=replace(HTML, formula=_unbroken))


def latex_cell(entry: Entry, style: Style) -> str:
    r"""The entry in LaTeX; a number stands bare in a column of numbers (S), else in \num."""
    if isinstance(entry, (int, Fraction)):
        return _latex_number(number_text(entry, style.digits, style.prefix), style)
    return "{--}" if entry is None else _written(entry, style, script=LATEX)


def plain(entry: Entry, notation: Notation = SOURCE) -> int | Fraction | str | None:
    """The exact entry, a formula as text."""
    match entry:
        case Code(written=written):
            return written
        case Node():
            return text(arrange(entry, notation), notation)
    return entry


def _latex_number(digits: str, style: Style) -> str:
    above, over, below = digits.partition("/")
    if over:
        return rf"{{$\frac{{{above}}}{{{below}}}$}}"
    return digits if style.numeric else rf"\num{{{digits}}}"
