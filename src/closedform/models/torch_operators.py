"""How each of PyTorch's operators is read, as layers of the catalogue (aten)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from closedform.algebra.readable import readable
from closedform.algebra.tree import Quotient, product
from closedform.cost.layer import LayerSum
from closedform.models import layers as made
from closedform.models.reading import Read
from closedform.models.torch_graph import Graph, Handler, each, given, operator
from closedform.models.torch_recurrent import CELLS, read_cell
from closedform.models.torch_resizing import RESIZING


def _convolution(graph: Graph, node: Any) -> Read | None:
    transposed = "transpose" in operator(node)
    groups = given(node, 6, "groups", 1)
    weight, bias = node.args[1], given(node, 2, "bias")
    shapes = (graph.shape(tensor) for tensor in (node.args[0], weight, node))
    called = {"groups": groups, "bias": bias is not None}
    if transposed:
        strides = each(given(node, 3, "stride", 1), len(graph.shape(weight)) - 2)
        layers = made.transposed_convolution(*shapes, strides=strides, **called)
    else:
        layers = made.convolution(*shapes, **called)
    return None if layers is None else Read(layers, (weight, bias))


def _linear(graph: Graph, node: Any) -> Read:
    source, weight, bias = node.args[0], node.args[1], given(node, 2, "bias")
    out = graph.shape(weight)[0]
    layers = made.linear(graph.shape(source), out, graph.batch, bias=bias is not None)
    return Read(layers, (weight, bias))


def _addmm(graph: Graph, node: Any) -> LayerSum | Read:
    bias, source, weight = node.args[:3]
    if graph.parameter(weight) is None:
        return _baddbmm(graph, node)
    (rows, M), N = graph.shape(source), graph.shape(node)[-1]
    n = readable(rows / graph.batch)
    # The rows of all samples are one matrix here, if so many samples have as many each.
    whole = not isinstance(n, Quotient) and not isinstance(getattr(n, "value", 0), Fraction)
    source_ = (graph.batch, n, M) if whole else (rows, M)
    return Read(made.linear(source_, N, graph.batch, bias=True), (weight, bias))


def _bilinear(graph: Graph, node: Any) -> Read:
    weight, bias = node.args[2], given(node, 3, "bias")
    layers = made.bilinear(graph.shape(weight), graph.shape(node), bias=bias is not None)
    return Read(layers, (weight, bias))


def _matmul(graph: Graph, node: Any) -> LayerSum | Read:
    left, right = node.args[:2]
    shapes = graph.shape(left), graph.shape(right)
    if len(shapes[1]) == 2 and graph.parameter(right) is not None:
        return Read(made.linear(shapes[0], shapes[1][1], graph.batch, bias=False), (right,))
    return made.matrix_product(*shapes, graph.shape(node))


def _baddbmm(graph: Graph, node: Any) -> LayerSum:
    """Products that are added to something, those of a batch each or all to one matrix."""
    left, right = (graph.shape(arg) for arg in node.args[1:3])
    out = left[:1] * (operator(node) == "addbmm") + graph.shape(node)
    return made.matrix_product(left, right, out) + made.scalars(["add"], out)


def _batch_norm(graph: Graph, node: Any) -> Read:
    weights, running = node.args[1:3], node.args[3] is not None
    affine = weights[0] is not None
    return Read(made.batch_norm(graph.shape(node), affine=affine, running=running), weights)


def _instance_norm(graph: Graph, node: Any) -> Read:
    weights = node.args[1:3]
    layers = made.grouped_norm(graph.shape(node), None, affine=weights[0] is not None)
    return Read(layers, weights)


def _group_norm(graph: Graph, node: Any) -> Read:
    weights = given(node, 2, "weight"), given(node, 3, "bias")
    layers = made.grouped_norm(graph.shape(node), node.args[1], affine=weights[0] is not None)
    return Read(layers, weights)


def _layer_norm(graph: Graph, node: Any) -> Read:
    weight, bias = given(node, 2, "weight"), given(node, 3, "bias")
    without = "no_affine" if weight is None else "no_bias" if bias is None else ""
    shape, axes = graph.shape(node.args[0]), len(node.args[1])
    return Read(made.row_norm("layer_norm", shape, axes, graph.batch, without), (weight, bias))


def _rms_norm(graph: Graph, node: Any) -> Read:
    weight, shape = given(node, 2, "weight"), graph.shape(node.args[0])
    without = "no_affine" if weight is None else ""
    made_ = made.row_norm("rms_norm", shape, len(node.args[1]), graph.batch, without)
    return Read(made_, () if without else (weight,))


def _act(name: str) -> Handler:
    return lambda graph, node: made.elementwise(name, graph.shape(node), graph.batch)


def _prelu(graph: Graph, node: Any) -> Read:
    slopes = node.args[1]
    return Read(made.prelu(graph.shape(node), graph.shape(slopes), graph.batch), (slopes,))


def _scalars(*kinds: str) -> Handler:
    return lambda graph, node: made.scalars(kinds, graph.shape(node))


def _hardtanh(graph: Graph, node: Any) -> LayerSum:
    if (given(node, 1, "min_val", -1), given(node, 2, "max_val", 1)) == (0, 6):
        return made.elementwise("relu6", graph.shape(node), graph.batch)
    return made.scalars(["compare", "compare"], graph.shape(node))


def _gelu(graph: Graph, node: Any) -> LayerSum:
    name = "gelu_tanh" if node.kwargs.get("approximate") == "tanh" else "gelu"
    return made.elementwise(name, graph.shape(node), graph.batch)


def _pair(layer: str, kind: str) -> Handler:
    """An addition or product: of two tensors of one shape it is a layer of the catalogue."""

    def handler(graph: Graph, node: Any) -> LayerSum:
        shapes = [graph.shape(arg) for arg in node.args[:2] if hasattr(arg, "meta")]
        if len(shapes) == 2 and shapes[0] == shapes[1]:
            return made.elementwise(layer, shapes[0], graph.batch)
        return made.scalars([kind], graph.shape(node))

    return handler


def _power(graph: Graph, node: Any) -> LayerSum:
    kind = "scale" if node.args[1] == 2 else "power"
    return made.scalars([kind], graph.shape(node))


def _softmax(name: str) -> Handler:
    return lambda graph, node: made.softmax(graph.shape(node), node.args[1], name)


def _reduced(kind: str, place: int = 1) -> Handler:
    """Over the axes that stand at this place, or over all of them."""

    def handler(graph: Graph, node: Any) -> LayerSum:
        source, axes = graph.shape(node.args[0]), given(node, place, "dim")
        listed = range(len(source)) if axes is None or axes == [] else each(axes, 1)
        return made.reduced(kind, source, {axis % len(source) for axis in listed})

    return handler


def _largest(graph: Graph, node: Any) -> LayerSum | Read | None:
    """The largest along an axis, or of two tensors."""
    pair = len(node.args) > 1 and hasattr(node.args[1], "meta")
    return (_scalars("compare") if pair else _reduced("maximum"))(graph, node)


def _length(graph: Graph, node: Any) -> LayerSum | Read | None:
    return _reduced("length", 2)(graph, node) if given(node, 1, "ord", 2) == 2 else None


def _running_sum(graph: Graph, node: Any) -> LayerSum:
    out, axis = list(graph.shape(node)), node.args[1]
    out[axis] = out[axis] - 1
    return made.scalars(["add"], tuple(out))


def _attention(graph: Graph, node: Any) -> LayerSum:
    query, key, value = (graph.shape(arg) for arg in node.args[:3])
    mask, causal = given(node, 3, "attn_mask"), bool(given(node, 5, "is_causal", False))
    return made.attention(query, key, value, causal=causal, masked=mask is not None)


def _grouped(graph: Graph, node: Any) -> Read:
    """Rows, each times the matrix of the expert that it is sent to."""
    rows, experts = node.args[:2]
    (_, M), (_, _, N) = graph.shape(rows), graph.shape(experts)
    return Read(made.matrix_product(graph.shape(rows), (M, N), graph.shape(node)), (experts,))


def _embedding(graph: Graph, node: Any) -> Read:
    table, tokens = node.args[:2]
    layers = made.embedding(graph.shape(table), graph.shape(tokens), graph.batch)
    return Read(layers, (table,))


def _embedding_bag(graph: Graph, node: Any) -> Read | None:
    """Rows of a table, and their sum or mean, bag by bag."""
    table, tokens, *_ = node.args
    (bags, _), mode = graph.shape(node), given(node, 4, "mode", 0)
    n = product(graph.shape(tokens)) / bags
    layers = made.embedding(graph.shape(table), (bags, n), bags)
    kind = ("sum", "mean", "maximum")[mode]
    return Read(layers + made.scalars([kind], graph.shape(node), (n,)), (table,))


_ACTS = {"hardswish": "hard_swish", "hardsigmoid": "hard_sigmoid"}
_SAME = "relu relu6 silu sigmoid tanh leaky_relu elu selu celu softplus mish"
_ACTS |= {name: name for name in _SAME.split()}

#: Scalar operations for each output: what an operator does to sizes, indices or masks is nothing.
SCALARS: dict[str, Handler] = {
    **{kind: _act(layer) for kind, layer in _ACTS.items()},
    "hardtanh": _hardtanh,
    "gelu": _gelu,
    "add": _pair("residual_add", "add"),
    "mul": _pair("product", "scale"),
    **dict.fromkeys(("sub", "rsub"), _scalars("add")),
    "div": _scalars("divide"),
    "reciprocal": _scalars("divide"),
    "sqrt": _scalars("root"),
    "rsqrt": _scalars("root", "divide"),
    "pow": _power,
    "square": _scalars("scale"),
    "exp": _scalars("exp"),
    "exp2": _scalars("exp"),
    "expm1": _scalars("exp", "add"),
    **dict.fromkeys("log log2 log10".split(), _scalars("log")),
    "log1p": _scalars("log", "add"),
    **dict.fromkeys(("sin", "cos"), _scalars("sine")),
    "cumsum": _running_sum,
    "erf": _scalars("erf"),
    "rrelu_with_noise_functional": _scalars("scale", "compare"),
    "clamp": _scalars("compare", "compare"),
    **dict.fromkeys("clamp_min clamp_max maximum minimum threshold".split(), _scalars("compare")),
    "sum": _reduced("sum"),
    "mean": _reduced("mean"),
    **dict.fromkeys("amax amin".split(), _reduced("maximum")),
    **dict.fromkeys("max min".split(), _largest),
    **dict.fromkeys(("var", "var_mean"), _reduced("variance")),
    "linalg_vector_norm": _length,
}

#: Scalar operations of complex numbers, each in real ones.
COMPLEX: dict[str, Handler] = {
    "mul": _scalars(*("scale",) * 4, "add", "add"),
    **dict.fromkeys(("add", "sub"), _scalars("add", "add")),
}

#: How each other operator is read.
HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(
        "conv1d conv2d conv3d conv_transpose1d conv_transpose2d conv_transpose3d".split(),
        _convolution,
    ),
    "linear": _linear,
    "addmm": _addmm,
    "bilinear": _bilinear,
    **dict.fromkeys("matmul mm bmm mv dot vdot".split(), _matmul),
    **dict.fromkeys(("baddbmm", "addbmm", "addmv"), _baddbmm),
    **dict.fromkeys(("_grouped_mm", "transformers::grouped_mm_fallback"), _grouped),
    **dict.fromkeys(("batch_norm", "_native_batch_norm_legit_no_training"), _batch_norm),
    "instance_norm": _instance_norm,
    "group_norm": _group_norm,
    "layer_norm": _layer_norm,
    "rms_norm": _rms_norm,
    "prelu": _prelu,
    "softmax": _softmax("softmax"),
    "log_softmax": _softmax("log_softmax"),
    **RESIZING,
    "scaled_dot_product_attention": _attention,
    "embedding": _embedding,
    **dict.fromkeys(CELLS, read_cell),
    **dict.fromkeys(("embedding_bag", "_embedding_bag"), _embedding_bag),
    "closedform::local_response": lambda graph, node: made.local_response(
        graph.shape(node.args[0]), node.args[1]
    ),
}
