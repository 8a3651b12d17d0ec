"""Values of expressions: exact numbers, and 60 digits from the first root or logarithm on.

Floats would not do: √k·√k − k is 10⁻¹⁵ instead of 0, and times a large number no longer small.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import factorial
from operator import add, gt, mul
from typing import Any, TypeAlias

from mpmath.ctx_mp import MPContext

from closedform.algebra.tree import (
    Call,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Series,
    Sum,
    Symbol,
    Tree,
)

#: An integer, a fraction, or a number with 60 digits.
Value: TypeAlias = Any
EXACT = (int, Fraction)
Point = Mapping[str, "int | Fraction"]

_CONTEXT = MPContext()
_CONTEXT.dps = 60
#: Where a point has the number from which the terms of a sequence are made up.
MADE_UP = "u"
#: Numbers closer than this are one number; larger ones than that are not looked at.
TINY, LARGE = _CONTEXT.mpf(10) ** -30, 10**30


class NoValue(ArithmeticError):
    """A division by zero, a root of a negative number, or a number out of bounds."""


class OutOfReach(NoValue):
    """A number of so many digits that it is not told apart from others here."""


def value(tree: Tree, point: Point) -> Value:
    """The value of ``tree`` where each symbol has its value.

    Raises:
        NoValue: there is none.
        OutOfReach: it is no fraction, and too large to be told.
    """
    found = _value(tree, point)
    if not isinstance(found, EXACT) and not -LARGE < found < LARGE:
        raise OutOfReach("too large")
    return found


def compared(a: Value, b: Value) -> int:
    """−1, 0 or 1 as the first value is smaller, the same or larger."""
    if same(a, b):
        return 0
    return 1 if _both(a, b, gt) else -1


def same(a: Value, b: Value) -> bool:
    """Whether two values are one number."""
    if isinstance(a, EXACT) and isinstance(b, EXACT):
        return a == b
    return bool(abs(_real(a) - _real(b)) <= TINY * (1 + abs(_real(a))))


def _value(tree: Tree, point: Point) -> Value:
    match tree:
        case Number(value=number):
            return number
        case Symbol(name=name):
            return point[name] if name in point else _term(name, point)
        case Sum(terms=parts):
            return _total([_value(part, point) for part in parts])
        case Product(factors=parts):
            product: Value = 1
            for part in parts:
                product = _both(product, _value(part, point), mul)
            return product
        case Quotient(numerator=a, denominator=b):
            below = _value(b, point)
            if same(below, 0):
                raise NoValue("a division by zero")
            return _both(_value(a, point), below, _divided)
        case Negative(operand=a):
            return -_value(a, point)
        case Power(base=a, exponent=b):
            return _power(_value(a, point), _value(b, point))
        case Series(index=index, lower=a, upper=b, body=body):
            first, last = (_floor(_value(end, point)) for end in (a, b))
            steps = range(first, last + 1)
            return _total([_value(body, {**point, index: i}) for i in steps])
        case Call(function=name, arguments=parts):
            return _call(name, [_value(part, point) for part in parts])
    raise TypeError(f"{tree!r} is no expression")


def _term(name: str, point: Point) -> int | Fraction:
    """A term of the sequence u: u_3, or u_N_minus_1 where N has a value.

    A point gives the terms, or a number from which they are made up.
    """
    _, place, *shift = name.split("_")
    number = int(place) if place.isdecimal() else int(point[place])
    number -= int(shift[1]) if shift else 0
    known = f"u_{number}" if number >= 0 else f"u_minus_{-number}"
    if known in point:
        return point[known]
    return 1 + (number * number + 3 * number + int(point[MADE_UP])) % 5


def _power(base: Value, exponent: Value) -> Value:
    if not isinstance(exponent, EXACT) or exponent.denominator != 1:
        if same(base, 0) or base < 0:
            raise NoValue("a root of a number that is not positive")
        return _real(base) ** _real(exponent)
    if abs(exponent) > 2000:
        raise NoValue("too large")
    if same(base, 0) and exponent < 0:
        raise NoValue("a division by zero")
    return (Fraction(base) if isinstance(base, int) and exponent < 0 else base) ** int(exponent)


def _call(name: str, arguments: list[Value]) -> Value:
    first = arguments[0]
    match name:
        case "floor":
            return _floor(first)
        case "ceil":
            return -_floor(-first)
        case "min" | "max":
            chosen = first
            for other in arguments[1:]:
                larger = _both(other, chosen, gt)
                chosen = other if larger == (name == "max") else chosen
            return chosen
        case "sqrt":
            if same(first, 0):
                return 0
            if first < 0:
                raise NoValue("a root of a negative number")
            return _CONTEXT.sqrt(_real(first))
        case "log":
            if same(first, 0) or first < 0:
                raise NoValue("a logarithm of a number that is not positive")
            log = _CONTEXT.log(_real(first))
            return log / _call("log", arguments[1:]) if arguments[1:] else log
        case "factorial":
            return _factorial(first)
    raise TypeError(f"{name} is no function")


def _factorial(number: Value) -> int:
    if not isinstance(number, EXACT) or number.denominator != 1 or number < 0:
        raise NoValue("a factorial of what is no integer")
    if number > 200:
        raise OutOfReach("a large factorial")
    return factorial(int(number))


def _floor(number: Value) -> int:
    """The floor; a number a hair away from an integer is that integer."""
    if isinstance(number, EXACT):
        return number.numerator // number.denominator
    nearest = int(_CONTEXT.nint(number))
    return nearest if same(number, nearest) else int(_CONTEXT.floor(number))


def _total(parts: list[Value]) -> Value:
    total: Value = 0
    for part in parts:
        total = _both(total, part, add)
    return total


def _both(a: Value, b: Value, work: Any) -> Value:
    if isinstance(a, EXACT) and isinstance(b, EXACT):
        return work(a, b)
    return work(_real(a), _real(b))


def _divided(a: Value, b: Value) -> Value:
    return Fraction(a) / b if isinstance(a, int) else a / b


def _real(number: Value) -> Value:
    if isinstance(number, EXACT):
        return _CONTEXT.mpf(number.numerator) / number.denominator
    return number
