"""Letters behind a number that can be read in two ways: a scale or a unit, or a factor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from closedform.errors import ParseError
from closedform.language.tokens import Scan, Token
from closedform.language.vocabulary import SUFFIXES

#: Letters of a time, and of how many times.
_UNITS = {*"sxX"}


def two_readings(scan: Scan, tokens: Sequence[Token]) -> ParseError:
    """The error for ``5 M > 6``: five million, or five times M."""
    number, letter = tokens[0], tokens[-1]
    problem = f"{number} {letter} can be read in two ways"
    scale = SUFFIXES.get(letter.value)  # or a second, or so many times
    written = f"{number}e{len(str(scale)) - 1}" if scale else f"{number}"
    return scan.error([number, letter], problem, f"write {written} or {number} * {letter}")


def check_unit(scan: Scan, pieces: Iterable[Sequence[Token]], names: frozenset[str]) -> None:
    """Refuse ``100/4 = 25x`` and ``14/2 = 7 s``, where no other symbol stands: a unit, or a factor.

    ``names``: the symbols of all members that have no value.
    """
    for tokens in pieces:
        kinds = [item.type for item in tokens]
        alone = kinds == ["NUMBER", "NAME"] and names == {tokens[1].value} <= _UNITS
        if alone and sum(item.value in names for item in scan.tokens) == 1:
            raise two_readings(scan, tokens)


def check_suffix(scan: Scan, tokens: Sequence[Token], known: frozenset[str]) -> None:
    """Refuse ``0.07M`` among numbers where M is a size too: 0.07 million, or 0.07 times M."""
    kinds = [item.type for item in tokens]
    if kinds != ["NUMBER", "NAME"] or tokens[1].value not in known & SUFFIXES.keys():
        return
    problem = f"{tokens[1]} is a symbol here, and a suffix for {SUFFIXES[tokens[1].value]:,}"
    hint = f"write the number out, or {tokens[0]} * {tokens[1]} for the product"
    raise scan.error([tokens[0], tokens[1]], problem, hint)
