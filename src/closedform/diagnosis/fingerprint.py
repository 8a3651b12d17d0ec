"""Fingerprints: the value of a formula modulo a large prime, where its symbols have fixed values.

Formulas with different fingerprints differ. Equal ones are almost surely equal, and are then proven
so: a fingerprint takes a few microseconds, where a proof takes hundreds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from fractions import Fraction
from functools import lru_cache
from typing import Any
from zlib import crc32

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.exact import value
from closedform.algebra.sequences.indexed import running
from closedform.algebra.sequences.terms import summed_names
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
    children,
    symbol_names,
)
from closedform.algebra.work import Work
from closedform.errors import ClosedformError

#: A Mersenne prime: two different polynomials of degree d agree at a random point once in P/d.
PRIME = 2**61 - 1
#: At odd places symbols have small values, so that floors and sums over an index are told apart.
PLACES, SMALL = 4, 29
#: How many nodes the value of a floor or of a sum over an index may take.
STEPS = 1_000


class Unknown(ClosedformError):
    """A formula without a fingerprint: a division by zero."""


class Fingerprints:
    """The fingerprints of formulas under the conditions of a claim, at one place."""

    def __init__(self, assumptions: Assumptions, place: int) -> None:
        self.symbols = _Symbols(assumptions, place)
        self.known: dict[int, tuple[Tree, int]] = {}

    def of(self, tree: Tree) -> int:
        """The fingerprint of a formula; a part that occurs again is worked out once.

        Raises:
            Unknown: it has none.
        """
        kind = type(tree)
        if kind is Symbol:
            return residue(self.symbols[tree.name])  # type: ignore[attr-defined]
        if kind is Number:
            return residue(tree.value)  # type: ignore[attr-defined]
        entry = self.known.get(id(tree))
        if entry is None:
            entry = self.known[id(tree)] = tree, _OF[kind](self, tree)
        return entry[1]

    def at(self, values: Mapping[str, Tree]) -> Fingerprints:
        """The fingerprints where some symbols have those of other formulas."""
        other = copy(self)
        other.symbols = copy(self.symbols)
        other.symbols.update({name: self.of(tree) for name, tree in values.items()})
        other.known = {}
        return other

    def _exact(self, tree: Tree) -> int:
        """The value of a floor, a maximum or a sum over an index; else one that stands for it."""
        # Drawn now, as a sum over an index asks a copy; n_i and n_j are terms of one sequence.
        for name, index in summed_names(tree):
            if term := running(name, index):
                self.symbols[name] = self.symbols[term.at("#")]
        for name in symbol_names(tree):
            self.symbols[name]
        try:
            return residue(value(tree, self.symbols, work=Work(STEPS)))
        except (ClosedformError, ArithmeticError, LookupError):
            parts = tuple(self.of(part) for part in children(tree))
            return hash((getattr(tree, "function", ""), *parts)) % PRIME

    def _power(self, tree: Power) -> int:
        base, exponent = self.of(tree.base), tree.exponent
        try:
            times = value(exponent, self.symbols)
        except (ClosedformError, ArithmeticError, LookupError):
            raise Unknown("no fingerprint") from None
        if isinstance(times, Fraction):
            return hash((base, times)) % PRIME
        return pow(base, times, PRIME) if base or times > 0 else _no_value()


def residue(number: int | Fraction) -> int:
    """A fraction modulo the prime."""
    if isinstance(number, int):
        return number % PRIME
    return number.numerator * inverse(number.denominator) % PRIME


@lru_cache(maxsize=4096)
def inverse(number: int) -> int:
    """1 over a number modulo the prime.

    Raises:
        Unknown: the number is zero.
    """
    return pow(number, -1, PRIME) if number % PRIME else _no_value()


def _no_value() -> int:
    raise Unknown("a division by zero")


def _product(self: Fingerprints, tree: Product) -> int:
    product = 1
    for factor in tree.factors:
        product = product * self.of(factor) % PRIME
    return product


_OF: dict[type, Callable[[Fingerprints, Any], int]] = {
    Sum: lambda self, tree: sum(map(self.of, tree.terms)) % PRIME,
    Product: _product,
    Quotient: lambda self, tree: (
        self.of(tree.numerator) * inverse(self.of(tree.denominator)) % PRIME
    ),
    Negative: lambda self, tree: -self.of(tree.operand) % PRIME,
    Power: Fingerprints._power,
    Call: Fingerprints._exact,
    Series: Fingerprints._exact,
}


class _Symbols(dict[str, "int | Fraction"]):
    """A value for each symbol, in keeping with equations and divisibility, found when asked for."""

    def __init__(self, assumptions: Assumptions, place: int) -> None:
        self.equations = assumptions.equations
        self.divisors = {m.name: d for d, m in assumptions.divisions if isinstance(m, Symbol)}
        self.place = place

    def __missing__(self, name: str) -> int | Fraction:
        drawn = _drawn(name, self.place)
        self[name] = drawn
        if name in self.equations:
            self[name] = value(self.equations[name], self)
        elif name in self.divisors:
            self[name] = drawn * value(self.divisors[name], self)
        return self[name]


@lru_cache(maxsize=4096)
def _drawn(name: str, place: int) -> int:
    """A number that looks random and is always the same for a name."""
    seed = crc32(f"{name} {place}".encode())
    return seed % SMALL + 2 if place % 2 else seed * 2654435761 % PRIME
