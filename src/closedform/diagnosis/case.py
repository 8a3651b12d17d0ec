"""A wrong step as the table of mistakes sees it: what is right, what is claimed, and a quick test.

``reference`` is the side that is right by definition (the target, or the side that holds
quantities of layers), ``claimed`` the other one. A mistake proposes another reference or another
claimed formula; :meth:`Case.same` throws out most proposals at a few points, :meth:`Case.proves`
decides the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import isclose

from closedform.algebra.conditions import Assumptions
from closedform.algebra.decide import decide
from closedform.algebra.exact import Irrational, enclosure, value
from closedform.algebra.sequences import indexed_names, lettered
from closedform.algebra.tree import Call, Number, Symbol, Tree, symbol_names, walk
from closedform.algebra.work import Work
from closedform.cost.expand import Costed, costed
from closedform.errors import ClosedformError
from closedform.language.claims import Claim, Member
from closedform.language.layers import quantities, with_quantities
from closedform.typeset.arrange import arrange
from closedform.typeset.notation import SOURCE
from closedform.typeset.prose import Prose
from closedform.typeset.text import text as as_text

#: Values for symbols: primes, so that different products differ; a prime number of them, so that
#: each step through them visits all.
PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83)
#: At how many points two formulas are compared before the proof.
POINTS = 4
#: How many proofs one diagnosis may try, and how many where floors make each one long.
PROOFS, FLOOR_PROOFS = 24, 3
#: Formulas of more nodes than this get no diagnosis: nobody would read one.
HEAVY = 400

Point = dict[str, "int | Fraction"]


@dataclass(frozen=True)
class Finding:
    """A mistake that explains the step if ``one`` equals ``other``; a smaller size is better."""

    kind: str
    size: float
    sentence: Prose
    one: Tree
    other: Tree


@dataclass
class Case:
    """One refuted step ``reference = claimed``, read for a diagnosis."""

    reference: Tree
    claimed: Tree
    assumptions: Assumptions
    outline: Tree
    quantities: tuple[Costed, ...] = ()
    written: tuple[Member, Member] | None = None
    targeted: bool = True
    #: By how much two numbers may differ, where the claim is about rounded ones.
    tolerance: Fraction = Fraction(0)
    proofs: int = field(default=0, init=False)
    work: Work = field(default_factory=Work, init=False)
    values: dict[int, int | Fraction | float | None] = field(default_factory=dict, init=False)

    @property
    def right_one(self) -> str:
        """What the reference is called in a sentence."""
        return "the target" if self.targeted else "the other side"

    @cached_property
    def names(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The symbols of the reference and of the claimed formula, the conditions put in."""
        put = self.assumptions.apply
        return symbol_names(put(self.reference)), symbol_names(put(self.claimed))

    @cached_property
    def only(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The symbols that only the reference has, and those that only the claimed formula has."""
        right, claimed = self.names
        return (
            tuple(name for name in right if name not in claimed),
            tuple(name for name in claimed if name not in right),
        )

    @cached_property
    def numeric(self) -> bool:
        """Whether both sides are numbers."""
        return not any(self.names)

    @cached_property
    def points(self) -> list[Point]:
        """Values of the symbols, all different, within the divisibility conditions."""
        names = dict.fromkeys((*symbol_names(self.reference), *symbol_names(self.claimed)))
        return [_point(tuple(names), self.assumptions, shift) for shift in range(POINTS)]

    @cached_property
    def weight(self) -> int:
        """The number of nodes of both sides."""
        return sum(1 for tree in (self.reference, self.claimed) for _ in walk(tree))

    @cached_property
    def most_proofs(self) -> int:
        """How many proofs may be tried."""
        nodes = (*walk(self.reference), *walk(self.claimed))
        floors = any(isinstance(node, Call) for node in nodes)
        return FLOOR_PROOFS if floors else PROOFS

    def same(self, one: Tree, other: Tree) -> bool:
        """Whether two formulas agree at every point where both have a value (at one, at least).

        Raises:
            TooLarge: the work for one diagnosis is used up.
        """
        if indexed_names(self.reference):  # Sizes N_i have no values: only the proof decides.
            return True
        met = 0
        for shift, point in enumerate(self.points):
            self.work.spend(self.weight)
            a, b = _value(one, point, shift), self._value(other, point, shift)
            if a is None or b is None:
                continue
            if not self._close(a, b):
                return False
            met += 1
        return met > 0

    def proves(self, one: Tree, other: Tree) -> bool:
        """Whether two formulas are equal, proven under the conditions of the claim."""
        if not self.same(one, other) or self.proofs >= self.most_proofs:
            return False
        self.proofs += 1
        if self.tolerance and self.numeric:
            return True
        try:
            return decide("=", one, other, self.assumptions).verdict == "proven"
        except ClosedformError:
            return False

    def _value(self, tree: Tree, point: Point, shift: int) -> int | Fraction | float | None:
        """The value at a point; that of the claimed formula is worked out once."""
        if tree is not self.claimed:
            return _value(tree, point, shift)
        if shift not in self.values:
            self.values[shift] = _value(tree, point, shift)
        return self.values[shift]

    def _close(self, a: int | Fraction | float, b: int | Fraction | float) -> bool:
        if isinstance(a, float) or isinstance(b, float):
            return isclose(a, b, rel_tol=1e-9)
        return abs(Fraction(a) - Fraction(b)) <= self.tolerance if self.numeric else a == b

    @cached_property
    def right(self) -> tuple[Tree, ...]:
        """What the quantities of the reference are worth."""
        return tuple(quantity.tree for quantity in self.quantities)

    def with_quantity(self, place: int, tree: Tree) -> Tree:
        """The reference with another value of one of its quantities."""
        trees = list(self.right)
        trees[place] = tree
        return self.with_quantities(trees)

    def with_quantities(self, trees: list[Tree]) -> Tree:
        """The reference with other values of its quantities."""
        rest = iter(trees)
        return with_quantities(self.outline, lambda _: next(rest))


def read_case(claim: Claim, left: Member, right: Member, assumptions: Assumptions) -> Case:
    """The case of a refuted equation between two neighbours of a claim."""
    known = _equal_before(claim, left)
    for member in (*known, left):
        if symbol_names(member.tree) and not symbol_names(left.tree):
            continue
        if asked := _asked(member):
            return Case(
                member.tree,
                right.tree,
                assumptions,
                member.asked,
                asked,
                (left, right),
                targeted=claim.target is not None,
            )
    if claim.target is None and (asked := _asked(right)):
        return Case(
            right.tree, left.tree, assumptions, right.asked, asked, (left, right), targeted=False
        )
    return Case(
        left.tree,
        right.tree,
        assumptions,
        left.tree,
        (),
        (left, right),
        targeted=claim.target is not None and left is claim.target,
    )


def shown(tree: Tree) -> str:
    """A formula as text, in paper order."""
    return as_text(arrange(lettered(tree), SOURCE))


def value_of(tree: Tree, assumptions: Assumptions) -> Fraction | None:
    """The exact value of a formula without symbols, if it is a fraction."""
    tree = assumptions.apply(tree)
    found = None if symbol_names(tree) else _at(tree, {})
    return None if found is None or isinstance(found, float) else Fraction(found)


def _equal_before(claim: Claim, left: Member) -> list[Member]:
    """The target and the members before ``left`` in a chain of equations: all equal to it."""
    before = [] if claim.target is None else [claim.target]
    for place, member in enumerate(claim.members):
        if member is left:
            return [m for m in before if m is not left]
        before.append(member)
        if place < len(claim.relations) and claim.relations[place] != "=":
            before = []
    return []


def _asked(member: Member) -> tuple[Costed, ...]:
    return tuple(costed(quantity) for quantity in quantities(member.asked))


def _point(names: tuple[str, ...], assumptions: Assumptions, shift: int) -> Point:
    point: Point = {}
    for place, name in enumerate(names):
        point[name] = _prime(place, shift)
    for divisor, multiple in assumptions.divisions:
        if isinstance(multiple, Symbol) and multiple.name in point:
            by = _value(divisor, point, shift)
            if by is not None and not isinstance(by, float):
                point[multiple.name] = point[multiple.name] * by
    for name, tree in assumptions.equations.items():
        found = _value(tree, point, shift)
        if found is not None and not isinstance(found, float):
            point[name] = found
    return point


def _value(tree: Tree, point: Point, shift: int) -> int | Fraction | float | None:
    """The value at a point, which takes in the symbols that it does not know yet."""
    try:
        return _at(tree, point)
    except LookupError:
        _complete(point, (tree,), shift)
    try:
        return _at(tree, point)
    except LookupError:
        # An indexed name inside a sum: it has no value of its own.
        return None


def _complete(point: Point, trees: tuple[Tree, ...], shift: int) -> None:
    for tree in trees:
        for name in symbol_names(tree):
            if name not in point:
                point[name] = _prime(len(point), shift)


def _prime(place: int, shift: int) -> int:
    """Another prime for each symbol, and for each symbol another one at each point.

    Every second point lies far out, where floors with different moduli are different.
    """
    prime = PRIMES[(place * (1 + 2 * shift) + 3 * shift) % len(PRIMES)]
    return (prime + 100 * (place // len(PRIMES))) * (1009 if shift % 2 else 1)


def _at(tree: Tree, point: Mapping[str, int | Fraction]) -> int | Fraction | float | None:
    try:
        if isinstance(tree, Number):
            return tree.value
        return value(tree, point)
    except Irrational:
        try:
            return float(enclosure(tree, point).mid)
        except (ClosedformError, ArithmeticError, ValueError):
            return None
    except (ClosedformError, ArithmeticError):
        return None
