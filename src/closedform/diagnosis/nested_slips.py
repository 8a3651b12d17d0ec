"""A slip inside a floor or a sum over an index, which nothing undoes: what stands near is tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from closedform.algebra.tree import (
    Call,
    Number,
    Product,
    Quotient,
    Series,
    Sum,
    Symbol,
    Tree,
    children,
    over,
    walk,
)
from closedform.diagnosis.case import Case, Finding
from closedform.diagnosis.places import Path, replaced
from closedform.typeset.prose import Prose, say

#: Past this many nodes no formula is searched.
SMALL = 120
OTHER = {"floor": "ceil", "ceil": "floor"}
SIGNS = {"floor": "⌊ ⌋", "ceil": "⌈ ⌉"}


def nested_slips(case: Case) -> Iterator[Finding]:
    """A floor too many, missing or another; a number, sign, symbol or term inside of one."""
    if case.weight >= SMALL or not (case.numeric or case.nodes & {Call, Series}):
        return
    tree, other = case.claimed, case.reference
    if isinstance(tree, Number) and not case.targeted:
        tree, other = other, tree  # what is worked out stands on the left
    findings: list[tuple[int, Finding]] = []
    for path, part, outer in _parts(tree):
        said: Callable[[], Prose]
        for meant, said in _rounded(part):
            repaired = replaced(tree, path, meant)
            if case.same(repaired, other):
                yield Finding("floor", said, repaired, other)
        if outer is None or case.numeric:  # numbers agree by chance
            continue
        for meant in _near(part, case.names[0]):
            repaired = replaced(tree, path, meant)
            if case.same(repaired, other):
                said = partial(say, "{} stands where {} is meant in {}", part, meant, outer)
                size = sum(1 for _ in walk(part))
                findings.append((size, Finding("number", said, repaired, other)))
    # The smaller the part that has to be changed, the better.
    yield from (finding for _, finding in sorted(findings, key=lambda pair: pair[0]))


def _parts(
    tree: Tree, path: Path = (), outer: Tree | None = None
) -> Iterator[tuple[Path, Tree, Tree | None]]:
    """Every part, where it stands, and the floor or sum over an index that it stands in."""
    yield path, tree, outer
    outer = tree if isinstance(tree, (Call, Series)) else outer
    for place, part in enumerate(children(tree)):
        yield from _parts(part, (*path, place), outer)


def _rounded(tree: Tree) -> Iterator[tuple[Tree, Callable[[], Prose]]]:
    """A quotient rounded down, a floor left out, or a ceiling for it; and how that is told."""
    if isinstance(tree, Quotient):
        yield Call("floor", (tree,)), partial(say, "{} is missing around {}", SIGNS["floor"], tree)
    if isinstance(tree, Call) and tree.function in OTHER:
        (inner,), stands = tree.arguments, SIGNS[tree.function]
        meant = OTHER[tree.function]
        said = partial(say, "{} stands where {} is meant", stands, SIGNS[meant])
        yield Call(meant, tree.arguments), said
        yield inner, partial(say, "{} is too much around {}", stands, inner)


def _near(tree: Tree, names: tuple[str, ...]) -> Iterator[Tree]:
    """What may be meant where a part stands."""
    match tree:
        case Number(value=int(number)):
            yield from (Number(n) for n in (number - 1, number + 1, 1) if n > 0 and n != number)
        case Symbol(name=name):
            yield from (Symbol(n) for n in names if n != name)
            yield from (2 * tree, tree**2, tree - 1, tree + 1)
        case Product(factors=factors):
            for place in range(len(factors)):
                yield over(Product, factors[:place] + factors[place + 1 :])
        case Sum(terms=terms):
            for place, term in enumerate(terms):
                rest = terms[:place] + terms[place + 1 :]
                yield from (over(Sum, (*rest, -term)), over(Sum, rest))
            yield from (tree - 1, tree + 1)
