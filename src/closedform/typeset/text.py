"""Expressions as a line of text: k²MN + N, (2k²M − 1)·NHW, 1/N + 1/k².

Letters are juxtaposed. A dot stands where juxtaposing would be read as something else: beside a
bracket, a name of several characters, an x (a times sign between factors), and in a run of letters
that spells a Greek letter or a function.
"""

from __future__ import annotations

from itertools import pairwise

from closedform.algebra.functions import FUNCTIONS
from closedform.algebra.tree import Call, Number, Power, Quotient, Series, Tree
from closedform.typeset.names import COMMANDS
from closedform.typeset.notation import PRODUCT_SIGNS, SOURCE, Notation
from closedform.typeset.printer import (
    ATOM,
    POWER,
    PRODUCT,
    QUOTIENT,
    SUM,
    Form,
    Show,
    digits,
    is_whole,
    printed,
)

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_QUANTITIES = ("params", "macs", "flops", "activations", "sum", "where")
#: Words that a run of juxtaposed letters must not spell, whatever their case.
_RESERVED = {word.lower() for word in (*COMMANDS, *FUNCTIONS, *_QUANTITIES)}


def text(tree: Tree, notation: Notation = SOURCE) -> str:
    """The tree as a line of text, in the tree's own order.

    >>> from closedform.algebra.tree import Symbol
    >>> k, M, N = Symbol("k"), Symbol("M"), Symbol("N")
    >>> text(k**2 * M * N + N), text(1 / N + 1 / k**2), text(M * (M - N))
    ('k²MN + N', '1/N + 1/k²', 'M·(M − N)')
    """
    return printed(tree, _TEXT, notation)


def _power(show: Show, tree: Power) -> str:
    base, exponent = show(tree.base, "base"), tree.exponent
    if isinstance(exponent, Number) and is_whole(exponent) and exponent.value >= 0:
        return base + digits(int(exponent.value)).translate(_SUPERSCRIPTS)
    shown = show(exponent, "whole").replace(" ", "")
    return f"{base}^{shown}" if len(shown) == 1 else f"{base}^({shown})"


def _call(show: Show, tree: Call, _: str) -> str:
    row = FUNCTIONS[tree.function]
    shown = ", ".join(show(part, row.place) for part in tree.arguments)
    if row.place == "base" and shown.endswith("!"):
        shown = f"({shown})"  # n!! is another thing than (n!)!
    return row.text.format(shown) if row.text else f"{tree.function}({shown})"


def _product(shown: list[str], product: str) -> str:
    sign, _ = PRODUCT_SIGNS[product]
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


#: In a line of text a quotient is a/b: it may start a product, and a product under it is bracketed.
_TEXT = Form(
    levels={Quotient: QUOTIENT, Call: ATOM, Series: ATOM},
    places={
        **dict.fromkeys(("whole", "body"), SUM),
        **dict.fromkeys(("term", "first factor"), QUOTIENT),
        **dict.fromkeys(("factor", "last factor", "denominator"), POWER),
        "numerator": PRODUCT,
        "base": ATOM,
    },
    minus=" − ",
    brackets="({})",
    fraction="{}/{}",
    series="sum({}={}..{}, {})",
    symbol=Notation.text,
    leaf=lambda leaf: leaf.written,
    product=_product,
    power=_power,
    call=_call,
)
