r"""Indices above a letter, in brackets as papers write them: the layers of n^{(l)} n^{(l-1)}."""

from __future__ import annotations

from functools import lru_cache

from closedform.later import regex

INDEX = regex(r"\^\s*\{\s*([(\[])\s*(\w+(?:\s*[-+]\s*\w+)?)\s*[)\]]\s*\}")
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
    above: dict[str, set[str]] = {}
    indices = [*INDEX.finditer(text)]
    for index in indices if len(indices) > 1 else ():
        base = text[: index.start()].rstrip()[-1:]
        if base.isalpha() and base not in raised:
            above.setdefault(base, set()).add(index[2])
    return frozenset(
        (base, said)
        for base, several in above.items()
        for said in several
        if (said.isdigit() and len(several) > 1) or _is_no_factor(said, rest)
    )


def _is_no_factor(said: str, rest: str) -> bool:
    """Whether an index has letters, and none of them multiplies elsewhere."""
    letters = {*filter(str.isalpha, said)}
    return bool(letters) and letters.isdisjoint(rest)
