"""A formula in words or letters before the member that says the same in numbers or symbols."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from itertools import groupby

from closedform.algebra.tree import Number, Symbol
from closedform.errors import ClosedformError
from closedform.language.parser import parse_tokens
from closedform.language.surroundings.example import put_in
from closedform.language.surroundings.token_kinds import Item, items_of, shape
from closedform.language.tokens import Part, Scan, Token
from closedform.later import regex
from closedform.typeset.text import text

#: Names, numbers and signs, and no name that is known.
_NAMED = regex(r"(?=.*[WUSm])[WUSm9*+/^()F-]+")


def is_in_words(
    scan: Scan, pieces: Sequence[Sequence[Token]], place: int, known: frozenset[str]
) -> bool:
    """Whether a member says in words what the next one says: ``kernel × kernel × in = 3×3×64``.

    Part for part, with one number or symbol for each name: what a condition of the text gives it.
    What stands for a word is held to its meaning, as in ``3 (kernel) × 3 (kernel) × 64 (in)``.
    """
    items = [item for item in items_of(scan, pieces[place], known) if item.kind not in "_N"]
    if not _NAMED.fullmatch(shape(items)):
        return False
    named: list[Token] = []
    for _, run in groupby(items, lambda item: item.kind in "WU" or item):
        named += _as_name([*run])
    stated = _stated(scan)
    with suppress(ClosedformError):
        formula, example = parse_tokens(scan, named), parse_tokens(scan, pieces[place + 1])
        put = put_in(formula, example) or {}
        written = {name: text(part) for name, part in put.items()}
        if not put or any(written.get(name, said) != said for name, said in stated.items()):
            return False
        for item in named:
            part = put.get(item.value)
            if (
                isinstance(part, (Number, Symbol))
                and item.type == "NAME"
                and item not in pieces[place]
            ):
                of = Token(
                    "NUMBER" if isinstance(part, Number) else "NAME",
                    written[item.value],
                    item.start,
                    item.end,
                )
                scan.parts.append(Part(item.value, item.start, item.end, [of]))
        return True
    return False


def _as_name(items: Sequence[Item]) -> Sequence[Token]:
    """Words side by side as the name that they are, and any other token as it is."""
    if items[0].kind not in "WUS":
        return items[0].tokens
    written = " ".join(item.written for item in items)
    return [Token("NAME", written, items[0].start, items[-1].end)]


def _stated(scan: Scan) -> dict[str, str]:
    """The names behind ``where``, each with its number or with "" where that is none."""
    kinds = [item.type for item in scan.tokens]
    behind = scan.tokens[kinds.index("WHERE") :] if "WHERE" in kinds else []
    stated = dict.fromkeys((item.value for item in behind if item.type == "NAME"), "")
    for name, sign, number in zip(behind, behind[1:], behind[2:], strict=False):
        if (name.type, sign.type, number.type) == ("NAME", "EQUALS", "NUMBER"):
            stated[name.value] = number.value
    return stated
