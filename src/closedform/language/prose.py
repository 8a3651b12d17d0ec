r"""Prose in a formula and after it, told from the formula by its words.

It follows the whole (``(bias的数量…)``, ``\quad (\text{scale and shift})``) or a factor of it
(``64（输入通道）``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

from closedform.errors import ParseError
from closedform.language import vocabulary as v
from closedform.language.tokens import CLOSERS, ENDS, OPENERS, OPERATORS, Scan, Token, Word

_LOWER_UPPER = re.compile("[a-z][A-Z]")
# A space before the word is how TeX sets prose: 1\text{ pixel}.
_SPACED = re.compile(r"\\(?:text[a-z]*|[mh]box)\s*\{[\s~]")

WORDLIKE = frozenset("NAME WORD PROSE GAP ROW QUANTITY LAYER STOP BAR COLON COMMA FUNCTION".split())
SPACES = frozenset({"GAP", "ROW"})
_EDGES = SPACES | {"COMMA", "STOP", "COLON"}
#: Without one of these tokens, and without a word, a text is all formula.
PROSE_MARKS = frozenset("WORD PROSE GAP ROW STOP BAR UNREAD COLON COMMA".split())


def without_prose(
    found: Scan, tokens: Sequence[Token], known: frozenset[str], *, last: bool
) -> tuple[list[Token], list[str]]:
    """The formula of a member without the prose in it and after it, and what was left out.

    Raises:
        ParseError: prose that is followed by more than prose, before another relation.
    """
    used = known | _single_symbols(found, tokens)
    kept, notes = _without_asides(found, tokens, known, used)
    cut = _tail(found, kept, used, last=last)
    if cut < len(kept):
        _check_condition(found, kept, cut)
        # Behind a number alone, words may scale it: 4.1 GFLOP/s. Prose may hide a formula.
        alone = [item.type for item in kept[:cut]] == ["NUMBER"]
        goes_on = _holds_formula(kept[cut:])
        notes += _left_out(found, kept[cut:], prose=alone or goes_on)
    first, stop = 0, cut
    while stop and kept[stop - 1].type in _EDGES:
        stop -= 1
    while first < stop and kept[first].type in SPACES:
        first += 1
    return kept[first:stop], notes


def _holds_formula(tokens: Sequence[Token]) -> bool:
    kinds = [item.type for item in tokens]
    signs = OPERATORS | {"FRACTION"}
    return not signs.isdisjoint(kinds) or ("NUMBER", "NAME") in pairwise(kinds)


def _check_condition(found: Scan, tokens: Sequence[Token], cut: int) -> None:
    """Refuse prose that hides a divisibility: ``s.t. g | M``."""
    for before, item, after in zip(
        tokens[cut:], tokens[cut + 1 :], tokens[cut + 2 :], strict=False
    ):
        names = before.type == after.type == "NAME"
        if item.type == "BAR" and names and before.start not in found.words:
            raise _goes_on(found, tokens[cut])


def _left_out(found: Scan, tokens: Sequence[Token], *, prose: bool = False) -> list[str]:
    r"""A note on words that were left out; the prose of another script speaks for itself.

    Prose in ``\text{…}`` does so too, unless ``prose`` asks for it.
    """
    latin = [t for t in tokens if t.start in found.words]
    if prose:
        latin += [t for t in tokens if t.type == "PROSE" and t.value.strip().lower() not in v.UNITS]
    if not latin or any(t.type == "WORD" and not t.value.isascii() for t in tokens):
        return []
    written = " ".join(found.excerpt(tokens).strip(" ,.;\n").split())
    return [f"without '{written[:60]}'"]


def _without_asides(
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
        if stop and typed and kept and kept[-1].type in ENDS | _EDGES | {"PROSE"}:
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
                raise _goes_on(found, item)
            if _is_aside(found, inner, used) and not _is_factor(found, kept[-1], inner, used):
                notes += _left_out(found, tokens[place : stop + 1])
                place = stop + 1
                continue
        # Where there is a target, a unit set upright is none of its symbols: 8\text{ weights} + 5.
        upright = known and found.text.startswith("\\", item.start)
        if upright and kept and _is_unit(found, [kept[-1], item], 1, used):
            notes += _left_out(found, [item])
        else:
            kept.append(item)
        place += 1
    return kept, notes


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


def partners(tokens: Sequence[Token]) -> dict[int, int]:
    """Where the innermost round brackets close: an aside holds no other brackets that multiply."""
    partners: dict[int, int] = {}
    opened: list[int] = []
    for place, item in enumerate(tokens):
        if item.type == "LPAR":
            opened.append(place)
        elif item.type == "RPAR" and opened:
            partners[opened.pop()] = place
    return partners


def _is_aside(found: Scan, tokens: Sequence[Token], used: frozenset[str]) -> bool:
    """Words, and at least one that is no product of symbols of the formula."""
    return (
        bool(tokens)
        and all(_is_wordlike(item) for item in tokens)
        and any(_is_word(found, item, used) for item in tokens)
    )


def _is_factor(found: Scan, before: Token, inner: Sequence[Token], used: frozenset[str]) -> bool:
    """Whether a short run of letters, one of them known, touches a factor: ``6(NBS)``."""
    word = found.words.get(inner[0].start)
    touches = before.type in ENDS and found.text.startswith("(", before.end)
    if word is None or not word.split or len(word.names) != len(inner) or len(inner) > 3:
        return False
    return touches and not word.names.isdisjoint(used)


def _is_wordlike(item: Token) -> bool:
    return item.type in WORDLIKE or item.type in ("LPAR", "RPAR")


def _is_word(found: Scan, item: Token, used: frozenset[str]) -> bool:
    """Prose, or the beginning of a word whose letters are not all known symbols."""
    if item.type in ("WORD", "PROSE"):
        return True
    word = found.words.get(item.start)
    return word is not None and not word.names <= used and not _is_product(word, used)


def _is_product(word: Word, used: frozenset[str]) -> bool:
    """Whether letters that no prose puts side by side multiply: the sH in ``(sH)(sW)``."""
    mixed = len(word.written) == 2 or _LOWER_UPPER.search(word.written) is not None
    return word.split and mixed and not word.names.isdisjoint(used)


def _tail(found: Scan, tokens: Sequence[Token], used: frozenset[str], *, last: bool) -> int:
    """Where the prose after the formula begins."""
    # Whether everything from a place on reads as words, and whether one of them is no symbol.
    wordlike = [*accumulate((_is_wordlike(t) for t in reversed(tokens)), min, initial=True)][::-1]
    wordy = [*accumulate((_is_word(found, t, used) for t in reversed(tokens)), max, initial=False)][
        ::-1
    ]
    depth = 0
    for place, item in enumerate(tokens):
        if depth == 0 and place:
            words = wordlike[place] and wordy[place]
            prose = item.type in ("WORD", "PROSE") and _is_prose(tokens, place)
            if (
                prose
                or (item.type in _EDGES and words)
                or (words and _is_unit(found, tokens, place, used))
            ):
                if not last and not (words and not _single_symbols(found, tokens[place:])):
                    raise _goes_on(found, item)
                return place
        depth += (item.type in OPENERS) - (item.type in CLOSERS)
    return len(tokens)


def _is_unit(found: Scan, tokens: Sequence[Token], place: int, used: frozenset[str]) -> bool:
    """Whether a word behind a factor says what is counted: ``1,792 parameters``."""
    word = found.words.get(tokens[place].start)
    if word is None:
        return False
    if word.written.lower() not in v.UNITS and not _SPACED.match(found.text, word.start):
        return False
    unbound = word.split or not word.names <= used
    return unbound and tokens[place - 1].type in ENDS


def _is_prose(tokens: Sequence[Token], place: int) -> bool:
    """Whether the words at a place are prose: no sign joins them to the formula."""
    if tokens[place - 1].type in OPERATORS:
        return False
    while place < len(tokens) and tokens[place].type in ("WORD", "PROSE"):
        if tokens[place].value.strip().lower().split(" ")[0] in v.SIGN_WORDS:
            return False
        place += 1
    return place == len(tokens) or tokens[place].type not in OPERATORS


def _goes_on(found: Scan, item: Token) -> ParseError:
    return ParseError(
        found.text,
        item.start,
        item.end,
        "the text goes on after the formula, with another relation",
        "give one claim at a time; write conditions after where",
    )


def _single_symbols(found: Scan, tokens: Sequence[Token]) -> frozenset[str]:
    """Names of the formula outside any word."""
    names: set[str] = set()
    end = 0
    for item in tokens:
        word = found.words.get(item.start)
        if word is not None:
            end = word.end
        if item.type == "NAME" and item.start >= end:
            names.add(item.value)
    return frozenset(names)
