"""The decision: is one expression equal to, smaller or larger than another?

Three answers. *Proven* names its method. *Refuted* always carries a witness that was evaluated exactly.
*Undecided* says what was tried; it never means "wrong".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from closedform.algebra.bounds import prove_sign
from closedform.algebra.build import polynomial_tree
from closedform.algebra.conditions import Assumptions, Condition, holds
from closedform.algebra.exact import Irrational, differ, enclosure
from closedform.algebra.factors import Factored, factored
from closedform.algebra.normal import Field, RationalFunction
from closedform.algebra.residues import residue_classes
from closedform.algebra.series import expand_indexed
from closedform.algebra.signs import never_zero
from closedform.algebra.tree import (
    ONE,
    Number,
    Symbol,
    Tree,
    divide,
    multiply,
    power,
    substitute,
    symbol_names,
)
from closedform.algebra.vanish import Equations, vanishing
from closedform.algebra.witness import Values, search
from closedform.errors import TooLarge


@dataclass(frozen=True)
class Decision:
    """What was decided, and everything a reader needs to check it.

    ``difference`` is left − right, factored, for a refuted equation. ``holds_when`` are the ways in which
    it would hold (each a set of equations), ``complete`` whether these are all. ``nonzero`` are the
    expressions that must not vanish for both sides to have a value.
    """

    verdict: str
    method: str | None = None
    difference: Tree | None = None
    holds_when: tuple[Equations, ...] = ()
    values: Values | None = None
    tried: tuple[str, ...] = ()
    nonzero: tuple[Tree, ...] = field(default=())


def equal(left: Tree, right: Tree) -> bool | None:
    """Whether two expressions are equal for all positive integers; ``None`` when undecided.

    >>> from closedform.algebra.tree import Symbol
    >>> M, N = Symbol("M"), Symbol("N")
    >>> equal((M + N) ** 2, M**2 + 2 * M * N + N**2), equal(M * N, M + N)
    (True, False)
    """
    verdict = decide("=", left, right, Assumptions()).verdict
    return {"proven": True, "refuted": False}.get(verdict)


def decide(relation: str, left: Tree, right: Tree, assumptions: Assumptions) -> Decision:
    """Decide ``left relation right`` under the assumptions.

    Raises:
        UndefinedValue: a side has no value anywhere (a division by zero).
        TooLarge: the expressions pass a bound.
    """
    left = expand_indexed(left, assumptions.apply)
    right = expand_indexed(right, assumptions.apply)
    a, b = assumptions.apply(left), assumptions.apply(right)
    if relation == "=":
        return _equation(left, right, a, b, assumptions)
    return _order(relation, left, right, a, b, assumptions)


def _equation(left: Tree, right: Tree, a: Tree, b: Tree, assumptions: Assumptions) -> Decision:
    space = assumptions.field(a, b)
    one, two = space.normal(a), space.normal(b)
    difference = one - two
    if difference.is_zero():
        return Decision("proven", method="normal form", nonzero=_nonzero(space, one, two))
    method = _by_division(a, b, assumptions) or _by_classes(a, b, assumptions)
    if method:
        return Decision("proven", method=method, nonzero=_nonzero(space, one, two))

    def fails(values: Mapping[str, int | Fraction]) -> bool:
        return differ(left, right, values)

    names = tuple(dict.fromkeys((*symbol_names(left), *symbol_names(right))))
    found = search(names, assumptions, fails)
    if found.values is None:
        if found.complete:
            return Decision("proven", method=f"all {found.tried} admissible values")
        return Decision("undecided", tried=_tried(space, found.tried))
    reduced = difference.cancelled()
    product = factored(space, reduced.num)
    return Decision(
        "refuted",
        difference=_factored_tree(space, product, reduced),
        holds_when=tuple(vanishing(space, product)),
        values=found.values,
    )


def _order(
    relation: str, left: Tree, right: Tree, a: Tree, b: Tree, assumptions: Assumptions
) -> Decision:
    small, large = (a, b) if relation in ("<", "<=") else (b, a)
    strict = relation in ("<", ">")
    method = prove_sign(large - small, assumptions, strict=strict)
    method = method or _order_by_classes(small, large, assumptions, strict=strict)
    if method:
        return Decision("proven", method=method)

    def fails(values: Mapping[str, int | Fraction]) -> bool:
        try:
            return not holds(Condition(relation, left, right), values)
        except Irrational:
            return _surely_fails(relation, left, right, values)

    names = tuple(dict.fromkeys((*symbol_names(left), *symbol_names(right))))
    found = search(names, assumptions, fails)
    if found.values is not None:
        return Decision("refuted", values=found.values)
    if found.complete:
        return Decision("proven", method=f"all {found.tried} admissible values")
    space = assumptions.field(a, b)
    space.normal(large - small)
    return Decision("undecided", tried=(*_tried(space, found.tried), "bounds on the coefficients"))


def _surely_fails(
    relation: str, left: Tree, right: Tree, values: Mapping[str, int | Fraction]
) -> bool:
    """Whether the intervals of both sides show that the relation fails."""
    a, b = enclosure(left, values), enclosure(right, values)
    return bool(a.a > b.b if relation in ("<", "<=") else a.b < b.a)


def _by_division(a: Tree, b: Tree, assumptions: Assumptions) -> str | None:
    """Put M = g·q for every condition g | M on a symbol M, and compare again."""
    values = _multiples(assumptions)
    if not values:
        return None
    moved = assumptions.with_symbols(values, {})
    one, two = substitute(a, values), substitute(b, values)
    space = moved.field(one, two)
    if (space.normal(one) - space.normal(two)).is_zero():
        return "normal form with " + ", ".join(f"{name} a multiple" for name in values)
    return _by_classes(one, two, moved)


def _multiples(assumptions: Assumptions) -> dict[str, Tree]:
    values: dict[str, Tree] = {}
    for divisor, multiple in assumptions.divisions:
        fixed = isinstance(multiple, Symbol) and multiple.name not in symbol_names(divisor)
        if fixed and multiple.name not in values and not set(symbol_names(divisor)) & values.keys():
            values[multiple.name] = multiply(divisor, Symbol(f"{multiple.name}/divisor"))
    return values


def _by_classes(a: Tree, b: Tree, assumptions: Assumptions) -> str | None:
    classes = residue_classes((a, b), assumptions)
    if classes is None:
        return None
    count = 0
    for (one, two), moved in classes:
        space = moved.field(one, two)
        if not (space.normal(one) - space.normal(two)).is_zero():
            return None
        count += 1
    return f"residue classes ({count})"


def _order_by_classes(
    small: Tree, large: Tree, assumptions: Assumptions, *, strict: bool
) -> str | None:
    classes = residue_classes((small, large), assumptions)
    if classes is None:
        return None
    count = 0
    for (one, two), moved in classes:
        if prove_sign(two - one, moved, strict=strict) is None:
            return None
        count += 1
    return f"residue classes ({count}), in each the signs of the coefficients"


def _nonzero(space: Field, *sides: RationalFunction) -> tuple[Tree, ...]:
    """Denominators that can vanish on the domain."""
    found: dict[Tree, None] = {}
    for side in sides:
        den = space.lift(side.den)
        if den.is_ground or never_zero(den, space):
            continue
        for factor, _ in factored(space, den).factors:
            if not never_zero(factor, space):
                found[polynomial_tree(space, factor)] = None
    return tuple(found)


def _factored_tree(space: Field, product: Factored, reduced: RationalFunction) -> Tree:
    top: Tree = ONE
    for place, exponent in enumerate(product.monomial):
        if exponent:
            top = multiply(top, power(space.trees[place], Number(exponent)))
    for factor, exponent in product.factors:
        top = multiply(top, power(polynomial_tree(space, factor), Number(exponent)))
    return divide(multiply(Number(product.number), top), polynomial_tree(space, reduced.den))


def _tried(space: Field, count: int) -> tuple[str, ...]:
    tried = ["normal form"]
    if space.floors:
        tried.append("residue classes")
    return (*tried, f"{count:,} assignments of small values, none of which tells the sides apart")


__all__ = ["Decision", "TooLarge", "decide", "equal"]
