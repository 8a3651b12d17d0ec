"""Where a search begins, the smallest values that conditions leave, and how it goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import accumulate
from math import ceil, floor

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.condition import EXCHANGED
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
        if condition.relation not in EXCHANGED:
            continue
        small, large = condition.ordered
        names = symbol_names(small := assumptions.apply(small))
        if not (isinstance(large, Symbol) and names and _rises(small)):
            continue
        if not fixed & {large.name, *names}:
            yield small, large.name, condition.strict


def _rises(tree: Tree) -> bool:
    return all(
        isinstance(node, (Symbol, Sum, Product)) or (isinstance(node, Number) and node.value >= 0)
        for node in walk(tree)
    )


def by_distance(sizes: list[int | None], reach: int) -> Iterator[tuple[int, ...]]:
    """Tuples of steps by their sum, within the sizes: all smallest values come first."""
    for total in range(reach + 1):
        yield from _with_sum(total, sizes)


def _with_sum(total: int, sizes: list[int | None]) -> Iterator[tuple[int, ...]]:
    """In the order of a dictionary; without recursion, since there may be a thousand symbols."""
    most = [total if size is None else min(total, size - 1) for size in sizes]
    room = [*accumulate(reversed(most), initial=0)][::-1]  # of what stands from a place on
    if total > room[0] or -1 in most:
        return
    steps, place, left = [0] * len(sizes), 0, total
    while True:
        for later in range(place, len(sizes)):
            steps[later] = max(0, left - room[later + 1])
            left -= steps[later]
        yield tuple(steps)
        for place in range(len(sizes), 0, -1):
            if left and steps[place - 1] < most[place - 1]:
                break
            left += steps[place - 1]
        else:
            return
        steps[place - 1] += 1
        left -= 1
