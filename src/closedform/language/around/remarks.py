r"""Remarks beside a formula: brackets that hold words, units, and what tells them from factors."""

from __future__ import annotations

import re
from collections.abc import Sequence

from closedform.errors import ParseError
from closedform.language import vocabulary as v
from closedform.language.around.rounding import is_scale
from closedform.language.tokens import ENDS, Scan, Token, Word, closing_places

_LOWER_UPPER = re.compile("[a-z][A-Z]")
# A space before the word is how TeX sets prose: 1\text{ pixel}.
_SPACED = re.compile(r"\\(?:text[a-z]*|[mh]box)\s*\{[\s~]")
#: Words have vowels, runs of symbols in capitals such as NHWO may.
_VOWEL = re.compile(r"[aeiou]")
WORDLIKE = frozenset("NAME WORD PROSE GAP ROW QUANTITY LAYER STOP BAR COLON COMMA FUNCTION".split())
SPACES = frozenset({"GAP", "ROW"})
EDGES = SPACES | {"COMMA", "STOP", "COLON"}


def without_asides(
    found: Scan, tokens: Sequence[Token], known: frozenset[str], used: frozenset[str]
) -> tuple[list[Token], list[str]]:
    """Leave out the brackets that hold words and stand behind a factor, and units."""
    kept: list[Token] = []
    notes: list[str] = []
    closed = partners(tokens)
    place = 0
    while place < len(tokens):
        item = tokens[place]
        stop = closed.get(place, 0)
        typed = item.end > item.start and item.value != "{"
        if stop and typed and kept and kept[-1].type in ENDS | EDGES | {"PROSE"}:
            inner = tokens[place + 1 : stop]
            if stop == len(tokens) - 1:
                _check_reference(found, kept, item, inner)
            is_number = place + 3 == len(tokens) and kept[-1].type == "GAP"
            if is_number and inner[0].type == "NUMBER":
                notes.append(f"({inner[0]}) as the number of the equation")
                place = stop + 1
                continue
            kinds = {t.type for t in inner}
            if kinds & v.RELATIONS.keys() and not kinds & {"KEY", "UNREAD"}:
                raise goes_on(found, item)
            if _is_aside(found, inner, used) and not _is_factor(found, kept[-1], inner, used):
                notes += left_out(found, tokens[place : stop + 1])
                place = stop + 1
                continue
        # Where there is a target, a unit set upright is none of its symbols: 8\text{ weights} + 5.
        upright = known and found.text.startswith("\\", item.start)
        if upright and kept and is_unit(found, [kept[-1], item], 1, used):
            notes += left_out(found, [item])
        else:
            kept.append(item)
        place += 1
    return kept, notes


def left_out(found: Scan, tokens: Sequence[Token], *, prose: bool = False) -> list[str]:
    r"""A note on words that were left out; the prose of another script speaks for itself.

    Prose in ``\text{…}`` does so too, unless ``prose`` asks for it.
    """
    latin = [t for t in tokens if t.start in found.words or t.type == "COMMA"]
    if prose:
        latin += [t for t in tokens if t.type == "PROSE" and t.value.strip().lower() not in v.UNITS]
    if not latin or any(t.type == "WORD" and not t.value.isascii() for t in tokens):
        return []
    written = " ".join(found.excerpt(tokens).strip(" ,.;\n").split())
    return [f"without '{written[:60]}'"]


def partners(tokens: Sequence[Token]) -> dict[int, int]:
    """Where the innermost round brackets close: an aside holds no other brackets that multiply."""
    return closing_places(enumerate(item.type for item in tokens), "LPAR", "RPAR")


def is_wordlike(item: Token) -> bool:
    """Whether prose may hold a token."""
    return item.type in WORDLIKE or item.type in ("LPAR", "RPAR")


def is_word(found: Scan, item: Token, used: frozenset[str]) -> bool:
    """Prose, or the beginning of a word whose letters are not all known symbols."""
    if item.type in ("WORD", "PROSE"):
        return True
    word = found.words.get(item.start)
    return word is not None and not word.names <= used and not _is_product(word, used)


def is_unit(found: Scan, tokens: Sequence[Token], place: int, used: frozenset[str]) -> bool:
    """Whether a word behind a factor says what is counted: ``1,792 parameters``, ``MN is …``."""
    word = found.words.get(tokens[place].start)
    if word is None or not (word.split or not word.names <= used):
        return False
    if word.split and place == 1 and tokens[0].type == "NUMBER" and is_long(word):
        return not is_scale(word.written)
    said = word.written.lower()
    counts = said in v.UNITS or _SPACED.match(found.text, word.start) is not None
    return (word.split and said in v.LEADS) or (counts and tokens[place - 1].type in ENDS)


def is_long(word: Word) -> bool:
    """A word of a language rather than a run of symbols."""
    return len(word.written) > 3 and _VOWEL.search(word.written) is not None


def goes_on(found: Scan, item: Token) -> ParseError:
    """The error for prose that holds another relation."""
    return ParseError(
        found.text,
        item.start,
        item.end,
        "the text goes on after the formula, with another relation",
        "give one claim at a time; write conditions after where",
    )


def _check_reference(
    found: Scan, kept: Sequence[Token], opening: Token, inner: Sequence[Token]
) -> None:
    """Refuse a number in brackets that stands apart at the end: a citation or a factor."""
    apart = opening.start - kept[-1].end
    number = len(inner) == 1 and inner[0].type == "NUMBER"
    if number and kept[-1].type in ENDS and apart >= (1 if opening.value == "[" else 2):
        raise ParseError(
            found.text,
            opening.start,
            inner[0].end + 1,
            "a number in brackets at the end can be read in two ways",
            "write * before it for a factor, or leave out the number of a reference",
        )


def _is_aside(found: Scan, tokens: Sequence[Token], used: frozenset[str]) -> bool:
    """Words, and at least one that is no product of symbols of the formula."""
    kinds = [t.type for t in tokens]
    if kinds[1::2] == ["COMMA"] * (len(kinds) // 2) and set(kinds[::2]) == {"NAME"} and kinds[1:]:
        # (γ, β) behind a formula: a list, no factor.
        return True
    return (
        bool(tokens)
        and all(is_wordlike(item) for item in tokens)
        and any(is_word(found, item, used) for item in tokens)
    )


def _is_factor(found: Scan, before: Token, inner: Sequence[Token], used: frozenset[str]) -> bool:
    """Whether a short run of letters, one of them known, touches a factor: ``6(NBS)``."""
    word = found.words.get(inner[0].start)
    touches = before.type in ENDS and found.text.startswith("(", before.end)
    if word is None or not word.split or len(word.names) != len(inner) or len(inner) > 3:
        return False
    return touches and not word.names.isdisjoint(used)


def _is_product(word: Word, used: frozenset[str]) -> bool:
    """Whether letters that no prose puts side by side multiply: the sH in ``(sH)(sW)``."""
    mixed = len(word.written) == 2 or _LOWER_UPPER.search(word.written) is not None
    return word.split and mixed and not word.names.isdisjoint(used)
