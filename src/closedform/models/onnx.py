"""An ONNX file as a sum of layers: shapes flow through the graph, open in the sizes it names.

Operators are those of onnx/docs/Operators.md. Nothing is executed. Sizes that the graph works out
itself (Shape, Gather, Concat, …) are followed. What is not known is listed with its place, and is
in no total; where the file tells the shape of its output in numbers, reading goes on from there.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from closedform.algebra.tree import ONE, product
from closedform.cost.layer import LayerSum
from closedform.cost.steps import only_where, taking
from closedform.errors import ClosedformError, MissingExtra
from closedform.models.onnx_graph import Graph, place_of
from closedform.models.onnx_operators import HANDLERS, Operator
from closedform.models.onnx_shapes import SHAPES
from closedform.models.reading import FAILURES, Read, Reading, Sizes, UnknownShape, read_shapes


def read(path: str | Path, x: Sizes | Sequence[Sizes] | None = None) -> LayerSum:
    """The layers of an ONNX file, each at the module that its exporter names, or its node.

    Sizes that the file leaves open are symbols of their names. Its parameters are its tensors of
    floating-point numbers: all but single numbers, the running statistics of a batch norm, the
    scales of a resizing, states of zeros that a recurrence begins with, the frequencies of a rotary
    embedding, and a head that is a copy of the embedding, where the data lie beside the file.

    Args:
        path: the file; data that lie beside it are looked into for such a head alone.
        x: the shape of its input, such as ``("B", 3, "H", "W")``, to name the sizes that it leaves
            open. Several inputs are a list of shapes.

    Raises:
        MissingExtra: the package onnx is not installed.
        ClosedformError: the file cannot be read, or an open size has no name.
    """
    try:
        import onnx  # noqa: PLC0415  (optional)
        import onnx.inliner  # noqa: PLC0415  (no name of onnx before it is imported)
    except ImportError as error:
        install = "pip install 'closedform[onnx]'"
        raise MissingExtra("reading an ONNX file", "onnx", install) from error
    model = _loaded(onnx, Path(path))
    return _layers(Graph(model, None if x is None else read_shapes(x), Path(path).parent))


def _loaded(onnx: Any, path: Path) -> Any:
    """The model in a file, with functions of its own put in place, and the types of its tensors.

    Raises:
        ClosedformError: no file, or no model in it.
    """
    from google.protobuf.message import DecodeError  # noqa: PLC0415  (optional)

    try:
        model = onnx.load(str(path), load_external_data=False)
        if not model.graph.node:
            raise ClosedformError(f"{path} holds no graph", "export the model again")
        model = onnx.inliner.inline_local_functions(model) if model.functions else model
        with suppress(onnx.shape_inference.InferenceError):  # of an operator that nobody imports
            model = onnx.shape_inference.infer_shapes(model)
        return model
    except OSError as error:
        raise ClosedformError(
            f"cannot read {path}: {error.strerror}", "give the path of an ONNX file"
        ) from error
    except (DecodeError, RuntimeError, ValueError) as error:
        raise ClosedformError(f"{path} is no ONNX file", "export the model again") from error


def _layers(graph: Graph) -> LayerSum:
    reading = Reading(graph.parameters)
    for count, node in enumerate(graph.nodes):
        kind = f"{node.domain}::{node.op_type}" if node.domain not in OWN else node.op_type
        place, handler = place_of(node, count), HANDLERS.get(kind)
        graph.fixed.at = f"{kind} at {place}" if place else kind
        try:
            SHAPES[kind](graph, node)
            handled = handler(Operator(graph, node)) if handler else LayerSum(())
        except (*FAILURES, UnknownShape):  # not as onnx/docs/Operators.md says
            handled = None
        if handled is None and (handler or kind not in SHAPES):
            reading.unknown(place, kind, graph.set_told(node))
        elif handled is None:
            graph.set_told(node)
        elif not isinstance(handled, LayerSum) or handled.terms:
            layers, weights = handled if isinstance(handled, Read) else Read(handled)
            reading.put(place, layers, [graph.parameter(weight) for weight in weights if weight])
    for name in [name for name, shape in reading.left.items() if product(shape) == ONE]:
        del reading.left[name]
    layers = sum(map(only_where, graph.fixed.held), LayerSum(())) + reading.layers()
    return taking(layers, graph.open)


#: The domain of ONNX's own operators, in both spellings.
OWN = frozenset({"", "ai.onnx"})
