"""Whole numbers as products of primes."""

from __future__ import annotations

from closedform.later import sympy

#: Numbers up to here are split into primes, so that 4^n = 2^(2n) and √12 = 2·√3 are seen.
FACTORED = 10**12
#: Divisors up to here are tried one by one; what is left is split by SymPy.
TRIED = 1000


def prime_powers(value: int) -> list[tuple[int, int]]:
    """A positive number as prime powers; one past :data:`FACTORED` stays whole.

    >>> prime_powers(360)
    [(2, 3), (3, 2), (5, 1)]
    """
    return [(value, 1)] if value > FACTORED else list(_split(value).items())


def divisors(value: int) -> list[int]:
    """All divisors of a positive number, in order.

    >>> divisors(12)
    [1, 2, 3, 4, 6, 12]
    """
    products = [1]
    for prime, times in _split(value).items():
        products = [product * prime**power for product in products for power in range(times + 1)]
    return sorted(products)


def _split(value: int) -> dict[int, int]:
    primes: dict[int, int] = {}
    divisor = 2
    while divisor <= TRIED and divisor * divisor <= value:
        while value % divisor == 0:
            primes[divisor] = primes.get(divisor, 0) + 1
            value //= divisor
        divisor += 1
    if value > TRIED**2:
        primes |= {int(prime): int(times) for prime, times in sympy.factorint(value).items()}
    elif value > 1:
        primes[value] = primes.get(value, 0) + 1
    return primes
