"""Nonnegative combinations: a ≥ 0 follows from conditions h ≥ 0 if a = Σ λ·m·h + (terms ≥ 0).

The multipliers λ ≥ 0 are found by exact linear programming (Farkas' lemma), by the criss-cross
method up to the first x and by the simplex method from there. All numbers stand over one
denominator, the last pivot, by which each exchange divides without a remainder (J. Edmonds, Systems
of distinct representatives and linear algebra, 1967): integers, where fractions take six times as
long.
"""

from __future__ import annotations

from collections.abc import Sequence
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
#: The most pivots of one program.
PIVOTS = 60


def maximise(
    rows: Sequence[Sequence[int]], bounds: Sequence[int], gains: Sequence[int], work: Work
) -> list[Fraction] | None:
    """Some x ≥ 0 with ``rows``·x ≤ ``bounds`` and a large ``gains``·x, or ``None``.

    From a dictionary, each basic variable a linear function of the free ones, the first basic one
    below 0 is exchanged until there is none; then the first free one that gains, with what would be
    below 0 first.

    >>> [str(x) for x in maximise([[1, 1], [-1, 0]], [3, -1], [0, 1], Work())]
    ['1', '2']
    """
    size, last = len(gains), len(rows)
    basic, free = [size + i for i in range(last)], [*range(size)]
    # basic_i = (values_i − Σ_j table_ij · free_j)/below, and the gain in the last row.
    table: list[Row] = [*map(list, rows), [-gain for gain in gains]]
    values, below = [*bounds, 0], 1
    for _ in range(PIVOTS):
        low = min(((basic[i], i) for i in range(last) if values[i] < 0), default=None)
        if low:
            i = low[1]
            _, j = min(((free[j], j) for j in range(size) if table[i][j] < 0), default=(0, None))
            if j is None:
                return None
        else:
            _, j = min(((free[j], j) for j in range(size) if table[last][j] < 0), default=(0, 0))
            rising = [i for i in range(last) if table[i][j] > 0 > table[last][j]]
            if not rising:
                break
            i = min(rising, key=lambda i: (Fraction(values[i], table[i][j]), basic[i]))
        work.spend(3 * len(table) * size)
        below = _exchange(table, values, i, j, below)
        basic[i], free[j] = free[j], basic[i]
    if min(values[:last], default=0) < 0:
        return None
    numbers = dict(zip(basic, values, strict=False))
    return [Fraction(numbers.get(variable, 0), below) for variable in range(size)]


def _exchange(table: list[Row], values: list[int], row: int, column: int, below: int) -> int:
    """Exchange a basic variable for a free one; the new denominator."""
    # Its sign goes with the row, so that the denominator stays positive.
    sign = 1 if table[row][column] > 0 else -1
    taken, value = [sign * c for c in table[row]], sign * values[row]
    pivot = taken[column]
    for i, other in enumerate(table):
        factor = other[column]
        if i == row:
            continue
        table[i] = [(pivot * a - factor * b) // below for a, b in zip(other, taken, strict=True)]
        table[i][column] = -sign * factor
        values[i] = (pivot * values[i] - factor * value) // below
    taken[column] = sign * below
    table[row], values[row] = taken, value
    return pivot
