"""Sums in closed form: of iᵏ·bⁱ, of the positive part of a·i + c, and of partial fractions.

Source: Graham, Knuth, Patashnik, Concrete Mathematics, section 6.5 (sums of powers), here by the
telescoping recurrence (n+1)^(p+1) − 1 = Σ_j C(p+1, j)·S_j(n) over j ≤ p.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from math import comb

from closedform.algebra.normal_form.build import places_in
from closedform.algebra.normal_form.extrema import maximum, minimum
from closedform.algebra.normal_form.factors import factored
from closedform.algebra.normal_form.floors import read_floor
from closedform.algebra.normal_form.polynomials import Monomial, powers_in
from closedform.algebra.normal_form.powers import read_power
from closedform.algebra.normal_form.rational import Field, RationalFunction
from closedform.algebra.normal_form.signs import in_order, never_zero
from closedform.algebra.sequences import terms as sequences
from closedform.errors import TooLarge
from closedform.records import record

#: The highest power of the index that is summed, and the highest beside another power.
DEGREE, BESIDE = 40, 8


@record
class Span:
    """An index by its canonical name, and its bounds; ``in_order``: lower ≤ upper + 1."""

    index: str
    lower: RationalFunction
    upper: RationalFunction
    in_order: bool


def power_sum(field: Field, degree: int, upper: RationalFunction) -> RationalFunction:
    """1^p + 2^p + … + n^p as a polynomial in n.

    Raises:
        TooLarge: ``degree`` is past :data:`DEGREE`.
    """
    if degree > DEGREE:
        raise TooLarge("the power of a summation index", DEGREE)
    total = field.zero
    for coefficient in reversed(_power_sum(degree)):
        total = total * upper + field.number(coefficient)
    return total


@lru_cache(maxsize=DEGREE + 1)
def _power_sum(degree: int) -> tuple[Fraction, ...]:
    """The coefficients of S_p(n), the constant first."""
    total = [Fraction(comb(degree + 1, j)) for j in range(degree + 2)]
    total[0] = Fraction(0)
    for j in range(degree):
        for place, coefficient in enumerate(_power_sum(j)):
            total[place] -= comb(degree + 1, j) * coefficient
    return tuple(c / (degree + 1) for c in total)


def geometric(field: Field, span: Span, term: RationalFunction) -> RationalFunction | None:
    """Σ iᵏ·bⁱ, where b is seen to be 1 everywhere or nowhere; ``None`` for other terms.

    Where Σ goes from a to e, the sum of iᵏ·bⁱ⁺¹ − (i − 1)ᵏ·bⁱ telescopes to eᵏ·bᵉ⁺¹ − (a − 1)ᵏ·bᵃ,
    and it is (b − 1)·Σ iᵏ·bⁱ + Σ (iᵏ − (i − 1)ᵏ)·bⁱ.
    """
    index = field.symbol(span.index)
    place = field.index[span.index]
    ((num, _),), (den, *others) = field.lift(term.num).items(), field.lift(term.den)
    above, below = (_base(field, index, monomial) for monomial in (num, den))
    if above is None or below is None or others or den[place]:
        return None
    before, degree = span.lower - field.one, num[place]
    base, less = above / below, (above - below).cancelled()
    if not less.num:
        return power_sum(field, degree, span.upper) - power_sum(field, degree, before)
    if degree > BESIDE or not never_zero(less.num, field):
        return None
    end, start = base * read_power(field, base, span.upper), read_power(field, base, span.lower)
    sums: list[RationalFunction] = []
    for k in range(degree + 1):
        total = span.upper**k * end - before**k * start
        for j, lower in enumerate(sums):
            total = total + field.number(comb(k, j) * (-1) ** (k - j)) * lower
        sums.append((total / (base - field.one)).cancelled())
    return sums[-1]


def _base(field: Field, index: RationalFunction, monomial: Monomial) -> RationalFunction | None:
    """The b of i³·2ⁱ·3²ⁱ, i the index of the sum, which is 18; ``None`` for another term."""
    total, place = field.one, index.num.terms()[0][0].index(1)
    for held, times in powers_in(monomial):
        if held == place:
            continue
        if held not in field.powers or field.powers[held][1].key() != index.key():
            return None
        total = total * field.powers[held][0] ** times
    return total


def positive_parts(
    field: Field,
    span: Span,
    term: RationalFunction,
    summed: Callable[[Span, RationalFunction], RationalFunction],
) -> RationalFunction | None:
    """Σ max(0, a·i + c)·f over the i at which a·i + c is positive; ``None`` for other terms."""
    ((monomial, _),) = field.lift(term.num).items()
    place, one = field.index[span.index], field.one
    places = [i for i, _ in powers_in(monomial) if i != place]
    if term.den != 1 or not places or any(i not in field.maxima for i in places):
        return None
    zero, value, *others = field.maxima[places[0]]
    rows = field.lift(value.num).by_power(place)
    slope, rest = (rows.pop(power, field.ring.zero) for power in (1, 0))
    moves = any(runs(field, i, span.index) for i in places_in(rest))
    if zero.num or others or rows or value.den != 1 or not slope.is_ground or moves:
        return None
    # a·i + c > 0 for i past this number, or before it where a < 0: there a·i + c = 0 adds nothing.
    turn = read_floor(field, -field.polynomial(rest) / field.polynomial(slope))
    first, last = span.lower - one, span.upper
    turn = turn if in_order(field, last - turn) else minimum(field, turn, last)
    turn = turn if in_order(field, turn - first) else maximum(field, turn, first)
    exponent = monomial[places[0]]
    bare = tuple(0 if i == places[0] else e for i, e in enumerate(monomial))
    body = field.monomial(bare) * value**exponent
    ends = (turn + one, last) if slope.LC > 0 else (span.lower, turn)
    return summed(Span(span.index, *ends, in_order=True), body)


def partial_fractions(
    field: Field,
    span: Span,
    term: RationalFunction,
    summed: Callable[[Span, RationalFunction], RationalFunction],
) -> RationalFunction | None:
    """Σ c/(a·i + b)ᵏ, each counted so that 0 ≤ b < a: what telescopes meets; ``None`` otherwise."""
    place, rest, total = field.index[span.index], term.cancelled(), field.zero
    if not {place}.issuperset(places_in(rest.num, rest.den)):
        return None
    split = factored(field, rest.den)
    factors = [*split.factors, *((field.ring.gen(i), e) for i, e in powers_in(split.monomial))]
    lines = [(factor.coefficients(place), factor, times) for factor, times in factors]
    if any(len(line) != 2 for line, _, _ in lines):
        return None
    if len(lines) < 2 and rest.num.is_ground and all(0 <= b < a for (b, a), _, _ in lines):
        return None
    for (b, a), factor, times in lines:
        whole, left = divmod(b, a)
        start, end = (bound + field.number(whole) for bound in (span.lower, span.upper))
        moved = Span(span.index, start, end, in_order=True)
        below, here = field.polynomial(factor), field.symbol(span.index) * field.number(a)
        for k in range(times, 0, -1):
            regular = (rest * below**k).cancelled()
            above, under = (
                _at(poly.coefficients(place), Fraction(-b, a))
                for poly in (regular.num, regular.den)
            )
            share = field.number(above / under)
            rest = (rest - share / below**k).cancelled()
            total = total + share * summed(moved, field.one / (here + field.number(left)) ** k)
    return total + summed(span, rest)


def _at(coefficients: list[int], number: Fraction) -> Fraction:
    return sum((c * number**power for power, c in enumerate(coefficients)), Fraction(0))


def runs(field: Field, place: int, index: str) -> bool:
    """Whether a generator changes with the index: i itself, N_i, or an atom that holds one."""
    return sequences.runs(field.trees[place], index)
