"""Texts that are all formula: nothing stands beside it, and no letter may be more than a symbol.

Of what may stand beside a formula nothing is looked for in them: a claim is read in little more
than half the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from closedform.language.cuts import split_at_relations
from closedform.language.surroundings.remarks import has_aside
from closedform.language.tokens import Scan, Token
from closedform.language.vocabulary import GROWTHS, LARGE, SUFFIXES

_FORMULA = frozenset(
    "NAME NUMBER PLUS MINUS TIMES DIVIDE POWER LPAR RPAR LFLOOR RFLOOR LCEIL RCEIL FRACTION "
    "ROOT FUNCTION EQUALS LESS MORE ATMOST ATLEAST".split()
)
#: Letters that may be a constant, a sign or an order of growth.
_MORE = GROWTHS | {"pi", "e", "x", "X"}
_SCALED = frozenset({"NUMBER", "RPAR"})
#: Letters of scales, of seconds, and of billions.
_SCALES = frozenset({*SUFFIXES, "s", "b"})


def plain_pieces(
    scan: Scan, *, at_most: int
) -> tuple[list[list[Token]], list[str], set[str]] | None:
    """The members, relations and values of a text that is nothing else, of so many members."""
    tokens = scan.tokens
    if not scan.kinds <= _FORMULA or scan.has_words or scan.layers or not tokens:
        return None
    # A bullet is a times sign, 8.8× a number of times, +12.5% what is added.
    signs = tokens[0].type in ("TIMES", "PLUS") or tokens[-1].type == "TIMES"
    values = {item.value for item in tokens}
    if signs or not values.isdisjoint(_MORE) or ("LPAR" in scan.kinds and has_aside(tokens)):
        return None
    pieces, relations = split_at_relations(tokens)
    if len(pieces) > at_most or not all(pieces):
        return None
    if not values.isdisjoint(_SCALES) and _may_be_scaled(tokens, pieces):
        return None
    return pieces, relations, values


def _may_be_scaled(tokens: Sequence[Token], pieces: Sequence[Sequence[Token]]) -> bool:
    """Whether a letter behind a number may be its scale: 5 M alone, or with no other symbol."""
    if not _letters_behind_numbers(tokens):
        return False
    scaled = [_letters_behind_numbers(tokens) for tokens in pieces]
    if all(scaled) or any(len(tokens) == 2 for tokens in pieces):
        return True
    names = [item.value for tokens in pieces for item in tokens if item.type == "NAME"]
    return not LARGE.isdisjoint(names) or len(names) == sum(scaled)


def _letters_behind_numbers(tokens: Sequence[Token]) -> int:
    pairs = pairwise(tokens)
    return sum([after.value in _SCALES and item.type in _SCALED for item, after in pairs])
