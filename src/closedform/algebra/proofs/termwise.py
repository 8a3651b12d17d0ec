"""Orders between sums over the same indices that hold term by term."""

from __future__ import annotations

from itertools import pairwise, permutations

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.indexed import running
from closedform.algebra.normal_form.build import polynomial_tree
from closedform.algebra.normal_form.polynomials import Polynomial
from closedform.algebra.normal_form.rational import Field, RationalFunction
from closedform.algebra.normal_form.signs import in_order, nonnegative, positive
from closedform.algebra.proofs.bounds import prove_sign
from closedform.algebra.sequences import reindexed
from closedform.algebra.tree import (
    ONE,
    Call,
    Negative,
    Product,
    Quotient,
    Series,
    Sum,
    Symbol,
    Tree,
    mapped,
    symbol_names,
)
from closedform.algebra.work import Work

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
    numbers is added, from that and from what both are at each of these. What is at least the
    largest is at least each.

    Raises:
        TooLarge: a bound on the work is passed.
        UndefinedValue: a side has no value anywhere.
    """
    match large, small:
        case _, Call(function="max", arguments=parts):
            pairs = [(large, part) for part in parts]
        case Call(function="min", arguments=parts), _:
            pairs = [(part, small) for part in parts]
        case _:
            return _larger(large, small, assumptions, strict=strict, work=work)
    methods = [larger_termwise(*pair, assumptions, strict=strict, work=work) for pair in pairs]
    return methods[0] if all(methods) else None


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
