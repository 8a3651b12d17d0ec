"""Slips in a formula with numbers put in: 3 for 3², a factor left out, + for ×.

The formula of the layer is known in its own letters: each is spoilt in one place, and the numbers
are put in again. Only a slip that concerns a number is told here; symbols are seen without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from closedform.algebra.tree import (
    ONE,
    Number,
    Power,
    Product,
    Sum,
    Symbol,
    Tree,
    product,
    substitute,
)
from closedform.cost.expand import Costed
from closedform.cost.sums import LayerSum
from closedform.diagnosis.case import Finding
from closedform.diagnosis.layer_mistakes import Group, groups, of_quantities
from closedform.diagnosis.places import replaced, with_paths
from closedform.typeset.prose import EQUAL, AsWritten, Code, Prose, say

#: Sums of more layers than this are not searched.
GROUPS = 3
Sizes = dict[str, Tree]


@of_quantities
def numeric_slips(quantity: Costed) -> Iterator[Finding]:
    """One place of the formula of one layer is wrong, seen from its letters."""
    parts = groups(quantity.layers)
    if len(parts) > GROUPS or quantity.by != "exact":
        return
    costs = [part.layers.tree(quantity.measure, quantity.by) for part in parts]
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
        rest = LayerSum(tuple(t for i, p in enumerate(parts) if i != place for t in p.layers.terms))
        others = rest.tree(quantity.measure, quantity.by)
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
    flags = tuple(flag for flag in ("bias", "bn") if part.has(flag) and flag in kind.flags)
    cost: Tree = kind.at(letters, flags).tree(quantity.measure, quantity.by)
    return cost


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
