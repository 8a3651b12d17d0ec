"""Expressions as a line of text: k²MN + N, (2k²M − 1)·NHW, 1/N + 1/k².

Letters are juxtaposed. A dot stands where juxtaposing would be read as something else: beside a
bracket, a name of several characters, an x (a times sign between factors), and in a run of letters
that spells a Greek letter or a function.
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
from closedform.typeset.names import GREEK
from closedform.typeset.notation import PRODUCT_SIGNS, SOURCE, Notation
from closedform.typeset.precedence import (
    TEXT,
    added,
    digits,
    flat_factors,
    is_whole,
    needs_brackets,
    split_sign,
)

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_QUANTITIES = ("params", "macs", "flops", "activations", "sum", "where")
#: Words that a run of juxtaposed letters must not spell, whatever their case.
_RESERVED = {word.lower() for word in (*GREEK, *FUNCTIONS, *_QUANTITIES)}


def text(tree: Tree, notation: Notation = SOURCE) -> str:
    """The tree as a line of text, in the tree's own order.

    >>> k, M, N = Symbol("k"), Symbol("M"), Symbol("N")
    >>> text(k**2 * M * N + N), text(1 / N + 1 / k**2), text(M * (M - N))
    ('k²MN + N', '1/N + 1/k²', 'M·(M − N)')
    """
    notation.check(tree)
    return _show(tree, "whole", notation)


def _show(tree: Tree, place: str, notation: Notation) -> str:
    if needs_brackets(tree, place, TEXT):
        return f"({_show(tree, 'whole', notation)})"
    negative, tree = split_sign(tree)
    if negative:
        return "−" + _show(tree, "term", notation)
    match tree:
        case Number(value=value):
            fraction = Fraction(value)
            top = digits(fraction.numerator)
            return top if is_whole(tree) else f"{top}/{digits(fraction.denominator)}"
        case Symbol(name=name):
            return notation.text(name)
        case Sum(terms=terms):
            return added(terms, partial(_show, notation=notation), "−")
        case Product():
            return _product(flat_factors(tree), notation)
        case Quotient(numerator=above, denominator=below):
            top, bottom = _show(above, "numerator", notation), _show(below, "denominator", notation)
            return f"{top}/{bottom}"
        case Power(base=base, exponent=exponent):
            return _show(base, "base", notation) + _exponent(exponent, notation)
        case Call(function=function, arguments=arguments):
            return _call(function, arguments, notation)
        case Leaf():
            return tree.written
        case Series(index=index, lower=lower, upper=upper, body=body):
            low, high, inside = (_show(part, "whole", notation) for part in (lower, upper, body))
            return f"sum({notation.text(index)}={low}..{high}, {inside})"
    raise TypeError(f"not an expression: {type(tree).__name__}")


def _exponent(exponent: Tree, notation: Notation) -> str:
    if isinstance(exponent, Number) and is_whole(exponent) and exponent.value >= 0:
        return digits(int(exponent.value)).translate(_SUPERSCRIPTS)
    shown = _show(exponent, "whole", notation).replace(" ", "")
    return f"^{shown}" if len(shown) == 1 else f"^({shown})"


def _call(function: str, arguments: tuple[Tree, ...], notation: Notation) -> str:
    row = FUNCTIONS[function]
    shown = ", ".join(_show(part, row.place, notation) for part in arguments)
    if row.place == "base" and shown.endswith("!"):
        shown = f"({shown})"  # n!! is another thing than (n!)!
    return row.text.format(shown) if row.text else f"{function}({shown})"


def _product(factors: tuple[Tree, ...], notation: Notation) -> str:
    shown = [
        _show(factor, "factor" if i else "first factor", notation)
        for i, factor in enumerate(factors)
    ]
    sign, _ = PRODUCT_SIGNS[notation.product]
    joints = [sign or _joint(before, after) for before, after in pairwise(shown)]
    _break_words(shown, joints)
    return shown[0] + "".join(joint + part for joint, part in zip(joints, shown[1:], strict=True))


def _joint(before: str, after: str) -> str:
    """Nothing between letters, or between a number and what follows it; else a dot."""
    starts = _is_letter(before) or _is_number(before)
    ends = _is_letter(after) or (after.startswith("(") and _is_number(before))
    return "" if starts and ends else "·"


def _bare(part: str) -> str:
    return part.rstrip("⁰¹²³⁴⁵⁶⁷⁸⁹")


def _is_letter(part: str) -> bool:
    """Whether a factor is one letter, maybe with a superscript; x reads as a times sign."""
    bare = _bare(part)
    return len(bare) == 1 and bare.isalpha() and bare not in "xX"


def _is_number(part: str) -> bool:
    return _bare(part).isdecimal()


def _break_words(shown: list[str], joints: list[str]) -> None:
    """Put dots into runs of letters that spell a reserved word."""
    start = 0
    for end in range(1, len(shown) + 1):
        # A run ends before a sign, and after a superscript.
        if end < len(shown) and not joints[end - 1] and len(shown[end - 1]) == 1:
            continue
        run = "".join(part[0] for part in shown[start:end]).lower()
        if any(word in run for word in _RESERVED):
            joints[start : end - 1] = ["·"] * (end - 1 - start)
        start = end
