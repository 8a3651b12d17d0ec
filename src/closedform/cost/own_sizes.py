"""Sizes of one's own in the place of their dimension: K² C_in C_out of conv(k=K, M=C_in, …)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from closedform.algebra.tree import Symbol
from closedform.cost.call import LayerCall, Term
from closedform.typeset.notation import Notation
from closedform.typeset.own_notation import lookup


def placing(notation: str | Notation, *sums: Iterable[Term]) -> Notation:
    """The notation, in which a symbol that was given for a size takes the place of that size.

    Raises:
        UnknownName: no notation of that name.
    """
    return lookup(notation).placing(own_places(*sums))


def own_places(*sums: Iterable[Term]) -> dict[str, str]:
    """The sizes that symbols of one's own were given for.

    >>> from closedform.reading import parse_layers
    >>> own_places(parse_layers("linear(M=d, N=k)").terms)
    {'d': 'M', 'k': 'N'}
    """
    places: dict[str, str] = {}
    for term in chain(*sums):
        for size, tree in term.call.arguments:
            if isinstance(tree, Symbol) and _is_said(size, term.call):
                # What stands for itself anywhere is no letter of one's own.
                kept = tree.name == size or tree.name not in places
                places[tree.name] = size if kept else places[tree.name]
    return {name: size for name, size in places.items() if name != size}


def _is_said(size: str, call: LayerCall) -> bool:
    """Whether a symbol was put for the size itself, and not for the size that it follows."""
    return size in call.given or size not in call.type._defaults
