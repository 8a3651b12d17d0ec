"""The sign of a polynomial in one variable, for all integers or all real numbers from 0 on."""

from __future__ import annotations

from collections.abc import Sequence

from closedform.algebra.proofs.runs import DEGREE, runs
from closedform.later import sympy

#: Past these sizes the real roots are not counted.
REAL_DEGREE, DIGITS = 24, 2_000


def signs_at_integers(coefficients: Sequence[int]) -> frozenset[int] | None:
    """Which of −1, 0, 1 are signs of c_0 + c_1 x + … at integers x ≥ 0; ``None`` past a bound.

    >>> sorted(signs_at_integers([6, -5, 1]))
    [0, 1]
    """
    bits = max((abs(c).bit_length() for c in coefficients), default=0)
    if len(coefficients) > DEGREE or bits * len(coefficients) > DIGITS:
        return None
    return frozenset(run.sign for run in runs(coefficients, 0))


def signs_at_reals(coefficients: Sequence[int], *, without_zero: bool) -> frozenset[int] | None:
    """Which of −1, 0, 1 are signs for real x ≥ 0 (x > 0, ``without_zero``); ``None`` past a bound.

    A root of odd multiplicity is a change of sign; Sturm's theorem counts the roots.

    >>> sorted(signs_at_reals([1, -2, 1], without_zero=False))
    [0, 1]
    """
    dense = list(reversed(coefficients))
    while dense and not dense[0]:
        dense.pop(0)
    bits = max((abs(c).bit_length() for c in dense), default=0)
    if len(dense) > REAL_DEGREE or bits * len(dense) > DIGITS:
        return None
    if not dense:
        return frozenset({0})
    signs = {1 if dense[0] > 0 else -1}
    if not dense[-1] and not without_zero:
        signs.add(0)
    domain = sympy.ZZ
    split = sympy.polys.sqfreetools.dup_sqf_list([domain(c) for c in dense], domain)
    for factor, multiplicity in split[1]:
        roots = sympy.polys.rootisolation.dup_count_real_roots(factor, domain, inf=domain(0))
        inside = roots - (not factor[-1])
        if inside:
            signs.add(0)
        if inside and multiplicity % 2:
            signs |= {1, -1}
    return frozenset(signs)
