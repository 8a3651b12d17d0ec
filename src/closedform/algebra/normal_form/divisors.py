"""Common divisors of polynomials, where they are cheap.

A greatest common divisor makes a fraction shorter; no decision needs it. Where it would take long
the fraction stays as it is, which costs completeness at most, never soundness.
"""

from __future__ import annotations

from functools import lru_cache
from math import gcd, prod

from closedform.algebra.normal_form.polynomials import Polynomial, powers_in

#: SymPy's gcd evaluates at large integers: about this many binary digits take some 10 ms.
DIGITS = 20_000
#: Past this many terms no common divisor is sought.
LONG = 400
#: A prime past which two unlike numbers are hardly ever alike.
PRIME = 2**61 - 1
#: Multiplications that taking a polynomial along a line may take.
ALONG = 100_000
#: Below these sizes SymPy's factoriser takes under 0.1 s.
SMALL_TERMS, SMALL_DIGITS = 20, 12_000


def cancelled(a: Polynomial, b: Polynomial) -> tuple[Polynomial, Polynomial]:
    """``a / b`` without the common factors that are found; ``b`` starts with a positive term."""
    if b == 1:
        return a, b
    _, a, b = cofactors(a, b)
    return a, b


def cofactors(a: Polynomial, b: Polynomial) -> tuple[Polynomial, Polynomial, Polynomial]:
    """A common factor and what is left of both, of which the second starts with a positive term."""
    factor, a, b = _without_monomial(a, b)
    if len(b) > 1 and len(a) > 1:
        common = common_divisor(a, b)
        if common is not None and not common.is_ground:
            factor, a, b = factor * common, a.exquo(common), b.exquo(common)
    return (-factor, -a, -b) if b.LC < 0 else (factor, a, b)


def common_divisor(a: Polynomial, b: Polynomial) -> Polynomial | None:
    """The greatest common divisor, or ``None`` where it would take long."""
    if not a:
        return b
    if not b:
        return a
    if len(a) == 1 or len(b) == 1:
        return _without_monomial(a, b)[0]
    if max(_steps(a), _steps(b)) <= ALONG and coprime(a, b):
        return a.ring.one
    if not _affordable(a, b):
        return None
    return a.gcd(b)


def small(poly: Polynomial) -> bool:
    """Whether the polynomial may be split into square-free or irreducible factors in a moment."""
    if poly.is_ground:
        return True
    return len(poly) <= SMALL_TERMS and _size(poly) <= SMALL_DIGITS


def _affordable(a: Polynomial, b: Polynomial) -> bool:
    if len(a) > LONG or len(b) > LONG:
        return False
    return min(_size(a), _size(b)) <= DIGITS and max(_size(a), _size(b)) <= 10 * DIGITS


def _size(poly: Polynomial) -> int:
    """About how many binary digits the value has at the points that the algorithm chooses."""
    degrees = map(max, zip(*poly, strict=True))
    bits = max(c.bit_length() for c in poly.values())
    return int(prod(degree + 1 for degree in degrees)) * (bits + 6)


def coprime(a: Polynomial, b: Polynomial) -> bool:
    """Whether two polynomials are seen to have no common factor but a number.

    Both are taken along a line, v_i = r_i + s_i·t, modulo a prime. A common factor divides both
    images, and it keeps its degree where both polynomials keep theirs.
    """
    images = [_along_a_line(poly) for poly in (a, b)]
    if not all(image[-1] for image in images):
        return False
    one, other = images
    while len(other) > 1:
        one, other = other, _remainder(one, other)
    return any(other)


def _steps(poly: Polynomial) -> int:
    """How many multiplications it takes to put a line in: each term by its degree squared."""
    return sum(degree * degree for degree in map(sum, poly))


def _along_a_line(poly: Polynomial) -> list[int]:
    """The coefficients along the line, as many as the polynomial's degree asks for."""
    image = [0] * (1 + max(map(sum, poly)))
    for monomial, coefficient in poly.items():
        part = [coefficient % PRIME]
        for place, exponent in powers_in(monomial):
            r, s = _direction(place)
            for _ in range(exponent):
                shifted = [0, *(x * s for x in part)]
                part = [(x * r + y) % PRIME for x, y in zip((*part, 0), shifted, strict=True)]
        for power, x in enumerate(part):
            image[power] = (image[power] + x) % PRIME
    return image


@lru_cache(maxsize=4096)
def _direction(place: int) -> tuple[int, int]:
    return pow(3, place + 2, PRIME), pow(7, place + 5, PRIME)


def _remainder(a: list[int], b: list[int]) -> list[int]:
    """The remainder of two polynomials in one variable modulo the prime, no zero in front."""
    a, inverse = a.copy(), pow(b[-1], -1, PRIME)
    while len(a) >= len(b):
        quotient, shift = a[-1] * inverse % PRIME, len(a) - len(b)
        for power, x in enumerate(b):
            a[power + shift] = (a[power + shift] - quotient * x) % PRIME
        while a and not a[-1]:
            a.pop()
    return a


def _without_monomial(a: Polynomial, b: Polynomial) -> tuple[Polynomial, Polynomial, Polynomial]:
    """The common powers of generators and the common number, taken out of both."""
    # Most denominators are numbers: then nothing is shared.
    nothing = a.ring.zero_monom
    shared = nothing if nothing in b else a.shared(b)
    number = gcd(*(c for c in b.values()))
    if number != 1:
        number = gcd(number, *(c for c in a.values()))
    factor = Polynomial(a.ring, {shared: number})
    if number == 1 and not any(shared):
        return factor, a, b
    return factor, a.over(shared, number), b.over(shared, number)
