"""What each part of a formula would have to be for the whole to come out right.

The way from the whole to a part leads through sums, products, quotients and signs, and each of
these can be undone: if a·x + b is to be r, then x has to be (r − b)/a. So one walk gives, for
every part, the value it has and the value it needs, both as normal forms, and a mistake in one
place shows as a small difference between the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from closedform.algebra.conditions import Assumptions
from closedform.algebra.normal_form.normal import Field, RationalFunction
from closedform.algebra.tree import (
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Tree,
    children,
    rebuild,
)
from closedform.errors import ClosedformError

#: So many parts of a formula are looked at, the outermost first, and so many terms times symbols:
#: about 0.1 s.
PARTS, WORK = 80, 40_000

Path = tuple[int, ...]


@dataclass(frozen=True)
class Need:
    """A part of a formula: where it stands, what it is worth, and what it would have to be worth.

    ``above`` are the nodes on the way, the whole first.
    """

    node: Tree
    path: Path
    above: tuple[Tree, ...]
    have: RationalFunction
    wanted: RationalFunction

    @property
    def parent(self) -> Tree | None:
        """The node that this one is a part of."""
        return self.above[-1] if self.above else None


def needs(tree: Tree, wanted: Tree, assumptions: Assumptions) -> Iterator[Need]:
    """Each part of ``tree`` with what it needs for the whole to be worth ``wanted``."""
    put = assumptions.apply
    space = assumptions.field(put(tree), put(wanted))
    walker = _Walk(space, assumptions)
    try:
        yield from walker.down(tree, (), (), space.normal(put(wanted)).cancelled())
    except ClosedformError:
        # Past a bound, or a division by zero: what has been found so far stands.
        return


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


def without(tree: Tree, paths: list[Path]) -> Tree | None:
    """``tree`` without the terms of sums at ``paths``; ``None`` where a sum would be left empty."""
    inner: dict[int, list[Path]] = {}
    gone = {path[0] for path in paths if len(path) == 1}
    for path in paths:
        if len(path) > 1:
            inner.setdefault(path[0], []).append(path[1:])
    parts: list[Tree] = []
    for place, part in enumerate(children(tree)):
        if place in gone:
            continue
        kept = without(part, inner[place]) if place in inner else part
        if kept is None:
            return None
        parts.append(kept)
    if not gone:
        return rebuild(tree, tuple(parts))
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else rebuild(tree, tuple(parts))


@dataclass
class _Walk:
    space: Field
    assumptions: Assumptions
    visited: int = 0
    work: int = 0

    def normal(self, tree: Tree) -> RationalFunction:
        return self.space.normal(self.assumptions.apply(tree))

    def down(
        self, node: Tree, path: Path, above: tuple[Tree, ...], wanted: RationalFunction
    ) -> Iterator[Need]:
        have = self.normal(node).cancelled()
        self.visited += 1
        self.work += (len(have.num) + len(wanted.num)) * len(wanted.den) * len(self.space.keys)
        if self.visited > PARTS or self.work > WORK:
            return
        yield Need(node, path, above, have, wanted)
        for place, needed in self.inside(node, wanted):
            part = children(node)[place]
            yield from self.down(part, (*path, place), (*above, node), needed.cancelled())

    def inside(
        self, node: Tree, wanted: RationalFunction
    ) -> Iterator[tuple[int, RationalFunction]]:
        match node:
            case Sum(terms=parts):
                values = [self.normal(part) for part in parts]
                total = self.normal(node)
                for place, have in enumerate(values):
                    yield place, wanted - total + have
            case Product(factors=parts):
                values = [self.normal(part) for part in parts]
                for place in range(len(parts)):
                    others = self.space.one
                    for other, have in enumerate(values):
                        others = others if other == place else others * have
                    if others.num:
                        yield place, wanted / others
            case Quotient(numerator=above, denominator=below):
                yield 0, wanted * self.normal(below)
                if wanted.num:
                    yield 1, self.normal(above) / wanted
            case Negative():
                yield 0, -wanted
            case Power(base=Sum() | Product() | Quotient(), exponent=Number(value=2)):
                found = _square_root(self.space, wanted)
                if found is not None:
                    yield 0, found


def _square_root(space: Field, square: RationalFunction) -> RationalFunction | None:
    """The root of a square, with a positive first term; ``None`` if it is none."""
    roots = []
    for poly in (space.lift(square.num), space.lift(square.den)):
        if not poly or len(poly) > 8 or poly.LC < 0:
            return None
        number, factors = poly.sqf_list()
        root = space.ring.one
        for factor, exponent in factors:
            if exponent % 2:
                return None
            root = root * factor ** (exponent // 2)
        whole = int(number)
        side = round(whole**0.5) if whole < 10**12 else 0
        if side * side != whole:
            return None
        roots.append(root * side)
    return RationalFunction(space, roots[0], roots[1])
