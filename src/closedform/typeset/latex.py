r"""Expressions in LaTeX: k^{2} M N + N, \frac{1}{N} + \frac{1}{k^{2}}.

What is printed reads back as the same expression: two numbers never stand side by side, and what
follows a logarithm or a sum sign belongs to it.
"""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from itertools import pairwise

from closedform.algebra.functions import FUNCTIONS
from closedform.algebra.tree import (
    Call,
    Leaf,
    Number,
    Power,
    Product,
    Quotient,
    Series,
    Sum,
    Symbol,
    Tree,
)
from closedform.later import regex
from closedform.typeset.notation import PRODUCT_SIGNS, SOURCE, Notation
from closedform.typeset.precedence import (
    LATEX,
    added,
    digits,
    flat_factors,
    is_whole,
    needs_brackets,
    split_sign,
)

#: An x between factors reads as a times sign, and words set side by side as one word.
_STANDS_ALONE = regex(r"[xX](\^\{.*\})?|\\text\{.*")


def latex(tree: Tree, notation: Notation = SOURCE) -> str:
    r"""The tree in LaTeX (math mode, amsmath), in the tree's own order.

    >>> k, M, N = Symbol("k"), Symbol("M"), Symbol("N")
    >>> print(latex((2 * k**2 * M - 1) * N))
    \left(2 k^{2} M - 1\right) N
    """
    notation.check(tree)
    return _show(tree, "whole", notation)


def _show(tree: Tree, place: str, notation: Notation) -> str:
    if needs_brackets(tree, place, LATEX):
        return rf"\left({_show(tree, 'whole', notation)}\right)"
    negative, tree = split_sign(tree)
    if negative:
        return "-" + _show(tree, "term", notation)
    match tree:
        case Number(value=value):
            fraction = Fraction(value)
            top, bottom = digits(fraction.numerator), digits(fraction.denominator)
            return top if is_whole(tree) else rf"\frac{{{top}}}{{{bottom}}}"
        case Symbol(name=name):
            return notation.latex(name)
        case Sum(terms=terms):
            return added(terms, partial(_show, notation=notation), "-")
        case Product():
            return _product(flat_factors(tree), notation)
        case Quotient(numerator=above, denominator=below):
            top, bottom = _show(above, "whole", notation), _show(below, "whole", notation)
            return rf"\frac{{{top}}}{{{bottom}}}"
        case Power(base=base, exponent=exponent):
            return f"{_base(base, notation)}^{{{_show(exponent, 'whole', notation)}}}"
        case Call(function=function, arguments=arguments):
            return _call(function, arguments, notation, bare=place != "factor")
        case Leaf():
            return tree.latex
        case Series(index=index, lower=lower, upper=upper, body=body):
            low, high = _show(lower, "whole", notation), _show(upper, "whole", notation)
            under = f"{notation.latex(index)}={low}"
            return rf"\sum_{{{under}}}^{{{high}}} {_show(body, 'body', notation)}"
    raise TypeError(f"not an expression: {type(tree).__name__}")


def _base(base: Tree, notation: Notation) -> str:
    if isinstance(base, Call) and FUNCTIONS[base.function].closed:
        return _show(base, "whole", notation)  # these have brackets of their own
    return _show(base, "base", notation)


def _call(function: str, arguments: tuple[Tree, ...], notation: Notation, *, bare: bool) -> str:
    if function == "log" and len(arguments) == 2:
        inside, base = (_show(part, "whole", notation) for part in arguments)
        return rf"\log_{{{base}}}\left({inside}\right)"
    if function == "log" and bare and isinstance(arguments[0], Symbol):
        return rf"\log {notation.latex(arguments[0].name)}"
    row = FUNCTIONS[function]
    shown = ", ".join(_show(part, row.place, notation) for part in arguments)
    return row.latex.format(shown)


def _product(factors: tuple[Tree, ...], notation: Notation) -> str:
    last = len(factors) - 1
    shown = [
        _show(factor, "last factor" if i == last else "factor", notation)
        for i, factor in enumerate(factors)
    ]
    _, sign = PRODUCT_SIGNS[notation.product]
    line = shown[0]
    for before, after in pairwise(shown):
        joint = sign or _joint(before, after)
        line += f" {joint} {after}" if joint else f" {after}"
    return line


def _joint(before: str, after: str) -> str:
    """A dot before a number, between a number and a fraction, and beside what stands alone."""
    numbers = after[0].isdecimal() or (before.isdecimal() and after.startswith(r"\frac"))
    alone = _STANDS_ALONE.fullmatch(before) or _STANDS_ALONE.fullmatch(after)
    return r"\cdot" if numbers or alone else ""
