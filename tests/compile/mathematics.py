r"""The formulas in what was printed: bare, in dollars, in \( \), in environments of amsmath."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from tests.compile.printed import Printed

#: Commands whose LaTeX is formulas a line, for the reader's own displays.
BARE = frozenset({"show", "count"})

_ENVIRONMENT = r"\\begin\{align\*\}.*?\\end\{align\*\}"
_DISPLAYED = re.compile(rf"(?s)(?<!\\)\$\$(?P<dollars>.+?)\$\$|(?P<environment>{_ENVIRONMENT})")
_INLINE = re.compile(r"(?s)(?<!\\)\$(?P<formula>[^$]+?)(?<!\\)\$")
_HTML = re.compile(r"(?s)\\\((.+?)\\\)")
_COMMENT = re.compile(r"(?m)^%.*\n?")
_CODE = re.compile(r"`[^`\n]*`")


@dataclass(frozen=True)
class Formula:
    """A formula, and whether it stands in a line of its own."""

    latex: str
    display: bool


def formulas(printed: Printed) -> Iterator[Formula]:
    """Every formula of a text, in its form."""
    form = printed.command[-1]
    if form == "html":
        yield from (Formula(unescape(found[1]), False) for found in _HTML.finditer(printed.text))
    elif form == "markdown":
        yield from _in_dollars(_CODE.sub("", printed.text))
    elif printed.command[0] in BARE:
        bare = _COMMENT.sub("", printed.text)
        yield from (Formula(line, True) for line in bare.splitlines() if line)
    else:
        yield from _in_dollars(_COMMENT.sub("", printed.text))


def _in_dollars(text: str) -> Iterator[Formula]:
    for found in _DISPLAYED.finditer(text):
        yield Formula(found["dollars"] or found["environment"], True)
    for found in _INLINE.finditer(_DISPLAYED.sub("", text)):
        yield Formula(found["formula"], False)
