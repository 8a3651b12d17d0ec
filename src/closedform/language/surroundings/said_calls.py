"""A module as a program makes it, beside a formula: ``Conv2d(64, 128, 3): 73,728``."""

from __future__ import annotations

from collections.abc import Iterator

from closedform.algebra.tree import Number, Symbol, Tree
from closedform.language.layers import Argument, Expand, LayerNode, with_layers
from closedform.language.surroundings.another_formula import Change
from closedform.language.surroundings.said_layers import Statement, has_argument
from closedform.later import regex
from closedform.synonyms import meant

#: What the arguments without a name are, in the order of PyTorch's modules (torch/nn/modules:
#: conv.py, linear.py, rnn.py, batchnorm.py, normalization.py, sparse.py, activation.py) and of
#: Keras's Dense.
_ORDER: dict[str, str] = {
    **dict.fromkeys(("conv1d", "conv2d", "conv3d"), "M N k s"),
    **dict.fromkeys(("convtranspose1d", "convtranspose2d", "convtranspose3d"), "M N k s"),
    **dict.fromkeys(("linear", "rnn", "lstm", "gru"), "M N"),
    **dict.fromkeys(("batchnorm1d", "batchnorm2d", "batchnorm3d", "layernorm", "dense"), "N"),
    "embedding": "V d",
    "groupnorm": "g N",
    "multiheadattention": "d h",
}
_CALL = regex(r"(?<![\w.])(?:\w+\.){0,3}(?P<name>[A-Za-z]\w*)\((?P<given>[^()\0]{1,120})\)")
_NUMBER = regex(r"\d{1,9}\Z")
_LETTER = regex(r"[A-Za-z](?:_\w+)?\Z")


def said_in_calls(text: str, layer: LayerNode, expand: Expand) -> Iterator[Statement]:
    """The sizes that a module is made with, for the layer of the target."""
    for call in _CALL.finditer(text):
        order = _ORDER.get(call["name"].lower())
        given = dict(_given(call["given"], order.split(), layer, expand)) if order else {}
        if given:
            arguments = tuple(Argument(name, value) for name, value in given.items())
            kept = tuple(own for own in layer.arguments if own.name not in given)
            yield *call.span(), _made(LayerNode(layer.name, kept + arguments))


def _made(layer: LayerNode) -> Change:
    return lambda quantity: with_layers(quantity, lambda _: layer)


def _given(
    written: str, order: list[str], layer: LayerNode, expand: Expand
) -> Iterator[tuple[str, Tree]]:
    for place, argument in enumerate(written.split(",")):
        name, named, value = (part.strip() for part in argument.partition("="))
        if named:
            names = (name, *meant(name))
        else:
            names, value = (*order[place : place + 1],), name
        own = next((n for n in names if has_argument(layer.name, n, expand)), None)
        if own and _NUMBER.match(value):
            yield own, Number(int(value))
        elif own and _LETTER.match(value):
            yield own, Symbol(value)
