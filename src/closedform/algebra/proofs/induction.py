"""Induction over the upper bound of a sum: the claim for the smallest size, and each step further.

Where E(N) = left − right, E(a) ≥ 0 and E(N+1) − E(N) ≥ 0 for all N ≥ a say that E(N) ≥ 0; with = in
both, that E(N) = 0. The sum over 1..N+1 is the one over 1..N and its last term.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.defined import needs
from closedform.algebra.normal_form.rational import RationalFunction
from closedform.algebra.sequences import at_place, is_total, summed
from closedform.algebra.tree import Number, Series, Symbol, Tree, symbol_names, walk
from closedform.algebra.work import Work

#: Shows that a value is 0, or ≥ 0; the second entry says whether it is the step.
Shows = Callable[[RationalFunction, bool], bool]
#: So many symbols are tried.
SYMBOLS = 2


def by_induction(
    left: Tree, right: Tree, assumptions: Assumptions, shows: Shows, work: Work
) -> str | None:
    """The method that shows left − right as ``shows`` does, for every size from the smallest on.

    Raises:
        TooLarge: a bound on the work is passed.
        UndefinedValue: a side has no value at the smallest size.
    """
    left, right = assumptions.apply(left), assumptions.apply(right)
    gap = left - right
    if _speaks_of_terms(gap, assumptions):
        return None
    for name in [*_ends(gap, assumptions)][:SYMBOLS]:
        space = assumptions.field(gap, work=work)
        here = space.normal(left), space.normal(right)
        # A step over a size without a value leads nowhere.
        if needs(space, here, assumptions):
            continue
        start = Number(assumptions.integer_lower().get(name, 1))
        first, further = at_place(gap, name, start), at_place(gap, name, Symbol(name), 1)
        if first is None or further is None:
            continue
        step = space.normal(further) - (here[0] - here[1])
        if shows(assumptions.field(first, work=work).normal(first), False) and shows(step, True):
            return f"induction over {name}"
    return None


def _speaks_of_terms(tree: Tree, assumptions: Assumptions) -> bool:
    """Whether a condition says more, or less, of a term than that it is a size."""
    stems = summed(tree)
    sides = [side for c in assumptions.written for side in (c.left, c.right)]
    names = {name for side in sides for name in symbol_names(side)}
    return any("_" in name and name.split("_")[0] in stems for name in names)


def _ends(tree: Tree, assumptions: Assumptions) -> Iterator[str]:
    """Integers up to which sums go, of which no condition says more than the smallest one."""
    sums = [node for node in walk(tree) if isinstance(node, Series)]
    conditions = [t for t, _ in assumptions.hypotheses] + [
        t for d in assumptions.divisions for t in d
    ]
    other = {name for condition in conditions for name in symbol_names(condition)}
    other |= {n for n, d in assumptions.domains.items() if d.real or d.high is not None}
    other |= {series.index for series in sums}
    for name in dict.fromkeys(n for series in sums for n in symbol_names(series.upper)):
        held = [series for series in sums if name in symbol_names(series.body)]
        lower = any(name in symbol_names(series.lower) for series in sums)
        if name not in other and not lower and all(is_total(series.body) for series in held):
            yield name
