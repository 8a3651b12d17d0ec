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
* Σ f ≥ m·(b − a + 1) for an index from a to b, where no term is below m, and Σ f ≥ a shorter sum
* numbers such as √2 and log 3 lie between two fractions
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from closedform.algebra.exact import Irrational, enclosure
from closedform.algebra.normal_form.factors import factored
from closedform.algebra.normal_form.polynomials import Polynomial
from closedform.algebra.normal_form.rational import Field, RationalFunction
from closedform.algebra.normal_form.series import in_order, least_of
from closedform.algebra.normal_form.signs import nonnegative, positive
from closedform.algebra.proofs.goal import Known
from closedform.algebra.sequences import at_place
from closedform.algebra.tree import ONE, Call, Series, symbol_names
from closedform.errors import TooLarge, UndefinedValue

#: Past this many atoms only the first ones are spoken of.
ATOMS = 12
#: Irrational numbers are enclosed to so many parts of 1.
PARTS = 10**6


def facts(field: Field) -> list[Known]:
    """Polynomials ≥ 0 (or, where the second entry says so, > 0) that speak of the field's atoms."""
    found: list[Known] = []
    atoms = [i for i, key in enumerate(field.keys) if not isinstance(key, str)][:ATOMS]
    for place in atoms:
        atom = field.polynomial(field.ring.gen(place))
        for value, strict in _of_atom(field, place, atom):
            found += as_known(field, value, strict=strict)
    for value in (*_of_sums(field, atoms), *_of_two_powers(field)):
        found += as_known(field, value, strict=False)
    return found


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
    one, two = field.one, field.number(2)
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
    elif place in field.roots and field.roots[place][1].constant() == 1:  # (−1)^n
        yield one - atom, False
        yield one + atom, False
    elif place in field.roots and field.known[place].nonnegative:
        order, radicand = field.roots[place]
        if field.known[place].least:
            yield radicand - atom, False
        if order == 2:
            yield radicand + one - two * atom, False
        yield from _enclosed(field, place, atom)
    elif place in field.logarithms:
        yield from _of_logarithm(field, atom, field.logarithms[place])
        yield from _enclosed(field, place, atom)


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
    """A sum is at least what a shorter one is, and no term is below the least one."""
    for total, least in field.at_least[:ATOMS]:
        yield total - least
    sums = [
        (place, tree)
        for place in places
        if isinstance(tree := field.trees[place], Series)
        and tree.lower == ONE
        and field.known[place].nonnegative
        and in_order(field, field.normal(tree.upper))
    ]
    for place, tree in sums:
        whole = field.polynomial(field.ring.gen(place))
        upper, least = field.normal(tree.upper), least_of(field, field.normal(tree.body))
        for other, shorter in sums:
            gap = upper - field.normal(shorter.upper)
            same = replace(shorter, upper=tree.upper) == tree
            if other != place and same and in_order(field, gap):
                yield whole - field.polynomial(field.ring.gen(other)) - least * gap
        if not in_order(field, upper - field.one):
            continue
        for end in (ONE, tree.upper):
            term = at_place(tree.body, tree.index, end)
            if term is not None and all(name in field.index for name in symbol_names(term)):
                yield whole - field.normal(term) - least * (upper - field.one)


def _of_logarithm(
    field: Field, atom: RationalFunction, argument: RationalFunction
) -> Iterator[tuple[RationalFunction, bool]]:
    """Two lines beside a logarithm, and the logarithms of what is smaller."""
    if not (positive(argument.num, field) and positive(argument.den, field)):
        return
    yield argument - field.one - atom, False
    yield argument * atom - argument + field.one, False
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
