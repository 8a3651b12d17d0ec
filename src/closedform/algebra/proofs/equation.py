"""Proofs of equations that the normal form alone does not give.

* divisibility: where g | M, put M = g·q;
* residue classes, for floors with constant moduli;
* cases of which argument is the largest;
* the base of a geometric sum at its smallest value, which may be 1, and past it;
* both inequalities, from the conditions and from what floors are bounded by; for integers it is
  enough that the difference lies between −1 and 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import compress, product
from math import ceil

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.normal_form.build import function_tree, polynomial_tree
from closedform.algebra.normal_form.rational import RationalFunction
from closedform.algebra.proofs.bounds import Solver, sign_of
from closedform.algebra.proofs.facts import without_positive
from closedform.algebra.proofs.multiples import with_multiples
from closedform.algebra.proofs.residues import ResidueClass, moduli, residue_classes, separated
from closedform.algebra.tree import (
    ZERO,
    Number,
    Power,
    Series,
    Symbol,
    Tree,
    put,
    symbol_names,
    walk,
)
from closedform.algebra.work import Work
from closedform.errors import TooLarge, UndefinedValue
from closedform.records import entity, field

#: What one attempt may cost.
WORK = 100_000
#: What a node of an expression costs that is read in a residue class.
NODE = 5
#: So many bases of powers in sums are set apart.
BASES = 2


@entity
class Attempts:
    """The difference of the two sides, and what has been tried on it."""

    difference: RationalFunction
    assumptions: Assumptions
    solver: Solver | None = None
    tried: list[str] = field(default_factory=lambda: ["normal form"])

    def method(self) -> str | None:
        """The first proof that is found that the difference is 0."""
        attempts = (self._by_division, self._by_classes, self._by_bases, self._squeezed)
        return first_method(attempts, self.tried)

    def _by_division(self) -> str | None:
        if not self.assumptions.divisions:
            return None
        self.tried.append("putting in the divisibility")
        tree = numerator_tree(self.difference)
        moved = with_multiples(self.assumptions, (tree,))
        if not moved.values:
            return None
        space = moved.assumptions.field(put(tree, moved.values), work=Work(WORK))
        value = space.normal(put(tree, moved.values))
        listed = ", ".join(moved.values)
        if value.is_zero():
            return f"normal form, with the divisibility of {listed} put in"
        inner = Attempts(value, moved.assumptions, self.solver, [self.tried.pop()])
        method = inner._by_classes() or inner._squeezed()
        self.tried += inner.tried
        return f"{method}, with the divisibility of {listed} put in" if method else None

    def _by_classes(self) -> str | None:
        space = self.difference.field
        num = self.difference.cancelled().num
        wanted = moduli(space, num)
        if not wanted:
            if space.floors and wanted is None:
                self.tried.append("residue classes (a modulus is no number)")
            return None
        self.tried.append("residue classes")
        count = 0
        left: Tree = ZERO
        for part in separated(space, num, wanted):
            names = moduli(space, part) or {}
            tree = polynomial_tree(space, part)
            constant = self._constant(tree, names) if names else (tree, 0)
            if constant is None:
                return None
            left, count = left + constant[0], count + constant[1]
        zero = self.assumptions.field(left).normal(left).is_zero()
        return f"residue classes ({count})" if zero else None

    def _constant(self, tree: Tree, wanted: Mapping[str, int]) -> tuple[Tree, int] | None:
        """What a part is in every residue class, and how many these are."""
        cases = _in_classes(tree, wanted, self.assumptions)
        if cases is None:
            self.tried[-1] += " (too many, or of real numbers)"
            return None
        first: Tree | None = None
        count = 0
        for _, value in cases:
            count += 1
            first = first or function_tree(value)
            if any("/" in name for name in symbol_names(first)):
                return None
            if not (value - value.field.normal(first)).is_zero():
                return None
        return None if first is None else (first, count)

    def _by_bases(self) -> str | None:
        """0 where the bases of geometric sums are as small as they can be, and where larger."""
        sums = [tree.body for tree in self.difference.field.trees if isinstance(tree, Series)]
        powers = [node for body in sums for node in walk(body) if isinstance(node, Power)]
        bases = dict.fromkeys(p.base.name for p in powers if isinstance(p.base, Symbol))
        least = {n: ceil(d.least) for n in bases if not (d := self.assumptions.domain(n)).real}
        if not 0 < len(least) <= BASES:
            return None
        self.tried.append("cases by the bases of powers")
        tree = numerator_tree(self.difference)
        for smallest in product((True, False), repeat=len(least)):
            here = dict(compress(least.items(), smallest))
            past = {name: low + 1 for name, low in least.items() if name not in here}
            case = put(tree, {name: Number(low) for name, low in here.items()})
            space = self.assumptions.with_symbols({}, past).field(case, work=Work(WORK))
            if not space.normal(case).is_zero():
                return None
        listed = ", ".join(f"{name} = {low}" for name, low in least.items())
        return f"normal form, where {listed} and past it"

    def _squeezed(self) -> str | None:
        """0 ≤ a − b ≤ 0."""
        space = self.difference.field
        atoms = space.floors or space.arguments["real floor"] or space.maxima
        if not (atoms or self.assumptions.hypotheses):
            return None
        self.tried.append("both inequalities")
        rest, _ = without_positive(space, self.difference.cancelled().num, strict=False)
        value, given = space.polynomial(rest), self.assumptions
        sides = (value, -value)
        if all(sign_of(side, given, strict=False, solver=self.solver) for side in sides):
            return "both inequalities, from the conditions and the cases"
        return None


def first_method(attempts: Iterable[Callable[[], str | None]], tried: list[str]) -> str | None:
    """The first proof of several attempts; ``tried`` says which were given up, and why."""

    def attempted(attempt: Callable[[], str | None]) -> str | None:
        try:
            return attempt()
        except (TooLarge, UndefinedValue) as problem:
            tried[-1] += f" (given up: {problem.problem})"
        return None

    return next(filter(None, map(attempted, attempts)), None)


def by_class(
    tree: Tree, difference: RationalFunction, assumptions: Assumptions, tried: list[str]
) -> Iterator[tuple[ResidueClass, RationalFunction]] | None:
    """What a difference, as ``tree`` tells it, is in each residue class; ``None`` without any."""
    space = difference.field
    wanted = moduli(space, space.lift(difference.num))
    if wanted is None:
        tried.append("residue classes (a modulus is no number)")
        return None
    cases = _in_classes(tree, wanted, assumptions)
    if cases is not None:
        tried.append("residue classes")
    elif wanted:
        tried.append("residue classes (too many, or of real numbers)")
    return cases


def _in_classes(
    tree: Tree, wanted: Mapping[str, int], assumptions: Assumptions
) -> Iterator[tuple[ResidueClass, RationalFunction]] | None:
    """The residue classes with what an expression is in each; ``None`` if there are too many."""
    classes, work = residue_classes(wanted, (tree,), assumptions), Work(WORK)
    return None if classes is None else _read(classes, tree, work)


def _read(
    classes: Iterator[ResidueClass], tree: Tree, work: Work
) -> Iterator[tuple[ResidueClass, RationalFunction]]:
    nodes = sum(1 for _ in walk(tree))
    for case in classes:
        work.spend(NODE * nodes)
        value = put(tree, case.values)
        yield case, case.assumptions.field(value, work=work).normal(value)


def numerator_tree(value: RationalFunction) -> Tree:
    """The numerator in lowest terms: the value is 0 just where it is, or has no value."""
    reduced = value.cancelled()
    return polynomial_tree(value.field, reduced.num)
