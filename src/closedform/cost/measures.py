"""What one layer costs: the closed form that its function returns, and what can be asked of it."""

from __future__ import annotations

from typing import Any

from closedform.records import NamedTuple


class Cost(NamedTuple):
    """A closed form as its paper prints it; what it leaves out is counted off the operations.

    ``params``: learnable scalars. ``macs``: multiply-accumulates, the products accumulated inside a
    contraction. ``flops``: scalar operations of the textbook algorithm (convention ``exact``).
    ``activations``: output elements. Each is an expression of the sizes, or a number.
    """

    params: Any
    macs: Any = None
    flops: Any = None
    activations: Any = None


def _unstated(**_: Any) -> Cost | None:
    return None


#: The closed form of a layer of which no paper states one.
UNSTATED = _unstated

#: The measures, in the order in which they are shown, and how a person writes each.
MEASURES: dict[str, str] = {
    "params": "params",
    "macs": "MACs",
    "flops": "FLOPs",
    "activations": "activations",
}

#: What is no sum over the parts: of two that read the same it is kept once, and a ratio is no sum.
NO_SUMS = frozenset({"intensity", "activation_memory", "training_memory"})

#: Everything that can be asked of layers: the measures, and what is asked for now and then.
QUANTITIES: dict[str, str] = {
    **MEASURES,
    "active_params": "active params",
    "buffers": "buffers",
    "operations": "operations",
    "memory_access": "memory access",
    "kv_cache": "KV cache",
    "intensity": "intensity",
    "kv_cache_memory": "bytes of the KV cache",
    "weight_memory": "bytes of weights",
    "gradient_memory": "bytes of gradients",
    "optimizer_memory": "bytes of optimizer states",
    "activation_memory": "bytes of activations kept",
    "training_memory": "bytes to train",
    "backward_flops": "FLOPs of the backward pass",
    "training_flops": "FLOPs of a training step",
}
