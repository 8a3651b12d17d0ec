"""≈ between formulas, in the limit that is stated: whether the quotient of both sides goes to 1."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction

from closedform.algebra.decide import decide
from closedform.algebra.exact import near, value
from closedform.algebra.forms.readable import readable
from closedform.algebra.rates import CONSTANT, Lead, lead
from closedform.algebra.tree import (
    ONE,
    ZERO,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Tree,
    symbol_names,
    walk,
)
from closedform.errors import ClosedformError, TooLarge
from closedform.language.claims import Limit, Member
from closedform.language.numbers.digits import stands_for
from closedform.typeset.prose import Code, Prose, Sign, say
from closedform.typeset.text import text as as_text
from closedform.verdicts.coefficients import agrees
from closedform.verdicts.order import bounding_constant
from closedform.verdicts.step import ClaimStep
from closedform.verdicts.verdict import Verdict

_GOES = "as {} grows, the quotient of both sides goes to {}, not to 1"


def in_the_limit(step: ClaimStep, stated: Limit) -> Verdict:
    """The verdict on ≈ where one size goes to infinity; undecided where the work runs out."""
    with suppress(TooLarge):
        return _in_the_limit(step, stated)
    return step.undecided(f"the work for what happens as {stated.shown} is past the limit")


def _in_the_limit(step: ClaimStep, stated: Limit) -> Verdict:
    """The verdict on ≈ where one size goes to infinity, or is far above others.

    n → ∞ leaves the other sizes as they are. n ≫ d speaks of all sizes for which n/d is large, so
    the quotient of both sides must be as near to 1 as d/n is to 0, whatever n and d are.
    """
    growing = _growing(stated)
    if not growing or any(_is_bounded(step, name) for name in growing):
        hint = "state that of one size which nothing else bounds, such as n → ∞ or n ≫ d"
        return step.undecided(f"{stated.shown} is no limit that can be taken here; {hint}")
    far = symbol_names(stated.small)
    ends = [] if far else [_ends(step, name) for name in growing]
    if far or any(isinstance(end, str) for end in ends):
        if (times := _differ_by(step, stated)) is not None:
            share = Quotient(Product((Number(times), stated.small)), stated.large)
            within = as_text(readable(share))
            return step.proven(f"the quotient of both sides differs from 1 by at most {within}")
        ends = ends or [_ends(step, name) for name in growing]
    for end in ends:
        if end:
            return step.undecided(end) if isinstance(end, str) else step.refuted_because(end)
    if far:
        return step.undecided(
            f"{stated.shown} leaves open how large the other sizes are; where they are fixed write "
            f"{growing[0]} → ∞"
        )
    coarse = " to the digits written" if _has_decimals(step.right.tree) else ""
    return step.proven(f"the quotient of both sides goes to 1 as {stated.shown}{coarse}")


def _growing(stated: Limit) -> list[str]:
    """The symbols of a product each of which makes it as large as one likes."""
    factors = stated.large.factors if isinstance(stated.large, Product) else (stated.large,)
    bases = [f.base if isinstance(f, Power) else f for f in factors]
    plain = all(
        (isinstance(base, Symbol) or (isinstance(base, Number) and base.value > 0))
        and (not isinstance(f, Power) or (isinstance(f.exponent, Number) and f.exponent.value > 0))
        for base, f in zip(bases, factors, strict=True)
    )
    names = [base.name for base in bases if isinstance(base, Symbol)]
    if not plain or set(names) & set(symbol_names(stated.small)):
        return []
    return names if symbol_names(stated.small) or len(names) == 1 else []


def _is_bounded(step: ClaimStep, name: str) -> bool:
    """Whether a condition speaks of a size that is to grow."""
    given = step.assumptions
    spoken = {n for condition in step.claim.conditions for n in condition.names}
    divisors = {n for divisor, _ in given.divisions for n in symbol_names(divisor)}
    return name in given.equations or name in spoken | divisors


def _differ_by(step: ClaimStep, stated: Limit) -> int | None:
    """The c of |F − G|·large ≤ c·G·small, proven for all sizes."""
    left, right = step.left.tree, step.right.tree
    of = Product((right, stated.small))
    most = 0
    for one, other in ((left, right), (right, left)):
        gap = Product((Sum((one, Negative(other))), stated.large))
        times = bounding_constant(step, gap, of)
        if times is None or times[1] != 1:
            return None
        most = max(most, times[0])
    return most


def _ends(step: ClaimStep, name: str) -> Prose | str:
    """Where the quotient goes that does not go to 1 as a size grows; a text where it is not seen.

    Nothing where it goes to 1.
    """
    sides = step.left.tree, step.right.tree
    top = _lead(step, Quotient(*sides), name)
    if isinstance(top, str):
        return top
    if top.rate != CONSTANT:
        ends = Sign("∞", r"\infty") if top.rate > CONSTANT else Sign("0", "0")
        return say(_GOES, Symbol(name), ends)
    share, coarse = readable(top.coefficient), step.right.tree
    same = decide("=", share, ONE, step.assumptions).verdict
    meant = None
    if _has_decimals(coarse):
        meant = agrees(readable(Product((share, coarse))), coarse, step.assumptions)
    if same == "proven" or meant:
        return ()
    if same == "undecided" or (meant is None and any(map(_has_decimals, sides))):
        return f"where the quotient of both sides goes as {name} grows is not known"
    return say(_GOES, Symbol(name), share)


def number_in_the_limit(step: ClaimStep, tree: Tree, written: Member, stated: Limit) -> Verdict:
    """The verdict on a formula and a number with so many digits to which it is said to go."""
    growing = _growing(stated)
    top = _lead(step, tree, growing[0]) if len(growing) == 1 else ""
    bounded = any(_is_bounded(step, name) for name in growing) or symbol_names(stated.small)
    if isinstance(top, str):
        return step.undecided(top or f"{stated.shown} is no limit that can be taken here")
    if bounded:
        return step.undecided(f"{stated.shown} is no limit that can be taken here")
    number = Fraction(value(written.tree, {}))
    if top.rate > CONSTANT:
        return step.refuted_because(say("as {} grows, it passes every number", Symbol(growing[0])))
    ends = readable(top.coefficient) if top.rate == CONSTANT else ZERO
    if symbol_names(ends):
        said = as_text(ends)
        return step.undecided(f"it goes to {said} as {stated.shown}, which has no value: give it")
    if near(ends, *stands_for(number, written.unit or Fraction(0))):
        said = f"goes to {as_text(ends)} as {stated.shown}"
        return step.proven(f"{said}, which agrees to the digits written ({written.written})")
    text = "as {} grows, it goes to {}, not to {}"
    return step.refuted_because(say(text, Symbol(growing[0]), ends, Code(written.written)))


def _lead(step: ClaimStep, tree: Tree, name: str) -> Lead | str:
    """The leading term of a formula as a size grows; a text where it is not seen."""
    try:
        return lead(step.assumptions.apply(tree), name, step.assumptions)
    except TooLarge:
        raise
    except ClosedformError as error:
        return error.problem


def _has_decimals(tree: Tree) -> bool:
    return any(isinstance(node, Number) and "." in node.written for node in walk(tree))
