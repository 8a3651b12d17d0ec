r"""About how wide a formula is once it is set: Computer Modern at 10 points, in points.

A line of LaTeX's article class is :data:`LINE` wide, one of two columns :data:`COLUMN`, and both of
them :data:`PAGE`. The widths are those of the font metrics (cmmi10, cmr10), rounded, with the space
that TeX puts around each sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from closedform.later import regex

#: ``\textwidth`` of the article class with 10-point type.
LINE = 345.0
#: ``\columnwidth`` and ``\textwidth`` of the same with two columns, on A4.
COLUMN, PAGE = 221.0, 453.0

#: The width of a letter of a typewriter.
LETTER = 5.25
#: What is typed, in LaTeX, and one letter of it.
TYPED = regex(r"\\texttt\{((?:[^{}]|\\[{}]|\{\})*)\}")
_TYPED_LETTER = regex(r"\\[A-Za-z]+\d*(?:\{\})?|\\.|\$[^$]*\$|.", re.DOTALL)
_SIGN = regex(r"\\[A-Za-z]+\*?|\\.|[^\s]|\s+", re.DOTALL)
_TEXT = frozenset({r"\text", r"\mathrm", r"\operatorname", r"\textbf"})
#: A script is smaller, but its letters are drawn wider; behind it is ``\scriptspace``.
_SCRIPT, _BEHIND = 0.81, 0.5

#: A letter with its italic correction, which TeX adds behind each that has no index.
_LETTERS = (
    "a 5.3, b 4.3, c 4.4, d 5.2, e 4.7, f 6.0, g 5.2, h 5.8, i 3.5, j 4.7, k 5.6, l 3.2, m 8.8, "
    "n 6.0, o 4.9, p 5.1, q 4.9, r 4.8, s 4.7, t 3.7, u 5.8, v 5.2, w 7.5, x 5.8, y 5.3, z 5.1, "
    "A 7.5, B 8.1, C 7.9, D 8.6, E 8.0, F 7.9, G 7.9, H 9.2, I 5.2, J 6.5, K 9.2, L 6.8, M 10.8, "
    "N 9.2, O 7.9, P 7.8, Q 7.9, R 7.7, S 6.7, T 7.3, U 8.0, V 8.1, W 10.9, X 9.1, Y 8.1, Z 7.6"
)
_WIDTHS: dict[str, float] = {
    **{letter: float(wide) for letter, wide in map(str.split, _LETTERS.split(","))},
    **dict.fromkeys("0123456789", 5.0),
    **dict.fromkeys(("+", "-", r"\times"), 12.2),
    **dict.fromkeys(("=", "<", ">", r"\le", r"\ge", r"\approx", r"\to"), 13.3),
    **dict.fromkeys("()[]", 5.0),
    **dict.fromkeys((r"\lfloor", r"\rfloor", r"\lceil", r"\rceil"), 4.6),
    **dict.fromkeys((",", ";", ":"), 4.4),
    **dict.fromkeys((r"\left", "&"), 0.0),
    r"\right": 2.0,
    r"\cdot": 7.2,
    r"\infty": 10.0,
    r"\log": 14.5,
    r"\min": 17.8,
    r"\max": 20.6,
    r"\sum": 16.1,
    r"\quad": 10.0,
    "'": 2.5,
}
#: A letter of text, a capital, a space between words, and whatever has no width of its own above.
_LETTER, _CAPITAL, _SPACE, _OTHER = 4.7, 7.2, 3.4, 6.0


def width(latex: str) -> float:
    r"""The width of a formula in points.

    >>> round(width(r"k^{2} M"))
    21
    >>> width(r"\frac{1}{k^{2} M N}") < width(r"1 / k^{2} M N")
    True
    >>> width(r"d_{h}") - width(r"d") > 0.8 * width("h")
    True
    """
    return _line(iter(_SIGN.findall(latex)))


def typed_width(code: str) -> float:
    r"""The width of what is typed, given as LaTeX, in points.

    >>> typed_width(r"k\_h") == typed_width(r"k\char95{}h") == typed_width("k h")
    True
    """
    return LETTER * len(_TYPED_LETTER.findall(code))


def _line(tokens: Iterator[str]) -> float:
    """The width of what follows, to the end of the group."""
    total = 0.0
    for sign in tokens:
        if sign == "}":
            break
        total += _one(sign, tokens)
    return total


def _one(sign: str, tokens: Iterator[str]) -> float:
    """The width of a sign with its arguments, which it takes from the tokens."""
    if sign == "{":
        return _line(tokens)
    if sign in ("^", "_"):
        return _SCRIPT * _argument(tokens) + _BEHIND
    if sign in _TEXT:
        return _words(tokens)
    if sign == r"\frac":
        return max(_argument(tokens), _argument(tokens)) + 2.4
    if sign == r"\sqrt":
        return _argument(tokens) + 8.3
    return 0.0 if sign.isspace() else _WIDTHS.get(sign, _OTHER)


def _argument(tokens: Iterator[str]) -> float:
    return _one(next(tokens, ""), tokens)


def _words(tokens: Iterator[str]) -> float:
    """The width of the text in the group that follows."""
    total, depth = 0.0, 0
    for sign in tokens:
        depth += (sign == "{") - (sign == "}")
        if depth == 0:
            break
        if sign not in "{}":
            total += _SPACE if sign.isspace() else _CAPITAL if sign.isupper() else _LETTER
    return total
