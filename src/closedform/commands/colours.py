"""Verdicts in colour, on a terminal that shows it."""

from __future__ import annotations

import os
import re
from typing import TextIO

_COLOURS = {"proven": 32, "refuted": 31, "undecided": 33, "error": 31}
# The first word of a verdict, or a cell of its own.
_VERDICT = re.compile(
    rf"^(?:{'|'.join(_COLOURS)})(?=:)|(?<=  )(?:{'|'.join(_COLOURS)})(?=$|  )", re.MULTILINE
)


def takes_colour(stream: TextIO) -> bool:
    """Whether a stream is a terminal with colours; ``NO_COLOR`` in the environment says no."""
    quiet = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not quiet


def coloured(text: str) -> str:
    r"""``text`` with each verdict in its colour.

    >>> coloured("proven: k = k")
    '\x1b[32mproven\x1b[0m: k = k'
    """
    return _VERDICT.sub(lambda word: f"\x1b[{_COLOURS[word[0]]}m{word[0]}\x1b[0m", text)
