"""Which indented lines of Markdown are code, and which belong to a list, a note or a tab."""

from __future__ import annotations

import re

_CODE = re.compile(r"(?:(?: {4}|\t)[^\n]*(?:\n|\Z)|[ \t]*\n)*")
#: What has indented text of its own, and how far it reaches.
_CONTAINER = re.compile(r"[ \t>]*(?:[-*+:]|\d{1,9}[.)]|\[\^|!!!|\?\?\?|===)")
_CONTAINED = re.compile(r"(?:[ \t]+[^\n]*\n|\n)*")


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
                self._contained = _end(_CONTAINED, self._text, start)
            elif prose and not line.strip():
                break
            prose = prose or (bool(line.strip()) and not line.startswith(("    ", "\t")))
        return None if start <= self._contained else _end(_CODE, self._text, start)


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Where a pattern that matches everywhere ends."""
    match = pattern.match(text, start)
    return match.end() if match else start
