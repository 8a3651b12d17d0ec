"""Conditions on a term of a sequence, for every term: n_i >= 2 is n_1 >= 2, n_2 >= 2, n_L >= 2."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import permutations

from closedform.algebra.assumptions import Assumptions, Condition, holds
from closedform.algebra.sequences.indexed import (
    Places,
    Stem,
    at_number,
    is_index,
    placed,
    running,
    terms_of,
)
from closedform.algebra.sequences.terms import (
    Stems,
    at_place,
    indexed_alike,
    indexed_names,
    neighbours_alone,
    stems_of,
    summed_names,
)
from closedform.algebra.tree import (
    ZERO,
    Number,
    Series,
    Symbol,
    Tree,
    substitute,
    symbol_names,
    walk,
)
from closedform.errors import ClosedformError, TooLarge

#: The most terms in a row that are filled in between two of a claim: n_1 ≤ n_3 by n_2.
BETWEEN = 64
#: The most terms of which one condition speaks.
TERMS = 128

#: Letters that run from term to term wherever they are no size themselves.
_INDICES = frozenset("ijlt")
#: And those that do beside a term at a number: in c_o and k_h beside c_1 a letter is a role.
_RUNNING = _INDICES | frozenset("mnpru")

#: The size that an expression has, if it is known.
Known = Callable[[Tree], int | None]


def indices_of(trees: Iterable[Tree]) -> set[str]:
    """The indices of sums over sequences."""
    return {index for name, index in summed_names(*trees) if running(name, index)}


def sequences_of(trees: Sequence[Tree], assumptions: Assumptions) -> Stems:
    """The sequences that are summed, and those of which a condition speaks at every place.

    Those too whose terms stand at a number and at a size, n_1 and n_L beside L; and those that a
    condition ties to another one: n_i < m_i.
    """
    written = assumptions.written
    names = {*symbol_names(*trees)}.union(*(condition.names for condition in written))
    if not any("_" in name for name in names):
        return set()  # no name is that of a term
    spoken = {stem for c in written for stem, _ in _spoken(c, written, trees)}
    sizes = {name for name in names if name.isupper()}
    tied = {stem for stem, at in terms_of(names).items() if "" in at and at.keys() & sizes}
    stems = stems_of(trees) | spoken | tied
    for _ in written if stems else ():
        for condition in written:
            beside = terms_of(condition.names).items()
            shared = {at for stem, places in beside if stem in stems for at in places if at}
            stems |= {stem for stem, places in beside if places.keys() & shared}
    return stems


def _spoken(
    condition: Condition, conditions: Sequence[Condition], trees: Sequence[Tree]
) -> set[tuple[Stem, str]]:
    """The sequences of which a condition speaks at every place, and the index in it.

    It does where it counts with the place (n_i = 2i, n_i = 2 n_{i-1}, or a sum over i), and where
    the claim has a term at a number or, by the letter of an index, at another size: n_3 >= 2 and
    n_L >= 2 where n_i >= 2. Else n_i and n_o are two sizes.
    """
    own = own_terms(condition)
    if not own:
        return set()
    sums = {node.index for tree in trees for node in walk(tree) if isinstance(node, Series)}
    if not any(index in sums or is_index(index) for places in own.values() for index in places):
        return set()
    free = {*symbol_names(*trees)}
    terms = terms_of(free | _ones(conditions))
    spoken: set[tuple[Stem, str]] = set()
    fixed = neighbours_alone(c.sides for c in conditions)
    for stem, places in own.items():
        seen = terms.get(stem, {})
        for index, shifts in places.items():
            counts = _counts(condition, index, shifts)
            others = {at for at in seen.keys() - {""} if _is_place(at, conditions, free, counts)}
            beside = bool(others - {index} or seen.get(index, shifts) - shifts)
            certain = counts or index in sums or (index in _INDICES and index not in free)
            certain = certain and (stem, index) not in fixed
            runs = "" in seen and index not in free and (counts or index in _RUNNING)
            several = (beside and certain) or runs
            if several and (index in sums or is_index(index)):
                spoken.add((stem, index))
    return spoken


def _ones(conditions: Iterable[Condition]) -> set[str]:
    """The names in conditions that are one term: n_3, or n_L."""
    names: set[str] = set().union(*(condition.names for condition in conditions))
    places = {name: placed(name) for name in names if "_" in name}
    return {n for n, at in places.items() if (at[0].isupper() if at else at_number(n))}


def _counts(condition: Condition, index: str, shifts: set[int]) -> bool:
    """Whether a condition counts with the place of a term: n_i = 2i, n_i = 2 n_{i-1}."""
    return index in condition.names or len(shifts) > 1


def _is_place(name: str, conditions: Sequence[Condition], free: set[str], counts: bool) -> bool:
    """Whether n_L is the term at L: a size, a capital but O and I, any letter where it counts."""
    named = name in free or any(name in condition.names for condition in conditions)
    return named or (len(name) == 1 and (counts or (name.isupper() and name not in "IO")))


def indexed_as_given(left: Tree, right: Tree, assumptions: Assumptions) -> tuple[Tree, Tree]:
    """The sides with sums over the indices of which the conditions speak, where they are free."""
    if not (assumptions.written and indexed_names(left, right)):
        return left, right
    free = {*symbol_names(left, right)}
    given: dict[Stem, str] = {}
    for condition in assumptions.written:
        names = condition.names
        terms = [place for name in names if (place := placed(name))]
        free |= names - {index for index, _ in terms}  # n_i <= 5, i <= 3 is of some terms
        given |= {term.sequence: index for index, term in terms if is_index(index)}
    given = {name: index for name, index in given.items() if index not in free}
    return indexed_alike(left, given), indexed_alike(right, given)


def for_each_term(
    conditions: Sequence[Condition],
    stems: Stems,
    trees: Sequence[Tree],
    expanded: Sequence[Tree],
    known: Known,
    sizes: Known,
) -> list[Condition]:
    """A condition on n_i for each term of ``expanded``, and of the other conditions.

    ``trees``: the same before sums were expanded, ``known``: the sizes that conditions give,
    ``sizes``: those at which a counterexample is sought, too.

    Raises:
        ClosedformError: it is not known of which terms a condition speaks, and one is sought.
    """
    free, indices = {*symbol_names(*trees)}, indices_of(trees)
    own = {*symbol_names(*expanded)}
    named = _reached(terms_of(own | _ones(conditions)), conditions)
    owns = [stems & own_terms(condition).keys() for condition in conditions]
    plain = [c for c in conditions if not own_terms(c)]
    result: list[Condition] = []
    for condition, own_stems in zip(conditions, owns, strict=True):
        of_it = own_terms(condition)
        places = {index for stem in own_stems for index in of_it[stem]} - {""}
        spoken = {index for _, index in _spoken(condition, conditions, trees)}
        others = spoken.union(filter(is_index, places - free))
        rules = places & indices or {i for i in others if known(Symbol(i)) is None}
        if len(rules) != 1:
            result.append(condition)
            continue
        (index,) = rules
        shifts = {n for stem in own_stems for n in of_it[stem].get(index, ())}
        counts, tied = _counts(condition, index, shifts), _tied(own_stems, owns)
        terms = [places for stem, places in named.items() if stem in tied]
        first = _first_tied(tied, conditions)
        spots = [
            (at, number)
            for at, number in _spots(terms, shifts, first)
            if not at
            or (at == index and number)
            or (at not in indices and _is_place(at, conditions, free, counts))
        ]
        within = {spot: _within(plain, index, *spot, sizes) for spot in spots}
        if sizes is not known and None in within.values():
            raise ClosedformError("an index of which it is not known how far it runs")
        spots = [spot for spot in spots if within[spot]]
        if len(spots) > TERMS:
            raise TooLarge("the number of terms of which a condition speaks", TERMS)
        for name, number in spots:
            place = Symbol(name) if name else ZERO
            left, right = (at_place(side, index, place, number) for side in condition.sides)
            if left is not None and right is not None:
                result.append(Condition(condition.relation, left, right))
        between = first is not None and any(name for places in terms for name in places)
        kept = condition.names & own or None in within.values()
        if not spots or between or kept or any(map(indexed_names, expanded)):
            result.append(condition)
    return result


def _reached(named: Mapping[Stem, Places], conditions: Sequence[Condition]) -> dict[Stem, Places]:
    """The terms at places with names, and those that they stand beside: n_L = 2 m_{L-1}."""
    reached = {stem: {at: {*by} for at, by in places.items()} for stem, places in named.items()}
    beside = [
        (one, two, b - a)
        for own in map(own_terms, conditions)
        for (one, here), (two, there) in permutations(own.items(), 2)
        for index in here.keys() & there.keys() - {""}
        for (a, *more), (b, *others) in [(here[index], there[index])]
        if not (more or others)
    ]
    for one, two, apart in beside * len(beside):
        for at in reached.get(one, {}).keys() - {""}:
            places = reached.setdefault(two, {}).setdefault(at, set())
            places |= {number + apart for number in reached[one][at]}
    return reached


def _tied(stems: Stems, owns: Sequence[Stems]) -> Stems:
    """The sequences that conditions, each on several of them, tie to some."""
    more = stems.union(*(own for own in owns if own & stems))
    return stems if more == stems else _tied(more, owns)


def _within(
    conditions: Sequence[Condition], index: str, name: str, number: int, known: Known
) -> bool | None:
    """Whether a place is one of those that conditions leave to an index; None: perhaps."""
    place: Tree = Symbol(name) + number if name else Number(number)
    sure = True
    for bound in (c for c in conditions if index in c.names):
        left, right = (known(substitute(side, {index: place})) for side in bound.sides)
        if left is None or right is None:
            sure = False
        elif not holds(Condition(bound.relation, Number(left), Number(right)), {}):
            return False
    return True if sure else None


def _first_tied(stems: Stems, conditions: Sequence[Condition]) -> int | None:
    """From which number on conditions tie neighbours, if any does: n_3 to n_1, and n_1 to m_0.

    A sequence that is tied to itself begins at 1, and so do those of which a term is given; but
    where equations alone tie it, m_4 to m_3 = 2, at the first that has a value.
    """
    given: set[int] = set()
    itself = tied = orders = False
    for condition in conditions:
        own = [places for stem, places in own_terms(condition).items() if stem in stems]
        running = [shifts for places in own for index, shifts in places.items() if index]
        given |= {number for places in own for number in places.get("", ())}
        itself |= any(len(shifts) > 1 for shifts in running)
        tied |= len(set().union(*running)) > 1
        orders |= bool(own) and condition.relation != "="
    begins = 0 if not (itself or given) else 1 if orders or not given else min(given)
    return begins if tied else None


def _spots(terms: Iterable[Places], shifts: set[int], first: int | None) -> list[tuple[str, int]]:
    """Where an index may stand so that all its terms are among those of the trees.

    ``first``: the number from which on conditions say something of neighbours.
    """
    by_name: Places = {}
    for places in terms:
        for name, numbers in places.items():
            by_name.setdefault(name, set()).update(numbers)
    if "" in by_name and first is not None:
        by_name[""].add(first)
    for numbers in by_name.values():
        if max(numbers) - min(numbers) < BETWEEN:
            numbers.update(range(min(numbers), max(numbers) + 1))
    return [
        (name, start)
        for name, numbers in sorted(by_name.items())
        for start in sorted({n - shift for n in numbers for shift in shifts})
        if all(start + shift in numbers for shift in shifts)
    ]


def own_terms(condition: Condition) -> Mapping[Stem, Places]:
    """The terms that a condition speaks of, but for those that it sums."""
    return terms_of(condition.names - indexed_names(*condition.sides))
