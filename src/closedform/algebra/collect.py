"""Adding terms as a person does: like terms join, and a term joins a bracket with its factors.

(2k²M − 1)·NHW + NHW becomes 2k²M·NHW, and k²MN + N + 2N becomes k²MN + 3N; no new bracket is made,
so MN + N stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from closedform.algebra.tree import (
    ONE,
    ZERO,
    Negative,
    Number,
    Power,
    Quotient,
    Sum,
    Tree,
    factors_of,
    mapped,
    product,
    terms_of,
    total,
)
from closedform.records import record


def collect(terms: Iterable[Tree]) -> Tree:
    """The sum of ``terms``, with like terms joined; its value is that of the plain sum."""
    alike: dict[tuple[frozenset[tuple[Tree, Tree]], Tree], list[_Term]] = {}
    for tree in terms:
        for part in terms_of(tree):
            new = _read(part)
            alike.setdefault((new.loose, new.below), []).append(new)
    return total(_write(_joined(group)) for group in alike.values())


def joined(tree: Tree) -> Tree:
    """The tree with like terms joined in every sum of it, in brackets too.

    >>> from closedform.algebra.tree import Symbol
    >>> d, n = Symbol("d"), Symbol("n")
    >>> joined(n * (3 * d * d + 2 * d * d + d))
    n*(5*d*d + d)
    """
    if isinstance(tree, Sum):
        return collect(map(joined, tree.terms))
    return mapped(tree, joined)


@record
class _Term:
    """``coefficient · bracket · Π factors / below``; ``loose`` counts the factors, order aside."""

    coefficient: int | Fraction
    bracket: Tree | None
    factors: tuple[Tree, ...]
    loose: frozenset[tuple[Tree, Tree]]
    below: Tree


def _read(tree: Tree) -> _Term:
    if isinstance(tree, Number):
        return _Term(tree.value, None, (), frozenset(), ONE)
    coefficient: int | Fraction = 1
    if isinstance(tree, Negative):
        coefficient, tree = -1, tree.operand
    below: Tree = ONE
    if isinstance(tree, Quotient):
        below, tree = tree.denominator, tree.numerator
        if isinstance(below, Number):
            coefficient, below = Fraction(coefficient) / below.value, ONE
    factors = factors_of(tree)
    brackets = [f for f in factors if isinstance(f, Sum)]
    bracket = brackets[0] if len(brackets) == 1 else None
    rest = []
    for factor in factors:
        if isinstance(factor, Number):
            coefficient *= factor.value
        elif factor is not bracket:
            rest.append(factor)
    exponents: dict[Tree, Tree] = {}
    for factor in rest:
        base, exponent = (
            (factor.base, factor.exponent) if isinstance(factor, Power) else (factor, ONE)
        )
        exponents[base] = exponents.get(base, ZERO) + exponent
    return _Term(coefficient, bracket, tuple(rest), frozenset(exponents.items()), below)


def _joined(terms: list[_Term]) -> _Term:
    """Like terms as one: their numbers added up, or their brackets."""
    first = terms[0]
    if len(terms) == 1:
        return first
    if all(term.bracket is None for term in terms):
        coefficient = sum(term.coefficient for term in terms)
        return _Term(coefficient, None, first.factors, first.loose, first.below)
    inside = collect(part for term in terms for part in _scaled_parts(term))
    return _Term(1, inside, first.factors, first.loose, first.below)


def _scaled_parts(term: _Term) -> list[Tree]:
    inside = ONE if term.bracket is None else term.bracket
    return [term.coefficient * part for part in terms_of(inside)]


def _write(term: _Term) -> Tree:
    bracket = ONE if term.bracket is None else term.bracket
    above, below = Fraction(term.coefficient).as_integer_ratio()
    return above * product((bracket, *term.factors)) / (below * term.below)
