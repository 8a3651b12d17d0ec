"""The letter x as a times sign: ``3x3xC`` and ``k x k x M``.

An x between two factors is a times sign, unless the text also has an x that cannot be one (``x^2``,
an x beside an operator): then x is a symbol throughout, save between two numbers.
"""

from __future__ import annotations

from dataclasses import replace

from closedform.language.tokens import BEGINS, ENDS, Scan, Token


def resolve_times(scan: Scan, bound: frozenset[str]) -> Scan:
    """Turn the undecided X tokens into TIMES or NAME, and note what was read as a sign."""
    tokens = scan.tokens
    places = [i for i, item in enumerate(tokens) if item.type == "X"]
    if not places:
        return scan
    symbols = {
        tokens[i].value for i in places if tokens[i].value in bound or not _between(tokens, i)
    }
    long = [word for word in scan.words.values() if len(word.written) > 4]
    signs = 0
    kinds = [item.type for item in tokens]
    for place in places:
        item = tokens[place]
        numbers = kinds[place - 1 : place] == kinds[place + 1 : place + 2] == ["NUMBER"]
        kind = "NAME" if item.value in symbols and not numbers else "TIMES"
        spelled = any(word.start <= item.start < word.end for word in long)
        signs += kind == "TIMES" and not spelled
        tokens[place] = replace(item, type=kind)
    if signs:
        scan.notes.append("x as a times sign")
    return scan


def _between(tokens: list[Token], place: int) -> bool:
    """Whether factors stand on both sides; another undecided x counts as no factor."""
    before = tokens[place - 1].type if place else ""
    after = tokens[place + 1].type if place + 1 < len(tokens) else ""
    return before in ENDS and after in BEGINS
