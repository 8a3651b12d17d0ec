"""A polynomial as a product: content first, then the factors that matter for when it vanishes.

Factoring is bounded: the content with respect to each variable is taken out where that is cheap (a
polynomial that is linear in a variable and has no such content is irreducible), and what is left
goes to SymPy's factoriser only while it is small.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from closedform.algebra.normal_form.build import places_in
from closedform.algebra.normal_form.divisors import common_divisor, small
from closedform.algebra.normal_form.polynomials import Polynomial, integer_content
from closedform.algebra.normal_form.rational import Field
from closedform.records import record

#: Past this many terms not even the contents are sought.
LONG = 200
#: Past this exponent no polynomial of three terms is factored: k^282 − k^2 − 1 takes seconds.
HIGH = 128


@record
class Factored:
    """``number · Π generator^exponent · Π factor^exponent``."""

    number: int
    monomial: tuple[int, ...]
    factors: tuple[tuple[Polynomial, int], ...]


def factored(field: Field, poly: Polynomial) -> Factored:
    """The factors of a nonzero polynomial, the sum factors each with a positive first term."""
    poly = field.lift(poly)
    number = integer_content(poly)
    monomial = poly.shared()
    rest = poly.over(monomial, number)
    if rest.LC < 0:
        number, rest = -number, -rest
    if rest.is_ground:
        return Factored(number * rest.LC, monomial, ())
    pieces: dict[Polynomial, int] = {}
    for piece in _split(rest):
        for factor, exponent in _irreducible(piece):
            if factor.is_ground:
                number *= factor.LC**exponent
                continue
            turned = -factor if factor.LC < 0 else factor
            if factor.LC < 0 and exponent % 2:
                number = -number
            pieces[turned] = pieces.get(turned, 0) + exponent
    return Factored(number, monomial, tuple(sorted(pieces.items(), key=_size)))


def without_signed(field: Field, poly: Polynomial, sign: Callable[[Polynomial], int]) -> Polynomial:
    """``poly`` without the factors of one sign, which are 0 nowhere; its own sign is kept.

    ``sign``: that of a factor, 0 where it is not seen.
    """
    product = factored(field, poly)
    kept = tuple(
        0 if known.nonnegative and (known.above or known.least) else exponent
        for exponent, known in zip(product.monomial, field.known, strict=False)
    )
    rest = field.monomial(kept).num * (1 if product.number > 0 else -1)
    for factor, exponent in product.factors:
        known = sign(factor)
        rest = rest * known**exponent if known else field.times(rest, factor**exponent)
    return rest


def _size(item: tuple[Polynomial, int]) -> tuple[int, int, list[tuple[int, ...]]]:
    factor, _ = item
    return len(factor), max(sum(m) for m in factor), sorted(factor, reverse=True)


def _split(poly: Polynomial) -> list[Polynomial]:
    """Take out, for each variable, the greatest common divisor of its coefficients."""
    if len(poly) > LONG:
        return [poly]
    parts: list[Polynomial] = []
    for place in places_in(poly):
        common = _content(poly, place)
        if common is not None and not common.is_ground:
            parts.append(common)
            poly = poly.exquo(common)
    return [*parts, poly]


def _content(poly: Polynomial, place: int) -> Polynomial | None:
    """The common divisor of the coefficients of one variable's powers, where it is found.

    No generator divides the whole polynomial: where a coefficient is one term, there is none.
    """
    if 1 in Counter([monomial[place] for monomial in poly]).values():
        return None
    rows = poly.by_power(place)
    if len(rows) < 2:
        return None
    common = poly.ring.zero
    for row in sorted(rows.values(), key=len):
        shared = common_divisor(common, row)
        if shared is None or shared.is_ground:
            return shared
        common = shared
    return common


def _irreducible(poly: Polynomial) -> list[tuple[Polynomial, int]]:
    if poly.is_ground:
        return [(poly, 1)] if poly != 1 else []
    degrees = list(map(max, zip(*poly, strict=True)))
    if (len(poly) > 2 and max(degrees) > HIGH) or not small(poly):
        return [(poly, 1)]
    if 1 in degrees and integer_content(poly) == 1 and _has_no_content(poly):
        return [(poly, 1)]
    number, factors = poly.factor_list()
    return factors if number == 1 else [*factors, (poly.ring.ground_new(number), 1)]


def _has_no_content(poly: Polynomial) -> bool:
    contents = (_content(poly, place) for place in places_in(poly))
    return all(common is None or common.is_ground for common in contents)
