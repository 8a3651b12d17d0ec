"""A scale in prose right behind a number in a formula: 25.6 and then M, GFLOPs, million or 万."""

from __future__ import annotations

import re

from closedform.language.surroundings.scales import is_scale
from closedform.language.vocabulary import SCALES, SUFFIXES

_NUMBER = re.compile(r"[0-9][}\s]*\Z")
_WORD = re.compile(r"(?:~|\\[,;: ]|[ \u00a0\n])?(?:\\(?:text|mathrm|mbox)\{)?([A-Za-z]+)(?![\w-])")
_PERCENT = re.compile(r"(?:~|\\[,; ]|[ \u00a0])?\\%")
_SCALES = sorted((word for word in SCALES if not word.isascii()), key=len, reverse=True)


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
