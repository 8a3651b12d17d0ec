"""The letter x as a times sign: ``3x3xC`` and ``k x k x M``.

An x between two factors is a times sign, unless the text also has an x that cannot be one (``x^2``,
an x beside an operator): then x is a symbol throughout, save between two numbers. That of a matrix
is neither.
"""

from __future__ import annotations

from dataclasses import replace

from closedform.language.tokens import BEGINS, ENDS, Scan, Token


def resolve_times(scan: Scan, bound: frozenset[str]) -> None:
    """Turn the undecided X tokens into TIMES or NAME, and note what was read as a sign."""
    tokens = scan.tokens
    places = [i for i, item in enumerate(tokens) if item.type == "X"]
    long = [word for word in scan.words.values() if len(word.written) > 4]
    spelled = {i for i in places for word in long if word.start <= tokens[i].start < word.end}
    alone = {i for i in places if not _between(tokens, i)}
    symbols = {tokens[i].value for i in alone - spelled} | (bound & {"x", "X"})
    kinds = [item.type for item in tokens]
    signs = 0
    for place in places:
        item = tokens[place]
        numbers = kinds[place - 1 : place] == kinds[place + 1 : place + 2] == ["NUMBER"]
        symbol = item.value in symbols or place in alone
        kind = "NAME" if symbol and not numbers else "TIMES"
        signs += kind == "TIMES" and place not in spelled
        tokens[place] = replace(item, type=kind)
        scan.kinds.add(kind)
    if signs:
        scan.notes.append("x as a times sign")


def _between(tokens: list[Token], place: int) -> bool:
    """Whether factors stand on both sides, maybe with a remark in brackets behind the first one.

    Another undecided x counts as no factor.
    """
    before = tokens[place - 1] if place else None
    after = tokens[place + 1].type if place + 1 < len(tokens) else ""
    aside = before is not None and before.type == "PROSE" and before.value.strip().endswith(")")
    return before is not None and (before.type in ENDS or aside) and after in BEGINS
