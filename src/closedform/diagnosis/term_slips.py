"""A term, a number or a bracket that is missing, too many or another; several at once."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from itertools import combinations, permutations

from closedform.algebra.forms.readable import readable_function
from closedform.algebra.normal_form.build import function_tree
from closedform.algebra.normal_form.rational import RationalFunction
from closedform.algebra.tree import (
    ONE,
    ZERO,
    Number,
    Product,
    Sum,
    Tree,
    children,
    numeral,
    product,
    total,
    walk,
)
from closedform.diagnosis.case import Case, Finding
from closedform.diagnosis.factor_slips import Said, Slip, here, told, where
from closedform.diagnosis.fingerprint import PRIME, inverse
from closedform.diagnosis.places import (
    Factor,
    Place,
    number_of,
    replaced,
    wanted_exactly,
    with_paths,
)
from closedform.errors import ClosedformError
from closedform.typeset.prose import Prose, listed, say

#: A part with more terms than this is not written out in a sentence.
SHORT = 4
#: How many sums of a formula are worked out exactly.
SUMS = 6
#: How many terms of a formula may be left out at once, and among how many.
LEFT_OUT, TERMS = 4, 9


def extra_terms(case: Case) -> Iterator[Finding]:
    """A sum that has a term too many."""
    said: Said
    for place in case.claimed_places:
        node = place.node
        if not place.wanted and isinstance(place.parent, Sum):
            kind = "off by one" if node == ONE else "term"
            words = "the term {} is too much"
            said = partial(say, words, node) if children(node) else here(place, words, node)
            yield Finding(kind, said, replaced(case.claimed, place.path, ZERO), case.reference)


def other_terms(case: Case) -> Iterator[Finding]:
    """A sum that lacks a term, or has another number."""
    sums = []
    for place in case.claimed_places:
        node, path, parent = place.node, place.path, place.parent
        if isinstance(node, Number) and isinstance(parent, Sum):
            number = number_of(place.wanted)
            if number is not None:
                new = numeral(number)
                kind = "off by one" if abs(number - node.value) == 1 else "number"
                said = here(place, "{} stands where {} is meant", node, new)
                yield Finding(kind, said, replaced(case.claimed, path, new), case.reference)
        if parent is None or isinstance(node, Sum):
            sums.append(place)
    for place in sums[:SUMS]:
        if place.have != place.wanted:
            yield from _other_sum(case, place)


def _other_sum(case: Case, place: Place) -> Iterator[Finding]:
    try:
        have, wanted = wanted_exactly(place, case.claimed, case.reference, case.assumptions)
        gap = (wanted - have).cancelled()
    except ClosedformError:
        return
    # Inside of a term any gap would be made of terms that are meant there.
    if not 1 <= len(gap.num) <= (1 if place.above else SHORT) or len(gap.den) > 1:
        return
    by_one = abs(gap.constant() or 0) == 1
    if _few(have, wanted, gap):
        less = gap.num.LC < 0
        words = "{} too much{}" if less else "the term {} is missing{}"
        said = partial(_gap_said, words, -gap if less else gap, place)
        tree = replaced(case.claimed, place.path, place.node + function_tree(gap))
        yield Finding("off by one" if by_one else "term", said, tree, case.reference)


def _gap_said(words: str, gap: RationalFunction, place: Place) -> Prose:
    return say(words, readable_function(gap), where(place))


def _few(have: RationalFunction, wanted: RationalFunction, gap: RationalFunction) -> bool:
    """Whether the gap is made of terms that stand there, or that are meant."""
    mine, theirs, parts = (have.field.lift(f.num) for f in (have, wanted, gap))
    if len(parts) == 1:
        return len(mine) > 1 or len(theirs) > 1
    lost = all(theirs.get(m) == c for m, c in parts.items())
    return lost or all(mine.get(m) == -c for m, c in parts.items())


def other_bracket(case: Case) -> Iterator[Finding]:
    """A whole bracket too many or too few."""
    brackets = [node for node in walk(case.reference) if isinstance(node, Sum)]
    prints = case.fingerprints[0]
    for place in case.claimed_places:
        ratio = place.ratio if place.is_term else None
        if ratio is None or (place.node is case.claimed and isinstance(place.node, Number)):
            continue
        factors = place.node.factors if isinstance(place.node, Product) else ()
        mine = [factor for factor in factors if isinstance(factor, Sum)]
        for count in range(1, min(len(mine), 3) + 1):
            for chosen in combinations(mine, count):
                extra = product(chosen)
                if prints.of(extra) * ratio % PRIME == 1:
                    rest = [factor for factor in factors if factor not in chosen]
                    tree = replaced(case.claimed, place.path, product(rest))
                    said = here(place, "an extra factor {}", extra)
                    yield Finding("factor", said, tree, case.reference)
        for bracket in brackets:
            if prints.of(bracket) == ratio:
                tree = replaced(case.claimed, place.path, place.node * bracket)
                said = here(place, "the factor {} is missing", bracket)
                yield Finding("factor", said, tree, case.reference)


# -- several at once


def terms_left_out(case: Case) -> Iterator[Finding]:
    """Several terms of the reference are left out: 1/N + 1/k² is the ratio without its biases."""
    paths = [(path, part) for path, part in with_paths(case.reference)]
    sums = {path: part for path, part in paths if isinstance(part, Sum)}
    terms = [(path, part) for path, part in paths if path and path[:-1] in sums]
    if case.numeric or len(terms) > TERMS:
        return
    for count in range(2, LEFT_OUT + 1):
        for chosen in combinations(terms, count):
            if any(one[: len(two)] == two for (one, _), (two, _) in permutations(chosen, 2)):
                continue  # one of them stands in the other
            kept = case.reference
            for path, _ in chosen:
                kept = replaced(kept, path, ZERO)
            gone = tuple(dict.fromkeys(term for _, term in chosen))
            said = partial(_left_out, case, gone)
            yield Finding("term", said, kept, case.claimed)


def _left_out(case: Case, terms: tuple[Tree, ...]) -> Prose:
    return say("this is {} without the terms {}", case.right_one, listed(terms))


def several_slips(case: Case) -> Iterator[Finding]:
    """Two or three terms of a sum are off, by a factor each."""
    mine, meant = (getattr(tree, "terms", ()) for tree in (case.claimed, case.reference))
    for order in permutations(meant) if 2 <= len(mine) == len(meant) <= 3 else ():
        slips = [_slip(case, *pair) for pair in zip(mine, order, strict=True)]
        if all(slips):
            said = partial(_several_said, slips)
            yield Finding("factor", said, total(order), case.reference)


def _slip(case: Case, stands: Tree, meant: Tree) -> Slip | None:
    """How a term differs from the one that is meant, where it does by a simple factor."""
    prints = case.fingerprints[0]
    factor = case.factors.one(prints.of(meant) * inverse(prints.of(stands)) % PRIME)
    place = Place(stands, (0,), (Sum((stands,)),), 0, 0)
    return None if factor is None else Slip(stands, meant, factor, place)


def _several_said(slips: list[Slip | None]) -> Prose:
    wrong = (slip for slip in slips if slip and slip.factor != Factor(Fraction(1)))
    return listed((told(slip)[1]() for slip in wrong), "; ")
