"""A table: exact numbers and formulas with headings and a caption, printed in every form.

A table is data. Numbers stay exact in it and are rounded when they are printed, each column in its
own unit; formulas are set in the table's notation.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING, TypeAlias

from closedform.algebra.bridge import to_sympy
from closedform.algebra.tree import Node
from closedform.errors import MissingExtra
from closedform.later import html
from closedform.records import record, replace
from closedform.typeset.cells import (
    Entry,
    Style,
    csv_cell,
    html_cell,
    latex_cell,
    markdown_cell,
    plain,
    text_cell,
)
from closedform.typeset.displayed import Displayed
from closedform.typeset.escapes import latex_words, markdown_words
from closedform.typeset.grids import csv_grid, html_grid, markdown_grid, s_column, text_grid
from closedform.typeset.notation import SOURCE, Notation
from closedform.typeset.numbers import FULL, Digits, prefix_of, unit_of
from closedform.typeset.prose import Prose, in_html, in_latex, in_markdown, in_text
from closedform.typeset.tabular import PAGE_HEIGHT, Tabular, grid_width, tall_grid, tall_width
from closedform.typeset.width import LINE, PAGE

if TYPE_CHECKING:
    import pandas


#: More columns than these are set smaller and closer.
MANY = 6
#: How they are set, and how wide their letters are then.
SMALLER, SMALL = r"\footnotesize\setlength{\tabcolsep}{4pt}", 0.86
#: What is taller (in points) is set smaller, to stay on a page.
TALL = 480.0


#: About how wide a way to set a table is, in which size of letters, and the tabular.
Way: TypeAlias = tuple[float, str, Tabular]


@record
class Column:
    """A heading, the key of the column in data, and how its numbers are printed."""

    heading: str
    key: str
    digits: Digits = FULL


@record
class Table(Displayed):
    """Rows of entries under columns; it prints itself, in notebooks too.

    ``notes`` belong to the caption; ``sources`` say whose rule made a row, and are a list below, in
    LaTeX comments.

    >>> small = Table((Column("layer", "layer"), Column("MACs", "macs")), (("conv", 462422016),))
    >>> print(small)
    layer         MACs
    ------------------
    conv   462,422,016
    """

    columns: tuple[Column, ...]
    _rows: tuple[tuple[Entry, ...], ...]
    _caption: Prose = ()
    notes: tuple[str, ...] = ()
    notation: Notation = SOURCE
    sources: tuple[str, ...] = ()

    @property
    def caption(self) -> str:
        """What the table shows, as text."""
        return in_text(self._caption)

    @property
    def rows(self) -> tuple[tuple[str | int | Fraction | None, ...], ...]:
        """The exact entries, formulas as text; ``None`` where nothing is counted."""
        return tuple(tuple(plain(x, self.notation) for x in row) for row in self._rows)

    def to_text(self, room: float = inf) -> str:
        """The table as lines of text; one wider than the room as a list of its rows."""
        said = self._filled()
        heads, cells = said._headings(str), said._cells(text_cell)
        grid = text_grid(heads, cells, right=said._numeric(), room=room)
        below = "\n".join((*self.notes, *self.sources))
        return _paragraphs(self.caption, grid, below)

    def to_markdown(self) -> str:
        """The table in Markdown, its caption as a paragraph above."""
        said = self._filled()
        heading = said._headings(markdown_words)
        grid = markdown_grid(heading, said._cells(markdown_cell), right=said._numeric())
        notes = " ".join(map(markdown_words, self.notes))
        sources = "\n".join(f"- {markdown_words(source)}" for source in self.sources)
        return _paragraphs(in_markdown(self._caption), grid, notes, sources)

    def to_html(self) -> str:
        r"""The table in HTML; formulas stand in \( \), for MathJax or KaTeX."""
        said = self._filled()
        heads, cells = said._headings(html.escape), said._cells(html_cell)
        grid = html_grid(heads, cells, right=said._numeric(), caption=in_html(self._caption))
        notes, sources = (
            [f"<p>{html.escape(note)}</p>" for note in told] for told in (self.notes, self.sources)
        )
        if sources:
            sources = ["<details><summary>sources</summary>", *sources, "</details>"]
        return "\n".join([grid, *notes, *sources])

    def to_csv(self) -> str:
        """Comma-separated values under the keys, numbers as printed but without grouping."""
        keys = [
            column.key + unit_of(style.prefix)
            for column, style in zip(self.columns, self._styles(), strict=True)
        ]
        return csv_grid(keys, self._cells(csv_cell))

    def to_latex(self, label: str = "") -> str:
        """A table environment with booktabs; columns of numbers are siunitx S columns.

        Of a paper in two columns a table may span both. Formulas that are too wide beside each
        other stand below each other, numbers where nothing else helps. What is longer than a page
        is continued in another table of the same number.
        """
        line = self.notation.line
        room, (_, size, tabular) = self._setting((line,) if line >= LINE else (line, PAGE))
        name = "table*" if room > line else "table"
        lines = [f"% {source}" for source in self.sources]
        caption = self._captioned()
        named = rf"  \caption{{{caption}}}" + (rf"\label{{{label}}}" if label else "")
        if tabular.height() > TALL:
            size = size or r"\footnotesize"
        for number, part in enumerate(tabular.pages(PAGE_HEIGHT / (SMALL if size else 1))):
            lines += [rf"\begin{{{name}}}", r"  \centering"]
            if caption or label:
                again = [r"  \addtocounter{table}{-1}", r"  \caption{(continued)}"]
                # The classes of LaTeX leave no room below a caption, which stood on the rule.
                lines += [*(again if number else [named]), r"  \smallskip"]
            lines += [f"  {row}" for row in (size, *part.to_latex().splitlines()) if row]
            lines.append(rf"\end{{{name}}}")
        return "\n".join(lines)

    def to_tabular(self) -> str:
        """The tabular alone, for an environment of one's own, its caption in comments above it.

        It fits a line of the paper, or one of its columns; there are several where it is longer
        than a page.
        """
        _, (_, _, tabular) = self._setting((self.notation.line,), smaller=False)
        said = filter(None, [*self.sources, self._captioned()])
        comments = [f"% {' '.join(sentence.split())}" for sentence in said]
        parts = [part.to_latex() for part in tabular.pages(PAGE_HEIGHT)]
        return "\n".join([*comments, "\n\n\\noindent\n".join(parts)])

    def to_json(self) -> dict[str, object]:
        """The exact entries as plain data; a fraction is written "a/b", a formula as text."""
        keys = [column.key for column in self.columns]
        rows = [[str(x) if isinstance(x, Fraction) else x for x in row] for row in self.rows]
        return {
            "caption": self.caption,
            "columns": {column.key: column.heading for column in self.columns},
            "rows": [dict(zip(keys, row, strict=True)) for row in rows],
            "notes": [*self.notes, *self.sources],
        }

    def to_dataframe(self) -> pandas.DataFrame:
        """The exact entries as a pandas DataFrame, formulas as SymPy expressions.

        Raises:
            MissingExtra: pandas is not installed.
        """
        try:
            import pandas  # noqa: PLC0415  (optional)
        except ImportError as error:
            raise MissingExtra("a DataFrame", "pandas", "pip install pandas") from error
        keys = [column.key for column in self.columns]
        rows = [[to_sympy(x) if isinstance(x, Node) else plain(x) for x in r] for r in self._rows]
        return pandas.DataFrame(rows, columns=keys)

    _repr_latex_, _repr_html_ = to_latex, to_html

    def _filled(self) -> Table:
        """The table without the columns that say nothing, which data have."""
        named = enumerate(zip(*self._rows, strict=True))
        said = [place for place, entries in named if not place or set(entries) != {""}]
        if not self._rows or len(said) == len(self.columns):
            return self
        rows = tuple(tuple(row[place] for place in said) for row in self._rows)
        return replace(self, columns=tuple(self.columns[place] for place in said), _rows=rows)

    def _entries(self, place: int) -> list[Entry]:
        return [row[place] for row in self._rows]

    def _numeric(self) -> set[int]:
        """The places of the columns that hold numbers and nothing else."""
        numeric = set()
        for place in range(len(self.columns)):
            entries = [entry for entry in self._entries(place) if entry is not None]
            if entries and all(isinstance(entry, (int, Fraction)) for entry in entries):
                numeric.add(place)
        return numeric

    def _captioned(self) -> str:
        return " ".join(filter(None, [in_latex(self._caption), *map(latex_words, self.notes)]))

    def _setting(self, rooms: tuple[float, ...], *, smaller: bool = True) -> tuple[float, Way]:
        """The room that the table takes in the paper, and the way it is set there."""
        said = self._filled()
        *ways, last = said._ways(rooms[-1])
        ways = [way for way in ways if smaller or not way[1]]
        settings = [(room, way) for room in rooms for way in (*ways, last)]
        if said._numbers_only():
            settings.sort(key=lambda setting: setting[1] is last)
        fits = (setting for setting in settings if setting[1][0] <= setting[0])
        return next(fits, settings[-1])

    def _numbers_only(self) -> bool:
        return len(self._numeric()) >= len(self.columns) - 1

    def _ways(self, room: float) -> list[Way]:
        """How it may be set in LaTeX, the best way first: how wide, in which size, the tabular.

        What is too wide in all of them is broken to fit the room in the last one.
        """
        headings, cells = self._headings(latex_words), self._cells(latex_cell)
        numeric = self._numeric()
        tops = [f"{{{top}}}" if place in numeric else top for place, top in enumerate(headings)]
        numbers_in = (
            place in numeric and [row[place] for row in cells] for place in range(len(tops))
        )
        specs = [s_column(numbers) if numbers else "l" for numbers in numbers_in]
        grid, wide = Tabular(specs, tops, cells), [headings, *cells]
        ways = [] if len(self.columns) > MANY else [(grid_width(wide), "", grid)]
        numbers = self._numbers_only()
        if numbers or len(self.columns) > MANY:
            ways.append((SMALL * grid_width(wide, 8 / SMALL), SMALLER, grid))
        loose = [replace(style, numeric=False) for style in self._styles()]
        lists = [list(map(latex_cell, row, loose)) for row in self._rows]
        formulas = any(isinstance(entry, Node) for row in self._rows for entry in row)
        tall = tall_grid([*headings, "Closed form" if formulas else "Number"], lists, room)
        return [*ways, (tall_width(headings, lists), "", tall)]

    def _styles(self) -> list[Style]:
        numeric = self._numeric()
        styles = []
        for place, column in enumerate(self.columns):
            digits, prefix = column.digits, ""
            if digits.prefixed and place not in numeric:
                # Beside formulas a number stands as it is.
                digits = FULL
            elif digits.prefixed:
                numbers = [n for n in self._entries(place) if isinstance(n, (int, Fraction))]
                prefix = digits.unit or prefix_of(numbers, digits)
            styles.append(Style(digits, prefix, self.notation, place in numeric))
        return styles

    def _headings(self, words: Callable[[str], str]) -> list[str]:
        return [
            words(column.heading + unit_of(style.prefix))
            for column, style in zip(self.columns, self._styles(), strict=True)
        ]

    def _cells(self, cell: Callable[[Entry, Style], str]) -> list[list[str]]:
        styles = self._styles()
        return [list(map(cell, row, styles)) for row in self._rows]


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
