"""A polynomial as a product: content first, then the factors that matter for when it vanishes.

Factoring is bounded: the content with respect to each variable is taken out where that is cheap (a
polynomial that is linear in a variable and has no such content is irreducible), and what is left
goes to SymPy's factoriser only while it is small.
"""

from __future__ import annotations

from dataclasses import dataclass

from sympy import ZZ
from sympy.polys.polyerrors import PolynomialError
from sympy.polys.rings import PolyElement

from closedform.algebra.normal_form.divisors import common_divisor, small
from closedform.algebra.normal_form.polynomials import integer_content
from closedform.algebra.normal_form.rational import Field

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
    monomial = tuple(map(min, zip(*poly, strict=True)))
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
            if factor.is_ground:
                number *= int(factor.LC) ** exponent
                continue
            turned = -factor if factor.LC < 0 else factor
            if factor.LC < 0 and exponent % 2:
                number = -number
            pieces[turned] = pieces.get(turned, 0) + exponent
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
        common = _content(poly, place)
        if common is not None and not common.is_ground:
            parts.append(common)
            poly = poly.exquo(common)
    return [*parts, poly]


def _content(poly: PolyElement, place: int) -> PolyElement | None:
    """The common divisor of the coefficients of one variable's powers, where it is found."""
    groups: dict[int, dict[tuple[int, ...], int]] = {}
    for monomial, coefficient in poly.items():
        rest = (*monomial[:place], 0, *monomial[place + 1 :])
        groups.setdefault(monomial[place], {})[rest] = coefficient
    if len(groups) < 2:
        return None
    common: PolyElement | None = poly.ring.zero
    for group in sorted(groups.values(), key=len):
        common = common_divisor(common, poly.ring.from_dict(group))
        if common is None or common.is_ground:
            return common
    return common


def _irreducible(poly: PolyElement) -> list[tuple[PolyElement, int]]:
    if poly.is_ground:
        return [(poly, 1)] if poly != 1 else []
    degrees = list(map(max, zip(*poly, strict=True)))
    if 1 in degrees and integer_content(poly) == 1 and _has_no_content(poly):
        return [(poly, 1)]
    if not small(poly):
        return [(poly, 1)]
    try:
        number, factors = poly.factor_list()
    except PolynomialError:
        return [(poly, 1)]
    pieces = [(factor, int(exponent)) for factor, exponent in factors]
    return pieces if number == 1 else [*pieces, (poly.ring.ground_new(number), 1)]


def _has_no_content(poly: PolyElement) -> bool:
    contents = (_content(poly, place) for place in range(poly.ring.ngens))
    return all(common is None or common.is_ground for common in contents)
