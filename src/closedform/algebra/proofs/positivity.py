"""A proof that a polynomial is nowhere negative (or nowhere ≤ 0) for arguments ≥ 0.

The rules, in this order: no coefficient is negative; a multiple of a condition is split off; a
single variable is followed over all its values; squares are completed; a combination of conditions
is found by linear programming; two variables are told apart by which one is larger; the smallest
value of a variable is treated on its own. Each rule is a proof; that none applies proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from closedform.algebra.normal_form.build import places_in
from closedform.algebra.normal_form.polynomials import Polynomial
from closedform.algebra.proofs.combination import is_combination
from closedform.algebra.proofs.goal import (
    Goal,
    Monomial,
    at_smallest,
    is_plain,
    larger,
    past_smallest,
    stays_above,
)
from closedform.algebra.proofs.univariate import signs_at_integers, signs_at_reals
from closedform.algebra.work import TERMS, Work

#: How many polynomials a proof may look at, and how deep case distinctions may be nested.
LOOKS, DEPTH = 150, 6
#: Past this product of terms a condition is not divided out.
DIVIDED = 1_500
#: How many linear programs it may set up.
PROGRAMS = 12
#: How many terms a quotient by a condition may have.
QUOTIENT = 60
#: Past this many terms or variables no cases are distinguished.
LONG, MANY = 200, 5

SHIFT = "signs of the coefficients after moving each symbol to its smallest value"
CONDITION = "a positive multiple of a condition, and signs of the coefficients"
COMBINATION = "a combination of conditions with positive multipliers (linear programming)"
SQUARES = "a sum of squares"
FOLLOWED = "its sign for every value of the one symbol left"
ORDER = "cases by which symbol is the larger, and signs of the coefficients"
SMALLEST = "cases by the smallest values, and signs of the coefficients"


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
        if self.looks > LOOKS or len(goal.poly) > TERMS:
            return False
        if not goal.poly:
            return not goal.strict or _impossible(goal)
        places = places_in(goal.poly)
        terms = sum(map(len, (goal.poly, *(h for h, _ in goal.known))))
        self.work.spend(100 + terms * (4 + 2 * len(places)))
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
        if is_plain(goal, goal.poly):
            return SHIFT
        if _by_condition(goal):
            return CONDITION
        if len(places) == 1 and _followed(goal, places[0]):
            return FOLLOWED
        if is_sum_of_squares(goal.poly, strict=goal.strict):
            return SQUARES
        if goal.known and depth <= 2 and self.programs:
            self.programs -= 1
            if is_combination(goal, self.work):
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
            cases = (larger(goal, x, y), larger(goal, y, x))
            if all(self.proves(case, depth + 2) for case in cases):
                return True
        return False

    def _by_smallest(self, goal: Goal, places: list[int], depth: int) -> bool:
        """An integer is 0, or 1 more than an integer ≥ 0."""
        for place in places:
            if place not in goal.integers:
                continue
            cases = (at_smallest(goal, place), past_smallest(goal, place))
            if all(self.proves(case, depth + 1) for case in cases):
                return True
        return False


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


def _impossible(goal: Goal) -> bool:
    """Whether a condition holds nowhere, so that the case it belongs to does not occur."""
    return any(
        all(c <= 0 for c in h.values()) and (strict or any(stays_above(goal, m) for m in h))
        for h, strict in goal.known
    )


def _samples(goal: Goal, places: list[int]) -> Iterator[dict[int, int]]:
    least = dict.fromkeys(goal.above, 1)
    yield least
    yield {**least, **dict.fromkeys(places, 1)}
    for place in places:
        for value in (1, 2, 100):
            yield {**least, place: value}
            yield {**dict.fromkeys(places, 1), **least, place: value + 1}


def _value(poly: Polynomial, point: dict[int, int]) -> int:
    """The value where the arguments that are not given are 0."""
    total = 0
    for monomial, coefficient in poly.items():
        term = coefficient
        for place, exponent in enumerate(monomial):
            if exponent:
                if not (argument := point.get(place, 0)):
                    break
                term *= argument**exponent
        else:
            total += term
    return total


def _by_condition(goal: Goal) -> bool:
    """The polynomial is a condition times something ≥ 0, plus something ≥ 0."""
    for known, known_strict in goal.known:
        if not known or len(known) * len(goal.poly) > DIVIDED:
            continue
        division = _divided(goal.poly, known)
        if division is None:
            continue
        factor, rest = division
        if not goal.strict or any(stays_above(goal, monomial) for monomial in rest):
            return True
        if known_strict and any(stays_above(goal, monomial) for monomial in factor):
            return True
    return False


def _divided(poly: Polynomial, by: Polynomial) -> tuple[set[Monomial], set[Monomial]] | None:
    """The terms of a quotient and of a rest without negative coefficients; ``None`` for others."""
    factor: set[Monomial] = set()
    rest: set[Monomial] = set()
    for divided, monomial, coefficient in poly.division(by):
        if coefficient < 0 or (divided and len(factor) >= QUOTIENT):
            return None
        (factor if divided else rest).add(monomial)
    return (factor, rest) if factor else None


def _followed(goal: Goal, place: int) -> bool:
    coefficients = goal.poly.coefficients(place)
    if place in goal.integers:
        signs = signs_at_integers(coefficients)
    else:
        signs = signs_at_reals(coefficients, without_zero=place in goal.above)
    return signs is not None and -1 not in signs and not (goal.strict and 0 in signs)


# -- squares --------------------------------------------------------------------------------------

#: The most variables of a form that is looked at.
VARIABLES = 20


def is_sum_of_squares(poly: Polynomial, *, strict: bool) -> bool:
    """Whether ``poly``, of degree 2, is a sum of squares (``strict``: and a positive number).

    The squares are completed for all real arguments, so the test is exact for them.
    """
    if max(map(sum, poly), default=0) > 2:
        return False
    places = places_in(poly)
    if len(places) > VARIABLES:
        return False
    matrix = _matrix(poly, places)
    # The constant stands last: what is left of it is the smallest value.
    for step in range(len(places)):
        pivot = matrix[step][step]
        row = matrix[step]
        if pivot < 0 or (not pivot and any(row[step:])):
            return False
        if pivot:
            for i in range(step + 1, len(matrix)):
                factor = matrix[i][step] / pivot
                if factor:
                    matrix[i] = [a - factor * b for a, b in zip(matrix[i], row, strict=True)]
    return matrix[-1][-1] > 0 if strict else matrix[-1][-1] >= 0


def _matrix(poly: Polynomial, places: list[int]) -> list[list[Fraction]]:
    """The symmetric matrix of the form, the constant as a last variable that is 1."""
    size = len(places) + 1
    matrix = [[Fraction(0)] * size for _ in range(size)]
    for monomial, coefficient in poly.items():
        used = [k for k, place in enumerate(places) for _ in range(monomial[place])]
        i, j = (used + [size - 1] * 2)[:2]
        half = Fraction(coefficient, 2)
        matrix[i][j] += half
        matrix[j][i] += half
    return matrix
