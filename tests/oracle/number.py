"""A scalar that counts what is done with it, by kind."""

from __future__ import annotations

import math
from collections import Counter
from typing import TypeAlias

#: Kinds of scalar operation.
SCALARS = tuple("mul add div exp sqrt log pow tanh erf sin cmp".split())
#: Scalar operations by kind, and what else an execution counts, since it began.
COUNTS: Counter[str] = Counter()


class Number:
    """A scalar; an operation between two of them, or with a plain number, is counted.

    A sign, a copy and a place in a tensor cost nothing. What is known before the first input, such
    as 1/√2, is a plain number.
    """

    __slots__ = ("value",)

    def __init__(self, value: float) -> None:
        self.value = value

    def __add__(self, other: Scalar) -> Number:
        COUNTS["add"] += 1
        return Number(self.value + plain(other))

    def __radd__(self, other: float) -> Number:
        return self + other

    def __sub__(self, other: Scalar) -> Number:
        COUNTS["add"] += 1
        return Number(self.value - plain(other))

    def __rsub__(self, other: float) -> Number:
        return -self + other

    def __mul__(self, other: Scalar) -> Number:
        COUNTS["mul"] += 1
        return Number(self.value * plain(other))

    def __rmul__(self, other: float) -> Number:
        return self * other

    def __truediv__(self, other: Scalar) -> Number:
        COUNTS["div"] += 1
        return Number(self.value / plain(other))

    def __rtruediv__(self, other: float) -> Number:
        return Number(other) / self

    def __pow__(self, exponent: float) -> Number:
        COUNTS["pow"] += 1
        return Number(self.value**exponent)

    def __neg__(self) -> Number:
        return Number(-self.value)

    def __lt__(self, other: Scalar) -> bool:
        COUNTS["cmp"] += 1
        return self.value < plain(other)

    def __repr__(self) -> str:
        return f"Number({self.value})"


Scalar: TypeAlias = Number | float


def plain(scalar: Scalar) -> float:
    """The value, without counting."""
    return scalar.value if isinstance(scalar, Number) else scalar


def exp(x: Number) -> Number:
    """The exponential."""
    COUNTS["exp"] += 1
    return Number(math.exp(x.value))


def log(x: Number) -> Number:
    """The natural logarithm."""
    COUNTS["log"] += 1
    return Number(math.log(x.value))


def sqrt(x: Number) -> Number:
    """The square root."""
    COUNTS["sqrt"] += 1
    return Number(math.sqrt(x.value))


def tanh(x: Number) -> Number:
    """The hyperbolic tangent, as one operation."""
    COUNTS["tanh"] += 1
    return Number(math.tanh(x.value))


def erf(x: Number) -> Number:
    """The error function."""
    COUNTS["erf"] += 1
    return Number(math.erf(x.value))


def sine(x: Number) -> Number:
    """The sine."""
    COUNTS["sin"] += 1
    return Number(math.sin(x.value))


def larger(one: Number, other: Scalar) -> Number:
    """The larger of two, one comparison."""
    return Number(plain(other)) if one < other else one


def smaller(one: Number, other: Scalar) -> Number:
    """The smaller of two, one comparison."""
    return one if one < other else Number(plain(other))
