"""Claims files: a TOML table for each claim, with the formula as somebody printed it.

Where each stands is looked for here: the TOML readers of Python do not tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain, pairwise, repeat
from typing import Any

from closedform.documents.claim import (
    TOGETHER,
    Document,
    Each,
    Problem,
    QuotedClaim,
    pack,
    packed,
)
from closedform.documents.directive import expectation
from closedform.documents.plain.lines import Lines, unix
from closedform.errors import ClosedformError, ParseError, UnknownName
from closedform.records import NamedTuple
from closedform.toml import loads

#: The keys of a claim, of which "target" is another word for "is"; and of a file.
KEYS = ("text", "is", "target", "where", "expect", "names", "note", "id", "source")
_KEYS = {"a claim": KEYS, "a claims file": ("title", "source", "claim")}

#: The head of a claim, or what looks like one in a text of several lines.
_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*claim[ \t]*\]\]", re.MULTILINE)

# A key in a message is cut here; looking for the nearest name takes quadratic time.
_SHOWN = 40

# A text of one line has no line end or tab of its own; one of several lines may.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_CONTROL_IN_LINE = re.compile(r"[\x00-\x1f\x7f]")

_KINDS = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list"}
_QUOTES = "\"'"
_NAME = r"[A-Za-z0-9_-]+|\"[^\"\n]*\"|'[^'\n]*'"
# The text is known to be TOML, so strings and comments are all that can hide a header or a key.
_TOKEN = re.compile(
    rf"^[ \t]*\[(?P<many>\[)?[ \t]*(?P<header>{_NAME})(?:[ \t]*\.[ \t]*(?P<under>{_NAME}))?"
    rf"|^[ \t]*(?P<key>{_NAME})[ \t]*(?=[.=])"
    r"|(?P<comment>\#[^\n]*)"
    r'|(?P<string>"""(?:[^\\"]|\\.|"(?!""))*"{3,5}'
    r"|'''(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*')",
    re.MULTILINE | re.DOTALL,
)


class ClaimLines(NamedTuple):
    """The line of a claim's header, and of each of its keys the first and the last line."""

    line: int
    keys: dict[str, tuple[int, int]]


class _Slice(NamedTuple):
    """A part of a claims file, and the line on which it begins."""

    text: str
    line: int


def read(text: str, each: Each = map) -> Document:
    r"""The claims file ``text``; a problem stands in for each claim that cannot be read.

    Texts that are TOML, each begun by a claim, are TOML together: ``each`` is read by itself. Where
    one of them is none, or more than claims, the file is read as one: a line of a text may look
    like the head of a claim.

    >>> document = read('title = "T"\n[[claim]]\ntext = "MN + N"\nis = "params(linear(bias))"')
    >>> document.title, document.claims[0].text, document.claims[0].line
    ('T', 'MN + N', 3)
    """
    text = unix(text)
    top, *slices = _slices(text)
    table: dict[str, Any] | None = None
    with suppress(ClosedformError):
        parts, table = [*each(_part, slices)], loads(top.text)
    if table is None or (slices and "claim" in table):  # no list of claims goes on behind one
        top, parts = _Slice(text, 1), []
        try:
            table = loads(text)
        except ClosedformError as error:
            line = Lines(text).at(error.start) if isinstance(error, ParseError) else 1
            return Document([pack([Problem(line, line, str(error))])])
    lines: dict[str, int] = {}
    places = [*claims_in(top.text, lines)]
    claims = [*_claims(table.pop("claim", []), places, lines), *_top(table, lines)]
    claims.sort(key=lambda claim: claim.line)
    return Document(
        [*packed(claims), *parts], _text(table.get("title")), _text(table.get("source"))
    )


def _slices(text: str) -> Iterator[_Slice]:
    """What stands before the claims, and these, some in each slice."""
    starts = [header.start() for header in _HEADER.finditer(text)][::TOGETHER]
    line = 1
    for start, end in pairwise([0, *starts, len(text)]):
        yield _Slice(text[start:end], line)
        line += text.count("\n", start, end)


def _part(piece: _Slice) -> bytes:
    """The claims of a slice; raises :class:`ClosedformError` where it holds anything else."""
    table = loads(piece.text)
    if table.keys() != {"claim"}:
        raise ClosedformError("a run of claims holds nothing else")
    return pack(_claims(table["claim"], [*claims_in(piece.text, {}, piece.line)], {}))


def _top(table: Mapping[str, Any], lines: Mapping[str, int]) -> list[Problem]:
    """What is wrong with the keys of the file itself."""
    told = ((lines.get(key, 1), _complaint(key, table[key], "a claims file")) for key in table)
    return [Problem(line, line, message) for line, message in told if message]


def _claims(
    entries: object, places: Sequence[ClaimLines], lines: Mapping[str, int]
) -> list[QuotedClaim | Problem]:
    line = lines.get("claim", 1)
    if not isinstance(entries, list):
        message = "`claim` is one table; begin each claim with [[claim]], in double brackets"
        return [Problem(line, line, message)]
    elsewhere = repeat(ClaimLines(line, {}))  # claim = [{…}, {…}]
    return [*map(_claim, entries, chain(places, elsewhere))]


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
    if "is" in entry and "target" in entry:
        complaints.append(("target", "`is` and `target` are one key; give it once"))
    if complaints:
        line, end = place.keys.get(complaints[0][0], (place.line, place.line))
        message = "\n".join(message for _, message in complaints)
        return Problem(line, end, message, _text(entry.get("id")))
    line, end = place.keys.get("text", (place.line, place.line))
    return QuotedClaim(
        text=entry["text"].strip(),
        line=line,
        end=end,
        target=_text(entry.get("is", entry.get("target"))),
        where=_text(entry.get("where")),
        names=entry.get("names", {}),
        expect=entry.get("expect", "proven"),
        note=_text(entry.get("note")),
        id=_text(entry.get("id")),
        source=_text(entry.get("source")),
    )


def _complaint(key: str, value: object, of: str = "a claim") -> str:
    """What is wrong with one key; nothing is the empty text."""
    if key not in _KEYS[of]:
        return str(UnknownName(f"key of {of}", key[:_SHOWN], _KEYS[of]))
    if key == "names":
        texts = isinstance(value, dict) and all(isinstance(text, str) for text in value.values())
        return "" if texts else '`names` maps words to symbols: names = {"Cin" = "M"}'
    if not isinstance(value, str):
        return f'`{key}` is {_kind(value)}, and should be text: {key} = "…"'
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


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "a table" if isinstance(value, dict) else "a date")


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def claims_in(text: str, top: dict[str, int], line: int = 1) -> Iterator[ClaimLines]:
    r"""Where the claims and their keys stand in ``text``, which is a valid TOML text.

    The line of each name at the top of the file is put into ``top`` when it is passed; ``line`` is
    that of the text's beginning.

    >>> [*claims_in('[[claim]]\ntext = "k"', {})]
    [ClaimLines(line=1, keys={'text': (2, 2)})]
    """
    claim: ClaimLines | None = None
    inside: dict[str, tuple[int, int]] | None = None
    key, passed = "", 0
    for token in _TOKEN.finditer(text):
        end, kind = token.end() - 1, token.lastgroup
        line, passed = line + text.count("\n", passed, end), end
        if kind in ("header", "under"):
            header, key = token["header"].strip(_QUOTES), ""
            top.setdefault(header, line)
            if token["many"] and header == "claim" and kind == "header":
                if claim is not None:
                    yield claim
                claim = ClaimLines(line, {})
            inside = claim.keys if claim is not None and header == "claim" else None
            if inside is not None and kind == "under":
                inside.setdefault(token["under"].strip(_QUOTES), (line, line))
                inside = None
        elif kind == "key":
            key = token["key"].strip(_QUOTES)
            if inside is None:
                top.setdefault(key, line)
            else:
                inside.setdefault(key, (line, line))
        elif kind == "string" and inside is not None and key:
            inside[key] = (inside[key][0], line)
    if claim is not None:
        yield claim
