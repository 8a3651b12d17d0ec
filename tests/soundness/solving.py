"""What ``solve`` answers, against counting: random comparisons and conditions over small integers.

The values and the reader of these texts are the tests' own, so that nothing here rests on the code
under test.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import product

from closedform.algebra.tree import ZERO, Node, Tree
from closedform.errors import ClosedformError
from closedform.solving.solution import Solution
from closedform.solving.solve import solve
from closedform.typeset.prose import Prose
from tests.read_formula import formula
from tests.soundness.values import NoValue, compared, value

Point = dict[str, "int | Fraction"]
#: The integers that are tried for the symbol sought, and for another one.
SOUGHT, OTHER = range(1, 61), range(1, 8)
_HOW: dict[str, Callable[[int], bool]] = {
    "=": lambda sign: sign == 0,
    "<": lambda sign: sign < 0,
    "<=": lambda sign: sign <= 0,
    ">": lambda sign: sign > 0,
    ">=": lambda sign: sign >= 0,
    "≠": lambda sign: sign != 0,
}
_TYPED = {"≤": "<=", "≥": ">="}
#: Sides without and with a second symbol; a, b, c are numbers that are put in.
SIDES = ("N", "{a}N", "N + {a}", "N - {a}", "N^2", "N^2 - {a}N", "{a}N^2 - {b}N + {c}", "{a}/N",
         "{a}/(N - {b})", "N/(N + {a})", "(N - {a})(N - {b})", "N^3 - {a}N^2", "{a}", "{c}0",
         "1/(N - {a}) + N")  # fmt: skip
ROUNDED = (
    "floor(N/{a})",
    "ceil(N/{a})^2",
    "{a}floor(N/{b}) - N",
    "N floor((N + {a})/{b})",
    "floor(floor(N/{a})/{b})",
    "{a}/floor(N/{b})",
    "N - {a}floor(N/{a})",
    "2^N",
    "{b}sqrt(N)",
    "N log(N)",
    "ceil(sqrt(N))",
    "max(N, {b})",
    "2^(floor(N/{a}))",
)
# 3M would be three million: a budget.
MIXED = ("(K - 1) N", "(K - 1)(M)", "K N", "K + M", "(M - {a}) K", "N/(K - 1)", "(M - K) N",
         "(N - M)(N - K)", "(N - {a}K)/(N - M)", "N^2 - K", "(K - {a})(N - M)", "K/(N - K)",
         "max(M, 1) N", "{b}sqrt(2)", "sqrt(K) N",
         "M N", "N + M", "N - M", "{a}(M)", "M^2", "N^2", "{a}M - {b}N", "M N - {a}N", "N/M", "{a}",
         "N - {a}M", "(M - {a})N", "N^2 - M", "{a}N", "N", "1/(N - M)", "N/(M - {a})",
         "M + {a}/(N - M)", "(-1)^M + N", "N floor(M/{a})", "N min(M, {b}) - {a}")  # fmt: skip
CONDITIONS = ("N >= {a}", "N <= {c}", "N < {c}", "{a}N <= {c}9", "N^2 <= {c}0", "N^2 - {a}N >= {b}",
              "{a} | N", "{a} | N + {b}", "{a} | N(N + {b})", "N | {c}2", "1/(N - {a}) < 1",
              "N - {a} | 12", "2N > {b}", "N^2 = {a}{a}", "floor(N/{a}) >= {b}",
              "N - {a}floor(N/{a}) = 1", "sqrt(N) >= {a}")  # fmt: skip
BOTH = ("K >= 2", "K <= {a}", "K >= M", "K | M", "M = K + {a}", "N <= K", "M > K",
        "N <= M", "N >= M", "M >= {a}", "N >= {a}", "M <= {a}", "N < {a}M", "{a} | N", "M | N",
        "N > M + {a}")  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A comparison to be solved for N, and its conditions: each (left, relation, right)."""

    sides: tuple[str, str, str]
    conditions: tuple[tuple[str, str, str], ...]

    @property
    def text(self) -> str:
        """As a user writes it."""
        left, relation, right = self.sides
        return f"{left} {relation} {right}"

    @property
    def where(self) -> str | None:
        """The conditions as a user writes them."""
        return ", ".join(" ".join(one) for one in self.conditions) or None

    def true_at(self, point: Point) -> bool:
        """Whether the comparison and all conditions hold; what has no value does not."""
        return all(_holds(*one, point) for one in (self.sides, *self.conditions))


def questions(seed: int, count: int) -> Iterator[Asked]:
    """So many questions, the same for the same seed."""
    rng = random.Random(seed)
    for _ in range(count):
        sides, conditions = (MIXED, BOTH) if rng.random() < 0.4 else (SIDES, CONDITIONS)
        ours = rng.choice((sides, ROUNDED)) if sides is SIDES else sides
        left, right = (_filled(rng, rng.choice(pool)) for pool in (ours, sides))
        relation = rng.choice(("=", "<", "<=", ">", ">="))
        chosen = rng.sample(conditions, rng.choice((0, 1, 1, 2, 3)))
        written = (_filled(rng, one).partition(_sign(one)) for one in chosen)
        parts = tuple((a.strip(), sign, b.strip()) for a, sign, b in written)
        yield Asked((left, relation, right), parts)


def judged(asked: Asked) -> str:
    """The status of the answer, or ``"refused"``.

    Raises:
        AssertionError: an integer that the answer holds and counting does not, or the reverse.
    """
    try:
        solution = solve(asked.text, symbol="N", where=asked.where)
    except ClosedformError:
        return "refused"
    if solution.status == "unsolved":
        return "unsolved"
    written = "".join(part for one in (asked.sides, *asked.conditions) for part in one)
    others = [OTHER if name in written else (1,) for name in "MK"]
    for n, m, k in product(SOUGHT, *others):
        point: Point = {"N": n, "M": m, "K": k}
        expected = asked.true_at(point)
        told = _told(solution, asked, point)
        assert told in (None, expected), ("solve disagrees with counting", asked, point, solution)
        assert _in_order(solution, asked, point), (
            "the other side is larger",
            asked,
            point,
            solution,
        )
    return solution.status


def _told(solution: Solution, asked: Asked, point: Point) -> bool | None:
    """What the answer says of a point; ``None`` where it says that it is not about it."""
    if not solution:
        return False
    if solution.ranges and not _in_ranges(solution, int(point["N"])):
        return False
    if not all(_holds(*one, point) for one in asked.conditions):
        return False
    if not all(_has_value(side, point) for side in asked.sides[::2]):
        return "≠ 0 must hold" not in str(solution)
    for case in (case for line in solution._statements for case in _cases(line)):
        if all(_met(*one, point) for one in case.conditions):
            return case.holds if case.rest is None else _met(*case.rest, point)
    if not solution._exact or solution.ranges:
        return True
    told = []
    for relation, tree in solution._exact:
        with suppress(NoValue):
            told.append(_HOW[relation](compared(Fraction(point["N"]), value(tree, point))))
    return any(told)


def _in_order(solution: Solution, asked: Asked, point: Point) -> bool:
    """Whether the side that is said to be larger from some integer on is so at the point."""
    left, _, right = asked.sides
    if not all(_holds(*one, point) for one in asked.conditions):
        return True
    if not all(_has_value(side, point) for side in (left, right)):
        return True
    for words, trees in map(_marked, solution._statements):
        if told := _ORDER.fullmatch(words):
            case, after, first, before, most, single = told.groups()
            start, last = (int(trees[int(n)].value) if n else 0 for n in (first, single))
            if not all(_met(*one, point) for one in _relations(case, trees)):
                continue
            n = point["N"]
            side = after if n >= start else before if n <= max(last, int(most or 0)) else None
            if side is not None and not _holds(
                left, {"larger": ">", "smaller": "<"}[side], right, point
            ):
                return False
    return True


_ORDER = re.compile(
    r"for (.*): the left side is (larger|smaller) from \{\d+\}\s*=\s*\{(\d+)\} on"
    r"(?: and (larger|smaller) for \{\d+\}(?: up to (\d+)|\s*=\s*\{(\d+)\}))?(?:: never equal.*)?"
)


@dataclass(frozen=True)
class _Case:
    """What an answer says where some conditions hold: every or no integer, or where ``rest`` is."""

    conditions: list[tuple[Tree, str, Tree]]
    holds: bool
    rest: tuple[Tree, str, Tree] | None


def _cases(line: Prose) -> Iterator[_Case]:
    """The cases of a sentence such as "this is for k ≥ 2; for k = 1 it holds for no N"."""
    words, trees = _marked(line)
    first, *clauses = words.split("; ")
    about = _relations(first, trees) if " is for " in first else []
    for clause in clauses or [first]:
        told = re.fullmatch(
            "(for (.*)|otherwise) it holds (for every|for no|(exactly )?where) (.*)", clause
        )
        if told and told[1] == "otherwise":
            ((left, _, right),) = about
            yield _Case([(left, "<", right)], "every" in told[3], None)
        elif told:
            rest = _relations(told[5], trees) if "where" in told[3] else [None]
            yield _Case(_relations(told[2], trees), "every" in told[3], rest[0])
        else:
            known = _ORDER.fullmatch(clause) or not clause.startswith(("for ", "otherwise"))
            assert known, ("a case that nobody reads", clause)


def _marked(line: Prose) -> tuple[str, list[Tree]]:
    """A sentence with a number in braces for each formula, and the formulas."""
    trees = [part for part in line if isinstance(part, Node)]
    places = iter(range(len(trees)))
    shown = (
        f"{{{next(places)}}}" if isinstance(part, Node) else getattr(part, "text", part)
        for part in line
    )
    return "".join(map(str, shown)), trees


def _relations(words: str, trees: list[Tree]) -> list[tuple[Tree, str, Tree]]:
    written = re.findall(r"\{(\d+)\}\s*([=<>≤≥≠])\s*(\{\d+\}|0)", words)
    return [
        (
            trees[int(left)],
            _TYPED.get(sign, sign),
            ZERO if right == "0" else trees[int(right[1:-1])],
        )
        for left, sign, right in written
    ]


def _met(left: Tree, relation: str, right: Tree, point: Point) -> bool:
    try:
        return _HOW[relation](compared(value(left, point), value(right, point)))
    except NoValue:
        return False


def _in_ranges(solution: Solution, n: int) -> bool:
    return any(
        first <= n and (last is None or n <= last) and (n - first) % solution.step == 0
        for first, last in solution.ranges
    )


def _filled(rng: random.Random, text: str) -> str:
    a, b, c = rng.randint(2, 6), rng.randint(1, 7), rng.randint(1, 9)
    return text.format(a=a, b=b, c=c)


def _sign(text: str) -> str:
    return next(sign for sign in ("<=", ">=", "<", ">", "|", "=") if sign in text)


def _has_value(side: str, point: Point) -> bool:
    try:
        value(_formula(side), point)
    except NoValue:
        return False
    return True


def _holds(left: str, relation: str, right: str, point: Point) -> bool:
    try:
        a, b = (value(_formula(side), point) for side in (left, right))
    except NoValue:
        return False
    if relation == "|":
        return bool(a != 0 and b % a == 0)
    return _HOW[relation](compared(a, b))


_formula = cache(formula)
