"""What a list, a bold face or a group of TeX puts around a label or a formula."""

from __future__ import annotations

from collections.abc import Sequence

from closedform.errors import ParseError
from closedform.language.surroundings.asides import EDGES
from closedform.language.surroundings.token_kinds import Item, items_of, shape
from closedform.language.tokens import BEGINS, OPERATORS, Scan, Token
from closedform.later import regex

#: What a list or a bold face puts around a label: ``**Params**``, ``• Params``.
_MARKS = "*^.•"
#: ``1.``, ``a)``, ``(1)`` and a dash before a word, ``*`` and ``•`` before anything.
_BULLETS = ("*", "•")
_NUMBERED = regex(r"\*|(?:\(9\)|[9mn]\.|-(?!Q\())(?=[WUCRSQA?^])")
_MARK = regex(r"[*-]|\(9|[9mn]\.")
#: A number, a letter or i, ii, iii in brackets, or a dash, set apart from what follows.
_SET_APART = regex(r"\s*(\((?:\d{1,3}|[a-hivx]|[ivx]{2,4})\)|[-–−])\s+")


def unmarked(items: list[Item]) -> list[Item]:
    """A label without what a list, a bold face or a group of TeX puts around it."""
    items = [item for item in items if item.kind not in "_N"]
    kinds = shape(items)
    first = len(kinds) - len(kinds.lstrip(_MARKS))
    last = len(kinds.rstrip("*^")) if first else len(kinds)
    items, kinds = items[first:last], kinds[first:last]
    token = items[0].tokens[0] if kinds[:1] == "(" and kinds.find(")") == len(kinds) - 1 else None
    if token is not None and (token.value == "{" or token.start == token.end):
        return unmarked(items[1:-1])
    return items


def without_emphasis(scan: Scan, pieces: list[list[Token]], first: int) -> None:
    """Leave out the stars around formulas in bold face: ``**9C²**``, ``= **2,432**``."""
    if "*" not in scan.text:
        return
    for place in range(first, len(pieces)):
        while len(pieces[place]) > 1 and is_star(scan, pieces[place][0]):
            pieces[place] = pieces[place][1:]
    for place in range(first, len(pieces)):
        end = len(pieces[place])
        while end > 1 and pieces[place][end - 1].type in EDGES:
            end -= 1
        while end > 1 and is_star(scan, pieces[place][end - 1]):
            end -= 1
            pieces[place] = pieces[place][:end] + pieces[place][end + 1 :]


def is_bold(scan: Scan, tokens: Sequence[Token]) -> bool:
    """Whether a star closes the run again: params * k² is a product."""
    last = next((item for item in reversed(tokens) if item.type not in EDGES), tokens[0])
    return last is not tokens[0] and is_star(scan, last)


def is_star(scan: Scan, item: Token) -> bool:
    """``*`` or ``**``, and no other sign that multiplies or raises."""
    return item.type in ("POWER", "TIMES") and scan.text[item.start : item.end].strip("*") == ""


def after_mark(scan: Scan, tokens: list[Token], known: frozenset[str]) -> list[Token]:
    """What follows the mark of a list before a word: ``1. Params``, ``1) Params``, ``- Params``.

    A number before anything but a word is a number, a dash a minus.
    """
    begins = _MARK.match(shape(items_of(scan, tokens[:2], known)))  # few do
    items = items_of(scan, tokens[:8], known) if begins else []
    mark = _NUMBERED.match(shape(items))
    if mark is None:
        _check_mark(scan, tokens, known)
    if mark is None or (items[0].kind == "*" and items[0].written not in _BULLETS):
        return tokens
    sign = items[0].tokens[0]
    if sign.value == "{":
        return tokens  # {2} params = is no (2) params =
    touches = not scan.text[sign.end : sign.end + 1].isspace()
    if items[0].kind == "-" and (touches or scan.text[sign.start] == "−"):
        return tokens  # -params = computes
    return tokens[sum(len(item.tokens) for item in items[: mark.end()]) :]


def _check_mark(scan: Scan, tokens: Sequence[Token], known: frozenset[str]) -> None:
    """Refuse ``(3) k^2``, ``(a) k^2`` and ``- k^2``, which may begin with the mark of a list."""
    mark = _SET_APART.match(scan.text)
    if mark and mark[1].strip("()") in known:
        return
    behind = [item for item in tokens if mark and item.start >= mark.end()]
    if mark and behind and behind[0].type in BEGINS - OPERATORS:
        problem = "this can be the mark of a list, or belong to the formula"
        hint = "write * behind a factor, or a minus that touches its number, or leave out the mark"
        raise ParseError(scan.text, *mark.span(1), problem, hint)
