"""What is known of a layer by asking what it costs: its flags, sizes and parts, and networks."""

from __future__ import annotations

import re
from contextlib import suppress

from closedform.algebra.tree import ZERO, symbol_names
from closedform.errors import ClosedformError
from closedform.language.layer_names import layer_names, of_layers
from closedform.language.layers import Argument, Expand, LayerNode, Layers, Portion, Quantity


@of_layers
def has_argument(layer: str, argument: str, expand: Expand) -> bool:
    """Whether a layer can be had with a flag or a size."""
    node = LayerNode(layer, (Argument(argument),))
    with suppress(ClosedformError):
        expand(Quantity("params", node), "")
        return True
    return False


@of_layers
def has_part(part: str, layers: Layers, expand: Expand) -> bool:
    """Whether layers have a part that goes by a name."""
    with suppress(ClosedformError):
        expand(Quantity("params", Portion(part, layers, kept=True)), "")
        return True
    return False


@of_layers
def sizes_of(layer: str, expand: Expand) -> frozenset[str] | None:
    """The sizes in a layer's parameters: none of a network's; ``None`` where it has none."""
    with suppress(ClosedformError):
        tree = expand(Quantity("params", LayerNode(layer)), "").tree
        return None if tree == ZERO else frozenset(symbol_names(tree))
    return None


@of_layers
def costs(layer: str, expand: Expand) -> bool:
    """Whether a layer has parameters or MACs, and is no step of another."""
    with suppress(ClosedformError):
        node = LayerNode(layer)
        return any(expand(Quantity(q, node), "").tree != ZERO for q in ("params", "macs"))
    return False


@of_layers
def is_network(name: str, expand: Expand) -> bool:
    """Whether a name is that of a network, or begins those of some: BERT-base."""
    members = (other for other in layer_names() if is_family(name, other))
    return any(sizes_of(other, expand) == frozenset() for other in (name, *members))


def is_family(name: str, own: str) -> bool:
    """Whether a layer is one of a family: ResNet-50 of the ResNets, GPT-2 small of GPT-2."""
    return re.match(rf"{name}(?![a-z])", own.replace("_", " ").replace(" v", "")) is not None
