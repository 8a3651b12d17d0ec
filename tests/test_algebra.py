"""Verdicts on the tables of claims, and what else a decision tells: when, where, why not."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

import pytest

from closedform.algebra.assumptions import Condition, assume, holds
from closedform.algebra.exact import compare, value
from closedform.algebra.normal_form.quick import surely_equal
from closedform.algebra.proofs import prover
from closedform.algebra.tree import Number, Symbol, Tree, put, substitute, symbol_names
from closedform.errors import ClosedformError, Irrational, TooLarge, UndefinedValue
from closedform.verdicts.verify import verify
from tests.laws_tables import (
    LAWS,
    PROVEN,
    QUICK,
    REFUTED,
    ROWS,
    UNDECIDED,
    WAYS,
    decided,
)
from tests.read_formula import formula, relation


@pytest.mark.parametrize(("text", "where", "verdict"), ROWS)
def test_verdicts(text: str, where: str, verdict: str) -> None:
    decision = decided(text, where)
    assert decision.verdict == verdict, decision
    assert (decision.method is not None) == (verdict == PROVEN)
    assert (decision.values is not None) == (verdict == REFUTED)
    assert bool(decision.tried) == (verdict == UNDECIDED)


@pytest.mark.parametrize("law", LAWS[1:], ids=lambda law: str(law.__name__))
def test_laws(law: Callable[[], None]) -> None:
    law()


@pytest.mark.parametrize(
    ("text", "where", "error"),
    [
        ("M = M", "M >= 2, M <= 1", "no M is at least 2 and at most 1"),
        ("M > N", "M > N, N > M", "no positive integers meet the conditions"),
        ("M = 1", "M = 1, M = 2", "no positive integers meet the conditions"),
        ("M = 1", "M + N = 1", "no positive integers meet the conditions"),
        ("M = 7", "M - 4 floor(M/4) = 1, 4 | M + 2", "no positive integers meet the conditions"),
        ("M = 7", "2 | M, 2 | M + 1", "no positive integers meet the conditions"),
        ("M = N", "2 | M, M = 2N + 1", "no positive integers meet the conditions"),
        ("M = 7", "6 | M + 5, 4 | M + 2", "no positive integers meet the conditions"),
        ("M <= 7", "M^2 = 3N + 2", "no positive integers meet the conditions"),
        ("M = 7", "floor(M/2) = 1/2", "no positive integers meet the conditions"),
        ("M = 1", "M = -1", "M would be -1"),
        ("M = 1", "M >= -1", "a size is never negative"),
        ("M = 1", "M = 5, M <= 4", "M would be 5"),
        ("M/(N-N) = 1", "", "a division by zero"),
        ("p (1/p) = 0", "p = 0", "a division by zero"),
        ("M/(M-1) = M/(M-1)", "M <= 1", "a division by zero"),
        ("1/(M-N) = 2/(2M-2N)", "M <= N, N <= M", "a side has no value under these conditions"),
        ("sqrt(M-N) 2 = sqrt(4M-4N)", "M < N", "a side has no value under these conditions"),
        ("N/sqrt(M-N) = N sqrt(M-N)/(M-N)", "M <= N", "a side has no value under these"),
        ("log(M-M) = 1", "", "the logarithm of 0"),
        ("ceil(max(c-2, 2-c)/3) <= b", "a <= 3, c >= 5, c <= a", "no positive integers meet"),
        ("sqrt(1-M-N) = 1", "", "a root of a negative number"),
        ("(a+b+c+d)^30 = (d+c+b+a)^30", "", "the number of terms of the expanded formula"),
        ("N^(10^5) = N", "", "an exponent is past the limit"),
    ],
)
def test_what_has_no_verdict_says_why(text: str, where: str, error: str) -> None:
    with pytest.raises(ClosedformError, match=error):
        decided(text, where)


@pytest.mark.parametrize(
    ("text", "where", "needs"),
    [
        ("(M^2-N^2)/(M-N) = M+N", "", [(Symbol("M") - Symbol("N"), "≠ 0")]),
        ("p/p = 1", "p >= 0", [(Symbol("p"), "≠ 0")]),
        ("p - p floor(p/p) = 0", "p >= 0", [(Symbol("p"), "≠ 0")]),
        ("max(p/p, 1) = 1", "p >= 0", [(Symbol("p"), "≠ 0")]),
        ("sum(i=0..n, i/i) = n + 1", "", [(Symbol("i"), "≠ 0")]),
        ("sum(i=1..n, i/i) = n", "", []),
        ("M/N = M/N", "", []),
        ("sqrt(M-N)^2 = M-N", "", [(Symbol("M") - Symbol("N"), "≥ 0")]),
        ("sqrt(M+N)^2 = M+N", "", []),
        ("sqrt(M-N)^2 = M-N", "M >= N", []),
        ("n^(log(m)/log(n)) = m", "", [(formula("log(n)"), "≠ 0")]),
        ("N/log(M) = 2N/(2 log(M))", "M >= N", [(formula("log(M)"), "≠ 0")]),
    ],
)
def test_a_proof_says_where_both_sides_have_a_value(
    text: str, where: str, needs: list[object]
) -> None:
    decision = decided(text, where)
    assert decision.verdict == PROVEN
    assert list(decision.needs) == needs


@pytest.mark.parametrize(("text", "ways"), WAYS)
def test_a_refuted_equation_says_when_it_holds(
    text: str, ways: list[list[tuple[Tree, Tree]]]
) -> None:
    decision = decided(text)
    assert decision.verdict == REFUTED
    assert sorted(map(list, decision.holds_when), key=repr) == sorted(ways, key=repr)


@pytest.mark.parametrize(("text", "proven"), QUICK)
def test_the_quick_way_proves_what_it_may(text: str, proven: bool) -> None:
    claim = relation(text)
    assert surely_equal(claim.left, claim.right) is proven
    if proven:
        assert decided(text, "k >= 1").verdict == PROVEN  # with a condition, by the normal form


HOSTILE = [
    "(a+b+c+d)^64 = a",
    "(a+b)(b+c)(c+d)(d+f)(f+h)(h+j)(j+k)(k+m)(m+n)(n+p)(p+q)(q+r) = 1",
    "1/(a+b)+1/(b+c)+1/(c+d)+1/(d+f)+1/(f+h)+1/(h+j) = 1",
    "((a+b)^10 (c+d)^10-1)/((a+b)^9 (c+d)^9+3) = 2",
    "((a+1)/(b+1)+(c+1)/(d+1))^8 = f",
    "(123456789012345678901234567890a + 98765432109876543210b)^12 = c",
    "(sqrt(a)+sqrt(b)+sqrt(c)+sqrt(d)+sqrt(f))^12 = a",
    "sqrt(a+sqrt(b+sqrt(c+sqrt(d)))) = a",
    "floor(a/2)+floor(b/3)+floor(c/5) >= floor((a+b+c)/30)",
    "floor(a/7)+floor(b/11)+floor(c/13)+floor(d/17) <= floor((a+b+c+d)/7)",
    "a^2+b^2+c^2+d^2+f^2+h^2+j^2+k^2+m^2 >= a b+b c+c d+d f+f h+h j+j k+k m+a m+1",
    "a^4+b^4+c^4+d^4 >= 4a b c d",
    "max(a, b)+max(c, d)+max(f, h)+max(j, k)+max(m, n) >= a+c+f+j+m+1",
    "sum(i=1..2000, sum(j=1..2000, sqrt(i j))) = N",
    "sum(i=1..a+b+c+d, i^20) = N^40",
    "2^(2^(2^N)) = N",
    "N^9999 = N",
    "a^40-b^40 = (a-b) c",
    "(a^12-b^12)(c^12-d^12)(f^6-h^6) = 0",
    "a b c d f h j k m n p q r s t = 1",
    "sum(i=1..60, sum(j=1..60, n_i n_j)) = sum(i=1..60, n_i)^2",
    "+".join(f"a{i}" for i in range(300)) + " >= 300",
    "+".join(f"a{i}" for i in range(300)) + " < 300",
    "+".join(f"a{i}" for i in range(1500)) + " = 0",
    "+".join(f"floor(a{i}/2)" for i in range(250)) + " = 0",
    "+".join(f"a{i}" for i in range(298)) + " = a5",
    "+".join(f"a{i} b{i}" for i in range(149)) + " = a5",
    "*".join(f"a{i}" for i in range(298)) + " = a5",
    "max("
    + "+".join(f"max(a{i}, b{i})" for i in range(12))
    + ", N) > "
    + "*".join(f"1/(a{i}+{i})" for i in range(12)),
    "(" + "-".join(f"sqrt(a{i})" for i in range(80)) + ")^2 + 1 = N",
    "2("
    + "+".join(f"floor(a{i}/{i % 7 + 2})" for i in range(140))
    + ") > "
    + "+".join(f"(a{i} - b{i})^2" for i in range(140)),
    "(a! + b!)/(" + "+".join(f"max(a{i}, b{i})" for i in range(100)) + ") > a",
    "x_{17} = 1 where x_{i+1} = floor(x_i/2) + x_i y",
    "a^282 b c = a^2 b c + b c",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_claim_takes_long(text: str) -> None:
    """The budgets count steps, not seconds; this is the check that they are small enough."""
    start = time.process_time()
    with contextlib.suppress(TooLarge):
        verify(text)
    assert time.process_time() - start < 1.5


#: A condition of many, of the symbols a_i and b_i.
CHAINED = [
    "a_{i} = a_{j} + 1", "a_{j} = a_{i} + 1", "a_0 = a_{j} + {i}", "a_{i} = 2 a_{j}",
    "a_{i} = a_{j}/2", "a_{i} b_{i} = a_{j}", "a_{i} + b_{i} = a_{j}", "a_{j} = floor(a_{i}/2)",
    "a_{i}^2 = a_{j}^2 + 1", "a_{i} a_{j} = b_{i}", "a_{i} >= 2 a_{j}", "a_{i} < a_{j}",
    "a_{i} b_{i} >= a_{j}", "a_{i} | a_{j}", "a_{i} >= {j}",
]  # fmt: skip


@pytest.mark.parametrize("condition", CHAINED)
def test_no_row_of_conditions_takes_long(condition: str) -> None:
    given = [condition.replace("{i}", str(i)).replace("{j}", str(i + 1)) for i in range(96)]
    for order in (given, given[::-1]):
        for claim in ("a = b", "a_0 <= a_5 + 3", "a_0 = a_1"):
            start = time.process_time()
            with contextlib.suppress(ClosedformError):
                verify(f"{claim} where {', '.join(order)}")
            assert time.process_time() - start < 1.5, claim


def test_a_proof_that_takes_too_long_is_given_up() -> None:
    decision = decided("floor(a/1009)+floor(b/1013) = floor((1013a+1009b)/1022117)", "a < 3, b < 3")
    assert decision.verdict == PROVEN
    decision = decided("2floor(a/1009) >= floor(2a/1009)-1 + 0 floor(b/1013)")
    assert decision.verdict == PROVEN
    decision = decided("floor(a/24)+floor(b/25)+1 >= floor((25a+24b)/600)")
    assert decision.verdict in (PROVEN, UNDECIDED)


@pytest.mark.parametrize(
    ("left", "right", "sign"),
    [
        ("sqrt(2)", "7/5", 1),
        ("sqrt(2)", "3/2", -1),
        ("floor(sqrt(10))", "3", 0),
        ("ceil(sqrt(10))", "4", 0),
        ("ceil(0/(sqrt(2)sqrt(2)))", "0", 0),
        ("ceil(sqrt(2)sqrt(2))", "2", None),
        ("max(sqrt(2), 1)", "sqrt(2)", None),
        ("max(sqrt(2), 2)", "2", 0),
        ("sqrt(2) sqrt(2)", "2", None),
        ("log(3)", "1", 1),
        ("2^(1/2)", "sqrt(3)", -1),
        ("sqrt(4)", "2", 0),
        ("8^(1/3)", "2", 0),
    ],
)
def test_values_are_compared_exactly(left: str, right: str, sign: int | None) -> None:
    assert compare(formula(left), formula(right), {}) == sign


def test_values_that_are_none() -> None:
    for text, error in (("1/(M-1)", UndefinedValue), ("log(M-1)", UndefinedValue)):
        with pytest.raises(error):
            value(formula(text), {"M": 1})
    with pytest.raises(Irrational):
        value(formula("sqrt(M)"), {"M": 2})
    with pytest.raises(TooLarge):
        value(formula("2^(2^M)"), {"M": 64})


def test_an_index_is_bound_in_its_sum_only() -> None:
    tree = formula("sum(i=1..M, i N) + i")
    assert symbol_names(tree) == ("M", "N", "i")
    for exchange in (substitute, put):
        changed = exchange(tree, {"N": Symbol("i"), "i": Number(5)})
        # Σ i·N at N = i is i·(1 + … + M): the index has made way for the symbol.
        assert symbol_names(changed) == ("M", "i")
        assert value(changed, {"M": 3, "i": 2}) == 2 * 6 + 5


def test_a_division_by_zero_stays_when_a_symbol_is_put_in() -> None:
    tree = formula("p (1/p)")
    with pytest.raises(UndefinedValue):
        value(put(tree, {"p": Number(0)}), {})


def test_conditions_are_checked_at_values() -> None:
    M, g = Symbol("M"), Symbol("g")
    assert holds(Condition("|", g, M), {"M": 6, "g": 3})
    assert not holds(Condition("|", g, M), {"M": 6, "g": 4})
    assert not holds(Condition("|", g, M), {"M": 6, "g": 0})
    assumptions = assume((Condition("=", Symbol("N"), M), Condition("<=", M, Number(2))))
    assert assumptions.hold_at({"M": 2, "N": 2})
    assert not assumptions.hold_at({"M": 2, "N": 1})
    assert assumptions.hold_at({"M": 2})


def test_the_solver_is_optional() -> None:
    """The verdicts of the tables do not rest on z3: it is asked for what they leave open."""
    decision = decided("a b+b c+c d <= (a+b+c+d)^2/4")
    assert decision.verdict == (PROVEN if prover.available() else UNDECIDED)
