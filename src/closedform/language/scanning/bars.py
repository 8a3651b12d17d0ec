"""Bars that stand in pairs: |a − b| is an absolute value, g | M says that g divides M."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from closedform.language.tokens import CLOSERS, ENDS, OPENERS, Token


def _is_size(tokens: Sequence[Token], place: int) -> bool:
    """Whether a bar behind an operand opens ``|V|``, set apart as no cell of a table is."""
    before, opening, *inner = tokens[place - 1 : place + 3]
    if [item.type for item in inner] != ["NAME", "BAR"] or before.end == opening.start:
        return False
    return opening.end == inner[0].start and inner[0].end == inner[1].start


def paired(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with LBAR and RBAR for the bars of absolute values.

    A bar where an operand is expected opens one, and the next one behind an operand closes it.
    Where not all bars are of pairs, and where two touch as those of a norm do, all stay.
    """
    marked = list(tokens)
    depths: list[int] = []
    depth, before = 0, ""
    for place, item in enumerate(tokens):
        depth += (item.type in OPENERS) - (item.type in CLOSERS)
        if item.type == "BAR":
            if place and tokens[place - 1].type == "BAR" and tokens[place - 1].end == item.start:
                return list(tokens)
            opens = before not in ENDS or _is_size(tokens, place)
            if opens:
                depths.append(depth)
            elif not depths or depths.pop() != depth:
                return list(tokens)
            marked[place] = replace(item, type="LBAR" if opens else "RBAR")
        before = marked[place].type
    return list(tokens) if depths else marked
