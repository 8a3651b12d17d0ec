r"""Prose in a formula and after it, told from the formula by its words.

It follows the whole (``(bias的数量…)``, ``\quad (\text{scale and shift})``) or a factor of it
(``64（输入通道）``).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from closedform.errors import ParseError
from closedform.language import vocabulary as v
from closedform.language.around.remarks import (
    EDGES,
    SPACES,
    goes_on,
    is_unit,
    is_word,
    is_wordlike,
    left_out,
    without_asides,
)
from closedform.language.tokens import CLOSERS, OPENERS, OPERATORS, Scan, Token

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
    kept, notes = without_asides(found, tokens, known, used)
    cut = _tail(found, kept, used, last=last)
    if cut < len(kept):
        _check_tail(found, kept[cut:], used)
        _check_condition(found, kept, cut)
        # Behind a number alone, words may scale it: 4.1 GFLOP/s. Prose may hide a formula.
        alone = [item.type for item in kept[:cut]] == ["NUMBER"]
        notes += left_out(found, kept[cut:], prose=alone or _holds_formula(kept[cut:]))
    first, stop = 0, cut
    while stop and kept[stop - 1].type in EDGES:
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
            raise goes_on(found, tokens[cut])


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


def _tail(found: Scan, tokens: Sequence[Token], used: frozenset[str], *, last: bool) -> int:
    """Where the prose after the formula begins."""
    # Whether everything from a place on reads as words, and whether one of them is no symbol.
    wordlike = [*accumulate((is_wordlike(t) for t in reversed(tokens)), min, initial=True)][::-1]
    wordy = [*accumulate((is_word(found, t, used) for t in reversed(tokens)), max, initial=False)][
        ::-1
    ]
    depth = 0
    for place, item in enumerate(tokens):
        if depth == 0 and place:
            words = wordlike[place] and wordy[place]
            prose = item.type in ("WORD", "PROSE") and _is_prose(tokens, place)
            if (
                prose
                or (item.type in EDGES and words)
                or (
                    item.type == "OVERFLOOR"
                    and wordlike[place + 1]
                    and wordy[place + 1]
                    and _words_in(found, tokens[place:]) > 1
                )
                or (words and is_unit(found, tokens, place, used))
            ):
                apart = item.type in ("COMMA", "STOP")
                if not last and (apart or not words or single_symbols(found, tokens[place:])):
                    raise goes_on(found, item)
                return place
        depth += (item.type in OPENERS) - (item.type in CLOSERS)
    return len(tokens)


def _words_in(found: Scan, tokens: Sequence[Token]) -> int:
    """How many words: a comment behind // has several, a denominator one."""
    return sum(t.type in ("WORD", "PROSE") or t.start in found.words for t in tokens)


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
