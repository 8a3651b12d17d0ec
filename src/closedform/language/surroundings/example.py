"""A formula, and the same with another part for each letter: k²MN, and 3²·64·128 or 9·64·128."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction

from closedform.algebra.exact import known_value
from closedform.algebra.numbers import power
from closedform.algebra.tree import (
    Call,
    Number,
    Power,
    Product,
    Symbol,
    Tree,
    children,
    symbol_names,
)
from closedform.errors import ClosedformError

Put = dict[str, Tree]
#: A product of more factors is not gone through.
FACTORS = 24


def put_in(formula: Tree, example: Tree) -> Put | None:
    """What stands for each letter of a formula, part for part; None if the two do not fit.

    >>> from closedform.language.parser import parse
    >>> from closedform.typeset.text import text
    >>> put = put_in(parse("(W - F + 2P)/S"), parse("(227 - 11 + 0)/4"))
    >>> {name: text(part) for name, part in put.items()}
    {'W': '227', 'F': '11', 'P': '0', 'S': '4'}
    >>> put_in(parse("k^2 M N"), parse("9*64*128 + 1"))
    """
    return next(_put(formula, example, {}), None)


def _put(formula: Tree, example: Tree, put: Put) -> Iterator[Put]:
    """Every way to go on with the numbers that are put in already."""
    names = symbol_names(formula)
    number = known_value(example)
    if not names:
        yield from [put] if number is not None and known_value(formula) == number else ()
    elif isinstance(formula, Symbol) and number is None:
        if put.get(formula.name, example) == example:
            yield {**put, formula.name: example}
    elif isinstance(formula, Product) and isinstance(example, Product):
        if len(example.factors) <= FACTORS:
            yield from _factors(formula.factors, _joined(example.factors), put)
    elif type(formula) is type(example):
        ours, theirs = children(formula), children(example)
        if len(ours) == len(theirs) and _function(formula) == _function(example):
            yield from _all(ours, theirs, put)
    elif isinstance(formula, Call) and formula.function in ("floor", "ceil"):
        yield from _put(formula.arguments[0], example, put)  # a quotient without a rest
    elif len(names) == 1 and isinstance(example, Number) and number is not None:
        with suppress(ClosedformError):  # no such root
            solved = _solved(formula, number)
            # No padding is 3/2.
            fits = solved is not None and (isinstance(formula, Symbol) or solved.denominator == 1)
            if solved is not None and fits and put.get(names[0], Number(solved)) == Number(solved):
                yield {**put, names[0]: Number(solved)}


def _all(formulas: Sequence[Tree], examples: Sequence[Tree], put: Put) -> Iterator[Put]:
    """All parts in their order."""
    if not formulas:
        yield put
        return
    for more in _put(formulas[0], examples[0], put):
        yield from _all(formulas[1:], examples[1:], more)


def _factors(ours: Sequence[Tree], theirs: Sequence[Tree], put: Put) -> Iterator[Put]:
    """Factor for factor: a square may be two of them, 3·3 for k², or k² for side · side."""
    if not ours or not theirs:
        yield from () if ours or theirs else [put]
        return
    for more in _put(ours[0], theirs[0], put):
        yield from _factors(ours[1:], theirs[1:], more)
    match ours[0]:
        case Power(base=base, exponent=Number(value=int(n))) if 1 < n <= len(theirs):
            for more in _all([base] * n, theirs[:n], put):
                yield from _factors(ours[1:], theirs[n:], more)
    match theirs[0]:
        case Power(base=base, exponent=Number(value=int(n))) if 1 < n <= len(ours):
            for more in _all(ours[:n], [base] * n, put):
                yield from _factors(ours[n:], theirs[1:], more)


def _joined(factors: Sequence[Tree]) -> list[Tree]:
    """The factors with 175·10⁹ as one number."""
    joined: list[Tree] = []
    for factor in factors:
        match joined[-1:], factor:
            case [Number(value=number)], Power(
                base=Number(value=10), exponent=Number(value=int(n))
            ):
                joined[-1] = Number(number * 10**n)
            case _:
                joined.append(factor)
    return joined


def _function(tree: Tree) -> str:
    return tree.function if isinstance(tree, Call) else ""


def _solved(formula: Tree, number: Fraction) -> Fraction | None:
    """The value of the only symbol where c·xⁿ is a number.

    Raises:
        ClosedformError: it is no fraction.
    """
    match formula:
        case Symbol():
            return number
        case Power(base=base, exponent=Number(value=int(times))) if times > 0 and number:
            return _solved(base, Fraction(power(number, Fraction(1, times))))
        case Product(factors=(Number(value=times), rest)) if times:
            return _solved(rest, number / times)
    return None
