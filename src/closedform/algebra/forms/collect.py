"""Terms with common factors: joined as a person does, and taken out of a sum, as Horner did.

(2k²M − 1)·NHW + NHW becomes 2k²M·NHW, and k²MN + N + 2N becomes k²MN + 3N; no new bracket is made,
so MN + N stays as it is. A compiled formula, which nobody reads, has as few multiplications as that
gives.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

from closedform.algebra.tree import (
    ONE,
    ZERO,
    Call,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Tree,
    factors_of,
    mapped,
    over,
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
    bracket: Tree
    factors: tuple[Tree, ...]
    loose: frozenset[tuple[Tree, Tree]]
    below: Tree


def _read(tree: Tree) -> _Term:
    if isinstance(tree, Number):
        return _Term(tree.value, ONE, (), frozenset(), ONE)
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
    bracket = brackets[0] if len(brackets) == 1 else ONE
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
    if all(term.bracket == ONE for term in terms):
        coefficient = sum(term.coefficient for term in terms)
        return _Term(coefficient, ONE, first.factors, first.loose, first.below)
    inside = collect(t.coefficient * part for t in terms for part in terms_of(t.bracket))
    return _Term(1, inside, first.factors, first.loose, first.below)


def _write(term: _Term) -> Tree:
    above, below = Fraction(term.coefficient).as_integer_ratio()
    return above * product((term.bracket, *term.factors)) / (below * term.below)


# -- fewer multiplications ------------------------------------------------------------------------

#: Longer sums are left as they are.
NESTED = 64
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
    if not isinstance(inner, Sum) or len(inner.terms) > NESTED:
        return inner
    return _nested([_factors(term) for term in inner.terms])


#: A number, and what it is multiplied by.
_Factors = tuple[Tree, Counter[Tree]]


def _factors(term: Tree) -> _Factors:
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


def _nested(terms: Sequence[_Factors]) -> Tree:
    """The sum of terms, what most of them share taken out first."""
    shared = Counter(factor for _, factors in terms for factor in factors)
    top, times = shared.most_common(1)[0] if shared else (ONE, 0)
    if times < 2:
        return over(Sum, [_product(term) for term in terms])
    inside = [(number, factors - Counter({top: 1})) for number, factors in terms if top in factors]
    outside = [term for term in terms if top not in term[1]]
    taken = top * _nested(inside)
    return Sum((taken, _nested(outside))) if outside else taken


def _product(term: _Factors) -> Tree:
    number, factors = term
    return over(Product, [*([] if number == ONE else [number]), *factors.elements()])
