"""ONNX operators on small whole numbers, which stand for the operators on fractions.

Source: onnx/docs/Operators.md, ConvInteger, MatMulInteger, QLinearConv, QLinearMatMul.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

#: Where the operands of the operator on fractions stand among scales and what stands for 0.
OPERANDS = {
    "ConvInteger": (0, 1),
    "MatMulInteger": (0, 1),
    "QLinearConv": (0, 3, 8),
    "QLinearMatMul": (0, 3),
}


def operands(node: Any) -> Sequence[str]:
    """The inputs of a node, as the operator on fractions has them."""
    given: Sequence[str] = node.input
    places = OPERANDS.get(node.op_type)
    return given if places is None else [given[at] for at in places if at < len(given)]


def quantized(nodes: Iterable[Any], origin: Callable[[str], str]) -> Iterator[str]:
    """Tensors that may hold weights as whole numbers: what is put back, or multiplied."""
    for node in nodes:
        if node.op_type == "DequantizeLinear":
            yield origin(node.input[0])
        elif node.op_type in OPERANDS:
            yield from operands(node)
