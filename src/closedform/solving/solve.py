"""Solve: for which integers a cost meets a budget, and where two designs break even."""

from __future__ import annotations

from closedform.algebra.conditions import Assumptions
from closedform.algebra.proofs.bounds import prove_sign
from closedform.algebra.readable import readable_polynomial
from closedform.algebra.tree import ZERO, Symbol, Tree
from closedform.solving.comparison import SIGNS, Comparison, read_comparison
from closedform.solving.solution import Solution
from closedform.solving.solve_numbers import solve_numbers
from closedform.solving.solve_symbols import solve_symbols
from closedform.typeset.prose import RELATION_SIGNS, Prose


def solve(text: str, *, symbol: str, where: str | None = None) -> Solution:
    """The positive integers ``symbol`` for which a comparison holds, exactly.

    Args:
        text: a budget or a comparison: ``macs(conv(k=3, M=64, H=56, W=56)) <= 100M``.
        symbol: what it is solved for.
        where: conditions, such as ``k = 3, g | M``.

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
    comparison = read_comparison(text, symbol, where)
    if not comparison.occurs:
        return _independent(comparison)
    return solve_symbols(comparison) if comparison.others else solve_numbers(comparison)


def _independent(comparison: Comparison) -> Solution:
    """The symbol cancels: all integers solve it, or none, or it depends on other symbols."""
    symbol = Symbol(comparison.symbol)
    left = readable_polynomial(comparison.field, comparison.poly)
    signs = SIGNS[comparison.relation]
    if _has_sign(left, signs, comparison.assumptions):
        said: Prose = ("it holds for every ", symbol, ", whatever the other sizes are")
        return Solution(
            comparison.text, comparison.symbol, "solved", ((1, None),), statements=(said,)
        )
    if _has_sign(left, frozenset({-1, 0, 1}) - signs, comparison.assumptions):
        said = ("no solution: it holds for no ", symbol, ", whatever the other sizes are")
        return Solution(comparison.text, comparison.symbol, "none", statements=(said,))
    sign = RELATION_SIGNS[comparison.relation]
    said = (symbol, " cancels: for every ", symbol, " it comes down to ", left, sign, ZERO)
    return Solution(comparison.text, comparison.symbol, "unsolved", statements=(said,))


def _has_sign(tree: Tree, signs: frozenset[int], assumptions: Assumptions) -> bool:
    """Whether the sign of ``tree`` is proven to be always among ``signs``."""
    if tree == ZERO:
        return 0 in signs
    strict = 0 not in signs
    below = -1 in signs and prove_sign(-tree, assumptions, strict=strict) is not None
    return below or (1 in signs and prove_sign(tree, assumptions, strict=strict) is not None)
