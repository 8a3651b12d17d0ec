"""The lines of a text: their ends, their numbers, and which indented ones of Markdown are code."""

from __future__ import annotations

import re
from bisect import bisect_left

_LINE_END = re.compile(r"\r\n?")
_CODE = re.compile(r"(?:(?: {4}|\t)[^\n]*(?:\n|\Z)|[ \t]*\n)*")
#: What has indented text of its own, and how far it reaches.
_CONTAINER = re.compile(r"[ \t>]*(?:[-*+:]|\d{1,9}[.)]|\[\^|!!!|\?\?\?|===)")
_CONTAINED = re.compile(r"(?:[ \t]+[^\n]*\n|\n)*")


def unix(text: str) -> str:
    r"""``text`` without a byte order mark and with every line end written ``\n``.

    >>> unix("\ufeffa\r\nb\rc")
    'a\nb\nc'
    """
    return _LINE_END.sub("\n", text.removeprefix("\ufeff"))


def blank_lines(match: re.Match[str]) -> str:
    """As many line ends as a match holds: what is left out moves nothing."""
    return "\n" * match[0].count("\n")


class Lines:
    r"""Line numbers, from 1, of offsets into ``text``.

    >>> Lines("a\nb").at(2)
    2
    """

    def __init__(self, text: str) -> None:
        self._ends = [match.start() for match in re.finditer("\n", text)]

    def at(self, offset: int) -> int:
        """The number of the line that holds ``offset``."""
        return bisect_left(self._ends, offset) + 1


class Indented:
    r"""The indented lines of a text, asked for from top to bottom.

    >>> Indented("one\n\n    code\n\ntwo").code(5), Indented("- one\n\n    two").code(7)
    (15, None)
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._contained = -1

    def code(self, start: int) -> int | None:
        """Where the code ends that begins at ``start``, below a blank line; None where none is."""
        at, prose = start, False
        while at > 0 and start > self._contained:
            begin = self._text.rfind("\n", 0, at - 1) + 1
            line, at = self._text[begin : at - 1], begin
            if _CONTAINER.match(line):
                self._contained = _CONTAINED.match(self._text, start).end()  # type: ignore[union-attr]
            elif prose and not line.strip():
                break
            prose = prose or (bool(line.strip()) and not line.startswith(("    ", "\t")))
        if start <= self._contained:
            return None
        return _CODE.match(self._text, start).end()  # type: ignore[union-attr]
