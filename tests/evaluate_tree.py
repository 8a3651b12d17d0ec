"""The value of an expression by plain recursion: the tests' own reading of what a tree means."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias

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

#: Exact as long as it can be, a float from the first root, logarithm or real exponent on.
Value: TypeAlias = "int | Fraction | float"


def evaluate(tree: Tree, values: Mapping[str, int | Fraction]) -> Value:
    """The value of ``tree`` where each symbol has its value."""
    match tree:
        case Number(value=number):
            return number
        case Symbol(name=name):
            return values[name]
        case Sum(terms=parts):
            return sum(evaluate(part, values) for part in parts)
        case Product(factors=parts):
            return math.prod(evaluate(part, values) for part in parts)
        case Quotient(numerator=a, denominator=b):
            above, below = evaluate(a, values), evaluate(b, values)
            exact = not isinstance(above, float) and not isinstance(below, float)
            return Fraction(above) / Fraction(below) if exact else above / below
        case Negative(operand=a):
            return -evaluate(a, values)
        case Power(base=a, exponent=b):
            base, exponent = evaluate(a, values), evaluate(b, values)
            whole = not isinstance(exponent, float) and Fraction(exponent).denominator == 1
            if whole and not isinstance(base, float):
                return Fraction(base) ** int(exponent)
            return math.pow(base, exponent)
        case Series(index=index, lower=a, upper=b, body=body):
            indices = range(_whole(evaluate(a, values)), _whole(evaluate(b, values)) + 1)
            return sum(evaluate(body, {**values, index: i}) for i in indices)
        case Call(function=name, arguments=parts):
            return _call(name, [evaluate(part, values) for part in parts])
    raise TypeError(f"{tree!r} is no expression")


def close(left: Value, right: Value) -> bool:
    """The same number; floats to twelve digits."""
    if isinstance(left, float) or isinstance(right, float):
        return math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-9)
    return left == right


def _call(name: str, arguments: list[Value]) -> Value:
    match name:
        case "floor":
            return math.floor(_snapped(arguments[0]))
        case "ceil":
            return math.ceil(_snapped(arguments[0]))
        case "sqrt":
            return math.sqrt(arguments[0])
        case "log":
            return math.log(*arguments)
        case "factorial":
            return math.factorial(_whole(arguments[0]))
        case "min":
            return min(arguments)
        case "max":
            return max(arguments)
    raise TypeError(f"{name} is no function")


def _whole(value: Value) -> int:
    return int(_snapped(value))


def _snapped(value: Value) -> Value:
    """A float a hair away from an integer is that integer: √2·√2 is 2."""
    near = isinstance(value, float) and abs(value - round(value)) < 1e-9
    return round(value) if near else value
