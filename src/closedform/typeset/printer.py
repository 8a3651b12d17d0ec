"""Expressions printed, whatever the form: what binds how tightly, and what is put into brackets.

A part is bracketed where its level is below the level that its place asks for. What only one form
does stands beside it, in :mod:`closedform.typeset.text` and :mod:`closedform.typeset.latex`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial

from closedform.algebra.tree import (
    ONE,
    Call,
    Leaf,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Series,
    Sum,
    Symbol,
    Tree,
    over,
)
from closedform.records import record
from closedform.typeset.notation import Notation

SUM, QUOTIENT, PRODUCT, POWER, ATOM = 1, 2, 3, 4, 5

#: Python refuses to write an int of more digits than this in one go.
_CHUNK = 4000
_LIMIT = 10**_CHUNK


@record
class Form:
    """How one form prints an expression, in templates and functions, and where it needs brackets.

    ``levels`` are those of the kinds of expression that differ from form to form, ``places`` what
    the places ask for. ``show`` prints a part in a place: what prints a power, a function or the
    shown factors of a product is handed it.
    """

    levels: dict[type[Node], int]
    places: dict[str, int]
    minus: str
    brackets: str
    fraction: str
    series: str
    symbol: Callable[[Notation, str], str]
    leaf: Callable[[Leaf], str]
    product: Callable[[list[str], str], str]
    power: Callable[[Show, Power], str]
    call: Callable[[Show, Call, str], str]


#: Prints a part of an expression in a place of :attr:`Form.places`.
Show = Callable[[Tree, str], str]

_COMMON: dict[type[Node], int] = {Sum: SUM, Product: PRODUCT, Power: POWER, Symbol: ATOM}


def level(tree: Tree, form: Form) -> int:
    """How tightly a tree binds once it is printed."""
    if split_sign(tree)[0] or isinstance(tree, Negative):
        return SUM
    if isinstance(tree, Leaf):
        return ATOM
    if isinstance(tree, Number):
        return ATOM if is_whole(tree) else form.levels[Quotient]
    if isinstance(tree, Product):
        # a/b·c starts with a quotient, so nothing may follow it as a denominator or a power.
        first = level(tree.factors[0], form)
        return QUOTIENT if first == QUOTIENT else PRODUCT
    return form.levels[type(tree)] if type(tree) in form.levels else _COMMON[type(tree)]


def printed(tree: Tree, form: Form, notation: Notation) -> str:
    """The tree in a form, in the tree's own order."""
    notation.check(tree)
    return _shown(tree, "whole", form, notation)


def _shown(tree: Tree, place: str, form: Form, notation: Notation) -> str:
    show = partial(_shown, form=form, notation=notation)
    if level(tree, form) < form.places[place]:
        return form.brackets.format(show(tree, "whole"))
    negative, tree = split_sign(tree)
    if negative:
        return form.minus.strip() + show(tree, "term")
    match tree:
        case Number(value=value):
            top, bottom = digits(value.numerator), digits(value.denominator)
            return top if is_whole(tree) else form.fraction.format(top, bottom)
        case Symbol(name=name):
            return form.symbol(notation, name)
        case Sum(terms=terms):
            return _sum(terms, form, show)
        case Product():
            first, *rest = flat_factors(tree)
            ends = ["factor"] * (len(rest) - 1) + ["last factor"]
            shown = [show(first, "first factor"), *map(show, rest, ends)]
            return form.product(shown, notation.product)
        case Quotient(numerator=above, denominator=below):
            return form.fraction.format(show(above, "numerator"), show(below, "denominator"))
        case Power():
            return form.power(show, tree)
        case Call():
            return form.call(show, tree, place)
        case Leaf():
            return form.leaf(tree)
        case Series(index=index, lower=lower, upper=upper, body=body):
            low, high = show(lower, "whole"), show(upper, "whole")
            name = form.symbol(notation, index)
            return form.series.format(name, low, high, show(body, "body"))
    raise TypeError(f"not an expression: {type(tree).__name__}")


def _sum(terms: tuple[Tree, ...], form: Form, show: Show) -> str:
    signed = map(split_sign, terms)
    line = "".join((form.minus if n else " + ") + show(size, "term") for n, size in signed)
    sign = form.minus.strip() if line.startswith(form.minus) else ""
    return sign + line[len(form.minus) :]


def split_sign(tree: Tree) -> tuple[bool, Tree]:
    """Whether a minus sign leads the tree, and the tree without it.

    >>> split_sign(Product((Number(-2), Symbol("k"))))
    (True, 2*k)
    """
    match tree:
        case Negative(operand=operand):
            return True, operand
        case Number(value=value) if value < 0:
            return True, Number(-value)
        case Product(factors=(first, *rest)):
            negative, positive = split_sign(first)
            if negative and positive == ONE and rest:
                return True, over(Product, rest)
            return negative, Product((positive, *rest)) if negative else tree
        case Quotient(numerator=above, denominator=below):
            negative, positive = split_sign(above)
            return negative, Quotient(positive, below) if negative else tree
    return False, tree


def flat_factors(tree: Tree) -> tuple[Tree, ...]:
    """The factors of a product, those of products inside it too."""
    if isinstance(tree, Product):
        return tuple(inner for factor in tree.factors for inner in flat_factors(factor))
    return (tree,)


def is_whole(tree: Tree) -> bool:
    """Whether a tree is an integer, written out."""
    return isinstance(tree, Number) and Fraction(tree.value).denominator == 1


def digits(value: int) -> str:
    """The digits of an integer of any size; ``str`` stops at a few thousand.

    >>> digits(-73856), len(digits(10**5000))
    ('-73856', 5001)
    """
    rest = abs(value)
    chunks: list[str] = []
    while rest >= _LIMIT:
        rest, chunk = divmod(rest, _LIMIT)
        chunks.append(str(chunk).zfill(_CHUNK))
    return ("-" if value < 0 else "") + "".join([str(rest), *reversed(chunks)])
