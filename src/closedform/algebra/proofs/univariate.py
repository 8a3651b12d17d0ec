"""The signs of a polynomial in one variable, exactly: at integers from a first one on, at reals.

No roots are approximated. The first difference p(x + 1) − p(x) has a smaller degree; where its sign
does not change, p is monotone over the integers, and bisection finds where p changes sign. Past
Cauchy's bound on the roots the sign is that of the leading coefficient.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from math import comb

from closedform.algebra.numbers import first_where
from closedform.errors import TooLarge
from closedform.later import sympy
from closedform.records import record

#: The highest degree that is looked at.
DEGREE = 64
#: Past these sizes the real roots are not counted.
REAL_DEGREE, DIGITS = 24, 2_000


@record
class Run:
    """Integers from ``first`` to ``last`` (``None``: without end) with one ``sign``: −1, 0 or 1."""

    first: int
    last: int | None
    sign: int


def runs(coefficients: Sequence[int], first: int) -> tuple[Run, ...]:
    """The signs of c_0 + c_1 x + c_2 x² + … at the integers x ≥ ``first``, in order.

    >>> [(run.first, run.last, run.sign) for run in runs([-4, 0, 1], 1)]
    [(1, 1, -1), (2, 2, 0), (3, None, 1)]

    Raises:
        TooLarge: a degree past :data:`DEGREE`.
    """
    trimmed = list(coefficients)
    while trimmed and not trimmed[-1]:
        trimmed.pop()
    if len(trimmed) > DEGREE + 1:
        raise TooLarge("the degree of a polynomial in one symbol", DEGREE)
    if len(trimmed) < 2:
        return (Run(first, None, _sign(trimmed[0] if trimmed else 0)),)
    # Every root is below 1 + max |c_i / lead|; the differences need no bound of their own.
    top = max(first, 2 + max(abs(c) for c in trimmed[:-1]) // abs(trimmed[-1]))
    starts = [first, *_changes(trimmed, first, top)]
    lasts = [*(start - 1 for start in starts[1:]), None]
    return tuple(Run(a, b, _sign(at(trimmed, a))) for a, b in zip(starts, lasts, strict=True))


def nonnegative_from(coefficients: Sequence[int]) -> int | None:
    """From which size on the polynomial is never below 0; ``None`` where it ends there."""
    below = [run.last for run in runs(coefficients, 1) if run.sign < 0]
    last = below[-1] if below else 0
    return None if last is None else last + 1


def at(coefficients: Sequence[int], x: int) -> int:
    """The value of the polynomial at ``x`` (Horner's rule)."""
    value = 0
    for coefficient in reversed(coefficients):
        value = value * x + coefficient
    return value


def _changes(poly: list[int], low: int, high: int) -> list[int]:
    """The integers past ``low``, up to ``high``, at which the sign is not the one just before."""
    if len(poly) < 2:
        return []
    changes: list[int] = []
    # Up to where the difference changes its sign, the polynomial rises or falls throughout.
    for end in (*_changes(_difference(poly), low, high), high):
        while (sign := _sign(at(poly, low))) != _sign(at(poly, end)):
            low = first_where(partial(_differs, poly, sign), low, end)
            changes.append(low)
        low = end
    return changes


def _differs(poly: list[int], sign: int, x: int) -> bool:
    return _sign(at(poly, x)) != sign


def _difference(poly: list[int]) -> list[int]:
    """p(x + 1) − p(x), one degree less."""
    return [
        sum(poly[j] * comb(j, i) for j in range(i + 1, len(poly))) for i in range(len(poly) - 1)
    ]


def _sign(value: int) -> int:
    return (value > 0) - (value < 0)


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
