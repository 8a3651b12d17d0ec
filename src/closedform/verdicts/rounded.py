"""Rounded numbers: ≈, and = with a quantity such as 569M, hold to the digits that are written."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.decide import decide
from closedform.algebra.decision import Decision
from closedform.algebra.exact import near, value
from closedform.algebra.tree import ONE, Number, Quotient, Sum, Tree, numeral, symbol_names
from closedform.errors import ClosedformError
from closedform.language.numbers.digits import last_digit, stands_for
from closedform.later import Later
from closedform.records import replace
from closedform.typeset.prose import Code, say
from closedform.verdicts.coefficients import agrees
from closedform.verdicts.step import ClaimStep, fixed
from closedform.verdicts.verdict import Verdict

if TYPE_CHECKING:
    from closedform.verdicts import limits
else:  # few claims state one
    limits = Later("closedform.verdicts.limits")


#: From this one on a denominator of one digit says as much as two digits of a decimal number.
_SAYS = 5


def approximate(step: ClaimStep) -> Verdict:
    """The verdict on a step in which one side is a number with so many digits written."""
    decision = decide("=", step.left.tree, step.right.tree, step.assumptions)
    if decision.verdict == "proven":
        cut, other = sorted((step.left, step.right), key=lambda side: not side.cut)
        if cut.cut and not other.cut and step.relation == "=":
            text = "the digits of {} go on, and {} is where they are cut off"
            return step.refuted_because(say(text, Code(cut.written), Code(other.written)))
        return step.proven(decision.method)
    # A rounded quantity before a plain number, then the one with fewer digits, on either side.
    written = max(step.right, step.left, key=lambda side: (side.suffixed, side.unit or -1))
    if written.unit is None:
        return _without_digits(step, decision)
    other = step.left if written is step.right else step.right
    tree = _without_symbols(step.assumptions.apply(other.tree), step.assumptions)
    if symbol_names(tree) and step.claim.limit is not None:
        return limits.number_in_the_limit(step, tree, written, step.claim.limit)
    digits = step.assumptions.apply(written.tree)
    if names := symbol_names(tree, digits):
        verb = "has no value: give it" if len(names) == 1 else "have no values: give them"
        return step.undecided(f"≈ compares numbers, and {', '.join(names)} {verb} after where")
    # Digits that go on are cut off, or rounded: 0.33… is from 0.325 to 0.34.
    beyond = written.unit / 4 if written.cut else 0
    # Of two rounded numbers beside ≈ what each may stand for meets: 553 MB ≈ 528 MiB.
    both = step.relation == "≈" and written.suffixed and other.suffixed
    middle, half = stands_for(Fraction(value(digits, {})), written.unit)
    more = (other.unit or Fraction(0)) / 2 if both else Fraction(0)
    close = near(tree, middle + beyond, half + more + beyond)
    if close is None:
        return step.undecided("the value is not known to as many digits as are written")
    if close and written.unit >= 1 and value(digits, {}) == 0:
        return step.undecided(
            "0 has no digit that could agree; write a digit, or which limit is meant"
        )
    if close:
        return step.proven(f"agrees to the digits written ({written.written})")
    if tree is not other.tree:
        plain = replace(other, tree=tree)
        step = replace(step, left=plain) if other is step.left else replace(step, right=plain)
    # However it was written, the claim is one about rounding.
    return replace(step, relation="≈").refuted(Decision("refuted"), fixed(step.assumptions))


def _without_digits(step: ClaimStep, decision: Decision) -> Verdict:
    """The verdict on an ≈ where no side is a number in digits; beside 1/8 those of the 8 count."""
    sides = [step.assumptions.apply(side.tree) for side in (step.left, step.right)]
    for tree, written in zip(sides, (step.right, step.left), strict=True):
        match written.tree:
            case Quotient(Number(1), Number(times)) if times >= _SAYS:
                inverse = Quotient(ONE, _without_symbols(tree, step.assumptions))
                within = last_digit(f"{float(times):.12g}", zeros=False) / 2
                if not symbol_names(inverse) and near(inverse, Fraction(times), within):
                    return step.proven(f"1 in {times}, to the digits written ({written.written})")
    if any(map(symbol_names, sides)):
        if step.claim.limit is not None:
            return limits.in_the_limit(step, step.claim.limit)
        if (verdict := _by_coefficients(step, decision)) is not None:
            return verdict
        return step.undecided(
            "≈ between formulas that are not equal says nothing that can be decided; "
            "put numbers in, or write which limit is meant: where n → ∞, where n ≫ d"
        )
    return step.undecided(
        "≈ holds to the digits that are written, and neither side is written in digits; "
        "write one as a decimal number, such as 0.11 or 11%"
    )


def _by_coefficients(step: ClaimStep, decision: Decision) -> Verdict | None:
    """The verdict on two formulas with the same terms, one of them with rounded coefficients."""
    sides = ((step.left, step.right), (step.right, step.left))
    close = [agrees(exact.tree, coarse.tree, step.assumptions) for exact, coarse in sides]
    if True in close:
        written = sides[close.index(True)][1].written
        return step.proven(f"the coefficients agree to the digits written ({written})")
    one_term = not any(isinstance(side.tree, Sum) for side in sides[0])
    if False in close and one_term and decision.values is not None:
        # Their quotient is the same number everywhere.
        return step.refuted(Decision("refuted"), decision.values)
    return None


def _without_symbols(tree: Tree, assumptions: Assumptions) -> Tree:
    """The number that a formula is where its symbols cancel: 27C²/(49C²) is 27/49."""
    if not symbol_names(tree):
        return tree
    try:
        constant = assumptions.field(tree).normal(tree).constant()
        if constant is None:
            return tree
        plain = numeral(constant)
        same = decide("=", tree, plain, assumptions).verdict == "proven"
    except ClosedformError:
        return tree
    return plain if same else tree
