"""Sizes that are no symbols: numbers, as in 3*3*64*128 + 128 or 64k²N, and hw places of a map.

Each is a symbol of its own, and put in again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations

from closedform.algebra.tree import (
    Number,
    Power,
    Symbol,
    Tree,
    mapped,
    product,
    symbol_names,
    total,
    walk,
)
from closedform.identification.bindings import PLACES
from closedform.identification.identification import Match
from closedform.identification.templates import Terms, in_use, polynomial
from closedform.typeset.text import text

#: Squares of the usual kernels: 9 is 3² before it is a size of its own.
SQUARES = frozenset({9, 25, 49, 121})
#: More different sizes than this have no single layer.
SIZES = 5
#: A product of fewer numbers is the cost of too many layers to name one.
NUMBERS = 3
#: A name that stands for a number of the formula.
SIZE = re.compile(r"size_([0-9]+)")

Equals = Callable[[Tree, tuple[str, ...], Terms], tuple[Match, ...]]


def equals_in_numbers(tree: Tree, equals: Equals) -> tuple[Match, ...]:
    """What a formula is the cost of where its numbers are sizes too.

    A number by itself, or a product of two, says too little.
    """
    numbers = (part.value for part in walk(tree) if isinstance(part, Number))
    sizes = sum(isinstance(number, int) and number > 2 for number in numbers)
    factors = sizes + len(symbol_names(tree))
    for kept in (SQUARES, frozenset[int]()):
        named = _named(tree, kept)
        names = symbol_names(named)
        expanded = polynomial(named) if 1 <= len(names) <= SIZES else None
        if expanded is None or factors < NUMBERS or named == tree:
            continue
        matches = equals(named, *expanded)
        if matches:
            return tuple(Match(SIZE.sub(r"\1", match.quantity)) for match in matches)
    return ()


def equals_in_places(names: tuple[str, ...], terms: Terms, equals: Equals) -> tuple[Match, ...]:
    """What a formula is the cost of where a height and width, always together, are one size."""
    for i, j in combinations(range(len(names)), 2):
        sides = {names[i][0].lower(), names[j][0].lower()} == {"h", "w"}
        if not sides or any(m[i] != m[j] for m in terms):
            continue
        named = (*names[:i], PLACES, *names[i + 1 :])
        joined = in_use(named, {(*m[:j], 0, *m[j + 1 :]): c for m, c in terms.items()})
        if matches := equals(tree_of(*joined), *joined):
            size = f"{text(Symbol(names[i]))}·{text(Symbol(names[j]))}"
            return tuple(Match(match.quantity.replace(PLACES, size)) for match in matches)
    return ()


def tree_of(names: tuple[str, ...], terms: Terms) -> Tree:
    """The formula of a polynomial."""
    return total(
        c * product(Symbol(n) ** e for n, e in zip(names, m, strict=True) if e)
        for m, c in terms.items()
    )


def _named(tree: Tree, kept: frozenset[int]) -> Tree:
    """The formula with a symbol for each size: 1 and 2 are no sizes, nor are exponents."""
    match tree:
        case Number(value=int(value)) if value > 2 and value not in kept:
            return Symbol(f"size_{value}")
        case Power(base=base, exponent=exponent):
            return Power(_named(base, kept), exponent)
    return mapped(tree, lambda part: _named(part, kept))
