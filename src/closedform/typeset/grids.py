"""Rows of finished cells in a grid: text, Markdown, HTML, CSV, and LaTeX with booktabs.

Nothing here knows what is in a cell: it is printed as it stands, but for the sign that would end
it. ``right`` holds the places of the columns that are set flush right.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence
from math import inf

from closedform.errors import columns
from closedform.later import csv, regex
from closedform.typeset.wrapping import wrapped

Row = Sequence[str]
#: A column of words is made no narrower than this.
NARROW = 24

_LIVE_CELL = regex(r"^(?=[=+@\t\r-])(?![+-]?[\d.]+(?:[eE][+-]?\d+)?$)")


def aligned(rows: Sequence[Row], *, right: Collection[int] = ()) -> list[str]:
    """The rows as lines of text, each column as wide as its widest cell.

    >>> aligned([("a", "12"), ("bcd", "3")], right={1})
    ['a    12', 'bcd   3']
    """
    widths = [max(map(columns, column)) for column in zip(*rows, strict=True)]
    return [in_line(row, widths, right=right) for row in rows]


def in_line(row: Row, widths: Sequence[int], *, right: Collection[int] = ()) -> str:
    """A row as a line of text, its columns so wide."""
    padded = [" " * (width - columns(cell)) for cell, width in zip(row, widths, strict=True)]
    cells = zip(row, padded, strict=True)
    return "  ".join(
        [pad + cell if place in right else cell + pad for place, (cell, pad) in enumerate(cells)]
    ).rstrip()


def text_grid(
    heading: Row, rows: Sequence[Row], *, right: Collection[int] = (), room: float = inf
) -> str:
    """A heading, a rule and the rows; wider than the room, the cells of a row below each other.

    >>> print(text_grid(("layer", "MACs"), [("conv", "12"), ("linear", "3")], room=10))
    conv
      MACs  12
    linear
      MACs  3
    """
    first, *rest = aligned(_narrowed([heading, *rows], right, room), right=right)
    wide = max(map(columns, [first, *rest]))
    if wide <= room:
        return "\n".join([first, "-" * wide, *rest])
    lines: list[str] = []
    for label, *cells in rows:
        lines.append(label)
        said = [pair for pair in zip(heading[1:], cells, strict=True) if pair[1]]
        lines += (f"  {line}" for line in aligned(said))
    return "\n".join(lines)


def _narrowed(rows: Sequence[Row], right: Collection[int], room: float) -> Sequence[Row]:
    """The rows, the words of the last column in several lines where they do not fit the room."""
    *widths, _ = (max(map(columns, column)) for column in zip(*rows, strict=True))
    left = room - sum(widths) - 2 * len(widths)
    if left == inf or left < NARROW or len(widths) in right:
        return rows
    empty = [""] * len(widths)
    return [
        [*(cells if place == 0 else empty), part]
        for *cells, last in rows
        for place, part in enumerate(wrapped(last, int(left)))
    ]


def markdown_grid(heading: Row, rows: Sequence[Row], *, right: Collection[int] = ()) -> str:
    r"""A table of Markdown (GFM); a bar inside a cell is escaped.

    >>> print(markdown_grid(("layer", "MACs"), [("g | M", "1")], right={1}))
    | layer | MACs |
    |---|---:|
    | g \| M | 1 |
    """
    rule = "".join("---:|" if place in right else "---|" for place in range(len(heading)))
    lines = [_markdown_row(heading), "|" + rule, *map(_markdown_row, rows)]
    return "\n".join(lines)


def html_grid(
    heading: Row, rows: Sequence[Row], *, right: Collection[int] = (), caption: str = ""
) -> str:
    """A table of HTML; heading, cells and caption are HTML already."""
    lines = ["<table>"]
    if caption:
        lines.append(f"<caption>{caption}</caption>")
    lines += ["<thead>", _html_row("th", heading, right), "</thead>", "<tbody>"]
    lines += [_html_row("td", row, right) for row in rows]
    return "\n".join([*lines, "</tbody>", "</table>"])


def csv_grid(heading: Row, rows: Sequence[Row]) -> str:
    r"""Comma-separated values (RFC 4180, lines ended by a line feed).

    A spreadsheet computes a cell that begins with ``= + - @``; but for numbers, such a cell gets
    an apostrophe in front.

    >>> csv_grid(("MACs",), [("-2",), ("=A1",)])
    "MACs\n-2\n'=A1\n"
    """
    out = io.StringIO()
    safe = [[_LIVE_CELL.sub("'", cell) for cell in row] for row in (heading, *rows)]
    csv.writer(out, lineterminator="\n").writerows(safe)
    return out.getvalue()


def latex_grid(specs: Row, heading: Row, rows: Sequence[Row]) -> str:
    """A tabular with the rules of booktabs; ``specs`` are the columns, such as ``l``."""
    lines = [
        rf"\begin{{tabular}}{{@{{}}{' '.join(specs)}@{{}}}}",
        r"  \toprule",
        _latex_row(heading),
        r"  \midrule",
        *map(_latex_row, rows),
        r"  \bottomrule",
        r"\end{tabular}",
    ]
    return "\n".join(lines)


def _markdown_row(row: Row) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


def _html_row(tag: str, row: Row, right: Collection[int]) -> str:
    cells = [
        f'<{tag} style="text-align: {"right" if place in right else "left"}">{cell}</{tag}>'
        for place, cell in enumerate(row)
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _latex_row(row: Row) -> str:
    # The fractions of two rows would touch each other.
    space = "[3pt]" if any(r"\frac" in cell for cell in row) else ""
    return f"  {' & '.join(row)} \\\\{space}"


def s_column(cells: list[str]) -> str:
    """The S column that is as wide as the widest number in it."""
    powers = [cell.partition("e") for cell in cells if not cell.startswith("{")]
    numbers = [number.partition(".") for number, _, _ in powers]
    whole = max((len(number.lstrip("-")) for number, _, _ in numbers), default=1)
    places = max((len(decimals) for _, _, decimals in numbers), default=0)
    exponent = max((power for _, _, power in powers), key=len, default="")
    widest = f"{whole}.{places}" if places else f"{whole}"
    return f"S[table-format={widest}{'e' + exponent if exponent else ''}]"
