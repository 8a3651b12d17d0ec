"""A formula, and the same with another part for each letter: k²MN, and 3²·64·128 or 9·64·128."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from itertools import groupby

from closedform.algebra.exact import known_value
from closedform.algebra.numbers import power
from closedform.algebra.tree import (
    Call,
    Negative,
    Number,
    Power,
    Product,
    Sum,
    Symbol,
    Tree,
    children,
    symbol_names,
    walk,
)
from closedform.errors import ClosedformError
from closedform.language.layers import Quantity
from closedform.language.parser import parse_tokens
from closedform.language.surroundings.token_kinds import Item, items_of, shape
from closedform.language.tokens import Part, Scan, Token
from closedform.later import regex
from closedform.typeset.text import text

Put = dict[str, Tree]
#: A product of more factors is not gone through.
FACTORS = 24
#: Names, numbers and signs, and no name that is known.
_NAMED = regex(r"(?=.*[WUSm])[WUSm9*+/^()F-]+")


def put_in(formula: Tree, example: Tree) -> Put | None:
    """What stands for each letter of a formula, part for part; None if the two do not fit.

    >>> from closedform.language.parser import parse
    >>> from closedform.typeset.text import text
    >>> put = put_in(parse("(W - F + 2P)/S"), parse("(227 - 11 + 0)/4"))
    >>> {name: text(part) for name, part in put.items()}
    {'W': '227', 'F': '11', 'P': '0', 'S': '4'}
    >>> put_in(parse("k^2 M N"), parse("9*64*128 + 1"))
    """
    costs = any(isinstance(node, Quantity) for tree in (formula, example) for node in walk(tree))
    return None if costs else next(_put(formula, example, {}), None)


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
    """The value of the only symbol where c·xⁿ + d is a number.

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
        case Negative(operand=rest):
            return _solved(rest, -number)
        case Sum(terms=terms):
            rests = [term for term in terms if symbol_names(term)]
            more = [known_value(term) for term in terms if not symbol_names(term)]
            if len(rests) == 1 and None not in more:
                return _solved(rests[0], number - sum(filter(None, more)))
    return None


def is_in_words(
    scan: Scan, pieces: Sequence[Sequence[Token]], place: int, known: frozenset[str]
) -> bool:
    """Whether a member says in words what the next one says: ``kernel × kernel × in = 3×3×64``.

    Part for part, with one number or symbol for each name: what a condition of the text gives it.
    What stands for a word is held to its meaning, as in ``3 (kernel) × 3 (kernel) × 64 (in)``.
    """
    items = [item for item in items_of(scan, pieces[place], known) if item.kind not in "_N"]
    if not _NAMED.fullmatch(shape(items)):
        return False
    named: list[Token] = []
    for _, run in groupby(items, lambda item: item.kind in "WU" or item):
        named += _as_name([*run])
    stated = _stated(scan)
    with suppress(ClosedformError):
        formula, example = parse_tokens(scan, named), parse_tokens(scan, pieces[place + 1])
        put = put_in(formula, example) or {}
        written = {name: text(part) for name, part in put.items()}
        if not put or any(written.get(name, said) != said for name, said in stated.items()):
            return False
        for item in named:
            part = put.get(item.value)
            if (
                isinstance(part, (Number, Symbol))
                and item.type == "NAME"
                and item not in pieces[place]
            ):
                of = Token(
                    "NUMBER" if isinstance(part, Number) else "NAME",
                    written[item.value],
                    item.start,
                    item.end,
                )
                scan.parts.append(Part(item.value, item.start, item.end, [of]))
        return True
    return False


def _as_name(items: Sequence[Item]) -> Sequence[Token]:
    """Words side by side as the name that they are, and any other token as it is."""
    if items[0].kind not in "WUS":
        return items[0].tokens
    written = " ".join(item.written for item in items)
    return [Token("NAME", written, items[0].start, items[-1].end)]


def _stated(scan: Scan) -> dict[str, str]:
    """The names behind ``where``, each with its number or with "" where that is none."""
    kinds = [item.type for item in scan.tokens]
    behind = scan.tokens[kinds.index("WHERE") :] if "WHERE" in kinds else []
    stated = dict.fromkeys((item.value for item in behind if item.type == "NAME"), "")
    for name, sign, number in zip(behind, behind[1:], behind[2:], strict=False):
        if (name.type, sign.type, number.type) == ("NAME", "EQUALS", "NUMBER"):
            stated[name.value] = number.value
    return stated
