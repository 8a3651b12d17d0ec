"""The smallest values that conditions leave: where x ≥ 3 and x < y, y ≥ 4."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import ceil, floor

from closedform.algebra.conditions import Assumptions
from closedform.algebra.exact import value
from closedform.algebra.tree import Number, Product, Sum, Symbol, Tree, symbol_names, walk


def smallest(assumptions: Assumptions) -> Mapping[str, Fraction]:
    """Lower bounds of integers, those that follow from each other along conditions included."""
    known = assumptions.domains.items()
    lower = {name: domain.low for name, domain in known if domain.low is not None}
    orders = [*_orders(assumptions)]
    for _ in orders:
        before = dict(lower)
        for small, name, strict in orders:
            least = value(small, {size: lower.get(size, 1) for size in symbol_names(small)})
            bound = Fraction(floor(least) + 1 if strict else ceil(least))
            lower[name] = max(bound, lower.get(name, Fraction(1)))
        if lower == before:
            break
    return lower


def _orders(assumptions: Assumptions) -> Iterator[tuple[Tree, str, bool]]:
    """What an integer is at least, or above: expressions that never fall."""
    fixed = {*assumptions.equations}
    fixed |= {name for name, domain in assumptions.domains.items() if domain.real}
    for condition in assumptions.written:
        small, large = condition.left, condition.right
        if condition.relation in (">", ">="):
            small, large = large, small
        elif condition.relation not in ("<", "<="):
            continue
        names = symbol_names(small := assumptions.apply(small))
        if not (isinstance(large, Symbol) and names and _rises(small)):
            continue
        if not fixed & {large.name, *names}:
            yield small, large.name, condition.relation in ("<", ">")


def _rises(tree: Tree) -> bool:
    return all(
        isinstance(node, (Symbol, Sum, Product)) or (isinstance(node, Number) and node.value >= 0)
        for node in walk(tree)
    )
