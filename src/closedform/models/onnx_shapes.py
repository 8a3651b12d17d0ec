"""How the shape of each ONNX operator's output follows: every operator that is known.

Source: onnx/docs/Operators.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import zip_longest
from typing import Any

from closedform.algebra.tree import ONE, ZERO, Number, Tree, product
from closedform.cost.shapes import ceil, ceil_out, floor, out
from closedform.models.layers import Shape
from closedform.models.onnx_arranging import ARRANGING, Shaper, same
from closedform.models.onnx_graph import Graph, number

#: Arithmetic on sizes; two that are written apart are no equal ones, as an open one is not −1.
ARITHMETIC: dict[str, Callable[..., Tree]] = {
    "Add": lambda a, b: a + b,
    "Sub": lambda a, b: a - b,
    "Mul": lambda a, b: a * b,
    "Div": lambda a, b: floor(a / b),
    "Mod": lambda a, b: a - b * floor(a / b),
    "Equal": lambda a, b: ONE if a == b else ZERO,
    "Where": lambda chosen, a, b: a if chosen == ONE else b,
}


def _in_common(*shapes: Shape) -> Shape:
    """The shape that tensors of these have together, which are repeated along sides of 1."""
    out = [next((size for size in column if size != ONE), ONE) for column in _columns(shapes)]
    return tuple(reversed(out))


def _columns(shapes: Iterable[Shape]) -> Iterator[tuple[Tree, ...]]:
    """The sizes that stand above each other, from the last on."""
    return zip_longest(*(reversed(shape) for shape in shapes), fillvalue=ONE)


def _broadcast(graph: Graph, node: Any) -> None:
    shapes = [graph.source(node, place) for place in range(len(node.input))]
    graph.fixed.broadcast(_columns(shapes))
    out = _in_common(*shapes)
    given = [graph.values.get(name) for name in node.input]
    values = None
    if node.op_type in ARITHMETIC and all(given):
        count = max(len(known or []) for known in given)
        each = zip(*(known * (count // len(known)) for known in given if known), strict=True)
        values = [ARITHMETIC[node.op_type](*operands) for operands in each]
    graph.set(node, out, values)


def _axes(graph: Graph, node: Any, kernel: Sequence[int]) -> Iterator[tuple[Tree, int, int, int]]:
    """For each axis the side, the stride, the padding at both ends, and how far a window goes."""
    count = len(kernel)
    strides = graph.get(node, "strides", [1] * count)
    pads = graph.get(node, "pads", [0] * 2 * count)
    dilations = graph.get(node, "dilations", [1] * count)
    for i, side in enumerate(graph.source(node)[2:]):
        reach = dilations[i] * (kernel[i] - 1) + 1
        yield side, strides[i], pads[i] + pads[i + count], reach


def _windows(graph: Graph, node: Any) -> None:
    """A convolution, whose weights say its kernel and channels, or pooling."""
    pooled, source = not graph.has(node, 1), graph.source(node)
    kernel = graph.get(node, "kernel_shape") if pooled else _kernel(graph, node)
    same = graph.get(node, "auto_pad", b"NOTSET") in (b"SAME_UPPER", b"SAME_LOWER")
    ends = ceil_out if graph.get(node, "ceil_mode", 0) else out
    sides = [
        ceil(side / stride) if same else ends(side + pads, reach, stride)
        for side, stride, pads, reach in _axes(graph, node, kernel)
    ]
    graph.set(node, (source[0], source[1] if pooled else graph.source(node, 1)[0], *sides))


def _kernel(graph: Graph, node: Any) -> list[int]:
    return [number(side) for side in graph.source(node, 1)[2:]]


def _transposed_convolution(graph: Graph, node: Any) -> None:
    kernel = _kernel(graph, node)
    more = graph.get(node, "output_padding", [0] * len(kernel))
    axes = zip(_axes(graph, node, kernel), more, strict=True)
    sides = [side * s + (reach - s - pads + further) for (side, s, pads, reach), further in axes]
    channels = graph.source(node, 1)[1] * graph.get(node, "group", 1)
    graph.set(node, (graph.source(node)[0], channels, *sides))


def _gemm(graph: Graph, node: Any) -> None:
    rows, inner = graph.source(node)[:: -1 if graph.get(node, "transA", 0) else 1]
    M, N = graph.source(node, 1)[:: -1 if graph.get(node, "transB", 0) else 1]
    graph.fixed.alike([inner], [M])
    graph.set(node, (rows, N))


def _matrix_product(graph: Graph, node: Any) -> None:
    left, right = graph.source(node), graph.source(node, 1)
    graph.fixed.alike(left[-1:], right[-2:][:1])
    graph.fixed.broadcast(_columns((left[:-2], right[:-2])))
    rows, columns = left[-2:-1], right[-1:] if len(right) > 1 else ()
    graph.set(node, (*_in_common(left[:-2], right[:-2]), *rows, *columns))


def _largest(graph: Graph, node: Any) -> None:
    """The k largest along an axis, and their places."""
    source = list(graph.source(node))
    (k,) = graph.integers(node, 1) or [Number(graph.get(node, "k", 1))]
    source[graph.get(node, "axis", -1)] = k
    graph.set(node, tuple(source))
    graph.shapes[node.output[1]] = tuple(source)


def _pooled_to_one(graph: Graph, node: Any) -> None:
    source = graph.source(node)
    graph.set(node, (*source[:2], *(ONE for _ in source[2:])))


def _reduced(graph: Graph, node: Any) -> None:
    source, axes = graph.source(node), graph.axes(node)
    keep = graph.get(node, "keepdims", 1)
    kept = [ONE if i in axes else size for i, size in enumerate(source) if keep or i not in axes]
    sizes = graph.values.get(node.input[0]) if node.op_type == "ReduceProd" else None
    graph.set(node, tuple(kept), None if sizes is None else [product(sizes)])


def _argument(graph: Graph, node: Any) -> None:
    source, axis = list(graph.source(node)), graph.get(node, "axis", 0)
    source[axis] = ONE
    if not graph.get(node, "keepdims", 1):
        del source[axis]
    graph.set(node, tuple(source))


def _measured(graph: Graph, node: Any) -> None:
    """As whole numbers, with their scale and what stands for 0."""
    graph.set(node, graph.source(node))
    for name in node.output[1:]:
        graph.shapes[name] = ()


def _resized(graph: Graph, node: Any) -> None:
    source, sizes = graph.source(node), graph.integers(node, 3)
    if sizes is None:
        scales = [Number(Fraction(factor)) for factor in graph.floats[node.input[2]]]
        sizes = [floor(side * scale) for side, scale in zip(source, scales, strict=True)]
    graph.set(node, tuple(sizes))


def einsum_letters(graph: Graph, node: Any) -> tuple[dict[str, Tree], list[str], str]:
    """The size of each letter of an einsum, the letters of its operands and of what it gives.

    Raises:
        ValueError: an ellipsis.
    """
    inputs, _, out = graph.get(node, "equation").decode().replace(" ", "").partition("->")
    sizes: dict[str, Tree] = {}
    operands = inputs.split(",")
    for place, letters in enumerate(operands):
        sizes |= dict(zip(letters, graph.source(node, place), strict=True))
    return sizes, operands, out


def _einsum(graph: Graph, node: Any) -> None:
    sizes, _, out = einsum_letters(graph, node)
    graph.set(node, tuple(sizes[letter] for letter in out))


def _recurrent(graph: Graph, node: Any) -> None:
    n, B, _ = graph.source(node)
    directions, _, N = graph.source(node, 2)
    graph.set(node, (n, directions, B, N))
    for name in node.output[1:]:
        graph.shapes[name] = (directions, B, N)


_SAME = """Relu Sigmoid Tanh LeakyRelu Elu PRelu HardSigmoid HardSwish Softplus Mish Swish Clip Gelu
BatchNormalization InstanceNormalization GroupNormalization LayerNormalization RMSNormalization
QuantizeLinear DequantizeLinear Selu Celu CumSum LRN Softmax LogSoftmax Sqrt Reciprocal Exp Log Erf
Sin Cos Floor Ceil Round Sign"""
_REDUCED = "ReduceMean ReduceSum ReduceMax ReduceMin ReduceL2 ReduceProd"
_BROADCAST = """Add Sub Mul Div Mod Pow Max Min Equal Less Greater LessOrEqual GreaterOrEqual And Or
Xor Where"""

#: How the shape of an operator's output follows: every operator that is known.
SHAPES: dict[str, Shaper] = {
    **ARRANGING,
    **dict.fromkeys(_SAME.split(), same),
    **dict.fromkeys(_BROADCAST.split(), _broadcast),
    "ConvTranspose": _transposed_convolution,
    **dict.fromkeys(("Conv", "ConvInteger", "QLinearConv", "MaxPool", "AveragePool"), _windows),
    **dict.fromkeys(("GlobalAveragePool", "GlobalMaxPool"), _pooled_to_one),
    "Gemm": _gemm,
    **dict.fromkeys(("MatMul", "MatMulInteger", "QLinearMatMul"), _matrix_product),
    "DynamicQuantizeLinear": _measured,
    "TopK": _largest,
    "Einsum": _einsum,
    **dict.fromkeys(_REDUCED.split(), _reduced),
    **dict.fromkeys(("ArgMax", "ArgMin"), _argument),
    "Resize": _resized,
    "Attention": lambda graph, node: graph.set(
        node, (*graph.source(node)[:-1], graph.source(node, 2)[-1])
    ),
    **dict.fromkeys(("RNN", "GRU", "LSTM"), _recurrent),
}
