"""Letters that are constants elsewhere: π is refused where no size of that name is, e is told."""

from __future__ import annotations

from itertools import pairwise

from closedform.language.surroundings.chain import Chain
from closedform.language.surroundings.scales import in_unit
from closedform.language.tokens import Scan, Token

_LETTERS = frozenset({"pi", "e"})
_TOLD = "e as a size, and no Euler's number"
_END = Token("END", "", 0, 0)
_BOUND = "a size is bound by names, or by a bound"


def constants(
    scan: Scan, chain: Chain, target: frozenset[str] | None, known: frozenset[str]
) -> list[str]:
    """A note on an e in the formulas of a chain; ``known`` are symbols, also of the ``target``.

    Raises:
        ParseError: π, which nothing says to be a size: π > 3 is true of the number; and e in a
            comparison, in a logarithm, or with a symbol in its exponent.
    """
    if _LETTERS.isdisjoint(chain.values):
        return []
    tokens = [item for piece in chain.pieces for item in piece.tokens]
    relations = {*chain.relations, *([] if target is None else [chain.opening])}
    bound = known - (target or frozenset())
    told = False
    for place, (item, after) in enumerate(pairwise([*tokens, _END])):
        if item.type != "NAME" or item.value not in _LETTERS or in_unit(scan, item):
            continue
        if item.value == "pi" and "pi" not in known:
            hint = f"write digits for the number, beside ≈; {_BOUND}"
            raise scan.error([item], "π is a number that is not rational, or a size?", hint)
        if item.value == "e" and "e" not in known:
            before = tokens[max(0, place - 2) : place]
            compared = relations != {"="} or any(t.value == "log" for t in before)
            kinds = [t.type for t in tokens[place + 2 : place + 5]]
            number = kinds[:1] == ["NUMBER"] or kinds == ["LPAR", "NUMBER", "RPAR"]
            if compared or (after.type == "POWER" and not number):
                hint = f"write another letter, or digits beside ≈; {_BOUND}"
                raise scan.error([item], "e is Euler's number, or a size?", hint)
        told = told or (item.value == "e" and "e" not in bound)
    return [_TOLD] if told else []
