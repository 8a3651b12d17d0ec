"""The decision where the quick proof says nothing: searches and proofs, the cheap ones first."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from fractions import Fraction
from functools import partial

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.condition import SIGNS, Condition, unwrapped
from closedform.algebra.decision import Decision
from closedform.algebra.defined import excluded, needs
from closedform.algebra.exact import compare, enclosure
from closedform.algebra.normal_form.build import function_tree, polynomial_tree
from closedform.algebra.normal_form.factors import Factored, factored
from closedform.algebra.normal_form.rational import Field, RationalFunction
from closedform.algebra.proofs import prover
from closedform.algebra.proofs.bounds import prove_sign, sign_of
from closedform.algebra.proofs.contradiction import contradictory
from closedform.algebra.proofs.equation import Attempts, by_class, first_method
from closedform.algebra.proofs.multiples import with_multiples
from closedform.algebra.proofs.products import larger_by_factors, leads
from closedform.algebra.proofs.termwise import Shows, by_induction, larger_termwise
from closedform.algebra.search.every_term import indexed_as_given, sequences_of
from closedform.algebra.search.idle_bounds import without_idle_bounds, without_places
from closedform.algebra.search.witness import Fails, Search, first_admissible, search
from closedform.algebra.search.written_out import search_few_terms, written_out
from closedform.algebra.sequences.terms import counted_up, indexed_names, lettered
from closedform.algebra.steps.recurrences import solved_steps
from closedform.algebra.tree import Number, Tree, product, put, sums_in, symbol_names
from closedform.algebra.work import Work
from closedform.algebra.zeros import holds_when
from closedform.errors import ClosedformError, TooLarge, UndefinedValue
from closedform.records import replace

#: Nodes that are evaluated before a proof of an order, and of an equation that the normal form does
#: not prove; before longer proofs, and after them.
GLIMPSE, FIRST, GLANCE, LOOK = 20, 1_000, 20_000, 120_000
#: What it costs to bring both sides to a normal form at one point.
SAME = 2_000
#: A difference of more terms than this tells a reader nothing.
SHOWN = 150


def decide_thoroughly(relation: str, left: Tree, right: Tree, assumptions: Assumptions) -> Decision:
    """Decide ``left relation right``, as :func:`closedform.algebra.decide.decide` does."""
    if relation != "=" and not (assumptions.written or assumptions.divisions):
        order = Condition(relation, left, right)
        small, large = order.ordered
        if larger_by_factors(large, small, assumptions, strict=order.strict):
            return Decision("proven", method="factor by factor")
    left, right = counted_up(left), counted_up(right)
    assumptions = without_idle_bounds((left, right), assumptions)
    assumptions = solved_steps((left, right), assumptions)
    assumptions = without_idle_bounds((left, right), assumptions)
    sizes: set[str] = set()
    if any(sums_in(left, right)):
        left, right = indexed_as_given(left, right, assumptions)
        sizes = {*symbol_names(left, right)} - {*indexed_names(left, right)}
    (left, right), assumptions = written_out((left, right), assumptions)
    claim = _Claim(relation, left, right, without_places((left, right), assumptions))
    given = assumptions.written or assumptions.divisions
    # Sought first: proofs may spend all of the work.
    met = first_admissible(claim.names, assumptions) if given else None
    decision = claim.equation() if relation == "=" else claim.order()
    if decision.verdict == "refuted":
        # A symbol that cancels in a bound, H − H, has any value.
        said = {name for condition in assumptions.written for name in condition.names}
        lost = sizes - {*claim.names} - said - assumptions.equations.keys()
        values = {**dict.fromkeys(sorted(lost), 1), **(decision.values or {})}
        return replace(decision, values=values) if lost else decision
    try:
        return claim.under_conditions(decision, met) if met else decision
    except TooLarge:
        if decision.verdict == "undecided":
            return decision
        raise


class _Claim:
    """One claim: both sides as written, and their difference in normal form."""

    def __init__(self, relation: str, left: Tree, right: Tree, assumptions: Assumptions) -> None:
        self.relation = relation
        order = Condition(relation, left, right)
        self.strict = order.strict
        self.left, self.right = left, right
        #: Of an order, what is said to be smaller and larger.
        self.small, self.large = order.ordered
        self.assumptions = assumptions
        self.names = symbol_names(left, right)
        self.has_sums = any(sums_in(left, right))
        self.families = indexed_names(left, right)
        a, b = assumptions.apply(left), assumptions.apply(right)
        self.space = assumptions.field(a, b)
        self.one, self.two = self.space.normal(a), self.space.normal(b)
        self.difference = self.one - self.two

    def equation(self) -> Decision:
        if self.difference.is_zero():
            return self._proven("normal form")
        searched = self._search(FIRST)
        if searched.values is not None:
            return self._refuted(searched)
        attempts = Attempts(self.difference, self.assumptions, prover.proves)
        by_sums = [partial(self._by_induction, self._is_zero, attempts.tried)] * self.has_sums
        method = attempts.method() or first_method(by_sums, attempts.tried)
        return self._concluded(method, searched, attempts.tried)

    def order(self) -> Decision:
        searched = self._search(GLIMPSE)
        if searched.values is not None:
            return self._refuted(self._search(GLANCE))
        large = self._larger()
        if leads(self.assumptions.written, self.small, self.large, strict=self.strict):
            return self._proven("conditions in a row")
        method = sign_of(large, self.assumptions, strict=self.strict)
        if method:
            return self._proven(method)
        searched = self._search(GLANCE)
        if searched.values is not None:
            return self._refuted(searched)
        tried = ["bounds on the coefficients, conditions and cases"]
        by_terms = partial(self._order_by_terms, tried)
        by_sums = (by_terms, partial(self._by_induction, self._is_above, tried)) * self.has_sums
        attempts = (
            partial(self._order_by_classes, large, tried),
            *by_sums,
            partial(self._order_by_division, large, tried),
            partial(self._order_by_solver, large, tried),
        )
        return self._concluded(first_method(attempts, tried), searched, tried)

    def _larger(self) -> RationalFunction:
        """What the claim says to be ≥ 0 or > 0, without a function that keeps the order."""
        relation = "<" if self.relation in ("<", ">") else "<="
        plain = unwrapped(Condition(relation, self.small, self.large))
        small, large = map(self.assumptions.apply, (plain.left, plain.right))
        return self.space.normal(large) - self.space.normal(small)

    def under_conditions(self, decision: Decision, searched: Search) -> Decision:
        """The decision, unless no values meet the conditions, or a proof has seen none that do."""
        if searched.values is None:
            if searched.complete or contradictory(self.assumptions):
                raise ClosedformError(
                    "no positive integers meet the conditions", "correct the conditions"
                )
            if decision.verdict == "proven" and decision.method != "normal form":
                return Decision("undecided", tried=(str(decision.method), str(searched)))
        if decision.needs and self._nowhere_defined(decision):
            hint = (
                "a denominator must not vanish, and what stands under a root must not be negative"
            )
            raise UndefinedValue("a side has no value under these conditions", hint)
        return decision

    def _nowhere_defined(self, decision: Decision) -> bool:
        """Whether it is certain that no admissible values give both sides a value."""
        searched = search(self.names, self.assumptions, self._has_values, nodes=GLANCE)
        return searched.values is None and (
            searched.complete or excluded(decision.needs, self.assumptions)
        )

    # -- verdicts ------------------------------------------------------------------------------

    def _proven(self, method: str) -> Decision:
        needed = needs(self.space, (self.one, self.two), self.assumptions)
        return Decision("proven", method=method, needs=needed)

    def _concluded(self, method: str | None, searched: Search, tried: list[str]) -> Decision:
        """The verdict once proofs were tried and a first search found nothing."""
        if method:
            return self._proven(method)
        if not searched.complete:
            with suppress(TooLarge):  # the proofs that were tried spent the work
                searched = self._search(LOOK)
        if searched.values is not None:
            return self._refuted(searched)
        if searched.complete and searched.told and not self.families:
            return self._proven(f"all {searched.told} admissible values")
        return Decision("undecided", tried=(*tried, str(searched), *_doubts(self.assumptions)))

    def _refuted(self, witness: Search) -> Decision:
        sides = witness.sides or (self.left, self.right)
        if self.relation != "=" or len(self.difference.num) > SHOWN:
            return Decision("refuted", values=witness.values, sides=sides)
        reduced = self.difference.cancelled()
        product = factored(self.space, reduced.num)
        ways = holds_when(self.difference, product, self.assumptions)
        return Decision(
            "refuted",
            difference=lettered(_factored_tree(self.space, product, reduced)),
            holds_when=tuple(tuple((lettered(a), lettered(b)) for a, b in way) for way in ways),
            values=witness.values,
            sides=sides,
        )

    # -- attempts ------------------------------------------------------------------------------

    def _search(self, nodes: int) -> Search:
        fails = partial(relation_fails, self.relation)
        sides = (self.left, self.right)
        if self.families or sequences_of(sides, self.assumptions):
            return search_few_terms(self.names, sides, self.assumptions, fails, nodes=nodes)
        return search(self.names, self.assumptions, fails(*sides), nodes=nodes)

    def _has_values(self, values: Mapping[str, int | Fraction], work: Work) -> bool:
        """Whether both sides have values there; where one has none, comparing them is refused."""
        compare(self.left, self.right, values, work=work)
        return True

    def _order_by_classes(self, large: RationalFunction, tried: list[str]) -> str | None:
        work, count = Work(LOOK), 0
        for case, value in by_class(function_tree(large), large, self.assumptions, tried) or ():
            if not sign_of(value, case.assumptions, strict=self.strict, work=work):
                return None
            count += 1
        return (
            f"residue classes ({count}), in each the signs of the coefficients" if count else None
        )

    def _order_by_terms(self, tried: list[str]) -> str | None:
        tried.append("term by term")
        sides = self.large, self.small
        return larger_termwise(*sides, self.assumptions, strict=self.strict, work=Work(LOOK))

    def _by_induction(self, shows: Shows, tried: list[str]) -> str | None:
        tried.append("induction")
        return by_induction(self.large, self.small, self.assumptions, shows, Work(LOOK))

    def _is_above(self, value: RationalFunction, step: bool) -> bool:
        return sign_of(value, self.assumptions, strict=self.strict and not step) is not None

    def _is_zero(self, value: RationalFunction, _: bool) -> bool:
        return value.is_zero() or Attempts(value, self.assumptions).method() is not None

    def _order_by_division(self, large: RationalFunction, tried: list[str]) -> str | None:
        if not self.assumptions.divisions:
            return None
        tried.append("putting in the divisibility")
        tree = function_tree(large)
        moved = with_multiples(self.assumptions, (tree,))
        if not moved.values:
            return None
        proof = prove_sign(put(tree, moved.values), moved.assumptions, strict=self.strict)
        return proof and f"{proof}, with the divisibility of {', '.join(moved.values)} put in"

    def _order_by_solver(self, large: RationalFunction, tried: list[str]) -> str | None:
        if not prover.available():
            return None
        tried.append("the SMT solver z3")
        return sign_of(large, self.assumptions, strict=self.strict, solver=prover.proves)


def _factored_tree(space: Field, above: Factored, reduced: RationalFunction) -> Tree:
    atoms = zip(space.trees, above.monomial, strict=False)
    powers = [tree**exponent for tree, exponent in atoms if exponent]
    powers += (polynomial_tree(space, factor) ** exponent for factor, exponent in above.factors)
    return above.number * product(powers) / polynomial_tree(space, reduced.den)


def _doubts(assumptions: Assumptions) -> tuple[str, ...]:
    """Symbols that may be meant as integers or as real numbers."""
    return tuple(
        f"{name} may be meant as an integer or as a real number: counterexamples were sought among "
        f"the integers, a proof for all real numbers (write {name} >= 1 for a positive integer)"
        for name in sorted(n for n, d in assumptions.domains.items() if d.either)
    )


# -- whether a relation fails at given values -----------------------------------------------------


def relation_fails(relation: str, left: Tree, right: Tree) -> Fails:
    """Says whether a relation fails at some values."""

    def fails(values: Mapping[str, int | Fraction], work: Work) -> bool | None:
        sign = compare(left, right, values, work=work)
        if sign is None and relation in ("<", ">"):
            work.spend(SAME)
            sign = 0 if _same_at(left, right, values) else None
        return None if sign is None else sign not in SIGNS[relation]

    return fails


def _same_at(left: Tree, right: Tree, values: Mapping[str, int | Fraction]) -> bool:
    """Whether the sides have a value there, and are proven equal: √0 + √2 and √2.

    Intervals never tell that two numbers are the same one.
    """
    numbers = {name: Number(value) for name, value in values.items()}
    try:
        for side in (left, right):
            enclosure(side, values)
        space = Assumptions().field()
        return (space.normal(put(left, numbers)) - space.normal(put(right, numbers))).is_zero()
    except ClosedformError:
        return False
