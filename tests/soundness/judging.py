"""Claims with a known truth, and what the verdicts on them are worth.

Truth comes from how a claim was made, or from a value that tells the sides apart; values are the
tests' own (:mod:`tests.soundness.values`), so nothing here rests on the code under test.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction

from closedform.algebra.assumptions import Condition, assume
from closedform.algebra.decide import decide
from closedform.algebra.decision import Decision
from closedform.algebra.tree import (
    Number,
    Power,
    Product,
    Sum,
    Symbol,
    Tree,
    symbol_names,
)
from closedform.errors import ClosedformError
from tests.soundness.expressions import NAMES, expression, positive
from tests.soundness.rewriting import mutated, rewritten
from tests.soundness.values import MADE_UP, NoValue, OutOfReach, compared, value

Point = dict[str, "int | Fraction"]
#: How many points a claim is looked at.
POINTS = 14

M, N, g, H = Symbol("M"), Symbol("N"), Symbol("g"), Symbol("H")
#: A real number and one that may be 0; the rules of rewriting are about positive integers.
alpha, p = Symbol("alpha"), Symbol("p")
#: Sets of conditions that claims are made under, the empty one most often.
CONDITIONS: tuple[tuple[Condition, ...], ...] = (
    (),
    (),
    (),
    (),
    (Condition("=", N, M),),
    (Condition("=", N, Number(2) * M),),
    (Condition("|", g, M),),
    (Condition("|", Number(2), H), Condition(">=", M, Number(3))),
    (Condition(">=", M, N),),
    (Condition("<=", M, Number(4)), Condition(">", N, M)),
    (Condition("<", Number(0), alpha), Condition("<=", alpha, Number(1))),
    (Condition(">=", p, Number(0)),),
)


@dataclass(frozen=True)
class Claim:
    """``left relation right`` under conditions, and whether it holds where it is defined."""

    relation: str
    left: Tree
    right: Tree
    conditions: tuple[Condition, ...]
    true: bool


def claims(seed: int, count: int) -> Iterator[Claim]:
    """So many claims, the same for the same seed."""
    rng = random.Random(seed)
    made = 0
    while made < count:
        claim = _claim(rng)
        if claim is not None:
            made += 1
            yield claim


def judged(claim: Claim, rng: random.Random) -> tuple[str, str]:
    """The verdict on a claim and, for an undecided one, why.

    Raises:
        AssertionError: a false proof, a false refutation, or a witness that is none.
    """
    try:
        decision = decide(claim.relation, claim.left, claim.right, assume(claim.conditions))
    except ClosedformError as problem:
        return "error", type(problem).__name__
    if decision.verdict == "proven":
        assert claim.true, ("false proof", claim, decision)
        _check_proof(claim, rng)
    if decision.verdict == "refuted":
        assert not claim.true, ("false refutation", claim, decision)
        _check_witness(claim, decision)
    return decision.verdict, "; ".join(decision.tried[:-1])


def _claim(rng: random.Random) -> Claim | None:
    """A claim made true by rewriting, or false by a mutation that a value shows to matter."""
    conditions = rng.choice(CONDITIONS)
    left = expression(rng, rng.choice((1, 2, 2, 3)))
    for special in (alpha, p):
        if any(special in (c.left, c.right) for c in conditions):
            factor = rng.choice((special, Power(special, Number(2)), Sum((special, Number(1)))))
            left = Sum((Product((factor, expression(rng, 1))), left))
    right = rewritten(rng, left, rng.randint(1, 4))
    relation = "="
    if rng.random() < 0.3:
        relation, left, right = _ordered(rng, left, right)
    if rng.random() < 0.5:
        return Claim(relation, left, right, conditions, true=True)
    right = mutated(rng, right)
    points = _points(rng, (left, right), conditions)
    if any(_fails(relation, left, right, point) for point in points):
        return Claim(relation, left, right, conditions, true=False)
    return None


def _ordered(rng: random.Random, left: Tree, right: Tree) -> tuple[str, Tree, Tree]:
    """A true inequality: one side and the same with something positive, or a square, added."""
    if rng.random() < 0.6:
        more, relation = positive(rng, 1), rng.choice(("<", "<="))
    else:
        more, relation = Power(expression(rng, 1), Number(2)), "<="
    if rng.random() < 0.5:
        return relation, left, Sum((right, more))
    return {"<": ">", "<=": ">="}[relation], Sum((more, right)), left


def _points(
    rng: random.Random, sides: tuple[Tree, Tree], conditions: tuple[Condition, ...]
) -> Iterator[Point]:
    """Random values that meet the conditions."""
    parts = [*sides, *(side for c in conditions for side in (c.left, c.right))]
    names = list(dict.fromkeys(name for part in parts for name in symbol_names(part)))
    found = 0
    for _ in range(6 * POINTS):
        point = _point(rng, names, conditions)
        if _meets(conditions, point):
            found += 1
            yield point
        if found == POINTS:
            return


def _point(rng: random.Random, names: list[str], conditions: tuple[Condition, ...]) -> Point:
    top = rng.choice((3, 6, 20))
    point: Point = {name: rng.randint(1, top) for name in names if not name.startswith("u_")}
    point[MADE_UP] = rng.randint(0, 4)
    for condition in conditions:
        name = condition.left.name if isinstance(condition.left, Symbol) else ""
        if condition.relation == "=":
            point[name] = _whole(condition.right, point)
        elif condition.relation == "|" and isinstance(condition.right, Symbol):
            point[condition.right.name] = rng.randint(1, top) * _whole(condition.left, point)
        elif condition.relation == "<":
            point["alpha"] = Fraction(rng.randint(1, 7), 7)
        elif condition.relation == ">=" and condition.right == Number(0) and rng.random() < 0.3:
            point[name] = 0
    return point


def _whole(tree: Tree, point: Point) -> int:
    return int(value(tree, point))


def _meets(conditions: tuple[Condition, ...], point: Point) -> bool:
    return all(_holds(c.relation, c.left, c.right, point) for c in conditions)


def _holds(relation: str, left: Tree, right: Tree, point: Point) -> bool:
    """Whether a relation holds at a point.

    Raises:
        NoValue: a side has no value there.
    """
    a, b = value(left, point), value(right, point)
    if relation == "|":
        return bool(b % a == 0)
    sign = compared(a, b)
    return {"=": sign == 0, "<": sign < 0, "<=": sign <= 0, ">": sign > 0, ">=": sign >= 0}[
        relation
    ]


def _fails(relation: str, left: Tree, right: Tree, point: Point) -> bool:
    """Whether both sides have values and the relation fails."""
    try:
        return not _holds(relation, left, right, point)
    except NoValue:
        return False


def _check_proof(claim: Claim, rng: random.Random) -> None:
    for point in _points(rng, (claim.left, claim.right), claim.conditions):
        assert not _fails(claim.relation, claim.left, claim.right, point), (claim, point)


def _check_witness(claim: Claim, found: Decision) -> None:
    """The witness gives every symbol of the claim a size, and the sides have other values there."""
    values = found.values
    assert values is not None
    names = {*symbol_names(claim.left), *symbol_names(claim.right)}
    assert {n for n in values if n[:2] != "u_"} == {n for n in names if n[:2] != "u_"}
    known = [c for c in claim.conditions if _names(c) <= values.keys()]
    assert _meets(tuple(known), values), (claim, values)
    assert all(size > 0 or name == "p" for name, size in values.items()), (claim, values)
    for made_up in range(5):  # a term that the witness does not give may be any
        point = {MADE_UP: made_up, **values}
        with suppress(OutOfReach):
            assert not _holds(claim.relation, claim.left, claim.right, point), (claim, point)


def _names(condition: Condition) -> set[str]:
    return {*symbol_names(condition.left), *symbol_names(condition.right)}


__all__ = ["NAMES", "Claim", "claims", "judged"]
