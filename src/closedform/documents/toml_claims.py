"""Claims files: a TOML table for each claim, with the formula as somebody printed it."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

from closedform.documents.claim import NO_NAMES, Document, Problem, QuotedClaim
from closedform.documents.directive import expectation
from closedform.documents.lines import Lines, unix
from closedform.documents.toml_places import ClaimLines, claims_in
from closedform.errors import ClosedformError, ParseError, UnknownName
from closedform.toml import loads

#: The keys of a claim, and what each one says.
KEYS = {
    "text": "the formula as printed",
    "is": "what it claims to be",
    "where": "conditions",
    "expect": "the verdict that passes",
    "names": "words of the text and the symbols they stand for",
    "note": "a remark",
    "id": "a name for the claim",
    "source": "who wrote it",
}
FILE_KEYS = ("title", "source", "claim")

# A key in a message is cut here; looking for the nearest name takes quadratic time.
_SHOWN = 40

# A text of one line has no line end or tab of its own; one of several lines may.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_CONTROL_IN_LINE = re.compile(r"[\x00-\x1f\x7f]")

_KINDS = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list"}


def read(text: str) -> Document:
    r"""The claims file ``text``; a problem stands in for each claim that cannot be read.

    >>> document = read('title = "T"\n[[claim]]\ntext = "MN + N"\nis = "params(linear(bias))"')
    >>> document.title, document.claims[0].text, document.claims[0].line
    ('T', 'MN + N', 3)
    """
    text = unix(text)
    try:
        table = loads(text)
    except ClosedformError as error:
        line = Lines(text).at(error.start) if isinstance(error, ParseError) else 1
        return Document((Problem(line, line, str(error)),))
    top: dict[str, int] = {}
    claims = _claims(table.pop("claim", []), claims_in(text, top), top)
    claims += _top(table, top)
    title, source = (_text(table.get(key)) for key in ("title", "source"))
    return Document(tuple(sorted(claims, key=lambda claim: claim.line)), title, source)


def _top(table: Mapping[str, Any], lines: Mapping[str, int]) -> list[Problem]:
    problems: list[Problem] = []
    for key, value in table.items():
        message = None
        if key not in FILE_KEYS:
            message = str(UnknownName("key of a claims file", key[:_SHOWN], FILE_KEYS))
        elif not isinstance(value, str):
            message = _no_text(key, value)
        if message:
            line = lines.get(key, 1)
            problems.append(Problem(line, line, message))
    return problems


def _claims(
    entries: object, places: Iterator[ClaimLines], top: Mapping[str, int]
) -> list[QuotedClaim | Problem]:
    """The claims of the entries, which are taken out: a file may have a hundred thousand."""
    if not isinstance(entries, list):
        deque(places, maxlen=0)
        line = top.get("claim", 1)
        message = "`claim` is one table; begin each claim with [[claim]], in double brackets"
        return [Problem(line, line, message)]
    claims: list[QuotedClaim | Problem] = []
    entries.reverse()
    while entries:
        entry = entries.pop()
        place = next(places, None) or ClaimLines(top.get("claim", 1), {})  # claim = [{…}, {…}]
        claims.append(_claim(entry, place))
    deque(places, maxlen=0)
    return claims


def _claim(entry: object, place: ClaimLines) -> QuotedClaim | Problem:
    if not isinstance(entry, dict):
        message = f"a claim is a table, begun with [[claim]], not {_kind(entry)}"
        return Problem(place.line, place.line, message)
    complaints = [
        (key, message)
        for key, value in entry.items()
        for message in (_complaint(key, value), _eaten(key, value, place))
        if message
    ]
    if not _text(entry.get("text")) and not any(key == "text" for key, _ in complaints):
        complaints.append(("text", 'a claim without text; quote its formula: text = "k*k*M*N"'))
    if complaints:
        line, end = place.keys.get(complaints[0][0], (place.line, place.line))
        message = "\n".join(message for _, message in complaints)
        return Problem(line, end, message, _text(entry.get("id")))
    line, end = place.keys.get("text", (place.line, place.line))
    return QuotedClaim(
        text=entry["text"].strip(),
        line=line,
        end=end,
        target=_text(entry.get("is")),
        where=_text(entry.get("where")),
        names=entry.get("names", NO_NAMES),
        expect=entry.get("expect", "proven"),
        note=_text(entry.get("note")),
        id=_text(entry.get("id")),
        source=_text(entry.get("source")),
    )


def _complaint(key: str, value: object) -> str:
    """What is wrong with one key of a claim; nothing is the empty text."""
    if key not in KEYS:
        return str(UnknownName("key of a claim", key[:_SHOWN], KEYS))
    if key == "names":
        texts = isinstance(value, dict) and all(isinstance(text, str) for text in value.values())
        return "" if texts else '`names` maps words to symbols: names = {"Cin" = "M"}'
    if not isinstance(value, str):
        return _no_text(key, value)
    if key == "expect":
        try:
            expectation(value)
        except ClosedformError as error:
            return str(error)
    return ""


def _eaten(key: str, value: object, place: ClaimLines) -> str:
    r"""What is said where TOML read a command as a control character: ``"\frac"``."""
    if not isinstance(value, str):
        return ""
    first, last = place.keys.get(key, (0, 1))
    control = (_CONTROL if first < last else _CONTROL_IN_LINE).search(value)
    if control is None:
        return ""
    return (
        f"`{key}` holds a control character ({control[0]!r}): in double quotes TOML reads a"
        f" backslash itself; write LaTeX in single quotes: {key} = '…'"
    )


def _no_text(key: str, value: object) -> str:
    return f'`{key}` is {_kind(value)}, and should be text: {key} = "…"'


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "a table" if isinstance(value, dict) else "a date")


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
