r"""What stands behind a number and scales it: ``569M``, ``14 GB``, ``4.1 GFLOPs``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from closedform.language import vocabulary as v
from closedform.language.tokens import OPERATORS, Scan, Token
from closedform.later import regex

_SCALED_UNIT = regex(r"([kKMGBT])([A-Za-z-]+)\Z")
#: B is 10⁹, or bytes.
_BYTES = {"B": 1}


class Scale(NamedTuple):
    """What a number is multiplied by, and where what says so ends.

    ``other``: another reading, tried where the first fails. ``certain``: it is no symbol.
    """

    worth: int
    end: int
    certain: bool = True
    other: int | None = None


def scale_at(
    found: Scan, tokens: Sequence[Token], place: int, known: frozenset[str]
) -> Scale | None:
    """The scale that begins at a place behind a number, with the unit behind it.

    ``known``: symbols of the target and the conditions, which are no scales.
    """
    if place >= len(tokens):
        return None
    written, end = _written(found, tokens, place)
    if {item.value for item in tokens[place : max(end, place + 1)]} <= known:
        return None
    if written is None:
        letter = tokens[place]
        if letter.type != "NAME" or letter.value not in v.SUFFIXES:
            return None
        upright = found.text.startswith("\\", letter.start)
        scale = Scale(v.SUFFIXES[letter.value], place + 1, upright, _BYTES.get(letter.value))
    elif written.lower() in v.SCALES:
        scale = Scale(v.SCALES[written.lower()], end)
    elif written in v.BYTES or written.upper() in v.BYTES:
        return Scale(v.BYTES.get(written) or v.BYTES[written.upper()], end)
    elif (unit := _SCALED_UNIT.match(written)) and unit[2].lower() in v.UNITS:
        return Scale(v.SUFFIXES[unit[1]], end)
    elif written in v.SUFFIXES:
        scale = Scale(v.SUFFIXES[written], end, True, _BYTES.get(written))
    else:
        return None
    unit_written, unit_end = _written(found, tokens, scale.end)
    if unit_written and unit_written.lower() in v.UNITS | v.UNIT_WORDS:
        return scale._replace(end=unit_end, certain=True)
    return scale


def is_scale(word: str) -> bool:
    """Whether a word behind a number changes its value: million, GMac, MiB."""
    prefixed = _SCALED_UNIT.match(word)
    scaled = prefixed is not None and prefixed[2].lower() in v.UNITS
    return scaled or word.lower() in v.SCALES or word in v.BYTES


def put_in(
    found: Scan, pieces: Sequence[Sequence[Token]], known: frozenset[str]
) -> dict[int, list[Token]]:
    r"""The members in which scales are put in, by place: ``20 \cdot 70\,\text{B}`` is 20·70·10⁹.

    A letter is a scale where another unit stands in the chain, and no other name.
    """
    read = [_scales(found, tokens, known) for tokens in pieces]
    if not any(read):
        return {}
    found_scales = [scale for scales in read for scale in scales.values()]
    numeric = all(_is_numeric(tokens, scales) for tokens, scales in zip(pieces, read, strict=True))
    units = any(scale.certain for scale in found_scales)
    changed: dict[int, list[Token]] = {}
    for place, (tokens, scales) in enumerate(zip(pieces, read, strict=True)):
        every = numeric and units
        wanted = {at: s for at, s in scales.items() if every or _is_word(found, tokens, at)}
        if wanted and OPERATORS & {t.type for t in tokens}:
            changed[place] = _with(tokens, wanted)
    return changed


def _scales(found: Scan, tokens: Sequence[Token], known: frozenset[str]) -> dict[int, Scale]:
    """The scales behind numbers, by place."""
    scales: dict[int, Scale] = {}
    for place, item in enumerate(tokens[:-1]):
        if item.type == "NUMBER" and not item.value.endswith("%"):
            scale = scale_at(found, tokens, place + 1, known)
            if scale is not None:
                scales[place + 1] = scale
    return scales


def _is_word(found: Scan, tokens: Sequence[Token], place: int) -> bool:
    """Whether more than a letter says the scale: GB, GFLOPs, million."""
    return tokens[place].start in found.words


def _is_numeric(tokens: Sequence[Token], scales: dict[int, Scale]) -> bool:
    inside = {place for at, scale in scales.items() for place in range(at, scale.end)}
    return all(t.type != "NAME" or place in inside for place, t in enumerate(tokens))


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
        kept += [
            Token("LPAR", "(", number.start, number.start),
            number,
            Token("TIMES", "*", item.start, item.start),
            Token("NUMBER", str(scale.worth), item.start, end),
            Token("RPAR", ")", end, end),
        ]
        place = scale.end
    return kept


def _written(found: Scan, tokens: Sequence[Token], place: int) -> tuple[str | None, int]:
    """The word that begins at a place and where it ends; None where no word does."""
    if place >= len(tokens):
        return None, place
    item = tokens[place]
    if item.type == "WORD":
        return item.value, place + 1
    word = found.words.get(item.start)
    if item.type == "PROSE":
        return item.value.strip(" ~"), place + 1
    if word is None or item.type in ("LPAR", "RPAR"):
        return None, place
    end = place + 1
    while end < len(tokens) and tokens[end].start < word.end:
        end += 1
    return word.written, end
