r"""Labels: what stands before a formula and names the result rather than computing it.

``Para =``, ``参数量:``, ``\Omega(\mathrm{MSA}) =``, ``FLOPs (224×224) =``: told from formulas by
their words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from closedform.language.around.formal_labels import is_listed, looks_formal, sides
from closedform.language.around.remarks import SPACES, WORDLIKE, partners
from closedform.language.tokens import BEGINS, CLOSERS, OPENERS, OPERATORS, Scan, Token, Word
from closedform.language.vocabulary import ABOUT, ARTICLES, LEADS, UNITS

_LONG_SUBSCRIPT = re.compile(r"_[A-Za-z]{4,}")
_NAMING = WORDLIKE | {"LPAR", "RPAR", "UNREAD"}


def is_label(found: Scan, tokens: Sequence[Token], known: frozenset[str]) -> bool:
    """Whether a leading member of a chain names the result. ``known``: symbols of the target."""
    tokens = _without_marks([item for item in tokens if item.type not in SPACES])
    if not tokens:
        return False
    parts = sides(tokens)
    if parts and all(is_label(found, part, known) for part in parts):
        return True
    kinds = {item.type for item in tokens}
    names = [item.value for item in tokens if item.type == "NAME"]
    words = [found.words[item.start] for item in tokens if item.start in found.words]
    strange = [word for word in words if not word.names <= known]
    if looks_formal(tokens, known):
        return True
    if kinds - _NAMING:
        plain = (
            _without_sizes(tokens) if strange or kinds & {"WORD", "PROSE", "QUANTITY"} else tokens
        )
        if len(plain) < len(tokens):
            return is_label(found, plain, known)
        return _is_compound(kinds, names, strange)
    if kinds & {"WORD", "PROSE", "QUANTITY"}:
        return True
    bars = [place for place, item in enumerate(tokens) if item.type == "BAR"]
    if len(bars) > 1 and bars[0] == 0 and {t.type for t in tokens[bars[-1] + 1 :]} <= {"UNREAD"}:
        return not set(names) <= known  # |W| and ||W||_0
    if len(tokens) == 1:
        return kinds == {"UNREAD"} or (bool(names) and names[0] not in known)
    if tokens[0].type == "UNREAD":  # \dim\theta and \dim(\theta)
        return tokens[-1].type == "RPAR" or not set(names) <= known
    if kinds == {"NAME", "UNREAD"}:  # P^{(l)}
        return names[0] not in known and tokens[0].type == "NAME"
    # f(n) or P(k, M, N): a lone symbol, applied.
    applied = [t.type for t in tokens[:2]] == ["NAME", "LPAR"] and tokens[-1].type == "RPAR"
    if applied and tokens[0].value not in known and "NUMBER" not in kinds:
        return not words or bool(strange)
    return bool(strange)


def is_in_words(
    found: Scan, tokens: Sequence[Token], later: Sequence[Sequence[Token]], known: frozenset[str]
) -> bool:
    """Whether a member says a formula in words that nothing else uses: ``kernel × kernel × in``.

    A sum of names with subscripts is such a formula too: ``W_c + B_c``.

    What such words are worth nobody says; the members after it are what can be checked.
    """
    names = {item.value for item in tokens if item.type == "NAME"}
    inside = [word for word in found.words.values() if word.split]
    others = {
        item.value
        for piece in later
        for item in piece
        if item.type == "NAME" and not any(w.start <= item.start < w.end for w in inside)
    }
    if names & (known | others) or not OPERATORS & {item.type for item in tokens}:
        return False
    counted = any(b.type == "NUMBER" and a.type != "POWER" for a, b in pairwise(tokens))
    if counted or tokens[0].type == "NUMBER":
        return False
    added = OPERATORS & {item.type for item in tokens} == {"PLUS"}
    end, words = 0, 0
    for item in tokens:
        word = found.words.get(item.start)
        if word is not None:
            end, words = word.end, words + (len(word.written) > 3)
        elif item.type == "WORD" and item.value != "#":
            words += 1
        elif item.type == "NAME" and item.start >= end:
            if not (_LONG_SUBSCRIPT.search(item.value) or (added and "_" in item.value)):
                return False
            words += 1
    return words > 0


def _is_compound(kinds: set[str], names: list[str], strange: list[Word]) -> bool:
    """``FLOPs/layer``: words of several letters with signs between them, and nothing else."""
    inside = set[str]().union(*(word.names for word in strange))
    allowed = _NAMING | {"DIVIDE", "MINUS", "PLUS"}
    long = all(len(word.written) > 2 for word in strange)
    return bool(strange) and long and kinds <= allowed and set(names) <= inside


def _without_marks(tokens: list[Token]) -> list[Token]:
    """A label without what a list or a bold face puts around it: ``**Params**``, ``• Params``."""
    first, last = 0, len(tokens)
    while first < last and tokens[first].type in ("POWER", "TIMES", "STOP"):
        first += 1
    while first < last and tokens[last - 1].type in ("POWER", "TIMES"):
        last -= 1
    return tokens[first:last]


def without_emphasis(found: Scan, pieces: list[list[Token]], first: int) -> None:
    """Leave out the stars around a formula in bold face: ``**9C²**``."""
    if not pieces[first] or not _is_star(found, pieces[first][0]):
        return
    while len(pieces[first]) > 1 and _is_star(found, pieces[first][0]):
        pieces[first] = pieces[first][1:]
    while len(pieces[-1]) > 1 and _is_star(found, pieces[-1][-1]):
        pieces[-1] = pieces[-1][:-1]


def _is_star(found: Scan, item: Token) -> bool:
    """``*`` or ``**``, and no other sign that multiplies or raises."""
    return item.type in ("POWER", "TIMES") and found.text[item.start : item.end].strip("*") == ""


def _without_sizes(tokens: Sequence[Token]) -> list[Token]:
    """A label without sizes in it: ``FLOPs (224×224)``, ``Params@224``."""
    kept: list[Token] = []
    sized = {"NUMBER", "TIMES", "X", "NAME", "WORD", "COMMA", "EQUALS", "UNREAD", "LAYER"}
    closed = partners(tokens)
    place = 0
    while place < len(tokens):
        item = tokens[place]
        stop = closed.get(place, 0)
        inner = {t.type for t in tokens[place + 1 : stop]}
        if kept and stop and "NUMBER" in inner and inner <= sized:
            place = stop + 1
        elif kept and item.type == "NUMBER" and kept[-1].type in ("UNREAD", "MINUS"):
            place += 1
        else:
            kept.append(item)
            place += 1
    return kept


def after_mark(found: Scan, tokens: list[Token]) -> list[Token]:
    """What follows the mark of a list before a word: ``1. Params``, ``1) Params``, ``(1) Params``.

    A number before anything but a word is a number.
    """
    kinds = [item.type for item in tokens]
    length = 3 if kinds[:3] == ["LPAR", "NUMBER", "RPAR"] else 2
    marked = length == 3 or (kinds[:1] in (["NUMBER"], ["NAME"]) and kinds[1:2] == ["STOP"])
    if not marked or len(tokens) <= length:
        return tokens
    after = tokens[length]
    is_word = after.type in ("WORD", "PROSE", "UNREAD") or after.start in found.words
    return tokens[length:] if is_word else tokens


def after_colon(found: Scan, tokens: list[Token], known: frozenset[str]) -> list[Token]:
    """What follows ``参数量:``, ``Params:``, ``Conv 3x3:``, ``**Params:**`` or ``Params |``."""
    bold = tokens[:1] and _is_star(found, tokens[0])
    depth = 0
    for place, item in enumerate(tokens):
        depth += (item.type in OPENERS) - (item.type in CLOSERS)
        if item.type in ("COLON", "BAR") and place and not depth:
            before = tokens[:place]
            if is_listed(found, before):
                return tokens
            following = tokens[place + 1].type if place + 1 < len(tokens) else ""
            if item.type == "BAR" and (following == "UNREAD" or not is_label(found, before, known)):
                return tokens
            words = [t for t in before if t.type in ("WORD", "PROSE")]
            words += [t for t in before if t.start in found.words]
            if not words and not is_label(found, before, known):
                return tokens
            after = place + 1
            while bold and after < len(tokens) and _is_star(found, tokens[after]):
                after += 1
            return tokens[after:]
    return tokens


def after_words(found: Scan, tokens: list[Token], known: frozenset[str]) -> list[Token]:
    """What follows words before the formula without a sign: ``the layer has``, ``参数量为``.

    One Latin word by itself may be a product of symbols, unless it is known to lead to a formula.
    """
    place, count, last = 0, 0, ""
    foreign = True
    while place < len(tokens):
        item = tokens[place]
        word = found.words.get(item.start)
        if item.type == "WORD" and item.value != "#":
            foreign = foreign and not item.value.isascii()
            last, count, place = item.value.lower(), count + 1, place + 1
        elif word is not None and word.split and not word.names <= known:
            last, count, foreign = word.written.lower(), count + 1, False
            while place < len(tokens) and tokens[place].start < word.end:
                place += 1
        elif (count and item.type in ("COMMA", "STOP")) or (
            item.type == "NAME" and item.value in ARTICLES - known
        ):
            place += 1
        else:
            break
    rest = tokens[place:]
    if not count or not rest or rest[0].type not in BEGINS or rest[0].type in OPERATORS:
        return tokens
    return rest if foreign or count > 1 or last in LEADS | ABOUT | UNITS else tokens
