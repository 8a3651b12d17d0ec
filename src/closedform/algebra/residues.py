"""Residue classes: what floors with constant moduli are worth.

With L a common multiple of the moduli, every symbol under a floor is L·q + r with 0 ≤ r < L. In each
class the floors are polynomials in q, so a claim is decided class by class.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import lcm

from closedform.algebra.conditions import Assumptions
from closedform.algebra.normal import Field
from closedform.algebra.tree import (
    Call,
    Number,
    Symbol,
    Tree,
    add,
    children,
    multiply,
    rebuild,
    substitute,
    symbol_names,
    walk,
)

#: The largest number of classes that is worked through.
CLASSES = 600


def residue_classes(
    trees: tuple[Tree, ...], assumptions: Assumptions
) -> Iterator[tuple[tuple[Tree, ...], Assumptions]] | None:
    """The trees in each class, with the domain of the new symbols; ``None`` if not applicable.

    Every floor must have a constant modulus, and the classes be few enough to go through.
    """
    modulus, names = _modulus(trees, assumptions)
    if not names or modulus < 2 or modulus ** len(names) > CLASSES:
        return None
    return _classes(trees, assumptions, modulus, names)


def _classes(
    trees: tuple[Tree, ...], assumptions: Assumptions, modulus: int, names: tuple[str, ...]
) -> Iterator[tuple[tuple[Tree, ...], Assumptions]]:
    lowest = assumptions.integer_lower()
    for residues in product(range(modulus), repeat=len(names)):
        values: dict[str, Tree] = {}
        lower: dict[str, int] = {}
        for name, residue in zip(names, residues, strict=True):
            quotient = f"{name}/{modulus}"
            values[name] = add(multiply(Number(modulus), Symbol(quotient)), Number(residue))
            # The quotient starts where the symbol itself reaches its smallest value.
            lower[quotient] = max(0, -(-(lowest.get(name, 1) - residue) // modulus))
        yield (
            tuple(substitute(tree, values) for tree in trees),
            assumptions.with_symbols(values, lower),
        )


def _modulus(trees: tuple[Tree, ...], assumptions: Assumptions) -> tuple[int, tuple[str, ...]]:
    """A common multiple of the moduli (multiplied through nested floors), and the symbols inside."""
    modulus = 1
    names: dict[str, None] = {}
    for tree in trees:
        space = assumptions.field(tree)
        for node in walk(tree):
            if isinstance(node, Call) and node.function in ("floor", "ceil"):
                found = _moduli(space, node)
                if found is None:
                    return 0, ()
                modulus = lcm(modulus, found)
                names.update(dict.fromkeys(symbol_names(node)))
    if any(name in assumptions.reals for name in names):
        return 0, ()
    return modulus, tuple(names)


def _moduli(space: Field, tree: Tree) -> int | None:
    """The product of the denominators met on the way down a nest of floors."""
    nested = 1
    for node in walk(tree):
        if isinstance(node, Call) and node is not tree:
            if node.function not in ("floor", "ceil"):
                return None
            inner = _moduli(space, node)
            if inner is None:
                return None
            nested = lcm(nested, inner)
    argument = tree.arguments[0] if isinstance(tree, Call) else tree
    calls = {node: Symbol(f"floor {i}") for i, node in enumerate(walk(argument)) if isinstance(node, Call)}
    opened = _replace(argument, calls)
    denominator = space.normal(opened).cancelled().den
    if not denominator.is_ground:
        return None
    return nested * int(denominator.LC)


def _replace(tree: Tree, swaps: dict[Tree, Symbol]) -> Tree:
    if tree in swaps:
        return swaps[tree]
    return rebuild(tree, tuple(_replace(part, swaps) for part in children(tree)))
