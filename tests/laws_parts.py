"""The laws of the parts of a decision: what conditions say, what is known, combined and tried.

What is proven or refuted in the end is held by the tables of claims; a part that says less, or
more, than it should is noticed here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from closedform.algebra.conditions import assume
from closedform.algebra.normal_form.atoms import open_field
from closedform.algebra.normal_form.build import function_tree, polynomial_tree
from closedform.algebra.normal_form.divisors import (
    cancelled,
    cofactors,
    common_divisor,
    common_multiple,
    coprime,
    small,
)
from closedform.algebra.normal_form.polynomials import Polynomial
from closedform.algebra.normal_form.series import power_sum
from closedform.algebra.primes import divisors, prime_powers
from closedform.algebra.proofs.facts import facts
from closedform.algebra.proofs.farkas import is_combination
from closedform.algebra.proofs.goal import Goal
from closedform.algebra.search.failing import failing
from closedform.algebra.search.witness import Search, first_admissible, search
from closedform.algebra.tree import Symbol, symbol_names
from closedform.algebra.work import Work
from closedform.errors import TooLarge
from closedform.typeset.text import text
from tests.laws_values import error_of
from tests.read_formula import conditions, formula, relation
from tests.soundness.values import same, value

#: Conditions; what they say a symbol is; what divides what; and what is at least 0.
SOLVED: list[tuple[str, str, str, str]] = [
    ("N = 2M", "N = 2M", "", ""),
    ("2M = N + 2", "N = 2M − 2", "", "2M − 3 ≥ 0"),
    ("N = M - 3", "N = M − 3", "", "M − 4 ≥ 0"),
    ("N = M - 3, N >= 5", "N = M − 3", "", "M − 8 ≥ 0"),
    ("N = 2M, N <= 9", "N = 2M", "", "9 − 2M ≥ 0"),
    ("N = M + p, p >= 0", "N = M + p", "", ""),
    ("M N = 6", "N = 6/M", "M | 6", "6/M − 1 ≥ 0"),
    ("2N = 3M", "M = 2N/3", "3 | 2N", "2N/3 − 1 ≥ 0"),
    ("M N = 2 K N", "K = M/2", "2 | M", "M/2 − 1 ≥ 0"),
    ("M = 1/2", "M = 1/2", "", ""),
    ("M = N, N = K", "M = K, N = K", "", ""),
    ("N = K, M = N + 1", "N = K, M = K + 1", "", ""),
    ("M^2 = N^2", "N = M", "", ""),
    ("M^2 = 9", "M = 3", "", ""),
    ("N M^2 = 4N", "M = 2", "", ""),
    ("(M - 1) N = 0", "M = 1", "", ""),
    ("M N = M", "N = 1", "", ""),
    ("sqrt(M) = 2N", "M = 4N²", "", ""),
    ("sqrt(M) + N = 3N", "M = 4N²", "", ""),
    ("N = alpha M, 0 < alpha <= 1", "N = αM", "", "αM − 1 ≥ 0"),
    ("log(M, 2) = 3", "M = 8", "", ""),
    # What cannot be solved stays: either factor may be 0, and a floor says little.
    ("(M-1)(N-1) = 0", "", "", "(M − 1)·(N − 1) ≥ 0, −(M − 1)·(N − 1) ≥ 0"),
    ("M^2 + N^2 = 5", "", "", "M² + N² − 5 ≥ 0, −(M² + N² − 5) ≥ 0"),
    ("floor(M/2) = 3", "", "", "⌊M/2⌋ − 3 ≥ 0, −(⌊M/2⌋ − 3) ≥ 0"),
    # Orders and divisors.
    ("M > N", "", "", "M − N > 0"),
    ("M <= N", "", "", "N − M ≥ 0"),
    ("g | M", "", "g | M", "M − g ≥ 0"),
    ("g | M, M >= 0", "", "g | M", ""),
    ("g | M - N", "", "g | M − N", ""),
    ("2^M <= 2^N", "", "", "N − M ≥ 0"),
    ("sqrt(M) <= sqrt(N)", "", "", "N − M ≥ 0"),
    ("log(M) < log(N)", "", "", "N − M > 0"),
    ("log(M, 2) <= log(N, 2)", "", "", "N − M ≥ 0"),
    ("log(M, 2) <= log(N, 3)", "", "", "log(N, 3) − log(M, 2) ≥ 0"),
]

#: Conditions, and the ends that they give; "(" and ")" are ends that are not taken.
BOUNDED: list[tuple[str, str]] = [
    ("M >= 3, M <= 9", "M [3, 9]"),
    ("M > 2, M < 4", "M [3, 3]"),
    ("M >= 2, M >= 3, M <= 7, M < 7", "M [3, 6]"),
    ("3 >= M", "M [, 3]"),
    ("M >= 5/2", "M [5/2, ] real"),
    ("M > 5/2", "M (5/2, ] real"),
    ("x < 1/2", "x [, 1/2) real"),
    ("x <= 1", "x [, 1]"),
    ("p >= 0", "p [0, ]"),
    ("p > 0", "p (0, ] real or not"),
    ("0 < x < 1", "x (0, 1) real"),
    ("0 < x <= 1", "x (0, 1] real"),
    ("0 <= x <= 1", "x [0, 1] real or not"),
    ("M | 12", "M [, 12]"),
    ("M | 12, M <= 5", "M [, 5]"),
    ("2^M < 64", "M [, 5]"),
    ("log(M, 2) <= 5", "M [, 32]"),
    ("log(M, 2) < 65, M >= 2", "M [2, ]"),
]


def conditions_are_put_to_use() -> None:
    for where, equations, divisions, hypotheses in SOLVED:
        found = assume(conditions(where))
        listed = ", ".join(f"{name} = {text(tree)}" for name, tree in found.equations.items())
        assert listed == equations, (where, listed)
        listed = ", ".join(f"{text(a)} | {text(b)}" for a, b in found.divisions)
        assert listed == divisions, (where, listed)
        listed = ", ".join(
            f"{text(h)} {'>' if strict else '≥'} 0" for h, strict in found.hypotheses
        )
        assert listed == hypotheses, (where, listed)
    for where, bounds in BOUNDED:
        found = assume(conditions(where))
        (name,) = {*found.lower, *found.upper}
        low = f"{'(' if name in found.open_low else '['}{found.lower.get(name, '')}"
        high = f"{found.upper.get(name, '')}{')' if name in found.open_high else ']'}"
        kind = " real" * (name in found.reals) + " or not" * (name in found.either)
        assert f"{name} {low}, {high}{kind}" == bounds, (where, low, high, kind)


#: Formulas, conditions, and what is known of the atoms in them.
FACTS: list[tuple[str, str, list[str]]] = [
    ("M + N", "", []),
    ("floor(M/g)", "", ["M − g·⌊M/g⌋ ≥ 0", "−M + g·⌊M/g⌋ + g − 1 ≥ 0"]),
    ("floor(M/3)", "", ["M − 3·⌊M/3⌋ ≥ 0", "−M + 3·⌊M/3⌋ + 2 ≥ 0"]),
    (
        "floor(alpha M)",
        "0 < alpha <= 1",
        [
            "αM − ⌊αM⌋ ≥ 0",
            "−αM + ⌊αM⌋ + 1 > 0",
            "α²M² − ⌊αM⌋² ≥ 0",
            "−α²M² + ⌊αM⌋² + 2·⌊αM⌋ + 1 > 0",
        ],
    ),
    ("max(M, N)", "", ["max(0, M − N) ≥ 0", "−M + N + max(0, M − N) ≥ 0"]),
    (
        "2^n",
        "",
        [
            "−n + 2^n − 1 ≥ 0",
            "−n² − n + 2·2^n − 2 ≥ 0",
            "−n³ − 5n + 6·2^n − 6 ≥ 0",
            "−n⁴ + 2n³ − 11n² − 14n + 24·2^n − 24 ≥ 0",
        ],
    ),
    (
        "M^n",
        "",
        ["−Mn + n + M^n − 1 ≥ 0", "−M²n² + M²n + 2Mn² − 4Mn − n² + 3n + 2·M^n − 2 ≥ 0"],
    ),
    ("sqrt(M)", "", ["M − sqrt(M) ≥ 0", "M − 2·sqrt(M) + 1 ≥ 0"]),
    ("sqrt(M-N)", "", ["M − N − 2·sqrt(M − N) + 1 ≥ 0"]),
    ("sqrt(p)", "p >= 0", ["p − 2·sqrt(p) + 1 ≥ 0"]),
    ("M^(1/3)", "", ["M − M^(1/3) ≥ 0"]),
    (
        "sqrt(2)",
        "",
        [
            "−sqrt(2) + 2 ≥ 0",
            "−2·sqrt(2) + 3 ≥ 0",
            "1000000·sqrt(2) − 1414213 ≥ 0",
            "−500000·sqrt(2) + 707107 ≥ 0",
        ],
    ),
    (
        "log(M) + log(M+1)",
        "",
        [
            "M − log(M) − 1 ≥ 0",
            "M·log(M) − M + 1 ≥ 0",
            "M − log(M + 1) ≥ 0",
            "M·log(M + 1) − M + log(M + 1) ≥ 0",
            "−log(M) + log(M + 1) > 0",
        ],
    ),
    (
        "log(M) + log(2)",
        "",
        [
            "M − log(M) − 1 ≥ 0",
            "M·log(M) − M + 1 ≥ 0",
            "M − 2·log(M) + 2·log(2) − 2 ≥ 0",
            "−log(2) + 1 ≥ 0",
            "2·log(2) − 1 ≥ 0",
            "1000000·log(2) − 693147 ≥ 0",
            "−250000·log(2) + 173287 ≥ 0",
        ],
    ),
    ("sum(l=1..L, n_l)", "", ["−L + sum(#1=1..L, n_#1) ≥ 0"]),
    (
        "sum(l=1..L, n_l)+n_1+n_L",
        "n_l >= 2",
        [
            "−2L + sum(#1=1..L, n_#1) ≥ 0",
            "−2L − n_1 + sum(#1=1..L, n_#1) + 2 ≥ 0",
            "−2L − n_L + sum(#1=1..L, n_#1) + 2 ≥ 0",
        ],
    ),
    (
        "sum(l=1..L, n_l)+sum(l=1..m, n_l)",
        "m <= L",
        [
            "−L + sum(#1=1..L, n_#1) ≥ 0",
            "−m + sum(#1=1..m, n_#1) ≥ 0",
            "−L + m + sum(#1=1..L, n_#1) − sum(#1=1..m, n_#1) ≥ 0",
        ],
    ),
    (
        "sum(l=1..L, n_l)+sum(l=1..m, n_l)",
        "",
        ["−L + sum(#1=1..L, n_#1) ≥ 0", "−m + sum(#1=1..m, n_#1) ≥ 0"],
    ),
]


def what_is_known_of_atoms_is_told() -> None:
    for written, where, expected in FACTS:
        assumptions = assume(conditions(where))
        tree = assumptions.apply(formula(written))
        field = assumptions.field(tree)
        field.normal(tree)
        found = [
            f"{text(polynomial_tree(field, poly))} {'>' if strict else '≥'} 0"
            for poly, strict in facts(field)
        ]
        assert found == expected, (written, found)


#: A goal ≥ 0 (or > 0), what is known to be so, which arguments are > 0, and whether it follows.
COMBINED: list[tuple[str, list[str], str, bool]] = [
    ("a - b >= 0", ["a - b >= 0"], "", True),
    ("a - b > 0", ["a - b >= 0"], "", False),
    ("a - b > 0", ["a - b > 0"], "", True),
    ("a - b + 1 > 0", ["a - b >= 0"], "", True),
    ("a - b + c > 0", ["a - b >= 0"], "", False),
    ("a - b + c > 0", ["a - b >= 0"], "c", True),
    ("a - b - 1 >= 0", ["a - b >= 0"], "", False),
    ("a - c >= 0", ["a - b >= 0", "b - c >= 0"], "", True),
    ("a - c > 0", ["a - b > 0", "b - c >= 0"], "", True),
    ("a - c >= 0", ["a - b >= 0", "c - b >= 0"], "", False),
    ("3a - 2b - c >= 0", ["a - b >= 0", "a - c >= 0"], "", True),
    ("3a - 3b - c >= 0", ["a - b >= 0", "a - c >= 0"], "", False),
    ("2a - b >= 0", ["3a - 2b >= 0"], "", True),
    ("4a - 3b >= 0", ["3a - 2b >= 0"], "", False),
    ("a c - b c >= 0", ["a - b >= 0"], "", True),
    ("a c - b c > 0", ["a - b > 0"], "", False),
    ("a c - b c > 0", ["a - b > 0"], "c", True),
    ("a c - b d >= 0", ["a - b >= 0", "c - d >= 0"], "", True),
    ("a c - b d > 0", ["a - b > 0", "c - d > 0"], "", True),
    ("a c - b d > 0", ["a - b > 0", "c - d >= 0"], "", False),
    ("a c - b d > 0", ["a - b > 0", "c - d >= 0"], "c", True),
    ("a d - b c >= 0", ["a - b >= 0", "c - d >= 0"], "", False),
    # Products of two conditions, and squares of one.
    ("a c - a d - b c + b d >= 0", ["a - b >= 0", "c - d >= 0"], "", True),
    ("a c - a d - b c + b d > 0", ["a - b > 0", "c - d > 0"], "", True),
    ("a c - a d - b c + b d > 0", ["a - b > 0", "c - d >= 0"], "", False),
    ("a c - a d - b c + b d >= 0", ["a - b >= 0", "d - c >= 0"], "", False),
    ("a^2 - 2a b + b^2 >= 0", ["a - b >= 0"], "", True),
    ("a^2 - 2a b + b^2 > 0", ["a - b > 0"], "", True),
    ("a^2 - 3a b + b^2 >= 0", ["a - b >= 0"], "", False),
    ("a - b >= 0", [], "", False),
]


def goals_are_combinations_of_what_is_known() -> None:
    for written, known, above, expected in COMBINED:
        field = open_field("abcd")

        def read(claim: str, ring: Callable[..., object] = field.normal) -> tuple[Polynomial, bool]:
            found = relation(claim)
            return ring(found.left).num, found.relation == ">"  # type: ignore[attr-defined]

        poly, strict = read(written)
        places = frozenset("abcd".index(name) for name in above)
        goal = Goal(poly, strict, tuple(map(read, known)), places, frozenset())
        assert is_combination(goal, Work()) is expected, (written, known, above)


#: Two polynomials, and their greatest common divisor.
DIVISORS: list[tuple[str, str, str]] = [
    ("6a^2 b", "4a b^2", "2a b"),
    ("6", "4", "2"),
    ("a", "b", "1"),
    ("a + b", "a - b", "1"),
    ("a^2 - b^2", "a b + b^2", "a + b"),
    ("a^2 - b^2", "2a - 2b", "a - b"),
    ("4a^2 - 4b^2", "6a b - 6b^2", "2a - 2b"),
    ("a^2 + 2a + 1", "a^2 - 1", "a + 1"),
    ("(a+b)^2 (a-b)", "(a+b)(a-b)^2", "(a + b)(a - b)"),
    ("a^2 + a b + c", "a^2 + a b + c", "a^2 + a b + c"),
    ("a^2 + b^2 + c^2", "a b + b c + c a", "1"),
    ("a b c + a b", "b c + b", "b c + b"),
    ("a^5 - 1", "a^3 - 1", "a - 1"),
    ("a + 1", "-a - 1", "a + 1"),
    ("a b - a", "-2b^2 + 2", "b - 1"),
    ("12a + 18b", "30c + 6", "6"),
]


def common_divisors_are_found() -> None:
    for one, other, expected in DIVISORS:
        field = open_field("abc")
        a, b, greatest = (field.normal(formula(part)).num for part in (one, other, expected))
        factor, left, right = cofactors(a, b)
        assert factor in (greatest, -greatest), (one, other, factor)
        assert (factor * left, factor * right) == (a, b), (one, other)
        assert right.LC > 0, (one, other)
        assert cancelled(a, b) == (left, right), (one, other)
        assert cancelled(a, a.ring.one) == (a, 1), one
        alone = common_divisor(left, right)
        assert alone is not None, (one, other)
        assert alone.is_ground, (one, other)
        assert coprime(left, right) or len(left) == 1 or len(right) == 1, (one, other)
        if len(greatest) > 1:
            assert not coprime(a, b), (one, other)
            assert common_divisor(a, b) in (greatest, -greatest), (one, other)
            assert common_divisor(a, a.ring.zero) == common_divisor(a.ring.zero, a) == a, one
        if len(a) == len(b) == 1:
            (m, p), (n, q), multiple = common_multiple(a, b)
            assert a.mul_term((m, p)) == b.mul_term((n, q)) == multiple, (one, other)
            assert greatest * multiple in (a * b, -a * b), (one, other)
    field = open_field("abc")
    for written, expected_small in (("7", True), ("a + b", True), ("(a+b+c+1)^5", False)):
        assert small(field.normal(formula(written)).num) is expected_small, written


def numbers_are_products_of_primes() -> None:
    for number in (*range(1, 130), 997**2, 997 * 1009, 1009**2, 1009 * 1013 * 4, 10**12 - 11):
        found = prime_powers(number)
        product = 1
        for prime, times in found:
            product *= prime**times
        assert product == number, found
        assert [p for p, _ in found] == sorted({p for p, _ in found}), found
        if number < 130:
            for prime, times in found:
                assert times > 0, found
                assert all(prime % d for d in range(2, prime)), found
            known = [d for d in range(1, number + 1) if number % d == 0]
            assert divisors(number) == known, number
    assert prime_powers(1009**2) == [(1009, 2)]
    assert prime_powers(997 * 1009) == [(997, 1), (1009, 1)]
    assert prime_powers(10**12 + 2) == [(10**12 + 2, 1)]


#: Sums over an index: their value is kept where they run upwards, and where they are empty.
SUMS = [
    "sum(i=1..N, i^4)",
    "sum(i=0..N, i^2 - i)",
    "sum(i=3..N, i)",
    "sum(i=M..N, i)",
    "sum(i=M..M+N, i^2/M)",
    "sum(i=1..M, sum(j=1..i, i j))",
    "sum(i=1..M, sum(j=i..N, j))",
    "sum(i=1..N, 2^i)",
    "sum(i=0..N, 3^i)",
    "sum(i=2..N+1, 2 2^i + i)",
    "sum(i=1..N, M^i)",
    "sum(i=1..N, 2^(2i))",
    "sum(i=1..N, 1/i)",
    "sum(i=3..N, 1/i)",
    "sum(i=1..N-2, M/(i M + 1))",
    "sum(i=2..N, 1/(i - 1))",
    "sum(i=1..N, (i M)^2 + sqrt(i) M)",
    "sum(i=0..N, floor(i/2))",
    "sum(i=0..N-1, sqrt(i + M))",
    "sum(i=1..N, max(i, M))",
    "sum(i=M..N, 1/i) + sum(i=1..N, 1/i)",
]


def sums_over_an_index_keep_their_value() -> None:
    for written in SUMS:
        tree = formula(written)
        rebuilt = function_tree(open_field().normal(tree))
        for point in ({"M": 1, "N": 1}, {"M": 2, "N": 5}, {"M": 5, "N": 2}, {"M": 3, "N": 2}):
            assert same(value(tree, point), value(rebuilt, point)), (written, point)
    field = open_field("n")
    n = field.symbol("n")
    for degree in range(9):
        found = function_tree(power_sum(field, degree, n))
        for number in range(6):
            expected = sum(i**degree for i in range(1, number + 1))
            assert value(found, {"n": number}) == expected, (degree, number)
    assert error_of(power_sum, field, 41, n) is TooLarge
    assert error_of(power_sum, field, 40, n) is None


#: A claim, conditions, the first values at which it fails, whether all were tried, and how many
#: assignments were tried, were admissible, and could be told: 41 for a size, and 200 larger ones.
SEARCHED: list[tuple[str, str, Mapping[str, int | Fraction] | None, bool, tuple[int, int, int]]] = [
    ("M = N", "", {"M": 1, "N": 2}, False, (2, 2, 2)),
    ("M N <= M + N + 3", "", {"M": 3, "N": 4}, False, (18, 18, 18)),
    ("M <= 40", "", {"M": 41}, False, (41, 41, 41)),
    ("M <= 41", "", {"M": 1025}, False, (42, 42, 42)),
    ("M <= 3000", "", None, False, (241, 241, 241)),
    ("M >= N", "M >= N", None, False, (1061, 548, 548)),
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
    ("M > N", "N > M, M > N", None, False, (1061, 0, 0)),
    # Real numbers: the simplest first.
    ("alpha < 1", "0 < alpha <= 1", {"alpha": 1}, False, (1, 1, 1)),
    ("alpha > 1/2", "0 < alpha <= 1", {"alpha": Fraction(1, 2)}, False, (2, 2, 2)),
    ("alpha > 0", "0 < alpha <= 1", None, False, (241, 241, 241)),
    ("alpha < 4", "alpha > 0", {"alpha": 4}, False, (4, 4, 4)),
    ("x < 3/2", "1/2 < x, x < 2", {"x": Fraction(3, 2)}, False, (2, 2, 2)),
    ("x < 1/100", "0 < x, x < 1/50", {"x": Fraction(1, 100)}, False, (1, 1, 1)),
    ("p > 0", "p >= 0", {"p": 0}, False, (1, 1, 1)),
    ("alpha^2 = alpha", "0 <= alpha <= 1", None, False, (241, 241, 241)),
    # Where a side has no value, or one that is not told.
    ("M/(M-1) > 1", "", None, False, (241, 241, 240)),
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
    ("x", "x > 0, x >= 1/2, x < 5/2", [("1",), ("2",), ("1/2",), ("3/2",), ("2/3",)]),
]


def values_are_tried_in_order() -> None:
    for written, where, values, complete, counts in SEARCHED:
        claim = relation(written)
        names = tuple(dict.fromkeys((*symbol_names(claim.left), *symbol_names(claim.right))))
        fails = failing(claim.relation, claim.left, claim.right)
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
    fails = failing("<=", Symbol("M"), formula("3000"))
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
    conditions_are_put_to_use,
    what_is_known_of_atoms_is_told,
    goals_are_combinations_of_what_is_known,
    common_divisors_are_found,
    numbers_are_products_of_primes,
    sums_over_an_index_keep_their_value,
    values_are_tried_in_order,
    searches_say_what_they_tried,
]


def check() -> None:
    """Every law of the parts; the first one that does not hold raises."""
    for law in LAWS:
        law()
