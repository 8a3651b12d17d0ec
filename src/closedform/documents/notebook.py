r"""Claims in notebooks: the cells as one Markdown text, in which the code cells are fences.

A claim is reported at its line of the file, where Jupyter writes each line of a cell on its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from closedform.documents import markdown
from closedform.documents.claim import Problem, QuotedClaim
from closedform.documents.lines import Lines, unix
from closedform.errors import ClosedformError

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
# More backticks than a cell has in a row.
_FENCE = "`" * 40


class _Text(NamedTuple):
    """A text of the file, and the offset where it begins."""

    text: str
    start: int | None


_Node = _Text | list["_Node"] | dict[str, "_Node"] | None


def read(text: str, *, every: bool = False) -> list[QuotedClaim | Problem]:
    r"""The claims of a notebook, in order, with a problem for each that cannot be read.

    With ``every``, also the formulas without a directive.

    >>> [claim] = read('{"cells": [{"cell_type": "markdown", "source":'
    ...                ' ["<!-- closedform: params(conv) -->\\n",\n "$k^2 M N$"]}]}')
    >>> claim.text, claim.line
    ('k^2 M N', 2)
    """
    text = unix(text)
    try:
        lines, places = _lines(text)
    except ClosedformError as error:
        return [Problem(1, 1, str(error))]
    claims = markdown.read("\n".join(lines), every=every)
    return [
        replace(claim, line=places[claim.line - 1], end=places[claim.end - 1]) for claim in claims
    ]


def _lines(text: str) -> tuple[list[str], list[int]]:
    """The lines of the Markdown text, and the line of the file where each one stands."""
    lines, places, numbers = [""], [1], Lines(text)
    for kind, pieces in _cells(text):
        begin = pieces[0].start if pieces else None
        fence = [] if kind == "markdown" else [_Text(f"{_FENCE}{kind}\n", begin)]
        close = [_Text(f"\n{_FENCE}\n", None)] if fence else []
        for piece, start in [_Text("\n\n", None), *fence, *pieces, *close]:
            for number, part in enumerate(unix(piece).split("\n")):
                if number:
                    lines.append("")
                    places.append(places[-1])
                if start is not None and not lines[-1]:
                    places[-1] = numbers.at(start)
                lines[-1] += part
    return lines, places


def _cells(text: str) -> Iterator[tuple[str, list[_Text]]]:
    """``markdown``, or the language of a cell, and the pieces of its source, with their offsets."""
    try:
        pairs = json.loads(text, object_pairs_hook=tuple)
        notebook = _located(pairs, _STRING.finditer(text))
    except (ValueError, RecursionError):
        raise ClosedformError("not the JSON of a notebook", "save it from Jupyter") from None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise ClosedformError("a notebook without cells", "save it as nbformat 4")
    for cell in cells:
        if not isinstance(cell, dict):
            continue
        kind, source = cell.get("cell_type"), cell.get("source")
        pieces = source if isinstance(source, list) else [source]
        if isinstance(kind, _Text) and kind.text in ("markdown", "code"):
            written = "markdown" if kind.text == "markdown" else _language(notebook)
            yield written, [piece for piece in pieces if isinstance(piece, _Text)]


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
