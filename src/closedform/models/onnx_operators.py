"""What each ONNX operator costs, as layers of the catalogue (onnx/docs/Operators.md)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from closedform.algebra.tree import ZERO, Number
from closedform.cost.layer import LayerSum
from closedform.models import layers as made
from closedform.models.onnx_graph import Graph, number
from closedform.models.onnx_shapes import einsum_letters
from closedform.models.reading import Read

Handler = Callable[[Graph, Any], "LayerSum | Read | None"]


def _convolution(graph: Graph, node: Any) -> Read | None:
    shapes, bias = (graph.source(node), graph.source(node, 1), graph.out(node)), graph.bias(node, 2)
    given = {"groups": graph.get(node, "group", 1), "bias": bool(bias)}
    if "Transpose" in node.op_type:
        strides = graph.get(node, "strides", [1] * (len(shapes[0]) - 2))
        layers = made.transposed_convolution(*shapes, strides=strides, **given)
    else:
        layers = made.convolution(*shapes, **given)
    return None if layers is None else Read(layers, (node.input[1], *bias))


def _gemm(graph: Graph, node: Any) -> Read:
    M = graph.source(node, 1)[1 if graph.get(node, "transB", 0) else 0]
    rows, N = graph.out(node)
    bias = graph.bias(node, 2)
    return Read(made.linear((rows, M), N, graph.batch, bias=bool(bias)), (node.input[1], *bias))


def _matmul(graph: Graph, node: Any) -> LayerSum | Read:
    left, right = graph.source(node), graph.source(node, 1)
    if len(right) == 2 and graph.parameter(node.input[1]) is not None:
        rows, (M, N) = left[:-1], right
        return Read(made.linear((*rows, M), N, graph.batch, bias=False), (node.input[1],))
    return made.matrix_product(left, right, graph.out(node))


def _act(name: str) -> Handler:
    return lambda graph, node: made.elementwise(name, graph.out(node), graph.batch)


def _prelu(graph: Graph, node: Any) -> Read:
    layers = made.prelu(graph.out(node), graph.source(node, 1), graph.batch)
    return Read(layers, (node.input[1],))


def _batch_norm(graph: Graph, node: Any) -> Read:
    return Read(made.batch_norm(graph.out(node), affine=True), tuple(node.input[1:3]))


def _grouped_norm(graph: Graph, node: Any) -> Read:
    if graph.puts_together(node):
        return Read(made.grouped_norm(graph.out(node), None, affine=False))
    groups = graph.get(node, "num_groups")
    return Read(made.grouped_norm(graph.out(node), groups, affine=True), tuple(node.input[1:3]))


def _running_sum(graph: Graph, node: Any) -> LayerSum:
    out, axes = list(graph.out(node)), graph.integers(node, 1)
    axis = number((axes or [ZERO])[0])
    out[axis] = out[axis] - 1
    return made.scalars(["add"], tuple(out))


def _row_norm(graph: Graph, node: Any) -> Read:
    source = graph.source(node)
    axes = len(source) - graph.get(node, "axis", -1) % len(source)
    kind = "rms_norm" if node.op_type.startswith("RMS") else "layer_norm"
    without = "no_bias" if kind == "layer_norm" and not graph.has(node, 2) else ""
    return Read(made.row_norm(kind, source, axes, graph.batch, without), tuple(node.input[1:3]))


def _of_values(handler: Handler) -> Handler:
    """Nothing for what is done to sizes, indices and masks, nor to single numbers."""
    return lambda graph, node: LayerSum(()) if graph.of_sizes(node) else handler(graph, node)


def _scalars(*kinds: str) -> Handler:
    return _of_values(lambda graph, node: made.scalars(kinds, graph.out(node)))


def _pair(layer: str, kind: str) -> Handler:
    """An addition or product: of two tensors of one shape it is a layer of the catalogue."""

    @_of_values
    def handler(graph: Graph, node: Any) -> LayerSum | Read:
        out, learned = graph.out(node), [name for name in node.input if graph.parameter(name)]
        if kind == "add" and len(learned) == 1 and graph.shapes[learned[0]] == out[-1:]:
            return Read(made.bias(out, graph.batch), (learned[0],))
        if graph.source(node) == graph.source(node, 1):
            return made.elementwise(layer, out, graph.batch)
        return made.scalars([kind], out)

    return handler


def _power(graph: Graph, node: Any) -> LayerSum:
    squared = graph.numbers(node.input[1]) == [2.0]
    return made.scalars(["scale" if squared else "power"], graph.out(node))


def _clip(graph: Graph, node: Any) -> LayerSum:
    bounds = [graph.numbers(name) for name in node.input[1:3]]
    given = [graph.get(node, "min"), graph.get(node, "max")]
    if bounds == [[0.0], [6.0]] or given == [0.0, 6.0]:
        return made.elementwise("relu6", graph.out(node), graph.batch)
    return made.scalars(["compare"] * max(1, sum(map(bool, node.input[1:3]))), graph.out(node))


def _gelu(graph: Graph, node: Any) -> LayerSum:
    name = "gelu_tanh" if graph.get(node, "approximate", b"none") == b"tanh" else "gelu"
    return made.elementwise(name, graph.out(node), graph.batch)


def _softmax(name: str) -> Handler:
    return lambda graph, node: made.softmax(graph.source(node), graph.get(node, "axis", -1), name)


def _pool(graph: Graph, node: Any) -> LayerSum:
    kernel = tuple(map(Number, graph.get(node, "kernel_shape")))
    stride = graph.get(node, "strides", [1])[-1]
    kind = "max_pool" if node.op_type == "MaxPool" else "avg_pool"
    return made.pool(kind, graph.source(node), graph.out(node), kernel, Number(stride))


def _pool_all(kind: str) -> Handler:
    def handler(graph: Graph, node: Any) -> LayerSum | None:
        source = graph.source(node)
        return made.pool_to(kind, source, graph.out(node), len(source) - 2)

    return handler


def _reduced(kind: str) -> Handler:
    return _of_values(lambda graph, node: made.reduced(kind, graph.source(node), graph.axes(node)))


def _gather(graph: Graph, node: Any) -> LayerSum | Read:
    if graph.parameter(node.input[0]) is None or len(graph.source(node)) != 2:
        return LayerSum(())
    shapes = graph.source(node), graph.source(node, 1)
    return Read(made.embedding(*shapes, graph.batch), (node.input[0],))


def _attention(graph: Graph, node: Any) -> LayerSum | None:
    shapes = [graph.source(node, place) for place in range(3)]
    if {*map(len, shapes)} != {4} or graph.has(node, 4):
        return None
    causal, masked = bool(graph.get(node, "is_causal", 0)), graph.has(node, 3)
    return made.attention(*shapes, causal=causal, masked=masked)


def _resize(graph: Graph, node: Any) -> LayerSum | None:
    source, mode = graph.source(node), graph.get(node, "mode", b"nearest")
    name = RESIZED.get((mode, len(source) - 2))
    return None if name is None else made.upsampled(name, source, graph.out(node), len(source) - 2)


def _local_response(graph: Graph, node: Any) -> LayerSum:
    return made.local_response(graph.out(node), graph.get(node, "size"))


def _einsum(graph: Graph, node: Any) -> LayerSum:
    """Operand by operand from the left: what is not needed any more is summed over."""
    sizes, (held, *others), out = einsum_letters(graph, node)
    layers = LayerSum(())
    for place, letters in enumerate(others, start=1):
        needed, both = out + "".join(others[place:]), dict.fromkeys(held + letters)
        held = "".join(letter for letter in both if letter in needed)
        over = tuple(sizes[letter] for letter in both if letter not in needed)
        layers += made.contraction(tuple(sizes[letter] for letter in held), over)
    over = tuple(sizes[letter] for letter in dict.fromkeys(held) if letter not in out)
    return layers + made.scalars(("sum",), graph.out(node), over) if over else layers


def _recurrent(graph: Graph, node: Any) -> Read | None:
    if graph.get(node, "layout", 0) or graph.get(node, "activations") not in USUAL[node.op_type]:
        return None
    (directions, _, M), N = graph.source(node, 1), graph.source(node, 2)[2]
    source, bias = (*graph.source(node)[:2], M), graph.has(node, 3)
    kind = node.op_type.lower()
    relu = b"Relu" in (graph.get(node, "activations") or ())
    forth = made.recurrent(kind, source, N, N, seq_first=True, bias=bias, upper=False, relu=relu)
    both = LayerSum(forth.terms * int(directions.value))  # type: ignore[attr-defined]
    return Read(both, tuple(node.input[1 : 3 + bias]))


#: How each way of resizing is called, by how many dimensions there are.
RESIZED = {
    (b"nearest", 1): "nearest_upsample1d",
    (b"nearest", 2): "nearest_upsample",
    (b"nearest", 3): "nearest_upsample3d",
    (b"linear", 1): "linear_upsample",
    (b"linear", 2): "bilinear_upsample",
    (b"linear", 3): "trilinear_upsample",
    (b"cubic", 2): "bicubic_upsample",
}
#: The activations of a recurrence that the catalogue has; none are named where they are the usual.
USUAL: dict[str, list[Any]] = {
    "RNN": [None, *([b"Tanh"] * n for n in (1, 2)), *([b"Relu"] * n for n in (1, 2))],
    "GRU": [None, [b"Sigmoid", b"Tanh"], [b"Sigmoid", b"Tanh"] * 2],
    "LSTM": [None, [b"Sigmoid", b"Tanh", b"Tanh"], [b"Sigmoid", b"Tanh", b"Tanh"] * 2],
}
#: Activations, which keep their shape.
ACTS = {
    "Relu": "relu", "Sigmoid": "sigmoid", "Tanh": "tanh", "LeakyRelu": "leaky_relu", "Elu": "elu",
    "HardSigmoid": "hard_sigmoid", "HardSwish": "hard_swish", "Softplus": "softplus",
    "Mish": "mish", "Swish": "silu", "Selu": "selu", "Celu": "celu",
}  # fmt: skip

#: What each operator costs; what is in SHAPES alone costs nothing.
HANDLERS: dict[str, Handler] = {
    **{name: _act(layer) for name, layer in ACTS.items()},
    **dict.fromkeys(("Conv", "ConvTranspose"), _convolution),
    "Gemm": _gemm,
    "MatMul": _matmul,
    "Einsum": _einsum,
    "PRelu": _prelu,
    "BatchNormalization": _batch_norm,
    **dict.fromkeys(("InstanceNormalization", "GroupNormalization"), _grouped_norm),
    **dict.fromkeys(("LayerNormalization", "RMSNormalization"), _row_norm),
    "LRN": _local_response,
    "Clip": _clip,
    "Gelu": _gelu,
    "Add": _pair("residual_add", "add"),
    "Mul": _pair("product", "scale"),
    "Sub": _scalars("add"),
    "Div": _scalars("divide"),
    "Pow": _power,
    "Sqrt": _scalars("root"),
    "Reciprocal": _scalars("divide"),
    "Exp": _scalars("exp"),
    "Log": _scalars("log"),
    "Erf": _scalars("erf"),
    **dict.fromkeys(("Sin", "Cos"), _scalars("sine")),
    "CumSum": _running_sum,
    **dict.fromkeys(("Max", "Min"), _scalars("compare")),
    "Softmax": _softmax("softmax"),
    "LogSoftmax": _softmax("log_softmax"),
    **dict.fromkeys(("MaxPool", "AveragePool"), _pool),
    "GlobalAveragePool": _pool_all("avg"),
    "GlobalMaxPool": _pool_all("max"),
    "ReduceMean": _reduced("mean"),
    "ReduceSum": _reduced("sum"),
    "ReduceL2": _reduced("length"),
    "ReduceProd": _of_values(lambda *_: None),
    **dict.fromkeys(("ReduceMax", "ReduceMin"), _reduced("maximum")),
    "Gather": _gather,
    "Attention": _attention,
    "Resize": _resize,
    **dict.fromkeys(("RNN", "GRU", "LSTM"), _recurrent),
}
