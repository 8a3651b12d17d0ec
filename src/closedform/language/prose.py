"""What of a text is no formula: labels before it, prose after it.

A label names the result (``Para =``, ``参数量:``, ``\\Omega(\\mathrm{MSA}) =``); prose follows the
formula (``(bias的数量…)``, ``\\quad (\\text{scale and shift})``). Both are told from formulas by
their words.
"""

from __future__ import annotations

from collections.abc import Sequence

from lark import Token

from closedform.language.tokens import CLOSERS, OPENERS, Scan, end, start

_WORDLIKE = frozenset({"NAME", "WORD", "PROSE", "GAP", "QUANTITY", "LAYER", "STOP", "BAR"})
_NAMING = _WORDLIKE | {"LPAR", "RPAR", "COMMA"}


def is_label(found: Scan, tokens: Sequence[Token], known: frozenset[str]) -> bool:
    """Whether a leading member of a chain names the result. ``known``: symbols of the target."""
    tokens = [item for item in tokens if item.type != "GAP"]
    if not tokens or any(item.type not in _NAMING for item in tokens):
        return False
    if any(item.type in ("WORD", "PROSE", "QUANTITY") for item in tokens):
        return True
    names = [str(item) for item in tokens if item.type == "NAME"]
    if tokens[0].type == "BAR" and tokens[-1].type == "BAR":
        return not set(names) <= known
    if len(tokens) == 1:
        return names[0] not in known
    return any(_is_word(found, item, tokens, known) for item in tokens)


def without_prose(found: Scan, tokens: Sequence[Token], known: frozenset[str]) -> list[Token]:
    """The formula at the beginning of a member, without the prose and the wide spaces after it."""
    used = known | _single_symbols(found, tokens)
    cut = len(tokens)
    depth = 0
    for place, item in enumerate(tokens):
        if depth == 0 and place and _begins_prose(found, tokens, place, used):
            cut = place
            break
        depth += (item.type in OPENERS) - (item.type in CLOSERS)
    kept = list(tokens[:cut])
    while kept and kept[-1].type in ("GAP", "COMMA", "STOP", "COLON"):
        kept.pop()
    while kept and kept[0].type in ("GAP", "STOP"):
        kept.pop(0)
    return kept


def _begins_prose(found: Scan, tokens: Sequence[Token], place: int, used: frozenset[str]) -> bool:
    item = tokens[place]
    if item.type in ("WORD", "PROSE", "STOP"):
        return True
    if item.type == "LPAR":
        return _is_aside(found, _inside(tokens, place), used)
    if item.type in ("GAP", "COMMA"):
        rest = [t for t in tokens[place + 1 :] if t.type != "GAP"]
        if rest and rest[0].type == "LPAR":
            rest = _inside(rest, 0)
        return bool(rest) and _is_aside(found, rest, used)
    return False


def _is_aside(found: Scan, tokens: Sequence[Token], used: frozenset[str]) -> bool:
    """Words, and at least one that is no product of symbols of the formula."""
    if any(item.type in ("WORD", "PROSE") for item in tokens):
        return True
    if not tokens or any(item.type not in _WORDLIKE | {"COMMA"} for item in tokens):
        return False
    return any(_is_word(found, item, tokens, used) for item in tokens)


def _is_word(
    found: Scan, item: Token, tokens: Sequence[Token], known: frozenset[str]
) -> bool:
    """Whether a token begins a word whose letters are not all known symbols."""
    word = found.words.get(start(item))
    if item.type != "NAME" or word is None:
        return False
    letters = {str(t) for t in tokens if start(word) <= start(t) < end(word)}
    return not letters <= known


def _single_symbols(found: Scan, tokens: Sequence[Token]) -> frozenset[str]:
    """Names of the formula outside any word that was split."""
    spans = [(start(word), end(word)) for word in found.words.values()]
    return frozenset(
        str(item)
        for item in tokens
        if item.type == "NAME" and not any(a <= start(item) < b for a, b in spans)
    )


def _inside(tokens: Sequence[Token], place: int) -> list[Token]:
    """The tokens between the bracket at ``place`` and its partner."""
    depth = 0
    for stop in range(place, len(tokens)):
        depth += (tokens[stop].type in OPENERS) - (tokens[stop].type in CLOSERS)
        if depth == 0:
            return list(tokens[place + 1 : stop])
    return list(tokens[place + 1 :])
