"""The places of a formula, and what each would have to be worth for the whole to come out right.

The way from the whole to a part leads through sums, products, quotients and signs, and each of
these can be undone: if a·x + b is to be r, then x has to be (r − b)/a. One walk gives, for every
part, the fingerprint it has and the one it needs; a mistake in one place is a simple factor (a
number times powers of symbols), or a simple difference, between the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import gcd, prod

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
    product,
    rebuild,
)
from closedform.diagnosis.fingerprint import PRIME, Fingerprints, Unknown, inverse, residue
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


# -- simple factors -------------------------------------------------------------------------------

#: The largest whole number that a fingerprint is taken for, and the largest denominator; and of a
#: number beside a power of a symbol.
LARGE, BELOW, LITTLE = 10**6, 100, 16
#: The powers of one symbol that are told, the likeliest first.
POWERS = (1, -1, 2, -2, 3, -3)


@record
class Factor:
    """``number · Π symbol^exponent``: what a part has to be multiplied with."""

    number: Fraction
    powers: tuple[tuple[str, int], ...] = ()

    @property
    def missing(self) -> dict[str, int]:
        """The symbols that are to be multiplied with."""
        return {name: e for name, e in self.powers if e > 0}

    @property
    def extra(self) -> dict[str, int]:
        """The symbols that are to be divided by."""
        return {name: -e for name, e in self.powers if e < 0}

    @property
    def tree(self) -> Tree:
        """The factor as a formula."""
        above = monomial(self.missing, self.number.numerator)
        return above / monomial(self.extra, self.number.denominator)


#: Small fractions by their fingerprints.
SMALL = {
    residue(number): Factor(number)
    for below in (1, 2, 3, 4, 8)
    for above in range(1, LITTLE + 1)
    for number in (Fraction(above, below), Fraction(below, above))
}


class SimpleFactors:
    """The factors made of so many symbols, looked up by their fingerprints."""

    def __init__(self, names: Iterable[str], prints: Fingerprints) -> None:
        self.steps: list[tuple[int, int, tuple[str, int]]] = []
        for name in names:
            up = prints.of(Symbol(name))
            down = inverse(up)
            for exponent in POWERS:
                value = pow(up if exponent > 0 else down, abs(exponent), PRIME)
                back = pow(down if exponent > 0 else up, abs(exponent), PRIME)
                self.steps.append((value, back, (name, exponent)))
        self.small: dict[int, Factor] = dict(SMALL)
        self.small |= {value: Factor(Fraction(1), (step,)) for value, _, step in self.steps}

    def one(self, wanted: int) -> Factor | None:
        """A number, or a power of one symbol; a sign and a number are two slips."""
        number = number_of(wanted)
        if number is None:
            return self.small.get(wanted)
        return Factor(number) if number > 0 or number == -1 else None

    def several(self, wanted: int, most: int = 2) -> Factor | None:
        """A small number times powers of several symbols; of three, each by itself."""
        if most == 1:
            return self.small.get(wanted)
        for _, back, (name, times) in self.steps:
            if most == 2 or abs(times) == 1:
                rest = self.several(wanted * back % PRIME, most - 1)
                if rest is not None and name not in dict(rest.powers):
                    return Factor(rest.number, ((name, times), *rest.powers))
        return None


def number_of(value: int) -> Fraction | None:
    """The small fraction that has this fingerprint; ``None`` if none has.

    >>> number_of(residue(Fraction(-3, 4)))
    Fraction(-3, 4)
    """
    above, rest, by, below = PRIME, value, 0, 1
    while rest > LARGE:
        times = above // rest
        above, rest, by, below = rest, above - times * rest, below, by - times * below
    return Fraction(rest, below) if abs(below) <= BELOW else None


def monomial(exponents: dict[str, int], number: int = 1) -> Tree:
    """A number times powers of symbols."""
    return product([Number(number), *(Symbol(name) ** e for name, e in exponents.items())])


def exponent(tree: Tree, name: str) -> int:
    """How often a symbol is a factor of a formula as it is written; negative where it divides."""
    match tree:
        case Symbol():
            return int(tree.name == name)
        case Product(factors=parts):
            return sum(exponent(part, name) for part in parts)
        case Quotient(numerator=above, denominator=below):
            return exponent(above, name) - exponent(below, name)
        case Negative(operand=inner):
            return exponent(inner, name)
        case Power(base=base, exponent=Number(value=int(times))):
            return exponent(base, name) * times
        case Sum(terms=parts):
            return min(exponent(part, name) for part in parts)
    return 0


def content(tree: Tree) -> Fraction:
    """The number that a formula is a multiple of as it is written."""
    match tree:
        case Number(value=value):
            return Fraction(value)
        case Product(factors=parts):
            return prod(map(content, parts), start=Fraction(1))
        case Quotient(numerator=above, denominator=below):
            return content(above) / (content(below) or 1)
        case Negative(operand=inner):
            return content(inner)
        case Sum(terms=parts):
            return Fraction(gcd(*(int(abs(content(p))) for p in parts)) or 1)
    return Fraction(1)
