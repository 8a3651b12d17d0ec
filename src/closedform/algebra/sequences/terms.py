"""Names that run with the index of a sum: n_i, and n_{i-1} for the one before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import reduce

from closedform.algebra.functions import FUNCTIONS
from closedform.algebra.sequences.indexed import Stem, counted_from, placed, running, term_at
from closedform.algebra.tree import (
    ONE,
    ZERO,
    Call,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Series,
    Sum,
    Symbol,
    Tree,
    add,
    children,
    mapped,
    rebuild,
    substitute,
    sums_in,
    symbol_names,
    walk,
)
from closedform.records import replace

#: Sequences: their names without an index, and their primes.
Stems = set[tuple[str, str]]


def reindexed(body: Tree, index: str, other: str) -> Tree:
    """``body`` with the index, and the names indexed by it (N_i), under another index.

    A sum inside that has an index of the same name keeps it.
    """
    match body:
        case Symbol(name=name):
            if name == index:
                return Symbol(other)
            term = running(name, index)
            return Symbol(term.at(other)) if term else body
        case Series(index=own, lower=lower, upper=upper, body=inner):
            kept = inner if own == index else reindexed(inner, index, other)
            lower, upper = (reindexed(part, index, other) for part in (lower, upper))
            return Series(own, lower, upper, kept)
    return mapped(body, lambda part: reindexed(part, index, other))


def at_place(body: Tree, index: str, place: Tree, shift: int = 0) -> Tree | None:
    """``body`` where the index is a number or a symbol plus ``shift``, and n_i the term there.

    ``None`` where a term would stand at a place that has no name.
    """
    written = str(place.value) if isinstance(place, Number) else getattr(place, "name", "")
    names = {n: term for n in symbol_names(body) if (term := term_at(n, index, written, shift))}
    if names and not isinstance(place, (Number, Symbol)):
        return None
    if names and {index, written} & {node.index for node in sums_in(body)}:
        return None
    moved: dict[str, Tree] = {name: Symbol(term) for name, term in names.items()}
    return substitute(body, {**moved, index: place + shift})


def from_the_index_on(tree: Series) -> Series:
    """The same sum, its index moved so that the first term of a sequence is the one at the index.

    Σ n_{i-1} for i = 1..L becomes Σ n_i for i = 0..L−1.
    """
    terms = {name: running(name, tree.index) for name in symbol_names(tree.body)}
    first = min((term.shift for term in terms.values() if term), default=0)
    if not first:
        return tree
    moved: dict[str, Tree] = {tree.index: Symbol(tree.index) - first}
    for name, term in terms.items():
        if term:
            moved[name] = Symbol(replace(term, shift=term.shift - first).at(tree.index))
    return Series(tree.index, tree.lower + first, tree.upper + first, substitute(tree.body, moved))


def from_one_on(tree: Series) -> Series:
    """The same terms, counted from 1."""
    before = tree.lower - ONE
    body = substitute(tree.body, {tree.index: Symbol(tree.index) + before})
    return Series(tree.index, ONE, tree.upper - before, body)


def counted_up(tree: Tree) -> Tree:
    """Sums whose terms are counted from another place, with the terms themselves in their place.

    Σ n_{L-i} for i = 1..L becomes Σ n_i for i = 0..L−1.
    """
    if not any(sums_in(tree)):
        return tree
    tree = mapped(tree, counted_up)
    if not isinstance(tree, Series):
        return tree
    index = tree.index
    names = [n for n in symbol_names(tree.body) if running(n, index) or counted_from(n, index)]
    terms = {name: counted_from(name, index) for name in names}
    ways = {own and (own[1].symbols, own[1].number, own[2]) for own in terms.values()}
    if len(ways) > 1 and isinstance(tree.body, Sum):
        parts = (Series(index, tree.lower, tree.upper, term) for term in tree.body.terms)
        return reduce(add, map(counted_up, parts))
    if len(ways) != 1 or None in ways:
        return tree
    ((symbols, number, way),) = (origin for origin in ways if origin)
    place = sum((times * Symbol(name) for name, times in symbols), Number(number) + ZERO)
    here = Symbol(index)
    moved = {name: Symbol(own[0]) for name, own in terms.items() if own}
    body = substitute(tree.body, {**moved, index: way * (here - place)})
    lower, upper = (place + way * end for end in (tree.lower, tree.upper)[::way])
    return Series(index, lower, upper, body)


def is_total(body: Tree, has_value: Callable[[Tree], bool] = lambda _: False) -> bool:
    """Whether a term has a value at every place: a polynomial, also in floors and largest ones.

    ``has_value`` is asked of what is something else.
    """
    for node in walk(body):
        match node:
            case Symbol() | Number() | Sum() | Product() | Negative():
                continue
            case Power(exponent=Number(value=int(times))) if times >= 0:
                continue
            case Quotient(denominator=Number()):
                continue
            case Call(function=name) if FUNCTIONS[name].total:
                continue
        if not has_value(node):
            return False
    return True


def indexed_alike(tree: Tree, given: Mapping[tuple[str, str], str]) -> Tree:
    """Sums under the index that conditions give their terms: Σ n_k where n_i = c is Σ n_i.

    ``given``: the index of a sequence, by its stem and primes.
    """
    tree = mapped(tree, lambda part: indexed_alike(part, given))
    if not isinstance(tree, Series):
        return tree
    terms = [term for name in symbol_names(tree.body) if (term := running(name, tree.index))]
    taken = {node.index for node in sums_in(tree)}
    for other in dict.fromkeys(given.get(term.sequence, "") for term in terms):
        if other and not runs(tree, other) and other not in taken:
            return replace(tree, index=other, body=reindexed(tree.body, tree.index, other))
    return tree


def summed_names(*trees: Tree) -> Iterator[tuple[str, str]]:
    """The names in what is summed, each with the index of its sum."""
    for node in sums_in(*trees):
        yield from ((name, node.index) for name in symbol_names(node.body))


def indexed_names(*trees: Tree) -> frozenset[str]:
    """Names such as N_i in a sum over i: each stands for as many sizes as the sum has terms."""
    return frozenset(name for name, index in summed_names(*trees) if running(name, index))


def stems_of(trees: Iterable[Tree]) -> Stems:
    """The sequences that are summed: their names without an index."""
    return {stem for term in summed_names(*trees) if (stem := sequence_of(*term))}


def sequence_of(name: str, index: str) -> tuple[str, str] | None:
    """The sequence of a name that runs with an index: that of n_i and n_{L−i}, with its primes."""
    own = counted_from(name, index)
    term = running(own[0] if own else name, index)
    return term.sequence if term else None


def neighbours_alone(said: Iterable[tuple[Tree, ...]]) -> set[tuple[Stem, str]]:
    """The sequences and indices of which one neighbour is spoken of alone: n_{l-1} = M.

    Then n_l = N beside it is said of one place, and not of every one. ``said``: the sides of each
    condition.
    """
    alone: set[tuple[Stem, str]] = set()
    for sides in said:
        names = set(symbol_names(*sides))
        terms = [place for name in names - indexed_names(*sides) if (place := placed(name))]
        if len(terms) == 1 and terms[0][1].shift and terms[0][0] not in names:
            ((index, term),) = terms
            alone.add((term.sequence, index))
    return alone


def runs(tree: Tree, index: str) -> bool:
    """Whether a formula changes with an index: it holds i itself, or a term such as n_i."""
    return any(name == index or running(name, index) for name in symbol_names(tree))


def lettered(tree: Tree) -> Tree:
    """``tree`` with the canonical names of indices replaced by letters that are free in it."""
    parts = tuple(lettered(part) for part in children(tree))
    if not isinstance(tree, Series) or not tree.index.startswith("#"):
        return rebuild(tree, parts)
    taken = {part for name in symbol_names(tree) for part in (name, *name.split("_")[1:])}
    taken |= {node.index for node in sums_in(*parts)}
    letter = next(name for name in (*"ijnlpqrstu", tree.index) if name not in taken)
    lower, upper, body = parts
    return Series(letter, lower, upper, reindexed(body, tree.index, letter))
