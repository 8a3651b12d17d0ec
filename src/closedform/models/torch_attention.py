"""nn.MultiheadAttention in one piece, which some tools count as a module by a rule of its own.

While a module is exported its forward is an operator ``closedform::attention`` that has the shapes
alone.
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
    """While it lasts, each nn.MultiheadAttention of batches is one operator."""
    import torch  # noqa: PLC0415  (optional)

    _declare()
    kind = torch.nn.MultiheadAttention
    with replaced(kind, {"forward": _stand_in(kind.forward)}):
        yield


def read_attention(graph: Graph, node: Any) -> Read:
    """The layer of the catalogue."""
    query, key, value, weights, heads, scored, batch_first, told = node.args
    words = told.replace("by_head", "").split()
    words += ["no_weights"] * (not scored) + ["seq_first"] * (not batch_first)
    words += ["bias"] * any(len(graph.shape(weight)) == 1 for weight in weights)
    shapes = graph.shape(query), graph.shape(key), graph.shape(value)
    layers = multi_head_attention(*shapes, heads, words)
    return Read(layers, tuple(weights))


#: What its forward takes besides queries, keys and values, in order.
OPTIONS = ("key_padding_mask", "need_weights", "attn_mask", "average_attn_weights", "is_causal")


def _stand_in(forward: Any) -> Any:
    import torch  # noqa: PLC0415  (optional)

    def call(self: Any, query: Any, key: Any, value: Any, *listed: Any, **named: Any) -> Any:
        given = {**dict(zip(OPTIONS, listed, strict=False)), **named}
        if query.dim() != 3:
            return forward(self, query, key, value, **given)
        mask, padding = given.get("attn_mask"), given.get("key_padding_mask")
        if mask is None and given.get("is_causal"):
            return forward(self, query, key, value, **given)  # which says what is missing
        scored, mean = given.get("need_weights", True), given.get("average_attn_weights", True)
        # The hint of a causal mask is taken where the mask alone decides, and no scores are given.
        causal = given.get("is_causal", False) and padding is None and not scored
        seen = {
            "causal": causal,
            "masked": mask is not None and not causal,
            "padded": padding is not None or (mask is not None and mask.dim() == 3),
            "by_head": not mean,
            "bias_kv": self.bias_k is not None,
            "zero_key": self.add_zero_attn,
        }
        apart = [self.q_proj_weight, self.k_proj_weight, self.v_proj_weight]
        own = [self.in_proj_weight] if self._qkv_same_embed_dim else apart
        own += [self.in_proj_bias, self.out_proj.weight, self.out_proj.bias]
        own += [self.bias_k, self.bias_v]
        weights = [w for w in own if w is not None]
        told = " ".join(word for word, yes in seen.items() if yes)
        sizes = (self.num_heads, scored, self.batch_first, told)
        out, scores = torch.ops.closedform.attention(query, key, value, weights, *sizes)
        return out, scores if scored else None

    return call


@cache
def _declare() -> Any:
    return declared(
        "attention(Tensor query, Tensor key, Tensor value, Tensor[] weights, int heads, "
        "bool need_weights, bool batch_first, str told) -> Tensor[]",
        _shapes,
    )


def _shapes(query: Any, key: Any, *others: Any) -> list[Any]:
    """Outputs, and scores, averaged over heads if not told otherwise."""
    _, _, heads, _, first, told = others
    batch, n = query.shape[:2] if first else reversed(query.shape[:2])
    m = key.shape[1 if first else 0] + ("bias_kv" in told) + ("zero_key" in told)
    scores = (batch, heads, n, m) if "by_head" in told else (batch, n, m)
    return [query.new_empty(*query.shape), query.new_empty(*scores)]
