"""A goal as a combination of conditions, with polynomial multipliers from a linear program."""

from __future__ import annotations

from itertools import combinations
from math import lcm

from closedform.algebra.normal_form.polynomials import Polynomial
from closedform.algebra.proofs.combination import maximise
from closedform.algebra.proofs.goal import Goal, Known, is_plain, stays_above
from closedform.algebra.work import Work

#: Past these sizes no linear program is set up.
ROWS, COLUMNS = 60, 40


def is_combination(goal: Goal, work: Work) -> bool:
    """First the conditions themselves are combined, then products of two as well."""
    if len(goal.poly) > ROWS:
        return False
    base = [(h, s) for h, s in goal.known if h and len(h) <= 20][:10]
    if _combined(goal, _columns(goal, base, work, rounds=6), work):
        return True
    products = [
        (a * b, s and t) for (a, s), (b, t) in combinations(base[:5], 2) if len(a) * len(b) <= 30
    ]
    products += [(a * a, s) for a, s in base[:3] if len(a) <= 5]
    return bool(products) and _combined(goal, _columns(goal, base + products, work, rounds=2), work)


def _combined(goal: Goal, columns: list[Known], work: Work) -> bool:
    """Multipliers for the columns, then the check that they work."""
    if not columns:
        return False
    rows = list(dict.fromkeys(m for poly, _ in columns for m in poly) | dict.fromkeys(goal.poly))
    if len(rows) > ROWS:
        return False
    # What is left of each term must be ≥ 0.
    table = [[int(poly.get(m, 0)) for poly, _ in columns] for m in rows]
    bounds = [int(goal.poly.get(m, 0)) for m in rows]
    # What is left must be > 0 somewhere: a strict condition is, and each term that is never 0.
    above = [m for m in rows if stays_above(goal, m)]
    gains = [int(s) - sum(int(poly.get(m, 0)) for m in above) for poly, s in columns]
    multipliers = maximise(table, bounds, gains if goal.strict else [0] * len(columns), work)
    if multipliers is None:
        return False
    scale = lcm(*(multiplier.denominator for multiplier in multipliers))
    rest = goal.poly * scale
    for (poly, _), multiplier in zip(columns, multipliers, strict=True):
        rest -= poly * int(multiplier * scale)
    if any(c < 0 for c in rest.values()):
        return False
    used_strict = any(strict and m for (_, strict), m in zip(columns, multipliers, strict=True))
    return not goal.strict or used_strict or (bool(rest) and is_plain(goal, rest))


def _columns(goal: Goal, base: list[Known], work: Work, *, rounds: int) -> list[Known]:
    """Conditions times monomials: those that meet a negative term, or one that these bring."""
    degree = max(map(sum, goal.poly))
    columns: dict[tuple[int, tuple[int, ...]], Known] = {}
    wanted = [m for m, c in goal.poly.items() if c < 0]
    for _ in range(rounds):
        reached: list[tuple[int, ...]] = []
        for target in wanted:
            for number, (poly, strict) in enumerate(base):
                work.spend(4 * len(poly))
                for multiplier in _multipliers(poly, target, degree):
                    if (number, multiplier) in columns or len(columns) >= COLUMNS:
                        continue
                    product = poly.mul_term((multiplier, 1))
                    kept = strict and stays_above(goal, multiplier)
                    columns[number, multiplier] = (product, kept)
                    reached += [m for m, c in product.items() if c > 0]
        wanted = [m for m in dict.fromkeys(reached) if goal.poly.get(m, 0) <= 0]
    return list(columns.values())


def _multipliers(poly: Polynomial, target: tuple[int, ...], degree: int) -> list[tuple[int, ...]]:
    """Monomials that bring a subtracted term of a condition to the target."""
    highest = max(map(sum, poly))
    return [
        multiplier
        for monomial, coefficient in poly.items()
        if coefficient < 0 and all(t >= e for t, e in zip(target, monomial, strict=True))
        for multiplier in [tuple(map(int.__sub__, target, monomial))]
        if sum(multiplier) + highest <= max(degree, highest)
    ]
