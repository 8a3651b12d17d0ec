"""Sums over an index: closed forms of polynomial terms, one atom for each other kind of term.

Source of the closed forms: Graham, Knuth, Patashnik, Concrete Mathematics, section 6.5 (sums of
powers), here by the telescoping recurrence (n+1)^(p+1) − 1 = Σ_j C(p+1, j)·S_j(n) over j ≤ p.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from math import comb

from closedform.algebra.domains import SIZE
from closedform.algebra.indexed import running
from closedform.algebra.normal_form.build import function_tree, monomial_tree
from closedform.algebra.normal_form.geometric import Span, falling, geometric
from closedform.algebra.normal_form.known import Known
from closedform.algebra.normal_form.polynomials import powers_in
from closedform.algebra.normal_form.powers import is_positive
from closedform.algebra.normal_form.rational import Field, RationalFunction
from closedform.algebra.normal_form.signs import least_of, never_zero, nonnegative
from closedform.algebra.sequences import (
    at_place,
    from_one_on,
    from_the_index_on,
    indexed_names,
    is_total,
    reindexed,
)
from closedform.algebra.tree import (
    ONE,
    ZERO,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Series,
    Sum,
    Symbol,
    Tree,
    children,
    substitute,
    symbol_names,
    walk,
)
from closedform.errors import TooLarge, UndefinedValue

#: The highest power of the index that is summed in closed form.
DEGREE = 40
#: The most terms that are split off a sum.
FEW = 8


def read_series(field: Field, tree: Series) -> RationalFunction:
    """Σ body: constants come out, polynomials in the index are summed, the rest is an atom."""
    tree = from_the_index_on(tree)
    lower, upper = field.normal(tree.lower).cancelled(), field.normal(tree.upper).cancelled()
    field.needs += (lower, "is an integer"), (upper, "is an integer")
    count = upper - lower + field.one
    if nonnegative(-count):
        return field.zero
    ordered = in_order(field, count)
    if not ordered and lower.constant() != 1 and not indexed_names(tree):
        return read_series(field, from_one_on(tree))
    index = _canonical_index(field, tree, lower)
    for name in symbol_names(tree.body):
        if field.domains.get(name, SIZE).low is not None and (term := running(name, tree.index)):
            # A condition on n_i speaks of every term.
            field.indices.setdefault(term.at(index), field.domain(name))
    # Where there is a term, its index is at most the upper bound.
    given, field.given = field.given, (*field.given, tree.upper - Symbol(index))
    body = field.normal(reindexed(tree.body, tree.index, index)).cancelled()
    field.given = given
    moving = [i for i in range(len(field.keys)) if _runs(field, i, index)]
    # The closed forms hold for upper ≥ lower − 1; a sum that ends before is empty.
    span = Span(index, lower, upper, ordered)
    den = field.lift(body.den)
    if any(m[i] for m in den for i in moving):
        closed = falling(field, span, body, moving) if ordered else None
        return closed or _atom(field, span, function_tree(body), nonnegative=nonnegative(body))
    total = field.zero
    for monomial, coefficient in field.lift(body.num).terms():
        inside = tuple(e if i in moving else 0 for i, e in enumerate(monomial))
        outside = tuple(e - r for e, r in zip(monomial, inside, strict=True))
        factor = field.number(int(coefficient)) * field.monomial(outside)
        total = total + factor * _sum_monomial(field, span, inside)
    return total / field.polynomial(den)


def in_order(field: Field, room: RationalFunction) -> bool:
    """Whether a sum is seen to end no more than one before it starts, from the conditions too."""
    if nonnegative(room):
        return True
    plain = (h for h in field.given if not any(isinstance(node, Series) for node in walk(h)))
    return any(nonnegative(room - field.normal(h)) for h in plain)


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


def _sum_monomial(field: Field, span: Span, monomial: tuple[int, ...]) -> RationalFunction:
    place = field.index.get(span.index)
    degree = monomial[place] if place is not None else 0
    if span.in_order and sum(monomial) == degree:
        below = span.lower - field.one
        return power_sum(field, degree, span.upper) - power_sum(field, degree, below)
    closed = geometric(field, span, monomial) if span.in_order else None
    if closed is not None:
        return closed
    plain = all(field.known[i].nonnegative for i, e in powers_in(monomial))
    return _atom(field, span, monomial_tree(field, monomial), nonnegative=plain)


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


def _atom(field: Field, span: Span, body: Tree, *, nonnegative: bool) -> RationalFunction:
    """The atom of a sum, and the first and last terms that it is written without."""
    lower, upper = function_tree(span.lower), function_tree(span.upper)
    tree = from_the_index_on(Series(span.index, lower, upper, body))
    count = span.upper - span.lower + field.one
    if span.in_order and (whole := _from_one(field, tree)) is not None:
        if nonnegative:
            field.at_least.append((whole, least_of(field, field.normal(tree.body)) * count))
        return whole
    ends, over = _ends(field, span, tree)
    terms = [at_place(tree.body, tree.index, place, shift) for _, place, shift in ends]
    if None in terms:
        ends, terms, over = [], [], tree
    total = field.zero
    for (sign, *_), term in zip(ends, terms, strict=True):
        total = total + field.number(sign) * field.normal(term or ZERO)
    if over.upper == ZERO and over.lower == ONE:
        return total
    if over != tree or span.index != _canonical_index(field, tree, field.normal(tree.lower)):
        return total + read_series(field, over)
    known = Known(integer=False, nonnegative=nonnegative)
    atom = field.generator(("sum", tree), tree=tree, known=known)
    if nonnegative:  # A sum that ends before it starts is 0, and what it is at least is below.
        field.at_least.append((atom, least_of(field, field.normal(tree.body)) * count))
    return atom


def _from_one(field: Field, tree: Series) -> RationalFunction | None:
    """Σ over a..b, a symbolic, as Σ over 1..b less Σ over 1..a−1, where the terms have values."""
    lower = field.normal(tree.lower).cancelled()
    if lower.constant() is not None or not nonnegative(lower - field.one):
        return None
    if not _is_total(field, tree.body):
        return None
    before = function_tree(lower - field.one)
    whole = read_series(field, replace(tree, lower=ONE))
    return whole - read_series(field, replace(tree, lower=ONE, upper=before))


def _is_total(field: Field, body: Tree) -> bool:
    """Whether a term has a value for every index from 1 on: what its sum ends before, too.

    It is a polynomial, or no denominator vanishes and what has an exponent is positive.
    """
    if is_total(body):
        return True
    for node in walk(body):
        match node:
            case Symbol() | Number() | Sum() | Product() | Negative():
                continue
            case Quotient(denominator=below) if never_zero(field.normal(below).num, field):
                continue
            case Power(base=base) if is_positive(field.normal(base).cancelled()):
                continue
        return False
    return True


#: Whether the term at a place (a symbol or number, and a shift) is added or taken away.
Ends = list[tuple[int, Tree, int]]


def _ends(field: Field, span: Span, tree: Series) -> tuple[Ends, Series]:
    """The terms by which a sum over a..L+c differs from one over 1..L, and this one.

    Terms that the sum itself does not have must have a value: those of a polynomial always do.
    """
    lower, upper = field.normal(tree.lower).cancelled(), field.normal(tree.upper).cancelled()
    start, stop, total = lower.constant(), upper.constant(), _is_total(field, tree.body)
    if not span.in_order or start is None or start.denominator != 1 or not 0 <= start <= FEW:
        return [], tree
    before = start > 1 and not _has_values(field, tree, range(1, int(start)))
    if (before or (start == 0 and not nonnegative(upper))) and not total:
        return [], tree
    ends: Ends = [(-1, Number(i), 0) for i in range(1, int(start))]
    ends += [(1, ZERO, 0)] * (start == 0)
    past = int(upper.num.get(field.ring.zero_monom, 0)) if upper.den == 1 else 0
    top = upper - field.number(past)
    place = function_tree(top)
    plain = isinstance(place, Symbol) or stop is not None
    if plain and abs(past) <= FEW and (past > 0 or total) and nonnegative(top):
        ends += [(1, place, shift) for shift in range(1, past + 1)]
        ends += [(-1, place, shift) for shift in range(past + 1, 1)]
    elif nonnegative(upper):
        place = tree.upper
    else:
        return [], tree
    return ends, Series(tree.index, ONE, place, tree.body)


def _has_values(field: Field, tree: Series, places: range) -> bool:
    """Whether the terms at these places have values; told where the index is their only symbol."""
    if set(symbol_names(tree.body)) - {tree.index}:
        return False
    try:
        for place in places:
            field.normal(substitute(tree.body, {tree.index: Number(place)}))
    except UndefinedValue:
        return False
    return True
