"""Rounded numbers: ≈, and = with a quantity such as 569M, hold to the digits that are written."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from closedform.algebra.decide import Decision, decide
from closedform.algebra.exact import value
from closedform.algebra.nearness import near
from closedform.algebra.tree import Number, Tree, symbol_names
from closedform.verbs.verdicts.step import Step, fixed
from closedform.verbs.verdicts.verdict import Verdict


def approximate(step: Step) -> Verdict:
    """The verdict on a step in which one side is a number with so many digits written."""
    decision = decide("=", step.left.tree, step.right.tree, step.assumptions)
    if decision.verdict == "proven":
        return step.proven(decision.method)
    written = step.right if step.right.unit is not None else step.left
    if written.unit is None:
        sides = (step.assumptions.apply(side.tree) for side in (step.left, step.right))
        if any(symbol_names(side) for side in sides):
            return step.undecided(
                "≈ between formulas that are not equal says nothing that can be decided; "
                "put numbers in, or write which limit is meant"
            )
        return step.undecided(
            "≈ holds to the digits that are written, and neither side is written in digits; "
            "write one as a decimal number, such as 0.11 or 11%"
        )
    other = step.left if written is step.right else step.right
    tree = step.assumptions.apply(other.tree)
    constant = step.assumptions.field(tree).normal(tree).constant() if symbol_names(tree) else None
    if constant is not None:
        # The symbols cancel, as the positions of the output do in a ratio.
        tree = number_of(constant)
    if symbol_names(tree):
        listed = ", ".join(symbol_names(tree))
        return step.undecided(
            f"≈ compares numbers, and {listed} have no values: give them after where"
        )
    close = near(tree, Fraction(value(written.tree, {})), written.unit / 2)
    if close is None:
        return step.undecided("the value is not known to as many digits as are written")
    if close:
        return step.proven(f"agrees to the digits written ({written.written})")
    # However it was written, the claim is one about rounding.
    return replace(step, relation="≈").refuted(Decision("refuted"), fixed(step.assumptions))


def number_of(constant: Fraction) -> Tree:
    """A constant as a tree."""
    return Number(constant.numerator if constant.denominator == 1 else constant)
