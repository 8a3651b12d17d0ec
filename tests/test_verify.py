"""Verdicts: the claims of all files in docs/claims, and a table of others, wrong beside right."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import closedform as cf
from closedform.algebra.assumptions import assume
from closedform.algebra.decision import Decision
from closedform.documents.checking import check_claim
from closedform.documents.claim import Problem, QuotedClaim
from closedform.documents.reader import read_file
from closedform.errors import ClosedformError, UndefinedValue
from closedform.reading import read_conditions
from closedform.solving import solve_numbers
from tests.read_formula import formula

CLAIMS = sorted((Path(__file__).parents[1] / "docs" / "claims").glob("*.toml"))
READ = [(path.name, one) for path in CLAIMS for one in read_file(path).claims]


@pytest.mark.parametrize(
    "claim", [one for _, one in READ], ids=[f"{file}:{one.id or one.line}" for file, one in READ]
)
def test_claims_have_the_expected_verdict(claim: QuotedClaim | Problem) -> None:
    one = check_claim(claim)
    assert one.ok, one.error or str(one.verdict)


# (claim, where, verdict, holds_when, witness values)
TABLE = [
    ("macs(depthwise_separable)/macs(conv) = 1/N + 1/k^2", None, "proven", [], None),
    (
        "macs(depthwise_separable)/macs(conv) = 1/M + 1/k^2",
        None,
        "refuted",
        ["N = M"],
        {"M": 1, "N": 2},
    ),
    ("params(depthwise_conv) = k*k*M*M", None, "refuted", ["M = 1"], {"k": 1, "M": 2}),
    ("params(depthwise_conv) = k*k*M", None, "proven", [], None),
    # The letters of a word in brackets are those of the layer: no remark.
    ("params(L * linear(bias)) = L(MN + N)", None, "proven", [], None),
    ("macs(moe(d, f, n, E, a, gated)) = n(3adf + dE)", None, "proven", [], None),
    ("macs(linear(M=C_in, N=C_out, n)) = n(C_in C_out)", None, "proven", [], None),
    ("params(linear(M, N)) = N(MQ)", None, "refuted", ["Q = 1"], None),
    ("M*M = params(pointwise_conv)", "N = M", "proven", [], None),
    ("M*M = params(pointwise_conv)", None, "refuted", ["N = M"], {"M": 1, "N": 2}),
    ("params(conv(M=N, N=M)) = params(conv)", None, "proven", [], None),
    ("flops(conv) = 2 macs(conv) - activations(conv)", None, "proven", [], None),
    ("flops(conv) = 2 macs(conv)", None, "refuted", [], {}),
    ("flops(conv, convention=mac2) = 2 macs(conv)", None, "proven", [], None),
    ("params(grouped_conv) = params(conv)", None, "refuted", ["g = 1"], {"g": 2, "M": 2, "N": 2}),
    ("floor((H - 1)/2) + 1 = ceil(H/2)", None, "proven", [], None),
    ("floor((H - 1)/2) + 1 = floor(H/2)", None, "refuted", None, {"H": 1}),
    ("M + N <= M N + 1", None, "proven", [], None),
    ("M + N < M N + 1", None, "refuted", [], {"M": 1, "N": 1}),
    ("max(M, N) = M", None, "refuted", ["M ≥ N"], {"M": 1, "N": 2}),
    ("min(M, 2N) = M", None, "refuted", ["2N ≥ M"], {"M": 3, "N": 1}),
    ("k max(a, b, c) = k a", None, "refuted", ["a ≥ b and a ≥ c"], None),
    ("max(M - 1, N) = N", None, "refuted", ["N + 1 ≥ M"], None),
    ("25/9 ≈ 2.78", None, "proven", [], None),
    ("25/9 ≈ 2.77", None, "refuted", [], None),
    ("27C^2/(49C^2) ≈ 55%", None, "proven", [], None),
    ("27C^2/(49C^2) ≈ 56%", None, "refuted", [], None),
    ("25/9 = 2.78", None, "refuted", None, None),
]


@pytest.mark.parametrize(("claim", "where", "verdict", "holds", "values"), TABLE)
def test_verdicts(
    claim: str,
    where: str | None,
    verdict: str,
    holds: list[str] | None,
    values: dict[str, int] | None,
) -> None:
    found = cf.verify(claim, where=where)
    assert found.verdict == verdict
    if holds is not None:
        assert list(found.holds_when) == holds
    if values is not None and found.witness is not None:
        assert values.items() <= found.witness["values"].items()


def test_json_has_the_keys_of_the_contract() -> None:
    data = cf.verify("params(depthwise_conv) = k*k*M*M").to_json()
    assert list(data) == [
        "claim",
        "verdict",
        "method",
        "difference",
        "holds_when",
        "witness",
        "diagnosis",
        "step",
        "read_as",
    ]
    assert data["witness"] == {"values": {"k": 1, "M": 2}, "left": "2", "right": "4"}


@pytest.mark.parametrize(
    ("chain", "step"),
    [
        ("2 M = M + M = 2 M", None),
        ("2 M = M + M = 3 M", 2),
        ("2 M = 3 M = 3 M", 1),
        ("2 M = 3 M", None),
    ],
)
def test_the_first_wrong_step_of_a_chain_is_named(chain: str, step: int | None) -> None:
    assert cf.verify(chain).step == step


def test_the_target_is_the_first_step() -> None:
    verdict = cf.verify("(8*8*3 + 1)*20 = 3860 + 20", target="params(conv(k=8, M=3, N=20, bias))")
    assert verdict.step == 2


@pytest.mark.parametrize(
    ("claim", "where", "values"),
    [
        ("M <= 9", None, {"M": 10}),
        ("6 > 2N", None, {"N": 3}),
        ("min(5, ceil(M/4)) >= N", None, {"M": 1, "N": 2}),
        ("3^a < 3^b", "b = 2 c", {"a": 2, "b": 2}),
    ],
)
def test_a_witness_is_a_small_one(claim: str, where: str | None, values: dict[str, int]) -> None:
    witness = cf.verify(claim, where=where).witness
    assert witness is not None
    assert witness["values"] == values


def test_a_verdict_is_a_truth_value_only_when_it_is_one() -> None:
    assert cf.verify("M + M = 2 M")
    assert not cf.verify("M + M = 3 M")
    undecided = cf.verify("n ≈ s")
    with pytest.raises(ClosedformError, match="neither true nor false"):
        bool(undecided)


def test_no_text_is_run_as_code() -> None:
    with pytest.raises(ClosedformError):
        cf.verify("__import__('os').system('true') = 0")


# (text in O( ), target, verdict)
GROWTH = [
    ("O(n^2 d)", "n^2 d", "proven"),
    ("O(n^2 d)", "2 n^2 d", "proven"),
    ("O(n^2 d)", "n^2 d + n d^2", "undecided"),
    ("n^2 d", "2 n^2 d", "refuted"),
]


@pytest.mark.parametrize(("text", "target", "verdict"), GROWTH)
def test_constant_factors_do_not_matter_inside_o(text: str, target: str, verdict: str) -> None:
    assert cf.verify(text, target=target).verdict == verdict


def test_a_label_may_open_an_inequality() -> None:
    assert cf.verify("FLOPs < 600M", target="flops(conv(k=3, M=3, N=4, H=5, W=5))")
    assert not cf.verify("FLOPs < 600", target="flops(conv(k=3, M=3, N=4, H=5, W=5))")


# (claim, on what its proof rests)
RESTS_ON = [
    ("(M - N)/(M - N) = 1", "M − N ≠ 0"),
    ("sqrt(M - N)^2 = M - N", "M − N ≥ 0"),
    ("sqrt(M + N)^2 = M + N", None),
    ("(M + N)/(M + N) = 1", None),
    ("2 log(M - 3) = log(M - 3) + log(M - 3)", "M − 3 > 0"),
    ("2 log(M - 3) = log(M - 3) + log(M - 3) where M >= 4", None),
    ("log(M^3) = 3 log(M)", None),
    ("sum(i=1..n/2, i) = n(n+2)/8", "n/2 is an integer"),
    ("sum(i=1..n/2, i) = n(n+2)/8 where 2 | n", None),
    ("sum(i=1..n, i) = n(n+1)/2", None),
]


@pytest.mark.parametrize(("claim", "condition"), RESTS_ON)
def test_a_proof_says_where_both_sides_have_a_value(claim: str, condition: str | None) -> None:
    verdict = cf.verify(claim)
    assert verdict.verdict == "proven"
    wanted = condition and f"wherever both sides have a value: {condition}"
    assert verdict.reason == wanted


@pytest.mark.parametrize(
    "claim",
    ["5 mod 0 = 5", "a % 0 = a", "5 mod 0 >= 5", "a ≡ a (mod 0)", "a mod (b-b) = a"],
)
def test_a_division_by_zero_leaves_nothing(claim: str) -> None:
    with pytest.raises(UndefinedValue, match="a division by zero"):
        cf.verify(claim)


# (claim, verdict): a condition on n_i speaks of each term, and the i in it is the sum's.
#: A receptive field, by the kernels and strides of the layers.
FIELD = "r_i = r_{i-1} + (k_i - 1) j_{i-1}, j_i = j_{i-1} s_i, s_i = 2, k_i = k, r_0 = 1, j_0 = 1"
EVERY_TERM = [
    (r"\sum_{l=1}^{L} n_l = n L 2^l where n_l = n 2^l", "refuted"),
    (r"\sum_{l=1}^{L} n_l = n (2^{L+1} - 2) where n_l = n 2^l", "proven"),
    ("sum(i=1..L, n_i) = L i where n_i = i", "refuted"),
    ("sum(i=1..L, n_i) = L(L+1)/2 where n_i = i", "proven"),
    ("sum(j=1..L, n_j) = 4L where n_i = 3", "refuted"),
    ("sum(i=1..L, n_i) = L n_i where n_i = 3", "proven"),
    # Terms outside the sum, and before its first, are spoken of as well.
    ("sum(j=2..L+1, j n_j) >= L n_L where n_i = 2i", "undecided"),
    ("sum(j=1..L+1, n_{j+1}) >= L n_1 where n_j = 2^j", "proven"),
    ("sum(i=0..L, n_{i-1}) <= L(L+1) where n_i = i+1", "proven"),
    ("sum(l=1..L, n_{l-1} n_l) = L d^2 where n_l = d", "proven"),
    ("sum(l=1..L, n_{l-1} n_l) = L d where n_l = d", "refuted"),
    ("sum(i=1..L, n_{i-1}) = L(L+1)/2 where n_i = i+1", "proven"),
    ("sum(i=1..L, n_{i-1}) = L(L+3)/2 where n_i = i+1", "refuted"),
    ("sum(i=1..L, n_{i-1} n_i) >= 4L where n_i >= 2", "proven"),
    ("sum(i=1..L, n_{i-1} n_i) >= 5L where n_i >= 2", "refuted"),
    ("sum(i=1..L, n_{i-1}) = L n_L where n_i = 3", "undecided"),
    ("sum(i=1..L, n_{i-1}) = L n_L where n_i = i", "refuted"),
    ("sum(i=1..L, m_i) = 3 sum(i=1..L, n_i) where m_i = 3 n_i", "proven"),
    ("sum(i=1..L, m_i) = 3 L n_i where m_i = 3 n_i", "refuted"),
    ("sum(i=1..L, floor(n_i)) = sum(i=1..L, n_i) where 0 < n_i <= 1", "refuted"),
    ("sum(j=1..L, floor(n_j)) = sum(j=1..L, n_j) where 0 < n_i < 1", "refuted"),
    # Terms at numbers, and no sum.
    ("n_3 = 3 n_1 where n_i = i", "proven"),
    ("n_3 = 4 n_1 where n_i = i", "refuted"),
    ("n_1 <= n_3 where n_i <= n_{i+1}", "proven"),
    ("n_1 < n_3 where n_i <= n_{i+1}", "refuted"),
    ("d_1 >= 2 where d_i >= 2, i = 2", "refuted"),
    ("n_1 + n_L = L + 1 where n_i = i", "proven"),
    ("n_1 + n_L >= 5 where n_i >= 2", "refuted"),
    ("d_v >= 2 where d_k >= 2", "refuted"),
    ("c_1 >= 2 where c_in >= 2", "refuted"),
    ("n_1 + sum(i=1..L, m_i) >= 3 where n_i >= 2", "proven"),
    # At a size of the claim, where the condition counts with the place, and no term is summed.
    ("n_L = 2L where n_i = 2i", "proven"),
    ("n_{L+1} = n_L + 2 where n_i = 2i", "proven"),
    ("n_{L+1} = n_L + 1 where n_i = 2i", "refuted"),
    ("sum(i=0..c, n_L) = (c+1)(2L+1) where n_i = 2i + 1", "proven"),
    ("sum(i=0..c, n_L) = (c+1)(2L+2) where n_i = 2i + 1", "refuted"),
    ("n_m = 2 where n_i = i, m = 2", "proven"),
    ("n_m = 2 where n_i = i, m = 3", "refuted"),
    ("n_{i+1} = i + 1 where n_i = i", "proven"),
    ("n_L = 2^L n_0 where n_i = 2 n_{i-1}", "proven"),
    ("n_L = 2^L n_1 where n_i = 2 n_{i-1}", "refuted"),
    ("n_i = 2^i where n_i = 2 n_{i-1}, n_0 = 1", "proven"),
    ("n_i = 3^i where n_i = 2 n_{i-1}, n_0 = 1, i <= 5", "refuted"),
    ("n_i = 2^i where n_i = 2 n_{i-1}, n_0 = 1, i = 3", "proven"),
    ("n_3 = 7 where n_i = 2 n_{i-1}, n_0 = 1, i = 3", "refuted"),
    ("n_3 = 8 where n_i = 2 n_{i-1}, n_0 = 1, i = 2", "proven"),
    ("n_i = 81 where n_i = n_{i-1}^2, n_0 = 3, i = 2", "proven"),
    ("c_0 = 5 where c_0 = 6, c_i = c_{i-1} + 4", "refuted"),
    ("n_2 = 5 where n_i = 2 n_{i-1}, n_3 = 8", "refuted"),
    ("n_i = 2^(i-1) where n_i = 2 n_{i-1}, n_1 = 1, i >= 2", "proven"),
    ("n_i = 2^(i-1) where n_i = 2 n_{i-1}, n_1 = 1, i > 1", "proven"),
    ("n_L = 2^(L-1) where n_i = 2 n_{i-1}, n_1 = 1, 2 <= i <= L", "proven"),
    ("n_L = 2^L where n_i = 2 n_{i-1}, n_0 = 1, i <= 6", "undecided"),
    ("n_L = 3^L where n_i = 2 n_{i-1}, n_0 = 1, i <= 6", "refuted"),
    ("n_i = 3 n_{i-1} where n_i = 3^i, i >= 1", "proven"),
    ("n_{i+1} = 5 where n_i = n_{i-1}, n_0 = 5", "proven"),
    ("n_4 = 16 where n_i = 2 n_{i-1}, n_0 = 1, i >= 2", "refuted"),
    ("n_L = 2^L where n_i = 2 n_{i-1}, n_0 = 1, i <= m", "undecided"),
    ("n_i = 3 n_{i-1} where n_i = 3^i, i > 1", "refuted"),
    ("n_{70} = 190392490709135 where n_i = n_{i-1} + n_{i-2}, n_0 = 0, n_1 = 1", "undecided"),
    ("n_l = 2 where n_l = min(2 n_{l-1}, 8), n_2 = 1, l = 3", "proven"),
    ("j_l = 94 where j_l = floor((j_{l-1}-1)/2) + 1, j_2 = 188, l = 3", "proven"),
    ("m_i = 3 where m_i = m_{i-1} + m_{i-2}, m_2 = 1, m_3 = 1, i = 4", "refuted"),
    ("sum(l=1..L, n_l) = 2^(L+1) - 2 where n_i = 2 n_{i-1}, n_0 = 1, 1 <= i <= L", "proven"),
    ("sum(l=1..L, n_l) = 2^(L+1) - 2 where n_l = 2 n_{l-1}, n_0 = 1, 1 <= l <= L", "proven"),
    ("sum(l=1..L, n_l) = 2^(L+1) - 1 where n_l = 2 n_{l-1}, n_0 = 1, 1 <= l <= L", "refuted"),
    ("sum(i=1..L, n_i) >= 2L where n_i >= 2, i >= 1", "proven"),
    ("sum(i=1..L+1, n_i) >= 2L + 2 where n_l >= 2, 1 <= l <= L", "refuted"),
    ("sum(i=0..L, n_i) >= 2L + 2 where n_l >= 2, 1 <= l <= L", "refuted"),
    ("sum(i=0..L, sum(j=i..L, n_j)) >= 2L + 2 where n_l >= 2, 1 <= l <= L", "undecided"),
    (
        "n_i m_4 = 64 where n_i = n_{i-1}^2, n_0 = 2, m_i = m_{i-1}^2, m_3 = 2, i = 2",
        "proven",
    ),
    ("H_L = floor(4/2^(L-3)) where H_i = floor(H_{i-1}/2), H_3 = 4", "refuted"),
    ("n_i/n_1 = 2^(i-1) where n_i/n_{i-1} = 2", "proven"),
    ("n_i = m r^i where n_{i+1} = r n_i, n_0 = m", "proven"),
    ("c_l = c_0 + k l where c_l = c_{l-1} + k", "proven"),
    ("sum(l=1..L, c_{l-1}) = L c_0 + k L(L-1)/2 where c_l = c_{l-1} + k", "proven"),
    ("H_l = floor(R/2^l) where H_l = floor(H_{l-1}/2), H_0 = R", "proven"),
    ("H_l = ceil(R/2^l) where H_l = floor((H_{l-1} - 1)/2) + 1, H_0 = R", "proven"),
    ("H_l = ceil(R/2^l) where H_l = floor(H_{l-1}/2) + 1, H_0 = R", "refuted"),
    ("r_L = 1 + sum(l=1..L, k_l - 1) where r_l = r_{l-1} + k_l - 1, r_0 = 1", "proven"),
    ("r_L = 1 + sum(l=1..L, k_l) where r_l = r_{l-1} + k_l - 1, r_0 = 1", "refuted"),
    (
        "r_L = k 2^L where r_l = r_{l-1} + k j_{l-1}, j_l = 2 j_{l-1}, r_0 = k, j_0 = 1",
        "proven",
    ),
    # A slope that changes with the place.
    ("n_L = L! where n_i = i n_{i-1}, n_0 = 1", "proven"),
    ("n_L = (L+1)! where n_i = i n_{i-1}, n_0 = 1", "refuted"),
    ("n_L = (L+1)!/2 where n_i = (i+1) n_{i-1}, n_1 = 1", "proven"),
    ("n_L = L + 1 where n_i = n_{i-1} (i+1)/i, n_0 = 1", "proven"),
    ("n_L = (d+L)!/d! where n_i = (d+i) n_{i-1}, n_0 = 1", "proven"),
    ("n_L = n_0 2^(L(L+1)/2) where n_i = 2^i n_{i-1}", "proven"),
    ("n_L = n_0 2^(L(L-1)/2) where n_i = 2^i n_{i-1}", "refuted"),
    ("n_L = L! (1 + sum(i=1..L, 1/i!)) where n_i = i n_{i-1} + 1, n_0 = 1", "proven"),
    ("n_L = L! (1 + sum(i=2..L, 1/i!)) where n_i = i n_{i-1} + 1, n_0 = 1", "refuted"),
    ("n_L = d^L + (d^L-1)/(d-1) where n_i = d n_{i-1} + 1, n_0 = 1, d >= 2", "proven"),
    ("n_L = (2L)! where n_i = 2i (2i-1) n_{i-1}, n_0 = 1", "undecided"),
    # Steps that are inequalities, from the first term on.
    ("n_L >= n_1 + L - 1 where n_i >= n_{i-1} + 1", "proven"),
    ("n_L >= n_1 + L where n_i >= n_{i-1} + 1", "refuted"),
    ("n_{L-1} >= n_1 where n_i >= n_{i-1}", "refuted"),
    ("n_0 >= n_1 where n_i >= n_{i-1}", "refuted"),
    ("n_L > n_0 where n_i > n_{i-1}", "proven"),
    ("n_2 >= 2 where n_i <= (i+1) n_{i-1}", "refuted"),
    ("n_1 >= n_3 where n_i >= n_{i-1}", "refuted"),
    ("n_i >= n_0 + i where n_i >= n_{i-1} + 1", "proven"),
    ("n_i >= n_0 + i where n_i >= n_{i-1} + 1, i <= 3", "proven"),
    ("n_i >= i where n_i >= n_{i-1} + 1", "undecided"),
    ("n_i >= i + 2 where n_i >= n_{i-1} + 1", "refuted"),
    ("n_L >= 2^L where n_{i+1} >= 2 n_i, n_0 = 1", "proven"),
    ("n_L >= 2^L where n_i - 2 n_{i-1} >= 0, n_0 = 1", "proven"),
    ("n_L <= 2^L where n_i >= 2 n_{i-1}, n_0 = 1", "refuted"),
    ("n_L <= floor(n_0/2^L) where n_i <= floor(n_{i-1}/2)", "proven"),
    ("n_L >= L! where n_i >= i n_{i-1}, n_0 = 1", "proven"),
    ("n_L + n_0 >= 10 where n_i >= 10 - n_{i-1}", "refuted"),
    ("n_2 <= 5 L where n_i >= 2, n_2 = 6, 1 <= i < L", "undecided"),
    ("sum(i=1..L, n_i) >= n_1 2^(L-1) where n_i = (i+1) n_{i-1}, n_2 = 6, i >= 2", "proven"),
    ("sum(i=1..L, n_i) >= L n_1 where n_i >= n_{i-1}", "proven"),
    ("sum(i=1..L, n_i) >= L(L+1)/2 where n_l >= n_{l-1} + 1, n_0 = 0, 1 <= l <= L", "proven"),
    ("sum(i=0..L, n_i) >= (L+1) n_1 where n_i >= n_{i-1}", "refuted"),
    # No step that is solved: what it says holds at every place all the same.
    ("n_i = n^(2^i) where n_i = n_{i-1}^2, n_0 = n", "undecided"),
    ("n_i = 3^i where n_i = n_{i-1}^2, n_0 = 3", "refuted"),
    ("n_i = 2^i where n_i = 3 n_{i-1} - 2 n_{i-2}, n_0 = 1, n_1 = 2", "undecided"),
    # Of no other places than the conditions leave to the index.
    ("n_4 = 8 where n_i = 2i, i <= 5", "proven"),
    ("n_7 = 14 where n_i = 2i, i <= 5", "undecided"),
    ("n_7 = 14 where n_i = 2i, i >= 9", "undecided"),
    ("n_0 + n_3 >= 4 where n_i >= 2, i >= 1", "refuted"),
    ("n_0 + n_3 >= 4 where n_i >= 2, i >= 0", "proven"),
    ("n_i + n_0 >= 4 where n_i >= 2, i >= 1", "refuted"),
    ("sum(j=0..L, n_j) >= 2 L + 2 where n_i >= 2, i >= 1", "refuted"),
    ("n_L = 2L where n_i = 2i, i <= 5", "undecided"),
    ("n_L = 2L where n_i = 2i, i <= 5, L <= 5", "proven"),
    ("n_L = 2L where n_i = 2i, 1 <= i <= L", "proven"),
    ("n_3 = 6 where n_i = 2i, 2 | i", "undecided"),
    ("n_L >= L where n_i >= n_{i-1} + 1", "undecided"),
    ("n_L >= L + 2 where n_i >= n_{i-1} + 1", "refuted"),
    ("n_3 >= 3 where n_i >= n_{i-1} + 1", "proven"),
    ("n_3 >= 4 where n_i >= n_{i-1} + 1", "refuted"),
    # At a size that nothing else names: a capital, where an index runs from term to term.
    ("a_L >= 2 where a_i >= 2", "proven"),
    ("a_L >= 3 where a_i >= 2", "refuted"),
    ("n_L n_{L-1} >= 4 where n_l >= 2", "proven"),
    ("L n_L <= L m_L where n_i < m_i", "proven"),
    ("L n_L < L m_L where n_i <= m_i", "refuted"),
    # What ties the terms of another sequence to these.
    ("m_2 >= 3 where n_i = i, n_i < m_i", "proven"),
    ("m_2 >= 4 where n_i = i, n_i < m_i", "refuted"),
    ("sum(i=1..L, m_i) >= 3L where n_i >= 2, n_i < m_i", "proven"),
    # Conditions hold at the terms of each other, too.
    ("L + 1 >= n_1 where n_L = 2, n_i = c i", "proven"),
    ("L >= n_1 where n_L = 2, n_i = c i", "refuted"),
    ("c = 2 where n_1 = 2, n_i = c i", "proven"),
    # A capital is one place, and no index.
    ("sum(i=1..c, n_i) <= 2c where n_L = 2", "refuted"),
    ("sum(i=1..c, n_i) <= 2c where n_in = 2", "refuted"),
    ("n_2 <= 2 where n_L = 2", "refuted"),
    ("n_2 <= 2 where n_j = 2", "proven"),
    ("C_o >= 2 where C_i >= 2", "refuted"),
    ("C_O >= 2 where C_i >= 2", "refuted"),
    ("D_K >= 2 where D_F >= 2", "refuted"),
    ("n_1 = n_L where L = 1", "proven"),
    ("n_1 = n_L where L = 2", "refuted"),
    ("L n_L <= 3 L where n_1 = 3, L = 1", "proven"),
    ("sum(i=1..L, n_in) = 3L where n_i = 3", "refuted"),
    ("n_3 + n_in = 6 where n_i = 3", "refuted"),
    ("sum(i=1..c, n_o) = 3c where n_i = 3", "refuted"),
    ("sum(i=1..c, n_L) = 3c where n_i = 3, L = 2", "proven"),
    # A term that is counted from another place.
    (r"\sum_{i=1}^{L} n_{L-i} = \sum_{i=0}^{L-1} n_i", "proven"),
    (r"\sum_{i=1}^{L} n_{L-i} = \sum_{i=1}^{L} n_i", "refuted"),
    (r"\sum_{i=1}^{L} n_{L-i} = L n_{L-i}", "refuted"),
    (r"\sum_{i=1}^{L} n_{L+i} = \sum_{i=L+1}^{2L} n_i", "proven"),
    # Bounds that run with the sum outside, or with a term of it.
    ("sum(i=1..2, sum(j=1..i, m_j)) = 2 m_1 + m_2", "proven"),
    ("sum(i=1..2, sum(j=1..i, m_j)) = 2 m_1 + 2 m_2", "refuted"),
    ("sum(i=1..L, sum(j=1..n_i, m_j)) >= sum(i=1..L, n_i)", "proven"),
    # From below zero on, alone and around another sum.
    ("sum(i=-1..1, n_{i+2}) = n_1 + n_2 + n_3", "proven"),
    ("sum(i=-1..1, n_{i+2}) = n_0 + n_1 + n_2", "refuted"),
    ("sum(i=1..3, sum(j=i..c, m_j)) = sum(p=-1..1, sum(j=p+2..c, m_j))", "proven"),
    ("sum(i=0..L, sum(j=i..L, m_j)) = sum(i=-1..L-1, sum(j=i+1..L, m_j))", "undecided"),
    ("sum(i=0..L, sum(j=i..L, m_j)) = sum(i=-1..L-1, sum(j=i+2..L, m_j))", "refuted"),
    # What one condition says of every term is put into the others, at their places.
    ("r_3 = 7 where r_i = r_{i-1} + 2 s_{i-1}, s_i = 1, r_0 = 1", "proven"),
    ("n_{i+1} = 2i + 2 where n_i = 2i", "proven"),
    # what is said of a neighbour alone is of one place
    ("M = N where n_l = N, n_{l-1} = M", "refuted"),
    ("n_l n_{l-1} = 12 where n_l = 3, n_{l-1} = 4", "proven"),
    ("n_l = n_{l-1} where n_l = a, n_{l-1} = b", "refuted"),
    ("n_i = 4 where n_i = 2 n_{i-1}, n_{i-1} = 2", "proven"),
    ("n_l = 7 where n_l = n_{l-1} + 2, n_{l-1} = 4", "refuted"),
    ("n_3 = 5 where n_{i+1} = 5", "proven"),
    ("n_{l+1} = N where n_l = N", "proven"),
    # nor is a letter that says which size a place
    ("k^2 c_1 c_o = 4096 k^2 where c_o = 64", "refuted"),
    ("d_1 d_k = 4096 where d_k = 64", "refuted"),
    ("c_1 c_o = 192 where c_o = 64, c_1 = 3", "proven"),
    ("r_3 = 8 where r_i = r_{i-1} + 2 s_{i-1}, s_i = 1, r_0 = 1", "refuted"),
    ("h_L = h_0/2^L where h_i = h_{i-1}/s_i, s_i = 2", "proven"),
    ("n_3 = 4 where n_i = 2 m_{i-1}, m_i = i", "proven"),
    ("n_3 <= 10 where n_i = 2 m_{i-1}, m_i <= 5", "proven"),
    ("n_L <= 10 where n_i = 2 m_{i-1}, m_i <= 5", "proven"),
    ("n_L <= 9 where n_i = 2 m_{i-1}, m_i <= 5", "refuted"),
    ("sum(i=1..L, n_i) <= 10 L where n_i = 2 m_{i-1}, m_i <= 5", "proven"),
    ("sum(i=1..L, n_i) <= 9 L where n_i = 2 m_{i-1}, m_i <= 5", "refuted"),
    # Terms before the one that has a value need be no integers.
    ("m_4 = 4 where m_i = m_{i-1}^2, m_3 = 2", "proven"),
    ("m_4 = 5 where m_i = m_{i-1}^2, m_3 = 2", "refuted"),
    ("r_L = L + 1 where r_i = r_{i-1} + s_i, s_i = 1, r_0 = 1, i = 3", "refuted"),
    ("n_L >= 2 L where n_i = 2 i, n_i >= n_{i-1} + 1", "proven"),
    ("n_3 <= 9 where n_i = 2 m_{i-1}, m_i <= 5", "refuted"),
    (f"r_L = 1 + (k-1)(2^L - 1) where {FIELD}", "proven"),
    (f"r_L = 1 + (k-1) 2^L where {FIELD}", "refuted"),
    (
        "sum(i=1..L, P_i) = 6(4^L - 1) c^2 where P_i = 9 c_{i-1} c_i, c_i = 2 c_{i-1}, c_0 = c",
        "proven",
    ),
    ("sum(i=1..L, P_i) = k^2 c^2 L^2 where P_i = k^2 c_{i-1} c_i, c_i = c", "refuted"),
    # A sum of three terms that run from the other end.
    ("sum(i=1..L, n_{L-i} + n_{L+1-i} + n_{L+2-i}) >= 3 L", "proven"),
    ("sum(i=1..L, sum(j=1..n_i, m_j)) >= 2 sum(i=1..L, n_i)", "refuted"),
]


@pytest.mark.parametrize(("claim", "verdict"), EVERY_TERM)
def test_a_condition_on_a_term_speaks_of_every_term(claim: str, verdict: str) -> None:
    assert cf.verify(claim).verdict == verdict


@pytest.mark.parametrize(
    "claim", ["sum(k=1..L, n_k) = L n_3 where k = 3", "sum(i=1..L, n_i) = n_i where L = i"]
)
def test_the_index_of_a_sum_is_given_no_value(claim: str) -> None:
    with pytest.raises(ClosedformError, match="is the index of a sum"):
        cf.verify(claim)


# Rounded either way round, to the digits of the coarser side; a tie counts both ways.
@pytest.mark.parametrize(
    ("one", "two", "verdict"),
    [
        ("4.2M", "4,249,999", "proven"),
        ("4.2M", "4,250,000", "proven"),
        ("4.3M", "4,250,000", "proven"),
        ("4.2M", "4,250,001", "refuted"),
    ],
)
def test_rounding_does_not_depend_on_the_order(one: str, two: str, verdict: str) -> None:
    assert {cf.verify(f"{a} = {b}").verdict for a, b in ((one, two), (two, one))} == {verdict}


# (claim, verdict, a part of the diagnosis)
IRRATIONAL = [
    ("sqrt(2) ≈ 1.414", "proven", None),
    ("sqrt(2) ≈ 1.415", "refuted", "does not round to 1.415"),
    ("sqrt(2) ≈ 1.41421356237309504880", "proven", None),
    ("sqrt(2) ≈ 1.41421356237309504890", "refuted", "does not round to"),
    ("sqrt(2) = 1.414", "refuted", "write ≈: sqrt(2) is 1.41421…"),
    ("100 log(2) = 69.3", "refuted", "write ≈"),
    ("sqrt(2) = 1.415", "refuted", None),
]


@pytest.mark.parametrize(("claim", "verdict", "why"), IRRATIONAL)
def test_irrational_numbers_round_exactly(claim: str, verdict: str, why: str | None) -> None:
    found = cf.verify(claim)
    assert found.verdict == verdict
    assert found.holds_when == ()
    assert why is None or any(why in line for line in found.diagnosis)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("sum(i=1..L, n_{L-i}) = sum(i=0..L-1, n_i)", "proven"),
        ("sum(i=1..L, n_{L-i}) = sum(i=1..L, n_i)", "refuted"),
        ("sum(i=1..L, n_{L-i+1}) = sum(i=1..L, n_i)", "proven"),
        ("sum(i=1..L, i n_{L+1-i}) = sum(i=1..L, (L+1-i) n_i)", "proven"),
        ("sum(i=1..L, n_{L-i+1} - n_i) = 0", "proven"),
        ("sum(i=1..L, n_{K+i-1}) = sum(i=K..K+L-1, n_i)", "proven"),
        ("sum(i=1..2, n_i m_{3-i}) = n_1 m_2 + n_2 m_1", "proven"),
        ("sum(i=1..2, n_i m_{3-i}) = n_1 m_1 + n_2 m_2", "refuted"),
        ("sum(i=0..L, n_i m_{L-i}) = sum(i=0..L, n_i m_i)", "refuted"),
        ("n_{2+1} = n_3", "proven"),
        ("n_{L+K} + n_{1+i} = n_{K+L} + n_{i+1}", "proven"),
        ("n_{i-1} = n_{1-i}", "refuted"),
    ],
)
def test_the_places_of_a_sequence_are_sums(claim: str, verdict: str) -> None:
    assert cf.verify(claim).verdict == verdict


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("n^3 < 2^n where n >= 10", "proven"),
        ("n^3 < 2^n where n >= 9", "refuted"),
        ("n log(n) < n^2/2", "proven"),
        ("n log(n) < n^2/3", "refuted"),
        ("m n log(n) < m n^2/2", "proven"),
        ("n^2 < 100n where n <= 100", "refuted"),
        ("n^2 < 100n where n <= 100, 7 | n", "proven"),
        ("sqrt(n) + log(n) < n + 1", "proven"),
    ],
)
def test_an_order_in_one_symbol_is_decided_as_solve_would(claim: str, verdict: str) -> None:
    assert cf.verify(claim).verdict == verdict


#: Each of two sizes, with α open.
MAXIMA = ["max(floor(3 alpha), ceil(2 alpha))", "max(floor(7 alpha), ceil(5 alpha))"]


@pytest.mark.parametrize(
    ("claim", "where", "verdict"),
    [
        ("M = 16", "log_2(M) = 4", "proven"),
        ("M = 8", "log_2(M) = 4", "refuted"),
        ("n = 5", "2^n = 32", "proven"),
        ("n = 4", "2^n = 32", "refuted"),
        ("n <= 5", "2^n < 64", "proven"),
        ("M = N", "2^M = 2^N", "proven"),
        ("M <= N", "sqrt(M) <= sqrt(N)", "proven"),
        ("M < N", "sqrt(M) <= sqrt(N)", "refuted"),
        ("M < N", "log(M) < log(N)", "proven"),
        ("M < N", "(1/2)^M < (1/2)^N", "refuted"),
        ("floor(M/6) = M/6", "2 | M, 3 | M", "proven"),
        ("floor(M/12) = M/12", "4 | M, 6 | M", "proven"),
        ("floor(M/8) = M/8", "4 | M, 2 | M", "refuted"),
        ("ceil(alpha) <= 2", "1/4 < alpha < 2", "proven"),
        ("ceil(alpha) <= 1", "1/4 < alpha < 2", "refuted"),
        ("floor(alpha) >= 1", "1 <= alpha < 5/2", "proven"),
        ("floor(alpha) >= 2", "1 <= alpha < 5/2", "refuted"),
        ("ceil(alpha) >= 1", "alpha > 0", "proven"),
        ("ceil(alpha) >= 1", "alpha >= 0", "refuted"),
        # Without a condition a width multiplier may be a real number, or an integer.
        ("floor(alpha M) = alpha M", "", "undecided"),
        ("floor(alpha M) = alpha M", "alpha >= 1", "proven"),
        ("floor(alpha M) <= alpha M", "", "proven"),
        # more regions than are gone through prove nothing
        (
            " + ".join(f"{m} floor({m}/4)" for m in MAXIMA) + " < 0",
            "",
            "refuted",
        ),
        ("floor(alpha M) = alpha", "", "refuted"),
        ("r < D/2", "2 D r < D^2", "proven"),
        ("r < D/3", "2 D r < D^2", "refuted"),
        ("(M+1) N < L", "k (M+1) N < k L", "proven"),
        ("M <= N", "2^M | 2^N", "undecided"),
        ("floor(N/M) = N/M", "2^M | 2^N", "refuted"),
    ],
)
def test_what_conditions_imply(claim: str, where: str, verdict: str) -> None:
    assert cf.verify(claim, where=where).verdict == verdict


def test_sizes_of_ones_own_take_the_place_of_their_dimension() -> None:
    layer = "conv(k=K, M=C_in, N=C_out, H=H_out, W=W_out)"
    verdict = cf.verify(f"macs({layer}) = K^2 H_out W_out C_in")
    assert verdict.difference == "K²·C_in·H_out·W_out·(C_out − 1)"
    assert r"K^{2} C_{\text{in}} H_{\text{out}} W_{\text{out}}" in verdict.to_latex()
    # Without a layer nobody knows what they are.
    assert cf.verify("K^2 C_in C_out H_out = C_out").difference == "(H_out·C_in·K² − 1)·C_out"
    verdict = cf.verify("K^2 C_in", target="params(conv(k=K, M=C_in, N=C_out))")
    assert verdict.difference == "K²·C_in·(C_out − 1)"


def test_an_order_in_one_symbol_has_a_counterexample_that_meets_all_conditions() -> None:
    left, right = formula("n^2"), formula("100n")
    decision = solve_numbers.decided("<", left, right, assume(read_conditions("n <= 200")))
    assert decision == Decision("refuted", values={"n": 100})
    more = assume(read_conditions("n <= 200, m >= n"))
    assert solve_numbers.decided("<", left, right, more) is None


# Congruences that contradict each other, and the nearest that do not.
@pytest.mark.parametrize(
    ("where", "meets"),
    [
        ("M % 4 = 1, M % 4 = 2", False),
        ("M % 4 = 1, M % 3 = 2", True),
        ("M ≡ 1 (mod 6), M ≡ 2 (mod 4)", False),
        ("M ≡ 1 (mod 6), M ≡ 3 (mod 4)", True),
        ("M % 2 = 0, N % 2 = 1, M = N", False),
        ("M^2 % 4 = 3", False),
        ("M^2 % 4 = 1", True),
        ("M^2 = 3N + 2", False),
        ("M^2 = 3N + 1", True),
        ("7M % 4 = 3, M % 4 = 3", False),
        ("7M % 4 = 1, M % 4 = 3", True),
        ("6M % 4 = 2, M % 2 = 0", False),
    ],
)
def test_congruences_that_contradict_each_other_are_told(where: str, meets: bool) -> None:
    if meets:
        assert cf.verify("M = M + 1", where=where).verdict == "refuted"
        return
    with pytest.raises(ClosedformError, match="no positive integers meet the conditions"):
        cf.verify("M = M + 1", where=where)


def test_congruences_that_only_large_numbers_meet_are_no_contradiction() -> None:
    # There is one by the Chinese remainder theorem, and no search gets there.
    where = "M % 1048576 = 1048573, M % 531441 = 531440"
    assert cf.verify("M = M + 1", where=where).verdict == "undecided"


# A counterexample is where both sides have a value, also where they are equal everywhere.
@pytest.mark.parametrize(
    ("claim", "values"),
    [
        ("log2(log2(N/5)) < log2(log2(N/5))", {"N": 6}),
        ("floor(log2(a)) < floor(log2(a)) where 0 < a <= 1/2", {"a": Fraction(1, 2)}),
    ],
)
def test_a_counterexample_gives_both_sides_a_value(claim: str, values: dict[str, object]) -> None:
    witness = cf.verify(claim).witness
    assert witness is not None
    assert {name: Fraction(value) for name, value in witness["values"].items()} == values


#: ≈ between formulas, in the limit that is stated.
IN_THE_LIMIT = [
    ("n(n+1) d ≈ n^2 d where n → ∞", "proven", "goes to 1 as n → ∞"),
    (r"n(n+1) d \approx n^2 d \text{ as } n \to \infty", "proven", "goes to 1"),
    ("n(n+1) d ≈ 2 n^2 d as n -> inf", "refuted", "goes to 1/2, not to 1"),
    ("n^2 ≈ n for large n", "refuted", "goes to ∞, not to 1"),
    ("1/N + 1/k^2 ≈ 1/k^2 (N large)", "proven", "goes to 1 as N → ∞"),
    ("1/N + 1/k^2 ≈ 1/k^2，当 N 很大时", "proven", "goes to 1 as N → ∞"),
    ("macs(depthwise_separable)/macs(conv) ≈ 1/k^2 where N ≫ k^2", "proven", "at most k²/N"),
    ("macs(depthwise_separable)/macs(conv) ≈ 1/9 where k = 3, N → ∞", "proven", "goes to 1"),
    ("macs(depthwise_separable)/macs(conv) ≈ 11% where k = 3, N ≫ 9", "proven", "goes to 1/9"),
    ("24 b s h^2 + 4 b s^2 h ≈ 24 b s h^2 for h >> s", "proven", "differs from 1 by at most s/h"),
    (r"12 L d^2 + V d \approx 12 L d^2 \quad (V \ll L d)", "proven", "at most V/(Ld)"),
    ("ceil(n/2) ≈ n/2 as n → ∞", "proven", "goes to 1"),
    ("sqrt(n^2 + m) ≈ n as n → ∞", "proven", "goes to 1"),
    ("sqrt(4n^2 + n) ≈ n as n → ∞", "refuted", "goes to 2, not to 1"),
    ("log(n^2 + n) ≈ 2 log(n) as n → ∞", "proven", "goes to 1"),
    ("log(n^2 + n) ≈ log(n) as n → ∞", "refuted", "goes to 2, not to 1"),
    ("n + log(n) ≈ n as n → ∞", "proven", "goes to 1"),
    ("n log(n) + n ≈ n log(n) as n → ∞", "proven", "goes to 1"),
    ("n log(n) ≈ n as n → ∞", "refuted", "goes to ∞, not to 1"),
    ("2^n + n^9 ≈ 2^n as n → ∞", "proven", "goes to 1"),
    ("(n+1)! ≈ n! n as n → ∞", "proven", "goes to 1"),
    ("sqrt(n + 1) - sqrt(n) ≈ 1 as n → ∞", "undecided", "where terms cancel"),
    ("1/N + 1/9 ≈ 0.12 as N → ∞", "refuted", "goes to 1/9, not to 0.12"),
    ("n(n+1)(2n+1)/6 ≈ 0.33 n^3 as n → ∞", "proven", "goes to 1"),
    ("n(n+1)(2n+1)/6 ≈ 0.34 n^3 as n → ∞", "refuted", "not to 1"),
    # d may be as large as one likes beside n, if not beside d².
    ("N - 61 M ≈ N - 100 M", "undecided", "says nothing that can be decided"),
    ("n + d^2 ≈ n where n >> d", "undecided", "leaves open how large the other sizes are"),
    ("n + d^2 ≈ n where n >> d^2", "proven", "at most d²/n"),
    ("(M-1) n^2 + n ≈ (M-1) n^2 as n → ∞", "undecided", "may vanish for some sizes"),
    ("n + 1 ≈ n where n <= 5, n → ∞", "undecided", "no limit that can be taken here"),
    ("V + M ≈ M where V << d", "refuted", "as d grows"),
    ("n = n + 1 as n → ∞", None, "there is no ≈ here"),
    ("5 n + 1 ≈ 10 n as n → ∞", "refuted", "goes to 1/2, not to 1"),
    ("n - n ≈ n as n → ∞", "undecided", "no leading term"),
    ("n + 1 ≈ n as 0 n → ∞", "undecided", "no limit that can be taken here"),
    ("sqrt(n d) + n ≈ n where n ≫ d", "undecided", "undecided"),
    ("n alpha ≈ n where alpha <= 1, n → ∞", "refuted", "goes to α, not to 1"),
    ("n + d ≈ n as d/n → 0", None, "this limit is not taken here"),
    ("n + d ≈ n as n, d → ∞", None, "this limit is not taken here"),
]


@pytest.mark.parametrize(("text", "verdict", "words"), IN_THE_LIMIT)
def test_formulas_are_near_in_the_limit_that_is_stated(
    text: str, verdict: str | None, words: str
) -> None:
    if verdict is None:
        with pytest.raises(ClosedformError, match=words):
            cf.verify(text)
        return
    told = cf.verify(text)
    assert told.verdict == verdict
    assert words in str(told)


def test_a_symbol_that_cancels_in_a_bound_stands_in_the_counterexample() -> None:
    verdict = cf.verify("sum(i=(1/2 + H - H)*(0 + 0)..g, u_i) = 2 sum(i=0..g, u_i)")
    assert verdict.witness is not None
    assert verdict.witness["values"] == {"H": 1, "g": 1, "u_0": 1, "u_1": 1}


def test_a_term_of_a_sum_is_no_value_of_a_counterexample() -> None:
    verdict = cf.verify("sum(l=1..L, c_{l-1} c_l) = c^2 (4^L - 1) where c_l = 2 c_{l-1}, c_0 = c")
    assert verdict.verdict == "refuted"
    assert "c_l" not in str(verdict).partition("counterexample")[2]


@pytest.mark.parametrize(
    ("claim", "target", "verdict"),
    [
        ("≈ 23.5M + 2048 K where K = 1000", "params(resnet50)", "proven"),
        ("≈ 25.6M + K where K = 1000000", "params(resnet50)", "refuted"),
        ("≈ 25.6M + K", "params(resnet50)", "undecided"),
    ],
)
def test_a_rounded_sum_has_the_values_of_its_letters(claim: str, target: str, verdict: str) -> None:
    assert cf.verify(claim, target=target).verdict == verdict
