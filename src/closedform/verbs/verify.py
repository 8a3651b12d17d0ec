"""Verify a claim: prove it, refute it with a counterexample, or say why it is undecided."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from closedform.algebra.conditions import Assumptions, assume
from closedform.algebra.decide import Decision, decide
from closedform.algebra.exact import Irrational, enclosure, value
from closedform.algebra.tree import Number, Tree, symbol_names
from closedform.algebra.vanish import Equations
from closedform.errors import UndefinedValue
from closedform.language.claims import Claim, Member, read_claim
from closedform.typeset.arrange import arrange
from closedform.typeset.notation import SOURCE
from closedform.typeset.text import text as as_text
from closedform.verbs.diagnose import diagnose
from closedform.verbs.verdict import Verdict, Witness

#: A difference longer than this (in characters) is left out: the counterexample says enough.
READABLE = 400


def verify(
    text: str,
    *,
    target: str | None = None,
    where: str | None = None,
    names: Mapping[str, str] | None = None,
) -> Verdict:
    """The verdict on a claim, or on a quoted text that is held against ``target``.

    Args:
        text: a claim such as ``macs(depthwise_conv)/macs(conv) = 1/N``, typed or in LaTeX; with
            ``target``, a formula as somebody printed it.
        target: what the text claims to be, such as ``params(conv(bias))``.
        where: conditions, such as ``N = M, g | M``.
        names: words of the text and the symbols they stand for.

    Raises:
        ClosedformError: a text that cannot be read, or a formula without a value.

    >>> verify("params(depthwise_conv) = k*k*M*M").holds_when
    ('M = 1',)
    """
    return verdict_on(read_claim(text, target=target, where=where, names=names))


def verdict_on(claim: Claim) -> Verdict:
    """The verdict on a claim that has been read: the first step that is not proven decides."""
    assumptions = assume(claim.conditions, claim.divisions)
    steps = _steps(claim)
    undecided: Verdict | None = None
    methods: dict[str, None] = {}
    reasons: dict[str, None] = {}
    for number, (relation, left, right) in enumerate(steps, start=1):
        place = number if len(steps) > 1 else None
        verdict = _step(claim, relation, left, right, assumptions, place)
        if verdict.verdict == "refuted":
            return verdict
        if verdict.verdict == "undecided":
            undecided = verdict if undecided is None else undecided
        if verdict.method:
            methods[verdict.method] = None
        if verdict.reason:
            reasons[verdict.reason] = None
    if undecided is not None:
        return undecided
    return Verdict(
        claim.text,
        "proven",
        method="; ".join(methods),
        read_as=claim.read_as,
        reason="; ".join(reasons) or None,
    )


def _steps(claim: Claim) -> list[tuple[str, Member, Member]]:
    """The pairs to be checked: the target against the first member, then neighbours."""
    pairs = list(zip(claim.relations, claim.members, claim.members[1:], strict=False))
    if claim.target is None:
        return pairs
    # A whole chain of labels leaves one member; the target stands on the left.
    return [("=", claim.target, claim.members[0]), *pairs]


def _step(
    claim: Claim,
    relation: str,
    left: Member,
    right: Member,
    assumptions: Assumptions,
    number: int | None,
) -> Verdict:
    suffixed = left.suffixed or right.suffixed
    if relation == "≈" or (relation == "=" and suffixed):
        return _approximate(claim, relation, left, right, assumptions, number)
    decision = decide(relation, left.tree, right.tree, assumptions)
    if decision.verdict == "proven":
        return Verdict(
            claim.text,
            "proven",
            method=decision.method,
            reason=_where_defined(decision),
            step=number,
        )
    if decision.verdict == "undecided":
        tried = "tried: " + "; ".join(decision.tried)
        return Verdict(claim.text, "undecided", reason=tried, step=number, read_as=claim.read_as)
    diagnosis = diagnose(claim, relation, left, right, assumptions)
    return _refuted(claim, left, right, decision, assumptions, number, diagnosis)


def _refuted(
    claim: Claim,
    left: Member,
    right: Member,
    decision: Decision,
    assumptions: Assumptions,
    number: int | None,
    diagnosis: tuple[str, ...],
) -> Verdict:
    return Verdict(
        claim.text,
        "refuted",
        difference=None if decision.difference is None else shown(decision.difference),
        holds_when=tuple(filter(None, map(_condition, decision.holds_when))),
        witness=_witness(left.tree, right.tree, decision.values or {}, assumptions),
        diagnosis=diagnosis,
        step=number,
        read_as=claim.read_as,
        target=claim.target.written if claim.target is not None else None,
    )


def shown(tree: Tree) -> str | None:
    """A formula as text, in paper order; ``None`` where nobody would read it."""
    written = as_text(arrange(tree, SOURCE))
    return written if len(written) <= READABLE else None


def _condition(way: Equations) -> str | None:
    sides = [(shown(left), shown(right)) for left, right in way]
    if any(side is None for pair in sides for side in pair):
        return None
    return " and ".join(f"{left} = {right}" for left, right in sides)


def _where_defined(decision: Decision) -> str | None:
    if not decision.nonzero:
        return None
    listed = ", ".join(f"{shown(tree) or 'a long denominator'} ≠ 0" for tree in decision.nonzero)
    return f"wherever both sides have a value: {listed}"


def _witness(
    left: Tree, right: Tree, values: Mapping[str, int | Fraction], assumptions: Assumptions
) -> Witness:
    plain = {n: int(x) if Fraction(x).denominator == 1 else str(x) for n, x in values.items()}
    return Witness(values=plain, left=_value_text(left, values), right=_value_text(right, values))


def _value_text(tree: Tree, values: Mapping[str, int | Fraction]) -> str:
    try:
        return as_text(Number(value(tree, values)))
    except Irrational:
        interval = enclosure(tree, values)
        return f"{float(interval.mid):.6g}…"


# -- rounded numbers
# -----------------------------------------------------------------------------------


def _approximate(
    claim: Claim,
    relation: str,
    left: Member,
    right: Member,
    assumptions: Assumptions,
    number: int | None,
) -> Verdict:
    """≈, or = with a rounded quantity: a number agrees to the digits that are written."""
    written = right if right.unit is not None else left
    other = left if written is right else right
    if written.unit is None:
        return _approximate_formulas(claim, left, right, assumptions, number)
    decision = decide("=", left.tree, right.tree, assumptions)
    if decision.verdict == "proven":
        return Verdict(claim.text, "proven", method=decision.method, step=number)
    tree = assumptions.apply(other.tree)
    if symbol_names(tree):
        return Verdict(
            claim.text,
            "undecided",
            step=number,
            read_as=claim.read_as,
            reason=f"≈ compares numbers, and {', '.join(symbol_names(tree))} "
            "have no values: give them after where",
        )
    number_written = Fraction(value(written.tree, {}))
    if agrees(tree, number_written, written.unit):
        return Verdict(
            claim.text,
            "proven",
            method=f"agrees to the digits written ({written.written})",
            step=number,
        )
    return Verdict(
        claim.text,
        "refuted",
        witness=_witness(left.tree, right.tree, dict(_fixed(assumptions)), assumptions),
        step=number,
        read_as=claim.read_as,
        diagnosis=diagnose(claim, "≈", left, right, assumptions),
    )


def agrees(tree: Tree, number: Fraction, unit: Fraction) -> bool:
    """Whether the value of ``tree`` rounds to ``number`` when the last digit counts ``unit``."""
    try:
        return abs(Fraction(value(tree, {})) - number) <= unit / 2
    except Irrational:
        interval = enclosure(tree, {})
        half = float(unit / 2)
        return bool(interval.a >= float(number) - half and interval.b <= float(number) + half)


def _approximate_formulas(
    claim: Claim, left: Member, right: Member, assumptions: Assumptions, number: int | None
) -> Verdict:
    decision = decide("=", left.tree, right.tree, assumptions)
    if decision.verdict == "proven":
        return Verdict(claim.text, "proven", method=decision.method, step=number)
    return Verdict(
        claim.text,
        "undecided",
        step=number,
        read_as=claim.read_as,
        reason="≈ between formulas that are not equal says nothing that can be decided; "
        "put numbers in, or write which limit is meant",
    )


def _fixed(assumptions: Assumptions) -> dict[str, int | Fraction]:
    """The symbols to which the conditions give a number."""
    found: dict[str, int | Fraction] = {}
    for name, tree in assumptions.equations.items():
        if not symbol_names(tree):
            try:
                found[name] = value(tree, {})
            except (Irrational, UndefinedValue):
                continue
    return found
