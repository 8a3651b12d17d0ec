"""Sums over an index: closed forms of polynomial terms, one atom for each other kind of term.

Source of the closed forms: Graham, Knuth, Patashnik, Concrete Mathematics, section 6.5 (sums of
powers), here by the telescoping recurrence (n+1)^(p+1) − 1 = Σ_j C(p+1, j)·S_j(n) over j ≤ p.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import comb

from closedform.algebra.indexed import running
from closedform.algebra.normal_form.build import function_tree, monomial_tree
from closedform.algebra.normal_form.known import Known
from closedform.algebra.normal_form.powers import read_power
from closedform.algebra.normal_form.rational import Field, RationalFunction
from closedform.algebra.normal_form.signs import nonnegative
from closedform.algebra.sequences import from_the_index_on, reindexed
from closedform.algebra.tree import (
    Series,
    Tree,
    children,
    symbol_names,
)
from closedform.errors import TooLarge

#: The highest power of the index that is summed in closed form.
DEGREE = 40


def read_series(field: Field, tree: Series) -> RationalFunction:
    """Σ body: constants come out, polynomials in the index are summed, the rest is an atom."""
    tree = from_the_index_on(tree)
    lower, upper = field.normal(tree.lower).cancelled(), field.normal(tree.upper).cancelled()
    field.bounds += (lower, upper)
    index = _canonical_index(field, tree, lower)
    body = field.normal(reindexed(tree.body, tree.index, index)).cancelled()
    running = [i for i in range(len(field.keys)) if _runs(field, i, index)]
    span = _Span(tree.index, index, lower, upper)
    # The closed forms hold for upper ≥ lower − 1; a sum that ends before is empty.
    in_order = nonnegative(upper - lower + field.one)
    den = field.lift(body.den)
    if not in_order or any(m[i] for m in den for i in running):
        return _atom(field, span, function_tree(body), nonnegative=nonnegative(body))
    total = field.zero
    for monomial, coefficient in field.lift(body.num).terms():
        inside = tuple(e if i in running else 0 for i, e in enumerate(monomial))
        outside = tuple(e - r for e, r in zip(monomial, inside, strict=True))
        factor = field.number(int(coefficient)) * field.monomial(outside)
        total = total + factor * _sum_monomial(field, span, inside)
    return total / field.polynomial(den)


def power_sum(field: Field, degree: int, upper: RationalFunction) -> RationalFunction:
    """1^p + 2^p + … + n^p as a polynomial in n.

    Raises:
        TooLarge: ``degree`` is past :data:`DEGREE`.
    """
    if degree > DEGREE:
        raise TooLarge("the power of a summation index", DEGREE)
    total = field.zero
    for coefficient in reversed(_power_sum(degree)):
        total = total * upper + field.number(coefficient)
    return total


@lru_cache(maxsize=DEGREE + 1)
def _power_sum(degree: int) -> tuple[Fraction, ...]:
    """The coefficients of S_p(n), the constant first."""
    total = [Fraction(comb(degree + 1, j)) for j in range(degree + 2)]
    total[0] = Fraction(0)
    for j in range(degree):
        for place, coefficient in enumerate(_power_sum(j)):
            total[place] -= comb(degree + 1, j) * coefficient
    return tuple(c / (degree + 1) for c in total)


@dataclass(frozen=True)
class _Span:
    """An index as written and by its canonical name, with its bounds."""

    written: str
    index: str
    lower: RationalFunction
    upper: RationalFunction


def _sum_monomial(field: Field, span: _Span, monomial: tuple[int, ...]) -> RationalFunction:
    place = field.index.get(span.index)
    degree = monomial[place] if place is not None else 0
    if sum(monomial) == degree:
        below = span.lower - field.one
        return power_sum(field, degree, span.upper) - power_sum(field, degree, below)
    geometric = _geometric(field, span, monomial)
    if geometric is not None:
        return geometric
    plain = all(field.known[i].nonnegative for i, e in enumerate(monomial) if e)
    return _atom(field, span, monomial_tree(field, monomial), nonnegative=plain)


def _geometric(field: Field, span: _Span, monomial: tuple[int, ...]) -> RationalFunction | None:
    """Σ bⁱ = (bᵘ⁺¹ − bˡ)/(b − 1) for a number b ≥ 2; ``None`` for other terms."""
    places = [i for i, e in enumerate(monomial) if e]
    if len(places) != 1 or monomial[places[0]] != 1 or places[0] not in field.powers:
        return None
    base, exponent = field.powers[places[0]]
    number = base.constant()
    if number is None or number < 2 or exponent.key() != field.symbol(span.index).key():
        return None
    last = read_power(field, base, span.upper + field.one)
    return (last - read_power(field, base, span.lower)) / (base - field.one)


def _canonical_index(field: Field, tree: Series, lower: RationalFunction) -> str:
    """A name that no user can type, the same for every sum of this depth that starts alike.

    What is known of the index goes by its lower bound: Σ from 0 makes it a number that may be 0.
    """
    depth = _depth(tree)
    if nonnegative(lower - field.one):
        name, known = f"#{depth}", Known(least=1)
    elif nonnegative(lower):
        name, known = f"#{depth}.0", Known()
    else:
        name, known = f"#{depth}.any", Known(nonnegative=False)
    field.indices[name] = known
    return name


def _depth(tree: Tree) -> int:
    """How many sums are nested in each other, at most."""
    deepest = 0
    stack = [(tree, 0)]
    while stack:
        node, depth = stack.pop()
        depth += isinstance(node, Series)
        deepest = max(deepest, depth)
        stack += [(part, depth) for part in children(node)]
    return deepest


def _runs(field: Field, place: int, index: str) -> bool:
    """Whether a generator changes with the index: i itself, N_i, or an atom that holds one."""
    names = symbol_names(field.trees[place])
    return any(name == index or running(name, index) for name in names)


def _atom(field: Field, span: _Span, body: Tree, *, nonnegative: bool) -> RationalFunction:
    lower, upper = function_tree(span.lower), function_tree(span.upper)
    tree = Series(span.index, lower, upper, body)
    known = Known(integer=False, nonnegative=nonnegative)
    return field.generator(("sum", tree), tree=tree, known=known)
