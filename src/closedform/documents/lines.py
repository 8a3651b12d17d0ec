"""Offsets into a text as line numbers."""

from __future__ import annotations

import re
from bisect import bisect_left

_LINE_END = re.compile(r"\r\n?")


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
