"""The small differences between what a part of a formula is worth and what it needs to be.

Each function of :data:`CHANGES` looks at one :class:`~closedform.diagnosis.spots.Spot` and
says, where it can, which slip of the pen turns the right value into the one that stands there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from closedform.algebra.normal_form.normal import RationalFunction
from closedform.algebra.readable import readable_function
from closedform.algebra.tree import Number, Power, Product, Sum, Symbol, Tree, children
from closedform.diagnosis.factor_changes import other_factor
from closedform.diagnosis.spots import SHORT, Change, Spot
from closedform.typeset.prose import Prose, say


def changes(spot: Spot) -> Iterator[Change]:
    """What the slips in :data:`CHANGES` make of one part."""
    for reader in CHANGES:
        found = reader(spot)
        if found is not None:
            yield found


def _extra_term(spot: Spot) -> Change | None:
    if spot.wanted.num or not isinstance(spot.parent, Sum):
        return None
    unit = isinstance(spot.node, Number) and spot.node.value == 1
    kind = "off by one" if unit else "term"
    where = () if children(spot.node) else spot.where
    return Change(kind, 1.0, say("the term {} is too much{}", spot.node, where))


def _other_sum(spot: Spot) -> Change | None:
    """A sum, or the whole, that lacks a term or has one too many."""
    if not (spot.parent is None or isinstance(spot.node, Sum)):
        return None
    gap = (spot.wanted - spot.have).cancelled()
    terms = len(gap.num)
    if not gap.num or terms > SHORT or len(gap.den) > 1:
        return None
    number = gap.constant()
    whole = spot.have.den.is_ground and spot.wanted.den.is_ground
    short = len(spot.have.num) + len(spot.wanted.num) <= 3 * SHORT
    if short and whole and number is not None and abs(number) == 1 and spot.parent is not None:
        return Change("off by one", 1.0, _stands(spot))
    if not _few(spot, gap):
        return None
    kind, size = "term", 1.3 + 0.4 * (terms - 1) - (0.2 if spot.parent is not None else 0)
    if number is not None and abs(number) == 1:
        kind, size = "off by one", 1.05
    if gap.num.LC < 0:
        return Change(kind, size, say("{} too much{}", _gap(-gap), spot.where))
    return Change(kind, size, say("the term {} is missing{}", _gap(gap), spot.where))


def _few(spot: Spot, gap: RationalFunction) -> bool:
    """Whether the gap is made of terms that stand there, or that are meant."""
    have, wanted = spot.have.field.lift(spot.have.num), spot.have.field.lift(spot.wanted.num)
    parts = spot.have.field.lift(gap.num)
    if len(parts) == 1:
        return len(have) > 1 or len(wanted) > 1
    lost = all(wanted.get(m) == c for m, c in parts.items())
    return lost or all(have.get(m) == -c for m, c in parts.items())


def _gap(gap: RationalFunction) -> Tree:
    return readable_function(gap)


def _other_number(spot: Spot) -> Change | None:
    have, wanted = spot.have.constant(), spot.wanted.constant()
    if not isinstance(spot.node, Number) or have is None or not wanted:
        return None
    if not isinstance(spot.parent, Sum):
        return None
    by_one = abs(wanted - have) == 1
    return Change("off by one" if by_one else "number", 1.1, _stands(spot))


def _shifted_factor(spot: Spot) -> Change | None:
    """A factor that lacks a small term: k for k − 1."""
    if spot.parent is None or not isinstance(spot.parent, (Product, Power)):
        return None
    if not isinstance(spot.node, (Symbol, Power)):
        return None
    gap = (spot.wanted - spot.have).cancelled()
    if len(gap.num) != 1 or gap.den != 1:
        return None
    number = gap.constant()
    if number is None:
        return Change("term", 1.9, _stands(spot)) if len(spot.have.num) == 1 else None
    by_one = abs(number) == 1
    return Change("off by one" if by_one else "number", 1.5, _stands(spot))


def _stands(spot: Spot) -> Prose:
    have, meant = readable_function(spot.have), readable_function(spot.wanted)
    return say(
        "{} stands where {} is meant{}",
        have,
        meant,
        () if isinstance(spot.node, Sum) else spot.where,
    )


CHANGES: tuple[Callable[[Spot], Change | None], ...] = (
    _extra_term,
    _other_sum,
    _other_number,
    _shifted_factor,
    other_factor,
)
