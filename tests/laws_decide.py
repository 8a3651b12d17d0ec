"""The laws of decisions: what is proven holds where it is tried, what is refuted fails where said.

``CLAIMS`` is a table of claims with the verdict each must get, true ones beside near misses.
``check`` runs every law of the algebra: the mutation check asks it about each broken module.
"""

from __future__ import annotations

import itertools
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache

from closedform.algebra.assumptions import Condition, assume, holds
from closedform.algebra.bridge import from_sympy, to_sympy
from closedform.algebra.decide import decide, equal
from closedform.algebra.decision import Decision
from closedform.algebra.forms.collect import collect
from closedform.algebra.forms.readable import readable
from closedform.algebra.proofs.univariate import at, runs
from closedform.algebra.tree import (
    Call,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Tree,
    add,
    multiply,
    negate,
    power,
    symbol_names,
    wrap,
)
from closedform.algebra.zeros import Equations
from closedform.errors import ClosedformError
from closedform.typeset.arrange import arrange
from closedform.typeset.text import text
from tests import laws_algebra
from tests.evaluate_tree import Value, close, evaluate
from tests.laws_algebra import (
    EQUAL,
    HALF,
    POINTS,
    H,
    M,
    N,
    ceil,
    defined,
    expressions,
    floor,
    g,
    is_zero,
    k,
    log,
    s,
    sqrt,
    total,
)

alpha = Symbol("alpha")
p, q, r = Symbol("p"), Symbol("q"), Symbol("r")
UNIT = (Condition("<", wrap(0), alpha), Condition("<=", alpha, wrap(1)))
UPPER_HALF = (Condition("<=", HALF, alpha), Condition("<=", alpha, wrap(1)))
OPEN = (Condition("<", wrap(0), alpha), Condition("<", alpha, wrap(1)))
NOT_NEGATIVE = Condition(">=", p, wrap(0))

PROVEN, REFUTED, UNDECIDED = "proven", "refuted", "undecided"
Claim = tuple[str, Tree, Tree, tuple[Condition, ...], str]


def says(relation: str, left: Tree | int, right: Tree | int) -> Condition:
    return Condition(relation, wrap(left), wrap(right))


def row(
    left: Tree | int, relation: str, right: Tree | int, verdict: str, *conditions: Condition
) -> Claim:
    return relation, wrap(left), wrap(right), conditions, verdict


CLAIMS: list[Claim] = [
    # Equations.
    row((k + 1) ** 2, "=", k**2 + 2 * k + 1, PROVEN),
    row((k + 1) ** 2, "=", k**2 + 1, REFUTED),
    row(k**2 * M**2, "=", k**2 * M, REFUTED),
    row(k**2 * M * N, "=", k**2 * M, REFUTED),
    row(M * N, "=", M**2, PROVEN, says("=", N, M)),
    row(M * N, "=", M**2, REFUTED, says("=", N, 2 * M)),
    row(M + N, "=", 5 * M, PROVEN, says("=", N, 4 * M)),
    row(N, "=", 2 * M, PROVEN, says("=", M + N, 3 * M)),
    row(M, "=", 1, PROVEN, says("<=", M, 1)),
    row(M, "=", 1, REFUTED, says("<=", M, 2)),
    row(M, "=", 3, PROVEN, says(">=", M, 3), says("<", M, 4)),
    row(M**2, "=", 5 * M - 6, PROVEN, says(">", M, 1), says("<", M, 4)),
    row(M**2, "=", 5 * M - 6, REFUTED, says(">=", M, 1), says("<", M, 4)),
    row(M * (M - 1) * (M - 2), "=", 0, PROVEN, says(">=", M, 0), says("<=", M, 2)),
    # Between 0 and 1 a real number may be meant.
    row(M * (M - 1), "=", 0, UNDECIDED, says(">=", M, 0), says("<=", M, 1)),
    row(M, "=", alpha * M, REFUTED, *UNIT),
    row(alpha**2 * M, "=", M * alpha * alpha, PROVEN, *UNIT),
    row(N, "=", 2 * M, PROVEN, says("=", 2 * M, N)),
    row(M, "=", N, REFUTED, says("=", M, N - k)),
    row(M * N, "=", N + 1, REFUTED, says("=", M * N, N + k)),
    row(M, "=", 2 * k, PROVEN, says("=", M, N), says("=", N, 2 * k)),
    row(M, "=", 2 * k, PROVEN, says("=", N, 2 * k), says("=", M, N)),
    row(4 * M + N, "=", N + 2, PROVEN, says("=", M, HALF)),
    row(4 * M + N, "=", 2 * N + 2, REFUTED, says("=", M, HALF)),
    row(M + p, "=", M, PROVEN, says("=", p, 0)),
    row(M + p, "=", M, REFUTED, NOT_NEGATIVE),
    row(M * p, "=", p, REFUTED, NOT_NEGATIVE),
    row(M + 1, "=", 2 * g, REFUTED, says("|", g, M)),
    row(M, "=", g, REFUTED, says("|", g, M), says("|", 2 * g, M)),
    row(M, "=", N, REFUTED, says(">=", M, 50), says(">=", N, 50)),
    row(power(wrap(2), M), "=", M + 1, PROVEN, says("<=", M, 1)),
    row(sqrt(M), "=", M, REFUTED),
    row(sqrt(M), "=", 1, REFUTED, says(">=", M, 2)),
    row(log(M), "=", M, REFUTED),
    row(sqrt(M**2 + 2 * M + 1), "=", M + 1, PROVEN),
    # Floors: by residue classes, and by divisibility.
    row(floor(H / 2) + ceil(H / 2), "=", H, PROVEN),
    row(floor(H / 2) + floor((H + 1) / 2), "=", H, PROVEN),
    row(floor(H / 2) + floor(H / 2), "=", H, REFUTED),
    row(floor(H / 3) + floor((H + 1) / 3) + floor((H + 2) / 3), "=", H, PROVEN),
    row(floor(H / 3) + floor((H + 1) / 3) + floor((H + 1) / 3), "=", H, REFUTED),
    row(floor(floor(H / 2) / 3), "=", floor(floor(H / 3) / 2), PROVEN),
    row(2 * floor(H / 2), "=", H, PROVEN, says("|", wrap(2), H)),
    row(g * floor(M / g), "=", M, PROVEN, says("|", g, M)),
    row(g * floor(M / g), "=", M, REFUTED),
    row(floor(M / g), "=", M / g, PROVEN, says("|", g, M)),
    row(floor((M + N) / g), "=", floor(M / g) + N / g, PROVEN, says("|", g, M), says("|", g, N)),
    row(floor((M - N) / g), "=", (M - N) / g, PROVEN, says("|", g, M - N)),  # of either sign
    row(floor((M - N) / g), ">=", wrap(0), REFUTED, says("|", g, M - N)),
    row(floor((H + 2 * p - k) / 2) + 1, "=", floor((H + 2 * p - k + 2) / 2), PROVEN, NOT_NEGATIVE),
    row(floor((H - 1) / 2), "=", ceil(H / 2) - 1, PROVEN),
    row(floor((floor(H / 2) + 1) / 3), "=", floor((H + 2) / 6), PROVEN),
    row(floor((floor(H / 2) + 1) / 3), "=", floor((H + 1) / 6), REFUTED),
    row(floor(H / 2) + floor(M / 3), "=", floor((3 * H + 2 * M) / 6), REFUTED),
    row(floor(H / s) + 1, "=", ceil((H + 1) / s), PROVEN),
    # Orders.
    row(M**3 + 16, ">=", 12 * M, PROVEN),
    row(M**3 + 16, ">", 12 * M, REFUTED),
    row(M**3 + 17, ">", 12 * M, PROVEN),
    row(M**3 + 15, ">=", 12 * M, REFUTED),
    row(M**2 + 110, ">=", 21 * M, PROVEN),
    row(M**2 + 109, ">=", 21 * M, REFUTED),
    row(12 * M, "<", M**3 + 17, PROVEN),
    row(M**2 + 3 * N, ">=", 3 * M + 1, PROVEN),
    row(M**2 + 3 * N, ">=", 3 * M + 2, REFUTED),
    row(M**2 + 3 * N, ">", 3 * M, PROVEN),
    row(M**2 + N**2, ">=", 2 * M * N + 1, REFUTED),
    row(M * N, ">=", 6, PROVEN, says(">=", M, 2), says(">=", N, 3)),
    row(M * N, ">=", 7, REFUTED, says(">=", M, 2), says(">=", N, 3)),
    row(M, "<=", 7, PROVEN, says("<=", M, 7)),
    row(M, "<=", 6, REFUTED, says("<=", M, 7)),
    row(M, "<", 7, PROVEN, says("<", M, 7)),
    row(7, ">=", M, PROVEN, says(">=", wrap(7), M)),
    row(M + p, ">=", M, PROVEN, NOT_NEGATIVE),
    row(M + p, ">", M, REFUTED, NOT_NEGATIVE),
    row(M * N, ">", N**2, PROVEN, says(">", M, N)),
    row(M * N, ">", N**2 + N, REFUTED, says(">", M, N)),
    row(2 * alpha, ">=", 1, PROVEN, *UPPER_HALF),
    row(2 * alpha, ">", 1, REFUTED, *UPPER_HALF),
    row(2 * alpha * M, ">=", M, PROVEN, *UPPER_HALF),
    row(3 * alpha, ">=", 2, REFUTED, *UPPER_HALF),
    row(2 * alpha**2, ">=", alpha, PROVEN, *UPPER_HALF),
    row(3 * alpha**2, ">=", 2 * alpha, REFUTED, *UPPER_HALF),
    row(alpha**2, "<=", alpha, PROVEN, *UNIT),
    row(alpha**2, "<", alpha, REFUTED, *UNIT),
    row(alpha**2, "<", alpha, PROVEN, *OPEN),
    row(alpha + 1 / alpha, ">=", 2, PROVEN, *UNIT),
    row(alpha + 1 / alpha, ">", 2, PROVEN, *OPEN),
    row(alpha * M, "<", M, PROVEN, *OPEN),
    row(alpha * M, ">", 0, PROVEN, *OPEN),
    row(H - s * floor(H / s), "<=", s - 1, PROVEN),
    row(H - s * floor(H / s), "<", s - 1, REFUTED),
    row(s * ceil(H / s), ">=", H, PROVEN),
    row(s * ceil(H / s), "<=", H + s - 1, PROVEN),
    row(s * ceil(H / s), "<=", H + s - 2, REFUTED),
    row(sqrt(M), "<", M, REFUTED),
    row(sqrt(M), ">", M, REFUTED),
    row(log(M), ">=", M, REFUTED),
    row(M, ">=", 1, PROVEN),
    row(M, ">", 1, REFUTED),
    row(M, ">", 1, PROVEN, says(">=", M, 2)),
    row(M + N, ">", M, PROVEN),
    row(M * N, ">=", M, PROVEN),
    row(M * N, ">", M, REFUTED),
    row(M, "<=", M * N, PROVEN),
    row(M, "<", M * N, REFUTED),
    row(M, "<", M * N, PROVEN, says(">", N, 1)),
    row(M**2 + N**2, ">=", 2 * M * N, PROVEN),
    row(M**2 + N**2, ">", 2 * M * N, REFUTED),
    row(M**2 + N**2 + 1, ">", 2 * M * N, PROVEN),
    row(M**2 + 6, ">=", 5 * M, PROVEN),
    row(M**2 + 5, ">=", 5 * M, REFUTED),
    row(M**2, ">=", N**2, PROVEN, says(">=", M, N)),
    row(M**2, ">", N**2, PROVEN, says(">", M, N)),
    row(M**2, ">", N**2, REFUTED, says(">=", M, N)),
    row(1 / N + 1 / k**2, "<=", 2, PROVEN),
    row(1 / N + 1 / k**2, "<", 1, PROVEN, says(">=", N, 2), says(">=", k, 2)),
    row(1 / N + 1 / k**2, "<", 1, REFUTED, says(">=", N, 2)),
    row(M / (N + 1), "<", M, PROVEN),
    row(alpha * M, "<=", M, PROVEN, *UNIT),
    row(alpha * M, "<", M, REFUTED, *UNIT),
    row(alpha, ">", 0, PROVEN, *UNIT),
    row(floor(H / 2), "<=", H / 2, PROVEN),
    row(floor(H / 2), "<", H / 2, REFUTED),
    row(floor(H / s) * s, "<=", H, PROVEN),
    row(2 * floor(H / 2) + 1, ">=", H, PROVEN),
    row(ceil(H / 2), ">", floor(H / 2), REFUTED),
    row(ceil(H / 2), ">=", floor(H / 2), PROVEN),
]

#: Refuted equations: the difference, when they hold, and the first values at which they fail.
REFUTATIONS: list[tuple[Tree, Tree, Tree, list[Equations], dict[str, int]]] = [
    (k**2 * M**2, k**2 * M, k**2 * M * (M - 1), [((M, wrap(1)),)], {"k": 1, "M": 2}),
    (M**2, M * N, M * (M - N), [((N, M),)], {"M": 1, "N": 2}),
    (M * N, M, M * (N - 1), [((N, wrap(1)),)], {"M": 1, "N": 2}),
    (M + N, wrap(2), M + N - 2, [((M, wrap(1)), (N, wrap(1)))], {"M": 1, "N": 2}),
    (M**2, 4 * M - 3, (M - 1) * (M - 3), [((M, wrap(1)),), ((M, wrap(3)),)], {"M": 2}),
    (M + 1, wrap(1), M, [], {"M": 1}),
    (3 * N, M + N, 2 * N - M, [((N, M / 2),)], {"N": 1, "M": 1}),
    (2 * k * M, k * M, k * M, [], {"k": 1, "M": 1}),
    (k**2, M * N, k**2 - M * N, [((k**2, M * N),)], {"k": 1, "M": 1, "N": 2}),
    (M**2, N**2 + 1, M**2 - N**2 - 1, [((M**2, N**2 + 1),)], {"M": 1, "N": 1}),
    (2 * M, 3 * N, 2 * M - 3 * N, [((N, 2 * M / 3),)], {"M": 1, "N": 1}),
    (N, M + k, N - M - k, [((N, k + M),)], {"N": 1, "M": 1, "k": 1}),
    (M * N + M, wrap(2), M * N + M - 2, [((M * N + M, wrap(2)),)], {"M": 1, "N": 2}),
    (M + N, wrap(3), M + N - 3, [((N, 3 - M),)], {"M": 1, "N": 1}),
    (M**3, M, M * (M + 1) * (M - 1), [((M, wrap(1)),)], {"M": 2}),
    (q * r, 2 * r, r * (q - 2), [((q, wrap(2)),)], {"q": 1, "r": 1}),
    (M * N, M * sqrt(N), M * (N - sqrt(N)), [((N, sqrt(N)),)], {"M": 1, "N": 2}),
    (M / N, M / N**2, M * (N - 1) / N**2, [((N, wrap(1)),)], {"M": 1, "N": 2}),
]

#: What building an expression gives: the author's order and form, arithmetic on numbers apart.
WRITTEN: list[tuple[Tree, Tree]] = [
    (M + N, Sum((M, N))),
    (1 + N, Sum((Number(1), N))),
    (N + 1, Sum((N, Number(1)))),
    (N - 1, Sum((N, Number(-1)))),
    (1 - N, Sum((Number(1), Negative(N)))),
    (M - N, Sum((M, Negative(N)))),
    (M + N + k, Sum((M, N, k))),
    (M + (N + k), Sum((M, N, k))),
    (N + 1 + 2, Sum((N, Number(3)))),
    (1 + N - 1, N),
    (1 + (M + N) - 1, Sum((M, N))),
    (2 + N - 3, Sum((N, Number(-1)))),
    (M + 0, M),
    (0 + M, M),
    (wrap(2) + 3, Number(5)),
    (M * N, Product((M, N))),
    (M * 2, Product((Number(2), M))),
    (2 * M * 3, Product((Number(6), M))),
    (2 * M * N * 3, Product((Number(6), M, N))),
    (M * (N * k), Product((M, N, k))),
    (HALF * (2 * M), M),
    (HALF * (2 * M * N), Product((M, N))),
    (M * 1, M),
    (1 * M, M),
    (0 * M, Number(0)),
    (M * 0, Number(0)),
    (-M, Negative(M)),
    (negate(-M), M),
    (-M * N, Negative(Product((M, N)))),
    (M * -N, Negative(Product((M, N)))),
    (-M / N, Negative(Quotient(M, N))),
    (M / N, Quotient(M, N)),
    (M / N * k, Quotient(Product((M, k)), N)),
    (k * (M / N), Quotient(Product((k, M)), N)),
    (M / N / k, Quotient(M, Product((N, k)))),
    (M / 1, M),
    (1 / M, Quotient(Number(1), M)),
    (wrap(6) / 3, Number(2)),
    (wrap(3) / 2, Number(Fraction(3, 2))),
    (wrap(3) / 0, Quotient(Number(3), Number(0))),
    (M**2, Power(M, Number(2))),
    (M**1, M),
    (wrap(2) ** 3, Number(8)),
    (wrap(2) ** 0, Number(1)),
    (wrap(2) ** 64, Number(2**64)),
    (wrap(2) ** 65, Power(Number(2), Number(65))),
    (wrap(2) ** -1, Power(Number(2), Number(-1))),
    (HALF**2, Power(HALF, Number(2))),
    (wrap(2**64) ** 2, Power(Number(2**64), Number(2))),
    (wrap(2**64 - 1) ** 2, Number((2**64 - 1) ** 2)),
    (negate(wrap(3)), Number(-3)),
    (power(M, N), Power(M, N)),
]

#: Terms added as a person does.
COLLECTED: list[tuple[list[Tree], Tree]] = [
    ([k**2 * M * N, N], k**2 * M * N + N),
    ([k**2 * M * N, N, 2 * N], k**2 * M * N + 3 * N),
    ([(2 * k**2 * M - 1) * N * H, N * H], 2 * k**2 * M * N * H),
    ([(2 * k**2 * M - 1) * N * H, 2 * N * H], (2 * k**2 * M + 1) * N * H),
    ([(2 * k**2 * M / g - 1) * N, N], 2 * k**2 * M / g * N),
    ([M * N, N * M], 2 * M * N),
    ([M * N, -N * M], wrap(0)),
    ([M / g, M / g], 2 * M / g),
    ([M / g, M], M / g + M),
    ([248 * M * N, 1664 * M * N / 4], 664 * M * N),
    ([M / 2, M / 4], 3 * M / 4),
    ([k * k * M, k**2 * M], 2 * k * k * M),
    ([M + 1, M + 2], 2 * M + 3),
    ([(M + 1) * N, (M + 1) * N], (2 * M + 2) * N),
    ([-2 * (M + 1) * N, 3 * N], (-2 * M - 2 + 3) * N),
    ([], wrap(0)),
]

#: Expressions, and the form in which a person would leave their value.
READABLE: list[tuple[Tree, str]] = [
    ((k**2 * M + M * N) / (k**2 * M * N), "1/N + 1/k²"),
    (1 / N + 1 / k**2, "1/N + 1/k²"),
    ((N + k**2) / (N * k**2) - 1 / N, "1/k²"),
    ((2 * k**2 * M - 1) * N, "(2k²M − 1)·N"),
    ((2 * k**2 * M - 1) * N * H, "(2k²M − 1)·NH"),
    ((M + 1) * N, "MN + N"),
    (M * N + N, "MN + N"),
    ((M + 1) * N * H, "NH·(M + 1)"),
    ((M - 1) * N, "(M − 1)·N"),
    ((M + N) / 2, "(M + N)/2"),
    ((M + N) / (M + k), "(M + N)/(k + M)"),
    (6 * M / (4 * N), "3M/(2N)"),
    (M - M, "0"),
    ((2 * k**2 - 1) * M * H + (2 * M - 1) * N * H, "H·((2k² − 1)·M + (2M − 1)·N)"),
]

#: Polynomials in one symbol: c_0, c_1, c_2, …
POLYNOMIALS: list[list[int]] = [
    [],
    [0],
    [3],
    [-3],
    [-4, 0, 1],
    [4, 0, -1],
    [-3, 1],
    [6, -5, 1],
    [1, -2, 1],
    [-6, 11, -6, 1],
    [0, 0, 1],
    [0, -7, 0, 1],
    [30, -31, 10, -1],
    [-40, 2, 0, 0],
    [5, -3, 2, 1],
    [-720, 1764, -1624, 735, -175, 21, -1],
]


@cache
def decided(relation: str, left: Tree, right: Tree, conditions: tuple[Condition, ...]) -> Decision:
    """The decision on a row of the table, which several laws look at."""
    return decide(relation, left, right, assume(conditions))


def verdicts_are_the_expected_ones() -> None:
    for relation, left, right, conditions, expected in CLAIMS:
        decision = decided(relation, left, right, conditions)
        assert decision.verdict == expected, (relation, left, right, decision)


def equal_has_three_answers() -> None:
    assert equal(M * N, N * M) is True
    assert equal(M * N, N + M) is False
    assert equal(total(Symbol("N_i"), 1, N), N * Symbol("N_i")) is False
    assert equal(total(Symbol("N_i"), 1, N), total(Symbol("N_i"), 2, N) + Symbol("N_1"))
    root, next_root, both = (Call("sqrt", (x,)) for x in (N, N + 1, 4 * N + 2))
    assert equal(Call("floor", (root + next_root,)), Call("floor", (both,))) is None


def proven_claims_hold_where_tried() -> None:
    for relation, left, right, conditions, _ in CLAIMS:
        if decided(relation, left, right, conditions).verdict == PROVEN:
            for point in _points((left, right), conditions):
                assert _holds(relation, left, right, point), (relation, left, right, point)


def witnesses_fail() -> None:
    """A witness meets the conditions, is made of sizes, and tells the two sides apart."""
    for relation, left, right, conditions, _ in CLAIMS:
        decision = decided(relation, left, right, conditions)
        if decision.verdict == REFUTED:
            assert decision.values is not None
            assert decision.values.keys() == {*symbol_names(left), *symbol_names(right)}, decision
            assert all(v > 0 or name == "p" for name, v in decision.values.items()), decision
            known = tuple(c for c in conditions if _names(c) <= decision.values.keys())
            assert _meets(known, decision.values), (conditions, decision)
            assert not _holds(relation, left, right, decision.values), (left, right, decision)


def refutations_say_when_the_claim_holds() -> None:
    for left, right, difference, holds_when, values in REFUTATIONS:
        decision = decide("=", left, right, assume(()))
        assert decision.verdict == REFUTED, decision
        assert decision.values == values, (left, right, decision.values)
        assert decision.difference is not None
        assert is_zero(decision.difference, difference), (decision.difference, difference)
        assert len(decision.holds_when) == len(holds_when), (left, right, decision.holds_when)
        for way in holds_when:
            assert any(_same_equations(way, other) for other in decision.holds_when), (
                left,
                right,
                way,
            )


def denominators_are_named() -> None:
    decision = decide("=", (M**2 - N**2) / (M - N), M + N, assume(()))
    assert (decision.verdict, decision.needs) == (PROVEN, ((M - N, "≠ 0"),)), decision
    assert decide("=", M / N, M / N, assume(())).needs == ()


def impossible_conditions_are_refused() -> None:
    for conditions in (
        (says(">", M, 3), says("<", M, 2)),
        (says("<=", M, 0),),
        (says("<", M, 1),),
        (says("=", M, 1), says("=", M, 2)),
        (says("=", M, -1),),
        (says(">=", M, -1),),
    ):
        try:
            assume(conditions)
        except ClosedformError:
            continue
        raise AssertionError(conditions)


def conditions_hold_where_they_do() -> None:
    numbers = {"M": 4, "N": 2, "g": 3}
    for relation, yes, no in (
        ("=", (M, 2 * N), (M, N)),
        ("<", (N, M), (M, 2 * N)),
        ("<=", (M, 2 * N), (M, N)),
        (">", (M, N), (M, 2 * N)),
        (">=", (M, 2 * N), (N, M)),
        ("|", (N, M), (g, M)),
    ):
        assert holds(Condition(relation, *yes), numbers) is True, relation
        assert holds(Condition(relation, *no), numbers) is False, relation


def expressions_are_built_as_written() -> None:
    for built, written in WRITTEN:
        assert built == written, (built, written)
    assert add(M, wrap(0)) == M
    assert multiply(wrap(0), M) == wrap(0)


def collecting_joins_like_terms() -> None:
    for terms, expected in COLLECTED:
        assert collect(terms) == expected, (collect(terms), expected)
    for left, right in EQUAL:
        if _plain(left):
            assert _same_everywhere(collect([left, right]), left + right), (left, right)


def readable_forms_are_the_expected_ones() -> None:
    for tree, expected in READABLE:
        shown = text(arrange(readable(tree)))
        assert shown == expected, (shown, expected)
    for tree in expressions():
        if _plain(tree):
            assert _same_everywhere(readable(tree), tree), tree


def runs_are_the_signs() -> None:
    """At every integer a polynomial has the sign of the run that the integer is in."""
    for coefficients, first in itertools.product(POLYNOMIALS, (0, 1, 3)):
        signs = runs(coefficients, first)
        for x in range(first, 60):
            exact = sum(c * x**e for e, c in enumerate(coefficients))
            (sign,) = [
                run.sign for run in signs if run.first <= x and (run.last is None or x <= run.last)
            ]
            assert sign == (exact > 0) - (exact < 0), (coefficients, x, signs)
            assert at(coefficients, x) == exact
        assert signs[0].first == first
        assert signs[-1].last is None
        assert all(a.last == b.first - 1 for a, b in itertools.pairwise(signs)), signs
        assert all(a.sign != b.sign for a, b in itertools.pairwise(signs)), signs


def sympy_keeps_the_value() -> None:
    for tree in expressions():
        if _plain(tree):
            assert _same_everywhere(from_sympy(to_sympy(tree)), tree), tree


LAWS: list[Callable[[], None]] = [
    expressions_are_built_as_written,
    collecting_joins_like_terms,
    conditions_hold_where_they_do,
    verdicts_are_the_expected_ones,
    equal_has_three_answers,
    proven_claims_hold_where_tried,
    witnesses_fail,
    refutations_say_when_the_claim_holds,
    denominators_are_named,
    readable_forms_are_the_expected_ones,
    runs_are_the_signs,
    impossible_conditions_are_refused,
    sympy_keeps_the_value,
]


def _plain(tree: Tree) -> bool:
    """Whether its symbols are all sizes: N_i has another value for each i."""
    return "N_i" not in symbol_names(tree)


def _same_everywhere(left: Tree, right: Tree) -> bool:
    return all(
        close(evaluate(left, point), evaluate(right, point))
        for point in POINTS
        if defined(left, point) and defined(right, point)
    )


def _same_equations(one: Equations, other: Equations) -> bool:
    return len(one) == len(other) and all(
        is_zero(a, c) and is_zero(b, d) for (a, b), (c, d) in zip(one, other, strict=True)
    )


def _points(
    sides: tuple[Tree, Tree], conditions: tuple[Condition, ...]
) -> Iterator[dict[str, int | Fraction]]:
    """Small values of the symbols of a claim, where its conditions hold."""
    parts = [*sides, *itertools.chain(*((c.left, c.right) for c in conditions))]
    names = list(dict.fromkeys(name for part in parts for name in symbol_names(part)))
    some: dict[str, Sequence[int | Fraction]] = {
        name: range(1, 7) for name in names if name != "alpha"
    }
    fractions = [Fraction(1, 3), Fraction(1, 2), Fraction(1)]
    for values in itertools.product(*(some.get(name, fractions) for name in names)):
        point: dict[str, int | Fraction] = dict(zip(names, values, strict=True))
        if _meets(conditions, point):
            yield point


def _names(condition: Condition) -> set[str]:
    return {*symbol_names(condition.left), *symbol_names(condition.right)}


def _meets(conditions: tuple[Condition, ...], point: Mapping[str, int | Fraction]) -> bool:
    return all(_holds(c.relation, c.left, c.right, point) for c in conditions)


def _holds(relation: str, left: Tree, right: Tree, point: Mapping[str, int | Fraction]) -> bool:
    """Whether a relation holds at a point, by the tests' own evaluation."""
    a, b = evaluate(left, point), evaluate(right, point)
    if relation == "=":
        return close(a, b)
    return COMPARED[relation](a, b)


#: What each relation says of two exact numbers.
COMPARED: dict[str, Callable[[Value, Value], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "|": lambda a, b: b % a == 0,
}


def check() -> None:
    """Every law of the algebra; the first one that does not hold raises."""
    for law in (*laws_algebra.LAWS, *LAWS):
        law()
