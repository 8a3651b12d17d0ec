"""What a terminal shows: verdicts in colour where it has any, and lines that fit it."""

from __future__ import annotations

import os
import re
from typing import TextIO

from closedform.later import regex

_COLOURS = {"proven": 32, "refuted": 31, "undecided": 33, "error": 31}
# The first word of a verdict, a cell of its own, or carets under a place.
_VERDICT = regex(
    rf"^(?:{'|'.join(_COLOURS)})(?=:)|(?<=  )(?:{'|'.join(_COLOURS)})(?=$|  )|(?<= )\^+$",
    re.MULTILINE,
)


def takes_colour(stream: TextIO) -> bool:
    """Whether a stream is a terminal with colours; ``NO_COLOR`` in the environment says no."""
    quiet = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not quiet


def coloured(text: str) -> str:
    r"""``text`` with each verdict in its colour, and the carets of an error.

    >>> coloured("proven: k = k")
    '\x1b[32mproven\x1b[0m: k = k'
    """
    return _VERDICT.sub(lambda word: f"\x1b[{_COLOURS.get(word[0], 31)}m{word[0]}\x1b[0m", text)


def columns_of(stream: TextIO) -> int | None:
    """How many columns a terminal has, or ``COLUMNS`` says; ``None`` for a file otherwise."""
    if (asked := os.environ.get("COLUMNS", "")).isdecimal():
        return int(asked) or None
    try:
        return os.get_terminal_size(stream.fileno()).columns or None
    except (OSError, ValueError):
        return None
