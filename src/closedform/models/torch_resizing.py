"""How PyTorch's pooling and resizing are read, by the dimensions that their names end in (aten)."""

from __future__ import annotations

from typing import Any

from closedform.algebra.tree import Number
from closedform.cost.layer import LayerSum
from closedform.models import layers as made
from closedform.models.torch_graph import Graph, Handler, each, given, operator


def _pool(graph: Graph, node: Any) -> LayerSum:
    sides = node.args[1]
    shapes = graph.shape(node.args[0]), graph.shape(node)
    dims = next(int(sign) for sign in operator(node) if sign.isdigit())
    kernel = tuple(map(Number, each(sides, dims)))
    stride = Number(each(given(node, 2, "stride") or sides, dims)[-1])
    kind = "max_pool" if "max" in operator(node) else "avg_pool"
    return made.pool(kind, *shapes, kernel, stride)


def _pool_somewhere(graph: Graph, node: Any) -> LayerSum:
    """The largest of windows that lie at random."""
    dims = next(int(sign) for sign in operator(node) if sign.isdigit())
    window = tuple(map(Number, each(node.args[1], dims)))
    return made.scalars(["maximum"], graph.shape(node), window)


def _pool_to(graph: Graph, node: Any) -> LayerSum:
    name = operator(node)
    kind, dims = "max" if "max" in name else "avg", next(int(x) for x in name if x.isdigit())
    return made.pool_to(kind, graph.shape(node.args[0]), graph.shape(node), dims)


def _upsample(name: str, dims: int) -> Handler:
    return lambda graph, node: made.upsampled(
        name, graph.shape(node.args[0]), graph.shape(node), dims
    )


#: How each operator is read.
RESIZING: dict[str, Handler] = {
    **dict.fromkeys((f"{kind}_pool{n}d" for kind in ("max", "avg") for n in (1, 2, 3)), _pool),
    **dict.fromkeys((f"max_pool{n}d_with_indices" for n in (2, 3)), _pool),
    **dict.fromkeys((f"fractional_max_pool{n}d" for n in (2, 3)), _pool_somewhere),
    **dict.fromkeys(
        (f"adaptive_{kind}_pool{n}d" for kind in ("max", "avg") for n in (1, 2, 3)), _pool_to
    ),
    **{
        f"{kind}{dims}d": _upsample(f"nearest_upsample{letters}", dims)
        for kind in ("upsample_nearest", "_upsample_nearest_exact")
        for dims, letters in ((1, "1d"), (2, ""), (3, "3d"))
    },
    "upsample_linear1d": _upsample("linear_upsample", 1),
    "upsample_bilinear2d": _upsample("bilinear_upsample", 2),
    "upsample_bicubic2d": _upsample("bicubic_upsample", 2),
    "upsample_trilinear3d": _upsample("trilinear_upsample", 3),
}
