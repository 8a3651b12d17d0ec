"""What stands in prose right beside a formula: a scale behind its number, signs of a larger one."""

from __future__ import annotations

import re

from closedform.errors import ParseError
from closedform.language.surroundings.scales import is_scale
from closedform.language.vocabulary import SCALES, SUFFIXES

_NUMBER = re.compile(r"[0-9][}\s]*\Z")
_WORD = re.compile(r"(?:~|\\[,;: ]|[ \u00a0\n])?(?:\\(?:text|mathrm|mbox)\{)?([A-Za-z]+)(?![\w-])")
_PERCENT = re.compile(r"(?:~|\\[,; ]|[ \u00a0])?\\%")
_SCALES = sorted((word for word in SCALES if not word.isascii()), key=len, reverse=True)

#: A digit or a letter that touches the formula, or a sign between it and what stands on its line.
_GOES_BEFORE = re.compile(r"(?:(?<![A-Za-z\\])[A-Z]|[0-9]|−[ \t]*|(?<=\S)[ \t]*[×·÷+/^][ \t]*)\Z")
_GOES_ON = re.compile(
    r"(?:[0-9]|,[0-9]{3}|[A-Z](?![\w-])|[ \t]*[×·÷−+^][ \t]*(?=[\w$\\(])"
    r"|[ \t]*/[ \t]*(?=[0-9$\\(]|[A-Za-z]\b))"
)
#: So many characters around a formula are looked at.
_NEAR = 40


def check_apart(text: str, start: int, end: int, *, scaled: bool = False) -> None:
    r"""Refuse the formula ``text[start:end]`` where it goes on outside of its delimiters.

    ``scaled``: what stands behind it has been read.

    Raises:
        ParseError: ``2$k^2 M N$``, ``N × $k^2 M N$``, ``$k^2 M N$ + $N$``.
    """
    first = text.rfind("\n", 0, start) + 1
    line = text[first : end + _NEAR].partition("\n")[0]
    before = _GOES_BEFORE.search(text, max(first, start - _NEAR), start)
    behind = None if scaled else _GOES_ON.match(text, end)
    if sign := before or behind:
        problem = f"{sign[0].strip()} outside of the delimiters belongs to the formula"
        hint = "write it inside of them, or set the formula apart by words"
        raise ParseError(line, sign.start() - first, sign.end() - first, problem, hint)


def with_scale(body: str, text: str, end: int) -> str:
    r"""The formula ``body`` that ends at ``end``, with the scale that follows a number in it.

    >>> with_scale("25.6", "$25.6$ M parameters", 6)
    '25.6\\,\\text{M}'
    """
    if not _NUMBER.search(body):
        return body
    if _PERCENT.match(text, end):
        return rf"{body}\%"
    word = _WORD.match(text, end)
    if word and (word[1] in SUFFIXES or is_scale(word[1])):
        return rf"{body}\,\text{{{word[1]}}}"
    rest = text[end : end + 20].lstrip(" ~")
    return body + next((sign for sign in _SCALES if rest.startswith(sign)), "")
