"""One slip in a formula with numbers put in, seen from its letters.

9·64·128 is read as k²MN at the sizes of the layer that is meant. A slip is told if it turns the
formula in letters into that of the layer in letters.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from closedform.algebra.tree import ONE, Number, Symbol, Tree, mapped
from closedform.cost.expand import Costed
from closedform.diagnosis.case import Case, Finding, cost
from closedform.diagnosis.factor_slips import one_factor, two_factors
from closedform.diagnosis.layer_mistakes import MANY, with_call
from closedform.diagnosis.term_slips import other_terms
from closedform.language.layers import with_quantities
from closedform.records import replace
from closedform.typeset.prose import Prose, listed, say

Letters = dict[Number, Symbol]
#: What is looked for, the likeliest first.
SLIPS = (one_factor, other_terms, two_factors)


def numbers_put_in(case: Case) -> Iterator[Finding]:
    """A slip in the formula that has the letters of the layer for its numbers."""
    letters = _letters(case)
    claimed = _lettered(case.claimed, letters)
    if case.tolerance or claimed == case.claimed:
        return
    quantities = tuple(_opened(quantity, letters) for quantity in case.quantities)
    trees = iter([quantity.tree for quantity in quantities])
    reference = with_quantities(case.outline, lambda _: next(trees))
    inside = replace(case, reference=reference, claimed=claimed, quantities=quantities)
    for slips in SLIPS:
        for finding in slips(inside):
            said = partial(_said, finding, letters)
            yield Finding(finding.kind, said, finding.tree, finding.wanted)


def _letters(case: Case) -> Letters:
    """The sizes of the layers that are meant that are numbers, each with the one letter for it.

    None where a letter has several values: which is meant is not seen.
    """
    letters: Letters = {}
    for quantity in case.quantities:
        for term in quantity.layers.terms[:MANY]:
            for name, size in term.call.given.items():
                if isinstance(size, Number) and size != ONE and size not in letters:
                    if Symbol(name) in letters.values():
                        return {}
                    letters[size] = Symbol(name)
    return letters


def _lettered(tree: Tree, letters: Letters) -> Tree:
    """A formula with letters for the numbers, and their squares for the squares."""
    if not isinstance(tree, Number):
        return mapped(tree, lambda part: _lettered(part, letters))
    squares = {Number(size.value**2): letter**2 for size, letter in letters.items()}
    return letters.get(tree) or squares.get(tree, tree)


def _opened(quantity: Costed, letters: Letters) -> Costed:
    """A quantity of the same layers, their sizes in letters."""
    layers = quantity.layers
    for place, term in enumerate(layers.terms):
        sizes = {name: _lettered(size, letters) for name, size in term.call.given.items()}
        layers = with_call(layers, place, sizes, term.call.flags)
    return replace(quantity, layers=layers, tree=cost(layers, quantity.measure, quantity.by))


def _said(finding: Finding, letters: Letters) -> Prose:
    words = listed(say("{} for {}", letter, size) for size, letter in letters.items())
    return say("in letters ({}): {}", words, finding.said())
