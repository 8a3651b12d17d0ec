"""When a polynomial vanishes, and so when an equation holds that is wrong in general.

One condition for each factor that can be zero on the domain; with floors, by residue classes.
"""

from __future__ import annotations

from contextlib import suppress

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.normal_form.build import places_in, polynomial_tree
from closedform.algebra.normal_form.cases import split_at
from closedform.algebra.normal_form.factors import Factored, factored
from closedform.algebra.normal_form.polynomials import Polynomial
from closedform.algebra.normal_form.rational import Field, RationalFunction
from closedform.algebra.normal_form.signs import coefficient_sign, never_zero, shifted
from closedform.algebra.proofs.equation import by_class, numerator_tree
from closedform.algebra.proofs.residues import ResidueClass
from closedform.algebra.proofs.univariate import runs
from closedform.algebra.tree import Call, Number, Symbol, Tree, symbol_names
from closedform.errors import TooLarge, UndefinedValue
from closedform.symbols import SIZES

#: (left, right) pairs that must all be equal.
Equations = tuple[tuple[Tree, Tree], ...]


def vanishing(field: Field, product: Factored) -> list[Equations]:
    """The ways in which a product can be zero: each makes it vanish, and there are no others."""
    ways: list[Equations] = []
    for place, exponent in enumerate(product.monomial):
        known = field.known[place]
        if exponent and not known.above and (not known.least or not known.nonnegative):
            zero = _largest(field, field.ring.gen(place), [place])
            ways.append((zero or (field.trees[place], Number(0)),))
    for factor, _ in product.factors:
        if not never_zero(factor, field):
            ways.extend(_ways(field, factor))
    return list(dict.fromkeys(ways))


def _ways(field: Field, factor: Polynomial) -> list[Equations]:
    used = places_in(factor)
    plain = all(isinstance(field.keys[i], str) and field.known[i].integer for i in used)
    if plain and len(used) == 1:
        roots = _integer_roots(field, factor, used[0])
        if roots is not None:
            return [((field.trees[used[0]], Number(root)),) for root in roots]
    if plain and coefficient_sign(field, factor):
        corner = _corner(field, factor, used)
        if corner:
            return [corner]
    largest = _largest(field, factor, used)
    return [(largest or _solved(field, factor, used) or balanced(field, factor),)]


def _largest(field: Field, factor: Polynomial, used: list[int]) -> tuple[Tree, Tree] | None:
    """Where max(0, x) is 0, or x, if that is the factor: b = max(b, a), or a = max(a, b)."""
    for place in field.maxima.keys() & {*used}:
        zero, *others = field.maxima[place]
        slope, rest = split_at(factor, place)
        if zero.is_zero() and len(others) == 1 and others[0].den == 1 and slope.is_ground:
            ratio = (field.polynomial(rest) / others[0]).constant()
            more, less = balanced(field, others[0].num)
            if ratio == 0:
                more, less = less, more
            if ratio in (0, -slope.LC):
                return more, Call("max", (more, less))
    return None


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


def balanced(field: Field, factor: Polynomial) -> tuple[Tree, Tree]:
    """The positive terms on the left, the negative ones on the right."""
    ring = factor.ring
    left = ring.from_dict({m: c for m, c in factor.items() if c > 0})
    right = ring.from_dict({m: -c for m, c in factor.items() if c < 0})
    return polynomial_tree(field, left), polynomial_tree(field, right)


# -- when an equation holds that is wrong in general ----------------------------------------------

#: More ways than this are not told one by one.
MANY = 4


def holds_when(
    difference: RationalFunction, product: Factored, assumptions: Assumptions
) -> tuple[Equations, ...]:
    """The ways in which the difference is 0; none where it never is. ``product``: its numerator."""
    space = difference.field
    if space.floors:
        in_classes = _by_classes(difference, assumptions)
        if in_classes is not None:
            return in_classes
    ways = vanishing(space, product)
    # An equation between two numbers that differ, such as 500√2 = 707, is no way.
    return tuple(way for way in ways if all(any(map(symbol_names, sides)) for sides in way))


def _by_classes(
    difference: RationalFunction, assumptions: Assumptions
) -> tuple[Equations, ...] | None:
    """Residues at which the sides are equal, and single values in the other classes."""
    equal: list[ResidueClass] = []
    singles: dict[Equations, None] = {}
    count = 0
    with suppress(TooLarge, UndefinedValue):
        cases = by_class(numerator_tree(difference), difference, assumptions, [])
        if cases is None:
            return None
        for case, value in cases:
            count += 1
            if value.is_zero():
                equal.append(case)
                continue
            for way in vanishing(value.field, factored(value.field, value.cancelled().num)):
                if (named := _single(way, case)) is None:
                    return None
                singles[named] = None
        whole = _residues(equal, count)
        # A single value in a class that holds anyway says nothing more.
        ways = [*dict.fromkeys([*whole, *singles])] if whole is not None else None
        return tuple(ways) if ways is not None and len(ways) <= MANY else None
    return None


def _single(way: Equations, case: ResidueClass) -> Equations | None:
    """H/2 = 3 in the class H = 2·(H/2) + 1 as H = 7; ``None`` where a way is no such value."""
    if len(way) != 1 or len(case.residues) != 1:
        return None
    ((left, right),) = way
    ((name, (modulus, residue)),) = case.residues.items()
    quotient = f"{name}/{modulus}"
    if left != Symbol(quotient) or not isinstance(right, Number):
        return None
    return ((Symbol(name), Number(modulus * right.value + residue)),)


def _residues(classes: list[ResidueClass], count: int) -> list[Equations] | None:
    """The classes in words; ``None`` where they do not depend on one symbol alone."""
    if not classes:
        return []
    moduli = {name: modulus for name, (modulus, _) in classes[0].residues.items()}
    for name, modulus in moduli.items():
        kept = sorted({case.residues[name][1] for case in classes})
        if len(kept) * (count // modulus) == len(classes):
            return [_residue(name, *pair) for pair in _coarser(kept, modulus)]
    if len(classes) <= MANY:
        return [
            tuple(pair for name, (m, r) in case.residues.items() for pair in _residue(name, m, r))
            for case in classes
        ]
    return None


def _coarser(kept: list[int], modulus: int) -> list[tuple[int, int]]:
    """The same residues for the smallest modulus that tells them: 0 and 2 of 4 are 0 of 2."""
    for smaller in range(2, modulus):
        if modulus % smaller == 0:
            residues = sorted({r % smaller for r in kept})
            if len(residues) * (modulus // smaller) == len(kept):
                return [(smaller, r) for r in residues]
    return [(modulus, r) for r in kept]


def _residue(name: str, modulus: int, residue: int) -> Equations:
    """H = 2·⌊H/2⌋ + 1."""
    symbol = Symbol(name)
    whole: Tree = modulus * Call("floor", (symbol / modulus,))
    return ((symbol, whole + residue),)
