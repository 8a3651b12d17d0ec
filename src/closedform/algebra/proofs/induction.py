"""Induction over the upper bound of a sum: the claim for the smallest size, and each step further.

Where E(N) = left − right, E(a) ≥ 0 and E(N+1) − q·E(N) ≥ 0 for a q > 0 and all N ≥ a say that
E(N) ≥ 0; with = in both, that E(N) = 0. The sum over 1..N+1 is the one over 1..N and its last term.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.defined import needs
from closedform.algebra.normal_form.build import function_tree
from closedform.algebra.normal_form.powers import is_positive
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
    space = assumptions.field(left - right, work=work)
    sides = space.normal(left), space.normal(right)
    before = sides[0] - sides[1]
    gap = function_tree(before)
    # A step over a size without a value leads nowhere.
    if _speaks_of_terms(left - right, assumptions) or needs(space, sides, assumptions):
        return None
    for name in [*_ends(gap, assumptions)][:SYMBOLS]:
        start = Number(assumptions.integer_lower().get(name, 1))
        first, further = at_place(gap, name, start), at_place(gap, name, Symbol(name), 1)
        if first is None or further is None:
            continue
        if not shows(assumptions.field(first, work=work).normal(first), False):
            continue
        after = space.normal(further)
        if any(shows(after - q * before, True) for q in _factors(before, after)):
            return f"induction over {name}"
    return None


def _factors(before: RationalFunction, after: RationalFunction) -> Iterator[RationalFunction]:
    """1, and the factor > 0 by which what a sum is multiplied with grows in a step."""
    field = before.field
    yield field.one
    for place in (i for i, tree in enumerate(field.trees) if isinstance(tree, Series)):
        rows = [field.lift(side.num).by_power(place) for side in (before, after)]
        if all(set(row) <= {0, 1} and 1 in row for row in rows):
            parts = (field.polynomial(row[1]) for row in rows)
            old, new = (
                p / field.polynomial(s.den) for p, s in zip(parts, (before, after), strict=True)
            )
            factor = (new / old).cancelled()
            if factor.constant() != 1 and is_positive(factor):
                yield factor


def _speaks_of_terms(tree: Tree, assumptions: Assumptions) -> bool:
    """Whether a condition says more, or less, of a term than that it is a size."""
    stems = summed(tree)
    names = (name for condition in assumptions.written for name in condition.names)
    return any("_" in name and name.split("_")[0] in stems for name in names)


def _ends(tree: Tree, assumptions: Assumptions) -> Iterator[str]:
    """Integers up to which sums go, of which no condition says more than the smallest one."""
    sums = [node for node in walk(tree) if isinstance(node, Series)]
    other = {*symbol_names(*(tree for tree, _ in assumptions.hypotheses))}
    other |= {*symbol_names(*chain.from_iterable(assumptions.divisions))}
    other |= {n for n, d in assumptions.domains.items() if d.real or d.high is not None}
    other |= {series.index for series in sums}
    for name in dict.fromkeys(n for series in sums for n in symbol_names(series.upper)):
        held = [series for series in sums if name in symbol_names(series.body)]
        lower = any(name in symbol_names(series.lower) for series in sums)
        if name not in other and not lower and all(is_total(series.body) for series in held):
            yield name
