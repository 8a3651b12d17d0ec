"""Polynomials over Z: dictionaries from monomials to integers, none of them 0.

Sums, products and division are done here. Common divisors and factors are SymPy's, which is loaded
for the first of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain, compress
from math import gcd
from operator import add, sub
from typing import TYPE_CHECKING

from closedform.algebra.work import GENERATORS, WORK
from closedform.errors import TooLarge
from closedform.later import sympy

if TYPE_CHECKING:
    from sympy.polys.rings import PolyElement, PolyRing

Monomial = tuple[int, ...]


class Polynomial(dict[Monomial, int]):
    """The sum of the terms that are given, all of one ring; it is not changed once it is made.

    >>> x, y = map(ring_of(2).gen, (0, 1))
    >>> (x + y) * (x - y) == x**2 - y**2, ((x + 1) * y).terms()
    (True, [((1, 1), 1), ((0, 1), 1)])
    """

    __slots__ = ("ring",)

    def __init__(
        self, ring: Ring, terms: Mapping[Monomial, int] | Iterable[tuple[Monomial, int]] = ()
    ) -> None:
        super().__init__(terms)
        self.ring = ring

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, int):
            return self == self.ring.ground_new(other)
        return dict.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    @property
    def is_ground(self) -> bool:
        """Whether it is a number."""
        return not self or (len(self) == 1 and self.ring.zero_monom in self)

    @property
    def LC(self) -> int:
        """The coefficient of the first term; 0 of none."""
        return self[max(self)] if self else 0

    def terms(self) -> list[tuple[Monomial, int]]:
        """Monomials and coefficients, the highest power of the first generator first."""
        return sorted(self.items(), reverse=True)

    def __neg__(self) -> Polynomial:
        return Polynomial(self.ring, {m: -c for m, c in self.items()})

    def __add__(self, other: Polynomial | int) -> Polynomial:
        return self._plus(other, 1)

    def __sub__(self, other: Polynomial | int) -> Polynomial:
        return self._plus(other, -1)

    def _plus(self, other: Polynomial | int, sign: int) -> Polynomial:
        if isinstance(other, int):
            other = self.ring.ground_new(other)
        total = dict(self)
        for monomial, coefficient in other.items():
            summed = total.get(monomial, 0) + sign * coefficient
            if summed:
                total[monomial] = summed
            else:
                del total[monomial]
        return Polynomial(self.ring, total)

    def __mul__(self, other: Polynomial | int) -> Polynomial:
        if isinstance(other, int):
            return Polynomial(self.ring, {m: c * other for m, c in self.items() if other})
        if len(self) == 1:
            return other.mul_term(*self.items())
        if len(other) == 1:
            return self.mul_term(*other.items())
        if len(self) * len(other) > WORK:
            raise TooLarge("the work that this formula takes (products of terms)", WORK)
        total: dict[Monomial, int] = {}
        for m, c in self.items():
            for n, d in other.items():
                key = tuple(map(add, m, n))
                total[key] = total.get(key, 0) + c * d
        return self.ring.from_dict(total)

    def mul_term(self, term: tuple[Monomial, int]) -> Polynomial:
        """The product with a term that is not 0."""
        monomial, factor = term
        return Polynomial(
            self.ring, {tuple(map(add, m, monomial)): c * factor for m, c in self.items()}
        )

    def __pow__(self, exponent: int) -> Polynomial:
        if len(self) == 1:
            ((monomial, coefficient),) = self.items()
            raised = tuple(e * exponent for e in monomial)
            return Polynomial(self.ring, {raised: coefficient**exponent})
        result = self.ring.one
        for _ in range(exponent):
            result = result * self
        return result

    def by_power(self, place: int, every: int = 1) -> dict[int, Polynomial]:
        """The coefficients of the powers of x^every, x one generator, which hold smaller ones.

        >>> x, y = map(ring_of(2).gen, (0, 1))
        >>> {power: row.terms() for power, row in (x * x * y + y + 1).by_power(0).items()}
        {2: [((0, 1), 1)], 0: [((0, 1), 1), ((0, 0), 1)]}
        """
        rows: dict[int, Polynomial] = {}
        for m, c in self.items():
            power, left = divmod(m[place], every)
            if power not in rows:
                rows[power] = Polynomial(self.ring)
            rest = (*m[:place], left, *m[place + 1 :])
            rows[power][rest] = c
        return rows

    def put(self, place: int, above: Polynomial, below: Polynomial | None = None) -> Polynomial:
        """With above/below for a generator, times ``below`` to the power of its degree.

        >>> x, y = map(ring_of(2).gen, (0, 1))
        >>> (x * x + x).put(0, y + 1).terms()
        [((0, 2), 1), ((0, 1), 3), ((0, 0), 2)]
        """
        rows = self.by_power(place)
        degree = max(rows, default=0)
        total = self.ring.zero
        for exponent, row in rows.items():
            term = row * above**exponent
            total += term if below is None else term * below ** (degree - exponent)
        return total

    def shared(self, *others: Polynomial) -> Monomial:
        """The greatest monomial that divides each term, of others too."""
        return tuple(map(min, zip(*chain(self, *others), strict=True)))

    def over(self, monomial: Monomial, number: int = 1) -> Polynomial:
        """The quotient by a term that divides each of its terms."""
        return Polynomial(
            self.ring, {tuple(map(sub, m, monomial)): c // number for m, c in self.items()}
        )

    def coefficients(self, place: int) -> list[int]:
        """The numbers c_0, c_1, … of a polynomial in one generator.

        >>> x = ring_of(2).gen(1)
        >>> (x * x * 3 - 1).coefficients(1)
        [-1, 0, 3]
        """
        numbers = {m[place]: c for m, c in self.items()}
        return [numbers.get(power, 0) for power in range(max(numbers, default=0) + 1)]

    def division(self, other: Polynomial) -> Iterator[tuple[bool, Monomial, int]]:
        """The terms of the quotient (True) and of the remainder, in which none is to be divided."""
        top = max(other)
        lead = other[top]
        left = dict(self)
        while left:
            monomial = max(left)
            moved = tuple(map(sub, monomial, top))
            if min(moved, default=0) < 0 or left[monomial] % lead:
                yield False, monomial, left.pop(monomial)
                continue
            factor = left[monomial] // lead
            yield True, moved, factor
            for n, d in other.items():
                key = tuple(map(add, moved, n))
                reduced = left.get(key, 0) - factor * d
                if reduced:
                    left[key] = reduced
                else:
                    del left[key]

    def div(self, other: Polynomial) -> tuple[Polynomial, Polynomial]:
        """Quotient and remainder."""
        whole, rest = Polynomial(self.ring), Polynomial(self.ring)
        for divided, monomial, coefficient in self.division(other):
            (whole if divided else rest)[monomial] = coefficient
        return whole, rest

    def exquo(self, other: Polynomial) -> Polynomial:
        """The quotient by a divisor."""
        whole, rest = self.div(other)
        if rest:
            raise ArithmeticError("no divisor")
        return whole

    # -- what SymPy finds ----------------------------------------------------------------------

    def gcd(self, other: Polynomial) -> Polynomial | None:
        """The greatest common divisor, positive at first; ``None`` where SymPy gives it up."""
        if len(self) == 1 or len(other) == 1:
            return Polynomial(self.ring, {self.shared(other): gcd(*self.values(), *other.values())})
        packed = Packed(self, other)
        try:
            return packed.taken(packed.given(self).gcd(packed.given(other)))
        except sympy.polys.polyerrors.HeuristicGCDFailed:
            return None

    def factor_list(self) -> tuple[int, list[tuple[Polynomial, int]]]:
        """A number, and the irreducible factors with their exponents, as far as SymPy finds any."""
        if self.is_ground:
            return self.LC, []
        packed = Packed(self)
        try:
            number, factors = packed.given(self).factor_list()
        except sympy.polys.polyerrors.PolynomialError:
            return 1, [(self, 1)]
        return int(number), [(packed.taken(factor), int(times)) for factor, times in factors]


class Packed:
    """Polynomials for SymPy in the generators that they hold, since it looks at each of a ring."""

    def __init__(self, *polys: Polynomial) -> None:
        self.ring = polys[0].ring
        self.places = sorted({place for poly in polys for m in poly for place, _ in powers_in(m)})

    def given(self, poly: Polynomial) -> PolyElement:
        """The same polynomial for SymPy."""
        terms = {tuple([m[i] for i in self.places]): c for m, c in poly.items()}
        return _sympy_ring(len(self.places)).from_dict(terms)

    def taken(self, poly: PolyElement) -> Polynomial:
        """A polynomial of SymPy as one of ours."""
        terms: dict[Monomial, int] = {}
        for monomial, coefficient in poly.items():
            powers = dict(zip(self.places, monomial, strict=True))
            exponents = tuple([powers.get(place, 0) for place in range(self.ring.ngens)])
            terms[exponents] = int(coefficient)
        return Polynomial(self.ring, terms)


class Ring:
    """The polynomials over Z in so many generators; :func:`ring_of` makes each once."""

    def __init__(self, ngens: int) -> None:
        self.ngens = ngens
        self.zero_monom: Monomial = (0,) * ngens
        self.zero = Polynomial(self)
        self.one = self.ground_new(1)

    def gen(self, place: int) -> Polynomial:
        """The generator at a place."""
        return Polynomial(self, {(0,) * place + (1,) + (0,) * (self.ngens - place - 1): 1})

    def ground_new(self, number: int) -> Polynomial:
        """A number as a polynomial."""
        return Polynomial(self, {self.zero_monom: number} if number else {})

    def from_dict(self, terms: Mapping[Monomial, int]) -> Polynomial:
        """The polynomial with these terms; those with 0 are left out."""
        return Polynomial(self, {m: c for m, c in terms.items() if c})


@lru_cache(maxsize=512)
def ring_of(size: int) -> Ring:
    """The polynomials over Z in so many generators.

    Raises:
        TooLarge: more than a formula may have.
    """
    if size > GENERATORS:
        raise TooLarge("the number of symbols, and functions of them,", GENERATORS)
    return Ring(size)


@lru_cache(maxsize=512)
def _sympy_ring(size: int) -> PolyRing:
    return sympy.polys.rings.PolyRing([f"v{i}" for i in range(size)], sympy.ZZ)


def powers_in(monomial: Monomial) -> Iterator[tuple[int, int]]:
    """The places of the generators in a monomial, with their exponents."""
    return compress(enumerate(monomial), monomial)


def integer_content(poly: Polynomial) -> int:
    """The greatest common divisor of the coefficients."""
    return gcd(*poly.values())
