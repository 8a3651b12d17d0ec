r"""Claims in notebooks: the cells as one Markdown text, in which the code cells are fences.

A claim is reported with its cell and the line there, and with its line of the file. What a comment
of a code cell says is for the statements below it, up to a blank line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from closedform.documents import directive
from closedform.documents.claim import Problem, QuotedClaim
from closedform.documents.formats import markdown
from closedform.documents.plain.lines import Lines, unix
from closedform.errors import ClosedformError
from closedform.records import NamedTuple, replace

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
# More backticks than a cell has in a row.
_FENCE = "`" * 40
#: A comment of code that may be a directive, and the magic of a cell that is Markdown.
_COMMENT = re.compile(r"[ \t]*(?:#|//|--)+[ \t]*(?P<said>\S[^\n]*)")
_MAGIC = re.compile(r"\s*%%closedform[^\n]*")


class _Text(NamedTuple):
    """A text of the file, and the offset where it begins."""

    text: str
    start: int


_Node = _Text | list["_Node"] | dict[str, "_Node"] | None


def read(text: str, *, every: bool = False) -> list[QuotedClaim | Problem]:
    r"""The claims of a notebook, in order, with a problem for each that cannot be read.

    With ``every``, also the formulas without a directive.

    >>> [claim] = read('{"cells": [{"cell_type": "markdown", "source":'
    ...                ' ["<!-- closedform: params(conv) -->\\n",\n "$k^2 M N$"]}]}')
    >>> claim.text, claim.line, claim.cell
    ('k^2 M N', 2, (1, 2))
    """
    text = unix(text)
    try:
        lines, places = _lines(text)
    except ClosedformError as error:
        return [Problem(1, 1, str(error))]
    claims = markdown.read("\n".join(lines), every=every)
    ends = ((places[claim.line - 1], places[claim.end - 1]) for claim in claims)
    return [
        replace(claim, line=line, end=end, cell=cell)
        for claim, ((line, cell), (end, _)) in zip(claims, ends, strict=True)
    ]


def _lines(text: str) -> tuple[list[str], list[tuple[int, tuple[int, int]]]]:
    """The lines of the Markdown text, and of each its line in the file, its cell and line there."""
    lines: list[str] = []
    places: list[tuple[int, tuple[int, int]]] = []
    numbers = Lines(text)
    for cell, kind, pieces in _cells(text):
        source = _source(pieces, numbers)
        written = [row for row, _ in source]
        rows = [(1, ""), *enumerate(written, start=1)]
        for number, row in rows if kind == "markdown" else _fenced(written, kind):
            lines.append(row)
            places.append((source[number - 1][1], (cell, number)))
    return lines or [""], places or [(1, (1, 1))]


def _source(pieces: list[_Text], numbers: Lines) -> list[tuple[str, int]]:
    """The lines of a cell, each with the line of the file where it begins."""
    source = [("", numbers.at(pieces[0].start) if pieces else 1)]
    for text, start in pieces:
        for number, part in enumerate(unix(text).split("\n")):
            if number:
                source.append(("", 0))
            above, at = source[-1]
            source[-1] = above + part, at if above else numbers.at(start)
    return source


def _fenced(source: list[str], kind: str) -> Iterator[tuple[int, str]]:
    """The lines of a code cell as fences, with comments for its directives, and their numbers."""
    begin, governed = f"{_FENCE}{kind}", False
    yield from ((1, ""), (1, begin))
    for number, row in enumerate(source, start=1):
        comment = _COMMENT.fullmatch(row)
        ends = governed and not row.strip()
        below = next(filter(str.strip, source[number:]), "x") if ends else ""
        if comment and directive.read(comment["said"], line=1, end=1):
            governed = True
            said = f"<!-- {comment['said']}; in code -->"
            yield from ((number, line) for line in (_FENCE, said, begin))
        elif below and not below[0].isspace():
            governed = False
            yield from ((number, line) for line in (_FENCE, begin))
        else:
            yield number, row
    yield len(source), _FENCE


def _cells(text: str) -> Iterator[tuple[int, str, list[_Text]]]:
    """The number of a cell, ``markdown`` or its language, and the pieces of its source."""
    try:
        pairs = json.loads(text, object_pairs_hook=tuple)
        notebook = _located(pairs, _STRING.finditer(text))
    except (ValueError, RecursionError):
        raise ClosedformError("not the JSON of a notebook", "save it from Jupyter") from None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise ClosedformError("a notebook without cells", "save it as nbformat 4")
    for number, cell in enumerate(cells, start=1):
        if not isinstance(cell, dict):
            continue
        kind, source = cell.get("cell_type"), cell.get("source")
        pieces = source if isinstance(source, list) else [source]
        if isinstance(kind, _Text) and kind.text in ("markdown", "code"):
            texts = [piece for piece in pieces if isinstance(piece, _Text)]
            magic = _MAGIC.match(texts[0].text) if texts else None
            if magic and kind.text == "code":
                texts[0] = texts[0]._replace(text=texts[0].text[magic.end() :])
            plain = kind.text == "markdown" or magic is not None
            yield number, "markdown" if plain else _language(notebook), texts


def _language(node: _Node) -> str:
    """What the code cells are written in: Python, where nothing is said."""
    for key in ("metadata", "language_info", "name"):
        node = node.get(key) if isinstance(node, dict) else None
    return node.text if isinstance(node, _Text) and node.text.isalnum() else "python"


def _located(value: object, strings: Iterator[re.Match[str]]) -> _Node:
    """The data with the offset of each text in it; objects come as tuples of pairs."""
    if isinstance(value, str):
        return _Text(value, next(strings).start())
    if isinstance(value, list):
        return [_located(item, strings) for item in value]
    if isinstance(value, tuple):
        entries: dict[str, _Node] = {}
        for key, item in value:
            next(strings)
            entries[key] = _located(item, strings)
        return entries
    return None
