r"""Expressions in LaTeX: k^{2} M N + N, \frac{1}{N} + \frac{1}{k^{2}}.

What is printed reads back as the same expression: two numbers never stand side by side, and what
follows a logarithm or a sum sign belongs to it.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from closedform.algebra.functions import FUNCTIONS
from closedform.algebra.tree import Call, Number, Power, Quotient, Series, Symbol, Tree
from closedform.later import regex
from closedform.typeset.notation import PRODUCT_SIGNS, SOURCE, Notation
from closedform.typeset.numbers import number_text
from closedform.typeset.printer import (
    ATOM,
    POWER,
    PRODUCT,
    QUOTIENT,
    SUM,
    Form,
    Show,
    is_whole,
    printed,
)

#: An x between factors reads as a times sign, and words set side by side as one word.
_STANDS_ALONE = regex(r"[xX](\^\{.*\})?|\\text\{.*")


def latex(tree: Tree, notation: Notation = SOURCE) -> str:
    r"""The tree in LaTeX (math mode, amsmath), in the tree's own order.

    >>> k, M, N = Symbol("k"), Symbol("M"), Symbol("N")
    >>> print(latex((2 * k**2 * M - 1) * N))
    \left(2 k^{2} M - 1\right) N
    """
    return printed(tree, _LATEX, notation)


def closed_latex(tree: Tree, notation: Notation = SOURCE) -> str:
    """A closed form by itself: a whole number has its thousands apart, as in 11{,}689{,}512."""
    if isinstance(tree, Number) and is_whole(tree):
        return number_text(Fraction(tree.value), group="{,}")
    return latex(tree, notation)


def _power(show: Show, tree: Power) -> str:
    # Some functions have brackets of their own.
    closed = isinstance(tree.base, Call) and FUNCTIONS[tree.base.function].closed
    base = show(tree.base, "whole" if closed else "base")
    return f"{base}^{{{show(tree.exponent, 'whole')}}}"


def _call(show: Show, tree: Call, place: str) -> str:
    arguments, row = tree.arguments, FUNCTIONS[tree.function]
    if tree.function == "log" and len(arguments) == 2:
        inside, base = (show(part, "whole") for part in arguments)
        return rf"\log_{{{base}}}\left({inside}\right)"
    bare = place not in ("first factor", "factor")
    if tree.function == "log" and bare and isinstance(arguments[0], Symbol):
        return rf"\log {show(arguments[0], 'whole')}"
    return row.latex.format(", ".join(show(part, row.place) for part in arguments))


def _product(shown: list[str], product: str) -> str:
    _, sign = PRODUCT_SIGNS[product]
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


#: A fraction's line does the work of brackets; log and ∑ reach over all that follows them.
_LATEX = Form(
    levels={Quotient: POWER, Call: POWER, Series: PRODUCT},
    places={
        **dict.fromkeys(("whole", "numerator", "denominator"), SUM),
        "term": QUOTIENT,
        **dict.fromkeys(("first factor", "factor"), POWER),
        **dict.fromkeys(("last factor", "body"), PRODUCT),
        "base": ATOM,
    },
    minus=" - ",
    brackets=r"\left({}\right)",
    fraction=r"\frac{{{}}}{{{}}}",
    series=r"\sum_{{{}={}}}^{{{}}} {}",
    symbol=Notation.latex,
    leaf=lambda leaf: leaf.latex,
    product=_product,
    power=_power,
    call=_call,
)
