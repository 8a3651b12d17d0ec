"""The laws of the parts of a decision: what conditions say, what is known, what is combined.

What is proven or refuted in the end is held by the tables of claims; a part that says less, or
more, than it should is noticed here.
"""

from __future__ import annotations

from collections.abc import Callable

from closedform.algebra.assumptions import assume
from closedform.algebra.decide import decide
from closedform.algebra.normal_form.atoms import open_field
from closedform.algebra.normal_form.build import polynomial_tree
from closedform.algebra.normal_form.polynomials import Polynomial
from closedform.algebra.proofs.combination import is_combination
from closedform.algebra.proofs.facts import facts
from closedform.algebra.proofs.goal import Goal
from closedform.algebra.proofs.multiples import with_multiples
from closedform.algebra.work import Work
from closedform.errors import ClosedformError
from closedform.typeset.text import text
from tests.laws_values import error_of
from tests.read_formula import conditions, formula, relation

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
    # What counts channels stays an integer, where it may be one past 1.
    ("M >= 5/2", "M [3, ]"),
    ("M > 5/2, M < 9/2", "M [3, 4]"),
    ("M >= 5/4, M <= 7/4", "M [5/4, 7/4] real"),
    ("M <= 3/2", "M [, 3/2] real"),
    ("x >= 5/2", "x [5/2, ] real"),
    ("x > 5/2", "x (5/2, ] real"),
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


#: Conditions that no sizes meet, and the nearest ones that some do.
IMPOSSIBLE: list[tuple[str, str]] = [
    ("M <= 0", "M <= 1"),
    ("M < 1", "M < 2"),
    ("M >= 2, M <= 1", "M >= 2, M <= 2"),
    ("M > 2, M < 3", "M > 2, M < 4"),
    ("x >= 1/2, x < 1/2", "x >= 1/2, x <= 1/2"),
    ("M >= -1", "M >= 0"),
    ("M = -1", "M = 0"),
    ("M = -1/2", "M = 1/2"),
    ("x <= 0, x < 1/2", "x <= 1/4, x < 1/2"),
    ("M = 0, M >= 1", "M = 0, M >= 0"),
    ("M = 5, M <= 4", "M = 5, M <= 5"),
    ("M = 3/2, M >= 2", "M = 3/2, M >= 1"),
    ("x = 2, 0 < x <= 1", "x = 1, 0 < x <= 1"),
    ("x = 1, 0 < x < 1", "x = 1/2, 0 < x < 1"),
    ("x = 0, 0 < x < 1", "x = 0, 0 <= x <= 1"),
    ("p = 0, p > 0", "p = 0, p >= 0"),
    ("M + N = 1", "M + N = 2"),
    ("N = 2M, N <= 1", "N = 2M, N <= 2"),
    ("M N = 0", "M N = M"),
    ("M N = M N + 1", "M N = N M"),
    ("M^2 = -1", "M^2 = 1"),
    ("M = N, N = M + 1", "M = N, N = M"),
]


def conditions_are_put_to_use() -> None:
    for wrong, right in IMPOSSIBLE:
        assert error_of(assume, conditions(wrong)) is ClosedformError, wrong
        assert error_of(assume, conditions(right)) is None, right
    for where, equations, divisions, hypotheses in SOLVED:
        assumptions = assume(conditions(where))
        listed = ", ".join(f"{name} = {text(tree)}" for name, tree in assumptions.equations.items())
        assert listed == equations, (where, listed)
        listed = ", ".join(f"{text(a)} | {text(b)}" for a, b in assumptions.divisions)
        assert listed == divisions, (where, listed)
        listed = ", ".join(
            f"{text(h)} {'>' if strict else '≥'} 0" for h, strict in assumptions.hypotheses
        )
        assert listed == hypotheses, (where, listed)
    for where, bounds in BOUNDED:
        assumptions = assume(conditions(where))
        ((name, domain),) = assumptions.domains.items()
        ends = ("" if end is None else str(end) for end in (domain.low, domain.high))
        low = f"{'(' if domain.open_low else '['}{next(ends)}"
        high = f"{next(ends)}{')' if domain.open_high else ']'}"
        kind = " real" * domain.real + " or not" * domain.either
        assert f"{name} {low}, {high}{kind}" == bounds, (where, low, high, kind)


#: Divisors, the symbols as multiples of them, and what is at least 0 then; q is a quotient.
MULTIPLES: list[tuple[str, str, str]] = [
    ("g | M", "M = g·q", "g·q − g"),
    ("g | M, M >= 5", "M = g·q", "g·q − g, g·q − 5"),
    ("g | M, M <= 9", "M = g·q", "g·q − g, 9 − g·q"),
    ("2 | M, 3 | M", "M = 6·q", "6·q − 2, 6·q − 3"),
    ("4 | M, 6 | M", "M = 12·q", "12·q − 4, 12·q − 6"),
    ("g | M, g | N", "M = g·q, N = g·q", "g·q − g, g·q − g"),
    ("g h | M", "M = gh·q", "gh·q − gh"),
    ("g/2 | M", "M = g·q/2", "g·q/2 − g/2"),
    ("3 | M + 1, 2 | N", "M = 3·q − 1, N = 2·q", "2·q − 2, 3·q − 2"),
    ("2 | M - 1", "M = 2·p + 1", "2·p"),
    ("s | H - k, H >= k", "H = s·p + k", "(s·p + k) − k, s·p + k − 1"),
    # What may be of either sign is the difference of two quotients.
    ("g | M - N", "M = g·(p − p-) + N", "g·(p − p-) + N − 1"),
    ("g | 2M", "", ""),
    ("g | M N", "", ""),
    ("g | M^2", "", ""),
    ("g | M/2", "", ""),
    ("g | M + sqrt(N)", "", ""),
    ("g | floor(M/2)", "", ""),
    ("M | 12", "", ""),
]


def symbols_are_multiples_of_their_divisors() -> None:
    for where, values, hypotheses in MULTIPLES:
        assumptions = with_multiples(assume(conditions(where)), ())
        short = {
            quotient: "q" if domain.least >= 1 else "p"
            for quotient, domain in assumptions.assumptions.domains.items()
            if "/" in quotient
        }
        listed = [f"{name} = {text(tree)}" for name, tree in assumptions.values.items()]
        given = [text(tree) for tree, strict in assumptions.assumptions.hypotheses if not strict]
        for several, expected in ((listed, values), (given, hypotheses)):
            shown = ", ".join(several)
            for quotient in sorted(short, key=len):
                shown = shown.replace(quotient.rstrip("-"), short[quotient])
            assert shown == expected, (where, shown)
    (family,) = with_multiples(assume(conditions("2 | N")), (formula("N"),)).values
    assert family == "N"
    series = formula("sum(i=1..L, N_i)")
    assert not with_multiples(assume(conditions("2 | N_i")), (series,)).values


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
        [
            "−Mn + n + M^n − 1 ≥ 0",
            "−M²n² + M²n + 2Mn² − 4Mn − n² + 3n + 2·M^n − 2 ≥ 0",
            "−M + M^n ≥ 0",
        ],
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
            "1000000·log(M + 1) − 693147 ≥ 0",
            "125000M − 250000·log(M + 1) + 48287 ≥ 0",
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
            for poly, strict in facts(field, field.ring.zero)
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


#: Equations that are proven, conditions, and what must hold for both sides to have values.
NEEDS: list[tuple[str, str, str]] = [
    ("M/N = M/N", "", ""),
    ("(M^2-N^2)/(M-N) = M+N", "", "M − N ≠ 0"),
    ("M/(M-1) = M/(M-1)", "", "M − 1 ≠ 0"),
    ("M/(M-1) = M/(M-1)", "M >= 2", ""),
    ("(1-M)/(1-N) = (M-1)/(N-1)", "", "N − 1 ≠ 0"),
    ("M/((M-N)(M-k)) = M/((M-k)(M-N))", "", "M − k ≠ 0, M − N ≠ 0"),
    ("M/(N^2+1-2N) = M/(N-1)^2", "", "N − 1 ≠ 0"),
    ("p/p = 1", "p >= 0", "p ≠ 0"),
    ("sqrt(M-N) 2 = sqrt(4M-4N)", "", "M − N ≥ 0"),
    ("sqrt(M-N) 2 = sqrt(4M-4N)", "M >= N", ""),
    ("sqrt(1 - M) = sqrt(1 - M)", "", "−M + 1 ≥ 0"),
    ("1/sqrt(M-N) = sqrt(M-N)/(M-N)", "", "sqrt(M − N) ≠ 0, M − N ≠ 0, M − N ≥ 0"),
    ("log(M-N) 2 = log(M-N) + log(M-N)", "", "M − N > 0"),
    ("log(M-N) 2 = log(M-N) + log(M-N)", "M > N", ""),
    ("log(p) = log(p)", "p >= 0", "p > 0"),
    ("log(M, N) log(N) = log(M)", "", "log(N) ≠ 0"),
    ("log(M, N) log(N) = log(M)", "N >= 2", ""),
    ("p^(M-N) p^N = p^M", "p >= 0", "p^N ≠ 0"),
    ("sum(i=1..N, 1/i) + M = M + sum(i=1..N, 1/i)", "", ""),
    ("sum(i=0..N, 1/(i+p)) = sum(j=0..N, 1/(j+p))", "p >= 0", "p ≠ 0, p + i ≠ 0"),
    ("2 sum(i=1..N/2, i) = sum(i=1..N/2, 2i)", "", "N/2 is an integer"),
    ("2 sum(i=1..N/2, i) = sum(i=1..N/2, 2i)", "2 | N", ""),
    ("max(1/(M-1), 2) = max(2, 1/(M-1))", "", "M − 1 ≠ 0"),
    # Inside of a floor too.
    ("floor(M/(N-1)) 2 = floor(M/(N-1)) + floor(M/(N-1))", "", "N − 1 ≠ 0"),
    ("floor(M/(N-1)) 2 = floor(M/(N-1)) + floor(M/(N-1))", "N >= 2", ""),
    ("floor(M/N) = floor(2M/(2N))", "", ""),
]


def proofs_say_what_they_need() -> None:
    for written, where, expected in NEEDS:
        claim = relation(written)
        decision = decide(claim.relation, claim.left, claim.right, assume(conditions(where)))
        listed = ", ".join(f"{text(tree)} {kind}" for tree, kind in decision.needs)
        assert (decision.verdict, listed) == ("proven", expected), (written, where, listed)


LAWS: list[Callable[[], None]] = [
    conditions_are_put_to_use,
    symbols_are_multiples_of_their_divisors,
    what_is_known_of_atoms_is_told,
    goals_are_combinations_of_what_is_known,
    proofs_say_what_they_need,
]


def check() -> None:
    """Every law of the parts; the first one that does not hold raises."""
    for law in LAWS:
        law()
