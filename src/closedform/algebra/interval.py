"""Intervals with outward rounding, by mpmath in a context of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from functools import cache
from typing import Any

from closedform.errors import Irrational
from closedform.later import mpmath
from closedform.records import record

#: Binary digits of the ends.
PRECISION = 160
#: Exponents of e past this are refused: the number would have millions of digits.
LARGEST_LOG = 40_000


@cache
def _context() -> Any:
    """Mpmath's intervals, made when the first one is asked for."""
    context = mpmath.ctx_iv.MPIntervalContext()
    context.prec = PRECISION
    return context


@contextmanager
def finer(times: int) -> Iterator[None]:
    """More digits while this is open."""
    _context().prec = PRECISION * times
    try:
        yield
    finally:
        _context().prec = PRECISION


@record
class Interval:
    """``low ≤ value ≤ high``, both ends mpmath numbers."""

    inside: Any

    @property
    def low(self) -> Any:
        """The lower end, as an exact number of a degenerate interval."""
        return self.inside.a

    @property
    def high(self) -> Any:
        """The upper end."""
        return self.inside.b

    @property
    def mid(self) -> Any:
        """A number in the middle."""
        return self.inside.mid

    @staticmethod
    def extreme(parts: Sequence[Interval], *, largest: bool) -> Interval:
        """The interval of the largest, or the smallest, of some values."""
        choose = max if largest else min
        low = choose((part.low for part in parts), key=_number)
        high = choose((part.high for part in parts), key=_number)
        return Interval(_context().mpf([low, high]))

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.inside + other.inside)

    def __mul__(self, other: Interval) -> Interval:
        return Interval(self.inside * other.inside)

    def __neg__(self) -> Interval:
        return Interval(-self.inside)

    def __truediv__(self, other: Interval) -> Interval:
        if not (other.low > 0 or other.high < 0):
            raise Irrational("a quotient by a number that may be 0")
        return Interval(self.inside / other.inside)

    def __pow__(self, exponent: int) -> Interval:
        if exponent < 0:
            return outward(1) / self**-exponent
        result, square = outward(1), self
        while exponent:
            result = result * square if exponent & 1 else result
            exponent >>= 1
            square = square * square if exponent else square
        return result

    def to_the(self, exponent: Interval) -> Interval:
        """The power of a number that is surely positive."""
        power = exponent.inside * self.log().inside
        if not (power.b < LARGEST_LOG and power.a > -LARGEST_LOG):
            raise Irrational("a power that is too large")
        return Interval(_context().exp(power))

    def root(self) -> Interval:
        """The square root of a number that is surely not negative."""
        if not self.low >= 0:
            raise Irrational("a root of a number that may be negative")
        return Interval(_context().sqrt(self.inside))

    def log(self) -> Interval:
        """The logarithm of a number that is surely positive."""
        if not self.low > 0:
            raise Irrational("a logarithm of a number that may not be positive")
        return Interval(_context().log(self.inside))

    def beyond(self, other: Interval, sign: int) -> bool:
        """Whether the value is surely larger (``sign`` 1) or smaller (−1) than the other."""
        return bool(self.low > other.high if sign > 0 else self.high < other.low)

    def bounds(self, parts: int) -> tuple[Fraction, Fraction]:
        """Fractions of so many parts below and above the value."""
        low = _floor((self.inside * parts).a)
        return Fraction(low, parts), Fraction(_floor((self.inside * parts).b) + 1, parts)

    def ends(self) -> tuple[Fraction, Fraction]:
        """Both ends, exactly."""
        return _number(self.low), _number(self.high)

    def floors(self) -> tuple[int, int]:
        """The floors of both ends."""
        return _floor(self.low), _floor(self.high)


def outward(number: int | Fraction) -> Interval:
    """The interval of an exact number."""
    return Interval(_context().mpf(number.numerator) / _context().mpf(number.denominator))


def _number(end: Any) -> Fraction:
    """The exact value of an end."""
    above, below = mpmath.libmp.to_rational(end._mpi_[0])
    return Fraction(int(above), int(below))


def _floor(end: Any) -> int:
    number = _number(end)
    return number.numerator // number.denominator
