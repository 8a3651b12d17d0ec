"""+ for ×, × for +, reciprocals taken term by term, and the signs of floors and ceilings.

A floor is forgotten, taken for a ceiling, or holds something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from closedform.algebra.tree import (
    ONE,
    Call,
    Number,
    Product,
    Quotient,
    Sum,
    Symbol,
    Tree,
    add,
    children,
    mapped,
    multiply,
    over,
    product,
    rebuild,
    total,
    walk,
)
from closedform.diagnosis.case import Case, Finding
from closedform.diagnosis.places import replaced, with_paths
from closedform.typeset.prose import say

#: Past this many nodes, terms or factors a formula is not searched.
NODES, PARTS = 60, 10


def sign_for_sign(case: Case) -> Iterator[Finding]:
    """+ stands where × is meant, or × where + is."""
    if case.numeric or case.weight > NODES:
        return
    for path, node in with_paths(case.claimed):
        for meant, sign, other in _exchanged(node):
            repaired = replaced(case.claimed, path, meant)
            text = "{} stands where {} is meant: {} for {}"
            said = partial(say, text, sign, other, node, meant)
            yield Finding("sign", said, repaired, case.reference)


def term_by_term(case: Case) -> Iterator[Finding]:
    """The reciprocal of a sum is not the sum of the reciprocals."""
    claimed = case.claimed
    if isinstance(claimed, Sum):
        inverse = total(1 / term for term in claimed.terms)
        said = partial(say, "each term is upside down: {} for {}", claimed, inverse)
        yield Finding("reciprocal", said, inverse, case.reference)
        text = "{} is not the reciprocal of {}: "
        text += "the reciprocal of a sum is not the sum of the reciprocals"
        said = partial(say, text, claimed, inverse)
        yield Finding("reciprocal", said, 1 / inverse, case.reference)
    if isinstance(claimed, Quotient) and isinstance(claimed.denominator, Sum):
        split = total(claimed.numerator / t for t in claimed.denominator.terms)
        text = "{} is not {}, which is meant: a quotient by a sum does not fall apart"
        yield Finding("reciprocal", partial(say, text, claimed, split), split, case.reference)


def _exchanged(node: Tree) -> Iterator[tuple[Tree, str, str]]:
    """A sum with two terms, or all of them, multiplied; a product that falls into two terms."""
    match node:
        case Sum(terms=terms) if len(terms) <= PARTS and not any(map(_is_number, terms)):
            yield product(terms), "+", "×"
            for place in range(len(terms) - 1) if len(terms) > 2 else ():
                pair = multiply(*terms[place : place + 2])
                yield total((*terms[:place], pair, *terms[place + 2 :])), "+", "×"
        case Product(factors=factors) if len(factors) <= PARTS:
            for place in range(1, len(factors)) if not any(map(_is_number, factors)) else ():
                yield add(*_halves(factors, place)), "×", "+"
        case Quotient(numerator=above, denominator=Product(factors=factors)) if above == ONE:
            for place in range(1, min(len(factors), PARTS)):
                one, two = _halves(factors, place)
                yield 1 / one + 1 / two, "×", "+"
        case Quotient(numerator=above, denominator=below):
            yield above + 1 / below, "×", "+"


def _halves(factors: tuple[Tree, ...], place: int) -> tuple[Tree, Tree]:
    return product(factors[:place]), product(factors[place:])


def _is_number(tree: Tree) -> bool:
    return isinstance(tree, Number)


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
        yield over(Sum, rest)
    if terms:
        yield from (tree - 1, tree + 1)
        for name in names:
            yield from (tree + Symbol(name), tree - Symbol(name))
    factors = getattr(tree, "factors", ())
    for place in range(len(factors)):
        rest = tuple(f for i, f in enumerate(factors) if i != place)
        yield over(Product, rest)


def exchanged(tree: Tree, old: Tree, new: Tree) -> Tree:
    """The tree with one node exchanged, wherever it occurs."""
    return new if tree == old else mapped(tree, lambda part: exchanged(part, old, new))
