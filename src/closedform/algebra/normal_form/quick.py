"""The common case of an equation, quickly: rational functions of positive integers, proven equal.

A polynomial is a dictionary from packed exponents (16 bits a symbol) to integers; a fraction is a
pair. It is the test of :mod:`closedform.algebra.normal_form.atoms` without its generality: cross
products are compared. Whatever is out of the ordinary (functions, a denominator that is not seen to
be positive, size) is left to the normal form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from closedform.algebra.tree import Negative, Number, Power, Product, Quotient, Sum, Symbol, Tree

#: Past these sizes the normal form takes over: terms, exponents, digits of a number, degrees.
TERMS, EXPONENT, DIGITS, DEGREE = 200, 32, 64, 2**14
#: Numbers that are multiplied on the way are smaller.
SMALL = 2**31
WIDTH = 16

Poly = dict[int, int]
#: The symbols met so far, each as a packed monomial.
Places = dict[str, int]
#: Numerator, denominator, and a bound on the degrees of both.
PolyPair = tuple[Poly, Poly, int]

_ONE: Poly = {0: 1}


class _OutOfTheOrdinary(Exception):
    """The expression is none for this module."""


def surely_equal(left: Tree, right: Tree) -> bool:
    """Whether the two sides are proven equal for all positive integers; False says nothing.

    >>> M, N = Symbol("M"), Symbol("N")
    >>> surely_equal((M + N) / (M * N), 1 / M + 1 / N), surely_equal(M / (M - N), M / (M - N))
    (True, False)
    """
    places: Places = {}
    try:
        a, b, one = _read(left, places)
        c, d, two = _read(right, places)
        if one + two > DEGREE:
            return False
        return (a == c and b == d) or _times(a, d) == _times(c, b)
    except _OutOfTheOrdinary:
        return _same_factors(left, right)


def _same_factors(left: Tree, right: Tree) -> bool:
    """Whether two products have the same factors: a long one is not multiplied out."""
    if not (isinstance(left, Product) and isinstance(right, Product)):
        return False
    places: Places = {}
    factors: list[list[object]] = []
    try:
        for side in (left, right):
            read = [_read(factor, places) for factor in side.factors]
            factors.append([(frozenset(a.items()), frozenset(b.items())) for a, b, _ in read])
    except _OutOfTheOrdinary:
        return False
    return Counter(factors[0]) == Counter(factors[1])


def _read(tree: Tree, places: Places) -> PolyPair:
    reader = _READERS.get(type(tree))
    if reader is None:
        raise _OutOfTheOrdinary
    pair = reader(tree, places)
    if pair[2] > DEGREE:
        raise _OutOfTheOrdinary
    return pair


def _number(tree: Number, _: Places) -> PolyPair:
    value = tree.value
    if value.numerator.bit_length() > DIGITS or value.denominator.bit_length() > DIGITS:
        raise _OutOfTheOrdinary
    below = value.denominator
    return ({0: value.numerator} if value else {}), (_ONE if below == 1 else {0: below}), 0


def _packed(name: str, places: Places) -> int:
    """A symbol as a monomial: its exponent is 1."""
    monomial = places.get(name)
    if monomial is None:
        monomial = places[name] = 1 << WIDTH * len(places)
    return monomial


def _sum(tree: Sum, places: Places) -> PolyPair:
    above, below, degree = _read(tree.terms[0], places)
    total = dict(above)
    for term in tree.terms[1:]:
        a, b, other = _read(term, places)
        if b != below:
            total, a = _times(total, b), _times(a, below)
            below = _times(below, b)
            degree += other
        elif other > degree:
            degree = other
        for monomial, coefficient in a.items():
            summed = total.get(monomial, 0) + coefficient
            if summed:
                total[monomial] = summed
            else:
                del total[monomial]
    return total, below, degree


def _product(tree: Product, places: Places) -> PolyPair:
    symbols, number, below, degree = 0, 1, _ONE, 0
    above = _ONE
    for factor in tree.factors:  # most are symbols, and many of the others small numbers
        if isinstance(factor, Symbol):
            symbols += places.get(factor.name) or _packed(factor.name, places)
            degree += 1
        elif (
            isinstance(factor, Number)
            and isinstance(factor.value, int)
            and 0 < factor.value < SMALL > number
        ):
            number *= factor.value
        else:
            a, b, other = _read(factor, places)
            above, below, degree = _times(above, a), _times(below, b), degree + other
    if above is _ONE:
        return {symbols: number}, below, degree
    if symbols or number > 1:
        above = {m + symbols: number * c for m, c in above.items()}
    return above, below, degree


def _quotient(tree: Quotient, places: Places) -> PolyPair:
    a, b, degree = _read(tree.numerator, places)
    c, d, other = _read(tree.denominator, places)
    _check_positive(c, places)
    return _times(a, d), _times(b, c), degree + other


def _negative(tree: Negative, places: Places) -> PolyPair:
    above, below, degree = _read(tree.operand, places)
    return {monomial: -c for monomial, c in above.items()}, below, degree


def _power(tree: Power, places: Places) -> PolyPair:
    written = tree.exponent
    sign, number = (-1, written.operand) if isinstance(written, Negative) else (1, written)
    exponent = sign * number.value if isinstance(number, Number) else None
    if not isinstance(exponent, int) or abs(exponent) > EXPONENT:
        raise _OutOfTheOrdinary
    above, below, degree = _read(tree.base, places)
    if exponent < 0:
        _check_positive(above, places)
        above, below = below, above
    if len(above) == 1 and below is _ONE:
        ((monomial, coefficient),) = above.items()
        raised = {monomial * abs(exponent): coefficient ** abs(exponent)}
        return raised, _ONE, degree * abs(exponent)
    one, two = _ONE, _ONE
    for _ in range(abs(exponent)):
        one, two = _times(one, above), _times(two, below)
    return one, two, degree * abs(exponent)


def _check_positive(poly: Poly, places: Places) -> None:
    """Refuse a polynomial that is not seen to be positive for symbols that are at least 1.

    A subtracted term is at most any multiple of it, and what is left of those must not be 0.
    """
    if not poly:
        raise _OutOfTheOrdinary
    if min(poly.values()) > 0:
        return
    left = {monomial: c for monomial, c in poly.items() if c > 0}
    tops = sum(1 << WIDTH * (place + 1) - 1 for place in range(len(places)))
    for monomial, coefficient in poly.items():
        needed = -coefficient
        for larger in left if needed > 0 else ():
            # The top bit of a symbol's bits stays set where nothing is borrowed for it.
            if (larger | tops) - monomial & tops == tops:
                taken = min(needed, left[larger])
                left[larger] -= taken
                needed -= taken
        if needed > 0:
            raise _OutOfTheOrdinary
    if not any(left.values()):
        raise _OutOfTheOrdinary


def _times(a: Poly, b: Poly) -> Poly:
    if b is _ONE:
        return a
    if a is _ONE:
        return b
    if len(a) * len(b) > TERMS:
        raise _OutOfTheOrdinary
    if len(a) == len(b) == 1:
        ((m, c),), ((n, d),) = a.items(), b.items()
        return {m + n: c * d}
    result: Poly = {}
    for m, c in a.items():
        for n, d in b.items():
            result[m + n] = result.get(m + n, 0) + c * d
    if len(result) < len(a) * len(b):
        return {monomial: c for monomial, c in result.items() if c}
    return result


_READERS: dict[type, Callable[[Any, Places], PolyPair]] = {
    Number: _number,
    Symbol: lambda tree, places: ({_packed(tree.name, places): 1}, _ONE, 1),
    Sum: _sum,
    Product: _product,
    Quotient: _quotient,
    Negative: _negative,
    Power: _power,
}
