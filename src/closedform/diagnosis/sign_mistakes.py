"""+ for ×, × for +, and reciprocals taken term by term."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from closedform.algebra.tree import (
    ONE,
    Number,
    Product,
    Quotient,
    Sum,
    Tree,
    add,
    multiply,
    product,
    total,
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
