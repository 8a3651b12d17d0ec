"""A claim as read: its members, the relations between them, the conditions, what was guessed."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

from closedform.algebra.assumptions import Condition
from closedform.algebra.tree import Tree, symbol_names
from closedform.language.layers import LayerNode, Quantity, layers_of, quantities
from closedform.records import record, replace
from closedform.typeset.notation import SOURCE
from closedform.typeset.text import text as as_text

#: A split of words is shown with its signs: C·i·C·o.
_SIGNED = replace(SOURCE, product="dot")


@record
class Member:
    """One expression of a chain; ``unit`` is the size of its last digit, for a plain number.

    ``suffixed``: a rounded quantity such as 569M; ``cut``: its digits go on, as in 0.33….
    ``inputs``: how far the rounded numbers of a product leave it open, 6.74B in 6.74B × 2.
    ``order``: the O that it stood in. ``rest``: + O( ) of it stood behind. ``asked`` is the tree as
    it was read, with its quantities, whose layers ask for ``divisions`` to be whole and for what is
    ``held``, and of which the ``notes`` tell more.
    """

    tree: Tree
    written: str
    asked: Tree
    divisions: tuple[tuple[Tree, Tree], ...] = ()
    notes: tuple[str, ...] = ()
    unit: Fraction | None = None
    suffixed: bool = False
    cut: bool = False
    order: str = ""
    rest: Tree | None = None
    inputs: Fraction = Fraction(0)
    held: tuple[Condition, ...] = ()

    @cached_property
    def names(self) -> frozenset[str]:
        """The symbols of the tree: those of a target are asked for by each claim about it."""
        return frozenset(symbol_names(self.tree))

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """The quantities in what was asked."""
        return quantities(self.asked)

    @cached_property
    def layers(self) -> tuple[LayerNode, ...]:
        """The single layers that these ask about."""
        return tuple(layer for quantity in self.quantities for layer in layers_of(quantity))


@record
class Limit:
    """What an ≈ is meant in: ``large`` far above ``small``, which is 1 where that is all."""

    large: Tree
    small: Tree
    shown: str


@record
class Claim:
    """A claim as read: ``members[i] relations[i] members[i + 1]`` under ``conditions``.

    ``target`` is what a quoted text is held against, and ``opening`` the relation between the two:
    the one after the last label (``FLOPs < 600M``), else ``=``. ``notes`` on how the text was read
    are there where words were split or a sign was guessed. ``growth``: a member stands in O( ).
    ``limit``: the limit in which its ≈ is meant.
    """

    text: str
    members: tuple[Member, ...]
    relations: tuple[str, ...]
    conditions: tuple[Condition, ...]
    target: Member | None = None
    notes: tuple[str, ...] | None = None
    opening: str = "="
    growth: bool = False
    limit: Limit | None = None

    @property
    def divisions(self) -> tuple[tuple[Tree, Tree], ...]:
        """The pairs (divisor, multiple) that the layers ask for."""
        sides = (self.target, *self.members) if self.target else self.members
        pairs = [pair for member in sides for pair in member.divisions]
        return tuple(dict.fromkeys(pairs)) if pairs else ()

    @property
    def given(self) -> tuple[Condition, ...]:
        """What was written behind ``where``, and what the layers ask for."""
        sides = (self.target, *self.members) if self.target else self.members
        held = [condition for member in sides for condition in member.held]
        return (*self.conditions, *dict.fromkeys(held)) if held else self.conditions

    @property
    def told(self) -> str | None:
        """What was left out of the text or guessed, as a sentence."""
        return f"read {'; '.join(dict.fromkeys(self.notes))}" if self.notes else None

    @cached_property
    def read_as(self) -> str | None:
        """How the text was read, where it says something else than the text."""
        if self.notes is None:
            return None
        parts = [as_text(self.members[0].tree, _SIGNED)]
        for relation, member in zip(self.relations, self.members[1:], strict=True):
            parts += [relation, as_text(member.tree, _SIGNED)]
        return "; ".join([" ".join(parts), *dict.fromkeys(self.notes)])
