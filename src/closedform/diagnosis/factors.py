"""Simple factors: a number times powers of symbols, found again from a fingerprint."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import gcd

from closedform.algebra.tree import (
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Tree,
    product,
)
from closedform.diagnosis.fingerprint import PRIME, Fingerprints, inverse, residue
from closedform.records import record

#: The largest whole number that a fingerprint is taken for, and the largest denominator.
LARGE, BELOW = 10**6, 16
#: The powers of one symbol that are told, the likeliest first.
POWERS = (1, -1, 2, -2, 3, -3)


@record
class Factor:
    """``number · Π symbol^exponent``: what a part has to be multiplied with."""

    number: Fraction
    powers: tuple[tuple[str, int], ...] = ()

    @property
    def missing(self) -> dict[str, int]:
        """The symbols that are to be multiplied with."""
        return {name: e for name, e in self.powers if e > 0}

    @property
    def extra(self) -> dict[str, int]:
        """The symbols that are to be divided by."""
        return {name: -e for name, e in self.powers if e < 0}

    @property
    def tree(self) -> Tree:
        """The factor as a formula."""
        above = monomial(self.missing, self.number.numerator)
        return above / monomial(self.extra, self.number.denominator)

    def inverse(self) -> Factor:
        """1 over the factor."""
        return Factor(1 / self.number, tuple((name, -e) for name, e in self.powers))


#: Small fractions by their fingerprints.
SMALL = {
    residue(number): Factor(number)
    for below in (1, 2, 3, 4, 8)
    for above in range(1, BELOW + 1)
    for number in (Fraction(above, below), Fraction(below, above))
}


class SimpleFactors:
    """The factors made of so many symbols, looked up by their fingerprints."""

    def __init__(self, names: Iterable[str], prints: Fingerprints) -> None:
        self.steps: list[tuple[int, int, tuple[str, int]]] = []
        for name in names:
            up = prints.of(Symbol(name))
            down = inverse(up)
            for exponent in POWERS:
                value = pow(up if exponent > 0 else down, abs(exponent), PRIME)
                back = pow(down if exponent > 0 else up, abs(exponent), PRIME)
                self.steps.append((value, back, (name, exponent)))
        self.small: dict[int, Factor] = dict(SMALL)
        self.small |= {value: Factor(Fraction(1), (step,)) for value, _, step in self.steps}

    def one(self, wanted: int) -> Factor | None:
        """A number, or a power of one symbol."""
        number = number_of(wanted)
        return Factor(number) if number is not None else self.small.get(wanted)

    def two(self, wanted: int) -> Factor | None:
        """A small number times a power of one symbol, or powers of two."""
        for _, back, step in self.steps:
            rest = self.small.get(wanted * back % PRIME)
            if rest is not None and _other(rest, step):
                return Factor(rest.number, (step, *rest.powers))
        return None

    def many(self, wanted: int) -> Factor | None:
        """A small number and several symbols, each by itself."""
        for _, back, step in self.steps:
            rest = self.two(wanted * back % PRIME) if abs(step[1]) == 1 else None
            if rest is not None and _other(rest, step):
                return Factor(rest.number, (step, *rest.powers))
        return None


def _other(factor: Factor, step: tuple[str, int]) -> bool:
    return all(name != step[0] for name, _ in factor.powers)


def number_of(value: int) -> Fraction | None:
    """The small fraction that has this fingerprint; ``None`` if none has.

    >>> number_of(residue(Fraction(-3, 4)))
    Fraction(-3, 4)
    """
    for below in range(1, BELOW + 1):
        above = value * below % PRIME
        if above < LARGE:
            return Fraction(above, below)
        if PRIME - above < LARGE:
            return Fraction(above - PRIME, below)
    return None


def monomial(exponents: dict[str, int], number: int = 1) -> Tree:
    """A number times powers of symbols."""
    return product([Number(number), *(Symbol(name) ** e for name, e in exponents.items())])


def exponent(tree: Tree, name: str) -> int:
    """How often a symbol is a factor of a formula as it is written; negative where it divides."""
    match tree:
        case Symbol():
            return int(tree.name == name)
        case Product(factors=parts):
            return sum(exponent(part, name) for part in parts)
        case Quotient(numerator=above, denominator=below):
            return exponent(above, name) - exponent(below, name)
        case Negative(operand=inner):
            return exponent(inner, name)
        case Power(base=base, exponent=Number(value=int(times))):
            return exponent(base, name) * times
        case Sum(terms=parts):
            return min(exponent(part, name) for part in parts)
    return 0


def content(tree: Tree) -> Fraction:
    """The number that a formula is a multiple of as it is written."""
    match tree:
        case Number(value=value):
            return Fraction(value)
        case Product(factors=parts):
            product = Fraction(1)
            for part in parts:
                product *= content(part)
            return product
        case Quotient(numerator=above, denominator=below):
            return content(above) / (content(below) or 1)
        case Negative(operand=inner):
            return content(inner)
        case Sum(terms=parts):
            return Fraction(gcd(*(int(abs(content(p))) for p in parts)) or 1)
    return Fraction(1)
