"""What stands around a formula, as patterns over kinds: labels, leads, remarks, what follows one.

A label names and never computes; a remark is set apart; only a unit or a verb follows a formula
without a sign. What no pattern describes is no remark, and stays in the formula to be refused.
The kinds are those of :mod:`closedform.language.surroundings.token_kinds`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from closedform.later import regex


class Pattern(NamedTuple):
    """A shape with a name and an example, which is its test."""

    name: str
    shape: re.Pattern[str]
    example: str


def _table(*rows: tuple[str, str, str]) -> tuple[Pattern, ...]:
    return tuple(Pattern(name, regex(shape), example) for name, shape, example in rows)


#: Words; those and names of things; what may stand in the brackets of a label.
_WORDS = "WUCRJ"
_NAMES = f"{_WORDS}SQLmi"
_SIZES = r"\([^()f^/+?]*\)"
#: A run of things in a quotient of names, and what a remark holds, an amount apart.
_SIDE = r"[WUSQmi]+"
_REMARK = rf"[{_NAMES}n,.:_N|()h]"

#: Before ``=`` or ``:``, and by themselves.
LABELS = _table(
    (
        "words, with sizes behind them",
        rf"(?=.*[{_WORDS}SQ])(?:[{_NAMES},.:@h]|(?<=[WUSLmiQ@h])9(?:\*9)*|(?<=[{_NAMES}@9]){_SIZES})+",
        "Conv2d(3, 64) params",
    ),
    ("a symbol that nothing else knows", r"mi?", "P"),
    ("such a symbol with a word above", r"m\^\(?[mWUS]\)?", "P^l"),
    ("such a symbol, applied to names", r"m\([mnWUCSQLi]*\)", "f(n)"),
    ("such a symbol, applied to several", r"m\([^f^/+]*,[^f^/+]*\)|m\(\*\)", "F(2, 3)"),
    ("the size of such a symbol", r"\|+[^|f/+]*[mWSUi][^|f/+]*\|+i?", r"|\Theta|"),
    (
        "a quotient of names",
        rf"F\({_SIDE}\)\({_SIDE}\)|{_SIDE}/{_SIDE}",
        r"\frac{\text{FLOPs of one}}{\text{FLOPs}}",
    ),
    ("a name that is added to", r"[US]\+", "flops +"),
    ("a sum of such symbols", r"m(?:[+-]m)+", "P_1 + P_2"),
)
#: A product or a sum in words, before the member that says the same in numbers or symbols.
IN_WORDS = _table(
    (
        "factors or terms in words",
        r"\(*[WUSm]+\)*(?:[*+/-]\(*(?:[WUSm]+|9)\)*)+",
        "kernel × kernel × in",
    ),
)
#: Before a formula, without a sign.
LEADS = _table(
    ("words that end on a verb", r"[WURJSCmQLh,.]*C[UR,.]*", "the layer has"),
    ("how the result is called", r"[UR]+[,.]?", "weights"),
)
#: In brackets behind a factor.
ASIDES = _table(
    ("words", rf"(?=.*[{_WORDS}L]){_REMARK}+", "(bias)"),
    ("a list of names", r"[mn](?:,[mn])+", "(γ, β)"),
    ("terms in words", r"(?=.*[WUS])[WUSm]+(?:[+,][WUCSm]+)+", "(gamma + beta，不含统计量)"),
)
#: What may stand in a remark, an amount as well, which is refused; and the words among that.
REMARK = f"{_NAMES}n,.:_N|()hdA9*"
WORDS = f"{_WORDS}SQA"
#: Behind a formula, to its end.
TAILS = _table(
    ("the unit, and of what", r"U[UWCJLmh,.:_N]*", "k^2 parameters of a layer"),
    ("what it is", r"C[UWCRQLSmnh,.:_N()]*", "M*N is the number of weights"),
    (
        "a remark set apart",
        rf"[,.:_Nd|](?=.*[{_WORDS}Q]){_REMARK}*",
        "k^2 — the kernel of a layer",
    ),
)
#: A symbol before a word says how many, unless a verb stands before it: the bias has N values.
_COUNTED = regex(r"(?<![C])n[WUS]")
#: Numbers in the names of things: a 3×3 conv, ResNet-50.
_SIZED = regex(r"9(?:\*9)+(?=[WUL])|(?<=[WUL])h9")
#: A symbol set apart of its own, with no verb behind it: ``, N`` and ``; or N``.
_ANOTHER = regex(r"[:,.|]n(?!C)|\A[,.:_N|]+[WU]?Jn(?![CWUS])")


def pattern_of(table: Sequence[Pattern], kinds: str) -> Pattern | None:
    """The first pattern of a table that describes these kinds; none does where an amount is."""
    return next((row for row in table if row.shape.fullmatch(kinds)), None)


def goes_on(kinds: str) -> bool:
    """Whether what follows a formula holds another: ``, biases: N``."""
    return _ANOTHER.search(kinds) is not None


def says_how_many(kinds: str) -> bool:
    """Whether a remark speaks of an amount: in words, with a number, a sign or a size in it."""
    plain = _SIZED.sub("W", kinds)
    return not {*plain}.isdisjoint("A9*") or _COUNTED.search(plain) is not None
