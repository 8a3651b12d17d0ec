"""A polynomial as a product: content first, then the factors that matter for when it vanishes.

Factoring is bounded: the content with respect to each variable is always taken out (a polynomial that
is linear in a variable and has no such content is irreducible), and what is left goes to SymPy's
factoriser only while it is small.
"""

from __future__ import annotations

from dataclasses import dataclass

from sympy import ZZ
from sympy.polys.polyerrors import PolynomialError
from sympy.polys.rings import PolyElement

from closedform.algebra.normal import Field, integer_content

#: Past these sizes a factor is left as it is: SymPy's factoriser takes under 0.1 s below them.
SMALL_TERMS, SMALL_DEGREE, SMALL_VARIABLES = 16, 8, 6
#: Past this many terms not even the contents are sought.
LONG = 200


@dataclass(frozen=True)
class Factored:
    """``number · Π generator^exponent · Π factor^exponent``."""

    number: int
    monomial: tuple[int, ...]
    factors: tuple[tuple[PolyElement, int], ...]


def factored(field: Field, poly: PolyElement) -> Factored:
    """The factors of a nonzero polynomial, the sum factors each with a positive first term."""
    poly = field.lift(poly)
    number = integer_content(poly)
    monomial = tuple(map(min, *poly)) if len(poly) > 1 else next(iter(poly))
    rest = field.ring.from_dict(
        {tuple(map(int.__sub__, m, monomial)): ZZ(int(c) // number) for m, c in poly.items()}
    )
    if rest.LC < 0:
        number, rest = -number, -rest
    if rest.is_ground:
        return Factored(number * int(rest.LC), monomial, ())
    pieces: dict[PolyElement, int] = {}
    for piece in _split(rest):
        for factor, exponent in _irreducible(piece):
            if factor.LC < 0:
                factor = -factor
                number = -number if exponent % 2 else number
            pieces[factor] = pieces.get(factor, 0) + exponent
    return Factored(number, monomial, tuple(sorted(pieces.items(), key=_size)))


def _size(item: tuple[PolyElement, int]) -> tuple[int, int, list[tuple[int, ...]]]:
    factor, _ = item
    return len(factor), max(sum(m) for m in factor), sorted(factor, reverse=True)


def _split(poly: PolyElement) -> list[PolyElement]:
    """Take out, for each variable, the greatest common divisor of its coefficients."""
    if len(poly) > LONG:
        return [poly]
    parts: list[PolyElement] = []
    for place in range(poly.ring.ngens):
        groups: dict[int, dict[tuple[int, ...], int]] = {}
        for monomial, coefficient in poly.items():
            rest = (*monomial[:place], 0, *monomial[place + 1 :])
            groups.setdefault(monomial[place], {})[rest] = coefficient
        if len(groups) < 2:
            continue
        common = poly.ring.zero
        for group in groups.values():
            common = common.gcd(poly.ring.from_dict(group))
            if common.is_ground:
                break
        if not common.is_ground:
            parts.append(common)
            poly = poly.exquo(common)
    return [*parts, poly]


def _irreducible(poly: PolyElement) -> list[tuple[PolyElement, int]]:
    if poly.is_ground:
        return [(poly, 1)] if poly != 1 else []
    degrees = [max(m[i] for m in poly) for i in range(poly.ring.ngens)]
    if 1 in degrees and integer_content(poly) == 1 and len(_split(poly)) == 1:
        return [(poly, 1)]
    used = sum(d > 0 for d in degrees)
    if len(poly) > SMALL_TERMS or max(degrees) > SMALL_DEGREE or used > SMALL_VARIABLES:
        return [(poly, 1)]
    try:
        number, factors = poly.factor_list()
    except PolynomialError:
        return [(poly, 1)]
    pieces = [(factor, exponent) for factor, exponent in factors]
    return pieces if number == 1 else [*pieces, (poly.ring.ground_new(number), 1)]
