"""One step of a claim: a relation between two neighbours, and how its verdict is put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from closedform.algebra.conditions import Assumptions
from closedform.algebra.decide import Decision
from closedform.algebra.exact import Irrational, enclosure, value
from closedform.algebra.tree import Number, Tree, symbol_names
from closedform.algebra.vanish import Equations
from closedform.diagnosis.diagnose import diagnose
from closedform.errors import UndefinedValue
from closedform.language.claims import Claim, Member
from closedform.typeset.arrange import arrange
from closedform.typeset.notation import SOURCE
from closedform.typeset.text import text as as_text
from closedform.verdicts.verdict import Verdict, Witness

#: A difference longer than this (in characters) is left out: the counterexample says enough.
READABLE = 400


@dataclass(frozen=True)
class Step:
    """``left relation right`` of a claim; ``number`` counts from 1, where there are several."""

    claim: Claim
    relation: str
    left: Member
    right: Member
    assumptions: Assumptions
    number: int | None

    def proven(self, method: str | None, reason: str | None = None) -> Verdict:
        """The verdict that the step is proven."""
        return Verdict(self.claim.text, "proven", method=method, reason=reason, step=self.number)

    def undecided(self, reason: str) -> Verdict:
        """The verdict that the step is undecided, and why."""
        return Verdict(
            self.claim.text,
            "undecided",
            reason=reason,
            step=self.number,
            read_as=self.claim.read_as,
        )

    def refuted(self, decision: Decision, values: Mapping[str, int | Fraction]) -> Verdict:
        """The verdict that the step fails at ``values``, and why it does."""
        target = self.claim.target
        return Verdict(
            self.claim.text,
            "refuted",
            difference=None if decision.difference is None else shown(decision.difference),
            holds_when=tuple(filter(None, map(_condition, decision.holds_when))),
            witness=self._witness(decision, values),
            diagnosis=diagnose(self.claim, self.relation, self.left, self.right, self.assumptions),
            step=self.number,
            read_as=self.claim.read_as,
            target=target.written if target is not None else None,
        )

    def _witness(self, decision: Decision, values: Mapping[str, int | Fraction]) -> Witness:
        known = {**fixed(self.assumptions), **values}
        sides = decision.sides or (self.left.tree, self.right.tree)
        left, right = (_value_text(side, known) for side in sides)
        plain = {n: int(x) if Fraction(x).denominator == 1 else str(x) for n, x in values.items()}
        return Witness(values=plain, left=left, right=right)


def shown(tree: Tree) -> str | None:
    """A formula as text, in paper order; ``None`` where nobody would read it."""
    written = as_text(arrange(tree, SOURCE))
    return written if len(written) <= READABLE else None


def fixed(assumptions: Assumptions) -> dict[str, int | Fraction]:
    """The symbols to which the conditions give a number."""
    found: dict[str, int | Fraction] = {}
    for name, tree in assumptions.equations.items():
        if not symbol_names(tree):
            try:
                found[name] = value(tree, {})
            except (Irrational, UndefinedValue):
                continue
    return found


def _condition(way: Equations) -> str | None:
    sides = [(shown(left), shown(right)) for left, right in way]
    if any(side is None for pair in sides for side in pair):
        return None
    return " and ".join(f"{left} = {right}" for left, right in sides)


def _value_text(tree: Tree, values: Mapping[str, int | Fraction]) -> str:
    try:
        return as_text(Number(value(tree, values)))
    except Irrational:
        interval = enclosure(tree, values)
        return f"{float(interval.mid):.6g}…"
