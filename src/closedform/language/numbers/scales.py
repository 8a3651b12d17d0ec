r"""What stands behind a number and scales it: ``569M``, ``14 GB``, ``4.1 GFLOPs``."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise, product

from closedform.language import vocabulary as v
from closedform.language.numbers.memory import AS_BYTES, counts_bytes, speaks_of_bytes
from closedform.language.tokens import OPERATORS, WORDS, Scan, Token, closing_places
from closedform.later import regex
from closedform.records import NamedTuple

_SCALED_UNIT = regex(r"([kKMGBTPEZ])([A-Za-z-]+)\Z")
#: The same in other spellings, of what is counted: 4.1 gmacs, 4.1 gigaflops.
_SPELT = regex(r"(?i)(kilo|mega|giga|tera|peta|[mgt])-?((fl)?ops?|macs?|m?adds?|params?)\Z")
_BITS = regex(r"([kKMGT]?)[Bb]its?")
#: B is 10⁹, or bytes.
_BYTES = {"B": 1}
#: What counts in powers of 1024 divides bytes.
_DIVIDED = regex(r"/\s*\(?(?:1024|2\s*(?:\*\*|\^)\s*[({]?[1-4]0)")
#: Words of scales: bn stands behind a number, elsewhere it is the batch norm.
_WORTH = {**v.SCALES, "bn": 10**9}
#: What may be a scale.
_NAMED = WORDS | {"NAME"}
#: What a scale stands behind.
_SCALED = frozenset({"RPAR", "NUMBER"})
#: So many of them are read in both ways.
_LETTERS_B = 4


class Scale(NamedTuple):
    """What a number is multiplied by, and where what says so ends.

    ``other``: another reading, tried where the first fails. ``certain``: it is no symbol.
    """

    worth: int | Fraction
    end: int
    certain: bool = True
    other: int | None = None


def scale_at(
    scan: Scan, tokens: Sequence[Token], place: int, known: frozenset[str]
) -> Scale | None:
    """The scale that begins at a place behind a number, with the unit behind it.

    ``known``: symbols of the target and the conditions, which are no scales.
    """
    if place >= len(tokens):
        return None
    first = tokens[place]
    if first.type not in _NAMED and first.start not in scan.words:
        return None
    written, end = _written(scan, tokens, place)
    if {item.value for item in tokens[place : max(end, place + 1)]} <= known:
        return None
    if written is None:
        scale = _of_letter(scan, tokens, place)
        if scale is None:
            return None
    elif bits := _BITS.fullmatch(written):
        prefix = v.PREFIXES.get(bits[1], 1)
        return Scale(Fraction(prefix, 8 if speaks_of_bytes(scan.text) else 1), end)
    elif written.lower() in _WORTH:
        scale = Scale(_WORTH[written.lower()], end)
    elif written in v.BYTES or written.upper() in v.BYTES:
        return Scale(v.BYTES.get(written) or v.BYTES[written.upper()], end)
    elif worth := _worth(written):
        return Scale(worth, end)
    elif written in v.BINARY and _binary(scan):
        scale = Scale(v.BINARY[written], end)
    else:
        return None
    unit_written, unit_end = _written(scan, tokens, scale.end)
    if unit_written and unit_written.lower() in v.UNITS | v.UNIT_WORDS:
        return scale._replace(end=unit_end, certain=True)
    return scale


def _of_letter(scan: Scan, tokens: Sequence[Token], place: int) -> Scale | None:
    """The scale that a letter is: 4.1G, and 6.74b where no other b stands."""
    number, letter = tokens[place - 1], tokens[place]
    if letter.value == "b" and "." in number.value and number.end == letter.start:
        alone = sum(t.value == "b" and t.start not in scan.words for t in scan.tokens) == 1
        return Scale(10**9, place + 1) if alone else None
    if letter.type != "NAME" or letter.value not in v.SUFFIXES:
        return None
    upright = scan.text.startswith("\\", letter.start)
    return Scale(v.SUFFIXES[letter.value], place + 1, upright, _BYTES.get(letter.value))


def word_of(scan: Scan, item: Token) -> str:
    """The word that a token is part of, if it is of one."""
    words = (word for word in scan.words.values() if word.start <= item.start < word.end)
    return next((word.written for word in words), "")


def is_scale(word: str) -> bool:
    """Whether a word behind a number changes its value: million, GMac, MiB."""
    scales = word.lower() in v.SCALES or word in v.BYTES or _BITS.fullmatch(word)
    return bool(_worth(word)) or bool(scales)


def _binary(scan: Scan) -> bool:
    """Whether every i of a text stands in such a scale: 36 Ki is no product K·i."""
    letters = sum(item.type == "NAME" and item.value == "i" for item in scan.tokens)
    return letters == sum(word.written in v.BINARY for word in scan.words.values())


def _worth(word: str) -> int | None:
    """What the prefix of a unit is worth; None where there is none."""
    if word.lower() in v.UNITS:  # MAdds
        return None
    unit = _SCALED_UNIT.match(word)
    if unit and unit[2].lower() in v.UNITS:
        return v.PREFIXES[unit[1]]
    spelt = _SPELT.match(word)
    return v.PREFIXES[spelt[1][0].upper()] if spelt else None


def put_in(
    scan: Scan,
    pieces: Sequence[Sequence[Token]],
    read: Sequence[dict[int, Scale]],
    *,
    equated: bool,
    alone: bool,
    target: str = "",
    values: Container[str] = (),
) -> Iterator[tuple[dict[int, list[Token]], str]]:
    r"""The members with the scales that were ``read`` put in: ``20 \cdot 70\,\text{B}``.

    A letter is a scale where no other name stands in the chain, and another unit does, or where
    the chain is ``equated`` with a plain number: another member or, unless it is ``alone``, the
    ``target``; or where no letter stands in all members: 512K × 2 = 1.02M. Names with ``values``
    are numbers. Every reading, with a note: beside units of memory each B is 10⁹ or bytes.
    """
    outside = [_outside(tokens, scales) for tokens, scales in zip(pieces, read, strict=True)]
    names = {item.value for items in outside for item in items if item.type == "NAME"}
    numeric = all(name in values for name in names)
    if not any(read) or not (numeric or scan.words):
        yield {}, ""
        return
    letters = [{tokens[at].value for at in s} for tokens, s in zip(pieces, read, strict=True)]
    plain = not (alone and all(read)) or not set.intersection(*letters)
    certain = any(scale.certain for scales in read for scale in scales.values())
    units = certain or (equated and plain)
    wanted: dict[int, dict[int, Scale]] = {}
    for place, (tokens, scales) in enumerate(zip(pieces, read, strict=True)):
        every = numeric and units
        scaled = {at: s for at, s in scales.items() if every or tokens[at].start in scan.words}
        if scaled and any(item.type in OPERATORS for item in outside[place]):
            wanted[place] = scaled
    either = [(place, at) for place in wanted for at, s in wanted[place].items() if s.other]
    memory = speaks_of_bytes(scan.text) or counts_bytes(target) or _DIVIDED.search(scan.text)
    several = len(either) <= _LETTERS_B and bool(memory)
    for choice in product((False, True), repeat=len(either) if several else 0):
        for (place, at), in_bytes in zip(either, choice, strict=False):
            wanted[place][at] = wanted[place][at]._replace(worth=1 if in_bytes else 10**9)
        note = "what scales a number as a power of ten or two" + f"; {AS_BYTES}" * any(choice)
        yield {place: _with(pieces[place], scales) for place, scales in wanted.items()}, note


def under_line(tokens: Sequence[Token]) -> bool:
    """Whether a scale that was put in stands under a line: 10 GB / 2 GB is 5, and no 5 GB."""
    kinds = [item.type for item in tokens]
    wanted = ["DIVIDE", "LPAR", "NUMBER", "TIMES", "NUMBER", "RPAR"]
    return any(
        kinds[place : place + 6] == wanted and tokens[place + 1].start == tokens[place + 1].end
        for place in range(len(kinds) - 5)
    )


def in_words(scan: Scan, tokens: Sequence[Token]) -> list[Token]:
    """The tokens with the scales put in that more than a letter says: 14 GB, 7 billion."""
    scales = scales_of(scan, tokens, frozenset()).items()
    said = {at: s for at, s in scales if s.certain and tokens[at].start in scan.words}
    return _with(tokens, said)


def scales_of(scan: Scan, tokens: Sequence[Token], known: frozenset[str]) -> dict[int, Scale]:
    """The scales behind numbers and raised ones, by place."""
    scales: dict[int, Scale] = {}
    exponents: tuple[set[int], set[int]] | None = None
    for place, (item, after) in enumerate(pairwise(tokens)):
        named = after.type in _NAMED or after.start in scan.words
        if item.type not in _SCALED or not named or item.value.endswith("%"):
            continue
        scale = scale_at(scan, tokens, place + 1, known)
        if scale is None:
            continue
        ends, inside = exponents = exponents or _exponents(tokens)
        if place in ends if item.type == "RPAR" else place not in inside:
            scales[place + 1] = scale
    return scales


def _exponents(tokens: Sequence[Token]) -> tuple[set[int], set[int]]:
    """Where brackets of exponents close, and what is inside of them: no rounded number is."""
    closed = closing_places(enumerate(item.type for item in tokens), "LPAR", "RPAR")
    spans = [(at, end) for at, end in closed.items() if at and tokens[at - 1].type == "POWER"]
    return {end for _, end in spans}, {place for span in spans for place in range(*span)}


def _outside(tokens: Sequence[Token], scales: dict[int, Scale]) -> list[Token]:
    inside = {place for at, scale in scales.items() for place in range(at, scale.end)}
    return [item for place, item in enumerate(tokens) if place not in inside]


def _with(tokens: Sequence[Token], scales: dict[int, Scale]) -> list[Token]:
    kept: list[Token] = []
    place = 0
    while place < len(tokens):
        item, scale = tokens[place], scales.get(place)
        if scale is None:
            kept.append(item)
            place += 1
            continue
        number, end = kept.pop(), tokens[scale.end - 1].end
        scaled = [
            number,
            Token("TIMES", "*", item.start, item.start),
            Token(
                "NUMBER",
                f"{float(scale.worth)}" if scale.worth < 1 else str(scale.worth),
                item.start,
                end,
            ),
        ]
        raised = number.type == "RPAR" or (kept and kept[-1].type == "POWER")
        if not raised:  # 2^40 B is no power of 40 B
            opening = Token("LPAR", "(", number.start, number.start)
            scaled = [opening, *scaled, Token("RPAR", ")", end, end)]
        kept += scaled
        place = scale.end
    return kept


def _written(scan: Scan, tokens: Sequence[Token], place: int) -> tuple[str | None, int]:
    """The word that begins at a place and where it ends; None where no word does."""
    if place >= len(tokens):
        return None, place
    item = tokens[place]
    if item.type == "WORD":
        return item.value, place + 1
    word = scan.words.get(item.start)
    if item.type == "PROSE":
        return item.value.strip(" ~"), place + 1
    if word is None or item.type in ("LPAR", "RPAR"):
        return None, place
    end = place + 1
    while end < len(tokens) and tokens[end].start < word.end:
        end += 1
    if tokens[end:] and tokens[end].type == "MINUS" and tokens[end].start == word.end:
        rest, behind = _written(scan, tokens, end + 1)  # multiply-adds
        if rest and tokens[end + 1].start == word.end + 1:
            return f"{word.written}-{rest}", behind
    return word.written, end
