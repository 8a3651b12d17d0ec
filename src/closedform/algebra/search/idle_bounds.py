"""Bounds on an index that all terms of a claim meet: 1 <= l <= L beside a sum over l = 1..L."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from closedform.algebra.assumptions import Assumptions, Condition, assume
from closedform.algebra.condition import EXCHANGED
from closedform.algebra.proofs.bounds import prove_sign
from closedform.algebra.sequences.indexed import is_index, placed, running, terms_of
from closedform.algebra.sequences.terms import indexed_names, sequence_of
from closedform.algebra.tree import ONE, ZERO, Number, Symbol, Tree, sums_in, symbol_names
from closedform.records import replace

#: The first and the last place of a term, or of the terms of a sum.
Span: TypeAlias = tuple[Tree, Tree]


def without_idle_bounds(trees: Sequence[Tree], assumptions: Assumptions) -> Assumptions:
    """The conditions without those bounds: what is said of n_l is said of all that is spoken of."""
    written = assumptions.written
    plain = [c for c in written if not terms_of(c.names)]
    indices = {name for c in plain for name in c.names if is_index(name)}
    idle = {bound for index in indices for bound in _idle(index, plain, trees, written)}
    kept = [condition for condition in written if condition not in idle]
    return assume(kept, assumptions.divisions) if idle else assumptions


def _idle(
    index: str, plain: Sequence[Condition], trees: Sequence[Tree], written: Sequence[Condition]
) -> Iterator[Condition]:
    rest = [c for c in written if c not in plain or index not in c.names]
    own = [terms_of(c.names) for c in rest if any(running(name, index) for name in c.names)]
    if not own or any(sums_in(*(side for c in rest for side in c.sides))):
        return
    shifts = [{n for places in terms.values() for n in places.get(index, ())} for terms in own]
    back, ahead = max(map(min, shifts)), min(map(max, shifts))
    stems = {stem for terms in own for stem, places in terms.items() if index in places}
    named = {*symbol_names(*trees)} - indexed_names(*trees)
    at = named.union(*terms_of(named).values())
    places = {name: placed(name) for c in rest for name in c.names}
    ones = {
        n
        for n, p in places.items()
        if not p or (p[0] != index and (p[0] in at or not is_index(p[0])))
    }
    spans = [*_spans(stems, index, trees, named | ones)]
    tied = (terms_of(c.names).items() for c in rest)
    reached = (len(n) for terms in tied for stem, at in terms if stem in stems for n in at.values())
    spans += [(ONE, ONE)] * (max(reached) > 1)  # neighbours are told apart from there on
    known = assume(rest)
    for bound in (c for c in plain if index in c.names and c.relation in EXCHANGED):
        small, large = bound.ordered
        low = bound.lowest(index)
        gaps = [large - int(bound.strict) + ahead - last for _, last in spans]
        if low is not None:
            gaps = [first - (low + back) for first, _ in spans]
        elif small != Symbol(index) or index in symbol_names(large):
            continue
        # i >= 1 beside a claim of n_i is of this place.
        here = low in (0, 1) and index in at and "" not in at
        if here or (spans and all(prove_sign(known.apply(g), known, strict=False) for g in gaps)):
            yield bound


def without_places(trees: Sequence[Tree], assumptions: Assumptions) -> Assumptions:
    """Without what bounds say of an index itself: 1 <= i < L may leave no place, where L is 1."""
    free = {*symbol_names(*trees)} - indexed_names(*trees)
    free |= {at for places in terms_of(free).values() for at in places}
    terms = [terms_of(condition.names).values() for condition in assumptions.written]
    indices = {at for rows in terms for places in rows for at in places if is_index(at)} - free
    said = [(h, s, {*symbol_names(h)}) for h, s in assumptions.hypotheses]
    kept = [(h, s) for h, s, names in said if not indices & names or any(map(placed, names))]
    return replace(assumptions, hypotheses=tuple(kept))


def _spans(
    stems: set[tuple[str, str]], index: str, trees: Sequence[Tree], names: set[str]
) -> Iterator[Span]:
    """Where the terms of some sequences stand, but for those at an index of conditions."""
    inner = {series.index for series in sums_in(*trees)}
    for series in sums_in(*trees):
        nested = inner & {*symbol_names(series.lower, series.upper)}
        for name in symbol_names(series.body):
            if sequence_of(name, series.index) in stems:
                term = running(name, series.index)
                # A place that is counted otherwise is past all bounds.
                shift = Symbol(index) if nested or term is None else Number(term.shift)
                yield series.lower + shift, series.upper + shift
    for stem, places in terms_of(names).items():
        for at, numbers in places.items() if stem in stems else ():
            place = Symbol(at) if at else ZERO
            yield place + min(numbers), place + max(numbers)
