"""Where a refuted claim is said to hold, it holds, and nowhere else: all small sizes are tried."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import pytest

import closedform.catalogue  # noqa: F401  (fills the registry)
from closedform.algebra.assumptions import Assumptions
from closedform.algebra.decide import decide
from closedform.algebra.tree import Number, Sum, Symbol, Tree, substitute, symbol_names
from closedform.algebra.zeros import Equations
from closedform.errors import ClosedformError
from closedform.language.parser import parse
from closedform.verdicts.verify import verify
from tests.soundness.expressions import expression
from tests.soundness.values import NoValue, value

M, N = Symbol("M"), Symbol("N")
SMALL = range(1, 9)
WRITTEN = [
    ("floor(M/2)", "floor(N/2)"),
    ("max(M, N)", "M"),
    ("M^2 - 5M", "N^2 - 5N"),
    ("M N", "M + N"),
    ("ceil(M/3)", "M/3"),
    ("M^2", "N^2"),
    ("M^3 - 6M^2 + 11M", "6"),
    ("floor(M/2) + floor(N/2)", "floor((M + N)/2)"),
    ("M^N", "M"),
    ("min(M, N) max(M, N)", "M^2"),
]


def equations() -> Iterator[tuple[Tree, Tree]]:
    """Equations in two sizes: those that are written here, and random ones of three sorts."""
    for left, right in WRITTEN:
        yield parse(left), parse(right)
    dice = random.Random(7)
    for _ in range(250):
        names = {name: dice.choice((M, N)) for name in ("k", "M", "N", "g", "H", "s")}
        one = substitute(expression(dice, 3), names)
        yield one, substitute(expression(dice, 2), names)
        yield one, substitute(one, {"M": N})
        yield one, Sum((one, Number(dice.choice((-2, -1, 1))) * M, N))


def at(tree: Tree, point: dict[str, int]) -> int | Fraction | None:
    try:
        return value(tree, point)
    except NoValue:
        return None


def holds(ways: tuple[Equations, ...], point: dict[str, int]) -> bool:
    return any(all(at(a, point) == at(b, point) is not None for a, b in way) for way in ways)


def test_an_equation_holds_only_when_it_is_said_to() -> None:
    told = 0
    for left, right in equations():
        try:
            decision = decide("=", left, right, Assumptions())
        except ClosedformError:
            continue
        free = {*symbol_names(left), *symbol_names(right)}
        if decision.verdict != "refuted" or not decision.holds_when or not free <= {"M", "N"}:
            continue
        told += 1
        for m, n in product(SMALL, repeat=2):
            point = {"M": m, "N": n}
            one, two = at(left, point), at(right, point)
            if isinstance(one, (int, Fraction)) and isinstance(two, (int, Fraction)):
                assert (one == two) == holds(decision.holds_when, point), (left, right, point)
    assert told > 150


#: Claims of which a diagnosis says where they hold.
SYMBOLS = [f"{a} = {b}" for a, b in WRITTEN] + [
    "M^2 + M = N^2 + M",
    "M^2 N = N^3",
    "floor(M/2) N = floor(N/2) N",
    "M (M - 3) = N (N - 3)",
    "M^2 - N = M^2 - M",
]


@pytest.mark.parametrize("text", SYMBOLS)
def test_a_diagnosis_says_only_what_holds(text: str) -> None:
    left, right = map(parse, text.split(" = "))
    for sentence in verify(text).diagnosis:
        outcome = re.search(r"this holds (only )?where (.*)", sentence)
        if outcome is None:
            continue
        ways = tuple(
            tuple(tuple(map(parse, pair.split(" = "))) for pair in way.split(" and "))
            for way in re.split(r" or |, ", outcome[2])
        )
        for m, n in product(SMALL, repeat=2):
            point = {"M": m, "N": n}
            equal = at(left, point) == at(right, point)
            assert equal or not holds(ways, point), (sentence, point)  # type: ignore[arg-type]
            if outcome[1]:
                assert holds(ways, point) or not equal, (sentence, point)  # type: ignore[arg-type]


ORDERS = [
    f"{left} {relation} {right}"
    for left, right in (
        ("n^2", "2^n"),
        ("n^2", "10 n - 21"),
        ("n^3 - 12 n^2", "-47 n + 60"),
        ("n^2 + 3", "4 n"),
        ("7", "n"),
        ("n^2", "40 n"),
        ("floor(n/3)", "2"),
        ("1/n", "1/7"),
    )
    for relation in ("<", "<=", ">", ">=")
]
_RANGE = re.compile(r"for n = (\d+)|up to n = (\d+)|from n = (\d+) to (\d+)|from n = (\d+) on")


def said(sentence: str, n: int) -> bool:
    """Whether a sentence says that a relation holds at n."""
    for only, most, first, last, least in _RANGE.findall(sentence):
        low = int(only or first or least or 1)
        high = int(only or most or last or 10**6)
        if low <= n <= high:
            return True
    return False


@pytest.mark.parametrize("text", ORDERS)
def test_an_inequality_holds_where_it_is_said_to_and_nowhere_else(text: str) -> None:
    left, relation, right = re.split(r" ([<>]=?) ", text)
    for sentence in verify(text).diagnosis:
        if not sentence.startswith("this holds"):
            continue
        for n in range(1, 61):
            one, two = at(parse(left), {"n": n}), at(parse(right), {"n": n})
            assert isinstance(one, (int, Fraction))
            assert isinstance(two, (int, Fraction))
            true = {"<": one < two, "<=": one <= two, ">": one > two, ">=": one >= two}[relation]
            assert said(sentence, n) == true, (sentence, n)


def test_what_is_told_is_told_of_most_inequalities() -> None:
    told = [text for text in ORDERS if any("this holds" in s for s in verify(text).diagnosis)]
    assert len(told) > len(ORDERS) / 2, sorted(set(ORDERS) - set(told))
