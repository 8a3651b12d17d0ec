"""The optional solver z3: what it proves is true, and a verdict says that it rests on it."""

from __future__ import annotations

import pytest

import closedform as cf
from closedform.algebra.conditions import assume
from closedform.algebra.proofs import prover
from closedform.algebra.proofs.bounds import sign_of
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
