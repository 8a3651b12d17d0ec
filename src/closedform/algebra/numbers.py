"""Functions at exact numbers: powers, roots, logarithms, factorials; and numbers as primes.

Each raises ``Irrational`` where the value is no fraction, ``UndefinedValue`` where there is none,
and ``TooLarge`` where it has too many digits.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from math import isqrt
from typing import TypeAlias

from closedform.algebra.work import BITS, EXPONENT
from closedform.errors import Irrational, TooLarge, UndefinedValue
from closedform.later import sympy

Exact: TypeAlias = "int | Fraction"
#: Numbers of more binary digits are not written out in a sentence.
SHORT = 100
#: The largest number whose factorial has no more digits than any number may.
FACTORIAL = 1_400


def factorial(of: Exact) -> int:
    """The product of the integers up to ``of``; 1 of 0."""
    if of.denominator != 1 or of < 0:
        problem = f"the factorial of {_told(of)}"
        raise UndefinedValue(problem, "write an integer from 0 on")
    if of > FACTORIAL:
        raise TooLarge("the number of which a factorial is worked out", FACTORIAL)
    return math.factorial(int(of))


def logarithm(argument: Exact, base: Exact | None = None) -> Exact:
    """The logarithm to a base; that of 1 where none is given, no other one is a fraction."""
    if argument <= 0:
        raise UndefinedValue(f"the logarithm of {_told(argument)}", "write a positive argument")
    if base is not None and base <= 0:
        raise UndefinedValue(f"a logarithm to the base {_told(base)}", "write a base above 1")
    if base == 1:
        raise UndefinedValue("a logarithm to the base 1", "write a base above 1")
    if argument == 1:
        return 0
    if base is not None:
        # Of what is below 1, and to a base below 1, by the number that it is 1 over.
        sign = -1 if (argument < 1) != (base < 1) else 1
        reached, step = Fraction(1), max(Fraction(base), 1 / Fraction(base))
        wanted, exponent = max(Fraction(argument), 1 / Fraction(argument)), 0
        while reached < wanted and exponent < EXPONENT:
            reached, exponent = reached * step, exponent + 1
        if reached == wanted:
            return sign * exponent
    raise Irrational("a logarithm that is no fraction")


def power(base: Exact, exponent: Exact) -> Exact:
    """The power; with a broken exponent the root that is not negative."""
    if exponent.denominator != 1:
        top = _exact_root(base.numerator, exponent.denominator)
        bottom = _exact_root(base.denominator, exponent.denominator)
        base, exponent = Fraction(top, bottom), exponent.numerator
    times = abs(int(exponent))
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    if bits > 1 and (times > EXPONENT or bits * times > 2 * BITS):
        raise TooLarge("the number of binary digits of a number", BITS)
    if exponent < 0:
        if not base:
            raise UndefinedValue("a division by zero", "a denominator must not vanish")
        return Fraction(1) / Fraction(base) ** times
    return base ** (times if bits > 1 else times % 2 + 2 * (times > 1))


def _told(number: Exact) -> str:
    """A number for a sentence; Python refuses to write very long ones."""
    bits = max(number.numerator.bit_length(), number.denominator.bit_length())
    return str(number) if bits <= SHORT else "a long number"


def _exact_root(number: int, order: int) -> int:
    if number < 0:
        problem = f"a root of the negative number {_told(number)}"
        raise UndefinedValue(problem, "write a positive radicand")
    if number < 2:
        return number
    if order == 2:
        root = isqrt(number)
    else:
        above = 1 << (number.bit_length() // order + 1)
        root = first_where(lambda root: root**order > number, 1, above) - 1
    if root**order != number:
        raise Irrational("a root that is no fraction")
    return root


def first_where(holds: Callable[[int], bool], low: int, high: int) -> int:
    """The first integer from ``low`` on at which something holds that then goes on; ``high``, else.

    >>> first_where(lambda n: n * n >= 50, 1, 100)
    8
    """
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


# -- primes ---------------------------------------------------------------------------------------

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
