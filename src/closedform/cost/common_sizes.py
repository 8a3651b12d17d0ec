"""Sizes that stand above and below a fraction line are left out: d/h wide heads, h of them, are d.

A size is at least 1, so that nothing is divided by zero here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from closedform.algebra.forms.collect import collect
from closedform.algebra.tree import (
    Call,
    Product,
    Quotient,
    Series,
    Sum,
    Tree,
    children,
    factors_of,
    product,
    rebuild,
    walk,
)
from closedform.later import Later

if TYPE_CHECKING:
    from closedform.algebra.forms import readable
else:  # most costs divide nothing
    readable = Later("closedform.algebra.forms.readable")


def without_common_sizes(tree: Tree) -> Tree:
    """The tree with the symbols that a quotient has on both sides left out.

    >>> from closedform.algebra.tree import Symbol
    >>> from closedform.typeset.text import text
    >>> d, h = Symbol("d"), Symbol("h")
    >>> text(without_common_sizes(2 * h * (d / h) * d))
    '2d²'
    >>> text(without_common_sizes(h * (2 * d / h + 4)))
    '4h + 2d'
    """
    if not _quotients(tree):
        return tree
    parts = tuple(map(without_common_sizes, children(tree)))
    if isinstance(tree, Sum):
        return collect(parts)
    made = product(parts) if isinstance(tree, Product) else rebuild(tree, parts)
    if not isinstance(made, (Product, Quotient)):
        return made
    factors = factors_of(made)
    kept = [part for part in factors if _stays(part)]
    divided = product(part for part in factors if part not in kept)
    reduced = readable.readable(divided)
    return product([reduced, *kept]) if _quotients(reduced) < _quotients(divided) else made


def _stays(factor: Tree) -> bool:
    """Whether it stays as it is written: a bracket in which nothing divides, a rounded side."""
    nodes = list(walk(factor))
    rounded = any(isinstance(node, (Call, Series)) for node in nodes)
    return rounded or (isinstance(factor, Sum) and not _quotients(factor))


def _quotients(tree: Tree) -> int:
    return sum(isinstance(node, Quotient) for node in walk(tree))
