r"""What a table says of a formula in it: the head over it, its row's name, and the cells beside it.

As ``Params (M)`` over ``$25.6$``, and ``k`` over the 5 to the left of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from closedform.documents.claim import Said
from closedform.documents.context.statement import REACH
from closedform.documents.plain.markup import without_markup
from closedform.later import regex

#: The rule below the head of a table in Markdown, and its rows.
_RULE = regex(
    r"^[ \t>]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*(?::?-+:?[ \t]*)?$(?:\n[^|\n]*\|[^\n]*)*",
    re.MULTILINE,
)
#: Where a table of TeX begins, with its columns, or ends.
_TABLE = regex(
    r"\\(?:begin\s*\{(?P<name>longtable|(?:xl)?tabu(?:lar[xy]?)?\*?)\}"
    r"(?:\s*(?:\[[^\]\n]*\]|\{(?:[^{}]|\{[^{}]*\})*\}))*"
    r"|end\s*\{(?:longtable|(?:xl)?tabu(?:lar[xy]?)?\*?)\})"
)
#: In which a bar or & parts no cells; and what prints nothing in a head.
_HIDDEN = regex(r"\\[|&]|`[^`\n]*`|\$[^$\n]*\$|<!--.*?-->")
_LINES = regex(
    r"(?<!\\)%[^\n]*|\\(?:[a-z]*(?:line|rule)|rowcolor)(?![a-z])(?:\s*[(\[{][^\])}\n]*[\])}])*"
)
#: The scale of the numbers below, in words: it is read with them.
SCALE_WORDS = r"(?:thousand|million|billion)s?"
_SCALE = regex(rf"\s*[(\[（](?:in )?{SCALE_WORDS}[)\]）]\Z")
_WIDE = regex(r"\\multicolumn\s*\{(\d)\}\s*\{[^{}]*\}\s*\{([^{}]*)\}")
#: The longest row that is read, and so many of its cells.
_LONGEST, _MOST = 2_000, 60


class Columns:
    """The tables of a text, whose formulas come from top to bottom."""

    def __init__(self, text: str, *, latex: bool) -> None:
        self._text, self._latex, self._sign = text, latex, "&" if latex else "|"
        self._ends = r"\\" if latex else "\n"
        self._tables: list[re.Match[str]] | None = None
        self._known: tuple[int, tuple[list[str], int, Sequence[str]]] = -1, ([], 0, ())

    def said(self, start: int) -> Iterator[Said]:
        """What is said of a formula by its head, the name of its row, and the cells beside it."""
        if head := self.head(start):
            yield Said("head", _SCALE.sub("", head))
        cells, column, heads = self._row(start)
        if column and (name := without_markup(cells[0][: 2 * REACH])):
            yield Said("row", name)
        for over, cell in zip(heads[:_MOST], cells, strict=False):
            if over.strip() and cell and cell is not cells[column]:
                yield Said("cell", f"{over.strip()}\t{cell.strip('$')}")

    def head(self, start: int) -> str:
        """What stands over the column of a formula that begins at ``start``, if anything."""
        _, column, heads = self._row(start)
        return without_markup(heads[column].strip()) if column < len(heads) else ""

    def _row(self, start: int) -> tuple[list[str], int, Sequence[str]]:
        """The cells of the row of a formula, which of them it stands in, and their heads."""
        if self._known[0] == start:
            return self._known[1]
        near = max(0, start - _LONGEST)
        line = self._text.rfind(self._ends, near, start)
        begin = max(near, line + len(self._ends)) if line >= 0 else near
        stop = self._text.find(self._ends, start, start + _LONGEST)
        before = self._cells(self._text[begin:start])
        row = before + self._cells(self._text[start : stop if stop >= 0 else start + _LONGEST])
        cells = row.lstrip("> \t\n").removeprefix("|").split(self._sign)
        cells[0] = cells[0].rpartition("\n")[2]  # what is above a row of TeX
        column = before.count(self._sign) - before.lstrip("> \t").startswith("|")
        heads = self._heads(start, line) if len(cells) > 1 else ()
        self._known = start, ([cell.strip() for cell in cells], column, heads)
        return self._known[1]

    def _heads(self, start: int, line: int) -> Sequence[str]:
        """The cells of the head of a table in which a formula begins at ``start``."""
        if self._tables is None:
            self._tables = [*(_TABLE if self._latex else _RULE).finditer(self._text)]
        at = bisect_left(self._tables, start, key=re.Match.start) - 1
        if at < 0:
            return ()
        return (self._head_of_tex if self._latex else self._head)(self._tables[at], line)

    def _head(self, table: re.Match[str], line: int) -> list[str]:
        """The cells above the rule of a table that has a line."""
        if not table.start() < line < table.end():
            return []
        above = self._text.rfind("\n", 0, max(0, table.start() - 1)) + 1
        head = self._cells(self._text[above : table.start()])
        return head.strip("> \t\n").removeprefix("|").split("|")

    def _head_of_tex(self, table: re.Match[str], line: int) -> list[str]:
        """The cells of the first row of a table that is not at its end before a row."""
        end = self._text.find(r"\\", table.end())
        if not table["name"] or line < end:
            return []
        head = self._cells(self._text[table.end() : end])
        return _WIDE.sub(lambda m: "&".join([m[2]] * int(m[1])), head).split("&")

    def _cells(self, row: str) -> str:
        """A row without what parts no cells and prints nothing."""
        row = _HIDDEN.sub(lambda hidden: hidden[0].replace(self._sign, " "), row)
        return _LINES.sub("", _TABLE.sub("", row)) if self._latex else row
