r"""Indices above a letter, in brackets as papers write them: the layers of n^{(l)} n^{(l-1)}."""

from __future__ import annotations

from functools import lru_cache

from closedform.later import regex

INDEX = regex(r"\^\s*\{\s*([(\[])\s*(\w+(?:\s*[-+]\s*\w+)?)\s*[)\]]\s*\}")
_NUMBERED = regex(r"([A-Za-z])\s*\^\s*\{\s*[(\[]\s*(\d+)\s*[)\]]\s*\}")
#: What holds no factors: subscripts, words, commands.
_NO_FACTORS = regex(r"_\s*(?:\{[^{}]*\}|\w)|\\?[A-Za-z]{3,}|\\[a-z]+")
_RAISED = regex(r"([A-Za-z])\s*\^\s*(?:[A-Za-z0-9]|\{)")


@lru_cache(maxsize=256)
def upper_indices(text: str) -> frozenset[tuple[str, str]]:
    """Pairs (base, index) of which no reader takes the index for an exponent.

    A letter is an index where there are several such and it is no factor of the text; a number
    where its base has another one. A base that is raised to anything else may be raised here, too.

    >>> sorted(upper_indices(r"n^{(l)} n^{(l-1)} + k^{(2)}"))
    [('n', 'l'), ('n', 'l-1')]
    """
    rest = _NO_FACTORS.sub(" ", INDEX.sub(" ", text))
    raised = {*_RAISED.findall(INDEX.sub(" ", text))}
    numbers: dict[str, set[str]] = {}
    for base, number in _NUMBERED.findall(text):
        numbers.setdefault(base, set()).add(number)
    certain = set()
    indices = [*INDEX.finditer(text)]
    for index in indices if len(indices) > 1 else ():
        base = text[: index.start()].rstrip()[-1:]
        if not base.isalpha() or base in raised:
            continue
        letters = {*filter(str.isalpha, index[2])}
        if letters.isdisjoint(rest) if letters else len(numbers.get(base, ())) > 1:
            certain.add((base, index[2]))
    return frozenset(certain)
