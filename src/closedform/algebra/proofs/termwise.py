"""Orders between sums: term by term, over the same indices, and by induction.

Where E(N) = left − right, E(a) ≥ 0 and E(N+1) − q·E(N) ≥ 0 for a q > 0 and all N ≥ a say that
E(N) ≥ 0; with = in both, that E(N) = 0. The sum over 1..N+1 is the one over 1..N and its last term.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, pairwise, permutations

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.defined import needs
from closedform.algebra.normal_form.build import function_tree, polynomial_tree
from closedform.algebra.normal_form.polynomials import Polynomial
from closedform.algebra.normal_form.rational import Field, RationalFunction
from closedform.algebra.normal_form.signs import in_order, is_positive, nonnegative, positive
from closedform.algebra.proofs.bounds import prove_sign
from closedform.algebra.sequences.indexed import is_index, placed, running
from closedform.algebra.sequences.terms import (
    at_place,
    indexed_names,
    is_total,
    reindexed,
    stems_of,
)
from closedform.algebra.tree import (
    ONE,
    Negative,
    Number,
    Product,
    Quotient,
    Series,
    Sum,
    Symbol,
    Tree,
    mapped,
    sums_in,
    symbol_names,
    walk,
)
from closedform.algebra.work import Work
from closedform.records import replace

#: An index that no user can type.
_INDEX = "#i"
Sums = dict[Series, Symbol]
#: How many spans are put in order.
SPANS = 3


def larger_termwise(
    large: Tree, small: Tree, assumptions: Assumptions, *, strict: bool, work: Work
) -> str | None:
    """Show ``large`` ≥ ``small`` (``strict``: >), both linear in sums over the same indices.

    Σ a·f + b·(number of terms) ≥ 0 follows from a·f + b ≥ 0 at every index; where a sum over fewer
    numbers is added, from that and from what both are at each of these.

    Raises:
        TooLarge: a bound on the work is passed.
        UndefinedValue: a side has no value anywhere.
    """
    method = _larger(large, small, assumptions, strict=strict, work=work)
    return method or _by_conditions(large, small, assumptions, strict=strict, work=work)


def _larger(
    large: Tree, small: Tree, assumptions: Assumptions, *, strict: bool, work: Work
) -> str | None:
    sums: Sums = {}
    difference = _named(assumptions.apply(large), sums) - _named(assumptions.apply(small), sums)
    field = assumptions.field(difference, work=work)
    value = field.normal(difference).cancelled()
    spans = _nested(field, sums)
    if not (spans and positive(value.den, field)):
        return None
    parts = _by_sum(value, sums)
    if parts is None:
        return None
    first = spans[0]
    count = field.normal(first.upper - first.lower + ONE)
    if count.den != 1 or not count.num:
        return None
    each, left = field.lift(parts.pop(None, field.ring.zero)).div(field.lift(count.num))
    # A sum that ends before it starts is 0, and the number of its terms below.
    empty = not strict and nonnegative(-field.polynomial(each))
    if left or not (empty or in_order(field, count - field.one if strict else count)):
        return None
    index = _index(sums, difference, assumptions)
    if index is None:
        return None
    term, methods = polynomial_tree(field, each), dict[str, None]()
    for span in spans:
        for tree, name in sums.items():
            if _within(field, tree, span) and _within(field, span, tree):
                factor = polynomial_tree(field, parts.get(name.name, field.ring.zero))
                term = term + factor * reindexed(tree.body, tree.index, index)
        known = _at_index(field, span, index, assumptions)
        method = known and prove_sign(term, known, strict=strict, work=work)
        if not method:
            return None
        methods[method] = None
    return f"term by term, {'; '.join(methods)}"


def _by_conditions(
    large: Tree, small: Tree, assumptions: Assumptions, *, strict: bool, work: Work
) -> str | None:
    """Show it from what conditions say of every term, added up over the index of each sum."""
    sums = dict.fromkeys(sums_in(large, small))
    names = {*symbol_names(large, small)} - indexed_names(large, small)
    bounds = (c.names for c in assumptions.written if not any(map(placed, c.names)))
    fixed = names.union({at[0] for name in names if (at := placed(name))}, *bounds)
    more: list[tuple[Tree, bool]] = []
    for tree, _ in assumptions.hypotheses:
        places = {at for name in symbol_names(tree) if (at := placed(name))}
        indices = {index for index, term in places if is_index(index) and index not in fixed}
        if len(indices) == 1 and all(at == min(indices) and not t.shift for at, t in places):
            said = ((total, reindexed(tree, min(indices), total.index)) for total in sums)
            more += [(replace(total, body=body), False) for total, body in said]
    given = assumptions.with_hypotheses(more)
    difference = assumptions.apply(large - small)
    return prove_sign(difference, given, strict=strict, work=work) if more else None


def _nested(field: Field, sums: Sums) -> list[Series] | None:
    """A sum for each span, every span within the one before it."""
    spans = {(field.normal(s.lower).key(), field.normal(s.upper).key()): s for s in sums}
    orders = permutations(spans.values()) if len(spans) <= SPANS else ()
    return next(
        (
            [*order]
            for order in orders
            if all(_within(field, inner, outer) for outer, inner in pairwise(order))
        ),
        None,
    )


def _within(field: Field, inner: Series, outer: Series) -> bool:
    """Whether one index is seen to run over numbers that the other runs over as well."""
    before = field.normal(inner.lower) - field.normal(outer.lower)
    after = field.normal(outer.upper) - field.normal(inner.upper)
    return in_order(field, before) and in_order(field, after)


def _at_index(
    field: Field, span: Series, index: str, assumptions: Assumptions
) -> Assumptions | None:
    """What is known where the index is one of a span; ``None`` where it may be negative."""
    start = field.normal(span.lower)
    least = next((low for low in (1, 0) if nonnegative(start - field.number(low))), None)
    if least is None:
        return None
    here = Symbol(index)
    within = [(here - span.lower, False), (span.upper - here, False)]
    return assumptions.with_symbols({}, {index: least}).with_hypotheses(within)


def _named(tree: Tree, sums: Sums) -> Tree:
    """``tree`` with a symbol for each sum; not in floors and powers, which ask what kind it is."""
    if isinstance(tree, Series):
        return sums.setdefault(tree, Symbol(f"#sum{len(sums)}"))
    if not isinstance(tree, (Sum, Product, Negative, Quotient)):
        return tree
    return mapped(tree, lambda part: _named(part, sums))


def _by_sum(value: RationalFunction, sums: Sums) -> dict[str | None, Polynomial] | None:
    """The factor of each sum in a numerator, and the rest; ``None`` where a sum is none."""
    field = value.field
    names = [name.name for name in sums.values()]
    places = {field.index[name]: name for name in names if name in field.index}
    if any(monomial[place] for monomial in field.lift(value.den) for place in places):
        return None
    parts: dict[str | None, dict[tuple[int, ...], int]] = {}
    for monomial, coefficient in field.lift(value.num).items():
        held = [place for place in places if monomial[place]]
        if len(held) > 1 or any(monomial[place] > 1 for place in held):
            return None
        bare = tuple(0 if i in held else e for i, e in enumerate(monomial))
        parts.setdefault(places[held[0]] if held else None, {})[bare] = coefficient
    return {name: field.ring.from_dict(part) for name, part in parts.items()}


def _index(sums: Sums, difference: Tree, assumptions: Assumptions) -> str | None:
    """The index that all sums have: a condition on n_i speaks of the terms of a sum over i.

    Where they differ no condition may speak of terms; ``None`` where one does, or speaks of some.
    """
    letters = {tree.index for tree in sums}
    conditioned = {name for condition in assumptions.written for name in condition.names}
    ends = (end for tree in sums for end in (tree.lower, tree.upper))
    taken = {*conditioned, *symbol_names(difference, *ends)}
    index = letters.pop() if len(letters) == 1 and not letters & taken else _INDEX
    inside = [(name, tree.index) for tree in sums for name in symbol_names(tree.body)]
    sequences = {name.split("_")[0] for name, own in inside if running(name, own)}
    terms = [n for n in conditioned if "_" in n and n.split("_")[0] in sequences]
    some = [n for n in terms if not running(n, index)]
    return None if some else index


# -- induction ------------------------------------------------------------------------------------

#: Shows that a value is 0, or ≥ 0; the second entry says whether it is the step.
Shows = Callable[[RationalFunction, bool], bool]
#: So many symbols are tried.
SYMBOLS = 2


def by_induction(
    left: Tree, right: Tree, assumptions: Assumptions, shows: Shows, work: Work
) -> str | None:
    """The method that shows left − right as ``shows`` does, for every size from the smallest on.

    Raises:
        TooLarge: a bound on the work is passed.
        UndefinedValue: a side has no value at the smallest size.
    """
    left, right = assumptions.apply(left), assumptions.apply(right)
    space = assumptions.field(left - right, work=work)
    sides = space.normal(left), space.normal(right)
    before = sides[0] - sides[1]
    gap = function_tree(before)
    # A step over a size without a value leads nowhere.
    if _speaks_of_terms(left - right, assumptions) or needs(space, sides, assumptions):
        return None
    for name in [*_ends(gap, assumptions)][:SYMBOLS]:
        start = Number(assumptions.integer_lower().get(name, 1))
        first, further = at_place(gap, name, start), at_place(gap, name, Symbol(name), 1)
        if first is None or further is None:
            continue
        if not shows(assumptions.field(first, work=work).normal(first), False):
            continue
        after = space.normal(further)
        if any(shows(after - q * before, True) for q in _factors(before, after)):
            return f"induction over {name}"
    return None


def _factors(before: RationalFunction, after: RationalFunction) -> Iterator[RationalFunction]:
    """1, and the factor > 0 by which what a sum is multiplied with grows in a step."""
    field = before.field
    yield field.one
    for place in (i for i, tree in enumerate(field.trees) if isinstance(tree, Series)):
        rows = [field.lift(side.num).by_power(place) for side in (before, after)]
        if all(set(row) <= {0, 1} and 1 in row for row in rows):
            parts = (field.polynomial(row[1]) for row in rows)
            old, new = (
                p / field.polynomial(s.den) for p, s in zip(parts, (before, after), strict=True)
            )
            factor = (new / old).cancelled()
            if factor.constant() != 1 and is_positive(factor):
                yield factor


def _speaks_of_terms(tree: Tree, assumptions: Assumptions) -> bool:
    """Whether a condition says more, or less, of a term than that it is a size."""
    stems = {stem for stem, _ in stems_of([tree])}
    names = (name for condition in assumptions.written for name in condition.names)
    return any("_" in name and name.split("_")[0] in stems for name in names)


def _ends(tree: Tree, assumptions: Assumptions) -> Iterator[str]:
    """Integers up to which sums go, of which no condition says more than the smallest one."""
    sums = [node for node in walk(tree) if isinstance(node, Series)]
    other = {*symbol_names(*(tree for tree, _ in assumptions.hypotheses))}
    other |= {*symbol_names(*chain.from_iterable(assumptions.divisions))}
    other |= {n for n, d in assumptions.domains.items() if d.real or d.high is not None}
    other |= {series.index for series in sums}
    for name in dict.fromkeys(n for series in sums for n in symbol_names(series.upper)):
        held = [series for series in sums if name in symbol_names(series.body)]
        lower = any(name in symbol_names(series.lower) for series in sums)
        if name not in other and not lower and all(is_total(series.body) for series in held):
            yield name
