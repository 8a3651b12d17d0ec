"""A proof that a polynomial is nowhere negative (or nowhere ≤ 0) for arguments ≥ 0.

The rules, in this order: no coefficient is negative; a multiple of a condition is split off; a
single variable is followed over all its values; squares are completed; a combination of conditions
is found by linear programming; two variables are told apart by which one is larger; the smallest
value of a variable is treated on its own. Each rule is a proof; that none applies proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from math import lcm

from sympy import ZZ
from sympy.polys.rings import PolyElement

from closedform.algebra.combination import maximise
from closedform.algebra.signs import compose, shift_one
from closedform.algebra.squares import is_sum_of_squares
from closedform.algebra.univariate import signs_at_integers, signs_at_reals
from closedform.algebra.work import TERMS, Work

#: How many polynomials a proof may look at, and how deep case distinctions may be nested.
LOOKS, DEPTH = 150, 6
#: How many linear programs it may set up.
PROGRAMS = 12
#: Past these sizes no linear program is set up.
ROWS, COLUMNS = 60, 40
#: Past this many terms or variables no cases are distinguished.
LONG, MANY = 200, 5

SHIFT = "signs of the coefficients after moving each symbol to its smallest value"
CONDITION = "a positive multiple of a condition, and signs of the coefficients"
COMBINATION = "a combination of conditions with positive multipliers (linear programming)"
SQUARES = "a sum of squares"
FOLLOWED = "its sign for every value of the one symbol left"
ORDER = "cases by which symbol is the larger, and signs of the coefficients"
SMALLEST = "cases by the smallest values, and signs of the coefficients"

Known = tuple[PolyElement, bool]


@dataclass(frozen=True)
class Goal:
    """``poly`` ≥ 0 (``strict``: > 0) is to be shown for arguments ≥ 0.

    ``known`` are polynomials that are ≥ 0 (or > 0), ``above`` the arguments that are > 0,
    ``integers`` those that are integers.
    """

    poly: PolyElement
    strict: bool
    known: tuple[Known, ...]
    above: frozenset[int]
    integers: frozenset[int]


class Prover:
    """One proof: remembers what it looked at, and by which rules it got through."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.looks = 0
        self.programs = PROGRAMS
        self.rules: dict[str, None] = {}

    def proves(self, goal: Goal, depth: int = 0) -> bool:
        """Whether a proof is found within the budget.

        Raises:
            TooLarge: the work is used up.
        """
        self.looks += 1
        self.work.spend(100 + 10 * (len(goal.poly) + len(goal.known)))
        if self.looks > LOOKS or len(goal.poly) > TERMS:
            return False
        if not goal.poly:
            return not goal.strict
        places = [i for i in range(goal.poly.ring.ngens) if any(m[i] for m in goal.poly)]
        if _fails_somewhere(goal, places):
            return False
        rule = self._as_it_is(goal, places, depth) or self._by_cases(goal, places, depth)
        if rule is not None:
            self.rules[rule] = None
        return rule is not None

    def method(self) -> str:
        """The strongest rule that was needed, for the reader."""
        order = (ORDER, SMALLEST, COMBINATION, SQUARES, FOLLOWED, CONDITION, SHIFT)
        return next((rule for rule in order if rule in self.rules), SHIFT)

    def _as_it_is(self, goal: Goal, places: list[int], depth: int) -> str | None:
        """The first rule without case distinctions that applies."""
        if _read(goal, goal.poly):
            return SHIFT
        if _by_condition(goal):
            return CONDITION
        if len(places) == 1 and _followed(goal, places[0]):
            return FOLLOWED
        if is_sum_of_squares(goal.poly, strict=goal.strict):
            return SQUARES
        if goal.known and depth <= 2 and self.programs:
            self.programs -= 1
            if _by_combination(goal, self.work):
                return COMBINATION
        return None

    def _by_cases(self, goal: Goal, places: list[int], depth: int) -> str | None:
        """The first case distinction that leads to proofs."""
        decided = len(places) == 1 and not goal.known
        if decided or depth >= DEPTH or len(goal.poly) > LONG or len(places) > MANY:
            return None
        if self._by_order(goal, places, depth):
            return ORDER
        return SMALLEST if self._by_smallest(goal, places, depth) else None

    def _by_order(self, goal: Goal, places: list[int], depth: int) -> bool:
        """Either x = y + t or y = x + t with t ≥ 0."""
        if len(places) > 4:
            return False
        for x, y in combinations(places, 2):
            cases = (_larger(goal, x, y), _larger(goal, y, x))
            if all(self.proves(case, depth + 2) for case in cases):
                return True
        return False

    def _by_smallest(self, goal: Goal, places: list[int], depth: int) -> bool:
        """An integer is 0, or 1 more than an integer ≥ 0."""
        for place in places:
            if place not in goal.integers:
                continue
            cases = (_mapped(goal, place, at_zero=True), _mapped(goal, place, at_zero=False))
            if all(self.proves(case, depth + 1) for case in cases):
                return True
        return False


def _larger(goal: Goal, x: int, y: int) -> Goal:
    """The case x ≥ y: what stands at x from now on is x − y."""
    added = {tuple(int(i == y) for i in range(goal.poly.ring.ngens)): ZZ(1)}
    integers = goal.integers if y in goal.integers else goal.integers - {x}
    known = tuple((compose(h, x, added), strict) for h, strict in goal.known)
    return Goal(compose(goal.poly, x, added), goal.strict, known, goal.above - {x}, integers)


def _mapped(goal: Goal, place: int, *, at_zero: bool) -> Goal:
    """The case of the smallest value, or that of the others."""

    def moved(poly: PolyElement) -> PolyElement:
        if at_zero:
            return poly.ring.from_dict({m: c for m, c in poly.items() if not m[place]})
        return shift_one(poly, place, 1)

    known = tuple((moved(h), strict) for h, strict in goal.known)
    return replace(goal, poly=moved(goal.poly), known=known)


def _fails_somewhere(goal: Goal, places: list[int]) -> bool:
    """Whether the goal is wrong for some arguments that are looked at, so that no proof exists."""
    for point in _samples(goal, places):
        value = _value(goal.poly, point)
        if value > 0 or (not goal.strict and not value):
            continue
        # Arguments that only the conditions hold are as small as they can be.
        known = [(_value(h, point), strict) for h, strict in goal.known]
        if all(v > 0 or (not strict and not v) for v, strict in known):
            return True
    return False


def _samples(goal: Goal, places: list[int]) -> Iterator[dict[int, int]]:
    least = dict.fromkeys(goal.above, 1)
    yield least
    yield {**least, **dict.fromkeys(places, 1)}
    for place in places:
        for value in (1, 2, 100):
            yield {**least, place: value}
            yield {**dict.fromkeys(places, 1), **least, place: value + 1}


def _value(poly: PolyElement, point: dict[int, int]) -> int:
    """The value where the arguments that are not given are 0."""
    total = 0
    for monomial, coefficient in poly.items():
        term = int(coefficient)
        for place, exponent in enumerate(monomial):
            if exponent:
                term *= point.get(place, 0) ** exponent
        total += term
    return total


def _read(goal: Goal, poly: PolyElement) -> bool:
    if any(c < 0 for c in poly.values()):
        return False
    return not goal.strict or any(_stays_above(goal, monomial) for monomial in poly)


def _stays_above(goal: Goal, monomial: tuple[int, ...]) -> bool:
    return all(i in goal.above for i, e in enumerate(monomial) if e)


def _by_condition(goal: Goal) -> bool:
    """The polynomial is a condition times something ≥ 0, plus something ≥ 0."""
    for known, known_strict in goal.known:
        if not known:
            continue
        (factor,), rest = goal.poly.div([known])
        if not factor or any(c < 0 for c in (*factor.values(), *rest.values())):
            continue
        if not goal.strict or (rest and _read(goal, rest)):
            return True
        if known_strict and any(_stays_above(goal, monomial) for monomial in factor):
            return True
    return False


def _followed(goal: Goal, place: int) -> bool:
    degree = max(monomial[place] for monomial in goal.poly)
    coefficients = [0] * (degree + 1)
    for monomial, coefficient in goal.poly.items():
        coefficients[monomial[place]] = int(coefficient)
    if place in goal.integers:
        signs = signs_at_integers(coefficients)
    else:
        signs = signs_at_reals(coefficients, without_zero=place in goal.above)
    return signs is not None and -1 not in signs and not (goal.strict and 0 in signs)


def _by_combination(goal: Goal, work: Work) -> bool:
    """First the conditions themselves are combined, then products of two as well."""
    base = [(h, s) for h, s in goal.known if h and len(h) <= 20][:10]
    if _combined(goal, _columns(goal, base, rounds=6), work):
        return True
    products = [
        (a * b, s and t) for (a, s), (b, t) in combinations(base[:5], 2) if len(a) * len(b) <= 30
    ]
    products += [(a * a, s) for a, s in base[:3] if len(a) <= 5]
    return bool(products) and _combined(goal, _columns(goal, base + products, rounds=2), work)


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
    zero = goal.poly.ring.zero_monom
    gains = [int(strict) - int(poly.get(zero, 0)) for poly, strict in columns]
    found = maximise(table, bounds, gains if goal.strict else [0] * len(columns), work)
    if found is None:
        return False
    scale = lcm(*(multiplier.denominator for multiplier in found))
    rest = goal.poly * ZZ(scale)
    for (poly, _), multiplier in zip(columns, found, strict=True):
        rest -= poly * ZZ(int(multiplier * scale))
    if any(c < 0 for c in rest.values()):
        return False
    used_strict = any(strict and m for (_, strict), m in zip(columns, found, strict=True))
    return not goal.strict or used_strict or (bool(rest) and _read(goal, rest))


def _columns(goal: Goal, base: list[Known], *, rounds: int) -> list[Known]:
    """Conditions times monomials: those that meet a negative term, or one that these bring."""
    degree = max(map(sum, goal.poly))
    found: dict[tuple[int, tuple[int, ...]], Known] = {}
    wanted = [m for m, c in goal.poly.items() if c < 0]
    for _ in range(rounds):
        reached: list[tuple[int, ...]] = []
        for target in wanted:
            for number, (poly, strict) in enumerate(base):
                for multiplier in _multipliers(poly, target, degree):
                    if (number, multiplier) in found or len(found) >= COLUMNS:
                        continue
                    product = poly.mul_term((multiplier, ZZ(1)))
                    kept = strict and _stays_above(goal, multiplier)
                    found[number, multiplier] = (product, kept)
                    reached += [m for m, c in product.items() if c > 0]
        wanted = [m for m in dict.fromkeys(reached) if goal.poly.get(m, 0) <= 0]
    return list(found.values())


def _multipliers(poly: PolyElement, target: tuple[int, ...], degree: int) -> list[tuple[int, ...]]:
    """Monomials that bring a subtracted term of a condition to the target."""
    highest = max(map(sum, poly))
    return [
        multiplier
        for monomial, coefficient in poly.items()
        if coefficient < 0 and all(t >= e for t, e in zip(target, monomial, strict=True))
        for multiplier in [tuple(map(int.__sub__, target, monomial))]
        if sum(multiplier) + highest <= max(degree, highest)
    ]
