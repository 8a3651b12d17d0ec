"""When an equation that is wrong in general does hold: by factors, and by residue classes."""

from __future__ import annotations

from collections.abc import Iterable

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.normal_form.factors import Factored, factored
from closedform.algebra.normal_form.rational import RationalFunction
from closedform.algebra.proofs.equation import by_class
from closedform.algebra.proofs.residues import ResidueClass
from closedform.algebra.tree import Call, Number, Symbol, Tree, symbol_names
from closedform.algebra.zeros import Equations, vanishing
from closedform.errors import TooLarge, UndefinedValue

#: More ways than this are not told one by one.
MANY = 4


def holds_when(
    difference: RationalFunction, product: Factored, assumptions: Assumptions
) -> tuple[Equations, ...]:
    """The ways in which the difference is 0; none where it never is. ``product``: its numerator."""
    space = difference.field
    if space.floors:
        in_classes = _by_classes(difference, assumptions)
        if in_classes is not None:
            return in_classes
    ways = vanishing(space, product)
    # An equation between two numbers that differ, such as 500√2 = 707, is no way.
    return tuple(way for way in ways if all(map(_has_symbols, way)))


def _has_symbols(equation: tuple[Tree, Tree]) -> bool:
    return any(map(symbol_names, equation))


def _by_classes(
    difference: RationalFunction, assumptions: Assumptions
) -> tuple[Equations, ...] | None:
    """Residues at which the sides are equal, and single values in the other classes."""
    ways: list[list[Equations]] = []

    def ask(value: RationalFunction, _: Assumptions) -> bool:
        zero = value.is_zero()
        zeros = [] if zero else vanishing(value.field, factored(value.field, value.cancelled().num))
        ways.append(zeros)
        return zero

    try:
        answers = by_class(difference, assumptions, [], ask)
    except (TooLarge, UndefinedValue):
        return None
    if answers is None:
        return None
    singles: dict[Equations, None] = {}
    for (case, _), in_class in zip(answers, ways, strict=True):
        for way in in_class:
            named = _single(way, case)
            if named is None:
                return None
            singles[named] = None
    whole = _residues([case for case, zero in answers if zero], len(answers))
    if whole is None:
        return None
    # A single value in a class that holds anyway says nothing more.
    ways_found = tuple(dict.fromkeys([*whole, *singles]))
    return ways_found if len(ways_found) <= MANY else None


def _single(way: Equations, case: ResidueClass) -> Equations | None:
    """H/2 = 3 in the class H = 2·(H/2) + 1 as H = 7; ``None`` where a way is no such value."""
    if len(way) != 1 or len(case.residues) != 1:
        return None
    ((left, right),) = way
    ((name, (modulus, residue)),) = case.residues.items()
    quotient = f"{name}/{modulus}"
    if left != Symbol(quotient) or not isinstance(right, Number):
        return None
    return ((Symbol(name), Number(modulus * right.value + residue)),)


def _residues(classes: Iterable[ResidueClass], count: int) -> list[Equations] | None:
    """The classes in words; ``None`` where they do not depend on one symbol alone."""
    listed = list(classes)
    if not listed:
        return []
    moduli = {name: modulus for name, (modulus, _) in listed[0].residues.items()}
    for name, modulus in moduli.items():
        kept = sorted({case.residues[name][1] for case in listed})
        if len(kept) * (count // modulus) == len(listed):
            return [_residue(name, *pair) for pair in _coarser(kept, modulus)]
    if len(listed) <= MANY:
        return [
            tuple(pair for name, (m, r) in case.residues.items() for pair in _residue(name, m, r))
            for case in listed
        ]
    return None


def _coarser(kept: list[int], modulus: int) -> list[tuple[int, int]]:
    """The same residues for the smallest modulus that tells them: 0 and 2 of 4 are 0 of 2."""
    for smaller in range(2, modulus):
        if modulus % smaller == 0:
            residues = sorted({r % smaller for r in kept})
            if len(residues) * (modulus // smaller) == len(kept):
                return [(smaller, r) for r in residues]
    return [(modulus, r) for r in kept]


def _residue(name: str, modulus: int, residue: int) -> Equations:
    """H = 2·⌊H/2⌋ + 1."""
    symbol = Symbol(name)
    whole: Tree = modulus * Call("floor", (symbol / modulus,))
    return ((symbol, whole + residue),)
