"""Sums over sequences written out: Σ n_i for i = 1..L is n_1 + n_2 where L = 2.

What is written out has a size of its own for every term, and a name such as n_L is one of them.
Only so can a counterexample be sought: values for n_i and for n_L that nobody ties together might
fit no sequence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import chain

from closedform.algebra.conditions import Assumptions, Condition, assume
from closedform.algebra.exact import value
from closedform.algebra.search.witness import Fails, Search, search
from closedform.algebra.sequences import indexed_names, placed, reindexed, running
from closedform.algebra.tree import (
    Number,
    Series,
    Symbol,
    Tree,
    children,
    put,
    rebuild,
    substitute,
    symbol_names,
    total,
    walk,
)
from closedform.errors import ClosedformError

#: The longest sum that is written out.
WRITTEN_OUT = 64
#: The bounds that are tried where they are free.
FEW = (1, 2, 3)

Trees = tuple[Tree, ...]
#: Sequences: their names without an index, and their primes.
Stems = set[tuple[str, str]]
#: The size that an expression has, if it is known.
Known = Callable[[Tree], int | None]


def written_out(
    trees: Trees, assumptions: Assumptions, numbers: Mapping[str, int] | None = None
) -> tuple[Trees, Assumptions]:
    """The trees and the conditions, sums over sequences written out where the bounds are known.

    ``numbers`` are values of symbols, beside those that the conditions give. A condition on n_i
    speaks of every term.

    Raises:
        ClosedformError: the conditions do not allow the numbers.
    """
    if not any(map(indexed_names, trees)):
        return trees, assumptions
    values = {name: Number(number) for name, number in (numbers or {}).items()}

    def known(tree: Tree) -> int | None:
        tree = put(assumptions.apply(tree), values)
        if symbol_names(tree):
            return None
        with suppress(ClosedformError):  # no fraction, or no value
            found = value(tree, {})
            return found if isinstance(found, int) and found >= 0 else None
        return None

    ranges = _ranges(trees, known)
    found = [c for one in assumptions.written for c in _for_each(one, ranges)]
    sides = [side for c in found for side in (c.left, c.right)]
    names = _at_numbers((*trees, *sides), _stems(trees), known)
    fixed = [Condition("=", Symbol(name), number) for name, number in values.items()]
    if fixed or names or found != list(assumptions.written):
        found = [
            Condition(c.relation, substitute(c.left, names), substitute(c.right, names))
            for c in found
        ]
        assumptions = assume((*found, *fixed), assumptions.divisions)
    return tuple(substitute(_expanded(tree, known), names) for tree in trees), assumptions


def search_few_terms(
    names: tuple[str, ...],
    trees: Trees,
    assumptions: Assumptions,
    failing: Callable[[Tree, Tree], Fails],
    *,
    nodes: int,
) -> Search:
    """Look for values at which a claim fails among sums that have few terms.

    ``names`` are the symbols of the claim, ``failing`` says of its two sides when it fails.
    """
    tried = told = admissible = 0
    stems = _stems(trees)
    for (left, right), more in _with_few_terms(trees, assumptions):
        sizes = [name for name in names if not _is_term(name, stems) or name in more.equations]
        wanted = dict.fromkeys((*sizes, *symbol_names(left), *symbol_names(right)))
        found = search(tuple(wanted), more, failing(left, right), nodes=nodes)
        if found.values is not None:
            return found
        tried, told = tried + found.tried, told + found.told
        admissible += found.admissible
    return Search(None, False, tried, told, admissible)


def _with_few_terms(trees: Trees, assumptions: Assumptions) -> Iterator[tuple[Trees, Assumptions]]:
    """The trees where all sums over sequences have few terms; the conditions say how many."""
    places = [
        bound
        for node in chain.from_iterable(map(walk, trees))
        if isinstance(node, Series) and indexed_names(node)
        for bound in (node.lower, node.upper)
    ]
    stems = _stems(trees)
    free = {name for tree in trees for name in symbol_names(tree)}
    for index, term in filter(None, map(placed, free)):
        if index in free and (term.stem, term.primes) in stems:
            places.append(Symbol(index))
    ends = {name for place in places for name in symbol_names(assumptions.apply(place))}
    for number in FEW:
        values = dict.fromkeys(sorted(ends), number)
        with suppress(ClosedformError):  # the conditions do not allow this number
            sides, more = written_out(trees, assumptions, values)
            if not any(map(indexed_names, sides)):
                yield sides, more


def _is_term(name: str, stems: Stems) -> bool:
    """Whether a name, such as n_L, is a term of a sequence that is summed."""
    place = placed(name)
    return place is not None and (place[1].stem, place[1].primes) in stems


def _stems(trees: Trees) -> Stems:
    """The sequences that are summed: their names without an index."""
    found = set()
    for node in chain.from_iterable(map(walk, trees)):
        if isinstance(node, Series):
            terms = (running(name, node.index) for name in symbol_names(node.body))
            found |= {(term.stem, term.primes) for term in terms if term}
    return found


def _ranges(trees: Trees, known: Known) -> dict[str, set[int]]:
    """The numbers that each index runs through, as far as they are known."""
    found: dict[str, set[int]] = {}
    for node in chain.from_iterable(map(walk, trees)):
        if isinstance(node, Series):
            found.setdefault(node.index, set()).update(_span(node, known) or ())
    return found


def _span(tree: Series, known: Known) -> range | None:
    """The values of the index, if they are known and few."""
    lower, upper = known(tree.lower), known(tree.upper)
    if lower is None or upper is None:
        return None
    span = range(lower, upper + 1)
    return span if len(span) <= WRITTEN_OUT else None


def _for_each(condition: Condition, ranges: Mapping[str, set[int]]) -> Iterator[Condition]:
    """A condition on n_i for each i; another one as it is."""
    names = (*symbol_names(condition.left), *symbol_names(condition.right))
    for index, numbers in ranges.items():
        if numbers and any(running(name, index) for name in names):
            for number in sorted(numbers):
                sides = (_at(side, index, number) for side in (condition.left, condition.right))
                yield Condition(condition.relation, *sides)
            return
    yield condition


def _at_numbers(trees: Trees, stems: Stems, known: Known) -> dict[str, Tree]:
    """Names such as n_L where L is known, and the terms that they are."""
    found: dict[str, Tree] = {}
    for name in {name for tree in trees for name in symbol_names(tree)}:
        place = placed(name)
        if place is None or (place[1].stem, place[1].primes) not in stems:
            continue
        number = known(Symbol(place[0]))
        if number is not None:
            found[name] = Symbol(place[1].at(str(number)))
    return found


def _expanded(tree: Tree, known: Known) -> Tree:
    if not any(isinstance(node, Series) for node in walk(tree)):
        return tree
    parts = tuple(_expanded(part, known) for part in children(tree))
    if not isinstance(tree, Series):
        return rebuild(tree, parts)
    tree = Series(tree.index, *parts)
    span = _span(tree, known)
    if span is None or not any(running(name, tree.index) for name in symbol_names(tree.body)):
        return tree
    return total(_at(tree.body, tree.index, number) for number in span)


def _at(tree: Tree, index: str, number: int) -> Tree:
    """``tree`` where the index is a number, and n_i the term at this number."""
    return substitute(reindexed(tree, index, str(number)), {str(number): Number(number)})
