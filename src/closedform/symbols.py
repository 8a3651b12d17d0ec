"""The dimensions of a layer and the SymPy symbol of each; the one place that makes symbols.

A symbol is a positive integer unless it is asked for otherwise. SymPy holds ``Symbol("k")`` and
``Symbol("k", positive=True, integer=True)`` for two different things and says nothing, so every
symbol of the package comes from :func:`symbol`.
"""

from __future__ import annotations

from functools import cache

import sympy

#: The dimensions of the catalogue in paper order, and what each one is.
DIMENSIONS: dict[str, str] = {
    "k": "kernel side",
    "M": "input channels",
    "N": "output channels",
    "g": "groups",
    "H": "output height",
    "W": "output width",
}


@cache
def symbol(name: str) -> sympy.Symbol:
    """The positive-integer SymPy symbol called ``name``.

    >>> symbol("k") is k
    True
    """
    return sympy.Symbol(name, positive=True, integer=True)


k, M, N, g, H, W = (symbol(name) for name in DIMENSIONS)
