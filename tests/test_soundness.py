"""A few thousand generated claims: no false proof, no false refutation, and most are decided.

``python -m tests.soundness --claims 50000`` is the long version.
"""

from __future__ import annotations

import random
from collections import Counter
from functools import cache

import pytest

from closedform.algebra.assumptions import assume
from closedform.algebra.decide import decide
from closedform.algebra.tree import Number, Sum, Symbol, Tree, walk
from closedform.solving.solution import Solution
from tests.soundness import documents, misreading, solving, stepwise
from tests.soundness.judging import Claim, claims, judged
from tests.soundness.misreading import judged as read_verdict
from tests.soundness.rewriting import RULES, Rule, rewritten
from tests.soundness.without_search import without_search

M, N = Symbol("M"), Symbol("N")
#: Claims of each seed; the seeds are tests of their own so that they run side by side.
COUNT = 160


@pytest.mark.parametrize("seed", range(8))
def test_verdicts_on_generated_claims_are_right(seed: int) -> None:
    """``judged`` raises for a false proof, a false refutation or a witness that is none."""
    rng = random.Random(seed)
    verdicts = Counter(judged(claim, rng)[0] for claim in claims(seed, COUNT))
    assert verdicts["proven"] + verdicts["refuted"] >= 0.97 * COUNT, verdicts


@pytest.mark.parametrize("seed", range(8, 10))
def test_no_false_claim_is_proven_where_nothing_refutes_it(seed: int) -> None:
    rng = random.Random(seed)
    with without_search():
        verdicts = Counter(judged(claim, rng)[0] for claim in claims(seed, COUNT))
    assert verdicts["proven"] >= 0.4 * COUNT, verdicts


@pytest.mark.parametrize("seed", range(4))
def test_no_misreading_is_proven_and_no_right_text_refuted(seed: int) -> None:
    """``read_verdict`` raises for a false proof or a false refutation."""
    found = [
        (one.true and not one.rough, read_verdict(one)) for one in misreading.readings(seed, COUNT)
    ]
    right = [verdict for true, verdict in found if true]
    assert right.count("proven") >= 0.95 * len(right)


def test_sequences_that_are_defined_step_by_step_are_decided() -> None:
    """``judged`` raises for a false proof or a false refutation."""
    verdicts = {stepwise.judged(said) for said in stepwise.sequences(0, COUNT)}
    assert verdicts == {"proven", "refuted"}


@pytest.mark.parametrize("seed", range(2))
def test_no_document_is_misread(seed: int) -> None:
    """``judged`` raises for a false proof or a false refutation."""
    found = [(page.true, documents.judged(page)) for page in documents.pages(seed, 500)]
    right = [verdict for true, verdict in found if true]
    assert right.count("proven") >= 0.97 * len(right)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_solved_is_what_counting_finds(seed: int) -> None:
    """``judged`` raises where an answer and counting differ at an integer."""
    found = Counter(solving.judged(asked) for asked in solving.questions(seed, 30))
    assert found["solved"] + found["none"] >= 20, found


def test_a_wrong_solution_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = solving.Asked(("N", "<=", "5"), (("N", ">=", "3"),))
    assert solving.judged(asked) == "solved"
    wrong = Solution(asked.text, "N", "solved", ((1, 4),))
    monkeypatch.setattr(solving, "solve", lambda *_, **__: wrong)
    with pytest.raises(AssertionError, match="disagrees with counting"):
        solving.judged(asked)


@pytest.mark.parametrize(
    ("reading", "message"),
    [
        (misreading.Reading("k^2 M N", "params(conv)", None), "false proof"),
        (misreading.Reading("k^2 M", "params(conv)", True), "false refutation"),
    ],
)
def test_a_misreading_would_be_seen(reading: misreading.Reading, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        read_verdict(reading)


def test_claims_are_the_same_in_every_run() -> None:
    assert list(claims(3, 20)) == list(claims(3, 20)) != list(claims(4, 20))


def test_true_and_false_claims_are_made() -> None:
    truths = Counter(claim.true for claim in claims(0, 200))
    assert min(truths.values()) > 50


@cache
def parts_of_claims() -> tuple[Tree, ...]:
    return tuple(part for claim in claims(0, 300) for part in walk(claim.left))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_rule_is_used(rule: Rule) -> None:
    rng = random.Random(1)
    assert any(rule(rng, part) is not None for part in parts_of_claims())


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        (Claim("=", M, M, (), true=False), "false proof"),
        (Claim("=", M, N, (), true=True), "false refutation"),
        (Claim("<", M, M + 1, (), true=False), "false proof"),
        (Claim("<", M, N, (), true=True), "false refutation"),
    ],
)
def test_a_wrong_verdict_would_be_seen(claim: Claim, message: str) -> None:
    """The truth is written down wrong here, which is what a wrong verdict looks like."""
    with pytest.raises(AssertionError, match=message):
        judged(claim, random.Random(0))


def test_rewriting_keeps_the_value_and_changes_the_form() -> None:
    rng = random.Random(5)
    tree = Sum((M * N, Number(2)))
    changed = [rewritten(rng, tree, 3) for _ in range(20)]
    assert all(decide("=", tree, other, assume(())).verdict == "proven" for other in changed)
    assert any(other != tree for other in changed)
