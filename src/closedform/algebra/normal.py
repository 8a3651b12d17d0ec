"""The normal form: quotients of polynomials over Z in the symbols of a claim and their *atoms*.

Two formulas without floors, roots, logarithms or symbolic exponents are equal exactly when the
numerator of their difference is the zero polynomial; that is a decision, not a heuristic. What is no
rational function becomes an atom, a further generator of the ring (:mod:`closedform.algebra.atoms`),
so the same test still proves equality, and what it does not prove is left to the other procedures.

Expansion is bounded: each field counts the products of terms it has made (:data:`WORK`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm
from typing import Any, TypeAlias

from sympy import ZZ
from sympy.polys.rings import PolyElement, PolyRing

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
from closedform.errors import TooLarge, UndefinedValue

#: Bounds that keep any one claim well under a second on the slowest machine we tried (2 cores):
#: 200,000 products of terms take about 0.15 s.
WORK = 200_000
TERMS = 5_000
EXPONENT = 10_000
BITS = 13_000  # about 4,000 decimal digits; Python itself refuses to print more than 4,300


@lru_cache(maxsize=512)
def _ring(size: int) -> PolyRing:
    return PolyRing([f"v{i}" for i in range(size)], ZZ)


class Field:
    """The rational functions in some generators: symbols first, atoms as they are met.

    ``reals`` names the symbols that are positive but no integers. ``atom`` reads a node that is no rational
    function as a rational function of atoms (:func:`closedform.algebra.atoms.open_field` gives it).
    """

    def __init__(
        self,
        names: Iterable[str],
        atom: AtomReader,
        *,
        reals: Iterable[str] = (),
        lower: Mapping[str, int] | None = None,
    ) -> None:
        self.atom = atom
        #: Smallest values of the integer symbols that do not start at 1.
        self.lower: Mapping[str, int] = lower or {}
        self.keys: list[object] = list(dict.fromkeys(names))
        self.index: dict[object, int] = {key: i for i, key in enumerate(self.keys)}
        self.reals = frozenset(reals)
        self.integers: list[bool] = [key not in self.reals for key in self.keys]
        #: Generators that are known never to be negative.
        self.nonnegative: list[bool] = [True] * len(self.keys)
        self.trees: list[Tree] = [Symbol(str(key)) for key in self.keys]
        # Relations r^q = x of root atoms: generator index -> (q, right-hand side).
        self.roots: dict[int, tuple[int, RationalFunction]] = {}
        # Floors by generator index -> (numerator, denominator) of the argument.
        self.floors: dict[int, tuple[RationalFunction, RationalFunction]] = {}
        self.ring = _ring(len(self.keys))
        self.work = 0
        self.one = RationalFunction(self, self.ring.one, self.ring.one)
        self.zero = RationalFunction(self, self.ring.zero, self.ring.one)

    def number(self, value: int | Fraction) -> RationalFunction:
        if value.numerator.bit_length() > BITS or value.denominator.bit_length() > BITS:
            raise TooLarge("the number of binary digits of a number", BITS)
        ring = self.ring
        return RationalFunction(
            self, ring.ground_new(value.numerator), ring.ground_new(value.denominator)
        )

    def generator(
        self,
        key: object,
        *,
        tree: Tree | None = None,
        integer: bool = True,
        nonnegative: bool = True,
    ) -> RationalFunction:
        """The generator filed under ``key``; a new one widens the ring."""
        place = self.index.get(key)
        if place is None:
            place = len(self.keys)
            self.keys.append(key)
            self.index[key] = place
            self.integers.append(integer and key not in self.reals)
            self.nonnegative.append(nonnegative)
            self.trees.append(tree if tree is not None else Symbol(str(key)))
            self.ring = _ring(place + 1)
        return RationalFunction(self, self.ring.gens[place], self.ring.one)

    def lift(self, poly: PolyElement) -> PolyElement:
        """``poly`` in the ring as it is now."""
        missing = self.ring.ngens - poly.ring.ngens
        if not missing:
            return poly
        pad = (0,) * missing
        return self.ring.from_dict({monomial + pad: c for monomial, c in poly.items()})

    def spend(self, left: int, right: int) -> None:
        self.work += left * right
        if self.work > WORK or left * right > 40 * TERMS:
            raise TooLarge("the number of terms of the expanded formula", TERMS)

    def normal(self, tree: Tree) -> RationalFunction:
        """The normal form of ``tree``.

        Raises:
            UndefinedValue: a division by zero.
            TooLarge: the expansion passes a bound.
        """
        return _NORMAL[type(tree)](self, tree)

    # -- one method per node ---------------------------------------------------------------------

    def _number(self, tree: Number) -> RationalFunction:
        return self.number(tree.value)

    def _symbol(self, tree: Symbol) -> RationalFunction:
        return self.generator(tree.name)

    def _sum(self, tree: Sum) -> RationalFunction:
        total = self.normal(tree.terms[0])
        for term in tree.terms[1:]:
            total = total + self.normal(term)
        return total

    def _product(self, tree: Product) -> RationalFunction:
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


class RationalFunction:
    """``num / den``, two polynomials over Z of one field; not cancelled until asked."""

    __slots__ = ("den", "field", "num")

    def __init__(self, field: Field, num: PolyElement, den: PolyElement) -> None:
        self.field = field
        self.num = num
        self.den = den

    def _lifted(self) -> tuple[PolyElement, PolyElement]:
        if self.num.ring is self.field.ring and self.den.ring is self.field.ring:
            return self.num, self.den
        return self.field.lift(self.num), self.field.lift(self.den)

    def __add__(self, other: RationalFunction) -> RationalFunction:
        field = self.field
        a, b = self._lifted()
        c, d = other._lifted()
        if b == d:
            return field_element(field, a + c, b)
        if len(b) == 1 and len(d) == 1:
            left, right, common = _common_monomial(b, d)
            return field_element(field, a * left + c * right, common)
        field.spend(len(a), len(d))
        field.spend(len(c), len(b))
        field.spend(len(b), len(d))
        return field_element(field, a * d + c * b, b * d)

    def __sub__(self, other: RationalFunction) -> RationalFunction:
        return self + (-other)

    def __neg__(self) -> RationalFunction:
        return RationalFunction(self.field, -self.num, self.den)

    def __mul__(self, other: RationalFunction) -> RationalFunction:
        field = self.field
        a, b = self._lifted()
        c, d = other._lifted()
        field.spend(len(a), len(c))
        if len(b) + len(d) > 2:
            field.spend(len(b), len(d))
        return field_element(field, a * c, b * d)

    def __truediv__(self, other: RationalFunction) -> RationalFunction:
        if not other.num:
            raise UndefinedValue("a division by zero", "a denominator must not vanish")
        return self * RationalFunction(self.field, other.den, other.num)

    def __pow__(self, exponent: int) -> RationalFunction:
        base = self if exponent >= 0 else self.field.one / self
        times = abs(exponent)
        if times > EXPONENT:
            raise TooLarge("an exponent", EXPONENT)
        if len(base.num) == 1 and len(base.den) == 1:
            bits = max(base.num.LC.bit_length(), base.den.LC.bit_length())
            if bits > 1 and bits * times > BITS:
                raise TooLarge("the number of binary digits of a number", BITS)
            return field_element(self.field, base.num**times, base.den**times)
        if times > 64:
            raise TooLarge("the exponent of a sum", 64)
        result = self.field.one
        for _ in range(times):
            result = result * base
        return result

    def cancelled(self) -> RationalFunction:
        """In lowest terms, the denominator's leading coefficient positive."""
        a, b = self._lifted()
        if not a:
            return self.field.zero
        if len(b) > 1 and len(a) * len(b) > TERMS:
            raise TooLarge("the number of terms of the expanded formula", TERMS)
        a, b = a.cancel(b) if b != 1 else (a, b)
        if b.LC < 0:
            a, b = -a, -b
        return RationalFunction(self.field, a, b)

    def constant(self) -> Fraction | None:
        """The value, when it is the same number everywhere."""
        if not self.num:
            return Fraction(0)
        if self.num.is_ground and self.den.is_ground:
            return Fraction(int(self.num.LC), int(self.den.LC))
        reduced = self.cancelled()
        if reduced.num.is_ground and reduced.den.is_ground:
            return Fraction(int(reduced.num.LC), int(reduced.den.LC))
        return None

    def is_zero(self) -> bool:
        return not self.num

    def key(self) -> object:
        """A hashable identity: equal for equal functions of the same field."""
        reduced = self.cancelled()
        return (_poly_key(self.field, reduced.num), _poly_key(self.field, reduced.den))


def field_element(field: Field, num: PolyElement, den: PolyElement) -> RationalFunction:
    """``num / den``, with the relations of roots applied where the field has any."""
    if len(num) > TERMS or len(den) > TERMS:
        raise TooLarge("the number of terms of the expanded formula", TERMS)
    if field.roots:
        for place, (degree, radicand) in field.roots.items():
            num, den = _reduce_root(field, num, den, place, degree, radicand)
    return RationalFunction(field, num, den)


def _poly_key(field: Field, poly: PolyElement) -> object:
    return frozenset(
        (tuple((field.keys[i], e) for i, e in enumerate(monomial) if e), int(c))
        for monomial, c in poly.items()
    )


def _common_monomial(b: PolyElement, d: PolyElement) -> tuple[PolyElement, PolyElement, PolyElement]:
    """Cofactors of two one-term polynomials, and their least common multiple."""
    ring = b.ring
    ((m, p),) = b.items()
    ((n, q),) = d.items()
    top = tuple(map(max, m, n))
    number = lcm(int(p), int(q))
    left = ring.from_dict({tuple(t - e for t, e in zip(top, m)): ZZ(number // int(p))})
    right = ring.from_dict({tuple(t - e for t, e in zip(top, n)): ZZ(number // int(q))})
    return left, right, ring.from_dict({top: ZZ(number)})


def _reduce_root(
    field: Field,
    num: PolyElement,
    den: PolyElement,
    place: int,
    degree: int,
    radicand: RationalFunction,
) -> tuple[PolyElement, PolyElement]:
    """Replace r^degree by the radicand, in numerator and denominator."""
    results = []
    for poly in (num, den):
        poly = field.lift(poly)
        if all(monomial[place] < degree for monomial in poly):
            results.append((poly, field.ring.one))
            continue
        groups: dict[int, dict[tuple[int, ...], Any]] = {}
        for monomial, coefficient in poly.items():
            times, left = divmod(monomial[place], degree)
            rest = (*monomial[:place], left, *monomial[place + 1 :])
            group = groups.setdefault(times, {})
            group[rest] = group.get(rest, 0) + coefficient
        most = max(groups)
        top, bottom = field.lift(radicand.num), field.lift(radicand.den)
        total = field.ring.zero
        for times, group in groups.items():
            part = field.ring.from_dict(group)
            field.spend(len(part), len(top) ** min(times, 8))
            total += part * top**times * bottom ** (most - times)
        results.append((total, bottom**most))
    (a, b), (c, d) = results
    return a * d, c * b


def integer_content(poly: PolyElement) -> int:
    """The greatest common divisor of the coefficients."""
    return gcd(*(int(c) for c in poly.values()))
