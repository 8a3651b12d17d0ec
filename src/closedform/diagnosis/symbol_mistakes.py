"""Symbols taken for each other, left out, or bound by a condition that is not stated."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from itertools import islice, product

from closedform.algebra.decide import decide
from closedform.algebra.sequences.terms import indexed_names
from closedform.algebra.tree import Number, Symbol, Tree, substitute
from closedform.diagnosis.case import Case, Finding
from closedform.symbols import USUAL_LETTERS, role
from closedform.synonyms import meant
from closedform.typeset.prose import EQUAL, Prose, listed, say

#: Numbers by which one size is often a multiple of another (d_ff = 4 d_model).
MULTIPLES = tuple(Number(n) for n in (1, 2, 4, 3, Fraction(1, 2), Fraction(1, 4)))
#: So many ways to name sizes are tried.
WAYS = 64
#: More pairs of symbols than this are not tried.
PAIRS = 150

Values = Mapping[str, Tree]
Said = Callable[[], Prose]


def symbol_for_symbol(case: Case) -> Iterator[Finding]:
    """One symbol is written for another throughout: the claim holds where they are equal."""
    names = dict.fromkeys((*case.names[1], *case.names[0]))
    if len(case.names[0]) * len(names) > PAIRS:
        return
    mine, theirs = case.only
    for a, b in product(_alone(case), names):
        # A letter that means nothing yet, for a size that stands nowhere else, is its other name.
        renamed = a in mine and b in theirs and role(a) and not role(b)
        if a != b and not renamed:
            yield from _with(case, "symbol", partial(_equal_said, case, a, b), {a: Symbol(b)})


def _equal_said(case: Case, a: str, b: str) -> Prose:
    one, two = Symbol(a), Symbol(b)
    where = _where_equal(case, one, two)
    return say("{} stands where {} is meant: this holds {}", two, one, where)


def _where_equal(case: Case, one: Symbol, two: Symbol) -> Prose:
    """Where the sides are equal: only where two symbols are, and in which ways else."""
    ways = decide("=", case.reference, case.claimed, case.assumptions).holds_when
    others = [way for way in ways if [set(sides) for sides in way] != [{one, two}]]
    same: Prose = (one, EQUAL, two)
    if len(others) == len(ways):
        return say("where {}", same)
    said = [listed(((a, EQUAL, b) for a, b in way), " and ") for way in others]
    return say("only where {}", listed([same, *said], " or "))


def _alone(case: Case) -> list[str]:
    """The symbols of the reference that are no term of a sequence: n_i differs with i."""
    indexed = indexed_names(case.reference)
    return [name for name in case.names[0] if name not in indexed]


def _with(
    case: Case, kind: str, said: Said, values: Values, *, in_claim: bool = False
) -> Iterator[Finding]:
    """One side, the reference, with other values, where it may be the other side."""
    sides = (case.reference, case.claimed)
    tree, other = sides[::-1] if in_claim else sides
    case.work.spend(case.weight)
    prints = case.fingerprints[0]
    if prints.at(values).of(tree) == prints.of(other):
        yield Finding(kind, said, substitute(tree, values), other)


def usual_letters(case: Case) -> dict[str, str]:
    """Sizes that only the reference has, and the letters of the claimed formula alone for them.

    Of several ways the one in which most terms are right, and of these the most usual.
    """
    mine, theirs = case.only
    usual = [[n for n in USUAL_LETTERS.get(size, ()) if n in theirs] for size in mine]
    for size, names in zip(mine, usual, strict=True):  # and in_channels
        names += [n for n in theirs if n not in names and size in meant(n)]
    ways = [way for way in islice(product(*usual), WAYS) if len({*way}) == len(mine)]
    if len(ways) > 1:
        right = _monomials(case, case.reference)
        ways.sort(key=lambda way: -len(right & _monomials(case, _renamed(case, mine, way))))
    return dict(zip(mine, ways[0], strict=True)) if mine and ways else {}


def _renamed(case: Case, sizes: tuple[str, ...], letters: tuple[str, ...]) -> Tree:
    names = zip(letters, map(Symbol, sizes), strict=True)
    return substitute(case.claimed, dict[str, Tree](names))


def _monomials(case: Case, tree: Tree) -> set[tuple[tuple[str, int], ...]]:
    """The monomials of a numerator, by the names of their symbols."""
    space = case.assumptions.field(tree)
    terms = space.lift(space.normal(tree).cancelled().num)
    names = list(map(str, space.keys))  # and the atoms that the tree brings
    return {tuple((n, e) for n, e in zip(names, term, strict=True) if e) for term in terms}


def unstated_condition(case: Case) -> Iterator[Finding]:
    """The claim is right where one size is a multiple of another, and does not say so."""
    for in_claim, mine, names in zip((False, True), case.only, case.names[::-1], strict=True):
        shared = [name for name in names if name in case.names[in_claim]]
        if not 1 <= len(mine) <= 2 or len(shared) > 6:
            continue
        sizes = [times * Symbol(b) for times in MULTIPLES for b in shared]
        for chosen in product(sizes, repeat=len(mine)):
            values = dict(zip(mine, chosen, strict=True))
            if len(mine) > 1 or not isinstance(chosen[0], Symbol):
                said = partial(_unstated_said, values)
                yield from _with(case, "condition", said, values, in_claim=in_claim)


def _unstated_said(values: Values) -> Prose:
    said = listed(((Symbol(a), EQUAL, tree) for a, tree in values.items()), " and ")
    return say("right where {}, which the claim does not say: add it after where", said)
