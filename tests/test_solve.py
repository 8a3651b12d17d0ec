"""Budgets and break-even points: exact integers, exact expressions, and clear sentences."""

from __future__ import annotations

import argparse
import json
from fractions import Fraction

import pytest

from closedform.algebra.assumptions import Condition, holds
from closedform.algebra.decide import equal
from closedform.algebra.tree import Number
from closedform.cli import main
from closedform.commands.solve import run
from closedform.errors import ClosedformError, ParseError
from closedform.reading import parse
from closedform.solving.solve import solve
from closedform.verdicts.verify import verify
from tests.read_formula import formula

CONV = "macs(conv(k=3, M=64, H=56, W=56))"

# (claim, symbol, conditions, status, ranges)
NUMBERS = [
    (f"{CONV} <= 100M", "N", None, "solved", [(1, 55)]),
    (f"{CONV} < 99348480", "N", None, "solved", [(1, 54)]),
    (f"{CONV} <= 99348480", "N", None, "solved", [(1, 55)]),
    (f"{CONV} >= 100M", "N", None, "solved", [(56, None)]),
    (f"{CONV} >= 100M", "N", "4 | N", "solved", [(56, None)]),
    (f"{CONV} <= 100M", "N", "4 | N", "solved", [(4, 52)]),
    (f"{CONV} <= 100M", "N", "4 | N + 1", "solved", [(3, 55)]),
    (f"{CONV} <= 100M", "N", "N >= 56", "none", []),
    (f"{CONV} <= 100M", "N", "N <= 20", "solved", [(1, 20)]),
    ("macs(grouped_conv(k=3, M=64, N=128, H=56, W=56)) <= 20M", "g", None, "solved",
     [(16, 16), (32, 32), (64, 64)]),
    ("macs(grouped_conv(k=3, M=64, g=8, H=56, W=56)) <= 20M", "N", None, "solved", [(8, 88)]),
    ("macs(conv(M=64, N=64, H=56, W=56)) <= 1G", "k", None, "solved", [(1, 8)]),
    ("params(linear(M=N)) <= 1e6", "N", None, "solved", [(1, 1000)]),
    ("params(conv(k=3, M=64)) = 73728", "N", None, "solved", [(128, 128)]),
    ("params(conv(k=3, M=64)) = 73729", "N", None, "none", []),
    ("params(conv(k=3, M=64)) <= 5", "N", None, "none", []),
    # The symbol is settled away, and by no condition.
    ("min(N, 1) <= 7", "N", None, "solved", [(1, None)]),
    ("min(N, 1) > 7", "N", None, "none", []),
    ("N^2 - 5N + 6 >= 0", "N", None, "solved", [(1, None)]),
    ("N^2 - 5N + 6 > 0", "N", None, "solved", [(1, 1), (4, None)]),
    ("N^2 - 5N + 6 = 0", "N", None, "solved", [(2, 3)]),
    ("macs(depthwise_separable(k=3)) < macs(conv(k=3))", "N", None, "solved", [(2, None)]),
    ("macs(dw) <= macs(conv)", "M", None, "solved", [(1, None)]),
    ("macs(dw) < macs(dw)", "M", None, "none", []),
    ("N >= 5", "N", "N^2 <= 30", "solved", [(5, 5)]),
    ("N >= 6", "N", "N^2 <= 30", "none", []),
    ("N <= 8", "N", "2N <= 9", "solved", [(1, 4)]),
    # A condition without a symbol, whose sides cancel each other.
    ("N <= 8", "N", "2N <= 9, (6+6) = 12", "solved", [(1, 4)]),
    ("N <= 8", "N", "2N <= 9, (6+6) <= 13", "solved", [(1, 4)]),
    ("N <= 8", "N", "6 | N(N+1)", "solved", [(2, 2), (3, 3), (5, 5), (6, 6), (8, 8)]),
    ("N >= 40", "N", "6 | N(N+1)", "solved",
     [(41, None), (42, None), (44, None), (45, None)]),
    ("N <= 9", "N", "floor(N/2) = 3, N <= 20", "solved", [(6, 7)]),
    ("N >= 3", "N", "N - 20 | 12, N > 25", "solved", [(26, 26), (32, 32)]),
    ("1/(N-3) <= 1", "N", None, "solved", [(1, 2), (4, None)]),
    ("macs(mobilenet_v1(alpha, R)) <= 300M", "R", "alpha = 3/4", "solved", [(1, 208)]),
    ("macs(resnet50(R)) = macs(resnet50(R=224))", "R", None, "solved", [(223, 224)]),
    ("macs(resnet50(R)) <= macs(resnet18(R))", "R", None, "none", []),
    ("params(resnet50(R)) <= 30M", "R", None, "solved", [(1, None)]),
    ("params(resnet50(R)) <= 20M", "R", None, "none", []),
    ("macs(llama2_7b(n)) <= 10T", "n", None, "solved", [(1, 1432)]),
    ("floor(N/2) = N/2", "N", "3 | N", "solved", [(6, None)]),
    ("floor(N/2) <= floor(N/3) + 1", "N", None, "solved", [(1, 7), (9, 9)]),
    ("N - 3floor(N/3) >= 1", "N", "N <= 2000", "solved", [(1, 1999), (2, 2000)]),
    ("1/floor(N/3) <= 1", "N", None, "solved", [(3, None)]),
    ("2^N <= 1000", "N", None, "solved", [(1, 9)]),
    ("(1/2)^N >= 1/1000", "N", None, "solved", [(1, 9)]),
    ("N log(N, 2) = 24", "N", None, "solved", [(8, 8)]),
    ("log(N) <= 3", "N", "log(N) >= 2", "solved", [(8, 20)]),
    ("ceil(sqrt(N)) <= 5", "N", None, "solved", [(1, 25)]),
    ("max(N, 5) <= 10 - sqrt(N)", "N", None, "solved", [(1, 7)]),
    ("N + 1/(N-3) <= 9 + 1/(N-3)", "N", None, "solved", [(1, 2), (4, 9)]),
    # Sides that both rise: proven from some integer on.
    ("2^N - N^2 <= 5", "N", None, "solved", [(1, 4)]),
    ("2^N < N^2", "N", None, "solved", [(3, 3)]),
    ("N log(N) >= N + 2", "N", None, "solved", [(5, None)]),
    ("sqrt(N) + 3 >= N", "N", None, "solved", [(1, 5)]),
    ("N! <= 1000", "N", None, "solved", [(1, 6)]),
    ("N! >= 100 N", "N", None, "solved", [(6, None)]),
    ("(N-2)! = 24", "N", None, "solved", [(6, 6)]),
    ("2^(floor(N/2)) >= 5N", "N", None, "solved", [(12, 12), (14, None)]),
    ("sqrt(N) = 2/(N-2)", "N", None, "none", []),
    ("sqrt(N) > 2/(N-2)", "N", None, "solved", [(1, 1), (4, None)]),
    ("N log(N) < N + 1/(N-3)", "N", "2N <= 99, N >= 2", "none", []),
    ("(-1)^N N <= 5", "N", "3N <= 20", "solved", [(1, 5)]),
    # What may be 0, or negative, is no factor that may go.
    ("2^N <= (-1)^M + 2^N", "N", None, "unsolved", []),
    ("N < sqrt(292)", "N", None, "solved", [(1, 17)]),
    ("N < sqrt(292)", "N", "5 | N, 3 | N", "solved", [(15, 15)]),
    ("sqrt(2) N = 2 sqrt(2)", "N", None, "solved", [(2, 2)]),
    ("N^2 - 1000 sqrt(2) N <= 5", "N", None, "solved", [(1, 1414)]),
    ("(sqrt(2) N - 4)(N - 5) >= 0", "N", None, "solved", [(1, 2), (5, None)]),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "symbol", "where", "status", "ranges"), NUMBERS)
def test_integers(
    claim: str, symbol: str, where: str | None, status: str, ranges: list[tuple[int, int | None]]
) -> None:
    solution = solve(claim, symbol=symbol, where=where)
    assert (solution.status, list(solution.ranges)) == (status, ranges)
    assert bool(solution) is (status == "solved")


def test_the_answer_is_that_of_counting() -> None:
    """Every number of groups that is possible, tried one by one."""
    fitting = [
        g
        for g in range(1, 65)
        if 64 % g == 0 and 128 % g == 0 and 9 * 64 * 128 * 56 * 56 // g <= 20_000_000
    ]
    solution = solve(NUMBERS[9][0], symbol="g")
    assert [first for first, _ in solution.ranges] == fitting
    most = max(n for n in range(1, 200) if 9 * 64 * n * 56 * 56 <= 100_000_000)
    assert solve(f"{CONV} <= 100M", symbol="N").largest == most


# (claim, symbol, the relation and expression, a part of what is said)
EXACT = [
    (
        "macs(depthwise_separable) = macs(conv)",
        "N",
        ("=", "k^2/(k^2 - 1)"),
        "smaller from N = 2 on and larger for N = 1: never equal for integers",
    ),
    (
        "macs(depthwise_separable) < macs(conv)",
        "N",
        (">", "k^2/(k^2 - 1)"),
        "for k ≥ 2; for k = 1 it holds for no N",
    ),
    (
        "macs(depthwise_separable) = macs(conv)",
        "k",
        ("=", "sqrt(N/(N - 1))"),
        "smaller from k = 2 on",
    ),
    ("macs(conv) <= B", "N", ("<=", "B/(k^2 M H W)"), "the largest integer is ⌊B/(k²MHW)⌋"),
    ("macs(conv) < B", "N", ("<", "B/(k^2 M H W)"), "the largest integer is ⌈B/(k²MHW)⌉ − 1"),
    ("macs(conv) >= B", "N", (">=", "B/(k^2 M H W)"), "the smallest integer is ⌈B/(k²MHW)⌉"),
    ("params(linear(M=N)) <= B", "N", ("<=", "sqrt(B)"), "⌊sqrt(B)⌋"),
    (
        "macs(depthwise_separable) = macs(grouped_conv)",
        "g",
        ("=", "k^2 N/(k^2 + N)"),
        "g must divide M",
    ),
]


@pytest.mark.parametrize(("claim", "symbol", "exact", "said"), EXACT)
def test_expressions(claim: str, symbol: str, exact: tuple[str, str], said: str) -> None:
    solution = solve(claim, symbol=symbol)
    ((relation, tree),) = solution._exact
    assert relation == exact[0]
    assert equal(parse(exact[1]), tree)
    assert said in str(solution)


# (claim, symbol, conditions, status, exact, a part of what is said)
CONDITIONED: list[tuple[str, str, str | None, str, tuple[str, str] | None, str]] = [
    ("N >= M", "N", "N <= M", "solved", ("=", "M"), "N = M"),
    ("N >= M", "N", "N < M", "none", None, "no solution"),
    ("N >= M", "N", "N > M", "solved", None, "and N > M must hold"),
    ("M N >= B", "N", "N <= 4", "solved", (">=", "B/M"), "and N ≤ 4 must hold"),
    ("alpha M >= 5", "alpha", "0 < alpha <= 1, M = 10", "solved", (">=", "1/2"), "α ≥ 1/2"),
    ("alpha M >= 5", "alpha", "0 < alpha <= 1, M = 4", "none", None, "no solution"),
    ("sqrt(2) N <= 5", "N", None, "solved", ("<=", "5/sqrt(2)"), "N ≤ 3"),
    ("N < sqrt(292)", "N", None, "solved", ("<", "2 sqrt(73)"), "that is about 17.09"),
    # What can vanish is a case.
    ("(k-1) N = (k-1) M", "N", None, "solved", ("=", "M"), "for k = 1 it holds for every N"),
    ("(k-1) N < (k-1) M", "N", None, "solved", ("<", "M"), "for k = 1 it holds for no N"),
    ("k M + N + N/k = M + 2N", "N", None, "solved", ("=", "k M"), "for k = 1 it holds for every"),
    ("N floor(M/4) > 3floor(M/4)", "N", None, "solved", (">", "3"), "⌊M/4⌋ = 0 it holds for no"),
    ("(M-3) N = 5", "N", None, "solved", ("=", "5/(M-3)"), "M − 3 ≠ 0; for M = 3 it holds for no"),
    ("(k-1) N <= M - 5", "N", None, "solved", ("<=", "(M-5)/(k-1)"), "exactly where 5 − M ≤ 0"),
    ("(M+k-2) N <= 7", "N", None, "solved", ("<=", "7/(M+k-2)"), "for M = 1 and k = 1 it holds"),
    ("N^2 >= M - 9", "N", None, "solved", (">=", "sqrt(M-9)"), "otherwise it holds for every N"),
    ("N >= M/2 - 9", "N", None, "solved", (">=", "M/2 - 9"), "is max(1, ⌈(M − 18)/2⌉)"),
    # A pole is no solution.
    ("M/(N-M) = 3", "N", None, "solved", ("=", "4M/3"), "and M − N ≠ 0 must hold"),
    ("N + 1/(N-M) = M + 1/(N-M)", "N", None, "none", None, "no solution"),
    ("(M - 3) N <= 5", "N", None, "unsolved", None, "not solved"),
    ("N min(M, 2) - 2 = N - 2M", "N", None, "unsolved", None, "not solved"),
    ("N (k - 1) + k = 1", "N", None, "unsolved", None, "not solved"),
    ("N >= -M", "N", None, "solved", None, "every N"),
    ("1/(N - M) >= 0", "N", None, "solved", (">=", "M"), "and N − M ≠ 0 must hold"),
    ("1/(N - M)^2 >= 0", "N", None, "solved", None, "and N − M ≠ 0 must hold"),
    ("N^2 + N M <= B", "N", None, "solved", ("<=", "(sqrt(M^2 + 4B) - M)/2"), "largest integer"),
    ("B >= N^2 + N", "N", None, "solved", ("<=", "(sqrt(1 + 4B) - 1)/2"), "largest integer"),
    ("macs(mobilenet_v1(alpha, R)) <= 300M", "alpha", "R = 224, 0 < alpha <= 1", "solved",
     ("<=", "(sqrt(9891453062500) - 114250)/4214784"), "that is about 0.7191"),
    # Widths that are rounded: the answer jumps where a width does.
    ("macs(mobilenet_v1(alpha, R=224, divisible)) <= 300M", "alpha", None, "solved",
     ("<", "23/32"), "jumps from 298,410,608 to 305,667,312"),
    ("macs(mobilenet_v2(alpha, R=224, divisible)) > 300M", "alpha", None, "solved",
     (">=", "79/80"), "jumps from 299,896,192 to 300,774,272"),
    ("params(mobilenet_v3_large(alpha)) <= 4M", "alpha", None, "solved", ("<", "5/6"), "0.833333"),
    ("ceil(alpha M) <= 5", "alpha", "M = 10", "solved", ("<=", "1/2"), "from 5 to 6"),
    ("ceil(alpha M) <= 5", "alpha", "M = 10, alpha <= 1/3", "solved", None, "every α"),
    ("ceil(alpha M) <= 5", "alpha", "M = 10, alpha >= 2/3", "none", None, "no α"),
    ("floor(alpha) + alpha <= 5/2", "alpha", None, "solved", ("<=", "3/2"), "α ≤ 3/2"),
    ("floor(alpha) + alpha <= 7/4", "alpha", None, "solved", ("<", "1"), "α < 1"),
    ("max(1, floor(3 alpha)) alpha > 2", "alpha", None, "solved", (">=", "1"), "α ≥ 1"),
    ("sqrt(alpha) + floor(alpha) <= 5", "alpha", None, "solved", ("<", "4"), "α < 4"),
    ("floor(alpha/3) + 2^alpha <= 9", "alpha", None, "solved", ("<=", "3"), "α ≤ 3"),
    # A width multiplier is no integer, whatever integers it is held against.
    ("floor(3alpha) >= 2", "alpha", "alpha < 1", "solved", (">=", "2/3"), "and α < 1 must hold"),
    ("3alpha >= 5", "alpha", "alpha > 1", "solved", (">=", "5/3"), "and α > 1 must hold"),
    ("N^2 >= M - 9", "N", None, "solved", (">=", "sqrt(M - 9)"), "this is for M − 9 ≥ 0"),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "symbol", "where", "status", "exact", "said"), CONDITIONED)
def test_conditions_are_honoured(
    claim: str,
    symbol: str,
    where: str | None,
    status: str,
    exact: tuple[str, str] | None,
    said: str,
) -> None:
    solution = solve(claim, symbol=symbol, where=where)
    assert solution.status == status
    assert [relation for relation, _ in solution._exact] == ([exact[0]] if exact else [])
    assert all(equal(parse(exact[1]), tree) for _, tree in solution._exact if exact)
    assert said in str(solution)


@pytest.mark.parametrize("relation", ["<", "<=", ">", ">="])
@pytest.mark.parametrize("left", ["floor(3alpha)", "ceil(4alpha)", "floor(alpha) + alpha",
                                  "max(1, floor(2alpha), ceil(3alpha/2))", "floor(floor(4alpha)/3)",
                                  "floor(2alpha) floor(3alpha + 1/2)"])  # fmt: skip
def test_a_width_is_that_of_trying(left: str, relation: str) -> None:
    for budget in ("2", "5/2"):
        solution = solve(f"{left} {relation} {budget}", symbol="alpha", where="alpha <= 2")
        claim = Condition(relation, formula(left), formula(budget))
        for x in (Fraction(n, 24) for n in range(1, 49)):
            told = bool(solution) and all(
                holds(Condition(how, Number(x), tree), {}) for how, tree in solution._exact
            )
            assert told is holds(claim, {"alpha": x}), (budget, x, solution)


def test_a_letter_of_the_conditions_is_no_million() -> None:
    with pytest.raises(ParseError, match="two ways"):
        solve("3M <= N", symbol="N", where="N >= M")
    assert solve("3M <= N", symbol="N").smallest == 3_000_000


def test_the_threshold_is_that_of_counting() -> None:
    for k in range(2, 8):
        for n in range(1, 30):
            assert (k * k + n < k * k * n) is (n >= 2)


def test_what_is_said_at_the_end_of_a_budget() -> None:
    said = str(solve(f"{CONV} <= 100M", symbol="N"))
    assert "N ≤ 55" in said
    assert "at N = 55 the left side is 99,348,480 and the right side 100,000,000" in said
    assert "at N = 56 the left side is 101,154,816 and the right side 100,000,000" in said


# (claim, symbol, conditions, a part of the sentence)
PROBLEMS = [
    ("macs(conv) <= 100M", "N", None, "100M can be read in two ways"),
    ("params(linear(M=8)) <= 1M", "M", None, "1M can be read in two ways"),
    ("macs(conv) <= 1000", "Q", None, "Q does not occur"),
    ("macs(resnet50) <= 2e9", "R", None, "R of resnet50 is 224"),
    ("params(conv) <= 2e9", "g", None, "g of conv is 1"),
    ("macs(conv) = 1000", "N", "N = 4", "the conditions give N a value already"),
    ("macs(conv)", "N", None, "a claim needs a relation"),
    ("1 < N < 5", "N", None, "one relation"),
    ("N ≈ 5", "N", None, "one relation"),
    ("floor(N/2) <= M", "N", None, "inside a floor"),
    ("2^N <= M", "N", None, "inside a floor, a root, a logarithm or an exponent"),
    ("(-1)^N N <= 5", "N", None, "it is not known for which N"),
    ("N <= 50", "N", "N | N + 6", "it is not known for which N"),
    ("N >= 3", "N", "N | 0", "it is not known for which N"),
]


@pytest.mark.parametrize(("claim", "symbol", "where", "problem"), PROBLEMS)
def test_problems_are_sentences(claim: str, symbol: str, where: str | None, problem: str) -> None:
    with pytest.raises(ClosedformError, match=problem.split(".")[0]):
        solve(claim, symbol=symbol, where=where)


def test_both_readings_of_a_budget_are_spelled_out() -> None:
    with pytest.raises(ParseError) as caught:
        solve("macs(conv) <= 100M", symbol="N")
    assert "100e6 for the number, or 100 * M for the product" in str(caught.value)
    assert solve("macs(conv) <= 100e6", symbol="N").exact
    assert solve("macs(conv) <= 100 * M", symbol="N").exact


def test_what_was_left_out_is_told() -> None:
    solution = solve("4 params(conv(k=3, M, N=64)) bytes <= 1 MiB", "M")
    assert (solution.largest, solution._statements[0]) == (455, ("read without 'bytes'",))
    with pytest.raises(ParseError, match="a unit of memory stands here"):
        solve("params(conv(k=3, M, N=64)) bytes <= 1000000", "M")


def test_what_has_no_formula_is_said_to_be_unsolved() -> None:
    solution = solve("N params(linear(M=N, N=N+a)) <= B", symbol="N")
    assert solution.status == "unsolved"
    assert "N³ + N²a − B ≤ 0" in str(solution)


def _args(claim: str, form: str) -> argparse.Namespace:
    return argparse.Namespace(claim=claim, symbol="N", where=None, format=form, notation="source")


@pytest.mark.parametrize(
    ("claim", "code"),
    [
        (f"{CONV} <= 100M", 0),
        ("macs(depthwise_separable) = macs(conv)", 0),
        ("params(conv(k=3, M=64)) <= 5", 1),
        ("N params(linear(M=N, N=N+a)) <= B", 3),
    ],
)
def test_the_command(claim: str, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("text", "latex", "markdown", "json"):
        assert run(_args(claim, form)) == code
        out = capsys.readouterr().out
        assert out.count("{") == out.count("}")
        if form == "json":
            data = json.loads(out)
            assert data["for"] == "N"
            assert data["statements"]
        if form == "latex":
            assert out.isascii()


def test_values_are_taken_as_they_are_held() -> None:
    assert solve("k^2 M N <= 1000", "N", where={"k": 3, "M": 10}).largest == 11
    assert verify("k^2 M = 90", where={"k": 3, "M": 10}).verdict == "proven"
    assert main(["solve", "9 N <= 100", "--symbol", "N"]) == 0
    assert main(["verify", "9 N", "--target", "params(depthwise_conv)", "--where", "k=3, M=N"]) == 0


def test_sizes_of_ones_own_take_the_place_of_their_dimension() -> None:
    layer = "conv(k=K, M=C_in, N=C_out, H=H_out, W=W_out)"
    found = str(solve(f"macs({layer}) <= 100M", symbol="C_in"))
    assert "C_in ≤ 100000000/(K²·C_out·H_out·W_out)" in found
