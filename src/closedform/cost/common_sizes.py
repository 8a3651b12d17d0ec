"""Sizes that stand above and below a fraction line are left out: d/h wide heads, h of them, are d.

A size is at least 1, so that nothing is divided by zero here.
"""

from __future__ import annotations

from collections import Counter

from closedform.algebra.collect import collect
from closedform.algebra.tree import (
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Tree,
    children,
    factors_of,
    product,
    rebuild,
    total,
    walk,
)


def without_common_sizes(tree: Tree) -> Tree:
    """The tree with the symbols that a quotient has on both sides left out.

    >>> from closedform.typeset.text import text
    >>> d, h = Symbol("d"), Symbol("h")
    >>> text(without_common_sizes(2 * h * (d / h) * d))
    '2dd'
    >>> text(without_common_sizes(h * (2 * d / h + 4)))
    '2d + 4h'
    """
    if not any(isinstance(node, Quotient) for node in walk(tree)):
        return tree
    if isinstance(tree, Quotient):
        above = without_common_sizes(tree.numerator)
        return _reduced(above, without_common_sizes(tree.denominator))
    parts = tuple(without_common_sizes(part) for part in children(tree))
    if isinstance(tree, Product):
        return _without_divided(parts)
    return collect(parts) if isinstance(tree, Sum) else rebuild(tree, parts)


def _without_divided(factors: tuple[Tree, ...]) -> Tree:
    """The product; a factor that a term of a bracket is divided by goes into the bracket."""
    place = next((n for n, factor in enumerate(factors) if isinstance(factor, Sum)), None)
    if place is None:
        return product(factors)
    bracket, others = factors[place], product(factors[:place] + factors[place + 1 :])
    divided: Counter[str] = Counter()
    for term in children(bracket):
        divided |= _exponents(term.denominator) if isinstance(term, Quotient) else Counter()
    common = divided & _exponents(others)
    if not common:
        return product(factors)
    moved = product([Symbol(name) ** times for name, times in common.items()])
    inside = [without_common_sizes(_times(term, moved)) for term in children(bracket)]
    return product([total(inside), _without(others, common)])


def _times(term: Tree, moved: Tree) -> Tree:
    if isinstance(term, Quotient):
        return term.numerator * moved / term.denominator
    return term * moved


def _reduced(above: Tree, below: Tree) -> Tree:
    common = _exponents(above) & _exponents(below)
    if not common:
        return above / below
    return _without(above, common) / _without(below, common)


def _exponents(tree: Tree) -> Counter[str]:
    """How often each symbol is a factor."""
    exponents: Counter[str] = Counter()
    for factor in factors_of(tree):
        name, times = _power(factor)
        if name:
            exponents[name] += times
    return exponents


def _power(factor: Tree) -> tuple[str, int]:
    if isinstance(factor, Symbol):
        return factor.name, 1
    if isinstance(factor, Power) and isinstance(factor.base, Symbol):
        exponent = factor.exponent
        if isinstance(exponent, Number) and isinstance(exponent.value, int) and exponent.value > 0:
            return factor.base.name, exponent.value
    return "", 0


def _without(tree: Tree, common: Counter[str]) -> Tree:
    left = Counter(common)
    kept: list[Tree] = []
    for factor in factors_of(tree):
        name, times = _power(factor)
        gone = min(times, left[name]) if name else 0
        left[name] -= gone
        if gone < times or not name:
            kept.append(Symbol(name) ** (times - gone) if gone else factor)
    return product(kept)
