"""Rational functions over Z in a growing list of generators: symbols first, atoms as they are met.

An *atom* stands for what is no rational function (a floor, a root, a logarithm); what is known of its
values is kept beside it (:class:`Known`). Expansion is bounded: every product of terms is paid for
(:class:`Work`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm
from typing import Any

from sympy import ZZ
from sympy.polys.rings import PolyElement, PolyRing

from closedform.algebra.divisors import cancelled
from closedform.algebra.tree import Symbol, Tree
from closedform.errors import TooLarge, UndefinedValue

#: Bounds that keep any one claim well under a second: 200,000 products of terms take about 0.15 s.
WORK = 200_000
TERMS = 5_000
EXPONENT = 10_000
#: The largest power of a sum that is multiplied out.
SUM_EXPONENT = 64
BITS = 13_000  # about 4,000 decimal digits; Python itself refuses to print more than 4,300

Monomial = tuple[int, ...]


class Work:
    """A budget of steps: deterministic, so that a verdict does not depend on the machine."""

    __slots__ = ("left", "limit")

    def __init__(self, limit: int = WORK) -> None:
        self.limit = limit
        self.left = limit

    def spend(self, steps: int) -> None:
        """Pay for ``steps``.

        Raises:
            TooLarge: the budget is used up.
        """
        self.left -= steps
        if self.left < 0:
            raise TooLarge("the work that this formula takes (products of terms)", self.limit)


@dataclass(frozen=True)
class Known:
    """What is known of a generator's values.

    ``integer``: all are integers. ``nonnegative``: none is below 0. ``least``: none is below this
    integer (0 where nothing better is known, or where the generator may be negative). ``above``: none is
    ``least`` itself.
    """

    integer: bool = True
    nonnegative: bool = True
    least: int = 0
    above: bool = False


@lru_cache(maxsize=512)
def ring_of(size: int) -> PolyRing:
    """The polynomials over Z in so many generators."""
    return PolyRing([f"v{i}" for i in range(size)], ZZ)


class Generators:
    """The generators of a field of rational functions, and the relations between them."""

    def __init__(self, names: Iterable[str], known: Iterable[Known], work: Work | None) -> None:
        self.keys: list[object] = list(names)
        self.index: dict[object, int] = {key: i for i, key in enumerate(self.keys)}
        self.known: list[Known] = list(known)
        self.trees: list[Tree] = [Symbol(str(key)) for key in self.keys]
        #: Relations r^q = x of root atoms: generator index -> (q, right-hand side).
        self.roots: dict[int, tuple[int, RationalFunction]] = {}
        #: Floors by generator index -> (numerator, denominator) of the argument.
        self.floors: dict[int, tuple[RationalFunction, RationalFunction]] = {}
        #: Symbolic powers of integers by generator index -> (base, exponent), the exponent never negative.
        self.powers: dict[int, tuple[RationalFunction, RationalFunction]] = {}
        #: Largest ones by generator index -> what they are the largest of.
        self.maxima: dict[int, tuple[RationalFunction, ...]] = {}
        self.ring = ring_of(len(self.keys))
        self.work = work or Work()
        self.one = RationalFunction(self, self.ring.one, self.ring.one)
        self.zero = RationalFunction(self, self.ring.zero, self.ring.one)

    def number(self, value: int | Fraction) -> RationalFunction:
        """A constant."""
        if value.numerator.bit_length() > BITS or value.denominator.bit_length() > BITS:
            raise TooLarge("the number of binary digits of a number", BITS)
        ring = self.ring
        return RationalFunction(
            self, ring.ground_new(value.numerator), ring.ground_new(value.denominator)
        )

    def generator(
        self, key: object, *, tree: Tree | None = None, known: Known | None = None
    ) -> RationalFunction:
        """The generator filed under ``key``; a new one widens the ring."""
        place = self.index.get(key)
        if place is None:
            place = len(self.keys)
            self.keys.append(key)
            self.index[key] = place
            self.known.append(known or Known())
            self.trees.append(tree if tree is not None else Symbol(str(key)))
            self.ring = ring_of(place + 1)
        return RationalFunction(self, self.ring.gens[place], self.ring.one)

    def lift(self, poly: PolyElement) -> PolyElement:
        """``poly`` in the ring as it is now."""
        missing = self.ring.ngens - poly.ring.ngens
        if not missing:
            return poly
        pad = (0,) * missing
        return self.ring.from_dict({monomial + pad: c for monomial, c in poly.items()})

    def polynomial(self, poly: PolyElement) -> RationalFunction:
        """A polynomial as a rational function."""
        return RationalFunction(self, self.lift(poly), self.ring.one)

    def spend(self, a: PolyElement, b: PolyElement) -> None:
        """Pay for the product of two polynomials; long numbers cost more."""
        steps = len(a) * len(b)
        if steps > 500:
            bits = max(_bits(a), _bits(b))
            steps *= 1 + bits // 256
        self.work.spend(steps)


def _bits(poly: PolyElement) -> int:
    return max((int(c).bit_length() for c in poly.values()), default=0)


class RationalFunction:
    """``num / den``, two polynomials over Z of one field; not cancelled until asked."""

    __slots__ = ("den", "field", "num")

    def __init__(self, field: Generators, num: PolyElement, den: PolyElement) -> None:
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
            return field_element(field, a.mul_term(left) + c.mul_term(right), common)
        field.spend(a, d)
        field.spend(c, b)
        field.spend(b, d)
        return field_element(field, a * d + c * b, b * d)

    def __sub__(self, other: RationalFunction) -> RationalFunction:
        return self + (-other)

    def __neg__(self) -> RationalFunction:
        return RationalFunction(self.field, -self.num, self.den)

    def __mul__(self, other: RationalFunction) -> RationalFunction:
        a, b = self._lifted()
        c, d = other._lifted()
        field = self.field
        return field_element(field, _times(field, a, c), _times(field, b, d))

    def __truediv__(self, other: RationalFunction) -> RationalFunction:
        if not other.num:
            raise UndefinedValue("a division by zero", "a denominator must not vanish")
        return self * RationalFunction(self.field, other.den, other.num)

    def __pow__(self, exponent: int) -> RationalFunction:
        base = self if exponent >= 0 else self.field.one / self
        times = abs(exponent)
        if times > EXPONENT:
            raise TooLarge("an exponent", EXPONENT)
        if len(base.num) <= 1 and len(base.den) == 1:
            bits = max(int(base.num.LC).bit_length(), int(base.den.LC).bit_length())
            if bits > 1 and bits * times > BITS:
                raise TooLarge("the number of binary digits of a number", BITS)
            return field_element(self.field, base.num**times, base.den**times)
        if times > SUM_EXPONENT:
            raise TooLarge("the exponent of a sum", SUM_EXPONENT)
        result = self.field.one
        for _ in range(times):
            result = result * base
        return result

    def cancelled(self) -> RationalFunction:
        """In lowest terms as far as it is cheap, the denominator's leading coefficient positive."""
        a, b = self._lifted()
        if not a:
            return self.field.zero
        a, b = cancelled(a, b)
        return RationalFunction(self.field, a, b)

    def constant(self) -> Fraction | None:
        """The value, when it is seen to be the same number everywhere."""
        if not self.num:
            return Fraction(0)
        if self.num.is_ground and self.den.is_ground:
            return Fraction(int(self.num.LC), int(self.den.LC))
        if len(self.num) != len(self.den):
            return None
        reduced = self.cancelled()
        if reduced.num.is_ground and reduced.den.is_ground:
            return Fraction(int(reduced.num.LC), int(reduced.den.LC))
        return None

    def is_zero(self) -> bool:
        """Whether the numerator is the zero polynomial."""
        return not self.num

    def key(self) -> object:
        """A hashable identity: only equal functions of the same field share it."""
        reduced = self.cancelled()
        return (_poly_key(self.field, reduced.num), _poly_key(self.field, reduced.den))


def field_element(field: Generators, num: PolyElement, den: PolyElement) -> RationalFunction:
    """``num / den``, with the relations of roots applied where the field has any."""
    if len(num) > TERMS or len(den) > TERMS:
        raise TooLarge("the number of terms of the expanded formula", TERMS)
    # A later root may hold an earlier one, so the later goes first.
    for place in sorted(field.roots, reverse=True) if field.roots else ():
        degree, radicand = field.roots[place]
        num, den = _reduce_root(field, num, den, place, degree, radicand)
    if not den:
        raise UndefinedValue("a division by zero", "a denominator must not vanish")
    return RationalFunction(field, num, den)


def _times(field: Generators, a: PolyElement, b: PolyElement) -> PolyElement:
    if len(b) == 1:
        ((monomial, coefficient),) = b.items()
        return a.mul_term((monomial, coefficient))
    if len(a) == 1:
        return _times(field, b, a)
    field.spend(a, b)
    return a * b


def _poly_key(field: Generators, poly: PolyElement) -> object:
    return frozenset(
        (tuple((field.keys[i], e) for i, e in enumerate(monomial) if e), int(c))
        for monomial, c in poly.items()
    )


def _common_monomial(
    b: PolyElement, d: PolyElement
) -> tuple[tuple[Monomial, Any], tuple[Monomial, Any], PolyElement]:
    """Cofactors of two one-term polynomials, as terms, and their least common multiple."""
    ((m, p),) = b.items()
    ((n, q),) = d.items()
    top = tuple(map(max, m, n))
    number = lcm(int(p), int(q))
    left = (tuple(map(int.__sub__, top, m)), ZZ(number // int(p)))
    right = (tuple(map(int.__sub__, top, n)), ZZ(number // int(q)))
    return left, right, b.ring.from_dict({top: ZZ(number)})


def _reduce_root(
    field: Generators,
    num: PolyElement,
    den: PolyElement,
    place: int,
    degree: int,
    radicand: RationalFunction,
) -> tuple[PolyElement, PolyElement]:
    """Replace r^degree by the radicand, in numerator and denominator."""
    (a, b), (c, d) = (_without_powers(field, p, place, degree, radicand) for p in (num, den))
    return _times(field, a, d), _times(field, c, b)


def _without_powers(
    field: Generators, poly: PolyElement, place: int, degree: int, radicand: RationalFunction
) -> tuple[PolyElement, PolyElement]:
    poly = field.lift(poly)
    if all(monomial[place] < degree for monomial in poly):
        return poly, field.ring.one
    groups: dict[int, dict[Monomial, Any]] = {}
    for monomial, coefficient in poly.items():
        times, left = divmod(monomial[place], degree)
        rest = (*monomial[:place], left, *monomial[place + 1 :])
        group = groups.setdefault(times, {})
        group[rest] = group.get(rest, 0) + coefficient
    most = max(groups)
    top = RationalFunction(field, field.lift(radicand.num), field.ring.one)
    bottom = RationalFunction(field, field.lift(radicand.den), field.ring.one)
    total = field.ring.zero
    for times, group in groups.items():
        part = field.ring.from_dict({m: c for m, c in group.items() if c})
        factor = _plain_power(top, times) * _plain_power(bottom, most - times)
        total += _times(field, part, factor)
    return total, _plain_power(bottom, most)


def _plain_power(value: RationalFunction, times: int) -> PolyElement:
    """A power of a polynomial that holds no root of its own to be reduced."""
    field = value.field
    if len(value.num) == 1:
        return value.num**times
    if times > SUM_EXPONENT:
        raise TooLarge("the exponent of a sum", SUM_EXPONENT)
    result = field.ring.one
    for _ in range(times):
        result = _times(field, result, value.num)
    return result


def integer_content(poly: PolyElement) -> int:
    """The greatest common divisor of the coefficients."""
    return gcd(*(int(c) for c in poly.values()))
