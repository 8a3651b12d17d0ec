"""Slips of the pen: a factor, term, sign, exponent, symbol or number of the formula itself.

These need no layers: the parts of both sides are compared with what they need to be
(:mod:`closedform.diagnosis.needs`), and the symbols are exchanged for each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from itertools import combinations, pairwise, permutations, product

from closedform.algebra.holding import holds_when
from closedform.algebra.normal_form.build import function_tree, polynomial_tree
from closedform.algebra.normal_form.normal import Field, RationalFunction
from closedform.algebra.sequences import indexed_names
from closedform.algebra.tree import (
    ONE,
    Negative,
    Number,
    Sum,
    Symbol,
    Tree,
    children,
    divide,
    multiply,
    power,
    substitute,
    walk,
)
from closedform.diagnosis.case import Case, Finding, shown
from closedform.diagnosis.changes import changes
from closedform.diagnosis.needs import Need, Path, needs, replaced, with_paths, without
from closedform.diagnosis.spots import Spot
from closedform.typeset.prose import EQUAL, Part, Prose, listed, say

#: A formula with more characters than this is shortened in a sentence.
LONG = 80
#: How large one of several slips may be.
SMALL = 1.25
#: A monomial and its coefficient.
Term = tuple[tuple[int, ...], int]
#: How many terms of a formula may be left out at once, and among how many.
LEFT_OUT, TERMS = 4, 9
#: Numbers by which one size is often a multiple of another (d_ff = 4 d_model).
MULTIPLES = tuple(Number(n) for n in (1, 2, 4, 3, Fraction(1, 2), Fraction(1, 4)))


def one_slip(case: Case) -> Iterator[Finding]:
    """One part of the claimed formula is off by a factor, a term, a sign or a number."""
    if not case.names[1]:
        return
    for need in needs(case.claimed, case.reference, case.assumptions):
        place = partial(_where, need, ())
        spot = Spot(need.node, need.parent, need.have, need.wanted, place, need.above)
        for change in changes(spot):
            repaired = replaced(case.claimed, need.path, function_tree(need.wanted))
            yield Finding(change.kind, change.size, change.sentence, repaired, case.reference)


def one_slip_of_the_target(case: Case) -> Iterator[Finding]:
    """One part of the reference, changed a little, makes it the claimed formula."""
    if not case.names[1]:
        return
    for need in needs(case.reference, case.claimed, case.assumptions):
        if need.parent is None:
            continue
        if not need.wanted.num and isinstance(need.parent, Sum):
            sentence = say("the term {} of {} is missing", need.node, case.right_one)
            wrong = replaced(case.reference, need.path, Number(0))
            yield Finding("term", 1.2, sentence, wrong, case.claimed)
            continue
        spot = Spot(need.node, need.parent, need.wanted, need.have, partial(_there, need, case))
        if not need.wanted.num:
            continue
        for change in changes(spot):
            wrong = replaced(case.reference, need.path, function_tree(need.wanted))
            yield Finding(change.kind, change.size + 0.45, change.sentence, wrong, case.claimed)


def terms_left_out(case: Case) -> Iterator[Finding]:
    """Several terms of the reference are left out: 1/N + 1/k² is the ratio without its biases."""
    paths = list(_terms(case.reference))
    if case.numeric or len(paths) > TERMS:
        return
    for count in range(2, LEFT_OUT + 1):
        for chosen in combinations(paths, count):
            kept = without(case.reference, [path for path, _ in chosen])
            if kept is not None and case.same(kept, case.claimed):
                terms = listed(dict.fromkeys(term for _, term in chosen))
                sentence = say("this is {} without the terms {}", case.right_one, terms)
                yield Finding("term", 1.2 + 0.3 * count, sentence, kept, case.claimed)
                return


def several_slips(case: Case) -> Iterator[Finding]:
    """Both sides written out, term against term: two or three of them are off, by a factor each."""
    put = case.assumptions.apply
    space = case.assumptions.field(put(case.claimed), put(case.reference))
    claimed = space.normal(put(case.claimed)).cancelled()
    right = space.normal(put(case.reference)).cancelled()
    if case.numeric or space.lift(claimed.den) != space.lift(right.den):
        return
    one, two = dict(space.lift(claimed.num)), dict(space.lift(right.num))
    mine = [(m, c) for m, c in one.items() if two.get(m) != c]
    theirs = [(m, c) for m, c in two.items() if one.get(m) != c]
    if len(mine) != len(theirs) or not 2 <= len(mine) <= 3:
        return
    best = min(
        (list(zip(mine, order, strict=True)) for order in permutations(theirs)), key=_distance
    )
    below = polynomial_tree(space, right.den)
    sentences = []
    for wrong, meant in best:
        have, wanted = (_function(space, term) for term in (wrong, meant))
        term = divide(function_tree(have), below)
        spot = Spot(term, None, have, wanted, partial(say, " in the term {}", term))
        sentences += [c.sentence for c in changes(spot) if c.kind != "term" and c.size <= SMALL]
    if len(sentences) == len(mine):
        text = listed(sentences, "; ")
        yield Finding("factor", 1.5 + 0.5 * len(mine), text, case.reference, case.reference)


def symbols_swapped(case: Case) -> Iterator[Finding]:
    """Two symbols stand in each other's place."""
    for a, b in combinations(_alone(case), 2):
        swapped = substitute(case.reference, {a: Symbol(b), b: Symbol(a)})
        if case.same(swapped, case.claimed):
            one, two = Symbol(a), Symbol(b)
            yield Finding(
                "swap", 0.9, say("{} and {} are swapped", one, two), swapped, case.claimed
            )


def _alone(case: Case) -> list[str]:
    """The symbols of the reference that are no term of a sequence: n_i differs with i."""
    indexed = indexed_names(case.reference)
    return [name for name in case.names[0] if name not in indexed]


def symbol_for_symbol(case: Case) -> Iterator[Finding]:
    """One symbol is written for another throughout: the claim holds where they are equal."""
    names = dict.fromkeys((*case.names[1], *case.names[0]))
    for a, b in product(_alone(case), names):
        if a == b or len(case.names[0]) * len(names) > 150:
            continue
        wrong = substitute(case.reference, {a: Symbol(b)})
        if case.same(wrong, case.claimed):
            one, two = Symbol(a), Symbol(b)
            sentence = say(
                "{} stands where {} is meant: this holds {}", two, one, _where_equal(case, one, two)
            )
            yield Finding("symbol", 1.05, sentence, wrong, case.claimed)


def _where_equal(case: Case, one: Symbol, two: Symbol) -> Prose:
    """Where the sides are equal: only where two symbols are, and in which ways else."""
    put = case.assumptions.apply
    space = case.assumptions.field(put(case.reference), put(case.claimed))
    gap = space.normal(put(case.reference)) - space.normal(put(case.claimed))
    ways = holds_when(gap, case.assumptions)
    others = [way for way in ways if [set(sides) for sides in way] != [{one, two}]]
    same: Prose = (one, EQUAL, two)
    if len(others) == len(ways):
        return say("where {}", same)
    said = [listed(((a, EQUAL, b) for a, b in way), " and ") for way in others]
    return say("only where {}", listed([same, *said], " or "))


def lost_exponent(case: Case) -> Iterator[Finding]:
    """k2 for k²: a raised digit was lost when the text was copied."""
    values: dict[str, Tree] = {}
    for name in case.only[1]:
        base, _, digit = name.rpartition("_")
        if base in case.names[0] and digit in ("2", "3"):
            values[name] = power(Symbol(base), Number(int(digit)))
    if values:
        lost = listed(say("{} for {}", Symbol(a), t) for a, t in values.items())
        text = say("an exponent was lost, as when text is copied: {}; write ^2", lost)
        meant = substitute(case.claimed, values)
        yield Finding("exponent", 0.3, text, meant, case.reference)


def other_letters(case: Case) -> Iterator[Finding]:
    """The right formula in other letters."""
    mine, theirs = case.only
    if not 1 <= len(mine) == len(theirs) <= 4:
        return
    for order in permutations(theirs):
        wrong = substitute(case.reference, {a: Symbol(b) for a, b in zip(mine, order, strict=True)})
        if case.same(wrong, case.claimed):
            others = [(Symbol(b), Symbol(a)) for a, b in zip(mine, order, strict=True)]
            pairs = listed(say("{} for {}", b, a) for b, a in others)
            equations = listed((b, EQUAL, a) for b, a in others)
            sentence = say(
                "the right formula in other letters: {}; say so with where {}", pairs, equations
            )
            yield Finding("symbol", 1.0 + 0.1 * len(mine), sentence, wrong, case.claimed)
            return


def unstated_condition(case: Case) -> Iterator[Finding]:
    """The claim takes some sizes for multiples of others and does not say so."""
    mine, _ = case.only
    names = case.names[1]
    if not 1 <= len(mine) <= 2 or len(names) > 6:
        return
    sizes = [(multiply(c, Symbol(b)), c) for c in MULTIPLES for b in names]
    for chosen in product(sizes, repeat=len(mine)):
        values = {a: tree for a, (tree, _) in zip(mine, chosen, strict=True)}
        if all(c == ONE for _, c in chosen) and len(mine) == 1:
            continue
        special = substitute(case.reference, values)
        if case.same(special, case.claimed):
            said = listed(((Symbol(a), EQUAL, tree) for a, tree in values.items()), " and ")
            sentence = say("right where {}, which the claim does not say: add it after where", said)
            yield Finding("condition", 1.6, sentence, special, case.claimed)
            return


def special_case(case: Case) -> Iterator[Finding]:
    """The claimed formula is what the right one is for one size 1."""
    mine = case.only[0] if case.names[1] else ()
    for name in mine:
        special = substitute(case.reference, {name: ONE})
        if case.same(special, case.claimed):
            one = Symbol(name)
            sentence = say(
                "{} is left out: this is {} at {}", one, case.right_one, (one, EQUAL, ONE)
            )
            yield Finding("factor", 1.25, sentence, special, case.claimed)


def _where(need: Need, of: Prose) -> Prose:
    """``" in the term k²M"`` for what stands inside a term of a sum."""
    chain = [*need.above, need.node]
    for outer, inner in reversed(list(pairwise(chain))):
        if isinstance(outer, Sum):
            term = inner.operand if isinstance(inner, Negative) else inner
            if inner is need.node and not children(term):
                return say(" in {}{}", _cut(outer), of)
            return say(" in the term {}{}", _cut(term), of)
    return of


def _there(need: Need, case: Case) -> Prose:
    first, *rest = _where(need, say(" of {}", case.right_one))
    return say(" ({})", (str(first).lstrip(), *rest))


def _cut(tree: Tree) -> Part:
    """A formula as it stands in a sentence: by its ends where it is long."""
    if sum(1 for _ in walk(tree)) > LONG:
        return "with the most parts"
    text = shown(tree)
    return tree if len(text) <= LONG else f"{text[: LONG // 2]} … {text[-LONG // 4 :]}"


def _terms(tree: Tree) -> Iterator[tuple[Path, Tree]]:
    for path, part in with_paths(tree):
        if isinstance(part, Sum):
            yield from (((*path, place), term) for place, term in enumerate(part.terms))


def _distance(pairs: list[tuple[Term, Term]]) -> int:
    """How many factors have to be changed to turn each term into its partner."""
    return sum(
        sum(abs(a - b) for a, b in zip(one, two, strict=True)) + (c != d)
        for (one, c), (two, d) in pairs
    )


def _function(space: Field, term: Term) -> RationalFunction:
    return RationalFunction(space, space.ring.from_dict(dict([term])), space.ring.one)
