"""One step of a claim: a relation between two neighbours, and how its verdict is put together."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.decision import Decision
from closedform.algebra.domains import Domain
from closedform.algebra.exact import NODES, enclosure, value
from closedform.algebra.tree import Number, Symbol, Tree, symbol_names
from closedform.algebra.work import work_at_most
from closedform.cost.expand import layers_asked
from closedform.cost.own_sizes import placing
from closedform.errors import Irrational, UndefinedValue
from closedform.language.claims import Claim, Member
from closedform.later import Later
from closedform.records import record, replace
from closedform.symbols import is_scale
from closedform.typeset.notation import SOURCE
from closedform.typeset.prose import AT_LEAST, Part, Prose, Sign, is_readable, say
from closedform.verdicts.verdict import Counterexample, Verdict, way_said

if TYPE_CHECKING:
    from closedform.diagnosis import diagnose as diagnosis
else:  # nothing is wrong with a claim that is proven
    diagnosis = Later("closedform.diagnosis.diagnose")


@record
class ClaimStep:
    """``left relation right`` of a claim; ``number`` counts from 1, where there are several.

    ``given``: what the claim's conditions and divisions say.
    """

    claim: Claim
    relation: str
    left: Member
    right: Member
    given: Assumptions
    number: int | None

    @cached_property
    def assumptions(self) -> Assumptions:
        """What is assumed: a width multiplier of which no condition speaks may be a real number."""
        stated = {name for condition in self.claim.conditions for name in condition.names}
        members = [side for side in (self.claim.target, *self.claim.members) if side is not None]
        names = frozenset[str]().union(*(side.names for side in members))
        scales = frozenset(filter(is_scale, names - stated))
        if not scales:
            return self.given
        positive = Domain(Fraction(0), open_low=True, real=True, either=True)
        domains = {**self.given.domains, **dict.fromkeys(scales, positive)}
        return replace(self.given, domains=domains)

    def proven(self, method: str | None, reason: Prose = ()) -> Verdict:
        """The verdict that the step is proven."""
        return self._verdict("proven", method, reason)

    def undecided(self, reason: str) -> Verdict:
        """The verdict that the step is undecided, and why."""
        return self._verdict("undecided", None, say(reason))

    def outgrown(self, name: str) -> Verdict:
        """The verdict that one side of an order of growth passes the other as a size grows."""
        text = "as {} grows, one side passes any constant times the other"
        return self.refuted_because(say(text, Symbol(name)))

    def refuted_because(self, said: Prose) -> Verdict:
        """The verdict that the step is wrong, of which no values are a witness."""
        return replace(self._refuted, _why=(said,))

    @property
    def _refuted(self) -> Verdict:
        target = self.claim.target.written if self.claim.target else None
        return replace(self._verdict("refuted"), target=target)

    def _verdict(self, verdict: str, method: str | None = None, because: Prose = ()) -> Verdict:
        text, place, read = self.claim.text, self.number, self.claim
        return Verdict(text, verdict, method, step=place, _reading=read, _because=because)

    def refuted(self, decision: Decision, values: Mapping[str, int | Fraction]) -> Verdict:
        """The verdict that the step fails at ``values``, and why it does."""
        members = [*self.claim.members, *([self.claim.target] if self.claim.target else [])]
        layers = layers_asked(*(member.asked for member in members))
        mistake = diagnosis.diagnose(
            self.claim, self.relation, self.left, self.right, self.assumptions
        )
        gap, ways = decision.difference, decision.holds_when
        ordered = any(AT_LEAST in way_said(way) for way in ways)
        if ordered and mistake and mistake.kind in ("symbol", "condition"):
            mistake = None  # nobody took one for the other, and more is known than where it holds
        return replace(
            self._refuted,
            # The counterexample says enough where they are long.
            _gap=gap if gap is not None and is_readable(gap) else None,
            _ways=tuple(way for way in ways if all(map(is_readable, sum(way, ())))),
            _counterexample=self._counterexample(decision, values),
            _why=(mistake.said,) if mistake else (),
            notation=placing(SOURCE, *(part.terms for part in layers)),
        )

    def _counterexample(
        self, decision: Decision, values: Mapping[str, int | Fraction]
    ) -> Counterexample:
        known = {**fixed(self.assumptions), **values}
        sides = decision.sides or (self.left.tree, self.right.tree)
        with work_at_most(NODES):  # what was found is told, whatever was spent on the way
            left, right = (_value(side, known) for side in sides)
        return Counterexample(tuple((n, Fraction(x)) for n, x in values.items()), left, right)


def said(tree: Tree, otherwise: str) -> Part:
    """A formula, or other words where nobody would read it."""
    return tree if is_readable(tree) else otherwise


def fixed(assumptions: Assumptions) -> dict[str, int | Fraction]:
    """The symbols to which the conditions give a number."""
    numbers: dict[str, int | Fraction] = {}
    for name, tree in assumptions.equations.items():
        if not symbol_names(tree):
            try:
                numbers[name] = value(tree, {})
            except (Irrational, UndefinedValue):
                continue
    return numbers


def _value(tree: Tree, values: Mapping[str, int | Fraction]) -> Part:
    try:
        return Number(value(tree, values))
    except Irrational:
        written = f"{float(enclosure(tree, values).mid):.6g}"
        return Sign(f"{written}…", rf"{written}\ldots")
