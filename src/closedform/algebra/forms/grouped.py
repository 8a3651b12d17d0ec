"""A sum grouped by what varies: ``Ln·(4d² + 3df) + 2dLn² + dnV``, as a person prints a network.

The sum is expanded in symbols and floors, and the terms that share the same power of the varying
ones stand in one bracket. A bracket such as ⌊R/k⌋² + 1 that makes the sum shorter is kept whole.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from math import comb
from typing import TypeAlias

from closedform.algebra.tree import (
    Call,
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
    symbol_names,
    total,
    walk,
)

#: A sum that expands to more terms stays as it is.
TERMS = 400
#: Of more terms than these a person sees more in the brackets that they came in.
MANY = 10
#: Exponents of atoms, in the order of the atoms.
Monomial: TypeAlias = "tuple[tuple[Tree, int], ...]"
Expanded: TypeAlias = "dict[Monomial, Fraction]"


def grouped(tree: Tree, varies: Callable[[str], bool]) -> Tree:
    """The sum grouped by the symbols that vary, and by floors of them.

    >>> from closedform.algebra.tree import Symbol
    >>> from closedform.typeset.text import text
    >>> d, f, n, L = map(Symbol, "dfnL")
    >>> tree = L * (4 * d**2 * n + n * 3 * d * f) + 2 * L * n**2 * d
    >>> text(grouped(tree, lambda name: name in "Ln"))
    'Ln·(4d² + 3df) + 2Ln²d'
    """
    terms = _expanded(tree)
    if terms is None or len(terms) < 2:
        return tree
    for whole in dict.fromkeys(node for node in walk(tree) if isinstance(node, Sum)):
        terms = _with_bracket(terms, whole)
    groups: dict[Monomial, Expanded] = {}
    for monomial, coefficient in terms.items():
        outer = tuple(part for part in monomial if any(map(varies, symbol_names(part[0]))))
        inner = tuple(part for part in monomial if part not in outer)
        groups.setdefault(outer, {})[inner] = coefficient
    return total(_group(outer, inner) for outer, inner in groups.items())


def plainest(tree: Tree) -> Tree:
    """The tree, or the sum that it expands to where a person reads that more easily.

    >>> from closedform.algebra.tree import Symbol
    >>> from closedform.typeset.text import text
    >>> k, d, h, n = map(Symbol, "kdhn")
    >>> text(plainest(n * (8 * d + 2 * n) * d + n**2 * (2 * d + 4 * h)))
    '8d²n + 4dn² + 4hn²'
    >>> text(plainest((2 * k**2 * d - 1) * n)), text(plainest(n * (d + h)))
    ('(2k²d − 1)·n', 'n·(d + h)')
    """
    if not isinstance(tree, Sum) and sum(isinstance(node, Sum) for node in walk(tree)) < 2:
        return tree
    plain = grouped(tree, lambda _: False)
    return tree if len(children(plain)) > MANY else min(tree, plain, key=effort)


def effort(tree: Tree) -> int:
    """How much there is to read: letters and numbers, brackets, and more for each bracket more."""
    nodes = [*walk(tree)]
    letters = sum(isinstance(node, (Symbol, Number)) for node in nodes)
    brackets = sum(isinstance(node, Sum) for node in nodes) - isinstance(tree, Sum)
    fractions = sum(isinstance(node, Quotient) for node in nodes)
    return letters + fractions + brackets + max(brackets - 1, 0)


def _group(outer: Monomial, inner: Expanded) -> Tree:
    """``outer · (inner)``; a single term, and what does not vary, has no bracket."""
    terms = [_term(monomial, coefficient) for monomial, coefficient in inner.items()]
    if not outer or len(terms) == 1:
        return total(_term(outer, Fraction(1)) * term for term in terms)
    return _term(outer, Fraction(1)) * Sum(tuple(terms))


def _term(monomial: Monomial, coefficient: Fraction) -> Tree:
    above = product(atom**times for atom, times in monomial if times > 0)
    below = product(atom ** (-times) for atom, times in monomial if times < 0)
    return coefficient.numerator * above / (coefficient.denominator * below)


def _expanded(tree: Tree) -> Expanded | None:
    """The terms of a sum by their atoms; nothing where they are too many."""
    match tree:
        case Number(value=value):
            return {(): Fraction(value)} if value else {}
        case Negative(operand=operand):
            return _times(_expanded(operand), {(): Fraction(-1)})
        case Sum(terms=parts):
            added: Expanded = {}
            for part in parts:
                terms = _expanded(part)
                if terms is None:
                    return None
                for monomial, coefficient in terms.items():
                    added[monomial] = added.get(monomial, Fraction(0)) + coefficient
            return {m: c for m, c in added.items() if c} if len(added) <= TERMS else None
        case Product(factors=factors):
            one: Expanded | None = {(): Fraction(1)}
            return reduce(_times, map(_expanded, factors), one)
        case Power(base=base, exponent=Number(value=int(times))) if 0 < times <= 8:
            return _expanded(Product((base,) * times))
        case Quotient(numerator=above, denominator=below):
            divisor = _expanded(below)
            if divisor is not None and len(divisor) == 1:
                ((monomial, coefficient),) = divisor.items()
                inverse = tuple((atom, -times) for atom, times in monomial)
                return _times(_expanded(above), {inverse: 1 / coefficient})
    return {((tree, 1),): Fraction(1)}


def _times(a: Expanded | None, b: Expanded | None) -> Expanded | None:
    if a is None or b is None or len(a) * len(b) > TERMS:
        return None
    multiplied: Expanded = {}
    for left, x in a.items():
        for right, y in b.items():
            monomial = _joined(left, right)
            multiplied[monomial] = multiplied.get(monomial, Fraction(0)) + x * y
    return {m: c for m, c in multiplied.items() if c}


def _joined(left: Monomial, right: Monomial) -> Monomial:
    """The product of two monomials; atoms in one order, so that equal ones are equal."""
    exponents = dict(left)
    for atom, times in right:
        exponents[atom] = exponents.get(atom, 0) + times
    kept = ((atom, times) for atom, times in exponents.items() if times)
    return tuple(sorted(kept, key=lambda part: repr(part[0])))


def _with_bracket(terms: Expanded, whole: Sum) -> Expanded:
    """The terms with x^e + c as one atom, where a floor x is there and they become fewer."""
    inside = _expanded(whole)
    if inside is None or len(inside) != 2 or () not in inside:
        return terms
    (monomial,) = (key for key in inside if key)
    ((atom, degree), *others) = monomial
    if others or not isinstance(atom, Call):
        return terms
    added = inside[()] / inside[monomial]
    if added.denominator != 1:
        return terms
    bracket = Sum((atom**degree, Number(added.numerator)))
    fewer: Expanded = {}
    for monomial, coefficient in terms.items():
        times, rest = divmod(dict(monomial).get(atom, 0), degree)
        rests = tuple(part for part in monomial if part[0] != atom)
        rests = _joined(rests, ((atom, rest),))
        for j in range(times + 1):
            new = _joined(rests, ((bracket, j),))
            part = coefficient * comb(times, j) * (-added) ** (times - j)
            fewer[new] = fewer.get(new, Fraction(0)) + part
    fewer = _without_taking_back({m: c for m, c in fewer.items() if c}, bracket, atom, degree)
    return fewer if len(fewer) < len(terms) else terms


def _without_taking_back(terms: Expanded, bracket: Sum, atom: Tree, degree: int) -> Expanded:
    """``a·(x^e + c) − a·c`` is ``a·x^e`` again."""
    added = bracket.terms[1]
    rejoined: Expanded = {}
    gone: set[Monomial] = set()
    for monomial, coefficient in terms.items():
        rest = tuple(part for part in monomial if part != (bracket, 1))
        taken = isinstance(added, Number) and terms.get(rest) == -coefficient * added.value
        if len(rest) < len(monomial) and taken:
            gone.add(rest)
            rejoined[_joined(rest, ((atom, degree),))] = coefficient
        else:
            rejoined[monomial] = coefficient
    return {monomial: c for monomial, c in rejoined.items() if monomial not in gone}
