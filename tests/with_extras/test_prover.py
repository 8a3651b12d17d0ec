"""The optional solver z3: what it proves is true, and a verdict says that it rests on it."""

from __future__ import annotations

import pytest

import closedform as cf
from closedform.algebra.assumptions import Condition, assume
from closedform.algebra.normal_form.atoms import open_field
from closedform.algebra.normal_form.polynomials import Polynomial
from closedform.algebra.proofs import prover
from closedform.algebra.proofs.bounds import sign_of
from closedform.algebra.proofs.goal import Goal
from tests.laws_tables import INEQUALITIES
from tests.read_formula import conditions, relation

#: Inequalities that the rules leave open, and the nearest ones that are false.
CAUCHY = "(a^2+b^2+c^2)(d^2+h^2+m^2) {} (a d+b h+c m)^2"
OPEN = [
    (CAUCHY.format(">="), "proven"),
    (CAUCHY.format(">"), "refuted"),
    ("a b + b c + c d <= (a+b+c+d)^2/4", "proven"),
    ("a b + b c + c d <= (a+b+c+d)^2/5", "refuted"),
]


@pytest.mark.parametrize(("claim", "verdict"), OPEN)
def test_what_the_rules_leave_open(claim: str, verdict: str) -> None:
    found = cf.verify(claim)
    assert found.verdict == verdict
    assert verdict == "refuted" or found.method == "the SMT solver z3"


#: A goal for arguments ≥ 0, what is known to be so, which arguments are > 0, and the answer.
GOALS = [
    ("(a - b)^2 >= 0", "", "", True),
    ("(a - b)^2 > 0", "", "", False),
    ("(a - b)^2 + 1 > 0", "", "", True),
    ("a >= 0", "", "", True),
    ("a > 0", "", "", False),
    ("a > 0", "", "a", True),
    ("a >= 1", "", "a", False),
    ("a^2 + 1 >= 2a", "", "", True),
    ("2a^2 + 1 >= 3a", "", "", False),
    ("a c >= b d", "a >= b, c >= d", "", True),
    ("a c > b d", "a >= b, c >= d", "", False),
    ("a c > b d", "a > b, c > d", "", True),
    ("a^2 >= b", "a >= b", "", False),
    ("a^2 >= b", "a >= b, b >= 1", "", True),
    ("a^3 + b^3 + c^3 > 3a b c", "", "", False),
    # Past the bounds on terms and degree nothing is asked.
    ("a^8 + 1 >= 0", "", "", True),
    ("a^9 + 1 >= 0", "", "", False),
    ("(a + b + c + d + 1)^3 >= 0", "", "", True),
    ("(a + b + c + d + 1)^4 >= 0", "", "", False),
]


@pytest.mark.parametrize(("goal", "known", "above", "expected"), GOALS)
def test_goals(goal: str, known: str, above: str, expected: bool) -> None:
    field = open_field("abcd")

    def read(claim: Condition) -> tuple[Polynomial, bool]:
        return field.normal(claim.left - claim.right).num, claim.relation == ">"

    poly, strict = read(relation(goal))
    places = frozenset("abcd".index(name) for name in above)
    asked = Goal(poly, strict, tuple(map(read, conditions(known))), places, frozenset())
    assert prover.proves(asked) is expected


def test_without_it_the_same_claims_are_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prover, "available", lambda: False)
    assert [cf.verify(claim).verdict for claim, v in OPEN if v == "proven"] == ["undecided"] * 2


def test_nothing_false_is_proven() -> None:
    """Asked by itself, without the search for a counterexample that comes before it."""
    for text, where, verdict in INEQUALITIES:
        claim = relation(text)
        large = claim.left - claim.right
        if claim.relation in ("<", "<="):
            large = -large
        assumptions = assume(conditions(where))
        value = assumptions.field(large).normal(assumptions.apply(large))
        strict = claim.relation in ("<", ">")
        if sign_of(value, assumptions, strict=strict, solver=prover.proves):
            assert verdict != "refuted", text
