"""Where both sides of a claim have values: what must not vanish, and what must not be negative."""

from __future__ import annotations

from closedform.algebra.normal_form.build import function_tree, polynomial_tree
from closedform.algebra.normal_form.factors import factored
from closedform.algebra.normal_form.rational import Field, RationalFunction
from closedform.algebra.normal_form.signs import coefficient_sign, never_zero
from closedform.algebra.sequences import lettered
from closedform.algebra.tree import Tree


def nonzero(space: Field, *sides: RationalFunction) -> tuple[Tree, ...]:
    """Denominators that can vanish on the domain."""
    found: dict[Tree, None] = {}
    for side in sides:
        if side.den.is_ground:
            continue
        den = space.lift(side.den)
        if never_zero(den, space):
            continue
        product = factored(space, den)
        factors = [factor for factor, _ in product.factors]
        factors += [space.ring.gens[i] for i, e in enumerate(product.monomial) if e]
        for factor in factors:
            if not never_zero(factor, space):
                found[lettered(polynomial_tree(space, factor))] = None
    return tuple(found)


def radicands(space: Field) -> tuple[Tree, ...]:
    """What stands under a root and may be negative."""
    found: dict[Tree, None] = {}
    for place, (_, radicand) in space.roots.items():
        value = radicand.cancelled()
        signs = {coefficient_sign(space, value.num), coefficient_sign(space, value.den)}
        if space.known[place].nonnegative and signs not in ({1}, {-1}):
            found[lettered(function_tree(value))] = None
    return tuple(found)
