"""What a terminal shows: verdicts in colour where it has any, and lines that fit it."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, TextIO

from closedform.errors import columns
from closedform.later import Later, regex

if TYPE_CHECKING:
    import textwrap
else:  # most lines fit
    textwrap = Later("textwrap")

_COLOURS = {"proven": 32, "refuted": 31, "undecided": 33, "error": 31}
# The first word of a verdict, or a cell of its own.
_VERDICT = regex(
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


def columns_of(stream: TextIO) -> int | None:
    """How many columns a terminal has; ``None`` for a file, and where nobody knows."""
    try:
        return os.get_terminal_size(stream.fileno()).columns or None
    except (OSError, ValueError):
        return None


def fitted(text: str, room: int) -> str:
    """``text`` with lines that are too long broken at spaces, and what follows set in.

    >>> print(fitted("  = 64 + 128 + 256 + 512   add up", 20))
      = 64 + 128 + 256 +
          512   add up
    """
    lines = []
    for line in text.split("\n"):
        if columns(line) <= room:
            lines.append(line)
            continue
        words = line.lstrip()
        indent = len(line) - len(words)
        lines += textwrap.wrap(
            words,
            max(room, 20),
            initial_indent=" " * indent,
            subsequent_indent=" " * (indent + 4 if indent else 0),
            break_long_words=False,
            break_on_hyphens=False,
        )
    return "\n".join(lines)
