"""Where the claims of a TOML text stand; the TOML readers of Python do not tell."""

from __future__ import annotations

import re

from closedform.documents.lines import Lines
from closedform.records import record

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


@record
class ClaimLines:
    """The line of a claim's header, and of each of its keys the first and the last line."""

    line: int
    keys: dict[str, tuple[int, int]]


@record
class FileLines:
    """The line of each name at the top of a file, and the places of its claims in order."""

    top: dict[str, int]
    claims: list[ClaimLines]


def places(text: str) -> FileLines:
    r"""Where the claims and keys of ``text`` stand, which is a valid TOML text.

    >>> places('[[claim]]\ntext = "k"').claims
    [ClaimLines(line=1, keys={'text': (2, 2)})]
    """
    lines = Lines(text)
    top: dict[str, int] = {}
    claims: list[ClaimLines] = []
    inside: dict[str, tuple[int, int]] | None = None
    key = ""
    for token in _TOKEN.finditer(text):
        line = lines.at(token.end() - 1)
        if token["header"]:
            header = _bare(token["header"])
            top.setdefault(header, line)
            if token["many"] and header == "claim" and not token["under"]:
                claims.append(ClaimLines(line, {}))
            inside = claims[-1].keys if claims and header == "claim" else None
            key = ""
            if inside is not None and token["under"]:
                inside.setdefault(_bare(token["under"]), (line, line))
                inside = None
        elif token["key"]:
            key = _bare(token["key"])
            if inside is None:
                top.setdefault(key, line)
            else:
                inside.setdefault(key, (line, line))
        elif token["string"] and inside is not None and key:
            inside[key] = (inside[key][0], line)
    return FileLines(top, claims)


def _bare(name: str) -> str:
    return name.strip("\"'")
