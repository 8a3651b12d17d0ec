"""What is known of the atoms of a field, as polynomials that are ≥ 0 (or > 0).

* b·⌊a/b⌋ ≤ a ≤ b·⌊a/b⌋ + b − 1 for integers a and b ≥ 1
* max(a, …) ≥ a
* bⁿ ≥ 1 + n·(b − 1) and 2bⁿ ≥ 2 + 2n·(b − 1) + n·(n − 1)·(b − 1)² for integers b ≥ 1, n ≥ 0 (the
  first terms of the binomial theorem)
* aⁿ ≥ bᵐ for a ≥ b ≥ 1 and n ≥ m; (a/b)ⁿ ≥ a/b and aⁿ − bⁿ ≥ a − b for n ≥ 1
* −1 ≤ (−1)ⁿ ≤ 1
* ᵠ√x ≤ x for x ≥ 1, and 2·√x ≤ x + 1
* 1 − 1/x ≤ log x ≤ x − 1, and log x ≤ log a + (x − a)/a for a number a
* log x > log y for x > y
* log x and ᵠ√x are at least what they are for the smallest x, and below their tangents there
* Σ f ≥ m·(b − a + 1) for an index from a to b, where no term is below m, and Σ f ≥ a shorter sum
* Σf·Σg ≥ Σfg where no term is negative, and Σf²·Σg² ≥ (Σfg)²
* numbers such as √2 and log 3 lie between two fractions
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations_with_replacement, product

from closedform.algebra.exact import enclosure
from closedform.algebra.normal_form.factors import factored
from closedform.algebra.normal_form.polynomials import Polynomial
from closedform.algebra.normal_form.rational import Field, RationalFunction
from closedform.algebra.normal_form.series import in_order, least_of
from closedform.algebra.normal_form.signs import nonnegative, positive
from closedform.algebra.proofs.goal import Known
from closedform.algebra.sequences import at_place
from closedform.algebra.tree import ONE, Call, Number, Series, Tree, power, symbol_names
from closedform.errors import Irrational, TooLarge, UndefinedValue

#: Past this many atoms only the first ones are spoken of.
ATOMS = 12
#: Irrational numbers are enclosed to so many parts of 1.
PARTS = 10**6


def facts(field: Field) -> list[Known]:
    """Polynomials ≥ 0 (or, where the second entry says so, > 0) that speak of the field's atoms."""
    known: list[Known] = []
    atoms = [i for i, key in enumerate(field.keys) if not isinstance(key, str)][:ATOMS]
    for place in atoms:
        atom = field.polynomial(field.ring.gen(place))
        for value, strict in _of_atom(field, place, atom):
            known += as_known(field, value, strict=strict)
    for value in (*_of_sums(field, atoms), *_of_two_powers(field)):
        known += as_known(field, value, strict=False)
    return known


def as_known(field: Field, value: RationalFunction, *, strict: bool) -> list[Known]:
    """A rational function ≥ 0 as a polynomial ≥ 0; none if the denominator's sign is not seen."""
    reduced = value.cancelled()
    num, den = reduced.num, reduced.den
    if den == 1 or positive(den, field):
        return [(num, strict)]
    return [(-num, strict)] if positive(-den, field) else []


def without_positive(field: Field, poly: Polynomial, *, strict: bool) -> Known:
    """What is left of a polynomial ≥ 0 (or > 0) when it is divided by its factors that are > 0."""
    product = factored(field, poly)
    kept = tuple(
        0 if known.nonnegative and (known.above or known.least) else exponent
        for exponent, known in zip(product.monomial, field.known, strict=False)
    )
    rest = field.monomial(kept).num * (1 if product.number > 0 else -1)
    for factor, exponent in product.factors:
        rest = rest if positive(factor, field) else field.times(rest, factor**exponent)
    return rest, strict


def _of_atom(
    field: Field, place: int, atom: RationalFunction
) -> Iterator[tuple[RationalFunction, bool]]:
    one = field.one
    if place in field.floors:
        top, bottom = field.floors[place]
        yield top - bottom * atom, False
        yield bottom * atom + bottom - one - top, False
    elif place in field.real_floors:
        argument = field.real_floors[place]
        yield argument - atom, False
        yield atom + one - argument, True
        if nonnegative(argument):
            yield argument**2 - atom**2, False
            yield (atom + one) ** 2 - argument**2, True
    elif place in field.maxima:
        for value in field.maxima[place]:
            yield atom - value, False
    elif place in field.powers:
        yield from _of_power(field, atom, *field.powers[place])
    elif place in field.roots:
        yield from _of_root(field, place, atom, *field.roots[place])
        yield from _enclosed(field, place, atom)
    elif place in field.logarithms:
        yield from _of_logarithm(field, atom, field.logarithms[place])
        yield from _enclosed(field, place, atom)


def _of_root(
    field: Field, place: int, atom: RationalFunction, order: int, radicand: RationalFunction
) -> Iterator[tuple[RationalFunction, bool]]:
    """(−1)ⁿ, which is a root of 1, or a root that is not negative."""
    one, two = field.one, field.number(2)
    if radicand.constant() == 1:
        yield one - atom, False
        yield one + atom, False
    if not field.known[place].nonnegative:
        return
    if field.known[place].least:
        yield radicand - atom, False
    if order == 2:
        yield radicand + one - two * atom, False
    for low, high, _ in _at_smallest(field, radicand, lambda a: power(a, ONE / order)):
        yield atom - low, False
        if order == 2:
            yield radicand + high * high - two * high * atom, False


def _of_power(
    field: Field, atom: RationalFunction, base: RationalFunction, exponent: RationalFunction
) -> Iterator[tuple[RationalFunction, bool]]:
    """The first terms of the binomial theorem for (1 + (b − 1))^e; none is negative."""
    term = total = field.one
    for number in range(1, 5 if base.constant() is not None else 3):
        term = term * (base - field.one) * (exponent - field.number(number - 1))
        term = term / field.number(number)
        total = total + term
        yield atom - total, False


def _of_two_powers(field: Field) -> Iterator[RationalFunction]:
    """A power is at least its base, and at least one that has no larger base and exponent."""
    powers = [(field.polynomial(field.ring.gen(i)), *field.powers[i]) for i in field.powers]
    primes = [row for row in powers if row[1].constant() is not None][:ATOMS]
    if len(primes) > 1:  # 4^n is (2^n)², and 6^n is 2^n 3^n.
        pairs = combinations_with_replacement(primes, 2)
        powers += [(a * b, m * n, e) for (a, m, e), (b, n, f) in pairs if not (e - f).num]
    for atom, base, exponent in powers[:ATOMS]:
        if base.constant() is None and in_order(field, exponent - field.one):
            yield atom - base
        for other, smaller, lower in powers[:ATOMS]:
            gap, more = base - smaller, exponent - lower
            if not gap.num and more.num and in_order(field, more):
                yield atom - other
                yield atom - other * (field.one + more * (base - field.one))
            elif gap.num and in_order(field, gap) and in_order(field, more):
                same = not more.num and in_order(field, exponent - field.one)
                yield atom - other - gap if same else atom - other
                if same:
                    yield atom * smaller - other * base


def _of_sums(field: Field, places: list[int]) -> Iterator[RationalFunction]:
    """No term is below the least one; a sum is at least a shorter one, and a term of its own."""
    for total, least in field.at_least[:ATOMS]:
        yield total - least
    trees = [(place, field.trees[place]) for place in places]
    sums = [_Total(field, place, tree) for place, tree in trees if isinstance(tree, Series)]
    for one, two in product(sums, repeat=2):
        yield from _of_products(field, one, two, sums)
        before, after = two.lower - one.lower, one.upper - two.upper
        same = one.place != two.place and one.terms.key() == two.terms.key()
        if one.nonnegative and same and in_order(field, before) and in_order(field, after):
            left_out = before + after if two.in_order(field.one) else field.zero
            yield one.whole - two.whole - one.least * left_out
            for room, end in ((before, one.tree.lower), (after, one.tree.upper)):
                if in_order(field, room - field.one) and one.in_order(field.zero):
                    yield from (one.whole - two.whole - term for term in one.at(end))
    for one in sums:
        for end in (one.tree.lower, one.tree.upper) if one.in_order(field.zero) else ():
            for term in one.at(end) if one.nonnegative else ():
                yield one.whole - term - one.least * (one.upper - one.lower)


class _Total:
    """A sum over an index: its atom, its bounds, and its terms."""

    def __init__(self, field: Field, place: int, tree: Series) -> None:
        self.field, self.place, self.tree = field, place, tree
        self.whole = field.polynomial(field.ring.gen(place))
        self.nonnegative = field.known[place].nonnegative
        self.lower, self.upper = field.normal(tree.lower), field.normal(tree.upper)
        self.terms = field.normal(tree.body)
        self.least = least_of(field, self.terms)

    def in_order(self, room: RationalFunction) -> bool:
        """Whether it is seen to end at its start or later, or ``room`` before."""
        return in_order(self.field, self.upper - self.lower + room)

    def at(self, end: Tree) -> Iterator[RationalFunction]:
        """The term at an end, where it is spoken of."""
        term = at_place(self.tree.body, self.tree.index, end)
        if term is not None and all(name in self.field.index for name in symbol_names(term)):
            yield self.field.normal(term)

    def spans(self, other: _Total) -> bool:
        """Whether the index runs over the same numbers."""
        ends = ((side.lower.key(), side.upper.key()) for side in (self, other))
        return len({*ends}) == 1


def _of_products(
    field: Field, one: _Total, two: _Total, sums: list[_Total]
) -> Iterator[RationalFunction]:
    """Σf·Σg ≥ Σfg where no term is negative, and Σf²·Σg² ≥ (Σfg)² (Cauchy and Schwarz)."""
    if not (one.spans(two) and one.nonnegative and two.nonnegative):
        return
    both = (one.terms * two.terms).key()
    count = one.upper - one.lower + field.one
    if both == field.one.key() and one.in_order(field.one):
        yield one.whole * two.whole - count**2
    for third in filter(one.spans, sums):
        if third.terms.key() == both:
            yield one.whole * two.whole - third.whole
        if one is two and third.terms.key() == (one.terms**3).key():
            yield one.whole**3 - third.whole
        if one.place < two.place and (third.terms**2).key() == both:
            yield one.whole * two.whole - third.whole**2
        if one is two and (third.terms**2).key() == one.terms.key() and one.in_order(field.one):
            yield one.whole * count - third.whole**2


def _of_logarithm(
    field: Field, atom: RationalFunction, argument: RationalFunction
) -> Iterator[tuple[RationalFunction, bool]]:
    """Two lines beside a logarithm, and the logarithms of what is smaller."""
    if not (positive(argument.num, field) and positive(argument.den, field)):
        return
    yield argument - field.one - atom, False
    yield argument * atom - argument + field.one, False
    for low, high, least in _at_smallest(field, argument, lambda a: Call("log", (a,))):
        yield atom - low, False
        yield high + argument / least - field.one - atom, False
    for other, number in list(field.logarithms.items()):
        # The tangent at a number a > 0 whose logarithm is spoken of: log x ≤ log a + (x − a)/a.
        if (number.constant() or 0) > 0 and argument.constant() is None:
            yield (
                field.polynomial(field.ring.gen(other)) + argument / number - field.one - atom,
                False,
            )
    for other, smaller in list(field.logarithms.items()):
        gap = (argument - smaller).cancelled()
        if gap.num and nonnegative(gap) and positive(smaller.num, field):
            strict = positive(gap.num, field) and positive(gap.den, field)
            yield atom - field.polynomial(field.ring.gen(other)), strict


def _at_smallest(
    field: Field, argument: RationalFunction, of: Callable[[Tree], Tree]
) -> Iterator[tuple[RationalFunction, RationalFunction, RationalFunction]]:
    """Two fractions around a function at the smallest argument, and this argument."""
    least = least_of(field, argument).constant() or 0
    if least > 1 and argument.constant() is None:
        low, high = enclosure(of(Number(least)), {}).bounds(PARTS)
        yield field.number(low), field.number(high), field.number(least)


def _enclosed(
    field: Field, place: int, atom: RationalFunction
) -> Iterator[tuple[RationalFunction, bool]]:
    """Two fractions around an atom that is a number."""
    tree = field.trees[place]
    if symbol_names(tree) or not isinstance(tree, Call):
        return
    try:
        low, high = enclosure(tree, {}).bounds(PARTS)
    except (Irrational, UndefinedValue, TooLarge):
        return
    yield atom - field.number(Fraction(low)), False
    yield field.number(Fraction(high)) - atom, False
