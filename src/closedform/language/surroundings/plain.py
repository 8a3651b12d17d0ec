"""Texts that are all formula: nothing stands beside it, and no letter may be more than a symbol."""

from __future__ import annotations

from itertools import pairwise

from closedform.language.surroundings.remarks import has_aside
from closedform.language.tokens import Scan
from closedform.language.vocabulary import ORDERS, SUFFIXES

_FORMULA = frozenset(
    "NAME NUMBER PLUS MINUS TIMES DIVIDE POWER LPAR RPAR FRACTION ROOT EQUALS LESS MORE".split()
)
#: Letters that may be a constant, a sign or an order of growth.
_MORE = ORDERS | {"pi", "e", "x", "X", "o", "omega"}
_SCALED = frozenset({"NUMBER", "RPAR"})


def is_plain(scan: Scan) -> bool:
    """Whether a text is members and relations, and nothing else."""
    if not scan.kinds <= _FORMULA or scan.has_words or scan.layers:
        return False
    # A bullet is a times sign, and 8.8× a number of times.
    if not scan.tokens or scan.tokens[0].type == "TIMES" or scan.tokens[-1].type == "TIMES":
        return False
    values = {item.value for item in scan.tokens}
    if not values.isdisjoint(_MORE):
        return False
    if not values.isdisjoint(SUFFIXES):
        for item, after in pairwise(scan.tokens):
            if after.value in SUFFIXES and item.type in _SCALED:
                return False
    return not has_aside(scan.tokens)
