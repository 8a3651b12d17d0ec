"""Sums over sequences written out: Σ n_i for i = 1..L is n_1 + n_2 where L = 2.

What is written out has a size of its own for every term, and a name such as n_L is one of them.
Only so can a counterexample be sought: values for n_i and for n_L that nobody ties together might
fit no sequence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain, product
from math import ceil

from closedform.algebra.assumptions import Assumptions, Condition, assume
from closedform.algebra.exact import value
from closedform.algebra.search.every_term import (
    Known,
    for_each_term,
    indices_of,
    own_terms,
    sequences_of,
)
from closedform.algebra.search.witness import Fails, Search, search
from closedform.algebra.sequences.indexed import is_index, placed, running
from closedform.algebra.sequences.terms import (
    Stems,
    indexed_names,
    reindexed,
    sequence_of,
    stems_of,
)
from closedform.algebra.tree import (
    Number,
    Series,
    Symbol,
    Tree,
    mapped,
    put,
    substitute,
    symbol_names,
    total,
    walk,
)
from closedform.errors import ClosedformError, TooLarge
from closedform.records import replace

#: The longest sum that is written out, and the most nodes that this makes.
WRITTEN_OUT, NODES = 64, 20_000
#: The bounds that are tried where they are free, and the share of the search for bounds that
#: differ from each other.
FEW, SHARE = (1, 2, 3, 0), 8

Trees = tuple[Tree, ...]


def written_out(
    trees: Trees, assumptions: Assumptions, numbers: Mapping[str, int] | None = None
) -> tuple[Trees, Assumptions]:
    """The trees and the conditions, sums over sequences written out where the bounds are known.

    ``numbers`` are values of symbols, beside those that the conditions give. A condition on n_i
    speaks of every term.

    Raises:
        ClosedformError: the conditions do not allow the numbers.
    """
    stems = sequences_of(trees, assumptions)
    if not stems:
        return trees, assumptions
    if not numbers:
        _check_indices(trees, assumptions)
    values = {name: Number(number) for name, number in (numbers or {}).items()}

    given = known = partial(_known, assumptions, {})
    if values:
        known = partial(_known, assumptions, values)
    places = _places_of_terms(trees, assumptions, stems_of(trees))
    if not numbers and any(known(at) is None for at in places):
        return trees, assumptions
    expanded = tuple(_expanded(tree, known) for tree in trees)
    names = _at_numbers(expanded, stems, known)
    seen = tuple(substitute(tree, names) for tree in expanded)
    conditions = [
        Condition(c.relation, _expanded(c.left, known), _expanded(c.right, known))
        for c in for_each_term(assumptions.written, stems, trees, seen, given, known)
    ]
    sides = [side for condition in conditions for side in condition.sides]
    names = _at_numbers((*expanded, *sides), stems, known)
    fixed = [Condition("=", Symbol(name), number) for name, number in values.items()]
    if fixed or names or conditions != list(assumptions.written):
        conditions = [
            Condition(c.relation, substitute(c.left, names), substitute(c.right, names))
            for c in conditions
        ]
        assumptions = assume((*conditions, *fixed), assumptions.divisions)
    return tuple(substitute(tree, names) for tree in expanded), assumptions


def search_few_terms(
    names: tuple[str, ...],
    trees: Trees,
    assumptions: Assumptions,
    fails_of: Callable[[Tree, Tree], Fails],
    *,
    nodes: int,
) -> Search:
    """Look for values at which a claim fails among sums that have few terms.

    ``names`` are the symbols of the claim, ``fails_of`` says of its two sides when it fails.
    """
    tried = told = admissible = 0
    stems, summed = sequences_of(trees, assumptions), indexed_names(*trees)
    for turn, ((left, right), more) in enumerate(_with_few_terms(trees, assumptions, stems)):
        known = more.equations.keys() - summed
        sizes = [name for name in names if not _is_term(name, stems) or name in known]
        wanted = dict.fromkeys((*sizes, *symbol_names(left), *symbol_names(right)))
        share = nodes if turn < len(FEW) else nodes // SHARE
        searched = search(tuple(wanted), more, fails_of(left, right), nodes=share)
        if searched.values is not None:
            return replace(searched, sides=(left, right))
        tried, told = tried + searched.tried, told + searched.told
        admissible += searched.admissible
    return Search(None, False, tried, told, admissible)


def _with_few_terms(
    trees: Trees, assumptions: Assumptions, stems: Stems
) -> Iterator[tuple[Trees, Assumptions]]:
    """The trees where all sums over sequences have few terms; the conditions say how many."""
    places = [
        bound
        for node in chain.from_iterable(map(walk, trees))
        if isinstance(node, Series) and indexed_names(node)
        for bound in (node.lower, node.upper)
    ]
    places += _places_of_terms(trees, assumptions, stems)
    indices = {n.index for tree in trees for n in walk(tree) if isinstance(n, Series)}
    ends = {
        name
        for place in places
        for name in symbol_names(assumptions.apply(place))
        if name not in indices and not any(running(name, index) for index in indices)
    }
    least = [ceil(assumptions.domain(name).least) for name in sorted(ends)]
    few = (tuple(map(max, least, numbers)) for numbers in _few(len(ends)))
    summed = any(map(indexed_names, trees))
    if not (ends or summed or _left_open(assumptions.written, stems)):
        yield trees, assumptions  # all terms have a size of their own
    for numbers in dict.fromkeys(few) if ends else ():
        values = dict(zip(sorted(ends), numbers, strict=True))
        with suppress(ClosedformError):  # the conditions do not allow this number
            sides, more = written_out(trees, assumptions, values)
            if any(map(indexed_names, sides)):
                # A bound that was a term itself, as in Σ_i Σ_{j ≤ n_i}, is a name of its own now.
                yield from _with_few_terms(sides, more, stems_of(sides))
            else:
                yield sides, more


def _left_open(conditions: Sequence[Condition], stems: Stems) -> bool:
    """Whether it is open of which terms a condition speaks: of neighbours, or within bounds."""
    plain = [condition for condition in conditions if not own_terms(condition)]
    bounded = {n for c in plain for n in c.names if c.lowest(n) not in (0, 1)}
    return any(
        is_index(index) and (index in bounded or len(shifts) > 1)
        for condition in conditions
        for stem, places in own_terms(condition).items()
        if stem in stems
        for index, shifts in places.items()
        if index
    )


def _places_of_terms(trees: Trees, assumptions: Assumptions, stems: Stems) -> list[Symbol]:
    """Where terms such as n_m stand: m is a size of the claim, or of a condition such as m ≤ L."""
    summed = stems_of(trees)
    free = {*symbol_names(*trees)}
    sides = (side for condition in assumptions.written for side in condition.sides)
    sizes = free | set(chain.from_iterable(map(symbol_names, sides))) - indices_of(trees)
    places = []
    for name, (index, term) in ((n, at) for n in sorted(sizes) if (at := placed(n))):
        # L need be no size in n_L of which a condition speaks as of every term.
        allowed = free if name not in free else sizes if term.sequence in summed else {index}
        if term.sequence in stems and index in allowed:
            places.append(Symbol(index))
    return places


def _few(count: int) -> Iterator[tuple[int, ...]]:
    """Numbers for the bounds: all the same, then one of them another than the rest."""
    for number in FEW:
        yield (number,) * count
    for place, number, rest in product(range(count) if count > 1 else (), FEW, FEW):
        if number != rest and (count > 2 or place == 0):
            yield (*(rest,) * place, number, *(rest,) * (count - place - 1))


def _check_indices(trees: Trees, assumptions: Assumptions) -> None:
    """Refuse a condition on the index of a sum itself, such as k = 3 for Σ n_k."""
    for condition in assumptions.written:
        names = condition.names
        for index in sorted(indices_of(trees) & names):
            if not any(running(name, index) for name in names):
                raise ClosedformError(
                    f"{index} is the index of a sum, and a condition says what it is",
                    f"give the index of the sum another name than {index}",
                )


def _is_term(name: str, stems: Stems) -> bool:
    """Whether a name, such as n_L, is a term of a sequence that is summed."""
    place = placed(name)
    return place is not None and sequence_of(name, place[0]) in stems


def _span(tree: Series, known: Known) -> range | None:
    """The values of the index, if they are known and few."""
    lower, upper = known(tree.lower), known(tree.upper)
    if lower is None or upper is None:
        return None
    span = range(lower, upper + 1)
    return span if len(span) <= WRITTEN_OUT else None


def _at_numbers(trees: Trees, stems: Stems, known: Known) -> dict[str, Tree]:
    """Names such as n_L where L is known, and the terms that they are."""
    terms: dict[str, Tree] = {}
    for name in symbol_names(*trees):
        place = placed(name)
        if place is None or place[1].sequence not in stems:
            continue
        number = known(Symbol(place[0]))
        if number is not None and number >= 0:
            terms[name] = Symbol(place[1].at(str(number)))
    return terms


def _known(assumptions: Assumptions, values: Mapping[str, Tree], tree: Tree) -> int | None:
    """The size that an expression has by the conditions and the values, if it has one."""
    tree = put(assumptions.apply(tree), values)
    with suppress(ClosedformError):  # no fraction, or no value
        size = None if symbol_names(tree) else value(tree, {})
        return size if isinstance(size, int) else None
    return None


def _expanded(tree: Tree, known: Known) -> Tree:
    """Sums over sequences term by term, the outer ones first: an inner bound may hold the index."""
    span = _span(tree, known) if isinstance(tree, Series) and indexed_names(tree) else None
    if not isinstance(tree, Series) or span is None:
        return mapped(tree, lambda part: _expanded(part, known))
    terms = [_expanded(_at(tree.body, tree.index, number), known) for number in span]
    if sum(1 for term in terms for _ in walk(term)) > NODES:
        raise TooLarge("the number of terms of a sum that is written out", NODES)
    return total(terms)


def _at(tree: Tree, index: str, number: int) -> Tree:
    """``tree`` where the index is a number, and n_i the term at this number."""
    return substitute(reindexed(tree, index, str(number)), {str(number): Number(number)})
