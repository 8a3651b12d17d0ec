"""Words behind a formula that say of what it is, and what can be held to the target: at 224x224.

They need no sign before them, and each is left out only where the target is of that: a layer by
its name, an image where no batch is a size, a side where there is one to compare, a width of
elements, memory of bytes, as many gates as the cell has, a size that the layer has.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from closedform.algebra.tree import Number
from closedform.errors import ParseError
from closedform.language.claim import Member
from closedform.language.layer_names import layer_called
from closedform.language.layers import Argument, Expand, LayerNode, Quantity, with_layers
from closedform.language.surroundings.another_formula import another_formula
from closedform.language.surroundings.memory import counts_bytes
from closedform.language.surroundings.numerals import without
from closedform.language.surroundings.said_layers import has_argument, is_network
from closedform.language.tokens import Scan
from closedform.later import regex
from closedform.synonyms import meant

_PHRASE = regex(
    r"(?i)(?<=\S)[\s~]*(?:(?<=\s)(?:for|of)\s+(?:an?|the|one)\s+"
    r"(?P<layer>[a-z][\w -]*?)(?:\s+layer)?"
    r"|(?<=\s)per\s+(?P<single>layer|block)"
    r"|(?<=\s)per\s+(?P<image>image|sample|example|input|inference|forward pass)"
    r"|(?:(?<=[^\W\d_]{3}\s)[(（]|(?<=\s)(?:at|for)\s+)(?P<side>\d{2,4}\s*[x×]\s*\d{2,4})"
    r"(?:\s+(?:input|image)s?)?[)）]?"
    r"|(?<=\s)(?:in|at|with)\s+(?P<width>(?:b?fp?|float|u?int)-?\d{1,2}|half[ -]precision)"
    r"|(?<=\s)(?:of\s+)?(?P<memory>v?ram|memory|disk)|[(（](?P<gates>\d) gates[)）]"
    r"|(?P<size>(?:[(（\[]\s*(?=[A-Za-z_]{2})|[,，;；]\s*)[A-Za-z]\w*\s*=\s*\d+)\s*[)）\]]?)[\s.。$]*\Z"
)
#: How many gates a cell has, and so how many times the weights of one.
_GATES = {"lstm": "4", "gru": "3"}
#: Quantities of one pass, where the batch is no size.
_PASSES = frozenset({"macs", "flops", "activations", "operations"})


def without_phrase(
    scan: Scan, target: Member, layers: Sequence[LayerNode], expand: Expand
) -> list[str]:
    """Take such words out of the tokens, and tell it."""
    said = _PHRASE.search(scan.text) if scan.has_words or scan.text[-1:] in ")）" else None
    if said is None or not _is_of(said, target, [layer.name for layer in layers], expand):
        return []
    inside = [item for item in scan.tokens if item.start >= said.start()]
    if not inside or inside[0] is scan.tokens[0]:
        return []
    scan.tokens[:] = [item for item in scan.tokens if item not in inside]
    return [without(scan, inside)]


def _is_of(said: re.Match[str], target: Member, layers: Sequence[str], expand: Expand) -> bool:
    """Whether the target is of what is said, or what is said is held to it elsewhere."""
    names = {layer_called(name) or name for name in layers}
    once = isinstance(target.asked, Quantity) or target.written.startswith("bytes(")
    single = once and [type(quantity.layers) for quantity in target.quantities] == [LayerNode]
    match said.lastgroup:
        case "layer":
            words = "_".join(said["layer"].split())
            called = {layer_called(word) for word in (words, *meant(words))}
            return single and not names.isdisjoint(called)
        case "single":
            return single and not is_network(layers[0], expand)
        case "image":
            measures = {quantity.measure for quantity in target.quantities}
            return measures <= _PASSES and "B" not in target.names
        case "side":
            return all(has_argument(name, "R", expand) for name in names)
        case "memory":
            return counts_bytes(target.written)
        case "gates":
            return single and {_GATES.get(name) for name in names} == {said["gates"]}
        case "size":
            return _is_set(said, target, layers, expand)
    return said.lastgroup == "width"


def _is_set(said: re.Match[str], target: Member, layers: Sequence[str], expand: Expand) -> bool:
    """Whether a size of a layer is set to what it is, as programs do: (groups=1).

    Raises:
        ParseError: it is set to another value.
    """
    name, value = re.findall(r"\w+", said["size"])
    called = (name, *meant(name))
    own = next((n for n in called if all(has_argument(x, n, expand) for x in layers)), None)
    if own is None or name in target.names or own in target.names:
        return False

    def put(layer: LayerNode) -> LayerNode:
        others = (argument for argument in layer.arguments if argument.name != own)
        return LayerNode(layer.name, (*others, Argument(own, Number(int(value)))))

    if meant_so := another_formula(target, lambda q: with_layers(q, put), expand):
        problem = f"the text sets {name} = {value}, and the target does not"
        hint = f"leave it out, or hold the text against {meant_so}"
        raise ParseError(said.string, *said.span("size"), problem, hint)
    return True
