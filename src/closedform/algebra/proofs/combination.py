"""Nonnegative combinations: a ≥ 0 follows from conditions h ≥ 0 if a = Σ λ·m·h + (terms ≥ 0).

The multipliers λ ≥ 0 are found by exact linear programming (Farkas' lemma; the simplex method with
Bland's rule: V. Chvátal, Linear Programming, chapters 2, 3 and 9). All numbers stand over one
denominator, the last pivot, by which each exchange divides without a remainder (J. Edmonds, Systems
of distinct representatives and linear algebra, 1967): integers, where fractions take six times as
long.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations
from math import lcm

from closedform.algebra.normal_form.polynomials import Polynomial
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


# -- linear programming ---------------------------------------------------------------------------

Row = list[int]
Objective = Callable[[], Row]
#: The most pivots of one program.
PIVOTS = 60


def maximise(
    rows: Sequence[Sequence[int]], bounds: Sequence[int], gains: Sequence[int], work: Work
) -> list[Fraction] | None:
    """Some x ≥ 0 with ``rows``·x ≤ ``bounds`` and a large ``gains``·x, or ``None``.

    Stops at the first x with a positive gain where one is asked for (some gain is not 0).

    >>> [str(x) for x in maximise([[1, 1], [-1, 0]], [3, -1], [0, 1], Work())]
    ['1', '2']
    """
    program = _Program(rows, bounds, work)
    if not program.feasible():
        return None
    program.improve(gains)
    return program.solution()


class _Program:
    """A dictionary: each basic variable as a linear function of the others.

    Variables 0..n−1 are x, n..n+m−1 the slacks, n+m the one that measures how much a bound is
    missed.
    """

    def __init__(self, rows: Sequence[Sequence[int]], bounds: Sequence[int], work: Work) -> None:
        self.work = work
        self.size = len(rows[0]) if rows else 0
        self.extra = self.size + len(rows)
        self.basic = [self.size + i for i in range(len(rows))]
        self.free = [*range(self.size), self.extra]
        # basic_i = (values_i − Σ_j table_ij · free_j)/below
        self.table: list[Row] = [[*row, -1] for row in rows]
        self.values = list(bounds)
        self.below = 1
        self.pivots = 0

    def feasible(self) -> bool:
        """Find values that meet all bounds."""
        if not self.values or min(self.values) >= 0:
            self._drop_extra()
            return True
        self._pivot(self.values.index(min(self.values)), len(self.free) - 1)
        if not self._climb(lambda: self._objective({self.extra: -1})):
            return False
        if self.extra in self.basic:
            row = self.basic.index(self.extra)
            if self.values[row]:
                return False
            column = next((j for j, c in enumerate(self.table[row]) if c), None)
            if column is None:
                return False
            self._pivot(row, column)
        self._drop_extra()
        return True

    def improve(self, gains: Sequence[int]) -> None:
        """Climb to the largest gain, as far as the pivots reach."""
        if any(gains):
            self._climb(lambda: self._objective(dict(enumerate(gains))))

    def solution(self) -> list[Fraction]:
        """The values of x."""
        values = [Fraction(0)] * self.size
        for variable, value in zip(self.basic, self.values, strict=True):
            if variable < self.size:
                values[variable] = Fraction(value, self.below)
        return values

    def _drop_extra(self) -> None:
        column = self.free.index(self.extra)
        for row in self.table:
            del row[column]
        del self.free[column]

    def _objective(self, gains: dict[int, int]) -> Row:
        """What one more of each free variable gains, over the denominator."""
        total = [self.below * gains.get(variable, 0) for variable in self.free]
        for variable, row in zip(self.basic, self.table, strict=True):
            gain = gains.get(variable)
            if gain:
                total = [t - gain * c for t, c in zip(total, row, strict=True)]
        return total

    def _climb(self, objective: Objective) -> bool:
        """Pivot until nothing gains; False when the pivots run out. Unbounded gains stop it too."""
        while True:
            gains = objective()
            entering = [j for j, g in enumerate(gains) if g > 0]
            if not entering:
                return True
            column = min(entering, key=lambda j: self.free[j])
            limits = [
                (Fraction(self.values[i], row[column]), self.basic[i], i)
                for i, row in enumerate(self.table)
                if row[column] > 0
            ]
            if not limits or self.pivots >= PIVOTS:
                return not limits
            self._pivot(min(limits)[2], column)

    def _pivot(self, row: int, column: int) -> None:
        """Exchange a basic variable for a free one."""
        self.pivots += 1
        self.work.spend(3 * len(self.table) * len(self.free))
        # Its sign goes with the row, so that the denominator stays positive.
        sign = 1 if self.table[row][column] > 0 else -1
        taken = [sign * c for c in self.table[row]]
        pivot, value, below = taken[column], sign * self.values[row], self.below
        for i, other in enumerate(self.table):
            factor = other[column]
            if i == row:
                continue
            self.table[i] = [
                (pivot * a - factor * b) // below for a, b in zip(other, taken, strict=True)
            ]
            self.table[i][column] = -sign * factor
            self.values[i] = (pivot * self.values[i] - factor * value) // below
        taken[column] = sign * below
        self.table[row], self.values[row], self.below = taken, value, pivot
        self.basic[row], self.free[column] = self.free[column], self.basic[row]
