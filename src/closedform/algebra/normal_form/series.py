"""Sums over an index: what has a closed form, and one atom for each other kind of term."""

from __future__ import annotations

from functools import partial

from closedform.algebra.domains import SIZE, Known
from closedform.algebra.normal_form.build import function_tree, places_in
from closedform.algebra.normal_form.polynomials import Monomial
from closedform.algebra.normal_form.rational import Field, RationalFunction
from closedform.algebra.normal_form.signs import (
    in_order,
    integer_valued,
    is_positive,
    least_of,
    never_zero,
    nonnegative,
)
from closedform.algebra.normal_form.summation import (
    Span,
    geometric,
    partial_fractions,
    positive_parts,
    runs,
)
from closedform.algebra.sequences.indexed import running
from closedform.algebra.sequences.terms import (
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
    Call,
    Number,
    Power,
    Quotient,
    Series,
    Symbol,
    Tree,
    children,
    symbol_names,
)
from closedform.records import replace

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
    # The closed forms hold for upper ≥ lower − 1; a sum that ends before is empty.
    return _sum(field, Span(index, lower, upper, ordered), body)


def _sum(field: Field, span: Span, body: RationalFunction) -> RationalFunction:
    """Σ body, term by term; what does not change with the index comes out of each."""
    body = body.cancelled()
    moving = [i for i in places_in(body.num, body.den) if runs(field, i, span.index)]
    below, outside = _parted(field, body.den.shared(), moving)
    rest = field.polynomial(body.den.over(body.den.shared()))
    if any(m[i] for m in rest.num for i in moving):
        below = below * rest
    else:
        outside = outside * rest
    total = field.zero
    for monomial, coefficient in body.num.terms():
        inside, factor = _parted(field, monomial, moving)
        term = _sum_term(field, span, (inside / below).cancelled())
        total = total + field.number(coefficient) * factor * term
    return total / outside


def _parted(
    field: Field, monomial: Monomial, moving: list[int]
) -> tuple[RationalFunction, RationalFunction]:
    """The product of the powers that change with the index, and of the others."""
    inside = tuple(e if i in moving else 0 for i, e in enumerate(monomial))
    outside = tuple(e - r for e, r in zip(monomial, inside, strict=True))
    return field.monomial(inside), field.monomial(outside)


def _sum_term(field: Field, span: Span, term: RationalFunction) -> RationalFunction:
    """Σ of a product of powers over a polynomial, in closed form or as an atom."""
    if span.in_order:
        closed = geometric(field, span, term)
        closed = closed or positive_parts(field, span, term, partial(_sum, field))
        closed = closed or partial_fractions(field, span, term, partial(_counted_anew, field))
        if closed:
            return closed
    return _atom(field, span, function_tree(term), nonnegative=nonnegative(term))


def _counted_anew(field: Field, span: Span, body: RationalFunction) -> RationalFunction:
    """Σ body over a span of which the index may start elsewhere than its name says."""
    lower, upper, term = map(function_tree, (span.lower, span.upper, body))
    return read_series(field, Series(span.index, lower, upper, term))


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
    return isinstance(tree, Series) + max(map(_depth, children(tree)), default=0)


def _atom(field: Field, span: Span, body: Tree, *, nonnegative: bool) -> RationalFunction:
    """The atom of a sum, and the first and last terms that it is written without."""
    lower, upper = function_tree(span.lower), function_tree(span.upper)
    tree = from_the_index_on(Series(span.index, lower, upper, body))
    count = span.upper - span.lower + field.one
    if span.in_order and (whole := _from_one(field, tree)) is not None:
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
        field.at_least.append((atom, field.number(least_of(field.normal(tree.body))) * count))
    return atom


def _from_one(field: Field, tree: Series) -> RationalFunction | None:
    """Σ over a..b, a symbolic, as Σ over 1..b less Σ over 1..a−1, where the terms have values."""
    lower = field.normal(tree.lower).cancelled()
    if lower.constant() is not None or not nonnegative(lower - field.one):
        return None
    if not is_total(tree.body, partial(_has_value, field)):
        return None
    before = function_tree(lower - field.one)
    whole = read_series(field, replace(tree, lower=ONE))
    return whole - read_series(field, replace(tree, lower=ONE, upper=before))


def _has_value(field: Field, node: Tree) -> bool:
    """Whether a function has a value at every index from 1 on, where its arguments have."""
    match node:
        case Quotient(denominator=below):
            return never_zero(field.normal(below).num, field)
        case Power(base=of) | Call(function="sqrt" | "log", arguments=(of,)):
            return is_positive(field.normal(of).cancelled())
        case Call(function="factorial", arguments=(of,)):
            value = field.normal(of)
            return nonnegative(value) and integer_valued(value)
    return False


#: Whether the term at a place (a symbol or number, and a shift) is added or taken away.
Ends = list[tuple[int, Tree, int]]


def _ends(field: Field, span: Span, tree: Series) -> tuple[Ends, Series]:
    """The terms by which a sum over a..L+c differs from one over 1..L, and this one.

    Terms that the sum itself does not have must have a value: those of a polynomial always do.
    """
    lower, upper = field.normal(tree.lower).cancelled(), field.normal(tree.upper).cancelled()
    start, stop = lower.constant(), upper.constant()
    total = is_total(tree.body, partial(_has_value, field))
    if not span.in_order or start is None or start.denominator != 1 or not 0 <= start <= FEW:
        return [], tree
    if (start > 1 or (start == 0 and not nonnegative(upper))) and not total:
        return [], tree
    ends: Ends = [(-1, Number(i), 0) for i in range(1, int(start))]
    ends += [(1, ZERO, 0)] * (start == 0)
    past = int(upper.num.get(field.ring.zero_monom, 0)) if upper.den == 1 else 0
    top = upper - field.number(past)
    place = function_tree(top)
    plain = isinstance(place, Symbol) or stop is not None or not indexed_names(tree)
    if plain and abs(past) <= FEW and (past > 0 or total) and nonnegative(top):
        ends += [(1, place, shift) for shift in range(1, past + 1)]
        ends += [(-1, place, shift) for shift in range(past + 1, 1)]
    elif nonnegative(upper):
        place = tree.upper
    else:
        return [], tree
    return ends, Series(tree.index, ONE, place, tree.body)
