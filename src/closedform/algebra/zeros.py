"""When a polynomial vanishes: one condition for each factor that can be zero on the domain."""

from __future__ import annotations

from contextlib import suppress

from closedform.algebra.normal_form.build import polynomial_tree
from closedform.algebra.normal_form.factors import Factored
from closedform.algebra.normal_form.polynomials import Polynomial
from closedform.algebra.normal_form.rational import Field
from closedform.algebra.normal_form.signs import coefficient_sign, never_zero, shifted
from closedform.algebra.proofs.univariate import runs
from closedform.algebra.tree import Number, Tree
from closedform.errors import TooLarge
from closedform.symbols import SIZES

#: (left, right) pairs that must all be equal.
Equations = tuple[tuple[Tree, Tree], ...]


def vanishing(field: Field, product: Factored) -> list[Equations]:
    """The ways in which a product can be zero: each makes it vanish, and there are no others."""
    ways: list[Equations] = []
    for place, exponent in enumerate(product.monomial):
        known = field.known[place]
        if exponent and not known.above and (not known.least or not known.nonnegative):
            ways.append(((field.trees[place], Number(0)),))
    for factor, _ in product.factors:
        if not never_zero(factor, field):
            ways.extend(_ways(field, factor))
    return list(dict.fromkeys(ways))


def _ways(field: Field, factor: Polynomial) -> list[Equations]:
    used = [i for i in range(factor.ring.ngens) if any(m[i] for m in factor)]
    plain = all(isinstance(field.keys[i], str) and field.known[i].integer for i in used)
    if plain and len(used) == 1:
        roots = _integer_roots(field, factor, used[0])
        if roots is not None:
            return [((field.trees[used[0]], Number(root)),) for root in roots]
    if plain and coefficient_sign(field, factor):
        corner = _corner(field, factor, used)
        if corner:
            return [corner]
    return [(_solved(field, factor, used) or _balanced(field, factor),)]


def _integer_roots(field: Field, factor: Polynomial, place: int) -> list[int] | None:
    """Integer roots on the domain of a polynomial in one symbol; ``None`` where it is too long."""
    with suppress(TooLarge):
        signs = runs(factor.coefficients(place), field.known[place].least)
        zeros = ((run.first, run.last) for run in signs if not run.sign)
        return [x for first, last in zeros if last is not None for x in range(first, last + 1)]
    return None


def _corner(field: Field, factor: Polynomial, used: list[int]) -> Equations:
    """All symbols at their smallest, when that is the only zero: M + N = 2 at M = 1 and N = 1."""
    moved = shifted(field, factor)
    if moved is None or moved.get(moved.ring.zero_monom):
        return ()
    if any(sum(e > 0 for e in monomial) != 1 for monomial in moved):
        return ()
    return tuple((field.trees[i], Number(field.known[i].least)) for i in used)


def _solved(field: Field, factor: Polynomial, used: list[int]) -> tuple[Tree, Tree] | None:
    """``symbol = expression``, the last symbol whose expression has no minus sign."""
    fallback = None
    for place in sorted(used, key=lambda i: _rank(field, i), reverse=True):
        rows = [m for m in factor if m[place]]
        if len(rows) != 1 or sum(rows[0]) != 1 or not isinstance(field.keys[place], str):
            continue
        slope = int(factor[rows[0]])
        rest = factor - factor.ring.from_dict({rows[0]: factor[rows[0]]})
        if slope > 0:
            slope, rest = -slope, -rest
        solution = polynomial_tree(field, rest) / -slope
        if all(c > 0 for c in rest.values()):
            return field.trees[place], solution
        if -slope == 1 and fallback is None:
            fallback = (field.trees[place], solution)
    return fallback


def _rank(field: Field, place: int) -> tuple[bool, int, str]:
    """Paper order of the dimensions, other symbols after them."""
    key = str(field.keys[place])
    order = list(SIZES)
    return (key not in SIZES, order.index(key) if key in SIZES else 0, key)


def _balanced(field: Field, factor: Polynomial) -> tuple[Tree, Tree]:
    """The positive terms on the left, the negative ones on the right."""
    ring = factor.ring
    left = ring.from_dict({m: c for m, c in factor.items() if c > 0})
    right = ring.from_dict({m: -c for m, c in factor.items() if c < 0})
    return polynomial_tree(field, left), polynomial_tree(field, right)
