r"""Suffixes inside a calculation with numbers: ``20 \cdot 70\,\text{B} = 1.4\,\text{T}``."""

from __future__ import annotations

from collections.abc import Sequence

from closedform.language import vocabulary as v
from closedform.language.around.rounding import rounded_quantity
from closedform.language.tokens import Scan, Token


def scaled(
    found: Scan, pieces: Sequence[Sequence[Token]], known: frozenset[str]
) -> dict[int, list[Token]]:
    """The members in which suffixes are put in, by place; none where any other name stands."""
    changed: dict[int, list[Token]] = {}
    for place, tokens in enumerate(pieces):
        member = _with_scales(found, tokens, known)
        if member is None:
            return {}
        if len(member) > len(tokens) and not rounded_quantity(found, tokens, known):
            changed[place] = member
    return changed


def _with_scales(found: Scan, tokens: Sequence[Token], known: frozenset[str]) -> list[Token] | None:
    r"""The tokens with ``70\,\text{B}`` as 70·10⁹; None where a name is no upright suffix."""
    kept: list[Token] = []
    for item in tokens:
        if item.type != "NAME":
            kept.append(item)
            continue
        upright = found.text.startswith("\\", item.start)
        if not upright or item.value not in v.SUFFIXES or item.value in known or not kept:
            return None
        number = kept.pop()
        if number.type != "NUMBER" or number.value.endswith("%"):
            return None
        factor = Token("NUMBER", str(v.SUFFIXES[item.value]), item.start, item.end)
        opening = Token("LPAR", "(", number.start, number.start)
        times = Token("TIMES", "*", item.start, item.start)
        kept += [opening, number, times, factor, Token("RPAR", ")", item.end, item.end)]
    return kept
