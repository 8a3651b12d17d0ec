"""Rational functions over Z in a growing list of generators: symbols first, atoms as they are met.

An *atom* stands for what is no rational function (a floor, a root, a logarithm); what is known of
its values is kept beside it (:class:`Known`). Expansion is bounded: every product of terms is paid
for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, TypeAlias

from closedform.algebra.domains import Domain, Known, known_of
from closedform.algebra.normal_form.divisors import cancelled
from closedform.algebra.normal_form.polynomials import Monomial, Polynomial, powers_in, ring_of
from closedform.algebra.normal_form.relations import present, without_powers
from closedform.algebra.tree import Symbol, Tree
from closedform.algebra.work import BITS, EXPONENT, SUM_EXPONENT, TERMS, Work
from closedform.errors import TooLarge, UndefinedValue

Readers: TypeAlias = "Mapping[type, Callable[[Field, Any], RationalFunction]]"
#: What is ≥ 0 (> 0, where the second entry says so) wherever an atom has a value.
Facts: TypeAlias = "Callable[[Field, int], Iterator[tuple[RationalFunction, bool]]]"


class Field:
    """The rational functions in some generators, and how trees are read as such.

    ``readers`` says for each kind of node how it is read
    (:func:`closedform.algebra.normal_form.atoms.open_field` gives them). ``domains`` are those of
    symbols with a bound. ``sequences`` are summed: n for n_i.
    """

    def __init__(
        self,
        names: Iterable[str],
        readers: Readers,
        *,
        domains: Mapping[str, Domain] | None = None,
        sequences: Iterable[str] = (),
        work: Work | None = None,
    ) -> None:
        self.readers = readers
        self.domains: Mapping[str, Domain] = domains or {}
        self.sequences = frozenset(sequences)
        #: What is known of an index of summation, by its name.
        self.indices: dict[str, Known] = {}
        listed = list(dict.fromkeys(names))
        self.keys: list[object] = list(listed)
        self.index: dict[object, int] = {key: i for i, key in enumerate(listed)}
        self.known: list[Known] = [self.domain(name) for name in listed]
        self.trees: list[Tree] = [Symbol(str(key)) for key in self.keys]
        #: The functions that were read: most stand on both sides of a claim.
        self.read: dict[Tree, RationalFunction] = {}
        #: Relations r^q = x of root atoms: generator index -> (q, right-hand side).
        self.roots: dict[int, tuple[int, RationalFunction]] = {}
        #: The order of the finest root of a base, by the base's key.
        self.orders: dict[object, int] = {}
        #: Floors by generator index -> (numerator, denominator) of the argument.
        self.floors: dict[int, tuple[RationalFunction, RationalFunction]] = {}
        #: Symbolic powers of integers by generator index -> (base, exponent), the exponent never
        #: negative.
        self.powers: dict[int, tuple[RationalFunction, RationalFunction]] = {}
        #: Sums over an index, and what they are at least.
        self.at_least: list[tuple[RationalFunction, RationalFunction]] = []
        #: Expressions that the conditions say are ≥ 0.
        self.given: tuple[Tree, ...] = ()
        #: What must hold for all that was read to have values: "≥ 0", "> 0", "is an integer".
        self.needs: list[tuple[RationalFunction, str]] = []
        #: What was divided by in what was read.
        self.divided: dict[Polynomial, None] = {}
        #: What is known of the values of an atom, by generator index.
        self.facts: dict[int, Facts] = {}
        #: The argument of each atom of a kind that has one: kind -> generator index -> argument.
        self.arguments: dict[str, dict[int, RationalFunction]] = defaultdict(dict)
        #: Largest ones by generator index -> what they are the largest of.
        self.maxima: dict[int, tuple[RationalFunction, ...]] = {}
        self.ring = ring_of(len(self.keys))
        self.work = work or Work()
        self.one = RationalFunction(self, self.ring.one, self.ring.one)
        self.zero = RationalFunction(self, self.ring.zero, self.ring.one)

    def domain(self, name: str) -> Known:
        """What the conditions say of a symbol; without any it is a positive integer."""
        if name in self.indices:
            return self.indices[name]
        return known_of(name, self.domains, self.sequences)

    def normal(self, tree: Tree) -> RationalFunction:
        """The normal form of ``tree``.

        Raises:
            UndefinedValue: a division by zero.
            TooLarge: the expansion passes a bound.
        """
        self.work.spend(1)
        return self.readers[type(tree)](self, tree)

    def symbol(self, name: str) -> RationalFunction:
        """The generator of a symbol."""
        return self.generator(name, known=None if name in self.index else self.domain(name))

    def number(self, value: int | Fraction) -> RationalFunction:
        """A constant."""
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
        known: Known | None = None,
        facts: Facts | None = None,
        of: RationalFunction | None = None,
    ) -> RationalFunction:
        """The generator filed under ``key``; a new one widens the ring.

        An atom ``of`` an argument has the key (kind, argument's key).
        """
        place = self.index.get(key)
        if place is None:
            place = len(self.keys)
            self.keys.append(key)
            self.index[key] = place
            self.known.append(known or Known())
            self.trees.append(tree if tree is not None else Symbol(str(key)))
            self.ring = ring_of(place + 1)
            if facts is not None:
                self.facts[place] = facts
            if of is not None and isinstance(key, tuple):
                self.arguments[key[0]][place] = of
        return RationalFunction(self, self.ring.gen(place), self.ring.one)

    def at(self, place: int) -> RationalFunction:
        """The generator that stands at a place."""
        return self.polynomial(self.ring.gen(place))

    def lift(self, poly: Polynomial) -> Polynomial:
        """``poly`` in the ring as it is now."""
        missing = self.ring.ngens - poly.ring.ngens
        if not missing:
            return poly
        pad = (0,) * missing
        return Polynomial(self.ring, {monomial + pad: c for monomial, c in poly.items()})

    def monomial(self, exponents: Monomial) -> RationalFunction:
        """A product of powers of the generators, from a monomial of this ring or an earlier one."""
        padded = exponents + (0,) * (self.ring.ngens - len(exponents))
        return RationalFunction(self, Polynomial(self.ring, {padded: 1}), self.ring.one)

    def polynomial(self, poly: Polynomial) -> RationalFunction:
        """A polynomial as a rational function."""
        return RationalFunction(self, self.lift(poly), self.ring.one)

    def spend(self, a: Polynomial, b: Polynomial) -> None:
        """Pay for the product of two polynomials; long numbers cost more."""
        steps = len(a) * len(b)
        if steps > 500:
            bits = max(c.bit_length() for p in (a, b) for c in p.values())
            steps *= 1 + bits // 256
        self.work.spend(steps)

    def times(self, a: Polynomial, b: Polynomial) -> Polynomial:
        """The product, paid for."""
        if len(b) == 1:
            self.work.spend_on(len(a), self.ring.ngens)
            return a.mul_term(*b.items())
        if len(a) == 1:
            return self.times(b, a)
        self.spend(a, b)
        return a * b


class RationalFunction:
    """``num / den``, two polynomials over Z of one field; not cancelled until asked."""

    __slots__ = ("den", "field", "num")

    def __init__(self, field: Field, num: Polynomial, den: Polynomial) -> None:
        self.field = field
        self.num = num
        self.den = den

    def lifted(self) -> tuple[Polynomial, Polynomial]:
        """Numerator and denominator in the ring as it is now."""
        if self.num.ring is self.field.ring and self.den.ring is self.field.ring:
            return self.num, self.den
        return self.field.lift(self.num), self.field.lift(self.den)

    def __add__(self, other: RationalFunction) -> RationalFunction:
        field = self.field
        a, b = self.lifted()
        c, d = other.lifted()
        if b == d:
            return field_element(field, a + c, b)
        field.spend(a, d)
        field.spend(c, b)
        field.spend(b, d)
        return field_element(field, a * d + c * b, b * d)

    def __sub__(self, other: RationalFunction) -> RationalFunction:
        if self.num == other.num and self.den == other.den:
            return self.field.zero
        return self + (-other)

    def __neg__(self) -> RationalFunction:
        return RationalFunction(self.field, -self.num, self.den)

    def __mul__(self, other: RationalFunction) -> RationalFunction:
        a, b = self.lifted()
        c, d = other.lifted()
        field = self.field
        return field_element(field, field.times(a, c), field.times(b, d))

    def __truediv__(self, other: RationalFunction) -> RationalFunction:
        if not other.num:
            raise UndefinedValue("a division by zero", "a denominator must not vanish")
        return self * RationalFunction(self.field, other.den, other.num)

    def __pow__(self, exponent: int) -> RationalFunction:
        base = self if exponent >= 0 else self.field.one / self
        times = abs(exponent)
        if not times:
            return self.field.one
        if times > EXPONENT:
            raise TooLarge("an exponent", EXPONENT)
        if len(base.num) <= 1 and len(base.den) == 1:
            bits = max(base.num.LC.bit_length(), base.den.LC.bit_length())
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
        a, b = self.lifted()
        a, b = cancelled(a, b) if a else (a, self.field.ring.one)
        return RationalFunction(self.field, a, b)

    def constant(self) -> Fraction | None:
        """The value, when it is seen to be the same number everywhere."""
        if not self.num:
            return Fraction(0)
        if self.num.is_ground and self.den.is_ground:
            return Fraction(self.num.LC, self.den.LC)
        if len(self.num) != len(self.den):
            return None
        reduced = self.cancelled()
        if reduced.num.is_ground and reduced.den.is_ground:
            return Fraction(reduced.num.LC, reduced.den.LC)
        return None

    def is_zero(self) -> bool:
        """Whether the numerator is the zero polynomial."""
        return not self.num

    def key(self) -> object:
        """A hashable identity: only equal functions of the same field share it."""
        reduced = self.cancelled()
        return (_poly_key(self.field, reduced.num), _poly_key(self.field, reduced.den))


def field_element(field: Field, num: Polynomial, den: Polynomial) -> RationalFunction:
    """``num / den``, with the relations of roots applied where the field has any."""
    if len(num) > TERMS or len(den) > TERMS:
        raise TooLarge("the number of terms of the expanded formula", TERMS)
    if field.roots:
        num, den = field.lift(num), field.lift(den)
        for place in present(field.roots, num, den):
            degree, radicand = field.roots[place]
            field.work.spend((len(num) + len(den)) // 2)
            relation = place, degree, (field.lift(radicand.num), field.lift(radicand.den))
            (a, b), (c, d) = (without_powers(p, *relation, field.times) for p in (num, den))
            num, den = field.times(a, d), field.times(c, b)
    if not den:
        raise UndefinedValue("a division by zero", "a denominator must not vanish")
    return RationalFunction(field, num, den)


def _poly_key(field: Field, poly: Polynomial) -> object:
    return frozenset(
        (tuple((field.keys[i], e) for i, e in powers_in(monomial)), c)
        for monomial, c in poly.items()
    )
