"""Roots and symbolic exponents, in one written form.

Bases are positive (symbols are positive numbers), so (a·b)^p = a^p·b^p and a^(p+q) = a^p·a^q. A root
of order q is a generator r with the relation r^q = x: square roots are decided by substitution.
"""

from __future__ import annotations

from fractions import Fraction

from sympy import factorint
from sympy.polys.rings import PolyElement

from closedform.algebra.build import function_tree, monomial_tree
from closedform.algebra.normal import Field, RationalFunction
from closedform.algebra.signs import positive
from closedform.algebra.tree import Call, Number, Power, Quotient, Tree, multiply
from closedform.errors import TooLarge, UndefinedValue

#: Numbers up to here are split into primes, so that 4^n = 2^(2n) and √12 = 2·√3 are seen.
FACTORED = 10**12
#: The largest order of a root that is worked with.
ROOT = 24


def read_power(field: Field, base: RationalFunction, exponent: RationalFunction) -> RationalFunction:
    """``base ** exponent`` for an exponent that is no integer."""
    exponent = exponent.cancelled()
    if not exponent.den.is_ground:
        return _opaque_power(field, base, exponent)
    result = field.one
    divisor = int(exponent.den.LC)
    for monomial, coefficient in exponent.num.items():
        factor = Fraction(int(coefficient), divisor)
        if any(monomial):
            result = result * _symbolic(field, base, monomial, factor)
        else:
            result = result * rational_power(field, base, factor)
    return result


def rational_power(field: Field, base: RationalFunction, exponent: Fraction) -> RationalFunction:
    """``base ** (p/q)`` through the q-th root."""
    if exponent.denominator == 1:
        return base**exponent.numerator
    return root(field, base, exponent.denominator) ** exponent.numerator


def root(field: Field, value: RationalFunction, order: int) -> RationalFunction:
    """The positive root of the given order, split over the factors of ``value``."""
    if order > ROOT:
        raise TooLarge("the order of a root", ROOT)
    value = value.cancelled()
    return _root_of(field, value.num, order) / _root_of(field, value.den, order)


def _root_of(field: Field, poly: PolyElement, order: int) -> RationalFunction:
    if not poly:
        return field.zero
    if not poly.is_ground and len(poly) > 1:
        return _polynomial_root(field, poly, order)
    ((monomial, coefficient),) = poly.items()
    result = _number_root(field, int(coefficient), order)
    for place, exponent in enumerate(monomial):
        if exponent:
            whole, left = divmod(exponent, order)
            base = RationalFunction(field, field.ring.gens[place], field.ring.one)
            result = result * base**whole
            if left:
                result = result * _root_atom(field, base, order) ** left
    return result


def _number_root(field: Field, value: int, order: int) -> RationalFunction:
    if value < 0:
        raise UndefinedValue(f"a root of the negative number {value}", "write a positive radicand")
    if value > FACTORED:
        return _root_atom(field, field.number(value), order)
    result = field.one
    for prime, exponent in factorint(value).items():
        whole, left = divmod(exponent, order)
        result = result * field.number(int(prime) ** whole)
        if left:
            result = result * _root_atom(field, field.number(int(prime)), order) ** left
    return result


def _polynomial_root(field: Field, poly: PolyElement, order: int) -> RationalFunction:
    """Whole powers come out where the factor is seen to be positive."""
    outside, inside = field.one, field.one
    content, factors = poly.sqf_list() if len(poly) <= 20 else (1, [(poly, 1)])
    if content < 0:
        content, factors = 1, [(poly, 1)]
    outside = outside * _number_root(field, int(content), order)
    for factor, exponent in factors:
        if not positive(factor, field):
            base = RationalFunction(field, poly, field.ring.one)
            return _root_atom(field, base, order)
        whole, left = divmod(exponent, order)
        base = RationalFunction(field, field.lift(factor), field.ring.one)
        outside = outside * base**whole
        if left == 0:
            continue
        if len(factor) == 1:
            outside = outside * _root_of(field, field.lift(factor), order) ** left
        else:
            inside = inside * base**left
    return outside if inside.constant() == 1 else outside * _root_atom(field, inside, order)


def _root_atom(field: Field, base: RationalFunction, order: int) -> RationalFunction:
    key = ("root", order, base.key())
    written = function_tree(base)
    tree: Tree = Call("sqrt", (written,))
    if order != 2:
        tree = Power(written, Quotient(Number(1), Number(order)))
    atom = field.generator(key, tree=tree, integer=False)
    field.roots[field.index[key]] = (order, base)
    return atom


def _symbolic(
    field: Field, base: RationalFunction, monomial: tuple[int, ...], factor: Fraction
) -> RationalFunction:
    """``base ** (factor · monomial)`` as powers of one atom for each prime or symbol of the base."""
    base = base.cancelled()
    if len(base.num) != 1 or len(base.den) != 1:
        pieces = [(base, 1)]
    else:
        pieces = _pieces(field, base.num) + [(b, -e) for b, e in _pieces(field, base.den)]
    result = field.one
    for piece, exponent in pieces:
        power = factor * exponent
        atom = _power_atom(field, piece, monomial, power.denominator)
        result = result * atom**power.numerator
    return result


def _pieces(field: Field, poly: PolyElement) -> list[tuple[RationalFunction, int]]:
    ((monomial, coefficient),) = poly.items()
    value = int(coefficient)
    if value <= 0:
        raise UndefinedValue(f"a symbolic power of {value}", "write a positive base")
    numbers = factorint(value) if value <= FACTORED else {value: 1}
    pieces = [(field.number(int(p)), int(e)) for p, e in numbers.items() if p != 1]
    for place, exponent in enumerate(monomial):
        if exponent:
            pieces.append((RationalFunction(field, field.ring.gens[place], field.ring.one), exponent))
    return pieces


def _power_atom(
    field: Field, base: RationalFunction, monomial: tuple[int, ...], divisor: int
) -> RationalFunction:
    exponent = monomial_tree(field, monomial)
    written = exponent if divisor == 1 else multiply(Number(Fraction(1, divisor)), exponent)
    named = tuple((field.keys[i], e) for i, e in enumerate(monomial) if e)
    key = ("power", base.key(), named, divisor)
    constant = base.constant()
    whole = divisor == 1 and (constant is None or constant.denominator == 1)
    return field.generator(key, tree=Power(function_tree(base), written), integer=whole)


def _opaque_power(
    field: Field, base: RationalFunction, exponent: RationalFunction
) -> RationalFunction:
    key = ("power", base.key(), exponent.key())
    tree = Power(function_tree(base), function_tree(exponent))
    return field.generator(key, tree=tree, integer=False)
