"""Sizes of one's own in the place of their dimension: K² C_in C_out of conv(k=K, M=C_in, …)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from closedform.algebra.tree import Symbol
from closedform.cost.call import Term
from closedform.typeset.notation import Notation
from closedform.typeset.own_notation import lookup


def placing(notation: str | Notation, *sums: Iterable[Term]) -> Notation:
    """The notation, in which a symbol that was given for a size takes the place of that size.

    >>> from closedform.reading import parse_layers
    >>> placing("source", parse_layers("linear(M=a, N=b)").terms).places
    {'a': 'M', 'b': 'N'}

    Raises:
        UnknownName: no notation of that name.
    """
    places: dict[str, str] = {}
    for term in chain(*sums):
        for size, tree in term.call.arguments:
            if isinstance(tree, Symbol) and tree.name != size:
                places.setdefault(tree.name, size)
    return lookup(notation).placing(places)
