"""The normal form: quotients of polynomials over Z in the symbols of a claim and their *atoms*.

Two formulas without floors, roots, logarithms or symbolic exponents are equal exactly when the
numerator of their difference is the zero polynomial; that is a decision, not a heuristic. What is no
rational function becomes an atom, a further generator of the ring (:mod:`closedform.algebra.atoms`),
so the same test still proves equality, and what it does not prove is left to the other procedures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from math import lcm
from typing import Any, TypeAlias

from sympy import ZZ

from closedform.algebra.rational import (
    BITS,
    EXPONENT,
    TERMS,
    Generators,
    Known,
    RationalFunction,
    Work,
    field_element,
    integer_content,
)
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
from closedform.errors import TooLarge


class Field(Generators):
    """The rational functions in some generators, and how trees are read as such.

    ``reals`` names the symbols that are numbers ≥ 0 but no integers (> 0 unless ``lower`` says 0);
    ``lower`` gives smallest values, ``open_low`` the symbols that never take theirs. ``atom`` reads a
    node that is no rational function (:func:`closedform.algebra.atoms.open_field` gives it).
    """

    def __init__(
        self,
        names: Iterable[str],
        atom: AtomReader,
        *,
        reals: Iterable[str] = (),
        lower: Mapping[str, int | Fraction] | None = None,
        open_low: Iterable[str] = (),
        work: Work | None = None,
    ) -> None:
        self.atom = atom
        self.reals = frozenset(reals)
        self.lower: Mapping[str, int | Fraction] = lower or {}
        self.open_low = frozenset(open_low)
        #: What is known of an index of summation, by its name.
        self.indices: dict[str, Known] = {}
        listed = list(dict.fromkeys(names))
        super().__init__(listed, [self.domain(name) for name in listed], work)

    def domain(self, name: str) -> Known:
        """What the conditions say of a symbol; without any it is a positive integer."""
        if name in self.indices:
            return self.indices[name]
        if name not in self.reals:
            least = self.lower.get(name, 1)
            return Known(least=-(-least.numerator // least.denominator))
        bound = self.lower.get(name)
        if bound is None:
            return Known(integer=False, above=True)
        least = bound.numerator // bound.denominator
        return Known(integer=False, least=least, above=least != bound or name in self.open_low)

    def symbol(self, name: str) -> RationalFunction:
        """The generator of a symbol."""
        return self.generator(name, known=None if name in self.index else self.domain(name))

    def normal(self, tree: Tree) -> RationalFunction:
        """The normal form of ``tree``.

        Raises:
            UndefinedValue: a division by zero.
            TooLarge: the expansion passes a bound.
        """
        self.work.spend(1)
        return _NORMAL[type(tree)](self, tree)

    # -- one method per node ---------------------------------------------------------------------

    def _number(self, tree: Number) -> RationalFunction:
        return self.number(tree.value)

    def _symbol(self, tree: Symbol) -> RationalFunction:
        return self.symbol(tree.name)

    def _sum(self, tree: Sum) -> RationalFunction:
        simple: list[_Term] = []
        others: list[Tree] = []
        for part in tree.terms:
            term = _term(self, part)
            if term is None:
                others.append(part)
            else:
                simple.append(term)
        # The ring may grow while the others are read, so they come first.
        total = self.zero
        for part in others:
            total = total + self.normal(part)
        return total + _sum_of_terms(self, simple) if simple else total

    def _product(self, tree: Product) -> RationalFunction:
        term = _term(self, tree)
        if term is not None:
            return _sum_of_terms(self, [term])
        product = self.normal(tree.factors[0])
        for factor in tree.factors[1:]:
            product = product * self.normal(factor)
        return product

    def _quotient(self, tree: Quotient) -> RationalFunction:
        return self.normal(tree.numerator) / self.normal(tree.denominator)

    def _negative(self, tree: Negative) -> RationalFunction:
        return -self.normal(tree.operand)

    def _power(self, tree: Power) -> RationalFunction:
        if isinstance(tree.exponent, Number) and isinstance(tree.exponent.value, int):
            return self.normal(tree.base) ** tree.exponent.value
        exponent = self.normal(tree.exponent).constant()
        if exponent is not None and exponent.denominator == 1:
            return self.normal(tree.base) ** exponent.numerator
        return self._atom(tree)

    def _atom(self, tree: Tree) -> RationalFunction:
        return self.atom(self, tree)


AtomReader: TypeAlias = Callable[[Field, Any], "RationalFunction"]
_NORMAL: dict[type, Callable[[Field, Any], RationalFunction]] = {
    Number: Field._number,
    Symbol: Field._symbol,
    Sum: Field._sum,
    Product: Field._product,
    Quotient: Field._quotient,
    Negative: Field._negative,
    Power: Field._power,
    Call: Field._atom,
    Series: Field._atom,
}


# -- the cheap path: terms that are numbers times powers of symbols ------------------------------------

#: Numerator and denominator of the coefficient, and the exponents by generator (negative ones too).
_Term: TypeAlias = "tuple[int, int, dict[int, int]]"


def _term(field: Field, tree: Tree) -> _Term | None:
    """A number times powers of known symbols, or ``None``: most terms of real formulas are such."""
    exponents: dict[int, int] = {}
    top = bottom = 1
    stack: list[tuple[Tree, int]] = [(tree, 1)]
    while stack:
        node, power = stack.pop()
        match node:
            case Symbol(name=name):
                place = field.index.get(name)
                if place is None or power < 0 and _may_be_zero(field, place):
                    return None
                exponents[place] = exponents.get(place, 0) + power
            case Number(value=value):
                if not value or abs(power) > 1:
                    return None
                above, below = (value.numerator, value.denominator)[:: power]
                top, bottom = top * above, bottom * below
            case Product(factors=factors):
                stack.extend((factor, power) for factor in factors)
            case Quotient(numerator=a, denominator=b):
                stack += [(a, power), (b, -power)]
            case Negative(operand=a) if abs(power) == 1:
                top = -top
                stack.append((a, power))
            case Power(base=a, exponent=Number(value=int(times))) if isinstance(a, Symbol):
                if abs(times * power) > EXPONENT:
                    raise TooLarge("an exponent", EXPONENT)
                stack.append((a, times * power))
            case _:
                return None
    if max(top.bit_length(), bottom.bit_length()) > BITS:
        raise TooLarge("the number of binary digits of a number", BITS)
    field.work.spend(1)
    return top, bottom, exponents


def _may_be_zero(field: Field, place: int) -> bool:
    known = field.known[place]
    return not known.least and not known.above


def _sum_of_terms(field: Field, terms: list[_Term]) -> RationalFunction:
    """The sum over the least common denominator."""
    size = field.ring.ngens
    below = [0] * size
    number = 1
    for _, bottom, exponents in terms:
        if bottom != 1:
            number = lcm(number, bottom)
        for place, exponent in exponents.items():
            if exponent < -below[place]:
                below[place] = -exponent
    if number.bit_length() > BITS:
        raise TooLarge("the number of binary digits of a number", BITS)
    collected: dict[tuple[int, ...], int] = {}
    for top, bottom, exponents in terms:
        monomial = below.copy()
        for place, exponent in exponents.items():
            monomial[place] += exponent
        key = tuple(monomial)
        collected[key] = collected.get(key, 0) + top * (number // bottom)
    ring = field.ring
    num = ring.from_dict({m: ZZ(c) for m, c in collected.items() if c})
    den = ring.from_dict({tuple(below): ZZ(number)})
    return field_element(field, num, den)


__all__ = [
    "BITS",
    "EXPONENT",
    "TERMS",
    "AtomReader",
    "Field",
    "Known",
    "RationalFunction",
    "Work",
    "integer_content",
]
