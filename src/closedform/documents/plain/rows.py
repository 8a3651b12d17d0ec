r"""The separate equations of a display: rows of an ``align`` are one chain, or several equations.

A row that begins with a relation or an operator goes on with the row above it, and so does a
row below one that ends in an operator or an open bracket. Any other row begins an equation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from closedform.documents.claim import Said
from closedform.documents.plain.lines import Lines
from closedform.records import record

_ONE_EQUATION = frozenset(["multline", "dmath"])
_TAKES_COLUMNS = frozenset("align aligned alignat alignedat flalign xalignat xxalignat".split())

# Equations side by side on one row; more fit on no page.
_MOST_COLUMNS = 12

_LABEL = re.compile(r"\\label\s*\{([^{}\n]*)\}")
_FURNITURE = re.compile(
    r"\\(?:label|tag\*?|intertext|shortintertext)\s*\{[^{}\n]*\}"
    r"|\\(?:nonumber|notag|allowdisplaybreaks|displaystyle)(?![A-Za-z])(?:\[\d\])?"
)
#: What a formula of one row has nothing of.
_ARRANGES = re.compile(rf"[&\n]|\\\\|\\(?:begin|end|cr)(?![A-Za-z])|{_FURNITURE.pattern}")
_ARGUMENTS = re.compile(r"\s*(?:\[[a-z]\]\s*)?(?P<columns>\{(?:[^{}]|\{[^{}]*\})*\})?")
_WITH_COLUMNS = frozenset("alignat alignedat xalignat xxalignat IEEEeqnarray array".split())
_OUTER = re.compile(
    r"\s*(?:\\left\s*(?:\\\{|\.)\s*)?"
    r"\\begin\s*\{(?P<name>(?:aligned|alignedat|align|alignat|gathered|gather|split|array"
    r"|equation|multline|eqnarray|flalign)\*?)\}"
)
_CLOSING = re.compile(r"\s*(?:\\right\s*(?:\\\}|\.))?[\s.,;。，；]*")
_MARK = re.compile(
    r"(?P<row>\\\\\*?(?:\[\s*-?[\d.]+\s*(?:pt|em|ex|mm|cm|in|mu|\\[A-Za-z]+)\s*\])?|\\cr(?![A-Za-z]))"
    r"|(?P<begin>\\begin\s*\{[^{}]*\})|(?P<end>\\end\s*\{[^{}]*\})|\\.|(?P<open>\{)|(?P<shut>\})|(?P<cell>&)",
    re.DOTALL,
)

_RELATION = (
    r"[=<>≤≥≈≠≡∼]|:=|\\(?:leq?|geq?|leqslant|geqslant|lt|gt|approx|simeq|sim|equiv|neq?|coloneqq"
    r"|propto|stackrel|overset|underset|doteq|triangleq|eqdef|ll|gg|to)(?![A-Za-z])"
)
_SIGN = r"[-+−*∗×·⋅∙÷/✖^]|\\(?:times|cdot|ast|div|pm|mp|bmod)(?![A-Za-z])"
_SPACING = (
    r"[\s&~]|\\[,;:!> ]|\\(?:q?quad|enspace|(?:med|thin|thick)space|hfill)(?![A-Za-z])|\{\s*\}"
)
#: How a row begins that goes on with what is above it, and how one ends that goes on below.
BEGINS = re.compile(
    rf"(?:{_SPACING})*(?:{_RELATION}|{_SIGN}|[)\]）］]|\\(?:right|bigr?)(?![A-Za-z]))"
)
ENDS = re.compile(rf"(?:{_RELATION}|{_SIGN}|[(（\[［])(?:{_SPACING})*$")
#: How a formula ends that waits for an operand.
AWAITS = re.compile(rf"(?:{_SIGN})(?:{_SPACING})*$")
_RELATES = re.compile(_RELATION)
_ASIDE = re.compile(rf"(?:{_SPACING})*(?:\\(?:text|mbox|textrm|tag)(?![A-Za-z])|\()")


@record
class Equation:
    """One equation of a display: its text, its first and last line counted from 0, its label.

    ``sizes``: the numbers that code gives to names of it, as conditions; ``gives``: that it then is
    said to be. ``said``: what stands beside it.
    """

    text: str
    first: int
    last: int
    label: str | None = None
    sizes: str = ""
    said: tuple[Said, ...] = ()
    gives: str = ""


def equations(body: str, environment: str = "") -> list[Equation]:
    r"""The equations of a formula's ``body``, in order; ``environment`` is what held it.

    >>> [equation.text for equation in equations(r"a &= b \\ c &= d \label{eq:c}", "align")]
    ['a &= b', 'c &= d']
    >>> [equation.text for equation in equations(r"a &= b \\ &= c", "align")]
    ['a &= b \\\\\n&= c']
    """
    if not _ARRANGES.search(body):
        return [Equation(text, 0, 0)] if (text := body.strip()) else []
    labels = body
    body = _FURNITURE.sub(lambda mark: " " * len(mark[0]), body)
    start, end, environment = _contents(body, environment)
    rows = _rows(body, start, end)
    if environment in _ONE_EQUATION:
        strands = [[[_Piece(row[0].start, row[-1].end) for row in rows]]]
    else:
        strands = [_chains(body, strand) for strand in _strands(body, rows, environment)]
    lines = Lines(body)
    read = [
        _equation(body, labels, lines, pieces) for strand in strands for pieces in strand if pieces
    ]
    return sorted((part for part in read if part.text), key=lambda part: part.first)


@record
class _Piece:
    """A cell, or several cells of one row: ``body[start:end]``."""

    start: int
    end: int


def _contents(body: str, environment: str) -> tuple[int, int, str]:
    """What is inside of the environments that do nothing but arrange the rows."""
    start, end = 0, len(body)
    if environment.rstrip("*") in _WITH_COLUMNS and (given := _ARGUMENTS.match(body)):
        start = given.end()
    # aligned in equation is common; more than three levels are not.
    for _ in range(3):
        outer = _OUTER.match(body, start, end)
        if outer is None:
            break
        close = rf"\end{{{outer['name']}}}"
        stop = body.find(close, outer.end(), end)
        if stop < 0 or not _CLOSING.fullmatch(body, stop + len(close), end):
            break
        start, end, environment = outer.end(), stop, outer["name"]
        if arguments := _ARGUMENTS.match(body, start, end):
            columns = environment.rstrip("*") in _WITH_COLUMNS
            start = arguments.end() if columns else arguments.start("columns")
            start = start if start >= 0 else arguments.end()
    return start, end, environment.rstrip("*")


def _rows(body: str, start: int, end: int) -> list[list[_Piece]]:
    """The rows between two offsets, each a list of its cells; blank rows are left out."""
    rows: list[list[_Piece]] = []
    cells: list[_Piece] = []
    depth = 0
    at = start
    for mark in _MARK.finditer(body, start, end):
        if mark["begin"] or mark["open"]:
            depth += 1
        elif mark["end"] or mark["shut"]:
            depth = max(0, depth - 1)
        elif depth == 0 and (mark["cell"] or mark["row"]):
            cells.append(_Piece(at, mark.start()))
            at = mark.end()
            if mark["row"]:
                rows.append(cells)
                cells = []
    rows.append([*cells, _Piece(at, end)])
    return [row for row in rows if body[row[0].start : row[-1].end].strip("& \t\n")]


def _strands(body: str, rows: list[list[_Piece]], environment: str) -> list[list[_Piece]]:
    """The rows as one column of equations, or as several that stand side by side."""
    pairs = max((len(row) + 1) // 2 for row in rows) if rows else 0
    whole = [_Piece(row[0].start, row[-1].end) for row in rows]
    if environment not in _TAKES_COLUMNS or not 2 <= pairs <= _MOST_COLUMNS:
        return [whole]
    columns: list[list[_Piece]] = []
    for pair in range(pairs):
        held = [row[2 * pair : 2 * pair + 2] for row in rows]
        columns.append([_Piece(two[0].start, two[-1].end) for two in held if two])
    if any(_is_equation(body[cell.start : cell.end]) for column in columns[1:] for cell in column):
        return columns
    return [whole]


def _is_equation(text: str) -> bool:
    begins = BEGINS.match(text) or _ASIDE.match(text)
    return not begins and _RELATES.search(_outside_braces(text)) is not None


def _chains(body: str, pieces: list[_Piece]) -> list[list[_Piece]]:
    """Rows that belong together, in groups."""
    groups: list[list[_Piece]] = []
    opened = 0
    above = ""
    for piece in pieces:
        row = _outside_braces(body[piece.start : piece.end])
        if not groups or (opened <= 0 and not _goes_on(above, row)):
            groups.append([])
            opened = 0
        groups[-1].append(piece)
        opened += sum(row.count(sign) for sign in "(（") - sum(row.count(sign) for sign in ")）")
        above = row
    return groups


def _goes_on(above: str, row: str) -> bool:
    if BEGINS.match(row) or ENDS.search(above):
        return True
    return row.lstrip().startswith("&") and not _RELATES.search(row)


def _outside_braces(text: str) -> str:
    kept: list[str] = []
    depth = 0
    at = 0
    for mark in _MARK.finditer(text):
        if mark["open"]:
            if depth == 0:
                kept.append(text[at : mark.start()] + "{")
            depth += 1
        elif mark["shut"] and depth:
            depth -= 1
            at = mark.start()
    return "".join([*kept, text[at:]]) if depth == 0 else "".join(kept)


def _equation(body: str, labels: str, lines: Lines, pieces: list[_Piece]) -> Equation:
    first, last = pieces[0], pieces[-1]
    begin = first.end - len(body[first.start : first.end].lstrip())
    finish = last.start + len(body[last.start : last.end].rstrip()) - 1
    label = _LABEL.search(labels, first.start, last.end)
    rows = (map(str.strip, body[piece.start : piece.end].split("\n")) for piece in pieces)
    text = " \\\\\n".join("\n".join(filter(None, row)) for row in rows)
    return Equation(
        text=text,
        first=lines.at(begin) - 1,
        last=lines.at(max(begin, finish)) - 1,
        label=label[1].strip() or None if label else None,
    )


def placed(parts: Sequence[Equation], line: int, last: int) -> Iterator[tuple[Equation, int, int]]:
    """The equations with their lines: the delimiters belong to what stands next to them."""
    for part in parts:
        begin = line if part is parts[0] else line + part.first
        yield part, begin, last if len(parts) == 1 else line + part.last
