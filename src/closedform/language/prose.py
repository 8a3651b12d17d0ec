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
from closedform.language.rounding import is_scale
from closedform.language.tokens import CLOSERS, ENDS, OPENERS, OPERATORS, Scan, Token, Word

WORDLIKE = frozenset("NAME WORD PROSE GAP ROW QUANTITY LAYER STOP BAR COLON COMMA FUNCTION".split())
SPACES = frozenset({"GAP", "ROW"})
#: Words have vowels, runs of symbols in capitals such as NHWO may.
_VOWEL = re.compile(r"[aeiou]")
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
    multiple = _multiple(found, tokens, known)
    if multiple:
        return [*tokens[:1]], [f"{multiple!r} as the number {tokens[0]}"]
    used = known | single_symbols(found, tokens)
    kept, notes = _without_asides(found, tokens, used)
    cut = _tail(found, kept, used, last=last)
    if cut < len(kept):
        _check_tail(found, kept[cut:], used)
        notes += left_out(found, kept[cut:])
    first, stop = 0, cut
    while stop and kept[stop - 1].type in _EDGES:
        stop -= 1
    while first < stop and kept[first].type in SPACES:
        first += 1
    return kept[first:stop], notes


def left_out(found: Scan, tokens: Sequence[Token]) -> list[str]:
    """A note on words that were left out; the prose of another script speaks for itself."""
    latin = [t for t in tokens if t.start in found.words or t.type == "COMMA"]
    if not latin or any(t.type == "WORD" and not t.value.isascii() for t in tokens):
        return []
    written = found.text[tokens[0].start : tokens[-1].end].strip(" ,.;\n")
    return [f"without {written[:60]!r}"]


def _without_asides(
    found: Scan, tokens: Sequence[Token], used: frozenset[str]
) -> tuple[list[Token], list[str]]:
    """Leave out the brackets that hold words and stand behind a factor."""
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
            if any(t.type in v.RELATIONS for t in inner) and any(
                t.type in ("WORD", "PROSE") for t in inner
            ):
                raise _goes_on(found, item)
            if _is_aside(found, inner, used):
                notes += left_out(found, tokens[place : stop + 1])
                place = stop + 1
                continue
        kept.append(item)
        place += 1
    return kept, notes


def _multiple(found: Scan, tokens: Sequence[Token], known: frozenset[str]) -> str:
    """``8.8×``, ``8.8x fewer``, ``8.8 times less computation``: how many times, a pure number.

    An x that is a symbol of the target, or stands elsewhere, is that symbol.
    """
    kept = [item for item in tokens if item.type not in SPACES]
    if len(kept) < 2 or kept[0].type != "NUMBER":
        return ""
    kinds = [item.type for item in kept[:3]]
    if kinds == ["NUMBER", "MINUS", "NUMBER"] and _multiple(found, kept[2:], known):
        raise ParseError(
            found.text,
            kept[0].start,
            kept[2].end,
            "a range is no number",
            "give one claim for each end, with < or >",
        )
    sign, rest = kept[1], kept[2:]
    word = found.text[rest[0].start :] if rest else ""
    compared = found.text[sign.start : sign.end].lower() in ("x", "×", "times", "*", "-")
    if sign.type == "NAME":
        letter = sign.value
        compared = (
            compared
            and letter not in known
            and sum(t.type == "NAME" and t.value == letter for t in found.tokens) == 1
        )
    if sign.type == "MINUS":
        compared = word.lower().startswith("fold")
        rest = []
    if not compared or (rest and not v.COMPARED & {word.split()[0].lower().strip(".,;")}):
        return ""
    return found.text[kept[0].start :].strip()[:60]


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
    kinds = [t.type for t in tokens]
    if kinds[1::2] == ["COMMA"] * (len(kinds) // 2) and set(kinds[::2]) == {"NAME"} and kinds[1:]:
        # (γ, β) behind a formula: a list, no factor.
        return True
    return (
        bool(tokens)
        and all(_is_wordlike(item) for item in tokens)
        and any(_is_word(found, item, used) for item in tokens)
    )


def _is_wordlike(item: Token) -> bool:
    return item.type in WORDLIKE or item.type in ("LPAR", "RPAR")


def _is_word(found: Scan, item: Token, used: frozenset[str]) -> bool:
    """Prose, or the beginning of a word whose letters are not all known symbols."""
    if item.type in ("WORD", "PROSE"):
        return True
    word = found.words.get(item.start)
    return word is not None and not word.names <= used


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
                or (
                    item.type == "OVERFLOOR"
                    and wordlike[place + 1]
                    and wordy[place + 1]
                    and _words_in(found, tokens[place:]) > 1
                )
                or (words and _is_unit(found, tokens, place))
            ):
                apart = item.type in ("COMMA", "STOP")
                if not last and (apart or not words or single_symbols(found, tokens[place:])):
                    raise _goes_on(found, item)
                return place
        depth += (item.type in OPENERS) - (item.type in CLOSERS)
    return len(tokens)


def _words_in(found: Scan, tokens: Sequence[Token]) -> int:
    """How many words: a comment behind // has several, a denominator one."""
    return sum(t.type in ("WORD", "PROSE") or t.start in found.words for t in tokens)


def _is_unit(found: Scan, tokens: Sequence[Token], place: int) -> bool:
    """Whether a word behind a factor says what is counted: ``1,792 parameters``, ``MN is …``."""
    word = found.words.get(tokens[place].start)
    if word is None or not word.split:
        return False
    if place == 1 and tokens[0].type == "NUMBER" and is_long(word):
        return not is_scale(word.written)
    said = word.written.lower()
    return said in v.LEADS or (said in v.UNITS and tokens[place - 1].type in ENDS)


def is_long(word: Word) -> bool:
    """A word of a language rather than a run of symbols."""
    return len(word.written) > 3 and _VOWEL.search(word.written) is not None


def _is_prose(tokens: Sequence[Token], place: int) -> bool:
    """Whether the words at a place are prose: no sign joins them to the formula."""
    if tokens[place - 1].type in OPERATORS:
        return False
    while place < len(tokens) and tokens[place].type in ("WORD", "PROSE"):
        if tokens[place].value.strip().lower().split(" ")[0] in v.SIGN_WORDS:
            return False
        place += 1
    return place == len(tokens) or tokens[place].type not in OPERATORS


def _check_tail(found: Scan, tokens: Sequence[Token], used: frozenset[str]) -> None:
    """Refuse prose that holds another formula, such as ``weights and K biases``."""
    end = 0
    for item, after in pairwise(tokens):
        word = found.words.get(item.start)
        end = word.end if word is not None else end
        following = found.words.get(after.start)
        operand = after.type in ("NUMBER", "QUANTITY") or (
            after.type == "NAME"
            and after.value in used
            and (following is None or following.names <= used)
        )
        joins = item.type in ("WORD", "PROSE") and item.value.strip().lower() in v.JOINS
        signed = item.type in ("PLUS", "TIMES", "POWER") and item.start >= end
        if operand and (joins or signed or item.type == "COLON"):
            raise _another(found, item)


def _another(found: Scan, item: Token) -> ParseError:
    return ParseError(
        found.text,
        item.start,
        item.end,
        f"the text goes on with another formula after {item.value!r}",
        "give one formula at a time, or write + between the terms of one",
    )


def _goes_on(found: Scan, item: Token) -> ParseError:
    return ParseError(
        found.text,
        item.start,
        item.end,
        "the text goes on after the formula, with another relation",
        "give one claim at a time; write conditions after where",
    )


def single_symbols(found: Scan, tokens: Sequence[Token]) -> frozenset[str]:
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
