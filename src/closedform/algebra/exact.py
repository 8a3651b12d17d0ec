"""Exact values: a tree with numbers put in, as a fraction, or enclosed in an interval.

A witness is believed only when the values of both sides are known to differ: as fractions, or,
where a root or a logarithm is irrational, as intervals that do not meet. So is a number that is
said to be near a value.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from fractions import Fraction
from math import prod

from closedform.algebra.functions import FUNCTIONS
from closedform.algebra.interval import Interval, finer, outward
from closedform.algebra.numbers import power
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
    symbol_names,
)
from closedform.algebra.work import BITS, Work
from closedform.errors import ClosedformError, Irrational, TooLarge, UndefinedValue

Values = Mapping[str, "int | Fraction"]
#: The longest sum over an index that is worked out term by term.
RANGE = 2_000
#: How many times the usual digits are tried where intervals meet.
FINER = (1, 8)
#: How many nodes one value may take.
NODES = 100_000


def value(tree: Tree, values: Values, *, work: Work | None = None) -> int | Fraction:
    """The exact value of ``tree``; an int where it is whole.

    Raises:
        Irrational: a root or logarithm has no rational value.
        UndefinedValue: a division by zero.
        TooLarge: a number passes the bound on digits, or the work the bound on steps.
    """
    result = _Evaluation(work or Work(NODES)).value(tree, values)
    if isinstance(result, Fraction) and result.denominator == 1:
        return result.numerator
    return result


def known_value(tree: Tree, values: Values | None = None) -> Fraction | None:
    """The exact value where it has one, and a fraction; ``None`` where a symbol has no value.

    >>> from closedform.algebra.tree import Number, Symbol
    >>> known_value(Number(2) / 3), known_value(Symbol("k"))
    (Fraction(2, 3), None)
    """
    if isinstance(tree, Number):
        return Fraction(tree.value)
    given = values or {}
    if not given.keys() >= {*symbol_names(tree)}:
        return None
    try:
        return Fraction(value(tree, given))
    except ClosedformError:
        return None


def compare(left: Tree, right: Tree, values: Values, *, work: Work | None = None) -> int | None:
    """−1, 0 or 1 as left is smaller, equal or larger; ``None`` where intervals cannot tell."""
    work = work or Work(NODES)
    try:
        a, b = value(left, values, work=work), value(right, values, work=work)
    except Irrational:
        return _compare_intervals(left, right, values, work)
    return (a > b) - (a < b)


def _compare_intervals(left: Tree, right: Tree, values: Values, work: Work) -> int | None:
    for times in FINER:
        # Where no interval is known, as for a floor of what may be whole, nothing is told.
        with finer(times), suppress(Irrational):
            one, two = enclosure(left, values, work=work), enclosure(right, values, work=work)
            if one.high < two.low:
                return -1
            if one.low > two.high:
                return 1
    return None


def enclosure(tree: Tree, values: Values, *, work: Work | None = None) -> Interval:
    """An interval that holds the value of ``tree``.

    Raises:
        Irrational: no interval is known, as for a quotient by something that may be 0.
        UndefinedValue, TooLarge: as for :func:`value`.
    """
    return _Evaluation(work or Work(NODES)).enclosure(tree, values)


class _Evaluation:
    """One evaluation, with its budget."""

    def __init__(self, work: Work) -> None:
        self.work = work

    def value(self, tree: Tree, values: Values) -> int | Fraction:
        self.work.spend(1)
        match tree:
            case Number(value=number):
                return number
            case Symbol(name=name):
                return values[name]
            case Sum(terms=terms):
                return sum((self.value(term, values) for term in terms), 0)
            case Product(factors=factors):
                product: int | Fraction = 1
                for factor in factors:
                    product = self._bounded(product * self.value(factor, values))
                return product
            case Quotient(numerator=a, denominator=b):
                below = self.value(b, values)
                if not below:
                    raise UndefinedValue("a division by zero", "a denominator must not vanish")
                return Fraction(self.value(a, values)) / below
            case Negative(operand=a):
                return -self.value(a, values)
            case Power(base=a, exponent=b):
                return power(self.value(a, values), self.value(b, values))
            case Series():
                steps = self._terms(tree, values)
                return sum((self.value(tree.body, step) for step in steps), 0)
            case Call():
                return self._call(tree, values)
        raise TypeError(f"no value for a {type(tree).__name__}")

    def _terms(self, tree: Series, values: Values) -> list[dict[str, int | Fraction]]:
        lower, upper = self.value(tree.lower, values), self.value(tree.upper, values)
        if Fraction(lower).denominator != 1 or Fraction(upper).denominator != 1:
            raise UndefinedValue("a sum whose bounds are no integers", "write integer bounds")
        if upper - lower > RANGE:
            raise TooLarge("the number of terms of a sum", RANGE)
        # An indexed name N_i has one value for every i: enough for a witness, which may choose so.
        return [{**values, tree.index: i} for i in range(int(lower), int(upper) + 1)]

    def _call(self, tree: Call, values: Values) -> int | Fraction:
        row, parts = FUNCTIONS[tree.function], tree.arguments
        try:
            return row.value(*[self.value(part, values) for part in parts])
        except Irrational:
            if row.told is None:
                raise
        intervals = [self.enclosure(part, values) for part in parts]
        return row.told(intervals, lambda place: self.value(parts[place], values))

    def enclosure(self, tree: Tree, values: Values) -> Interval:
        self.work.spend(20)
        match tree:
            case Sum(terms=terms):
                return sum((self.enclosure(term, values) for term in terms), outward(0))
            case Series():
                parts = self._terms(tree, values)
                return sum((self.enclosure(tree.body, part) for part in parts), outward(0))
            case Product(factors=factors):
                return prod((self.enclosure(part, values) for part in factors), start=outward(1))
            case Quotient(numerator=a, denominator=b):
                below = self.enclosure(b, values)
                if below.low == below.high == 0:
                    raise UndefinedValue("a division by zero", "a denominator must not vanish")
                return self.enclosure(a, values) / below
            case Negative(operand=a):
                return -self.enclosure(a, values)
            case Power(base=a, exponent=Number(value=int(times))):
                self.work.spend(abs(times))
                return self.enclosure(a, values) ** times
            case Power(base=a, exponent=b):
                return self.enclosure(a, values).to_the(self.enclosure(b, values))
            case Call(function=name, arguments=parts) if encloses := FUNCTIONS[name].encloses:
                return encloses(*[self.enclosure(part, values) for part in parts])
        return outward(Fraction(self.value(tree, values)))

    def _bounded(self, number: int | Fraction) -> int | Fraction:
        bits = number.numerator.bit_length()
        if bits > 2 * BITS:
            raise TooLarge("the number of binary digits of a number", BITS)
        if steps := bits >> 9:
            self.work.spend(steps)
        return number


# -- how near a value is to a number --------------------------------------------------------------


def near(tree: Tree, number: Fraction, distance: Fraction) -> bool | None:
    """Whether the value is at most ``distance`` away; ``None`` where intervals cannot tell.

    Raises:
        UndefinedValue, TooLarge: as for :func:`value`.

    >>> from closedform.algebra.tree import Call, Number
    >>> root, half = Call("sqrt", (Number(2),)), Fraction(1, 2000)
    >>> near(root, Fraction("1.414"), half), near(root, Fraction("1.415"), half)
    (True, False)
    """
    above, below = (compare(tree, Number(number + way * distance), {}) for way in (1, -1))
    if above == 1 or below == -1:
        return False
    return None if None in (above, below) else True


def about(tree: Tree) -> Fraction | None:
    """A number close to the value, for a reader; ``None`` where none is known."""
    with suppress(Irrational):
        return Fraction(value(tree, {}))
    with suppress(Irrational):
        below, above = enclosure(tree, {}).ends()
        return (below + above) / 2
    return None
