"""The places of a formula, and what each would have to be worth for the whole to come out right.

The way from the whole to a part leads through sums, products, quotients and signs, and each of
these can be undone: if a·x + b is to be r, then x has to be (r − b)/a. One walk gives, for every
part, the fingerprint it has and the one it needs; a mistake in one place is a simple factor, or a
simple difference, between the two.
"""

from __future__ import annotations

from collections.abc import Iterator

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.normal_form.rational import RationalFunction
from closedform.algebra.tree import (
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Tree,
    children,
    rebuild,
)
from closedform.diagnosis.fingerprint import PRIME, Fingerprints, Unknown, inverse
from closedform.records import record

#: So many parts of a formula are looked at, the outermost first.
PARTS = 80

Path = tuple[int, ...]


@record
class Place:
    """A part of a formula, the nodes on the way to it (the whole first), and its fingerprints."""

    node: Tree
    path: Path
    above: tuple[Tree, ...]
    have: int
    wanted: int

    @property
    def parent(self) -> Tree | None:
        """The node that this one is a part of."""
        return self.above[-1] if self.above else None

    @property
    def ratio(self) -> int | None:
        """What the part has to be multiplied with; none where it is right, or by no factor."""
        if not self.have or not self.wanted or self.have == self.wanted:
            return None
        return self.wanted * inverse(self.have) % PRIME

    @property
    def is_term(self) -> bool:
        """Whether this is the whole formula, or a term of a sum."""
        return self.parent is None or isinstance(self.parent, Sum)


def places(tree: Tree, wanted: int, prints: Fingerprints) -> list[Place]:
    """Each part of ``tree`` with what it needs for the whole to have the fingerprint ``wanted``."""
    parts: list[Place] = []
    waiting: list[tuple[Tree, Path, tuple[Tree, ...], int]] = [(tree, (), (), wanted)]
    while waiting and len(parts) < PARTS:
        node, path, above, need = waiting.pop()
        parts.append(Place(node, path, above, prints.of(node), need))
        inside = [
            (part, (*path, place), (*above, node), needed)
            for place, part in enumerate(children(node))
            for needed in _needed(node, place, need, prints)
        ]
        waiting.extend(reversed(inside))
    return parts


def _needed(node: Tree, place: int, wanted: int, prints: Fingerprints) -> tuple[int, ...]:
    """What one part needs to be for the node to be what is wanted."""
    try:
        match node:
            case Sum(terms=terms):
                return ((wanted - prints.of(node) + prints.of(terms[place])) % PRIME,)
            case Product(factors=factors):
                rest = inverse(prints.of(node)) * prints.of(factors[place])
                return (wanted * rest % PRIME,)
            case Quotient(numerator=above, denominator=below):
                if place == 0:
                    return (wanted * prints.of(below) % PRIME,)
                return (prints.of(above) * inverse(wanted) % PRIME,)
            case Negative():
                return (-wanted % PRIME,)
            case Power(exponent=Number(value=2)) if place == 0:
                root = pow(wanted, (PRIME + 1) // 4, PRIME)
                return (root, PRIME - root) if root * root % PRIME == wanted else ()
    except Unknown:
        return ()
    return ()


def wanted_exactly(
    place: Place, tree: Tree, wanted: Tree, assumptions: Assumptions
) -> tuple[RationalFunction, RationalFunction]:
    """What a part is worth, and what it would have to be worth, as functions.

    Raises:
        ClosedformError: past a bound, a division by zero, or a part that is no factor of a term.
    """
    hole = Symbol("the part")
    gap = assumptions.apply(replaced(tree, place.path, hole) - wanted)
    part = assumptions.apply(place.node)
    space = assumptions.field(gap, part)
    rows = space.normal(gap).cancelled().num.by_power(space.index[hole.name])
    if not rows.keys() <= {0, 1} or 1 not in rows:
        raise Unknown("no one value of the part")
    needed = RationalFunction(space, -rows.get(0, space.ring.zero), rows[1])
    return space.normal(part).cancelled(), needed.cancelled()


def with_paths(tree: Tree, path: Path = ()) -> Iterator[tuple[Path, Tree]]:
    """Every part of ``tree`` and where it stands, the whole first."""
    yield path, tree
    for place, part in enumerate(children(tree)):
        yield from with_paths(part, (*path, place))


def replaced(tree: Tree, path: Path, new: Tree) -> Tree:
    """``tree`` with the part at ``path`` replaced."""
    if not path:
        return new
    parts = list(children(tree))
    parts[path[0]] = replaced(parts[path[0]], path[1:], new)
    return rebuild(tree, tuple(parts))
