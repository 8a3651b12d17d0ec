"""A wrong step as the table of mistakes sees it: what is right, what is claimed, and a quick test.

``reference`` is the side that is right by definition (the target, or the side that holds
quantities of layers), ``claimed`` the other one. A mistake proposes another reference or another
claimed formula; :meth:`Case.same` throws out most proposals by their fingerprints,
:meth:`Case.proves` decides the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cached_property, lru_cache

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.decide import decide
from closedform.algebra.exact import known_value
from closedform.algebra.sequences.terms import lettered
from closedform.algebra.tree import ONE, Call, Series, Symbol, Tree, symbol_names, walk
from closedform.algebra.work import Work
from closedform.cost.expand import Costed, costed
from closedform.cost.sums import LayerSum
from closedform.diagnosis.fingerprint import PLACES, PRIME, Fingerprints, inverse
from closedform.diagnosis.places import Factor, Place, SimpleFactors, places
from closedform.errors import ClosedformError
from closedform.language.claims import Claim, Member
from closedform.language.layers import quantities, with_quantities
from closedform.records import entity, record
from closedform.typeset.arrange import arrange
from closedform.typeset.notation import SOURCE
from closedform.typeset.prose import Prose
from closedform.typeset.text import text as as_text

#: How many proofs one diagnosis may try, and how many where floors make each one long.
PROOFS, FLOOR_PROOFS = 24, 3
#: Formulas of more nodes than this get no diagnosis: nobody would read one.
HEAVY = 400


@record
class Finding:
    """A mistake that explains the step if ``tree`` equals ``wanted``, and how it is told.

    Of a quantity alone, ``tree`` is what it would be with the mistake made. What is said of two
    numbers has been worked out exactly, and needs no such proof.
    """

    kind: str
    said: Callable[[], Prose]
    tree: Tree = ONE
    wanted: Tree = ONE


@entity
class Case:
    """One refuted step ``reference = claimed``, read for a diagnosis."""

    reference: Tree
    claimed: Tree
    assumptions: Assumptions
    outline: Tree
    written: tuple[Member, Member]
    quantities: tuple[Costed, ...] = ()
    targeted: bool = True
    #: Whether the claimed formula stands on the left of the two that are written.
    turned: bool = False
    #: By how much two numbers may differ, where the claim is about rounded ones.
    tolerance: Fraction = Fraction(0)
    #: How many proposals went to the algebra for a proof.
    proofs = 0

    @cached_property
    def work(self) -> Work:
        """What proposals without a proof take of the work that is open."""
        return Work()

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

    @property
    def sides(self) -> tuple[tuple[Member, Tree], tuple[Member, Tree]]:
        """What is written on the left and on the right, each with its formula."""
        trees = (self.reference, self.claimed)
        left, right = trees[::-1] if self.turned else trees
        return (self.written[0], left), (self.written[1], right)

    @property
    def computed(self) -> bool:
        """Whether the claimed formula is what layers cost, and nobody wrote it so."""
        return bool(quantities(self.written[0 if self.turned else 1].asked))

    @property
    def of_the_target(self) -> bool:
        """Whether the target itself is compared, and no later step of the chain."""
        left = self.written[0]
        return self.targeted and (self.outline is left.asked or self.outline is left.tree)

    @cached_property
    def numeric(self) -> bool:
        """Whether both sides are numbers."""
        return not any(self.names)

    @cached_property
    def weight(self) -> int:
        """The number of nodes of both sides."""
        return sum(1 for tree in (self.reference, self.claimed) for _ in walk(tree))

    @cached_property
    def nodes(self) -> set[type]:
        """The kinds of nodes of both sides."""
        return {type(node) for tree in (self.reference, self.claimed) for node in walk(tree)}

    @cached_property
    def fingerprints(self) -> tuple[Fingerprints, ...]:
        """What formulas are told apart by: at several places where floors or sums ask for it."""
        places = range(1)
        if Call in self.nodes:
            places = range(PLACES)
        if Series in self.nodes:
            places = range(1, PLACES, 2)
        return tuple(Fingerprints(self.assumptions, place) for place in places)

    @cached_property
    def factors(self) -> SimpleFactors:
        """Numbers and powers of the symbols of both sides."""
        names = dict.fromkeys((*self.names[1], *self.names[0]))
        return SimpleFactors(names, self.fingerprints[0])

    @cached_property
    def ratio(self) -> Factor | None:
        """The reference over the claimed formula, where that is a simple factor."""
        right, claimed = map(self.fingerprints[0].of, (self.reference, self.claimed))
        return self.factors.one(right * inverse(claimed) % PRIME) if right and claimed else None

    @cached_property
    def claimed_places(self) -> list[Place]:
        """The parts of the claimed formula, and what each would have to be worth."""
        prints = self.fingerprints[0]
        return [] if self.numeric else places(self.claimed, prints.of(self.reference), prints)

    def same(self, one: Tree, other: Tree) -> bool:
        """Whether two formulas have the same fingerprints, or are numbers as near as is asked."""
        if self.tolerance and self.numeric:
            a, b = (value_of(tree, self.assumptions) for tree in (one, other))
            return a is not None and b is not None and abs(a - b) <= self.tolerance
        try:
            return all(f.of(one) == f.of(other) for f in self.fingerprints)
        except (ClosedformError, ArithmeticError):
            return False

    def wanted_of(self, place: int) -> int | None:
        """The fingerprint that one quantity has to have for the reference to be what is claimed."""
        stand_in = Symbol("the quantity")
        tree = self.with_quantity(place, stand_in)
        prints = self.fingerprints[0].at({stand_in.name: self.right[place]})
        parts = places(tree, prints.of(self.claimed), prints)
        return next((part.wanted for part in parts if part.node == stand_in), None)

    def proves(self, one: Tree, other: Tree) -> bool:
        """Whether two formulas are equal, proven under the conditions of the claim."""
        most = FLOOR_PROOFS if Call in self.nodes else PROOFS
        if not self.same(one, other) or self.proofs >= most:
            return False
        self.proofs += 1
        if self.tolerance and self.numeric:
            return True
        try:
            return decide("=", one, other, self.assumptions).verdict == "proven"
        except ClosedformError:
            return False

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
    targeted, written = claim.target is not None, (left, right)
    for member in (*_equal_before(claim, left), left):
        comparable = symbol_names(left.tree) or not symbol_names(member.tree)
        if comparable and (asked := _asked(member)):
            wanted, claimed = member.tree, right.tree
            return Case(wanted, claimed, assumptions, member.asked, written, asked, targeted)
    if not targeted and (asked := _asked(right)):
        return Case(right.tree, left.tree, assumptions, right.asked, written, asked, False, True)
    targeted = targeted and left is claim.target
    return Case(left.tree, right.tree, assumptions, left.tree, written, (), targeted)


def shown(tree: Tree) -> str:
    """A formula as text, in paper order."""
    return as_text(arrange(lettered(tree), SOURCE))


def value_of(tree: Tree, assumptions: Assumptions) -> Fraction | None:
    """The exact value of a formula without symbols, if it is a fraction."""
    return known_value(assumptions.apply(tree))


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


@lru_cache(maxsize=4096)
def cost(layers: LayerSum, measure: str, by: str = "exact") -> Tree:
    """One measure of layers, worked out once for all mistakes that ask for it."""
    return layers._tree(measure, by)
