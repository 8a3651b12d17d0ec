"""A formula in integers: what is divided stands over one denominator, or inside floors."""

from __future__ import annotations

from closedform.algebra.forms.collect import nested
from closedform.algebra.functions import FUNCTIONS
from closedform.algebra.tree import (
    ONE,
    Call,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Tree,
    divide,
    over,
)
from closedform.errors import ClosedformError


def integral(tree: Tree) -> Tree:
    """The same value in integers: quotients only at the top and inside floors, and in sums of them.

    Raises:
        ClosedformError: a root, a logarithm or a sum over an index.
    """
    return nested(divide(*fraction(tree)))


def fraction(tree: Tree) -> tuple[Tree, Tree]:
    """``(above, below)``, integers both, with quotients only inside floors and in sums of them."""
    match tree:
        case Number(value=value):
            return Number(value.numerator), Number(value.denominator)
        case Symbol():
            return tree, ONE
        case Negative(operand=operand):
            above, below = fraction(operand)
            return -above, below
        case Sum(terms=terms):
            return _added([fraction(term) for term in terms])
        case Product(factors=factors):
            above, below = ONE, ONE
            for part in map(fraction, factors):
                above, below = above * part[0], below * part[1]
            return above, below
        case Quotient(numerator=numerator, denominator=denominator):
            (a, b), (c, d) = fraction(numerator), fraction(denominator)
            return a * d, b * c
        case Power(base=base, exponent=Number(value=int(times))):
            above, below = fraction(base)
            above, below = (above, below) if times >= 0 else (below, above)
            return above ** abs(times), below ** abs(times)
        case Call(function=name, arguments=arguments) if FUNCTIONS[name].python:
            return Call(name, tuple(divide(*fraction(argument)) for argument in arguments)), ONE
    what = tree.function if isinstance(tree, Call) else f"a {type(tree).__name__.lower()}"
    raise ClosedformError(f"{what} is no arithmetic of integers", "compile a formula without it")


def _added(parts: list[tuple[Tree, Tree]]) -> tuple[Tree, Tree]:
    """A sum over one denominator; where there are several, each has its own quotient."""
    groups: dict[Tree, list[Tree]] = {}
    for above, below in parts:
        groups.setdefault(below, []).append(above)
    sums = [(over(Sum, numerators), below) for below, numerators in groups.items()]
    return sums[0] if len(sums) == 1 else (over(Sum, [divide(*pair) for pair in sums]), ONE)
