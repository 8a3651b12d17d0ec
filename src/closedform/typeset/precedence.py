"""What binds how tightly in each printed form, and which place needs how much: the bracket rules.

A part is bracketed where its level is below the level that its place asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

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
)
from closedform.records import record

SUM, QUOTIENT, PRODUCT, POWER, ATOM = 1, 2, 3, 4, 5

#: Python refuses to write an int of more digits than this in one go.
_CHUNK = 4000
_LIMIT = 10**_CHUNK


@record
class Form:
    """The levels of the kinds of expression in one form, and of the places that hold them."""

    levels: dict[type[Node], int]
    places: dict[str, int]


#: In a line of text a quotient is a/b: it may start a product, and a product under it is bracketed.
TEXT = Form(
    levels={Quotient: QUOTIENT, Call: ATOM, Series: ATOM},
    places={
        "whole": SUM,
        "term": QUOTIENT,
        "first factor": QUOTIENT,
        "factor": POWER,
        "numerator": PRODUCT,
        "denominator": POWER,
        "base": ATOM,
    },
)

#: In LaTeX a fraction's line does the work of brackets; log and ∑ reach over all that follows them.
LATEX = Form(
    levels={Quotient: POWER, Call: POWER, Series: PRODUCT},
    places={
        "whole": SUM,
        "term": QUOTIENT,
        "factor": POWER,
        "last factor": PRODUCT,
        "base": ATOM,
        "body": PRODUCT,
    },
)

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


def needs_brackets(tree: Tree, place: str, form: Form) -> bool:
    """Whether a tree must be bracketed in a place of :attr:`Form.places`."""
    return level(tree, form) < form.places[place]


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
                return True, rest[0] if len(rest) == 1 else Product(tuple(rest))
            return negative, Product((positive, *rest)) if negative else tree
        case Quotient(numerator=above, denominator=below):
            negative, positive = split_sign(above)
            return negative, Quotient(positive, below) if negative else tree
    return False, tree


def added(terms: Sequence[Tree], show: Callable[[Tree, str], str], minus: str) -> str:
    """The terms of a sum, shown in their places, with their signs between them."""
    line = show(terms[0], "whole" if split_sign(terms[0])[0] else "term")
    for term in terms[1:]:
        negative, size = split_sign(term)
        line += f" {minus if negative else '+'} {show(size, 'term')}"
    return line


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
