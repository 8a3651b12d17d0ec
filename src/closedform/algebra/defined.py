"""Where both sides of a claim have values: what must not vanish, be negative, or be a fraction."""

from __future__ import annotations

from collections.abc import Iterator

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.normal_form.build import function_tree, polynomial_tree
from closedform.algebra.normal_form.factors import factored
from closedform.algebra.normal_form.rational import Field, RationalFunction
from closedform.algebra.normal_form.signs import integer_valued, never_zero, nonnegative
from closedform.algebra.proofs.bounds import known_sign, prove_sign
from closedform.algebra.proofs.contradiction import contradictory
from closedform.algebra.proofs.multiples import with_multiples
from closedform.algebra.sequences.terms import lettered
from closedform.algebra.tree import Symbol, Tree, put, symbol_names
from closedform.records import replace

#: An expression, and what it must be: "≠ 0", "≥ 0", "> 0" or "is an integer".
Need = tuple[Tree, str]


def needs(
    space: Field, sides: tuple[RationalFunction, ...], assumptions: Assumptions
) -> tuple[Need, ...]:
    """What must hold for the sides to have values, where the domain does not see to it."""
    required = dict.fromkeys((*_nonzero(space, sides), *_of_functions(space)))
    given = assumptions.with_symbols({}, {i: known.least for i, known in space.indices.items()})
    below_zero = {i for i, known in space.indices.items() if not known.nonnegative}
    return tuple(
        (_readable(tree), kind)
        for tree, kind in required
        if below_zero & {*symbol_names(tree)} or not _given(tree, kind, given)
    )


def excluded(wanted: tuple[Need, ...], assumptions: Assumptions) -> bool:
    """Whether the conditions are seen to leave no values at which the needs are met."""
    demanded = tuple((tree, kind == "> 0") for tree, kind in wanted if kind in ("≥ 0", "> 0"))
    both = replace(assumptions, hypotheses=(*assumptions.hypotheses, *demanded))
    return contradictory(both) or any(
        prove_sign(tree, both, strict=False) and prove_sign(-tree, both, strict=False)
        for tree, kind in wanted
        if kind == "≠ 0"
    )


def _nonzero(space: Field, sides: tuple[RationalFunction, ...]) -> Iterator[Need]:
    """What is divided by and can vanish on the domain, also where it has cancelled."""
    for below in dict.fromkeys((*(side.den for side in sides), *space.divided)):
        den = space.lift(below)
        if den.is_ground or never_zero(den, space):
            continue
        product = factored(space, den)
        factors = [factor for factor, _ in product.factors]
        factors += [space.ring.gen(i) for i, e in enumerate(product.monomial) if e]
        for factor in factors:
            if not never_zero(factor, space):
                yield polynomial_tree(space, factor), "≠ 0"


def _of_functions(space: Field) -> Iterator[Need]:
    """What stands under a root, in a logarithm, or as the bound of a sum."""
    for value, kind in space.needs:
        met = integer_valued(value) if kind == "is an integer" else nonnegative(value)
        if not (met and (kind != "> 0" or never_zero(space.lift(value.num), space))):
            yield function_tree(value), kind


def _given(tree: Tree, kind: str, assumptions: Assumptions) -> bool:
    """Whether the conditions see to it."""
    if kind in {"≥ 0", "> 0"}:
        return prove_sign(tree, assumptions, strict=kind == "> 0") is not None
    if kind == "≠ 0":
        return bool(known_sign(tree, assumptions))
    if not assumptions.divisions:
        return False
    moved = with_multiples(assumptions, (tree,))
    tree = put(tree, moved.values)
    return integer_valued(moved.assumptions.field(tree).normal(tree))


def _readable(tree: Tree) -> Tree:
    """``tree`` without the canonical names of indices: letters stand for them."""
    tree = lettered(tree)
    names = [name for name in symbol_names(tree) if name.startswith("#")]
    return put(tree, dict(zip(names, map(Symbol, "ijlpq"), strict=False)))
