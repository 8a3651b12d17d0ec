"""Symbolic exponents, in one written form.

Where a base is positive, (a·b)^p = a^p·b^p and (a^p)^q = a^(p·q); where it may be negative they
hold for integers p, q only, and are used only then; so is a^(p+q) = a^p·a^q, as (−1)^(n(n−1)/2) has
values where (−1)^(n/2) has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial

from closedform.algebra.domains import Known
from closedform.algebra.normal_form.build import function_tree, monomial_tree
from closedform.algebra.normal_form.logarithms import read_log
from closedform.algebra.normal_form.polynomials import Monomial, Polynomial, powers_in
from closedform.algebra.normal_form.rational import Field, RationalFunction
from closedform.algebra.normal_form.roots import rational_power
from closedform.algebra.normal_form.signs import integer_valued, is_positive, least_of, nonnegative
from closedform.algebra.numbers import prime_powers
from closedform.algebra.tree import Number, Power, Tree, multiply

#: The smallest value of a power of an integer is worked out up to these.
LEAST_BASE, LEAST_EXPONENT = 2**32, 16


def read_power(
    field: Field, base: RationalFunction, exponent: RationalFunction
) -> RationalFunction:
    """``base ** exponent`` for an exponent that is no integer."""
    base, exponent = base.cancelled(), exponent.cancelled()
    if base.constant() == 1:
        return field.one
    if not base.num and is_positive(exponent):
        return field.zero
    powers = field.powers.items()
    inner = next((p for place, p in powers if base.key() == field.at(place).key()), None)
    if inner is not None and is_positive(inner[0]):
        return read_power(field, inner[0], inner[1] * exponent)
    undone = _undone(field, base, exponent)
    if undone is not None:
        return undone
    plain = exponent.constant() is not None or integer_valued(exponent)
    if not exponent.den.is_ground or not base.num or not (plain or nonnegative(base)):
        return _opaque(field, base, exponent)
    result = field.one
    divisor = exponent.den.LC
    for monomial, coefficient in exponent.num.items():
        factor = Fraction(coefficient, divisor)
        if any(monomial):
            result = result * _symbolic(field, base, monomial, factor)
        else:
            result = result * rational_power(field, base, factor)
    return result


def _undone(
    field: Field, base: RationalFunction, exponent: RationalFunction
) -> RationalFunction | None:
    """b^(c·log_b x) as x^c: the exponent times log b is a sum of logarithms; else ``None``."""
    if not any(m[place] for m in exponent.num for place in field.arguments["log"]):
        return None
    if not is_positive(base):
        return None
    total = (exponent * read_log(field, base)).cancelled()
    if not total.den.is_ground:
        return None
    result = field.one
    for monomial, coefficient in total.num.items():
        match list(powers_in(monomial)):
            case [(place, 1)] if place in field.arguments["log"]:
                argument = field.arguments["log"][place]
            case _:
                return None
        if not is_positive(argument):
            return None
        share = Fraction(coefficient, total.den.LC)
        result = result * rational_power(field, argument, share)
    # Not cancelled, so that a proof says where log b must not be 0; that of a number never is.
    below = field.polynomial(exponent.den)
    return result if base.constant() is not None else result * below / below


def _symbolic(
    field: Field, base: RationalFunction, monomial: Monomial, factor: Fraction
) -> RationalFunction:
    """``base ** (factor · monomial)`` as powers of an atom for each prime or symbol of the base."""
    whole = factor.denominator == 1 and _whole(field, monomial)
    pieces = _pieces(field, base, whole=whole)
    result = field.one
    for piece, exponent in pieces:
        times = factor * exponent
        if piece.constant() == -1:
            result = result * _alternating(field, monomial) ** (int(times) % 2)
            continue
        atom = _atom(field, piece, monomial, times.denominator)
        result = result * atom**times.numerator
    return result


def _pieces(
    field: Field, base: RationalFunction, *, whole: bool
) -> list[tuple[RationalFunction, int]]:
    """The base as a product, where the exponent may be handed to every factor."""
    if len(base.num) != 1 or len(base.den) != 1:
        return [(base, 1)]
    splits = whole or (_splits(field, base.num) and _splits(field, base.den))
    if not splits:
        return [(base, 1)]
    above, below = _term_pieces(field, base.num), _term_pieces(field, base.den)
    return above + [(piece, -exponent) for piece, exponent in below]


def _splits(field: Field, term: Polynomial) -> bool:
    """Whether all the factors of a term are known not to be negative."""
    ((monomial, coefficient),) = term.items()
    return coefficient > 0 and all(field.known[i].nonnegative for i, e in powers_in(monomial))


def _term_pieces(field: Field, term: Polynomial) -> list[tuple[RationalFunction, int]]:
    ((monomial, coefficient),) = term.items()
    value = coefficient
    pieces = [(field.number(-1), 1)] if value < 0 else []
    pieces += [(field.number(p), e) for p, e in prime_powers(abs(value))]
    for place, exponent in enumerate(monomial):
        if exponent:
            pieces.append((field.at(place), exponent))
    return pieces


def _atom(
    field: Field, base: RationalFunction, monomial: Monomial, divisor: int
) -> RationalFunction:
    """``base ** (monomial / divisor)``."""
    exponent = monomial_tree(field, monomial)
    written = exponent if divisor == 1 else multiply(Number(Fraction(1, divisor)), exponent)
    named = tuple((field.keys[i], e) for i, e in powers_in(monomial))
    key = ("power", base.key(), named, divisor)
    tree = Power(function_tree(base), written)
    whole = divisor == 1 and _whole(field, monomial)
    grows = whole and all(field.known[i].nonnegative for i, e in powers_in(monomial))
    power = base, field.monomial(monomial)
    counts = grows and integer_valued(base)
    low, times = min(least_of(base), LEAST_BASE), min(least_of(power[1]), LEAST_EXPONENT)
    least = low**times if counts and low else 0
    known = Known(
        integer=counts,
        nonnegative=nonnegative(base),
        least=least,
        above=not counts and is_positive(base),
        multiple=least if least and base.constant() == low else 1,
    )
    facts = partial(_facts, base=base, exponent=power[1])
    atom = field.generator(key, tree=tree, known=known, facts=facts)
    if least:
        field.powers[field.index[key]] = power
    return atom


def _facts(
    field: Field, place: int, *, base: RationalFunction, exponent: RationalFunction
) -> Iterator[tuple[RationalFunction, bool]]:
    """bᵉ ≥ 1 + e·(b − 1) and so on for integers b ≥ 1, e ≥ 0; b^⌊x⌋ ≤ bˣ < b·b^⌊x⌋.

    The first are the first terms of the binomial theorem for (1 + (b − 1))ᵉ; none is negative. The
    others are for b ≥ 1, where x is a logarithm to the base b.
    """
    atom = field.at(place)
    for floor, x in [*field.arguments["real floor"].items()]:
        if exponent.key() == field.at(floor).key() and nonnegative(base - field.one):
            real = _undone(field, base, x)
            if real is not None:
                yield real - atom, False
                yield base * atom - real, True
    if place not in field.powers:
        return
    term = total = field.one
    for number in range(1, 5 if base.constant() is not None else 3):
        term = term * (base - field.one) * (exponent - field.number(number - 1))
        term = term / field.number(number)
        total = total + term
        yield atom - total, False


def _alternating(field: Field, monomial: Monomial) -> RationalFunction:
    """(−1)^n, an atom with the square 1; n² is odd just where n is."""
    monomial = tuple(min(exponent, 1) for exponent in monomial)
    named = tuple((field.keys[i], e) for i, e in powers_in(monomial))
    key = ("power", -1, named)
    tree = Power(Number(-1), monomial_tree(field, monomial))
    atom = field.generator(key, tree=tree, known=Known(nonnegative=False), facts=_facts_of_sign)
    field.roots[field.index[key]] = (2, field.one)
    return atom


def _facts_of_sign(field: Field, place: int) -> Iterator[tuple[RationalFunction, bool]]:
    """−1 ≤ (−1)ⁿ ≤ 1."""
    atom = field.at(place)
    yield field.one - atom, False
    yield field.one + atom, False


def _opaque(field: Field, base: RationalFunction, exponent: RationalFunction) -> RationalFunction:
    key = ("power", base.key(), exponent.key())
    tree: Tree = Power(function_tree(base), function_tree(exponent))
    known = Known(integer=False, nonnegative=nonnegative(base), above=is_positive(base))
    return field.generator(key, tree=tree, known=known)


def _whole(field: Field, monomial: Monomial) -> bool:
    return all(field.known[i].integer for i, e in powers_in(monomial))
