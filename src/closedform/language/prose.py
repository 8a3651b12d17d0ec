r"""What of a text is no formula: labels before it, prose in and after it.

A label names the result (``Para =``, ``参数量:``, ``\Omega(\mathrm{MSA}) =``); prose follows the
formula (``(bias的数量…)``, ``\quad (\text{shift})``) or a factor of it (``64（输入通道）``). They
are told from formulas by their words.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from closedform.errors import ParseError
from closedform.language import vocabulary as v
from closedform.language.tokens import CLOSERS, ENDS, OPENERS, OPERATORS, Scan, Token, Word

_WORDLIKE = frozenset(
    "NAME WORD PROSE GAP ROW QUANTITY LAYER STOP BAR UNREAD COLON COMMA FUNCTION".split()
)
_NAMING = _WORDLIKE | {"LPAR", "RPAR"}
_SPACES = frozenset({"GAP", "ROW"})
_EDGES = _SPACES | {"COMMA", "STOP", "COLON"}
#: Without one of these tokens, and without a word, a text is all formula.
PROSE_MARKS = frozenset("WORD PROSE GAP ROW STOP BAR UNREAD COLON COMMA".split())


def is_label(found: Scan, tokens: Sequence[Token], known: frozenset[str]) -> bool:
    """Whether a leading member of a chain names the result. ``known``: symbols of the target."""
    tokens = [item for item in tokens if item.type not in _SPACES]
    if not tokens:
        return False
    kinds = {item.type for item in tokens}
    names = [item.value for item in tokens if item.type == "NAME"]
    words = [found.words[item.start] for item in tokens if item.start in found.words]
    strange = [word for word in words if not word.names <= known]
    if kinds - _NAMING:
        plain = (
            _without_sizes(tokens) if strange or kinds & {"WORD", "PROSE", "QUANTITY"} else tokens
        )
        if len(plain) < len(tokens):
            return is_label(found, plain, known)
        return _is_compound(kinds, names, strange)
    if kinds & {"WORD", "PROSE", "QUANTITY"}:
        return True
    if tokens[0].type == "BAR" and tokens[-1].type == "BAR":
        return not set(names) <= known
    if len(tokens) == 1:
        return kinds == {"UNREAD"} or (bool(names) and names[0] not in known)
    if tokens[0].type == "UNREAD" and tokens[-1].type == "RPAR":
        return True
    # f(n) or P(k, M, N): a lone symbol, applied.
    applied = [t.type for t in tokens[:2]] == ["NAME", "LPAR"] and tokens[-1].type == "RPAR"
    if applied and tokens[0].value not in known and "NUMBER" not in kinds:
        return not words or bool(strange)
    return bool(strange)


def _is_compound(kinds: set[str], names: list[str], strange: list[Word]) -> bool:
    """``FLOPs/layer``: words of several letters with signs between them, and nothing else."""
    inside = set[str]().union(*(word.names for word in strange))
    allowed = _NAMING | {"DIVIDE", "MINUS", "PLUS"}
    long = all(len(word.written) > 2 for word in strange)
    return bool(strange) and long and kinds <= allowed and set(names) <= inside


def _without_sizes(tokens: Sequence[Token]) -> list[Token]:
    """A label without sizes in it: ``FLOPs (224×224)``, ``Params@224``."""
    kept: list[Token] = []
    sized = {"NUMBER", "TIMES", "X", "NAME", "WORD"}
    partners = _partners(tokens)
    place = 0
    while place < len(tokens):
        item = tokens[place]
        stop = partners.get(place, 0)
        inner = {t.type for t in tokens[place + 1 : stop]}
        if kept and stop and "NUMBER" in inner and inner <= sized:
            place = stop + 1
        elif kept and item.type == "NUMBER" and kept[-1].type in ("UNREAD", "MINUS"):
            place += 1
        else:
            kept.append(item)
            place += 1
    return kept


def after_colon(found: Scan, tokens: list[Token], known: frozenset[str]) -> list[Token]:
    """What follows ``参数量:``, ``Params:`` or ``Conv 3x3:``."""
    depth = 0
    for place, item in enumerate(tokens):
        depth += (item.type in OPENERS) - (item.type in CLOSERS)
        if item.type == "COLON" and place and not depth:
            before = tokens[:place]
            words = [t for t in before if t.type in ("WORD", "PROSE")]
            words += [t for t in before if t.start in found.words]
            return tokens[place + 1 :] if words or is_label(found, before, known) else tokens
    return tokens


def after_words(tokens: list[Token]) -> list[Token]:
    """What follows a label of another script that stands before the formula without a sign."""
    place = 0
    while (
        place < len(tokens) and tokens[place].type == "WORD" and not tokens[place].value.isascii()
    ):
        place += 1
    rest = tokens[place:]
    if not rest or rest[0].type in OPERATORS or rest[0].type not in ENDS | {"LPAR", "FRACTION"}:
        return tokens
    return rest


def without_prose(
    found: Scan, tokens: Sequence[Token], known: frozenset[str], *, last: bool
) -> tuple[list[Token], list[str]]:
    """The formula of a member without the prose in it and after it, and what was left out.

    Raises:
        ParseError: prose that is followed by more than prose, before another relation.
    """
    used = known | _single_symbols(found, tokens)
    kept, notes = _without_asides(found, tokens, used)
    cut = _tail(found, kept, used, last=last)
    if cut < len(kept):
        notes += _left_out(found, kept[cut:])
    first, stop = 0, cut
    while stop and kept[stop - 1].type in _EDGES:
        stop -= 1
    while first < stop and kept[first].type in _SPACES:
        first += 1
    return kept[first:stop], notes


def _left_out(found: Scan, tokens: Sequence[Token]) -> list[str]:
    """A note on words that were left out; the prose of another script speaks for itself."""
    latin = [t for t in tokens if t.start in found.words]
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
    partners = _partners(tokens)
    place = 0
    while place < len(tokens):
        item = tokens[place]
        stop = partners.get(place, 0)
        typed = item.end > item.start and item.value != "{"
        if stop and typed and kept and kept[-1].type in ENDS | _EDGES | {"PROSE"}:
            inner = tokens[place + 1 : stop]
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
                notes += _left_out(found, tokens[place : stop + 1])
                place = stop + 1
                continue
        kept.append(item)
        place += 1
    return kept, notes


def _partners(tokens: Sequence[Token]) -> dict[int, int]:
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


def _is_wordlike(item: Token) -> bool:
    return item.type in _WORDLIKE or item.type in ("LPAR", "RPAR")


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
                or (words and _is_unit(found, tokens, place))
            ):
                if not last and not (words and not _single_symbols(found, tokens[place:])):
                    raise _goes_on(found, item)
                return place
        depth += (item.type in OPENERS) - (item.type in CLOSERS)
    return len(tokens)


def _is_unit(found: Scan, tokens: Sequence[Token], place: int) -> bool:
    """Whether a word behind a factor says what is counted: ``1,792 parameters``."""
    word = found.words.get(tokens[place].start)
    unit = word is not None and word.split and word.written.lower() in v.UNITS
    return unit and tokens[place - 1].type in ENDS


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
