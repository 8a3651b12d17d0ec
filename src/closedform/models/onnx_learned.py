"""Tensors of an ONNX file that look learned and are not: copies of others, and frequencies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from itertools import product
from pathlib import Path
from typing import Any

from closedform.algebra.tree import Number
from closedform.models.layers import Shape

#: Operators on the way from a frequency to its sines: it is turned and multiplied with positions.
ON_THE_WAY = frozenset(
    "Cast Concat Constant Einsum Expand MatMul Mul Range Reshape Transpose Unsqueeze".split()
)


def copied(graph: Any, held: Mapping[str, Any], folder: Path) -> dict[str, str]:
    """Heads that hold the table of an embedding turned over, which an exporter writes down twice.

    Only the numbers say so: where they lie beside the file and are not there, it is no copy.
    """
    files = {e.value for t in held.values() for e in t.external_data if e.key == "location"}
    if not all((folder / file).is_file() for file in files):
        return {}
    there = graph.parameters.keys() & held.keys()
    tables = {node.input[0] for node in graph.nodes if node.op_type == "Gather"}
    heads = {node.input[1] for node in graph.nodes if node.op_type == "MatMul"}
    copies = {}
    for table, head in product(tables & there, heads & there):
        turned = graph.shapes[head][::-1]
        if len(turned) == 2 and graph.shapes[table] == turned:
            rows, columns = (graph.array(held[name], str(folder)) for name in (table, head))
            if (columns == rows.T).all():
                copies[head] = table
    return copies


def frequencies(graph: Any) -> set[str]:
    """What is multiplied with positions alone, and of which sines and cosines alone are taken."""
    waves = [node for node in graph.nodes if node.op_type in ("Sin", "Cos")]
    waiting, behind = [node.input[0] for node in waves], set[str]()
    while waiting:
        name = waiting.pop()
        if name in graph.whole or name in behind:
            continue
        behind.add(name)
        if name not in graph.parameters:
            node = graph.made_by.get(name)
            if node is None or node.op_type not in ON_THE_WAY:
                return set()  # of what comes in: a layer with sines
            waiting += filter(None, node.input)
    others = (node for node in graph.nodes if node not in waves and node.output[0] not in behind)
    elsewhere = {name for node in others for name in node.input}
    return {name for name in behind - elsewhere if name in graph.parameters}


def inside(nodes: Iterable[Any], kinds: Set[int]) -> Iterator[tuple[str, Shape]]:
    """The weights that stand in the graphs of conditions and loops, at the nodes that have them."""
    for node in nodes:
        for graph in (given.g for given in node.attribute if given.HasField("g")):
            for tensor in graph.initializer:
                if tensor.data_type in kinds:
                    shape = tuple(Number(int(size)) for size in tensor.dims)
                    yield f"{node.name or node.op_type}.{tensor.name}", shape
            yield from inside(graph.node, kinds)
