"""Formulas with rounded coefficients: ``N/3 ≈ 0.33 N`` holds to the digits that are written."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.exact import value
from closedform.algebra.tree import ONE, Negative, Number, Power, Product, Sum, Tree, symbol_names
from closedform.errors import ClosedformError
from closedform.language.numbers.digits import last_digit, rounds_to
from closedform.records import NamedTuple

if TYPE_CHECKING:
    from closedform.algebra.normal_form.rational import RationalFunction


class Coefficient(NamedTuple):
    """A term as written: a number, what its last digit is worth, and what it multiplies."""

    number: Fraction
    digit: Fraction
    of: Tree


def agrees(exact: Tree, written: Tree, assumptions: Assumptions) -> bool | None:
    """Whether each coefficient in ``written`` is that of the other formula, to its digits.

    ``None`` where the two are not sums of the same terms.
    """
    terms = list(_terms(written))
    if not any(term.digit for term in terms):
        return None
    try:
        coefficients = _coefficients(exact, [term.of for term in terms], assumptions)
    except ClosedformError:
        return None
    if coefficients is None:
        return None
    pairs = zip(terms, coefficients, strict=True)
    return all(rounds_to(real, term.number, term.digit) for term, real in pairs)


def _terms(tree: Tree) -> Iterator[Coefficient]:
    for term in tree.terms if isinstance(tree, Sum) else (tree,):
        sign, plain = (-1, term.operand) if isinstance(term, Negative) else (1, term)
        factors = plain.factors if isinstance(plain, Product) else (plain,)
        numbers = [factor for factor in factors if not symbol_names(factor)]
        rest = [factor for factor in factors if symbol_names(factor)]
        number = Fraction(value(Product(tuple(numbers)), {})) if numbers else Fraction(1)
        of: Tree = Product(tuple(rest)) if len(rest) > 1 else rest[0] if rest else ONE
        yield Coefficient(sign * number, _digit(numbers, number), of)


def _digit(numbers: list[Tree], number: Fraction) -> Fraction:
    """What the last digit of ``3.07 × 10^5`` is worth; 0 for a product of exact numbers."""
    digits = [part for part in numbers if isinstance(part, Number) and part.written]
    powers = [part for part in numbers if isinstance(part, Power) and part.base == Number(10)]
    if len(digits) != 1 or len(digits) + len(powers) != len(numbers) or not digits[0].value:
        return Fraction(0)
    return last_digit(digits[0].written, zeros=True) * number / Fraction(digits[0].value)


def _coefficients(
    exact: Tree, terms: list[Tree], assumptions: Assumptions
) -> list[Fraction] | None:
    """The numbers by which the terms make up a formula, if there are such numbers."""
    space = assumptions.field(exact, *terms)
    whole, *parts = [space.normal(tree).cancelled() for tree in (exact, *terms)]
    if len(parts) == 1:
        constant = (whole / parts[0]).constant()
        return None if constant is None else [constant]
    return _matched(whole, parts)


def _matched(whole: RationalFunction, parts: list[RationalFunction]) -> list[Fraction] | None:
    """The same where each term is one monomial over the denominator of all."""
    below = whole.den
    for part in parts:
        below = below * part.den
    left = {**(whole.num * below.exquo(whole.den))}
    coefficients: list[Fraction] = []
    for part in parts:
        scaled = part.num * below.exquo(part.den)
        if len(scaled) != 1:
            return None
        ((monomial, factor),) = scaled.items()
        if monomial not in left:
            return None
        coefficients.append(Fraction(int(left.pop(monomial)), int(factor)))
    return None if left else coefficients
