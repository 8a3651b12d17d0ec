"""Sums and products over an index as TeX and text write them: an index and two bounds."""

from __future__ import annotations

from closedform.language import vocabulary as v
from closedform.language.scanning.names import check_digits
from closedform.language.scanning.state import State
from closedform.later import regex

_INDEX = regex(r"\s*([A-Za-z]|\\[A-Za-z]+)\s*[=＝]")
_WHOLE = regex(r"[A-Za-z0-9]+")
_LIMITS = regex(r"(?:\s|\\limits|\\nolimits)*")


def read_series(s: State, name: str, at: int, end: int, stop: int) -> int:
    r"""``\sum_{i=1}^{L}``, a product too: the index and its two bounds."""
    bounds: dict[str, tuple[int, int]] = {}
    while len(bounds) < 2:
        limits = _LIMITS.match(s.text, end, stop)
        place = limits.end() if limits else end
        mark = s.text[place : place + 1]
        if place >= stop or mark not in ("_", "^") or mark in bounds:
            break
        bounds[mark], end = _bound(s, place + 1, stop)
    lower = bounds.get("_", (end, end))
    split = _INDEX.match(s.text, *lower)
    if "^" not in bounds or split is None:
        problem = f"a {'sum' if name == 'sum' else 'product'} without an index and two bounds"
        hint = rf"write \{name}_{{i=1}}^{{L}} or {name}(i=1..L, …)"
        raise s.error(at, end - at, problem, hint)
    s.emit("SERIES", name, at, end)
    index = split[1].lstrip("\\")
    s.emit("NAME", v.GREEK_NAMES.get(index, index), split.start(1), split.end(1))
    s.bracketed((split.end(), lower[1]))
    s.bracketed(bounds["^"])
    return end


def _bound(s: State, at: int, stop: int) -> tuple[tuple[int, int], int]:
    """A bound of a sum: a TeX argument, or typed in round brackets."""
    place = s.follow(at)
    close = s.text.find(")", place, stop) if s.text[place : place + 1] == "(" else -1
    if close > 0 and s.text.find("(", place + 1, close) < 0:
        return (place + 1, close), close + 1
    whole = None if s.tex else _WHOLE.match(s.text, place, stop)
    if whole:
        return whole.span(), whole.end()
    inner, after = s.argument(at, stop, "a bound of the sum")
    check_digits(s, inner, after, s.text[at - 1])
    return inner, after
