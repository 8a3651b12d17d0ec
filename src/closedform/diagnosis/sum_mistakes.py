"""Mistakes in a sum over an index: in its bounds, and in what is summed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from closedform.algebra.sequences import reindexed
from closedform.algebra.tree import Series, Tree
from closedform.diagnosis.case import Case, Finding
from closedform.diagnosis.factor_slips import one_factor
from closedform.diagnosis.places import Path, replaced, with_paths
from closedform.diagnosis.term_slips import other_terms
from closedform.typeset.prose import Prose, say


def other_bounds(case: Case) -> Iterator[Finding]:
    """The sum begins or ends at another index."""
    for path, have, meant in _pair(case):
        repaired = Series(have.index, meant.lower, meant.upper, have.body)
        ran, runs = (say("from {} to {}", s.lower, s.upper) for s in (have, meant))
        said = partial(say, "the sum runs {} where {} is meant", ran, runs)
        yield Finding("bounds", said, replaced(case.claimed, path, repaired), case.reference)


def inside_sums(case: Case) -> Iterator[Finding]:
    """One slip of the pen in what is summed."""
    for path, have, meant in _pair(case):
        body = reindexed(have.body, have.index, meant.index)
        inside = Case(meant.body, body, case.assumptions, meant.body, targeted=case.targeted)
        for slip in (*one_factor(inside), *other_terms(inside)):
            summed = Series(meant.index, have.lower, have.upper, slip.one)
            repaired = replaced(case.claimed, path, summed)
            yield Finding(slip.kind, partial(_inside, slip), repaired, case.reference)


def _inside(slip: Finding) -> Prose:
    return say("{}, inside of the sum", slip.said())


def _pair(case: Case) -> list[tuple[Path, Series, Series]]:
    """The only sum of the claimed formula, where it stands, and that of the reference."""
    have, meant = _sums(case.claimed), _sums(case.reference)
    if len(have) != 1 or len(meant) != 1:
        return []
    (path, series), (_, other) = have[0], meant[0]
    return [(path, series, other)]


def _sums(tree: Tree) -> list[tuple[Path, Series]]:
    return [(path, part) for path, part in with_paths(tree) if isinstance(part, Series)]
