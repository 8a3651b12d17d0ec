"""nn.MultiheadAttention in one piece, which some tools count as a module by a rule of its own.

While a module is exported its forward is an operator ``closedform::attention`` that has the shapes
alone; with a mask, or with keys and values of its own, it is taken apart as before.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from closedform.models.layers import multi_head_attention
from closedform.models.reading import Read
from closedform.models.torch_graph import Graph
from closedform.models.torch_stand_in import declared, replaced

#: What the operator is called in an exported program.
NAME = "closedform::attention"


@contextmanager
def attention_in_one_piece() -> Iterator[None]:
    """While it lasts, each nn.MultiheadAttention without a mask is one operator."""
    import torch  # noqa: PLC0415  (optional)

    _declare()
    kind = torch.nn.MultiheadAttention
    with replaced(kind, {"forward": _stand_in(kind.forward)}):
        yield


def read_attention(graph: Graph, node: Any) -> Read:
    """The layer of the catalogue."""
    query, key, _, weights, heads, need_weights, batch_first = node.args
    called = {"no_weights": not need_weights, "seq_first": not batch_first}
    called["bias"] = any(len(graph.shape(one)) == 1 for one in weights)
    layers = multi_head_attention(graph.shape(query), graph.shape(key), heads, **called)
    return Read(layers, tuple(weights))


#: What its forward takes besides queries, keys and values, in order.
OPTIONS = ("key_padding_mask", "need_weights", "attn_mask", "average_attn_weights", "is_causal")


def _stand_in(forward: Any) -> Any:
    import torch  # noqa: PLC0415  (optional)

    def call(self: Any, query: Any, key: Any, value: Any, *listed: Any, **named: Any) -> Any:
        given = {**dict(zip(OPTIONS, listed, strict=False)), **named}
        masks = (given.get(name) for name in ("key_padding_mask", "attn_mask", "is_causal"))
        mean = given.get("average_attn_weights", True)
        plain = query.dim() == 3 and key.shape == value.shape and mean and not self.add_zero_attn
        plain = plain and self.bias_k is None
        if not plain or any(one is not None and one is not False for one in masks):
            return forward(self, query, key, value, **given)
        apart = [self.q_proj_weight, self.k_proj_weight, self.v_proj_weight]
        own = [self.in_proj_weight] if self._qkv_same_embed_dim else apart
        own += [self.in_proj_bias, self.out_proj.weight, self.out_proj.bias]
        weights, scored = [one for one in own if one is not None], given.get("need_weights", True)
        sizes = (self.num_heads, scored, self.batch_first)
        out, scores = torch.ops.closedform.attention(query, key, value, weights, *sizes)
        return out, scores if scored else None

    return call


@cache
def _declare() -> Any:
    return declared(
        "attention(Tensor query, Tensor key, Tensor value, Tensor[] weights, int heads, "
        "bool need_weights, bool batch_first) -> Tensor[]",
        _shapes,
    )


def _shapes(query: Any, key: Any, *others: Any) -> list[Any]:
    """Outputs, and scores averaged over heads."""
    *_, first = others
    batch, n = query.shape[:2] if first else reversed(query.shape[:2])
    m = key.shape[1 if first else 0]
    return [query.new_empty(*query.shape), query.new_empty(batch, n, m)]
