"""One sign or one part for another: + for ×, reciprocals taken term by term, floors for ceilings.

In a formula with numbers put in such a slip is seen from its letters: the formula of the layer is
known in its own, each is spoilt in one place, and the numbers are put in again. Only a slip that
concerns a number is told there.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from closedform.algebra.tree import (
    ONE,
    Call,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Tree,
    children,
    mapped,
    multiply,
    over,
    product,
    rebuild,
    substitute,
    total,
    walk,
)
from closedform.cost.expand import Costed
from closedform.cost.sums import LayerSum
from closedform.diagnosis.case import Case, Finding
from closedform.diagnosis.layer_mistakes import Group, Sizes, groups, of_quantities, without
from closedform.diagnosis.places import replaced, with_paths
from closedform.typeset.prose import EQUAL, AsWritten, Code, Prose, say

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
                yield product(factors[:place]) + product(factors[place:]), "×", "+"
        case Quotient(numerator=above, denominator=below):
            yield above + 1 / below, "×", "+"


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


# -- slips in a formula with numbers put in -------------------------------------------------------

#: Sums of more layers than this are not searched.
GROUPS = 3


@of_quantities
def numeric_slips(quantity: Costed) -> Iterator[Finding]:
    """One place of the formula of one layer is wrong, seen from its letters."""
    parts = groups(quantity.layers)
    if len(parts) > GROUPS or quantity.by != "exact":
        return
    costs = [part.layers._tree(quantity.measure, quantity.by) for part in parts]
    if len(costs) > 1:
        said = partial(say, "× stands where + is meant, between the layers")
        yield Finding("sign", said, product(costs))
    known: Sizes = {}
    for part in parts:
        known |= {n: t for n, t in part.call.arguments if n not in known}
    for place, part in enumerate(parts):
        sizes = known | dict(part.call.arguments)
        if not any(isinstance(size, Number) for size in sizes.values()):
            continue
        others = without(parts, place)._tree(quantity.measure, quantity.by)
        formula = _formula(quantity, part, sizes)
        whose = say(" in {}", Code(part.call.layer)) if len(parts) > 1 else ()
        for text, wrong in _spoilt(formula, sizes):
            value = others + part.times * substitute(wrong, sizes)
            yield Finding("factor", partial(say, "{}{}", text, whose), value)


def _formula(quantity: Costed, part: Group, sizes: Sizes) -> Tree:
    """The cost of a layer in the letters of the catalogue; what is 1 by default stays 1."""
    kind = part.call.type
    letters: Sizes = {
        n: sizes[n] if sizes[n] == ONE else Symbol(n)
        for n in part.call.sizes
        if n in kind.main or n in part.call.given
    }
    layers: LayerSum = kind.at(letters, part.on)
    return layers._tree(quantity.measure, quantity.by)


def _spoilt(formula: Tree, sizes: Sizes) -> Iterator[tuple[Prose, Tree]]:
    """The formula with one slip in it, and what the slip is."""
    for path, part in with_paths(formula):
        for text, new in _slips(part, sizes):
            yield text, replaced(formula, path, new)


def _slips(tree: Tree, sizes: Sizes) -> Iterator[tuple[Prose, Tree]]:
    match tree:
        case Power(base=Symbol(name=name) as base, exponent=Number(value=2)):
            size = sizes.get(name)
            if isinstance(size, Number):
                squared = (AsWritten(Power(size, Number(2))), EQUAL, Number(size.value**2))
                yield say("{} stands where {} is meant", size, squared), base
                doubled = AsWritten(Product((Number(2), size)))
                twice = 2 * base
                yield say("{} stands where {} is meant", doubled, squared), twice
        case Product(factors=factors):
            for place, factor in enumerate(factors):
                rest = factors[:place] + factors[place + 1 :]
                if _is_letter(factor) and _has_number(factor, sizes):
                    named = say("{} ({})", factor, substitute(factor, sizes))
                    yield say("the factor {} is missing", named), product(rest)
            for place in range(len(factors) - 1):
                pair = factors[place : place + 2]
                if all(_is_letter(f) and _has_number(f, sizes) for f in pair):
                    one, two = (substitute(f, sizes) for f in pair)
                    rest = (*factors[:place], Sum(pair), *factors[place + 2 :])
                    text = say("+ stands where × is meant: {} + {} for {} × {}", one, two, one, two)
                    yield text, product(rest)
            for name, size in sizes.items():
                if isinstance(size, Number) and size != ONE:
                    more = tree * Symbol(name)
                    yield say("a factor {} ({}) too many", Symbol(name), size), more


def _is_letter(tree: Tree) -> bool:
    return isinstance(tree, Symbol) or (isinstance(tree, Power) and isinstance(tree.base, Symbol))


def _has_number(tree: Tree, sizes: Sizes) -> bool:
    base = tree.base if isinstance(tree, Power) else tree
    size = sizes.get(base.name) if isinstance(base, Symbol) else None
    return isinstance(size, Number) and size != ONE
