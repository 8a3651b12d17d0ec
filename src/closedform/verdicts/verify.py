"""Verify a claim: prove it, refute it with a counterexample, or say why it is undecided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar, overload

from closedform.algebra.assumptions import Assumptions, assume
from closedform.algebra.condition import NEGATED, Condition
from closedform.algebra.decide import at_sight, decide
from closedform.algebra.decision import Decision
from closedform.algebra.tree import Tree
from closedform.algebra.work import work_at_most
from closedform.given import Formula, Where, claim_of, equations_of, formula_of, names_of
from closedform.language.claims import Claim
from closedform.language.surroundings.cases import cases_of
from closedform.later import Later
from closedform.reading import read_claim
from closedform.records import replace
from closedform.typeset.displayed import Several
from closedform.typeset.prose import NEED_SIGNS, Prose, listed, say
from closedform.verdicts.order import bounding_constant, by_rates, growth, remainder
from closedform.verdicts.rounded import approximate
from closedform.verdicts.step import ClaimStep, said
from closedform.verdicts.verdict import Verdict

if TYPE_CHECKING:
    from closedform.solving import solve_numbers
else:  # few orders are undecided
    solve_numbers = Later("closedform.solving.solve_numbers")

#: A claim of several, each as text or as an expression.
Written = TypeVar("Written", bound=Formula)
#: The work for the proofs and searches of all steps of one claim: about 0.4 s.
CLAIM = 400_000


@overload
def verify(
    text: Formula,
    *,
    target: Formula | None = None,
    where: Where | None = None,
    names: Mapping[str, str] | None = None,
    tex: bool = False,
) -> Verdict: ...


@overload
def verify(
    text: list[Written] | tuple[Written, ...],
    *,
    target: Formula | None = None,
    where: Where | None = None,
    names: Mapping[str, str] | None = None,
    tex: bool = False,
) -> tuple[Verdict, ...]: ...


def verify(
    text: Formula | list[Written] | tuple[Written, ...],
    *,
    target: Formula | None = None,
    where: Where | None = None,
    names: Mapping[str, str] | None = None,
    tex: bool = False,
) -> Verdict | tuple[Verdict, ...]:
    """The verdict on a claim, or on a quoted text that is held against ``target``.

    Args:
        text: a claim such as ``macs(depthwise_conv)/macs(conv) = 1/N``, typed or in LaTeX; with
            ``target``, a formula as somebody printed it, or an expression. Of several of them,
            in a list, there is a verdict each.
        target: what the text claims to be, such as ``params(conv(bias))`` or an expression, or to
            round (``≈ …``).
        where: conditions, such as ``N = M, g | M``, or values, such as ``{"k": 3}``.
        names: words of the text and the symbols they stand for.
        tex: the text stood between the delimiters of TeX, whose rules hold without a backslash.

    Raises:
        ClosedformError: a text that cannot be read, or a formula without a value.

    >>> verify("params(depthwise_conv) = k*k*M*M").holds_when
    ('M = 1',)
    """
    if isinstance(text, (list, tuple)):
        each = (verify(claim, target=target, where=where, names=names, tex=tex) for claim in text)
        return Several(each)
    text, target = claim_of(text), None if target is None else formula_of(target)
    where, names = equations_of(where), names_of(names)
    cases = cases_of(text)
    if not cases:
        return verdict_on(read_claim(text, target=target, where=where, names=names, tex=tex))
    verdicts: list[Verdict] = []
    for case in cases:
        under = ", ".join(filter(None, (where, case.condition)))
        claim = read_claim(case.text, target=target, where=under, names=names, tex=tex)
        verdict = verdict_on(claim, work=CLAIM // len(cases))
        told = f"{verdict.read_as or case.text}, where {case.condition}"
        verdicts.append(replace(verdict, claim=text, _told=told))
    verdict = _first_that_decides(verdicts)
    told = "; ".join(verdict.read_as or "" for verdict in verdicts)
    return replace(verdict, _told=told) if verdict.verdict == "proven" else verdict


def verdict_on(claim: Claim, *, work: int = CLAIM) -> Verdict:
    """The verdict on a claim that has been read, with so much work."""
    with work_at_most(work):
        return _first_that_decides(map(_verdict, _steps(claim)))


def _first_that_decides(verdicts: Iterable[Verdict]) -> Verdict:
    """The first that is refuted, else the first undecided one, else one that tells of all."""
    seen: list[Verdict] = []
    for verdict in verdicts:
        if verdict.verdict == "refuted":
            return verdict
        seen.append(verdict)
    undecided = [verdict for verdict in seen if verdict.verdict == "undecided"]
    if undecided or len(seen) == 1:
        return (undecided or seen)[0]
    methods = dict.fromkeys(verdict.method for verdict in seen if verdict.method)
    reasons = dict.fromkeys(verdict._because for verdict in seen if verdict._because)
    because = listed(reasons, "; ")
    return replace(seen[0], method="; ".join(methods), _because=because, step=None)


@lru_cache(maxsize=256)
def _assumed(
    conditions: tuple[Condition, ...], divisions: tuple[tuple[Tree, Tree], ...]
) -> Assumptions:
    """What is assumed, sorted once for many claims of a document."""
    return assume(conditions, divisions)


def _steps(claim: Claim) -> Iterator[ClaimStep]:
    """The pairs to be checked: the target against the first member, then neighbours."""
    given = _assumed(claim.given, claim.divisions)
    pairs = [*zip(claim.relations, claim.members, claim.members[1:], strict=False)]
    if claim.target is not None:
        first = claim.members[0]
        if first.inputs and not first.suffixed:  # 6.74B × 2 is no closer than 6.74B
            first = replace(first, unit=first.inputs, suffixed=True)
        pairs.insert(0, (claim.opening, claim.target, first))
    for number, (relation, left, right) in enumerate(pairs, start=1):
        place = number if len(pairs) > 1 else None
        yield ClaimStep(claim, relation, left, right, given, place)


def _verdict(step: ClaimStep) -> Verdict:
    rounded = step.left.suffixed or step.right.suffixed
    grows = step.claim.growth and step.relation in ("=", "≈")
    if step.relation == "≈" and grows:
        step = replace(step, relation="=")
    if step.relation == "≈" or (step.relation == "=" and rounded):
        return approximate(step)
    for side, other in ((step.left, step.right), (step.right, step.left)):
        if (
            side.rest is not None
            and other.order
            and bounding_constant(step, side.rest, other.tree) is None
        ):
            return step.undecided("what may be left is not known to be at most what O( ) says")
    if grows and (verdict := by_rates(step)) is not None:
        return verdict
    relation, left, right = step.relation, step.left.tree, step.right.tree
    decision = at_sight(relation, left, right, step.given)
    decision = decision or decide(relation, left, right, step.assumptions)
    if decision.verdict == "undecided" and relation in NEGATED:
        decision = solve_numbers.decided(relation, left, right, step.assumptions) or decision
    if decision.verdict == "proven":
        return step.proven(decision.method, _where_defined(decision))
    if decision.verdict == "undecided":
        return step.undecided("tried: " + "; ".join(decision.tried))
    if grows:
        return growth(step)
    if step.relation == "=" and (step.left.rest or step.right.rest):
        return remainder(step)
    return step.refuted(decision, decision.values or {})


def _where_defined(decision: Decision) -> Prose:
    """Where a proof speaks: denominators must not vanish, radicands not be negative, …."""
    needed = [
        (said(tree, "a long expression"), NEED_SIGNS.get(kind, f" {kind}"))
        for tree, kind in decision.needs
    ]
    return say("wherever both sides have a value: {}", listed(needed)) if needed else ()
