"""Common divisors of polynomials, where they are cheap.

A greatest common divisor makes a fraction shorter; no decision needs it. Where it would take long
the fraction stays as it is, which costs completeness at most, never soundness.
"""

from __future__ import annotations

from math import gcd, lcm, prod
from typing import Any

from sympy import ZZ
from sympy.polys.polyerrors import HeuristicGCDFailed
from sympy.polys.rings import PolyElement

from closedform.algebra.normal_form.polynomials import made

#: SymPy's gcd evaluates at large integers: about this many binary digits take some 10 ms.
DIGITS = 20_000
#: Past this many terms no common divisor is sought.
LONG = 400
#: Below these sizes SymPy's factoriser takes under 0.1 s.
SMALL_TERMS, SMALL_DIGITS = 20, 12_000


def cancelled(a: PolyElement, b: PolyElement) -> tuple[PolyElement, PolyElement]:
    """``a / b`` without the common factors that are found; ``b`` starts with a positive term."""
    if b == 1:
        return a, b
    a, b = _without_monomial(a, b)
    if len(b) > 1 and len(a) > 1:
        common = common_divisor(a, b)
        if common is not None and not common.is_ground:
            a, b = a.exquo(common), b.exquo(common)
    return (-a, -b) if b.LC < 0 else (a, b)


def common_divisor(a: PolyElement, b: PolyElement) -> PolyElement | None:
    """The greatest common divisor, or ``None`` where it would take long."""
    if not a:
        return b
    if not b:
        return a
    if not _affordable(a, b):
        return None
    try:
        return a.gcd(b)
    except HeuristicGCDFailed:
        return None


def common_multiple(
    b: PolyElement, d: PolyElement
) -> tuple[tuple[tuple[int, ...], Any], tuple[tuple[int, ...], Any], PolyElement]:
    """Cofactors of two one-term polynomials, as terms, and their least common multiple."""
    ((m, p),) = b.items()
    ((n, q),) = d.items()
    top = tuple(map(max, m, n))
    number = lcm(int(p), int(q))
    left = (tuple(map(int.__sub__, top, m)), ZZ(number // int(p)))
    right = (tuple(map(int.__sub__, top, n)), ZZ(number // int(q)))
    return left, right, made(b.ring, {top: ZZ(number)})


def small(poly: PolyElement) -> bool:
    """Whether the polynomial may be split into square-free or irreducible factors in a moment."""
    if not poly:
        return True
    return len(poly) <= SMALL_TERMS and _size(poly) <= SMALL_DIGITS


def _affordable(a: PolyElement, b: PolyElement) -> bool:
    if len(a) > LONG or len(b) > LONG:
        return False
    if len(a) == 1 or len(b) == 1:
        return True
    return min(_size(a), _size(b)) <= DIGITS and max(_size(a), _size(b)) <= 10 * DIGITS


def _size(poly: PolyElement) -> int:
    """About how many binary digits the value has at the points that the algorithm chooses."""
    degrees = map(max, zip(*poly, strict=True))
    bits = max(int(c).bit_length() for c in poly.values())
    return int(prod(degree + 1 for degree in degrees)) * (bits + 6)


def _without_monomial(a: PolyElement, b: PolyElement) -> tuple[PolyElement, PolyElement]:
    """Take out the common powers of generators and the common number."""
    shared = tuple(map(min, zip(*a, *b, strict=True)))
    number = gcd(*(int(c) for c in b.values()))
    if number != 1:
        number = gcd(number, *(int(c) for c in a.values()))
    if number == 1 and not any(shared):
        return a, b
    return _over(a, shared, number), _over(b, shared, number)


def _over(poly: PolyElement, monomial: tuple[int, ...], number: int) -> PolyElement:
    return made(
        poly.ring,
        {tuple(map(int.__sub__, m, monomial)): ZZ(int(c) // number) for m, c in poly.items()},
    )
