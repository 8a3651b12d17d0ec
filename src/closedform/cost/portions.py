"""Parts of layers by name: only the attention of a transformer, a network without its head."""

from __future__ import annotations

from collections.abc import Callable

from closedform.cost.call import Term
from closedform.cost.sums import LayerSum
from closedform.errors import ClosedformError, UnknownName
from closedform.language.layer_names import layer_called
from closedform.synonyms import meant

#: What the last layer of a network is called at its place.
_LAST = frozenset("head lm_head classifier fc".split())


def only(part: str, layers: LayerSum) -> LayerSum:
    """The layers that go by a name: a place, a type of layer, or the noun of several types.

    >>> from closedform import llama, transformer_layer
    >>> only("attention", transformer_layer()).params, only("head", llama()).params
    (4*d**2, V*d)

    Raises:
        UnknownName: no part goes by it.
    """
    return LayerSum(_split(layers, part)[0])


def without(part: str, layers: LayerSum) -> LayerSum:
    """All layers but those that go by a name.

    >>> from closedform import transformer_layer
    >>> without("norm", transformer_layer()).params
    12*d**2

    Raises:
        UnknownName: no part goes by it.
        ClosedformError: nothing is left.
    """
    rest = _split(layers, part)[1]
    if not rest:
        raise ClosedformError(f"nothing is left without {part}", "leave out a part of the layers")
    return LayerSum(rest)


def _split(layers: LayerSum, part: str) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """The terms that go by a name, composites whole, and the others taken apart to find them."""
    named = _named(part, _begins(layers, part))
    inside: list[Term] = []
    outside: list[Term] = []
    known: dict[str, None] = {}
    waiting = list(reversed(layers.terms))
    single = waiting[0] if len(waiting) == 1 else None
    while waiting:
        term = waiting.pop()
        known |= dict.fromkeys(filter(None, (term.place.partition(".")[0], term.call.layer)))
        parts = term.call.parts
        # The convolution of one with a batch norm is a part of that.
        flagged = parts is not None and term.call.layer in {t.call.layer for t in parts}
        if named(term, alike=term is not single) and not flagged:
            inside.append(term)
        elif parts is None:
            outside.append(term)
        else:
            waiting += reversed([t.scaled(*term[:3], term.place) for t in parts])
    if not inside:
        raise UnknownName("part", part, known)
    return tuple(inside), tuple(outside)


def _begins(layers: LayerSum, part: str) -> bool:
    """Whether a place of several names is one from its beginning: layers.0, beside 8.layers.0."""
    return "." in part and any(f"{t.place}.".startswith(f"{part}.") for t in layers._leaves())


def _named(part: str, begins: bool) -> Callable[..., bool]:
    """Whether a term goes by a name, at its place or as a layer; or ``alike``, by its noun."""
    word = part.lower().replace("-", "_")
    numbered = part.rpartition(".")[2].isdigit()
    types = {word, *filter(None, map(layer_called, (word, *meant(word))))}

    def named(term: Term, *, alike: bool) -> bool:
        layer = term.call.layer
        by_type = layer in types or (alike and any(layer.endswith(f"_{name}") for name in types))
        own = term.call.owner and layer == "batch_norm" and not numbered
        if own and term.place.endswith(part):
            return by_type  # bn2 of PyTorch, beside conv2
        last = word in _LAST and term.place.partition(".")[0] in _LAST
        at = f"{term.place}."
        return by_type or last or (at.startswith(f"{part}.") if begins else f".{part}." in f".{at}")

    return named
