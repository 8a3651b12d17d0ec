"""How fast a formula in one symbol grows: c^n · n^a · log(n)^b · log(log(n))^d up to a constant."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from closedform.algebra.exact import known_value
from closedform.algebra.functions import FUNCTIONS
from closedform.algebra.tree import (
    Call,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Tree,
    symbol_names,
)

#: Powers of a base past this are not worked out.
_EXPONENT = 100


class Rate(NamedTuple):
    """The exponents of one formula; one rate that is more than another passes any multiple of it.

    ``base`` of c^n, then the powers of n, log(n) and log(log(n)).
    """

    base: Fraction = Fraction(1)
    power: Fraction = Fraction(0)
    logs: Fraction = Fraction(0)
    nested: Fraction = Fraction(0)


_CONSTANT = Rate()


def rate(tree: Tree, name: str) -> Rate | None:
    """The rate at which a formula goes to +∞, to 0 or to a positive number; None where not seen.

    >>> n = Symbol("n")
    >>> rate(n * Call("log", (n,)) + n, "n") > rate(Number(7) * n, "n")
    True
    """
    match tree:
        case Number(value=c):
            return _CONSTANT if c > 0 else None
        case Symbol():
            return Rate(power=Fraction(1)) if tree.name == name else None
        case Sum(terms=terms):
            return _of_sum(terms, name)
        case Product(factors=factors):
            total: Rate | None = _CONSTANT
            for factor in factors:
                total = _times(total, rate(factor, name), 1)
            return total
        case Quotient(numerator=above, denominator=below):
            return _times(rate(above, name), rate(below, name), -1)
        case Power(base=base, exponent=exponent):
            return _of_power(base, exponent, name)
        case Call(function=function, arguments=arguments):
            return _of_call(function, arguments, name)
    return None


def _times(one: Rate | None, other: Rate | None, sign: int) -> Rate | None:
    if one is None or other is None:
        return None
    exponents = (a + sign * b for a, b in zip(one[1:], other[1:], strict=True))
    return Rate(one.base * other.base**sign, *exponents)


def _of_sum(terms: tuple[Tree, ...], name: str) -> Rate | None:
    """The fastest term, where it is added and no other as fast is subtracted."""
    added = [rate(term, name) for term in terms if not isinstance(term, Negative)]
    taken = [rate(term.operand, name) for term in terms if isinstance(term, Negative)]
    rates = [one for one in (*added, *taken) if one is not None]
    if len(rates) < len(terms) or not added:
        return None
    fastest = max(one for one in added if one is not None)
    return fastest if all(one < fastest for one in taken if one is not None) else None


def _of_power(base: Tree, exponent: Tree, name: str) -> Rate | None:
    if not symbol_names(exponent):
        inner, power = rate(base, name), known_value(exponent, {})
        if inner is None or power is None:
            return None
        if abs(power) > _EXPONENT or (inner.base != 1 and power.denominator > 1):
            return None
        whole = inner.base ** int(power) if inner.base != 1 else inner.base
        return Rate(whole, *(power * part for part in inner[1:]))
    known, times = known_value(base, {}), _slope(exponent, name)
    if symbol_names(base) or known is None or known <= 0 or times is None:
        return None
    return Rate(known**times)


def _slope(tree: Tree, name: str) -> int | None:
    """The a of an exponent a·n + b."""
    match tree:
        case Symbol():
            return 1 if tree.name == name else None
        case Number():
            return 0
        case Negative(operand=inner):
            slope = _slope(inner, name)
            return None if slope is None else -slope
        case Sum(terms=terms):
            slopes = [_slope(term, name) for term in terms]
            return None if None in slopes else sum(slope for slope in slopes if slope is not None)
        case Product(factors=(Number(value=int(times)), Symbol())) if abs(times) <= _EXPONENT:
            return times if symbol_names(tree) == (name,) else None
    return None


def _of_call(function: str, arguments: tuple[Tree, ...], name: str) -> Rate | None:
    rates = [rate(argument, name) for argument in arguments]
    first = rates[0]
    if first is None or None in rates:
        return None
    row = FUNCTIONS[function]
    if row.chooses:
        known = [one for one in rates if one is not None]
        return (max if row.chooses > 0 else min)(known)
    if row.rounds and first > _CONSTANT:
        return first
    if 0 < row.degree < 1:  # a root
        return _of_power(arguments[0], Number(row.degree), name)
    base = arguments[1] if len(arguments) > 1 else None
    if function == "log" and (base is None or (isinstance(base, Number) and base.value > 1)):
        return _of_log(first)
    return None


def _of_log(inner: Rate) -> Rate | None:
    if inner <= _CONSTANT:
        return None
    if inner.base != 1:
        return Rate(power=Fraction(1))
    if inner.power:
        return Rate(logs=Fraction(1))
    return Rate(nested=Fraction(1)) if inner.logs else None
