"""A formula in symbols and the numbers put in: k²MN = 9·64·128, held against conv(k=3, …)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from closedform.algebra.assumptions import Condition
from closedform.algebra.tree import Number, Symbol
from closedform.language.claim import Member
from closedform.language.layers import layers_of
from closedform.language.surroundings.chain import Chain
from closedform.language.surroundings.scales import scale_at
from closedform.language.tokens import Scan, Token

_NONE: frozenset[str] = frozenset()


def sizes_of_target(
    scan: Scan, chain: Chain, target: Member, known: frozenset[str]
) -> list[Condition]:
    """The sizes that the layers of a target give to the symbols of a text with numbers beside them.

    They are put into the notes of the chain. ``known``: symbols that the conditions give already.

    Raises:
        ParseError: a symbol beside the numbers to which nothing gives a value.
    """
    asked = target.quantities
    if not asked or target.names or not chain.pieces[1:]:
        return []
    named = [_names(scan, piece.tokens) for piece in chain.pieces]
    symbols = [item for names in named for item in names if item.value not in known]
    if not symbols or all(named) or {*chain.relations, chain.opening} - {"=", "≈"}:
        return []
    given = {
        (argument.name, argument.value)
        for part in asked
        for layer in layers_of(part)
        for argument in layer.arguments
        if isinstance(argument.value, Number)
    }
    sizes = dict(given) if len(dict(given)) == len(given) else {}
    for item in symbols:
        if item.value not in sizes:
            problem = f"{item.value} has no value here, and numbers stand beside it"
            raise scan.error([item], problem, f"give it after where: where {item.value} = …")
    wanted = {item.value: sizes[item.value] for item in symbols}
    told = ", ".join(f"{name} = {size.value}" for name, size in wanted.items())
    chain.notes.append(f"{told} as in the layer")
    return [Condition("=", Symbol(name), size) for name, size in wanted.items()]


def _names(scan: Scan, tokens: Sequence[Token]) -> list[Token]:
    """The symbols of a member; none in 231M, and the k of 4 k GB."""
    kinds = ["", "", *(item.type for item in tokens)]
    indices = {
        item.value
        for item, (first, before) in zip(tokens, pairwise(kinds), strict=False)
        if before == "SERIES" or (first, before) == ("SUMMATION", "LPAR")
    }
    names = [item for item in tokens if item.type == "NAME" and item.value not in indices]
    if not names:
        return []
    behind = (scale_at(scan, tokens, at + 1, _NONE) for at in range(len(tokens)))
    scales = [(at + 1, s) for at, s in enumerate(behind) if s and tokens[at].type == "NUMBER"]
    scales = [(at, s) for at, s in scales if [t.type for t in tokens[s.end :][:1]] != ["POWER"]]
    every = {id(item) for at, s in scales for item in tokens[at : s.end]}
    if all(id(item) in every for item in names):
        return []
    certain = {id(item) for at, s in scales if s.certain for item in tokens[at : s.end]}
    return [item for item in names if id(item) not in certain]
