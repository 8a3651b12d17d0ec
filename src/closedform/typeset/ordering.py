"""The order a person writes in: the factors of a product, the terms of a sum."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from closedform.algebra.functions import FUNCTIONS
from closedform.algebra.tree import (
    Call,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Series,
    Sum,
    Symbol,
    Tree,
    children,
    factors_of,
    symbol_names,
)
from closedform.typeset.names import NameKey
from closedform.typeset.notation import Notation
from closedform.typeset.printer import split_sign

#: The terms of a bracket that counts the operations of one output, at most: 2k²M + 2m − 1.
COUNTED = 3
Rank = tuple[int, NameKey, NameKey]
#: Whole in nearly every formula, and integers compare far faster.
Exponent = int | Fraction

#: The degree that stands for an exponent with symbols: 2^n outgrows every power in a cost.
_EXPONENTIAL = 1000


def sort_terms(terms: Iterable[Tree], notation: Notation) -> list[Tree]:
    """Terms by falling degree, added ones before subtracted ones, then in the notation's order.

    Maps that are alike but for their floors go from the largest to the smallest: ⌈R/2⌉², ⌈R/4⌉².
    Numbers come last, and no minus leads where some term is added: M − N, 1 − M, H + 2p − k.
    """
    listed = list(terms)
    names = {*symbol_names(*listed)}
    places = {name: place for place, name in enumerate(sorted(names, key=notation.rank))}
    last = (len(places), 0)

    def key(term: Tree) -> tuple[object, ...]:
        times = occurrences(term).items()
        # An index of a sum is no symbol of the formula.
        powers = sorted((places[name], p) for name, p in times if p and name in places)
        # What stands above the line is compared first, so that 2cm/g goes before 9m.
        above = (*((place, -p) for place, p in powers if p > 0), last)
        below = (*((place, p) for place, p in powers if p < 0), last)
        kind = isinstance(term, Number), -degree(term), split_sign(term)[0]
        return *kind, above, below, _halved(term)

    listed.sort(key=key)
    added = next((i for i, term in enumerate(listed) if not split_sign(term)[0]), 0)
    listed.insert(0, listed.pop(added))
    return listed


def _halved(term: Tree) -> int | Fraction:
    """By how much the maps of a term are smaller than the input: 8 of ⌈R/8⌉²."""
    halved: int | Fraction = 0
    for factor in factors_of(term):
        base = factor.base if isinstance(factor, Power) else factor
        match base:
            case Call(arguments=(Quotient(denominator=Number(value=divisor)),)):
                halved = max(halved, divisor)
    return halved


def sort_factors(factors: Iterable[Tree], notation: Notation) -> list[Tree]:
    """Factors as a person writes them: numbers, symbols, functions, brackets.

    A bracket that counts the operations of one output, (2k²M − 1), goes before the outputs NHW; any
    other goes after: N(k²M + 1), hw(2cm/g + 9m), M(M − N).
    """
    listed = list(factors)
    bases = [factor.base if isinstance(factor, Power) else factor for factor in listed]
    loose = (notation.rank(base.name) for base in bases if isinstance(base, Symbol))
    first_loose = min(loose, default=None)

    def key(factor: Tree) -> tuple[int, Rank | tuple[()]]:
        return _group(factor, first_loose, notation), _rank(factor, notation) or ()

    return sorted(listed, key=key)


def degree(tree: Tree) -> Exponent:
    """The total degree in all symbols; quotients count down, logarithms count nothing."""
    match tree:
        case Symbol():
            return 1
        case Number():
            return 0
        case Product(factors=factors):
            return sum(map(degree, factors))
        case Quotient(numerator=above, denominator=below):
            return degree(above) - degree(below)
        case Power(base=base, exponent=Number(value=value)):
            return degree(base) * value
        case Power():
            return _EXPONENTIAL
        case Call(function=function, arguments=parts):
            return FUNCTIONS[function].degree * max(map(degree, parts))
    return max(map(degree, children(tree)), default=0)


def occurrences(tree: Tree) -> dict[str, Exponent]:
    """The power in which each symbol occurs; in a sum, its highest."""
    match tree:
        case Symbol(name=name):
            return {name: 1}
        case Number():
            return {}
        case Product(factors=factors):
            return _added((occurrences(factor), 1) for factor in factors)
        case Quotient(numerator=above, denominator=below):
            parts = (occurrences(above), 1), (occurrences(below), -1)
            return _added(parts)
        case Power(base=base, exponent=Number(value=value)):
            return _added([(occurrences(base), value)])
        case Power(base=base):
            return occurrences(base)
    highest: dict[str, Exponent] = {}
    for part in children(tree):
        for name, times in occurrences(part).items():
            highest[name] = max(times, highest.get(name, times))
    weight = FUNCTIONS[tree.function].degree if isinstance(tree, Call) else 1
    return highest if weight == 1 else _added([(highest, weight)]) if weight else {}


def _added(parts: Iterable[tuple[dict[str, Exponent], Exponent]]) -> dict[str, Exponent]:
    total: dict[str, Exponent] = {}
    for times, weight in parts:
        for name, value in times.items():
            total[name] = total.get(name, 0) + weight * value
    return total


def _rank(factor: Tree, notation: Notation) -> Rank | None:
    """Where the earliest symbol of a factor stands in the notation; None without symbols."""
    return min(map(notation.rank, symbol_names(factor)), default=None)


def _group(factor: Tree, first_loose: Rank | None, notation: Notation) -> int:
    """The place of a kind of factor: 0 numbers, 1 leading brackets, 2 symbols, and so on."""
    base = factor.base if isinstance(factor, Power) else factor
    if isinstance(base, Number):
        return 0
    if isinstance(base, Symbol):
        return 2
    if isinstance(base, Sum):
        first = _rank(base, notation)
        earlier = first is not None and first_loose is not None and first < first_loose
        return 1 if earlier and _counts_operations(base) else 4
    if isinstance(base, Series):
        return 5  # its body reaches over all that follows
    return 3


def _counts_operations(bracket: Sum) -> bool:
    """Whether a bracket is of the kind 2n − 1 or 2n + 2, so many operations for one output."""
    if len(bracket.terms) > COUNTED:
        return False
    counted = any(isinstance(term, Number) for term in bracket.terms)
    others = [term for term in bracket.terms if not isinstance(term, Number)]
    subtracts = any(split_sign(term)[0] for term in bracket.terms)
    return counted and (subtracts or any(map(_has_coefficient, others)))


def _has_coefficient(term: Tree) -> bool:
    match term:
        case Quotient(numerator=above) | Negative(operand=above):
            return _has_coefficient(above)
        case Product(factors=factors):
            return isinstance(factors[0], Number)
    return isinstance(term, Number)
