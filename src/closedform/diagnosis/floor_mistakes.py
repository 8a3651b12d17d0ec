"""Floors and ceilings: forgotten, taken for each other, or with something else inside."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from closedform.algebra.tree import (
    Call,
    Number,
    Quotient,
    Symbol,
    Tree,
    children,
    mapped,
    rebuild,
    walk,
)
from closedform.diagnosis.case import Case, Finding
from closedform.typeset.prose import say

#: Past this many nodes no formula is searched for slips inside its floors.
SMALL = 120
SIGNS = {"floor": "⌊ ⌋", "ceil": "⌈ ⌉"}
OTHER = {"floor": "ceil", "ceil": "floor"}


def floors(case: Case) -> Iterator[Finding]:
    """A floor or ceiling forgotten, too many, or taken for the other."""
    for tree, is_claim in ((case.claimed, True), (case.reference, False)):
        rest = case.reference if is_claim else case.claimed
        for node in walk(tree):
            if isinstance(node, Quotient) and case.numeric:
                down = exchanged(tree, node, Call("floor", (node,)))
                said = partial(say, "⌊ ⌋ is missing around {}", node)
                yield Finding("floor", said, down, rest)
            if not isinstance(node, Call) or node.function not in OTHER:
                continue
            (inner,), verb = node.arguments, "too much" if is_claim else "missing"
            said = partial(say, "{} is {} around {}", SIGNS[node.function], verb, inner)
            yield Finding("floor", said, exchanged(tree, node, inner), rest)
            both = [node.function, OTHER[node.function]]
            stands, meant = both if is_claim else both[::-1]
            said = partial(say, "{} stands where {} is meant", SIGNS[stands], SIGNS[meant])
            turned = Call(OTHER[node.function], node.arguments)
            yield Finding("floor", said, exchanged(tree, node, turned), rest)


def inside_floors(case: Case) -> Iterator[Finding]:
    """A number, sign, term or symbol inside a floor or ceiling of the claimed formula."""
    calls = [n for n in walk(case.claimed) if isinstance(n, Call)] if case.weight < SMALL else []
    findings: list[tuple[int, Finding]] = []
    for call in calls[:3]:
        for place, part in enumerate(call.arguments):
            for wrong, meant, new in _edits(part, case.names[0]):
                arguments = (*call.arguments[:place], new, *call.arguments[place + 1 :])
                tree = exchanged(case.claimed, call, Call(call.function, arguments))
                if case.same(tree, case.reference):
                    said = partial(say, "{} stands where {} is meant in {}", wrong, meant, call)
                    size = sum(1 for _ in walk(wrong))
                    findings.append((size, Finding("number", said, tree, case.reference)))
    # The smaller the part that has to be changed, the better.
    yield from (finding for _, finding in sorted(findings, key=lambda pair: pair[0]))


def _edits(tree: Tree, names: tuple[str, ...]) -> Iterator[tuple[Tree, Tree, Tree]]:
    """The tree with one of its parts exchanged for something near it: (part, other part, tree)."""
    for other in _near(tree, names):
        yield tree, other, other
    parts = children(tree)
    for place, part in enumerate(parts):
        for wrong, meant, new in _edits(part, names):
            yield wrong, meant, rebuild(tree, (*parts[:place], new, *parts[place + 1 :]))


def _near(tree: Tree, names: tuple[str, ...]) -> Iterator[Tree]:
    match tree:
        case Number(value=int(number)):
            yield from (Number(n) for n in (number - 1, number + 1, 1) if n > 0 and n != number)
        case Symbol(name=name):
            yield from (Symbol(n) for n in names if n != name)
            yield from (2 * tree, tree - 1, tree + 1)
        case Quotient():
            yield tree.numerator
        case _ if isinstance(tree, Call) or not children(tree):
            return
    terms = getattr(tree, "terms", ())
    for place, term in enumerate(terms):
        rest = tuple(t for i, t in enumerate(terms) if i != place)
        yield rebuild(tree, (*rest, -term))
        yield rest[0] if len(rest) == 1 else rebuild(tree, rest)
    if terms:
        yield from (tree - 1, tree + 1)
        for name in names:
            yield from (tree + Symbol(name), tree - Symbol(name))
    factors = getattr(tree, "factors", ())
    for place in range(len(factors)):
        rest = tuple(f for i, f in enumerate(factors) if i != place)
        yield rest[0] if len(rest) == 1 else rebuild(tree, rest)


def exchanged(tree: Tree, old: Tree, new: Tree) -> Tree:
    """The tree with one node exchanged, wherever it occurs."""
    return new if tree == old else mapped(tree, lambda part: exchanged(part, old, new))
