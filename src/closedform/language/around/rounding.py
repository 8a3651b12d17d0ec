"""Rounded numbers: what the last digit of 2.78 is worth, and quantities such as 569M."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from closedform.language import vocabulary as v
from closedform.language.scanning.numerals import read_value
from closedform.language.tokens import Scan, Token

_SCALED_UNIT = re.compile(r"([kKMGBT])?([A-Za-z]+)\Z")


class Rounded(NamedTuple):
    """A quantity as printed with a suffix, and what one step of its last digit is worth."""

    value: int | Fraction
    unit: Fraction


def rounded_quantity(found: Scan, tokens: Sequence[Token], known: frozenset[str]) -> Rounded | None:
    """What ``569M``, ``4.1 GFLOPs`` or ``25.6 million`` says, or None for any other tokens.

    ``known``: symbols of the target and the conditions, which are no suffixes.
    """
    if tokens and tokens[0].type not in ("NUMBER", "GAP", "ROW"):
        return None
    kept = [item for item in tokens if item.type not in ("GAP", "ROW")]
    if len(kept) < 2 or kept[0].type != "NUMBER" or kept[0].value.endswith("%"):
        return None
    scale = None if kept[1].value in known else _scale(found, kept[1:])
    if scale is None:
        return None
    written = kept[0].value
    return Rounded(read_value(written) * scale, _step(written, zeros=False) * scale)


def unit_of(tokens: Sequence[Token]) -> Fraction | None:
    """What one step of the last digit of a plain number is worth, ``4.1 × 10^9`` too; else None."""
    if any(t.type == "NAME" for t in tokens[:2]):
        return None
    kept = [t for t in tokens if t.type not in ("GAP", "ROW", "LPAR", "RPAR")]
    kinds = [t.type for t in kept]
    if kinds[:1] == ["MINUS"]:
        kept, kinds = kept[1:], kinds[1:]
    if kinds == ["NUMBER"]:
        return _step(kept[0].value, zeros=True)
    power = kinds[:4] == ["NUMBER", "TIMES", "NUMBER", "POWER"] and kept[2].value == "10"
    if power and kinds[4:] in (["NUMBER"], ["MINUS", "NUMBER"]) and kept[-1].value.isdigit():
        exponent = int(kept[-1].value) if len(kept[-1].value) < 5 else 0
        return _step(kept[0].value, zeros=True) * Fraction(10) ** (
            -exponent if kinds[4] == "MINUS" else exponent
        )
    return None


def _step(written: str, *, zeros: bool) -> Fraction:
    """What the last digit is worth; with ``zeros``, those that end an integer do not count."""
    mantissa, _, exponent = written.rstrip("%").lower().partition("e")
    scale = Fraction(10) ** int(exponent or 0) / (100 if written.endswith("%") else 1)
    if "." in mantissa:
        return Fraction(1, 10 ** len(mantissa.partition(".")[2])) * scale
    stripped = mantissa.rstrip("0")
    return Fraction(10) ** (len(mantissa) - len(stripped) if zeros and stripped else 0) * scale


def _scale(found: Scan, tokens: Sequence[Token]) -> int | None:
    """What a suffix, a word for a scale, or a unit with a prefix is worth."""
    words = [found.words[t.start] for t in tokens if t.start in found.words]
    if len(words) > 3:
        return None
    if not words:
        name = tokens[0]
        return v.SUFFIXES.get(name.value) if len(tokens) == 1 and name.type == "NAME" else None
    covered = sum(1 for t in tokens if any(w.start <= t.start < w.end for w in words))
    first = tokens[0]
    if first.start not in found.words:
        # A suffix before a unit: 569M FLOPs.
        suffix = v.SUFFIXES.get(first.value) if first.type == "NAME" else None
        return suffix if covered == len(tokens) - 1 and _is_unit(words[-1].written) else None
    if (
        covered != len(tokens)
        or len(words) > 2
        or (len(words) == 2 and not _is_unit(words[1].written))
    ):
        return None
    written = words[0].written
    if written.lower() in v.SCALES:
        return v.SCALES[written.lower()]
    if written in v.BYTES and len(words) == 1:
        return v.BYTES[written]
    prefixed = _SCALED_UNIT.match(written)
    if prefixed and prefixed[1] and len(words) == 1 and _is_unit(prefixed[2]):
        return v.SUFFIXES[prefixed[1]]
    return None


def is_scale(word: str) -> bool:
    """Whether a word behind a number changes its value: million, GMac, MiB."""
    prefixed = _SCALED_UNIT.match(word)
    scaled = prefixed is not None and bool(prefixed[1]) and _is_unit(prefixed[2])
    return scaled or word.lower() in v.SCALES or word in v.BYTES


def _is_unit(word: str) -> bool:
    return word.lower() in v.UNITS
