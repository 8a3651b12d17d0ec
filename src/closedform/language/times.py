"""The letter x as a times sign: ``3x3xC`` and ``k x k x M``.

An x between two factors is a times sign, unless the text also has an x that cannot be one
(``x^2``, an x beside an operator): then x is a symbol throughout, save between two numbers.
"""

from __future__ import annotations

from closedform.language.tokens import BEGINS, ENDS, Scan, token


def resolve_times(scan: Scan, bound: frozenset[str]) -> Scan:
    """Turn the undecided X tokens into TIMES or NAME, and note what was read as a sign."""
    tokens = scan.tokens
    places = [i for i, item in enumerate(tokens) if item.type == "X"]
    if not places:
        return scan
    kinds = [item.type for item in tokens]
    symbols = {
        str(tokens[i]) for i in places if str(tokens[i]) in bound or not _between(kinds, i)
    }
    signs = 0
    for place in places:
        item = tokens[place]
        numbers = kinds[place - 1 : place] == ["NUMBER"] and kinds[place + 1 : place + 2] == ["NUMBER"]
        kind = "NAME" if str(item) in symbols and not numbers else "TIMES"
        signs += kind == "TIMES"
        tokens[place] = token(kind, str(item), item.start_pos or 0, item.end_pos or 0)
    if signs:
        scan.notes.append("x as a times sign")
    return scan


def _between(kinds: list[str], place: int) -> bool:
    """Whether factors stand on both sides; another undecided x counts as no factor."""
    before = kinds[place - 1] if place else ""
    after = kinds[place + 1] if place + 1 < len(kinds) else ""
    return before in ENDS and after in BEGINS
