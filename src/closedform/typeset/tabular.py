r"""Tabulars of LaTeX: one or several pages of them, and turned on their side.

Closed forms of several measures are often too wide to stand beside each other on a page: the cells
of a row stand below each other then, each with its heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from math import inf

from closedform.records import NamedTuple
from closedform.typeset.grids import Row, latex_grid
from closedform.typeset.line_breaks import broken
from closedform.typeset.width import typed_width, width

#: What a page of the article class holds beside a caption, in points.
PAGE_HEIGHT = 500.0
#: From one line to the next, and what a fraction, a line inside of a cell and a gap add to that.
_LINE, _FRACTION, _INNER, _SPACE = 12.0, 9.0, 14.0, 5.0
#: Between two columns of a tabular: twice ``\tabcolsep``.
_GAP = 12.0
#: What the widths of a name and of a cell with tall brackets are estimated short by, at most.
_SLACK = 13.0
#: What no line ends in: a word, a formula, what stands in braces.
_WORD = re.compile(r"(?:\$[^$]*\$|\{[^{}]*\}|[^\s${])+")


class Tabular(NamedTuple):
    """Columns, a heading, and lines; a line of one cell is the label of those behind it."""

    specs: Row
    heading: Row
    lines: Sequence[Row]

    def to_latex(self) -> str:
        """The tabular with the rules of booktabs."""
        return latex_grid(self.specs, self.heading, self.lines)

    def height(self) -> float:
        """About how tall it is, in points."""
        return 3 * _LINE + sum(map(_height, self.lines))

    def pages(self, most: float) -> list[Tabular]:
        """The same in as many as are needed, each with the heading, none taller than ``most``.

        A page begins with a label, which is repeated where what it labels is longer than a page.

        >>> lines = [["conv"], ["MACs", "$x$"], ["linear"], ["MACs", "$y$"]]
        >>> [len(part.lines) for part in Tabular(["l", "l"], ["", ""], lines).pages(62)]
        [2, 2]
        >>> long = Tabular(["l", "l"], ["", ""], [["conv"], ["MACs", "$x$"], ["FLOPs", "$y$"]])
        >>> [part.lines for part in long.pages(62)]
        [[['conv'], ['MACs', '$x$']], [['conv'], ['FLOPs', '$y$']]]
        """
        room = most - 3 * _LINE
        parts: list[list[Row]] = [[]]
        used = 0.0
        label: list[Row] = []
        for place, line in enumerate(self.lines, start=1):
            again, tall = label, _height(line)
            if len(line) == 1:
                again, label = [], [line]
                group = takewhile(lambda row: len(row) > 1, self.lines[place:])
                tall += sum(map(_height, group))
            if parts[-1] and used + tall > room:
                parts.append([*again])
                used = sum(map(_height, again))
            parts[-1].append(line)
            used += _height(line)
        return [self._replace(lines=lines) for lines in parts]


def grid_width(rows: Sequence[Row], gap: float = _GAP) -> float:
    """About how wide the rows are as a tabular, in points, with so much between two columns."""
    columns = [max(map(_cell_width, column)) for column in zip(*rows, strict=True)]
    return sum(columns) + gap * (len(columns) - 1)


#: Cells of what is not there: in a list, no line says so.
EMPTY = ("", "{--}")


def tall_grid(heading: Row, rows: Sequence[Row], room: float = inf) -> Tabular:
    r"""A tabular of groups, one a row: its label, and a line for each cell that says something.

    The last heading is that of all cells. A cell that is too wide for the room has several lines.

    >>> headings = ["Layer", "MACs", "FLOPs", "Closed form"]
    >>> print(tall_grid(headings, [["conv", "$k^{2} M N H W$", "{--}"]]).to_latex())
    \begin{tabular}{@{}l l@{}}
      \toprule
      Layer & Closed form \\
      \midrule
      \multicolumn{2}{@{}l}{conv} \\
      \quad MACs & $k^{2} M N H W$ \\
      \bottomrule
    \end{tabular}
    """
    lines: list[Row] = []
    room -= _GAP + _SLACK + max(_cell_width(rf"\quad {name}") for name in heading[1:-1])
    for number, (label, *cells) in enumerate(rows):
        space = r"\addlinespace " if number else ""
        lines.append([rf"{space}\multicolumn{{2}}{{@{{}}l}}{{{label}}}"])
        named = zip(heading[1:-1], cells, strict=True)
        for name, cell in named:
            if cell not in EMPTY:
                first, *more = _fitted(cell, room)
                lines += [[rf"\quad {name}", first], *(["", line] for line in more)]
    return Tabular(["l", "l"], [heading[0], heading[-1]], lines)


def tall_width(heading: Row, rows: Sequence[Row]) -> float:
    """About how wide that is, in points; a label has its line for itself."""
    pairs = (pair for _, *cells in rows for pair in zip(heading[1:], cells, strict=True))
    return grid_width([(rf"\quad {name}", cell) for name, cell in pairs if cell not in EMPTY])


def _height(line: Row) -> float:
    inner = max(cell.count(r"\\ &") for cell in line)
    fractions = any(r"\frac" in cell for cell in line)
    gap = line[0].startswith(r"\addlinespace")
    return _LINE + fractions * _FRACTION + inner * _INNER + gap * _SPACE


def _fitted(cell: str, room: float) -> list[str]:
    """The cell in lines where it is too wide for the room: a formula, or words."""
    if _cell_width(cell) <= room:
        return [cell]
    if cell.startswith("$"):
        first, *more = broken(cell.strip("$"), room)
        return [f"${first}$", *(rf"$\quad {line}$" for line in more)]
    lines = [""]
    for word in _WORD.findall(cell):
        if lines[-1] and _cell_width(f"{lines[-1]} {word}") > room:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _cell_width(cell: str) -> float:
    """The width of words, of something typed, or of a formula in dollars."""
    typed = re.fullmatch(r"\\texttt\{(.*)\}", cell)
    if typed:
        return typed_width(typed[1])
    return sum(
        width(part) if place % 2 else width(rf"\text{{{part}}}")
        for place, part in enumerate(cell.split("$"))
    )
