"""A PyTorch module as a sum of layers: exported with open sizes, read operator by operator.

Operators are PyTorch's own (aten), at the places of the modules that call them. One that has no row
is taken apart as PyTorch itself takes it apart; what is then still not known is listed with its
place, and is in no total.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from inspect import signature
from typing import Any

from closedform.cost.layer import LayerSum
from closedform.cost.steps import taking
from closedform.errors import ClosedformError, MissingExtra, UnknownName
from closedform.models.layers import scalars
from closedform.models.reading import (
    Read,
    Reading,
    Shaped,
    Sizes,
    UnknownShape,
    read_shapes,
    size_named,
)
from closedform.models.torch_attention import NAME as ATTENTION
from closedform.models.torch_attention import read_attention
from closedform.models.torch_branches import Way, asked_of, both_ways
from closedform.models.torch_calls import as_called
from closedform.models.torch_export import ODD, exported
from closedform.models.torch_graph import (
    Called,
    Graph,
    floating,
    is_complex,
    is_tensor,
    operator,
    place_of,
)
from closedform.models.torch_operators import COMPLEX, HANDLERS, SCALARS
from closedform.models.torch_passive import PASSIVE
from closedform.models.torch_recurrent import NAME, read_recurrent

#: Operators that need not be taken apart.
ROWS = frozenset({*PASSIVE, *SCALARS, *HANDLERS, NAME, ATTENTION})


def read(
    module: Any,
    x: Sizes | Shaped | Sequence[Sizes | Shaped] | Mapping[str, Sizes | Shaped],
    *,
    dtype: str | Sequence[str] | Mapping[str, str] = "",
) -> LayerSum:
    """The layers of a PyTorch module, each with its place, open in the sizes that are named.

    Every parameter of the module is counted, once. What an operator costs that is not known is in
    no total: :meth:`~closedform.cost.sums.LayerSum.uncounted` lists it with its place. Nothing is
    executed. A module that takes another way at other sizes is read as it runs at 224 and more, and
    :meth:`~closedform.cost.sums.LayerSum.holds_where` says where that is: other sizes are refused.

    Args:
        module: an ``nn.Module``; it is read as in evaluation, and may be on the meta device.
        x: the shape of its input, such as ``("B", 3, "H", "W")``: names are open sizes. A tensor
            is one of its shape. Several inputs are a list, or a dict by their names in ``forward``.
        dtype: what the input holds, ``"int64"`` for the numbers of tokens; several inputs may have
            one each, in their order or by name. Without it, what a tensor given for it holds, else
            what the module's parameters hold.

    Raises:
        MissingExtra: PyTorch is not installed.
        ClosedformError: no module, no shape, or a module that cannot be exported: it fixes a size
            that is to stay open, or branches on values.
    """
    try:
        import torch  # noqa: PLC0415  (optional)
    except ImportError as error:
        install = "pip install 'closedform[torch]'"
        raise MissingExtra("reading a module", "PyTorch", install) from error
    if not isinstance(module, torch.nn.Module):
        raise ClosedformError(
            f"read takes a PyTorch module, not {type(module).__name__}",
            "give an nn.Module, such as torchvision.models.resnet18()",
        )
    named = tuple(x) if isinstance(x, Mapping) else ()
    inputs = signature(module.forward).parameters if named else {}
    for name in named:
        if name not in inputs:
            raise UnknownName(f"input of {type(module).__name__}", name, inputs)
    given = [*x.values()] if isinstance(x, Mapping) else x if isinstance(x, (list, tuple)) else [x]
    shapes = read_shapes(given)
    if not dtype and any(isinstance(item, torch.Tensor) for item in given):
        dtype = [str(getattr(item, "dtype", "")).removeprefix("torch.") for item in given]
    types = _types(torch, dtype, named or ("",) * len(shapes), module)

    def way(*tried: Sequence[range]) -> Way:
        program, branches = exported(module, shapes, types, named, ROWS, *tried)
        graph = Graph(program, shapes, module)
        return Way(_layers(graph), graph.divisors, *asked_of(graph, branches))

    taken = way()
    if taken.divisors or taken.held:  # which only the branch that it took may ask for
        with suppress(ClosedformError):
            taken = both_ways(taken, way(ODD))
    names = (size for shape in shapes for size in shape if isinstance(size, str))
    return taking(taken.whole(), (size_named(name).name for name in names))


def _types(
    torch: Any, dtype: str | Sequence[str] | Mapping[str, str], names: Sequence[str], module: Any
) -> list[Any]:
    """The type of each input: that of the parameters where nothing is said.

    Raises:
        ClosedformError: no type of a tensor, too few, or one of an input that is not there.
    """
    if isinstance(dtype, Mapping):
        for name in dtype:
            if name not in names:
                raise UnknownName("input", name, filter(None, names))
        written = [dtype.get(name, "") for name in names]
    else:
        written = [dtype] * len(names) if isinstance(dtype, str) else list(dtype)
    if len(written) != len(names):
        raise ClosedformError(f"{len(written)} types for {len(names)} inputs", "give one for each")
    floats = (weight.dtype for weight in module.parameters() if weight.is_floating_point())
    usual = next(floats, torch.float32)
    types = [getattr(torch, str(word), None) if word else usual for word in written]
    for word, kind in zip(written, types, strict=True):
        if not isinstance(kind, torch.dtype):
            raise ClosedformError(f"{word!r} is no type of a tensor", "such as float32 or int64")
    return types


def _layers(graph: Graph) -> LayerSum:
    reading = Reading(graph.shapes_of_parameters())
    moving = _moving(graph.nodes)
    for node in graph.nodes:
        place = place_of(node)
        if node in moving:
            reading.put(place, scalars(["gather"], graph.known_shape(node), name="einsum"))
        if not _counts(node):
            continue
        try:
            reads = _read(graph, node)
        except UnknownShape:
            reads = []
        for layers, weights in reads:
            names = [graph.parameter(weight) for weight in weights if weight is not None]
            own = bool(names) and {*names} <= graph.weights_of(place)
            if layers.terms:
                reading.put(place, as_called(layers, node, graph.batch, own_weights=own), names)
        if not reads:
            reading.unknown(place, operator(node), graph.known_shape(node))
    return reading.layers()


def _moving(nodes: Sequence[Any]) -> set[Any]:
    """The last node of each einsum that multiplies and adds nothing, which tools may count."""
    calls: dict[Any, list[Any]] = {}
    for node in nodes:
        if (called := node.meta.get("torch_fn") or ("", ""))[1].endswith(".einsum"):
            calls.setdefault(called, []).append(node)
    return {parts[-1] for parts in calls.values() if not any(map(_counts, parts))}


def _counts(node: Any) -> bool:
    """Whether it may cost something: sizes, indices and masks do not."""
    if node.op != "call_function" or operator(node) in PASSIVE or not is_tensor(node):
        return False
    if operator(node) in SCALARS:
        return floating(node)
    return floating(node) or any(map(floating, node.all_input_nodes))


def _read(graph: Graph, node: Any) -> list[Read]:
    """The layers of a node; none where it is not known."""
    if (name := operator(node)) == NAME:
        return list(read_recurrent(graph, node))
    if name == ATTENTION:
        return [read_attention(graph, node)]
    handler = SCALARS.get(name) or HANDLERS.get(name)
    if any(operands := [is_complex(arg) for arg in (node, *node.all_input_nodes)]):
        handler = COMPLEX.get(name) if all(operands) else None
    handled = handler(Called(graph, node)) if handler else None
    if handled is None:
        return []
    return [Read(handled) if isinstance(handled, LayerSum) else handled]
