"""Where the claims of a TOML text stand; the TOML readers of Python do not tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

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
            header, key = _bare(token["header"]), ""
            top.setdefault(header, line)
            if token["many"] and header == "claim" and kind == "header":
                if claim is not None:
                    yield claim
                claim = ClaimLines(line, {})
            inside = claim.keys if claim is not None and header == "claim" else None
            if inside is not None and kind == "under":
                inside.setdefault(_bare(token["under"]), (line, line))
                inside = None
        elif kind == "key":
            key = _bare(token["key"])
            if inside is None:
                top.setdefault(key, line)
            else:
                inside.setdefault(key, (line, line))
        elif kind == "string" and inside is not None and key:
            inside[key] = (inside[key][0], line)
    if claim is not None:
        yield claim


def _bare(name: str) -> str:
    return name.strip("\"'")
