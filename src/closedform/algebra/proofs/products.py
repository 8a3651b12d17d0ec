"""Orders that are seen at once: of products factor by factor, and from conditions in a row.

Where each factor is at least its partner, so is all: (a + 1)(b + 1) > ab needs no expansion, which
would have 2^n terms for n factors. And a ≤ b, b ≤ c, …, y ≤ z lead from a to z.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from closedform.algebra.assumptions import SIGNS, Assumptions, Condition
from closedform.algebra.normal_form.rational import Field, RationalFunction
from closedform.algebra.normal_form.signs import nonnegative, positive
from closedform.algebra.tree import Number, Power, Product, Sum, Tree, symbol_names

#: Products of fewer sums are expanded.
SUMS = 2


def larger_by_factors(large: Tree, small: Tree, assumptions: Assumptions, *, strict: bool) -> bool:
    """Whether ``large`` is seen to be at least ``small`` (``strict``: larger); False says nothing.

    >>> from closedform.algebra.tree import Symbol
    >>> M, N = Symbol("M"), Symbol("N")
    >>> sides = Product((M + 1, N + 1)), Product((M, N))
    >>> larger_by_factors(*sides, Assumptions(), strict=True)
    True
    >>> larger_by_factors(*reversed(sides), Assumptions(), strict=False)
    False
    """
    if sum(isinstance(factor, Sum) for factor in (*_factors(large), *_factors(small))) < SUMS:
        return False
    field = assumptions.field(large, small)
    symbols = len(field.keys)
    partners: dict[tuple[str, ...], list[RationalFunction]] = {}
    for factor in _factors(small):
        partners.setdefault(tuple(sorted(symbol_names(factor))), []).append(field.normal(factor))
    if len(field.keys) > symbols:
        return False  # A floor or a root asks where it has a value.
    strictly = False
    for factor in _factors(large):
        waiting = partners.get(tuple(sorted(symbol_names(factor))))
        partner = waiting.pop() if waiting else field.one
        value = field.normal(factor)
        gap = value - partner
        if value.den != 1 or not (_positive(field, partner) and nonnegative(gap)):
            return False
        strictly = strictly or _positive(field, gap)
    return not any(partners.values()) and (strictly or not strict)


def _factors(tree: Tree) -> Iterator[Tree]:
    """What is multiplied, a small power as often as it says."""
    match tree:
        case Product(factors=factors):
            for factor in factors:
                yield from _factors(factor)
        case Power(base=base, exponent=Number(value=int(times))) if 0 < times <= 4:
            for _ in range(times):
                yield from _factors(base)
        case _:
            yield tree


def _positive(field: Field, value: RationalFunction) -> bool:
    return value.den == 1 and positive(value.num, field)


# -- conditions in a row --------------------------------------------------------------------------


def leads(conditions: Iterable[Condition], small: Tree, large: Tree, *, strict: bool) -> bool:
    """Whether conditions, one after the other, lead from ``small`` up to ``large``.

    With ``strict`` one of them must be strict.
    """
    above: dict[Tree, list[tuple[Tree, bool]]] = {}
    for order in conditions:
        if order.relation in SIGNS:
            lower, higher = order.ordered
            above.setdefault(lower, []).append((higher, order.strict))
        if order.relation == "=":
            above.setdefault(higher, []).append((lower, False))
    reached = {(small, False)}
    waiting = [(small, False)]
    while waiting:
        place, stepped = waiting.pop()
        for higher, step in above.get(place, ()):
            state = higher, stepped or step
            if state not in reached:
                reached.add(state)
                waiting.append(state)
    return (large, True) in reached or (not strict and (large, False) in reached)
