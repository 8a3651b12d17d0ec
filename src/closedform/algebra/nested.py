"""Formulas with fewer multiplications: what terms have in common is taken out, as Horner did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from closedform.algebra.tree import ONE, Call, Negative, Number, Power, Product, Sum, Tree, mapped

#: Longer sums are left as they are.
TERMS = 64
#: The highest power that is taken apart.
POWER = 8


def nested(tree: Tree) -> Tree:
    """The same value with factors taken out of sums: n·(L·(4d + 3f) + V) for Ln·4d + 3Lnf + nV.

    >>> from closedform.algebra.tree import Symbol
    >>> n, d = Symbol("n"), Symbol("d")
    >>> nested(n * d + 2 * n * n) == n * (d + 2 * n)
    True
    """
    if isinstance(tree, Call):
        return tree
    inner = mapped(tree, nested)
    if not isinstance(inner, Sum) or len(inner.terms) > TERMS:
        return inner
    return _added([_factors(term) for term in inner.terms])


#: A number, and what it is multiplied by.
_Term = tuple[Tree, Counter[Tree]]


def _factors(term: Tree) -> _Term:
    match term:
        case Number():
            return term, Counter()
        case Negative(operand=operand):
            number, factors = _factors(operand)
            return -number, factors
        case Product(factors=parts):
            number, powers = ONE, Counter[Tree]()
            for part in parts:
                inner, more = _factors(part)
                number, powers = number * inner, powers + more
            return number, powers
        case Power(base=base, exponent=Number(value=int(times))) if 0 < times <= POWER:
            number, powers = _factors(base)
            if number == ONE:
                return ONE, Counter({factor: times * n for factor, n in powers.items()})
    return ONE, Counter({term: 1})


def _added(terms: Sequence[_Term]) -> Tree:
    """The sum of terms, what most of them share taken out first."""
    shared = Counter(factor for _, factors in terms for factor in factors)
    top, times = shared.most_common(1)[0] if shared else (ONE, 0)
    if times < 2:
        products = [_product(term) for term in terms]
        return products[0] if len(products) == 1 else Sum(tuple(products))
    inside = [(number, factors - Counter({top: 1})) for number, factors in terms if top in factors]
    outside = [term for term in terms if top not in term[1]]
    taken = top * _added(inside)
    return Sum((taken, _added(outside))) if outside else taken


def _product(term: _Term) -> Tree:
    number, factors = term
    parts = [*factors.elements()]
    if number == ONE and parts:
        return parts[0] if len(parts) == 1 else Product(tuple(parts))
    return Product((number, *parts)) if parts else number
