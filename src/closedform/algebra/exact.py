"""Exact values: a tree with numbers put in, as a fraction, or enclosed in an interval.

A witness is believed only when the values of both sides are known to differ: as fractions, or, where
a root or a logarithm is irrational, as intervals that do not meet.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import isqrt

from mpmath import iv
from mpmath.ctx_iv import ivmpf

from closedform.algebra.normal import BITS, EXPONENT
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
from closedform.errors import ClosedformError, TooLarge, UndefinedValue

Values = Mapping[str, "int | Fraction"]
#: The longest sum over an index that is worked out term by term.
RANGE = 2_000


class Irrational(ClosedformError):
    """A value that is no fraction (a root, a logarithm)."""


def value(tree: Tree, values: Values) -> int | Fraction:
    """The exact value of ``tree``; an int where it is whole.

    Raises:
        Irrational: a root or logarithm has no rational value.
        UndefinedValue: a division by zero.
        TooLarge: a number passes the bound on digits.
    """
    result = _value(tree, values)
    if isinstance(result, Fraction) and result.denominator == 1:
        return result.numerator
    return result


def differ(left: Tree, right: Tree, values: Values) -> bool:
    """Whether the two trees are known to have different values there."""
    try:
        return value(left, values) != value(right, values)
    except Irrational:
        a, b = enclosure(left, values), enclosure(right, values)
        return bool(a.b < b.a or b.b < a.a)


def enclosure(tree: Tree, values: Values) -> ivmpf:
    """An interval that holds the value of ``tree``."""
    iv.prec = 120
    match tree:
        case Sum(terms=terms):
            total = iv.mpf(0)
            for term in terms:
                total += enclosure(term, values)
            return total
        case Product(factors=factors):
            product = iv.mpf(1)
            for factor in factors:
                product *= enclosure(factor, values)
            return product
        case Quotient(numerator=a, denominator=b):
            return enclosure(a, values) / enclosure(b, values)
        case Negative(operand=a):
            return -enclosure(a, values)
        case Power(base=a, exponent=b):
            return iv.exp(iv.log(enclosure(a, values)) * enclosure(b, values))
        case Call(function="sqrt", arguments=(a,)):
            return iv.sqrt(enclosure(a, values))
        case Call(function="log", arguments=(a, *base)):
            over = iv.log(enclosure(base[0], values)) if base else iv.mpf(1)
            return iv.log(enclosure(a, values)) / over
    exact = Fraction(value(tree, values))
    return iv.mpf(exact.numerator) / iv.mpf(exact.denominator)


def _value(tree: Tree, values: Values) -> int | Fraction:
    match tree:
        case Number(value=number):
            return number
        case Symbol(name=name):
            return values[name]
        case Sum(terms=terms):
            return sum((_value(term, values) for term in terms), 0)
        case Product(factors=factors):
            product: int | Fraction = 1
            for factor in factors:
                product = _bounded(product * _value(factor, values))
            return product
        case Quotient(numerator=a, denominator=b):
            below = _value(b, values)
            if not below:
                raise UndefinedValue("a division by zero", "a denominator must not vanish")
            return Fraction(_value(a, values)) / below
        case Negative(operand=a):
            return -_value(a, values)
        case Power(base=a, exponent=b):
            return _power(_value(a, values), _value(b, values))
        case Series(index=index, lower=lower, upper=upper, body=body):
            return _series(index, _value(lower, values), _value(upper, values), body, values)
        case Call(function=name, arguments=arguments):
            return _call(name, [_value(part, values) for part in arguments])
    raise TypeError(f"no value for a {type(tree).__name__}")


def _series(
    index: str, lower: int | Fraction, upper: int | Fraction, body: Tree, values: Values
) -> int | Fraction:
    if Fraction(lower).denominator != 1 or Fraction(upper).denominator != 1:
        raise UndefinedValue("a sum whose bounds are no integers", "write integer bounds")
    if upper - lower > RANGE:
        raise TooLarge("the number of terms of a sum", RANGE)
    # An indexed name N_i has one value for every i: enough for a witness, which may choose it so.
    return sum((_value(body, {**values, index: i}) for i in range(int(lower), int(upper) + 1)), 0)


def _call(name: str, arguments: list[int | Fraction]) -> int | Fraction:
    first = arguments[0]
    if name == "floor":
        return first.numerator // first.denominator
    if name == "ceil":
        return -(-first.numerator // first.denominator)
    if name == "sqrt":
        return _power(first, Fraction(1, 2))
    if name == "min":
        return min(arguments)
    if name == "max":
        return max(arguments)
    return _logarithm(first, arguments[1:])


def _logarithm(argument: int | Fraction, base: list[int | Fraction]) -> int | Fraction:
    if argument <= 0:
        raise UndefinedValue(f"the logarithm of {argument}", "write a positive argument")
    if argument == 1:
        return 0
    if base and base[0] > 1:
        power, exponent = Fraction(base[0]), 1
        while power < argument and exponent < EXPONENT:
            power, exponent = power * Fraction(base[0]), exponent + 1
        if power == argument:
            return exponent
    raise Irrational(f"the logarithm of {argument} is no fraction")


def _power(base: int | Fraction, exponent: int | Fraction) -> int | Fraction:
    if exponent.denominator != 1:
        top = _exact_root(base.numerator, exponent.denominator)
        bottom = _exact_root(base.denominator, exponent.denominator)
        base, exponent = Fraction(top, bottom), exponent.numerator
    times = abs(int(exponent))
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    if times > EXPONENT and bits > 1 or bits * times > 2 * BITS and bits > 1:
        raise TooLarge("the number of binary digits of a number", BITS)
    if exponent < 0:
        if not base:
            raise UndefinedValue("a division by zero", "a denominator must not vanish")
        return Fraction(1) / Fraction(base) ** times
    return base**times


def _exact_root(number: int, order: int) -> int:
    if number < 0:
        raise UndefinedValue(f"a root of the negative number {number}", "write a positive radicand")
    if order == 2:
        found = isqrt(number)
    else:
        found = round(number ** (1 / order)) if number.bit_length() < 900 else 0
    if found**order != number:
        raise Irrational(f"the root of {number} is no fraction")
    return found


def _bounded(number: int | Fraction) -> int | Fraction:
    if number.numerator.bit_length() > 2 * BITS:
        raise TooLarge("the number of binary digits of a number", BITS)
    return number
