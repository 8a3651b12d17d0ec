"""Solve: for which integers a cost meets a budget, and where two designs break even."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closedform.algebra.assumptions import SIGNS
from closedform.algebra.exact import enclosure
from closedform.algebra.forms.readable import readable_polynomial
from closedform.algebra.proofs.bounds import prove_sign
from closedform.algebra.tree import Number, Tree, symbol_names
from closedform.given import Formula, Where, claim_of, equations_of, name_given
from closedform.records import replace
from closedform.solving.comparison import Comparison, read_comparison
from closedform.solving.solution import Solution
from closedform.solving.solve_numbers import solve_numbers
from closedform.solving.solve_symbols import always, solve_symbols
from closedform.solving.stepwise import solve_stepwise

if TYPE_CHECKING:
    from closedform.later import Symbolic


def solve(text: Formula, symbol: str | Symbolic, *, where: Where | None = None) -> Solution:
    """The positive integers ``symbol`` for which a comparison holds, exactly.

    Args:
        text: a budget or a comparison: ``macs(conv(k=3, M=64, H=56, W=56)) <= 100M``, or a relation
            of SymPy.
        symbol: what it is solved for; also an integer under floors over numbers, as the resolution
            of a network is.
        where: conditions, such as ``k = 3, g | M``, or values, such as ``{"k": 3}``.

    >>> import closedform.catalogue
    >>> solve("macs(conv(k=3, M=64, H=56, W=56)) <= 100M", symbol="N").largest
    55
    >>> print(solve("macs(depthwise_separable) < macs(conv)", symbol="N"))
    macs(depthwise_separable) < macs(conv), solved for N
      N > k²/(k² − 1)
      this is for k ≥ 2; for k = 1 it holds for no N
      the smallest integer is ⌊k²/(k² − 1)⌋ + 1
      for k ≥ 2: the left side is smaller from N = 2 on and larger for N = 1

    Raises:
        ClosedformError: no single relation, or a symbol that cannot be solved for.
    """
    comparison = read_comparison(claim_of(text), name_given(symbol), equations_of(where))
    solution = _solution(comparison)
    told = [(comparison.told,)] if comparison.told else []
    statements = (*told, *solution._statements)
    return replace(solution, _places=comparison.places or {}, _statements=statements)


def _solution(comparison: Comparison) -> Solution:
    if not comparison.others and not comparison.real:
        solution = solve_numbers(comparison)
        exact = solve_symbols(comparison)._exact if solution and comparison.has_constants else ()
        return _also_exact(solution, exact)
    if comparison.real and comparison.inside:
        stepwise = solve_stepwise(comparison)
        if stepwise is not None:
            return _also_exact(stepwise, stepwise._exact)
    wanted, possible = SIGNS[comparison.relation], _possible(comparison)
    if not wanted & possible:
        return always(comparison, holds=False)
    if possible <= wanted:
        return always(comparison, holds=True)
    if wanted & possible == SIGNS["="]:
        comparison = replace(comparison, relation="=")
    solution = solve_symbols(comparison)
    return _also_exact(solution, solution._exact)


def _also_exact(solution: Solution, exact: tuple[tuple[str, Tree], ...]) -> Solution:
    """The solution with expressions, and about which numbers those without a symbol are."""
    plain = (tree for _, tree in exact if not (isinstance(tree, Number) or symbol_names(tree)))
    about = tuple((f"that is about {float(enclosure(x, {}).low):.4g}",) for x in plain)
    return replace(solution, _exact=exact, _statements=(*about, *solution._statements))


def _possible(comparison: Comparison) -> frozenset[int]:
    """The signs of left − right that are not excluded by proof."""
    tree = readable_polynomial(comparison.field, comparison.poly)
    given, possible = comparison.assumptions, {-1, 0, 1}
    for sign in (-1, 1):
        if prove_sign(-sign * tree, given, strict=True):
            possible -= {sign, 0}
        elif prove_sign(-sign * tree, given, strict=False):
            possible -= {sign}
    return frozenset(possible)
