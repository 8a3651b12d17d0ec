"""Why a wrong formula is wrong: the smallest mistakes that explain it, each proven."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from closedform.algebra.conditions import Assumptions
from closedform.algebra.nearness import about
from closedform.algebra.sequences import lettered
from closedform.algebra.tree import Number, Symbol, Tree
from closedform.algebra.work import work_at_most
from closedform.diagnosis.case import HEAVY, Case, Finding, read_case, value_of
from closedform.diagnosis.mistakes import MISTAKES, Mistake
from closedform.diagnosis.number_mistakes import decimal
from closedform.diagnosis.order_mistakes import order_mistakes
from closedform.errors import ClosedformError
from closedform.language.claims import Claim, Member
from closedform.typeset.prose import Code, Prose, in_text, listed, say

#: The work for all mistakes of one step together: about 0.15 s.
DIAGNOSIS = 150_000
#: How many mistakes are told, and by how much a later one may be larger than the first.
TOLD, LARGER = 3, 0.65
#: A sentence with more characters than this is not told: nobody would read it.
READABLE = 400
#: A finding up to this size is an explanation: the last resorts are left alone.
GOOD = 1.45
#: Kinds of slips of the pen, and which kinds say nothing new after a smaller one: (later, before).
SLIPS = ("term", "factor", "off by one", "number", "exponent", "symbol", "swap")
REPEATS = frozenset(
    [(slip, kind) for slip in SLIPS for kind in "bias bn convention inside part groups".split()]
    + [(kind, kind_before) for kind in ("layer", "groups") for kind_before in ("bias", "bn")]
    + [
        ("layer", "symbol"),
        ("layer", "swap"),
        ("convention", "bn"),
        ("arithmetic", "factor"),
        ("number", "off by one"),
    ]
    + [("value", kind) for kind in "bias bn convention measure part factor number layer".split()]
    + [
        ("bias", "bn"),
        ("bn", "bias"),
        ("bn", "inside"),
        ("convention", "inside"),
        ("inside", "bn"),
        ("measure", "convention"),
        ("measure", "bias"),
        ("measure", "bn"),
        ("measure", "part"),
    ]
    + [("term", "factor"), ("term", "exponent"), ("symbol", "size")]
)
ALONE = frozenset({"rounding", "digits", "complement", "reversed"})


@dataclass(frozen=True)
class Diagnosis:
    """A mistake that explains a wrong step: its kind, for programs, and a sentence, for people."""

    kind: str
    said: Prose

    @property
    def sentence(self) -> str:
        """The sentence as plain text."""
        return in_text(self.said)


def diagnose(
    claim: Claim, relation: str, left: Member, right: Member, assumptions: Assumptions
) -> tuple[Prose, ...]:
    """The mistakes that explain a refuted step, in sentences; none if none is found."""
    return tuple(found.said for found in explain(claim, relation, left, right, assumptions))


def explain(
    claim: Claim, relation: str, left: Member, right: Member, assumptions: Assumptions
) -> tuple[Diagnosis, ...]:
    """The mistakes that explain a refuted step, the smallest first, at most three.

    Each has been proven: the formula with the mistake made in it equals the one that is claimed.
    """
    with work_at_most(DIAGNOSIS):
        return _explained(claim, relation, left, right, assumptions)


def _explained(
    claim: Claim, relation: str, left: Member, right: Member, assumptions: Assumptions
) -> tuple[Diagnosis, ...]:
    try:
        if relation not in ("=", "≈"):
            found = order_mistakes(relation, left.tree, right.tree, assumptions)
            return tuple(Diagnosis(*pair) for pair in found)
        case = read_case(claim, left, right, assumptions)
    except ClosedformError:
        return ()
    if case.weight > HEAVY:
        return ()
    first = [m for m in MISTAKES if not m.last_resort]
    findings = [f for mistake in first for f in _proven(case, mistake)]
    unit = max(member.unit or Fraction(0) for member in (left, right))
    if case.numeric and all(f.kind in ("value", "arithmetic") for f in findings):
        # No mistake gives exactly this number: it may be one that was rounded.
        if relation == "≈" and (near := _rounds_otherwise(case, left, right, within=unit)):
            return near
        if relation == "≈" or (unit and unit < 1):
            case = replace(case, tolerance=unit / 2)
            findings += [f for mistake in first for f in _proven(case, mistake)]
    if min((f.size for f in findings), default=GOOD) >= GOOD:
        rest = [m for m in MISTAKES if m.last_resort]
        findings += [f for mistake in rest for f in _proven(case, mistake)]
    if not findings and relation == "≈" and case.numeric:
        return _rounds_otherwise(case, left, right, within=None)
    if not findings and not case.numeric and not case.names[1]:
        constant = _constant(case)
        if constant is not None:
            return (_of_constant(constant, right),)
        text = say(
            "the value depends on {}: a number can only be right at certain sizes",
            listed(map(Symbol, case.names[0])),
        )
        return (Diagnosis("sizes", text),)
    if not findings and not case.names[0] and case.names[1] and case.quantities:
        one = len(case.names[1]) == 1
        verb, them = ("has no value", "it") if one else ("have no values", "them")
        text = say(
            "{} is a number, and {} {} here: give {} after where",
            case.right_one,
            listed(map(Symbol, case.names[1])),
            verb,
            them,
        )
        return (Diagnosis("sizes", text),)
    return tuple(Diagnosis(f.kind, _printed(f.sentence)) for f in _told(findings))


def _proven(case: Case, mistake: Mistake) -> list[Finding]:
    """The findings of one mistake that hold."""
    found: list[Finding] = []
    try:
        for finding in mistake.proposals(case):
            if all(finding.sentence != other.sentence for other in found) and case.proves(
                finding.one, finding.other
            ):
                found.append(finding)
    except (ClosedformError, ArithmeticError):
        # Past a bound, or no value: this mistake cannot be told here, the others can.
        return found
    return found


def _printed(sentence: Prose) -> Prose:
    """The sentence with letters for the indices of its sums."""
    return tuple(lettered(part) if isinstance(part, Tree) else part for part in sentence)


def _constant(case: Case) -> Fraction | None:
    """The value of the reference, where its symbols cancel."""
    tree = case.assumptions.apply(case.reference)
    return case.assumptions.field(tree).normal(tree).constant()


def _of_constant(constant: Fraction, right: Member) -> Diagnosis:
    """What a formula whose symbols cancel is worth, against a number with so many digits."""
    text = say("the right value is {}", decimal(constant))
    claimed = right.tree.value if isinstance(right.tree, Number) else None
    if right.unit is None or claimed is None or 2 * abs(constant - claimed) > right.unit:
        return Diagnosis("value", text)
    return Diagnosis(
        "rounding",
        say("write ≈: {}, which is {} only to the digits written", text, Code(right.written)),
    )


def _rounds_otherwise(
    case: Case, left: Member, right: Member, *, within: Fraction | None
) -> tuple[Diagnosis, ...]:
    """What the exact value is, where it is no further than ``within`` from the claimed one."""
    written, other = (right, left) if right.unit is not None else (left, right)
    exact = about(case.assumptions.apply(other.tree))
    claimed = value_of(written.tree, case.assumptions)
    if exact is None or claimed is None:
        return ()
    if within is not None and abs(exact - claimed) > within * Fraction(3, 2):
        return ()
    number = f"{decimal(exact * 100)}%" if "%" in written.written else decimal(exact)
    name = case.right_one if case.targeted and other is left else Code(other.written)
    text = say("{} is {}, which does not round to {}", name, number, Code(written.written))
    return (Diagnosis("rounding", text),)


def _told(findings: list[Finding]) -> list[Finding]:
    """The smallest findings, without those that say in other words what one of them says."""
    told: list[Finding] = []
    for finding in sorted(findings, key=lambda f: f.size):
        if told and (finding.size > told[0].size + LARGER or told[0].kind in ALONE):
            break
        if any(_repeats(finding, other) for other in told):
            continue
        if len(in_text(finding.sentence)) > READABLE:
            continue
        told.append(finding)
        if len(told) == TOLD:
            break
    return told


def _repeats(finding: Finding, other: Finding) -> bool:
    """Whether a finding says what a smaller one has said, in other words or by coincidence."""
    return finding.kind == other.kind or (finding.kind, other.kind) in REPEATS
