"""What is to be shown of a polynomial, and the same in a case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from closedform.algebra.normal_form.polynomials import Polynomial, powers_in
from closedform.algebra.normal_form.signs import shift_one
from closedform.records import record

#: A polynomial that is ≥ 0 (or, where the second entry says so, > 0).
Known = tuple[Polynomial, bool]
Monomial = tuple[int, ...]


@record
class Goal:
    """``poly`` ≥ 0 (``strict``: > 0) is to be shown for arguments ≥ 0.

    ``known`` are polynomials that are ≥ 0 (or > 0), ``above`` the arguments that are > 0,
    ``integers`` those that are integers.
    """

    poly: Polynomial
    strict: bool
    known: tuple[Known, ...]
    above: frozenset[int]
    integers: frozenset[int]


def larger(goal: Goal, x: int, y: int) -> Goal:
    """The case x ≥ y: what stands at x from now on is x − y."""
    integers = goal.integers if y in goal.integers else goal.integers - {x}
    both = goal.poly.ring.gen(x) + goal.poly.ring.gen(y)
    moved = _mapped(goal, lambda poly: poly.put(x, both))
    return replace(moved, above=goal.above - {x}, integers=integers)


def at_smallest(goal: Goal, place: int) -> Goal:
    """The case in which an argument is 0."""

    def moved(poly: Polynomial) -> Polynomial:
        return poly.ring.from_dict({m: c for m, c in poly.items() if not m[place]})

    return _mapped(goal, moved)


def past_smallest(goal: Goal, place: int) -> Goal:
    """The case in which an integer argument is 1 or more."""
    return _mapped(goal, lambda poly: shift_one(poly, place, 1))


def size_when_moved(goal: Goal, place: int) -> int:
    """How many terms the polynomials of a goal have, at most, when something is added there."""
    return sum(m[place] + 1 for poly in (goal.poly, *(h for h, _ in goal.known)) for m in poly)


def is_plain(goal: Goal, poly: Polynomial) -> bool:
    """Whether no coefficient is negative (for a strict goal: and some term never 0)."""
    if any(c < 0 for c in poly.values()):
        return False
    return not goal.strict or any(stays_above(goal, monomial) for monomial in poly)


def stays_above(goal: Goal, monomial: Monomial) -> bool:
    """Whether a monomial is never 0."""
    return all(i in goal.above for i, e in powers_in(monomial))


def _mapped(goal: Goal, move: Callable[[Polynomial], Polynomial]) -> Goal:
    known = tuple((move(h), strict) for h, strict in goal.known)
    return replace(goal, poly=move(goal.poly), known=known)
