r"""Where a formula ends: the delimiters that Markdown and LaTeX share.

Each search stops at its closing delimiter or where the formula cannot go on (the end of the
paragraph, the same opening delimiter again), so a text of nothing but openings takes linear time.
"""

from __future__ import annotations

import re
from functools import cache

from closedform.records import record

#: Environments that are formulas of their own.
ENVIRONMENTS = frozenset(
    name + star
    for name in (
        "equation align gather multline eqnarray displaymath math flalign alignat xalignat"
        " xxalignat dmath dgroup dseries IEEEeqnarray"
    ).split()
    for star in ("", "*")
)

#: Environments that stand inside of formulas; MathJax sets them by themselves, too.
INNER = frozenset("cases dcases rcases aligned alignedat gathered split array".split())

#: Braces deeper than this do not occur inside one ``\text{…}``.
MAX_BRACES = 12

_CLOSES = str.maketrans("([", ")]")
#: The end of a formula in single dollars, and what hides one: without comments, and with them.
_DOLLARS = r"(?P<words>\\(?:text[a-z]*|[mh]box)\s*\{)|(?P<close>\$)|(?P<open>\{)|(?P<shut>\})|\\."
_DOLLAR_STOPS = [re.compile(_DOLLARS + comment, re.DOTALL) for comment in ("", r"|%[^\n]*")]


@record
class FormulaSpan:
    """A formula in a text: its body is ``text[start:end]``, ``after`` is behind its delimiter."""

    start: int
    end: int
    after: int


class Barrier:
    """The next place that a pattern matches, asked for at growing offsets, each found once."""

    def __init__(self, text: str, pattern: re.Pattern[str]) -> None:
        self._text = text
        self._pattern = pattern
        self._low = self._high = -1

    def after(self, offset: int) -> int:
        """Where the pattern next matches at or behind ``offset``, else the end of the text."""
        if not self._low <= offset <= self._high:
            barrier = self._pattern.search(self._text, offset)
            self._low, self._high = offset, barrier.start() if barrier else len(self._text)
        return self._high


def delimited(
    text: str, start: int, opener: str, limit: int, *, comments: bool = False
) -> FormulaSpan | None:
    r"""The formula that ``opener`` (``\(``, ``\[``, ``$$``) begins, its body from ``start``.

    With ``comments`` a ``%`` hides the rest of its line. None when ``limit`` comes first.

    >>> delimited(r"\(k^2\)", 2, r"\(", 7)
    FormulaSpan(start=2, end=5, after=7)
    """
    again = None if opener in ("$", "$$") else re.escape(opener)
    return _closed(text, start, limit, _stop(re.escape(opener.translate(_CLOSES)), again, comments))


def environment(
    text: str,
    start: int,
    name: str,
    limit: int,
    *,
    comments: bool = False,
    alias: str | None = None,
) -> FormulaSpan | None:
    r"""The formula of ``\begin{name}``, its body from ``start``; ``alias`` also ends it."""
    close = rf"\\end\s*\{{{re.escape(name)}\}}"
    again = rf"\\begin\s*\{{(?:{'|'.join(map(re.escape, sorted(ENVIRONMENTS)))})\}}"
    return _closed(text, start, limit, _stop(close, again, comments), alias)


def dollar(text: str, start: int, limit: int, *, comments: bool = False) -> FormulaSpan | None:
    r"""The formula of a single ``$``: up to the next one that is not inside of a ``\text{…}``.

    >>> dollar(r"$k \text{ of $n$}$", 1, 19)
    FormulaSpan(start=1, end=17, after=18)
    """
    depth = 0
    for mark in _DOLLAR_STOPS[comments].finditer(text, start, limit):
        if mark["words"] or (depth and mark["open"]):
            depth += 1
            if depth > MAX_BRACES:
                return None
        elif mark["shut"]:
            depth = max(0, depth - 1)
        elif mark["close"] and depth == 0:
            return FormulaSpan(start, mark.start(), mark.end())
    return None


def _closed(
    text: str, start: int, limit: int, stop: re.Pattern[str], alias: str | None = None
) -> FormulaSpan | None:
    for mark in stop.finditer(text, start, limit):
        if mark["close"] or mark[0] == alias:
            return FormulaSpan(start, mark.start(), mark.end())
        if mark["again"]:
            return None
    return None


@cache
def _stop(close: str, again: str | None, comments: bool) -> re.Pattern[str]:
    # Behind the two delimiters, what hides one: a backslash before it, a comment around it.
    parts = [f"(?P<close>{close})", rf"(?P<again>{again or '(?!)'})", r"\\[A-Za-z@]+|\\."]
    if comments:
        parts.append(r"%[^\n]*")
    return re.compile("|".join(parts), re.DOTALL)
