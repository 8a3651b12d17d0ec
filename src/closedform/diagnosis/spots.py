"""A part of a formula with what stands there and what is meant, and a slip that explains it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sympy.polys.rings import PolyElement

from closedform.algebra.normal_form.build import polynomial_tree
from closedform.algebra.normal_form.factors import factored
from closedform.algebra.normal_form.normal import Field, RationalFunction
from closedform.algebra.tree import Number, Sum, Tree, divide, multiply, power
from closedform.typeset.prose import Prose

#: A part with more terms than this is not written out in a sentence.
SHORT = 4


@dataclass(frozen=True)
class Spot:
    """A part of a formula: what stands there (``have``) and what is meant (``wanted``).

    ``place`` gives words for where it stands, none for the whole formula.
    """

    node: Tree
    parent: Tree | None
    have: RationalFunction
    wanted: RationalFunction
    place: Callable[[], Prose] = tuple
    #: The nodes on the way to it, the whole first.
    above: tuple[Tree, ...] = ()

    @property
    def where(self) -> Prose:
        """The place in words, worked out when it is asked for: most spots have nothing to say."""
        return self.place()

    @property
    def is_term(self) -> bool:
        """Whether this is the whole formula, or a term of a sum."""
        return self.parent is None or isinstance(self.parent, Sum)


@dataclass(frozen=True)
class Change:
    """A slip: its kind, how large it is, and the sentence about it."""

    kind: str
    size: float
    sentence: Prose


def factored_tree(value: RationalFunction) -> Tree:
    """A rational function as a product over a product."""
    reduced = value.cancelled()
    return divide(_product(value.field, reduced.num), _product(value.field, reduced.den))


def _product(space: Field, poly: PolyElement) -> Tree:
    if not poly:
        return Number(0)
    found = factored(space, poly)
    product: Tree = Number(found.number)
    for place, exponent in enumerate(found.monomial):
        if exponent:
            product = multiply(product, power(space.trees[place], Number(exponent)))
    for factor, exponent in found.factors:
        tree = polynomial_tree(space, factor)
        product = multiply(product, tree if exponent == 1 else power(tree, Number(exponent)))
    return product
