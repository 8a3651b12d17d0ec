r"""What a table says of a formula in it: the head over it, its row's name, and the cells beside it.

As ``Params (M)`` over ``$25.6$``, and ``k`` over the 5 to the left of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from closedform.documents.claim import Said
from closedform.documents.markup import without_markup
from closedform.documents.statement import REACH
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
_LINES = regex(r"\\(?:[a-z]*(?:line|rule)|rowcolor)(?![a-z])(?:\s*[(\[{][^\])}\n]*[\])}])*")
_WIDE = regex(r"\\multicolumn\s*\{(\d)\}\s*\{[^{}]*\}\s*\{([^{}]*)\}")
#: The longest row that is read.
_LONGEST = 2_000


class Columns:
    """The tables of a text, whose formulas come from top to bottom."""

    def __init__(self, text: str, *, latex: bool) -> None:
        self._text, self._latex, self._sign = text, latex, "&" if latex else "|"
        self._ends = r"\\" if latex else "\n"
        self._tables: list[re.Match[str]] | None = None

    def said(self, start: int) -> Iterator[Said]:
        """What is said of a formula by its head, the name of its row, and the cells beside it."""
        if head := self.head(start):
            yield Said("head", head)
        cells, column, _ = self._row(start)
        if column and (name := without_markup(cells[0][: 2 * REACH])):
            yield Said("row", name)
        for over, cell in zip(self._heads(start), cells, strict=False):
            yield Said("cell", f"{over.strip()}\t{cell.strip('$')}")

    def head(self, start: int) -> str:
        """What stands over the column of a formula that begins at ``start``, if anything."""
        heads, (_, column, _) = self._heads(start), self._row(start)
        return without_markup(heads[column].strip()) if column < len(heads) else ""

    def _row(self, start: int) -> tuple[list[str], int, int]:
        """The cells of the row of a formula, which of them it stands in, and where that begins."""
        near = max(0, start - _LONGEST)
        line = self._text.rfind(self._ends, near, start)
        begin = max(near, line + len(self._ends)) if line >= 0 else near
        row = self._text[begin : start + _LONGEST]
        row = _HIDDEN.sub(lambda hidden: hidden[0].replace(self._sign, " "), row)
        if self._latex:
            row = _LINES.sub(_blank, _TABLE.sub(_blank, row))
        before, behind = row[: start - begin], row[start - begin :].partition(self._ends)[0]
        own = before.rpartition("\n")[0] if self._latex else ""  # what is above a table of TeX
        cells = (before[len(own) :] + behind).lstrip("> \t\n").removeprefix("|").split(self._sign)
        column = before.count(self._sign) - before.lstrip("> \t").startswith("|")
        return [cell.strip() for cell in cells], column, line

    def _heads(self, start: int) -> Sequence[str]:
        """The cells of the head of a table in which a formula begins at ``start``."""
        cells, _, line = self._row(start)
        if len(cells) < 2:
            return ()
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
        head = _HIDDEN.sub(lambda m: m[0].replace("|", ""), self._text[above : table.start()])
        return head.strip("> \t\n").removeprefix("|").split("|")

    def _head_of_tex(self, table: re.Match[str], line: int) -> list[str]:
        """The cells of the first row of a table that is not at its end before a row."""
        end = self._text.find(r"\\", table.end())
        if not table["name"] or line < end:
            return []
        head = _LINES.sub("", self._text[table.end() : end]).replace(r"\&", " ")
        return _WIDE.sub(lambda m: "&".join([m[2]] * int(m[1])), head).split("&")


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
