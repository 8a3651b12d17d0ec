r"""What a table says of a formula in it: the head over it, its row's name, and the cells beside it.

As ``Params (M)`` over ``$25.6$``, and ``k`` over the 5 to the left of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from closedform.later import regex

#: The rule below the head of a table in Markdown; a row ends where no bar is.
_RULE = regex(r"^[ \t>]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*(?::?-+:?[ \t]*)?$", re.MULTILINE)
_NO_ROW = regex(r"^[^|\n]*$", re.MULTILINE)
#: Where a table of TeX begins, with its columns, or ends.
_TABLE = regex(
    r"\\(?:begin\s*\{(?P<name>longtable|(?:xl)?tabu(?:lar[xy]?)?\*?)\}"
    r"(?:\s*(?:\[[^\]\n]*\]|\{(?:[^{}]|\{[^{}]*\})*\}))*"
    r"|end\s*\{(?:longtable|(?:xl)?tabu(?:lar[xy]?)?\*?)\})"
)
#: In which a bar or & parts no cells; and what prints nothing in a head.
_HIDDEN = regex(r"\\[|&]|`[^`\n]*`|\$[^$\n]*\$|<!--.*?-->")
_LINES = regex(r"\\(?:[a-z]*(?:line|rule)|rowcolor)(?![a-z])(?:\s*[(\[{][^\])}\n]*[\])}])*")
_WIDE = regex(r"\\multicolumn\s*\{(\d)\}\s*\{[^{}]*\}\s*\{([^{}]*)\}")
#: The longest row that is read.
_LONGEST = 2_000


class Columns:
    """The tables of a text, whose formulas come from top to bottom."""

    def __init__(self, text: str, *, latex: bool) -> None:
        self._text, self._latex, self._sign = text, latex, "&" if latex else "|"
        self._tables: list[re.Match[str]] | None = None
        self._rows = 0, 0  # the head that is known, and how far its rows reach

    def label(self, start: int) -> str:
        """The first cell of a row, in which a formula begins at ``start`` behind it."""
        label, sign, _ = self._row(start)[0].lstrip("> \t\n\\|").partition(self._sign)
        label = _LINES.sub("", _TABLE.sub("", label)) if self._latex else label
        return label.rpartition("\n")[2].strip() if sign else ""

    def _row(self, start: int) -> tuple[str, int]:
        """What is before a formula in its row, and where that begins."""
        near = max(0, start - _LONGEST)
        line = self._text.rfind(r"\\" if self._latex else "\n", near, start)
        return _HIDDEN.sub("", self._text[max(near, line + 1) : start]), line

    def head(self, start: int) -> str:
        """What stands over the column of a formula that begins at ``start``, if anything."""
        row, cells = self._row(start)[0], self._heads(start)
        column = row.count(self._sign) - row.lstrip("> \t").startswith("|")
        return cells[column].strip() if column < len(cells) else ""

    def beside(self, start: int) -> Iterator[tuple[str, str]]:
        """The other cells of such a row, each with its head."""
        if heads := self._heads(start):
            line = max(0, self._row(start)[1], start - _LONGEST)
            row = self._text[line : start + _LONGEST].lstrip("\\\n")
            row = row.partition(r"\\" if self._latex else "\n")[0]
            cells = row.strip("> \t\n").removeprefix("|").split(self._sign)
            yield from zip(heads, (cell.strip(" \t\n$") for cell in cells), strict=False)

    def _heads(self, start: int) -> Sequence[str]:
        """The cells of the head of a table in which a formula begins at ``start``."""
        row, line = self._row(start)
        if self._sign not in row:
            return ()
        if self._tables is None:
            self._tables = [*(_TABLE if self._latex else _RULE).finditer(self._text)]
        at = bisect_left(self._tables, start, key=re.Match.start) - 1
        if at < 0:
            return ()
        cells = self._head_of_tex(self._tables[at], line) if self._latex else []
        return cells or self._head(self._tables[at], line)

    def _head(self, rule: re.Match[str], line: int) -> list[str]:
        """The cells above a rule whose rows reach to a line."""
        table, known = self._rows
        if self._latex or line < rule.end() - 1:
            return []
        begin = known if table == rule.start() else rule.end() + 1
        if line > begin and _NO_ROW.search(self._text, begin, line):
            return []
        self._rows = rule.start(), max(begin, line + 1)
        above = self._text.rfind("\n", 0, max(0, rule.start() - 1)) + 1
        head = _HIDDEN.sub(lambda m: m[0].replace("|", ""), self._text[above : rule.start()])
        return head.strip("> \t\n").removeprefix("|").split("|")

    def _head_of_tex(self, table: re.Match[str], line: int) -> list[str]:
        """The cells of the first row of a table that is not at its end before a row."""
        end = self._text.find(r"\\", table.end())
        if not table["name"] or line < end:
            return []
        head = _LINES.sub("", self._text[table.end() : end]).replace(r"\&", " ")
        return _WIDE.sub(lambda m: "&".join([m[2]] * int(m[1])), head).split("&")
