"""The laws of the search for a counterexample: what is tried, in which order, and what is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from closedform.algebra.assumptions import assume
from closedform.algebra.search.witness import Search, first_admissible, search
from closedform.algebra.thorough import relation_fails
from closedform.algebra.tree import Symbol, symbol_names
from closedform.algebra.work import Work
from tests.read_formula import conditions, formula, relation

#: A claim, conditions, the first values at which it fails, whether all were tried, and how many
#: assignments were tried, were admissible, and could be told: 41 for a size, and 200 larger ones.
SEARCHED: list[tuple[str, str, Mapping[str, int | Fraction] | None, bool, tuple[int, int, int]]] = [
    ("M = N", "", {"M": 1, "N": 2}, False, (2, 2, 2)),
    ("M N <= M + N + 3", "", {"M": 3, "N": 4}, False, (18, 18, 18)),
    ("M <= 40", "", {"M": 41}, False, (41, 41, 41)),
    ("M <= 41", "", {"M": 1025}, False, (42, 42, 42)),
    ("M <= 3000", "", {"M": 8192}, False, (242, 242, 242)),
    ("M >= N", "M >= N", None, False, (1088, 566, 566)),
    ("M <= 250", "M >= 100", {"M": 1124}, False, (42, 42, 42)),
    ("M = 7", "M = 7", None, True, (1, 1, 1)),
    ("M^2 = 5M - 6", "M >= 2, M <= 3", None, True, (2, 2, 2)),
    ("M^2 = 5M - 6", "M >= 2, M <= 4", {"M": 4}, False, (3, 3, 3)),
    ("a b c <= 30", "a <= 3, b <= 3, c <= 3", None, True, (27, 27, 27)),
    ("a b c <= 17", "a <= 3, b <= 3, c <= 3", {"a": 2, "b": 3, "c": 3}, False, (24, 24, 24)),
    ("a <= b", "a <= 41, b <= 41", {"a": 2, "b": 1}, False, (3, 3, 3)),
    ("a <= 41", "a <= 41", None, True, (41, 41, 41)),
    ("a <= 42", "a <= 42", None, False, (41, 41, 41)),
    # What an equation gives is a size, or no assignment.
    ("M = k", "M = 2k", {"M": 2, "k": 1}, False, (1, 1, 1)),
    ("M >= 2", "M = N/2", {"M": 1}, False, (2, 1, 1)),
    ("N < 3", "M = N - 3", {"N": 4}, False, (4, 1, 1)),
    ("M = 1", "g | M, g >= 3", {"M": 3}, False, (6, 1, 1)),
    ("M > N", "N > M, M > N", None, False, (1088, 0, 0)),
    # Real numbers: the simplest first.
    ("alpha < 1", "0 < alpha <= 1", {"alpha": 1}, False, (1, 1, 1)),
    ("alpha > 1/2", "0 < alpha <= 1", {"alpha": Fraction(1, 2)}, False, (2, 2, 2)),
    ("alpha > 0", "0 < alpha <= 1", None, False, (250, 250, 250)),
    ("alpha < 4", "alpha > 0", {"alpha": 4}, False, (4, 4, 4)),
    ("x < 3/2", "1/2 < x, x < 2", {"x": Fraction(3, 2)}, False, (2, 2, 2)),
    ("x < 1/100", "0 < x, x < 1/50", {"x": Fraction(1, 100)}, False, (1, 1, 1)),
    ("p > 0", "p >= 0", {"p": 0}, False, (1, 1, 1)),
    ("alpha^2 = alpha", "0 <= alpha <= 1", None, False, (250, 250, 250)),
    # Where a side has no value, or one that is not told.
    ("M/(M-1) > 1", "", None, False, (250, 250, 249)),
    ("M/(M-N) = 2", "", {"M": 1, "N": 2}, False, (2, 2, 1)),
    ("sqrt(M) + M > M", "M <= 5", None, True, (5, 5, 5)),
    ("sqrt(M) sqrt(M) = M", "M <= 5", None, False, (5, 5, 2)),
]

#: Symbols, conditions, and the first values in the order in which they are tried.
TRIED: list[tuple[str, str, list[tuple[str, ...]]]] = [
    ("MN", "", [("1", "1"), ("1", "2"), ("2", "1"), ("1", "3"), ("2", "2"), ("3", "1")]),
    ("MN", "M <= 2, N >= 3", [("1", "3"), ("1", "4"), ("2", "3"), ("1", "5"), ("2", "4")]),
    ("x", "0 < x < 1", [("1/2",), ("1/3",), ("2/3",), ("1/4",), ("3/4",), ("1/5",)]),
    ("x", "1/2 <= x, x < 1", [("1/2",), ("2/3",), ("3/4",), ("3/5",), ("4/5",), ("5/6",)]),
    ("x", "x <= 1/2", [("1/2",), ("1/3",), ("1/4",)]),
    # No simple fraction has more than 8 parts of 1: where there is none, the middle.
    ("x", "1/9 < x, x < 1/7", [("1/8",)]),
    ("x", "1/10 < x, x < 1/8", [("9/80",)]),
    ("x", "x > 0, x >= 1/2, x < 5/2", [("1",), ("2",), ("1/2",), ("3/2",), ("2/3",)]),
]


def values_are_tried_in_order() -> None:
    for written, where, values, complete, counts in SEARCHED:
        claim = relation(written)
        names = tuple(dict.fromkeys((*symbol_names(claim.left), *symbol_names(claim.right))))
        fails = relation_fails(claim.relation, claim.left, claim.right)
        found = search(names, assume(conditions(where)), fails)
        assert (found.values, found.complete) == (values, complete), (written, where, found)
        assert (found.tried, found.admissible, found.told) == counts, (written, where, found)
        if values is not None:
            kinds = {name: type(number) for name, number in found.values.items()}
            assert kinds == {name: type(number) for name, number in values.items()}, found
    for symbols, where, expected in TRIED:
        seen: list[tuple[str, ...]] = []

        def remember(point: Mapping[str, object], _: Work, seen: object = seen) -> bool:
            seen.append(tuple(str(point[name]) for name in sorted(point)))  # type: ignore[attr-defined]
            return False

        search(tuple(symbols), assume(conditions(where)), remember)
        assert seen[: len(expected)] == expected, (symbols, where, seen[:8])
    first = first_admissible(("M", "N"), assume(conditions("M >= 2N, N >= 3")))
    assert first.values == {"M": 6, "N": 3}, first
    fails = relation_fails("<=", Symbol("M"), formula("3000"))
    assert search(("M",), assume(()), fails, nodes=50).tried < 41


#: What a search in vain says.
TOLD = [
    (Search(None, False, 1), "no values, because the work for one claim was used up"),
    (Search(None, True, 1), "1 assignments of small values, none of which meets the conditions"),
    (
        Search(None, False, 1200),
        "1,200 assignments of small values, none of which meets the conditions",
    ),
    (
        Search(None, False, 1200, 0, 30),
        "30 assignments, at none of which both sides have a known value",
    ),
    (
        Search(None, False, 1200, 20, 30),
        "20 assignments of values, none of which is a counterexample",
    ),
]


def searches_say_what_they_tried() -> None:
    for found, expected in TOLD:
        assert str(found) == expected, str(found)


LAWS: list[Callable[[], None]] = [
    values_are_tried_in_order,
    searches_say_what_they_tried,
]


def check() -> None:
    """Every law of searches; the first one that does not hold raises."""
    for law in LAWS:
        law()
