"""Orders of growth: whether O( ), Θ( ), Ω( ) hold, by a bound, by rates, or not at all."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from closedform.algebra.decide import decide
from closedform.algebra.exact import value
from closedform.algebra.normal_form.build import function_tree
from closedform.algebra.sequences.terms import is_total
from closedform.algebra.tree import (
    Call,
    Negative,
    Number,
    Product,
    Quotient,
    Sum,
    Tree,
    symbol_names,
    walk,
)
from closedform.errors import ClosedformError, TooLarge
from closedform.later import Later
from closedform.typeset.prose import say
from closedform.verdicts.step import ClaimStep
from closedform.verdicts.verdict import Verdict

if TYPE_CHECKING:
    from closedform.algebra import rates
    from closedform.algebra.rates import Rate
else:  # few claims are about growth
    rates = Later("closedform.algebra.rates")

#: What is asked of an order that bounds the other side alone.
_NO_LIMIT = (0, 1)


def by_rates(step: ClaimStep) -> Verdict | None:
    """The verdict on an order in one size, where both sides are products of what grows."""
    name, rates = _rates(step)
    if not (step.right.order and rates):
        return None
    if _passed(step.right.order, *rates):
        return step.outgrown(name)
    return step.proven(f"rates of growth in {name}")


def growth(step: ClaimStep) -> Verdict:
    """O( ) leaves constant factors out: what else differs is no refutation."""
    sides = step.left.tree, step.right.tree
    with suppress(TooLarge):  # the work is spent, and nothing was seen
        if (verdict := _constant(step)) is not None:  # one that refutes is false
            return verdict
        if (verdict := _bounded(step, sides)) is not None:
            return verdict
    return step.undecided(
        "O( ) says how a cost grows, not what it is: the two sides differ by more than a constant "
        "factor, and whether the rest matters depends on which sizes grow"
    )


def _constant(step: ClaimStep) -> Verdict | None:
    """The verdict where one side is a constant times the other."""
    tree = step.assumptions.apply(Quotient(step.left.tree, step.right.tree))
    quotient = step.assumptions.field(tree).normal(tree).cancelled()
    if symbol_names(function_tree(quotient)):
        return None
    factor = quotient.constant()
    if factor == 0 and step.right.order in ("Omega", "Theta"):
        said = say("a cost of 0 is below every constant times what stands in Ω( ) or Θ( )")
        return step.refuted_because(said)
    named = "a constant factor" if factor is None else f"the constant factor {factor}"
    return step.proven(f"normal form, up to {named} that O( ) leaves out")


def _bounded(step: ClaimStep, sides: tuple[Tree, Tree]) -> Verdict | None:
    """The verdict where a side is bounded by the other, or passes it, if either is seen."""
    order = step.right.order
    above = _both_ways(step, *sides) if order in ("O", "Theta") else _NO_LIMIT
    below = bounding_constant(step, *reversed(sides)) if order in ("Omega", "Theta") else _NO_LIMIT
    if order and above and below:
        bounds = [f"at most {above[0]} times"] * (order != "Omega")
        bounds += [f"at least 1/{below[0]} of"] * (order != "O")
        start = max(above[1], below[1])
        said = f"{' and '.join(bounds)} what stands in {order}( ), for all sizes from {start} on"
        return step.proven(said)
    if (order in ("O", "Theta") and (name := _outgrown(step, *sides))) or (
        order in ("Omega", "Theta") and (name := _outgrown(step, *reversed(sides)))
    ):
        return step.outgrown(name)
    return None


def _both_ways(step: ClaimStep, tree: Tree, of: Tree) -> tuple[int, int] | None:
    """A constant that the size of a cost, be it negative, is at most as many times another as."""
    one, other = bounding_constant(step, tree, of), bounding_constant(step, Negative(tree), of)
    return (max(one[0], other[0]), max(one[1], other[1])) if one and other else None


def _rates(step: ClaimStep) -> tuple[str, tuple[Rate, Rate] | None]:
    """The one size that may grow in both sides, and how fast they do."""
    left, right = step.left.tree, step.right.tree
    names = {*symbol_names(left), *symbol_names(right)}
    name = min(names, default="")
    asked = step.assumptions
    bounded = asked.hypotheses or name in asked.equations or asked.domain(name).high is not None
    if len(names) > 1 or bounded or not {name} == {*symbol_names(left)} == {*symbol_names(right)}:
        return name, None
    with suppress(ClosedformError):
        above, below = (rates.lead(side, name, asked) for side in (left, right))
        if above.sign > 0 and below.sign > 0:
            return name, (above.rate, below.rate)
    return name, None


def _passed(order: str, left: Rate, right: Rate) -> bool:
    """Whether the left side is no O, Θ or Ω of the right one."""
    return (order != "Omega" and left > right) or (order != "O" and left < right)


def _outgrown(step: ClaimStep, tree: Tree, of: Tree) -> str:
    """A size of both with which a cost passes any constant times the other; "" where none is seen.

    It does where the quotient is a polynomial with positive coefficients in what may grow.
    """
    field = step.assumptions.field(tree, of)
    value_of = field.normal(Quotient(tree, of)).cancelled()
    quotient = function_tree(value_of)
    names = {*symbol_names(quotient)}
    plain = is_total(quotient) and not any(isinstance(node, Call) for node in walk(quotient))
    bounded = step.assumptions.hypotheses or step.assumptions.equations.keys() & names
    positive = value_of.den.is_ground and all(c > 0 for c in value_of.num.values())
    open_ended = all(step.assumptions.domain(name).high is None for name in names)
    if bounded or not (plain and positive and open_ended):
        return ""
    return min(names & {*symbol_names(tree)} & {*symbol_names(of)}, default="")


def remainder(step: ClaimStep) -> Verdict:
    """F = g + O(h): neither side passes the other by more than a constant times h."""
    left, right = step.left.tree, step.right.tree
    rest = next(side.rest for side in (step.right, step.left) if side.rest is not None)
    differences = (Sum((left, Negative(right))), Sum((right, Negative(left))))
    if all(bounding_constant(step, difference, rest) is not None for difference in differences):
        return step.proven("what differs is at most a constant times what stands in O( )")
    return step.undecided("what differs is not known to be at most a constant times O( )")


def bounding_constant(step: ClaimStep, tree: Tree, of: Tree) -> tuple[int, int] | None:
    """A constant that a cost is at most as many times another as, for all sizes from 1 or 2 on."""
    names = dict.fromkeys((*symbol_names(tree), *symbol_names(of)))
    free = [name for name in names if not step.assumptions.domain(name).begins]
    for first in (1, 2):
        above = dict.fromkeys(free, first) if first > 1 else {}
        given = step.assumptions.with_symbols({}, above)
        least = 1
        with suppress(ClosedformError, ZeroDivisionError):
            sizes = dict.fromkeys(names, first)
            least = max(1, ceil(abs(Fraction(value(tree, sizes)) / Fraction(value(of, sizes)))))
        for limit in (least, 10 * least + 10):
            product = Product((Number(limit), of))
            if decide("<=", tree, product, given).verdict == "proven":
                return limit, first
    return None
