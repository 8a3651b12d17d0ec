"""How ONNX's operators are read that PyTorch has not, or has otherwise (onnx/docs/Operators.md)."""

from __future__ import annotations

from typing import Any

from closedform.algebra.tree import ONE
from closedform.cost.layer import LayerSum
from closedform.models import layers as made
from closedform.models.onnx_graph import Graph, number
from closedform.models.onnx_quantized import operands
from closedform.models.onnx_shapes import einsum_letters
from closedform.models.operators import (
    ARITHMETIC,
    FUNCTIONS,
    OPERATORS,
    Handler,
    Node,
    attention,
    column,
    convolution,
    embedding,
    matmul,
    pair,
    reduced,
    upsampled,
)
from closedform.models.reading import Read


class Operator(Node):
    """A node of a graph."""

    def __init__(self, graph: Graph, node: Any) -> None:
        own = {given.name: graph.attribute(given) for given in node.attribute}
        usual = {name: own.get(other, unsaid) for name, (other, unsaid) in SETTINGS.items()}
        words = {name: word.decode() for name, word in own.items() if isinstance(word, bytes)}
        tensors = [name or None for name in operands(node)]
        if graph.puts_together(node):
            tensors[1:] = []
        if node.op_type in BIASED and graph.has(node, 2) and graph.is_zeros(node.input[2]):
            tensors[2] = None
        super().__init__(graph, node, node.op_type, tensors, own | usual | words)

    @property
    def dims(self) -> int:  # noqa: D102
        return len(self.source()) - 2

    def number(self, place: int) -> float | None:  # noqa: D102
        given = self.graph.numbers(self.tensor(place) or "")
        return given[0] if given and len(given) == 1 else None

    def axes(self) -> list[int]:  # noqa: D102
        axes: list[int] = self.graph.axes(self.node)
        return axes

    def of_sizes(self) -> bool:
        """Whether it works on sizes, indices or masks, or on single numbers."""
        return self.node.output[0] in self.graph.whole or self.out in ((), (ONE,))


#: What is called otherwise in PyTorch, and what it is where nothing is said.
SETTINGS: dict[str, tuple[str, Any]] = {
    "groups": ("group", 1),
    "kernel_size": ("kernel_shape", None),
    "stride": ("strides", 1),
    "dim": ("axis", -1),
}
#: Operators with a bias.
BIASED = frozenset({"Conv", "ConvTranspose", "Gemm"})


def _gemm(node: Operator) -> Read:
    M = node.source(1)[1 if node.get("transB") else 0]
    rows, N = node.out
    weight, bias = node.tensor(1), node.tensor(2)
    return Read(made.linear((rows, M), N, bias=bias is not None), (weight, bias))


def _of_values(handler: Handler) -> Handler:
    """Nothing for what is done to sizes, indices and masks, nor to single numbers."""
    return lambda node: LayerSum(()) if node.of_sizes() else handler(node)


def _added(node: Operator) -> LayerSum | Read | None:
    """An addition; of one parameter for each of the last extent it is a bias."""
    learned = [place for place in (0, 1) if node.parameter(place)]
    if len(learned) == 1 and node.source(learned[0]) == node.out[-1:]:
        return Read(made.bias(node.out), (node.tensor(learned[0]),))
    return pair("residual_add", "add")(node)


def _clip(node: Operator) -> LayerSum:
    bounds = [node.get("min"), node.get("max")]
    if [node.number(1), node.number(2)] == [0, 6] or bounds == [0.0, 6.0]:
        return made.elementwise("relu6", node.out)
    given = sum(node.tensor(place) is not None for place in (1, 2))
    return made.scalars(["compare"] * max(1, given), node.out)


def _gather(node: Operator) -> LayerSum | Read:
    learned = node.parameter(0) is not None and len(node.source()) == 2
    return embedding(node) if learned else LayerSum(())


def _attention(node: Operator) -> LayerSum | None:
    """With heads apart, and without keys of before."""
    apart = all(len(node.source(place)) == 4 for place in range(3))
    return attention(node) if apart and node.tensor(4) is None else None


def _einsum(node: Operator) -> LayerSum:
    """Operand by operand from the left: what is not needed any more is summed over."""
    sizes, (held, *others), out = einsum_letters(node.graph, node.node)
    layers = LayerSum(())
    for place, letters in enumerate(others, start=1):
        needed, both = out + "".join(others[place:]), dict.fromkeys(held + letters)
        held = "".join(letter for letter in both if letter in needed)
        over = tuple(sizes[letter] for letter in both if letter not in needed)
        layers += made.contraction(tuple(sizes[letter] for letter in held), over)
    over = tuple(sizes[letter] for letter in dict.fromkeys(held) if letter not in out)
    return layers + made.scalars(("sum",), node.out, over) if over else layers


def _resize(node: Operator) -> LayerSum | None:
    mode, dims = node.get("mode") or "nearest", node.dims
    name = "nearest" if mode == "nearest" else ("", "bi", "tri")[dims - 1] + mode
    return upsampled(node, name)


def _rescaled(*kinds: str) -> Handler:
    """To whole numbers or back, number by number; a weight is kept as it is needed."""
    return lambda node: (
        LayerSum(()) if node.parameter(0) else made.scalars(kinds, node.out, name="quantize")
    )


def _measured(node: Operator) -> LayerSum:
    """To whole numbers, by the largest and the smallest number that there is."""
    source = node.source()
    ends = made.scalars(("maximum",), (), source) + made.scalars(("maximum",), (), source)
    return ends + made.scalars(TO_WHOLE, source, name="quantize")


#: What is done to a number that becomes a small whole one: y = saturate(x / scale + zero).
TO_WHOLE = ("divide", "add", "compare", "compare")


def _recurrent(node: Operator) -> Read | None:
    activations = node.get("activations")
    if node.get("layout") or activations not in USUAL[node.name]:
        return None
    (directions, _, M), N = node.source(1), node.source(2)[2]
    source, bias = (*node.source()[:2], M), node.tensor(3) is not None
    kind, relu = node.name.lower(), b"Relu" in (activations or ())
    forth = made.recurrent(kind, source, N, N, seq_first=True, bias=bias, upper=False, relu=relu)
    both = LayerSum(forth.terms * number(directions))
    return Read(both, tuple(map(node.tensor, range(1, 3 + bias))))


#: The activations of a recurrence that the catalogue has; none are named where they are the usual.
USUAL: dict[str, list[Any]] = {
    "RNN": [None, *([b"Tanh"] * n for n in (1, 2)), *([b"Relu"] * n for n in (1, 2))],
    "GRU": [None, [b"Sigmoid", b"Tanh"], [b"Sigmoid", b"Tanh"] * 2],
    "LSTM": [None, [b"Sigmoid", b"Tanh", b"Tanh"], [b"Sigmoid", b"Tanh", b"Tanh"] * 2],
}

#: What each operator costs; what is in SHAPES alone costs nothing.
HANDLERS: dict[str, Handler] = {
    **column(FUNCTIONS, 1),
    **column(OPERATORS, 1),
    **{
        name: _of_values(handler)
        for name, handler in {
            **column(ARITHMETIC, 1),
            "Add": _added,
            "ReduceL2": reduced("length"),
            "ReduceProd": lambda _: None,
        }.items()
    },
    "Gemm": _gemm,
    "Einsum": _einsum,
    "Clip": _clip,
    "Gather": _gather,
    "Attention": _attention,
    "Resize": _resize,
    "QuantizeLinear": _rescaled(*TO_WHOLE),
    "DequantizeLinear": _rescaled("add", "scale"),
    "DynamicQuantizeLinear": _measured,
    **dict.fromkeys(("ConvInteger", "QLinearConv"), convolution),
    **dict.fromkeys(("MatMulInteger", "QLinearMatMul"), matmul),
    **dict.fromkeys(("RNN", "GRU", "LSTM"), _recurrent),
}
