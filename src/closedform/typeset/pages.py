r"""A tabular of LaTeX, in several where it is longer than a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from closedform.typeset.grids import Row, latex_grid

#: What a page of the article class holds beside a caption, in points.
PAGE_HEIGHT = 500.0
#: From one line to the next, and what a fraction, a line inside of a cell and a gap add to that.
_LINE, _FRACTION, _INNER, _GAP = 12.0, 9.0, 14.0, 5.0


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
        used, label = 0.0, []
        for block in self._blocks():
            tall = sum(map(_height, block))
            if parts[-1] and used + tall > room:
                parts.append([])
                used = 0.0
            for line in block:
                if len(line) == 1:
                    label = [line]
                elif parts[-1] and used + _height(line) > room:
                    parts.append([*label])
                    used = sum(map(_height, label))
                parts[-1].append(line)
                used += _height(line)
        return [self._replace(lines=lines) for lines in parts]

    def _blocks(self) -> list[list[Row]]:
        """A label with the lines behind it, or a line by itself where nothing is labelled."""
        blocks: list[list[Row]] = []
        labelled = any(len(line) == 1 for line in self.lines)
        for line in self.lines:
            if blocks and labelled and len(line) > 1:
                blocks[-1].append(line)
            else:
                blocks.append([line])
        return blocks


def _height(line: Row) -> float:
    inner = max(cell.count(r"\\ &") for cell in line)
    fractions = any(r"\frac" in cell for cell in line)
    gap = line[0].startswith(r"\addlinespace")
    return _LINE + fractions * _FRACTION + inner * _INNER + gap * _GAP
