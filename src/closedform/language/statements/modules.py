"""Modules as a program makes them, and names of networks: ``Conv2d(64, 128, 3): 73,728``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations
from math import prod

from closedform.algebra.exact import known_value
from closedform.algebra.tree import Number, Symbol, Tree
from closedform.errors import ParseError
from closedform.language.layers import Argument, Expand, LayerNode, Quantity, with_layers
from closedform.language.statements.another_formula import Change
from closedform.language.statements.asked_layers import has_argument, is_network
from closedform.language.statements.named_layers import Statement
from closedform.language.vocabulary import NETWORK
from closedform.later import regex
from closedform.synonyms import meant

#: What the arguments without a name are, in the order of PyTorch's modules (torch/nn/modules:
#: conv.py, linear.py, rnn.py, batchnorm.py, normalization.py, sparse.py, activation.py) and of
#: Keras's Dense.
_ORDER: dict[str, str] = {
    **dict.fromkeys(("conv", "conv1d", "conv2d", "conv3d"), "M N k s _ _ g"),
    **dict.fromkeys(("convtranspose1d", "convtranspose2d", "convtranspose3d"), "M N k s _ _ g"),
    **dict.fromkeys(("linear", "fc", "rnn", "lstm", "gru"), "M N"),
    **dict.fromkeys(("batchnorm1d", "batchnorm2d", "batchnorm3d", "layernorm", "dense"), "N"),
    "embedding": "V d",
    "groupnorm": "g N",
    "multiheadattention": "d h",
}
_CALL = regex(
    r"(?<![\w.])(?P<torch>(?:torch\.)?nn\.)?(?:\w+\.){0,3}(?P<name>[A-Za-z]\w*) ?[(\[]"
    r"(?P<given>[^()\[\]\0]{1,120})[)\]]"
)
#: Numbers beside one another before a formula: weight (128, 64, 3, 3), P(3, 64), conv 5x5x3x64.
_SHAPE = regex(
    r"(?:(?P<of>\w*)[\s(（\[]*[(（\[]\s*(\d+(?:\s*[,x×]\s*\d+)+)\s*[)）\]]"
    r"|\bconv\w*\s+(\d+(?:[x×]\d+){2,4}))(?=[^\0]*\0)"
)
#: Names as networks have them: ConvNeXt-T, SE-ResNet-50, ResNet-50-FPN, iResNet-50, ResNet50x2.
_MODEL = regex(
    r"(?:Wide |[A-Z]{2}-)[A-Z]\w+(?:-?\d+)?|[A-Z]\w*[a-z]\w*-\d+-(?!BN\b)[A-Z]+\d*\b"
    r"|\b[a-z][A-Z]\w+-\d+|[A-Z][a-z]\w*\d+x\d+"
    r"|[A-Z]\w*[a-zT]-[A-Z](?:/\d+)?\b|[A-Z][a-z]+-(?:\d+(?:\.\d+)?-)?\d+[BM]\b"
)
#: What a network is compared with, or is made for where its usual classes are not.
_ELSE = regex(
    r"(?i)\bvs\b|\bversus\b|\b(?P<data>cifar(?:-?10+)?|f?mnist|svhn|tiny-?imagenet|coco)\b"
)
#: The whole of which a layer is a part, before a formula; a row of all layers, and of several.
_WHOLE = regex(
    r"(?i)\W*(?:(?:the|our|this|whole|entire|das|le|la|el|il|o|整个|整個|全)\s*)*"
    rf"(?:{NETWORK}|[^\0]{{0,40}}(?:total|cost|params|parameters|weights) of (?:the )?"
    r"(?:network|model)\b)"
    r"(?!['’]s (?!total))(?=[^,，\0]{0,24}\0)"
)
#: A layer that works in another way than the one of the plain name.
_KIND = regex(
    r"(?i)\b(?P<kind>fft|winograd|strassen|windowed|sparse|gated|deformable|factori[sz]ed|local|axial"
    r"|binary|linear(?= attention)|low-rank|[13]-?d)[ -](?=conv|attention|transformer|self-att)"
)
_ROW = regex(
    r"(?i)\W*(?:(?:grand |the )?(?:sub)?total|sum|overall|summe|gesamt|insgesamt|somme|suma|totale"
    r"|(?:all )?layers|[总總合][计計和]|[总總]共|итого|(?:[2-9]|\d\d+) ×)\W*\0"
    r"|.*?(?P<stem>[^\W\d_]+)\d*\s*(?:[,+&–—~、和]|\b(?:and|to|und|et)\b)\s*(?P=stem)\d*\W*\0"
)
_NUMBER = regex(r"\d{1,9}\Z")
_LETTER = regex(r"[A-Za-z](?:_\w+)?\Z")


def check_network(written: str, text: str, layer: LayerNode, expand: Expand) -> None:
    """Refuse the name of a network before the formula that is not the one of the target.

    Raises:
        ParseError: SE-ResNet-50 or ViT-B/16 where the target is of ResNet-50; where it is of one
            layer, words that say a network, several layers or one of another kind.
    """
    if not is_network(layer.name, expand):
        kinds = (said for said in _KIND.finditer(text) if said["kind"].lower() not in layer.name)
        whole = _WHOLE.match(text) or (_ROW.match(text) if text[:1] == "\v" else None)
        # A program calls what it holds a model: model_params, model.count_params().
        if whole and written.startswith((f"{whole[0]}_", f"{whole[0]}.")):
            whole = None
        if other := whole or next(kinds, None):
            problem = "this is more than the layer of the target, or another one"
            hint = "leave the words out, or name the layer there"
            raise ParseError(written, *other.span(), problem, hint)
        return
    for said in (*_MODEL.finditer(text.partition("\0")[0]), *_ELSE.finditer(text)):
        named = re.sub(r"\W", "", said[0]).lower() == layer.name.replace("_", "")
        if not named and not (said.groupdict().get("data") and layer.arguments):
            hint = "leave the words out, or hold the text against that network"
            raise ParseError(written, *said.span(), "this is the name of another network", hint)


def said_in_calls(written: str, text: str, layer: LayerNode, expand: Expand) -> Iterator[Statement]:
    """The sizes that a module is made with, or its weight has, for the layer of the target.

    ``text``: what is ``written``, with another sign in the place of its formulas.

    Raises:
        ParseError: another size, with which the target might be the same; a weight of another one.
    """
    sizes = layer.numbers
    _check_shapes(written, text, layer, sizes, expand)
    for call in _CALL.finditer(text):
        order = _ORDER.get(call["name"].lower())
        given: dict[str, Tree | None] = {}
        given |= _given(call["given"], order.split(), layer, expand) if order else {}
        if call["name"].lower() in ("conv", "fc"):  # no module: its letters have no order
            given = {name: value for name, value in given.items() if isinstance(value, Number)}
        elif other := _other_size(given, {"g": 1, **sizes}):
            problem = f"the text says {call[0]!r}, and the target has another {other}"
            raise ParseError(written, *call.span(), problem, "write the module of the target")
        made = any(isinstance(value, Number) for value in given.values())
        if made and call["torch"] and "bias" not in call["given"]:
            given |= {"bias": None} if has_argument(layer.name, "bias", expand) else {}
        if given:
            yield *call.span(), _made(layer, given)


def _check_shapes(
    written: str, text: str, layer: LayerNode, sizes: Mapping[str, int | Fraction], expand: Expand
) -> None:
    """Refuse numbers beside one another that are no sizes of the target.

    Raises:
        ParseError: the shape of a weight or of what goes out that holds more or fewer numbers.
    """
    weight = [sizes[name] for name in "kkMNVd" if name in sizes]
    plain = Quantity("params", layer.without("bias"))
    whole = weight and known_value(expand(plain, "").tree) == prod(weight)
    for shape in _SHAPE.finditer(text):
        said, noun = shape.lastindex or 0, (shape["of"] or "").lower()
        out = noun.startswith("output") and sizes.keys() >= {*"NHW"}
        sides = [sizes[name] for name in "NHW"] if out else weight if whole else []
        if noun in _ORDER or not sides:
            continue
        numbers = [int(number) for number in re.findall(r"\d+", shape[said])]
        every = out or said == 3 or noun.startswith("w")
        own = {prod(some) for n in range(len(sides) + 1) for some in combinations(sides, n)}
        own |= set() if every else {*sizes.values()}
        if not own.issuperset(numbers) or (every and prod(numbers) != prod(sides)):
            hint = "write the sizes that the target has, or leave them out"
            raise ParseError(written, *shape.span(said), "the target has no such shape", hint)


def _made(layer: LayerNode, given: Mapping[str, Tree | None]) -> Change:
    made = layer.put(*(Argument(name, value) for name, value in given.items()))
    return lambda quantity: with_layers(quantity, lambda _: made)


def _other_size(given: Mapping[str, Tree | None], sizes: Mapping[str, int | Fraction]) -> str:
    """The first size with another number than the layer has for it."""
    values = ((name, size.value) for name, size in given.items() if isinstance(size, Number))
    return next((n for n, size in values if sizes.get(n, size) != size), "")


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
