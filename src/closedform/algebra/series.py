"""Sums over an index: closed forms of polynomial terms, one atom for each other kind of term.

Source of the closed forms: Graham, Knuth, Patashnik, Concrete Mathematics, section 6.5 (sums of
powers), here by the telescoping recurrence (n+1)^(p+1) − 1 = Σ_j C(p+1, j)·S_j(n) over j ≤ p.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import comb

from closedform.algebra.build import function_tree, monomial_tree
from closedform.algebra.normal import Field, RationalFunction
from closedform.algebra.signs import nonnegative
from closedform.algebra.tree import (
    ZERO,
    Number,
    Series,
    Symbol,
    Tree,
    add,
    children,
    rebuild,
    substitute,
    symbol_names,
    walk,
)
from closedform.errors import TooLarge

#: The highest power of the index that is summed in closed form.
DEGREE = 40
#: The longest sum over indexed names that is written out term by term.
WRITTEN_OUT = 64


def read_series(field: Field, tree: Series) -> RationalFunction:
    """Σ body: constants come out, polynomials in the index are summed, the rest is an atom."""
    index = _canonical_index(tree)
    body = field.normal(substitute(tree.body, indexed(tree.body, tree.index, index))).cancelled()
    lower, upper = field.normal(tree.lower), field.normal(tree.upper)
    running = [i for i in range(len(field.keys)) if _runs(field, i, index)]
    span = _Span(tree.index, index, lower, upper)
    empty_at_most = nonnegative(upper - lower + field.one)
    if not empty_at_most or any(m[i] for m in field.lift(body.den) for i in running):
        return _atom(field, span, function_tree(body))
    total = field.zero
    for monomial, coefficient in field.lift(body.num).terms():
        inside = tuple(e if i in running else 0 for i, e in enumerate(monomial))
        outside = tuple(e - r for e, r in zip(monomial, inside, strict=True))
        factor = field.ring.from_dict({outside: coefficient})
        summed = _sum_monomial(field, span, inside)
        total = total + RationalFunction(field, factor, field.ring.one) * summed
    return total / RationalFunction(field, field.lift(body.den), field.ring.one)


def power_sum(field: Field, degree: int, upper: RationalFunction) -> RationalFunction:
    """1^p + 2^p + … + n^p as a polynomial in n."""
    if degree > DEGREE:
        raise TooLarge("the power of a summation index", DEGREE)
    sums: list[RationalFunction] = []
    for p in range(degree + 1):
        value = (upper + field.one) ** (p + 1) - field.one
        for j, earlier in enumerate(sums):
            value = value - field.number(comb(p + 1, j)) * earlier
        sums.append(value / field.number(p + 1))
    return sums[degree]


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
    return _atom(field, span, monomial_tree(field, monomial))


def _canonical_index(tree: Series) -> str:
    """A name that no user can type, the same for every sum of this depth."""
    return f"#{sum(isinstance(node, Series) for node in walk(tree))}"


def _runs(field: Field, place: int, index: str) -> bool:
    """Whether a generator changes with the index: i itself, N_i, or an atom that holds one."""
    names = symbol_names(field.trees[place])
    return any(name == index or name.endswith(f"_{index}") for name in names)


def _atom(field: Field, span: _Span, body: Tree) -> RationalFunction:
    lower, upper = function_tree(span.lower), function_tree(span.upper)
    key = ("sum", Series(span.index, lower, upper, body))
    shown = substitute(body, indexed(body, span.index, span.written))
    tree = Series(span.written, lower, upper, shown)
    return field.generator(key, tree=tree, integer=False, nonnegative=False)


def indexed(body: Tree, index: str, other: str) -> dict[str, Tree]:
    """The index and the names indexed by it (N_i), and what they are called under another index."""
    renamed: dict[str, Tree] = {index: Symbol(other)}
    for name in symbol_names(body):
        stem, underscore, subscript = name.rpartition("_")
        if underscore and subscript == index:
            renamed[name] = Symbol(f"{stem}_{other}")
    return renamed


def expand_indexed(tree: Tree, known: Callable[[Tree], Tree]) -> Tree:
    """Write out short sums over indexed names: Σ N_s for s = 1..2 is N_1 + N_2.

    ``known`` puts in what the conditions say of the bounds.
    """
    parts = tuple(expand_indexed(part, known) for part in children(tree))
    if not isinstance(tree, Series):
        return rebuild(tree, parts) if parts else tree
    tree = Series(tree.index, *parts)
    lower, upper = known(tree.lower), known(tree.upper)
    if not (isinstance(lower, Number) and isinstance(upper, Number)):
        return tree
    if len(indexed(tree.body, tree.index, "")) < 2 or not 0 <= upper.value - lower.value < WRITTEN_OUT:
        return tree
    total: Tree = ZERO
    for i in range(int(lower.value), int(upper.value) + 1):
        values = indexed(tree.body, tree.index, str(i))
        total = add(total, substitute(tree.body, {**values, tree.index: Number(i)}))
    return total
