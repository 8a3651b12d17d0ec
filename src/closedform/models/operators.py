"""What operators cost, as layers of the catalogue, where PyTorch's and ONNX's mean the same.

Sources: PyTorch's operators (aten); onnx/docs/Operators.md.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

from closedform.algebra.tree import Number
from closedform.catalogue import LAYERS
from closedform.cost.layer import LayerSum
from closedform.models import layers as made
from closedform.models.layers import Shape
from closedform.models.reading import Read


class Node(ABC):
    """An operator in a model: the tensors that it is given, by place, and its settings.

    Settings go by the names that PyTorch has for them.
    """

    def __init__(
        self, graph: Any, node: Any, name: str, tensors: Sequence[Any], settings: dict[str, Any]
    ) -> None:
        self.graph, self.node, self.name, self.batch = graph, node, name, graph.batch
        self.tensors, self.settings = tensors, settings

    @property
    def out(self) -> Shape:
        """The shape of what it gives."""
        shape: Shape = self.graph.out(self.node)
        return shape

    def tensor(self, place: int) -> Any:
        """A tensor that it is given; ``None`` where there is none."""
        return self.tensors[place] if place < len(self.tensors) else None

    def source(self, place: int = 0) -> Shape:
        """The shape of a tensor that it is given."""
        shape: Shape = self.graph.shape(self.tensors[place])
        return shape

    def parameter(self, place: int) -> str | None:
        """The parameter that a tensor is."""
        name: str | None = self.graph.parameter(self.tensors[place])
        return name

    @property
    @abstractmethod
    def dims(self) -> int:
        """How many sides its maps have."""

    @abstractmethod
    def number(self, place: int) -> float | None:
        """A number that it is given in the place of a tensor."""

    @abstractmethod
    def axes(self) -> list[int]:
        """The axes that it works along: all where none are named."""

    def get(self, setting: str) -> Any:
        """A setting."""
        return self.settings.get(setting)


#: Reads what an operator does; ``None`` where that is not known.
Handler: TypeAlias = "Callable[[Any], LayerSum | Read | None]"
#: Names of PyTorch's operators, names of ONNX's, and how they are read.
Rows: TypeAlias = "Iterable[tuple[str, str, Handler]]"


def column(rows: Rows, place: int) -> dict[str, Handler]:
    """How the operators of a source are read: 0 is PyTorch, 1 ONNX."""
    return {name: row[2] for row in rows for name in str(row[place]).split()}


def each(sides: Any, dims: int) -> list[int]:
    """A setting for each axis: one for all, or one each."""
    listed = [sides] if isinstance(sides, int) else list(sides)
    return listed * dims if len(listed) == 1 else listed


def elementwise(layer: str) -> Handler:
    """A layer that keeps its shape."""
    return lambda node: made.elementwise(layer, node.out)


def scalars(*kinds: str) -> Handler:
    """Scalar operations for each output."""
    return lambda node: made.scalars(kinds, node.out)


def pair(layer: str, kind: str) -> Handler:
    """An addition or product: of two tensors of one shape it is a layer of the catalogue."""

    def handler(node: Node) -> LayerSum:
        shapes = [node.source(place) for place in (0, 1) if node.tensor(place) is not None]
        if len(shapes) == 2 and shapes[0] == shapes[1]:
            return made.elementwise(layer, shapes[0])
        return made.scalars([kind], node.out)

    return handler


def reduced(kind: str) -> Handler:
    """A sum, mean or maximum over axes."""
    return lambda node: made.reduced(kind, node.source(), node.axes())


def convolution(node: Node) -> Read | None:
    """A convolution, or a transposed one."""
    weight, bias = node.tensor(1), node.tensor(2)
    shapes = node.source(), node.source(1), node.out
    given = {"groups": node.get("groups"), "bias": bias is not None}
    if "transpose" in node.name.lower():
        strides = each(node.get("stride"), len(shapes[1]) - 2)
        layers = made.transposed_convolution(*shapes, strides=strides, **given)
    else:
        layers = made.convolution(*shapes, **given)
    return None if layers is None else Read(layers, (weight, bias))


def matmul(node: Node) -> LayerSum | Read:
    """A product of two tensors; one with a parameter is a linear layer."""
    left, right = node.source(), node.source(1)
    if len(right) == 2 and node.parameter(1) is not None:
        M, N = right
        layers = made.linear((*left[:-1], M), N, bias=False)
        return Read(layers, (node.tensor(1),))
    return made.matrix_product(left, right, node.out)


def _prelu(node: Node) -> Read:
    return Read(made.prelu(node.out, node.source(1)), (node.tensor(1),))


def _batch_norm(node: Node) -> Read:
    weights, running = (node.tensor(1), node.tensor(2)), node.tensor(3) is not None
    affine = weights[0] is not None
    return Read(made.batch_norm(node.out, affine=affine, running=running), weights)


def _grouped_norm(node: Node) -> Read:
    """A group norm; an instance norm has no groups."""
    weights = node.tensor(1), node.tensor(2)
    affine = weights[0] is not None
    return Read(made.grouped_norm(node.out, node.get("num_groups"), affine=affine), weights)


def _row_norm(kind: str) -> Handler:
    def handler(node: Node) -> Read:
        source, weight, bias = node.source(), node.tensor(1), node.tensor(2)
        without = "no_affine" if weight is None else ""
        without = without or "no_bias" * (bias is None and kind == "layer_norm")
        axes = len(node.get("normalized_shape") or source[node.get("dim") :])
        return Read(made.row_norm(kind, source, axes, without), (weight, bias))

    return handler


def _softmax(name: str) -> Handler:
    return lambda node: made.softmax(node.source(), node.get("dim"), name)


def _gelu(node: Node) -> LayerSum:
    name = "gelu_tanh" if node.get("approximate") == "tanh" else "gelu"
    return made.elementwise(name, node.out)


def _power(node: Node) -> LayerSum:
    kind, name = ("scale", "square") if node.number(1) == 2 else ("power", "")
    return made.scalars([kind], node.out, name=name)


def _running_sum(node: Node) -> LayerSum:
    out, (axis,) = list(node.out), node.axes()
    out[axis] = out[axis] - 1
    return made.scalars(["add"], tuple(out))


def attention(node: Node) -> LayerSum:
    """Scaled dot-product attention."""
    shapes, causal = (node.source(place) for place in range(3)), bool(node.get("is_causal"))
    return made.attention(*shapes, causal=causal, masked=node.tensor(3) is not None)


def embedding(node: Node) -> Read:
    """A look-up in a table that is learned."""
    return Read(made.embedding(node.source(), node.source(1)), (node.tensor(0),))


def _pool(node: Node) -> LayerSum:
    sides, dims = node.get("kernel_size"), node.dims
    stride = each(node.get("stride") or sides, dims)[-1]
    kernel = tuple(map(Number, each(sides, dims)))
    kind = "max_pool" if "max" in node.name.lower() else "avg_pool"
    return made.pool(kind, node.source(), node.out, kernel, Number(stride))


def _pool_to(node: Node) -> LayerSum:
    kind = "max" if "max" in node.name.lower() else "avg"
    return made.pool_to(kind, node.source(), node.out, node.dims)


def upsampled(node: Node, mode: str) -> LayerSum | None:
    """Resizing in a mode; ``None`` for one that no layer of the catalogue has."""
    side = f"{node.dims}d" * (mode == "nearest" and node.dims != 2)
    name = f"{mode}_upsample{side}"
    return made.upsampled(name, node.source(), node.out, node.dims) if name in LAYERS else None


def _upsample(node: Node) -> LayerSum | None:
    return upsampled(node, re.sub(r"_?upsample_|\dd|_exact", "", node.name))


def _by_dims(*names: str) -> str:
    """The names of an operator of sequences, maps and volumes."""
    return " ".join(f"{name}{dims}d" for name in names for dims in (1, 2, 3))


_ACTS = {
    "relu": "Relu", "sigmoid": "Sigmoid", "tanh": "Tanh", "leaky_relu": "LeakyRelu", "elu": "Elu",
    "hard_sigmoid": "HardSigmoid", "hard_swish": "HardSwish", "softplus": "Softplus",
    "mish": "Mish", "silu": "Swish", "selu": "Selu", "celu": "Celu", "relu6": "",
}  # fmt: skip

#: Functions of numbers.
FUNCTIONS: Rows = (
    *((name.replace("hard_", "hard"), onnx, elementwise(name)) for name, onnx in _ACTS.items()),
    ("gelu", "Gelu", _gelu),
    ("pow", "Pow", _power),
    ("cumsum", "CumSum", _running_sum),
)
#: Arithmetic, which is done to sizes as well.
ARITHMETIC: Rows = (
    ("add", "Add", pair("residual_add", "add")),
    ("mul", "Mul", pair("product", "scale")),
    ("sub rsub", "Sub", scalars("add")),
    ("div reciprocal", "Div Reciprocal", scalars("divide")),
    ("sqrt", "Sqrt", scalars("root")),
    ("exp exp2", "Exp", scalars("exp")),
    ("log log2 log10", "Log", scalars("log")),
    ("sin cos", "Sin Cos", scalars("sine")),
    ("erf", "Erf", scalars("erf")),
    ("clamp_min clamp_max maximum minimum threshold", "Max Min", scalars("compare")),
    ("sum", "ReduceSum", reduced("sum")),
    ("mean", "ReduceMean", reduced("mean")),
    ("amax amin", "ReduceMax ReduceMin", reduced("maximum")),
)
#: Layers.
OPERATORS: Rows = (
    (_by_dims("conv", "conv_transpose"), "Conv ConvTranspose", convolution),
    ("matmul mm bmm mv dot vdot", "MatMul", matmul),
    ("prelu", "PRelu", _prelu),
    ("batch_norm _native_batch_norm_legit_no_training", "BatchNormalization", _batch_norm),
    ("instance_norm group_norm", "InstanceNormalization GroupNormalization", _grouped_norm),
    ("layer_norm", "LayerNormalization", _row_norm("layer_norm")),
    ("rms_norm", "RMSNormalization", _row_norm("rms_norm")),
    ("softmax", "Softmax", _softmax("softmax")),
    ("log_softmax", "LogSoftmax", _softmax("log_softmax")),
    ("scaled_dot_product_attention", "Attention", attention),
    ("embedding", "Gather", embedding),
    (
        "closedform::local_response",
        "LRN",
        lambda node: made.local_response(node.source(), node.get("size")),
    ),
    (_by_dims("max_pool", "avg_pool"), "MaxPool AveragePool", _pool),
    ("max_pool2d_with_indices max_pool3d_with_indices", "", _pool),
    (
        _by_dims("adaptive_max_pool", "adaptive_avg_pool"),
        "GlobalAveragePool GlobalMaxPool",
        _pool_to,
    ),
    (_by_dims("upsample_nearest", "_upsample_nearest_exact"), "", _upsample),
    (
        "upsample_linear1d upsample_bilinear2d upsample_bicubic2d upsample_trilinear3d",
        "",
        _upsample,
    ),
)
