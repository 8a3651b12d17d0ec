"""Recurrent layers of PyTorch in one piece: the loop over their steps would fix how many there are.

While a module is exported, ``torch._VF.lstm``, ``gru``, ``rnn_tanh`` and ``rnn_relu``, which
torch/nn/modules/rnn.py calls, are an operator ``closedform::recurrent`` that has the shapes alone.
Pooling of one dimension, which fixes its length too, is pooling of two with one row. A local
response norm, which PyTorch writes out, is an operator too, and so is resizing by area, which is
pooling to what tools have a rule of their own for. A state space of transformers does for all
tokens what its loop does for each (models/mamba/modeling_mamba.py, mamba_selective_scan).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any

from closedform.algebra.tree import product
from closedform.catalogue import LAYERS
from closedform.models.layers import recurrent
from closedform.models.operators import Node
from closedform.models.reading import Read
from closedform.models.torch_graph import Graph
from closedform.models.torch_stand_in import declared, replaced

#: The layer of the catalogue for each function.
KINDS = {"lstm": "lstm", "gru": "gru", "rnn_tanh": "rnn", "rnn_relu": "rnn"}
#: How many gates each function has.
GATES = {"lstm": 4, "gru": 3, "rnn_tanh": 1, "rnn_relu": 1}
#: The function of each cell.
CELLS = {f"{kind}_cell": kind for kind in GATES}
#: What the operator is called in an exported program.
NAME = "closedform::recurrent"
#: The function of a state space, in the files of the models that have one.
SCAN = "mamba_selective_scan"


@contextmanager
def in_one_piece(module: Any) -> Iterator[None]:
    """While it lasts, recurrent layers of a module are one operator each."""
    import torch  # noqa: PLC0415  (optional)

    _declare()
    functions = {kind: _stand_in(kind) for kind in KINDS}
    pooled = replaced(torch, {"max_pool1d": _in_one_row})
    F = torch.nn.functional
    written = {"local_response_norm": _local_response, "interpolate": _resized(F.interpolate)}
    files = {sys.modules[type(part).__module__] for part in module.modules()}
    with replaced(torch._VF, functions), pooled, replaced(F, written), ExitStack() as scans:
        for file in files:
            if hasattr(file, SCAN):
                scans.enter_context(replaced(file, {SCAN: _scanned}))
        yield


def read_recurrent(graph: Graph, node: Any) -> Iterator[Read]:
    """Each direction of each layer."""
    kind, source, weights, bias, layers, bidirectional, batch_first = node.args
    shape, directions = graph.shape(source), 2 if bidirectional else 1
    count = len(weights) // (layers * directions)
    flags = {"bias": bias, "seq_first": not batch_first, "relu": kind == "rnn_relu"}
    for number in range(layers * directions):
        own = tuple(weights[number * count : (number + 1) * count])
        (gates, M), (_, fed_back) = (graph.shape(weight) for weight in own[:2])
        N, source_ = gates / GATES[kind], (*shape[:-1], M)
        made = recurrent(KINDS[kind], source_, N, fed_back, upper=number >= directions, **flags)
        yield Read(made, own)


def read_cell(node: Node) -> Read:
    """One step of a recurrent layer: the input, the state or states, two weights, two biases."""
    kind, weights = node.name, node.node.args[2:]
    (gates, M), bias = node.graph.shape(weights[0]), len(weights) > 2 and weights[2] is not None
    flags = {"two_biases": bias, "cell": True, **({"relu": True} if "relu" in kind else {})}
    sizes = {"M": M, "N": gates / GATES[CELLS[kind]], "B": product(node.source()[:-1])}
    return Read(LAYERS[KINDS[CELLS[kind]]](**sizes, **flags), tuple(weights[: 4 if bias else 2]))


def _local_response(x: Any, size: int, *_: Any, **__: Any) -> Any:
    import torch  # noqa: PLC0415  (optional)

    return torch.ops.closedform.local_response(x, size)[0]


def _resized(interpolate: Any) -> Any:
    import torch  # noqa: PLC0415  (optional)

    def call(x: Any, *listed: Any, **named: Any) -> Any:
        given = dict(zip(("size", "scale_factor", "mode"), listed, strict=False)) | named
        if given.get("mode") != "area":
            # Scales that are worked out again from the sides that they give would go as sides.
            return interpolate(x, *listed, **{**named, "recompute_scale_factor": None})
        size = given.get("size")
        asked = given["scale_factor"] if size is None else size
        scales = list(asked) if isinstance(asked, (list, tuple)) else [asked] * (x.dim() - 2)
        sides, fractional = scales, size is None and any(scale % 1 for scale in scales)
        if size is None:
            sides = [torch.sym_int(a * b) for a, b in zip(x.shape[2:], scales, strict=True)]
        return torch.ops.closedform.area(x, sides, size is not None, fractional)[0]

    return call


def _scanned(
    x: Any, dt: Any, A: Any, B: Any, C: Any, D: Any = None, z: Any = None, **given: Any
) -> Any:
    """A scan whose states are of the shape that the steps give, each by the same operators."""
    import torch  # noqa: PLC0415  (optional)

    if (shift := given.get("delta_bias")) is not None:
        dt = dt + shift[..., None]
    dt = (torch.nn.functional.softplus(dt) if given.get("delta_softplus") else dt)[..., None]
    decays = torch.exp(A[None, :, None, :] * dt)
    added = dt * B.transpose(1, 2)[:, None] * x[..., None]
    states = decays * added + added
    read = torch.matmul(states.transpose(1, 2), C.transpose(1, 2).unsqueeze(-1))
    out = read.squeeze(-1).transpose(1, 2)
    out = out if D is None else out + x * D[None, :, None]
    out = out if z is None else out * torch.nn.functional.silu(z)
    return (out, states[:, :, -1]) if given.get("return_last_state") else out


def _in_one_row(x: Any, kernel: Any, *options: Any) -> Any:
    """Pooling of one dimension as pooling of two: stride, padding, dilation, and how it ends."""
    import torch  # noqa: PLC0415  (optional)

    stride, *others = options or (kernel,)
    sides = [
        (first, option if isinstance(option, int) else option[0])
        for first, option in zip((1, 1, 0, 1), (kernel, stride or kernel, *others), strict=False)
    ]
    return torch.max_pool2d(x.unsqueeze(-2), *sides, *others[2:]).squeeze(-2)


def _stand_in(kind: str) -> Any:
    import torch  # noqa: PLC0415  (optional)

    def call(x: Any, _: Any, weights: Any, *options: Any) -> Any:
        bias, layers, _, _, bidirectional, batch_first = options
        whole = torch.ops.closedform.recurrent
        states = whole(kind, x, weights, bias, layers, bidirectional, batch_first)
        return tuple(states) if kind == "lstm" else tuple(states[:2])

    return call


@cache
def _declare() -> Any:
    return (
        declared("local_response(Tensor x, int size) -> Tensor[]", lambda x, _: [x.clone()]),
        declared(
            "area(Tensor x, SymInt[] sides, bool by_size, bool fractional) -> Tensor[]",
            lambda x, sides, *_: [x.new_empty(*x.shape[:2], *sides)],
        ),
        declared(
            "recurrent(str kind, Tensor x, Tensor[] weights, bool bias, int layers, "
            "bool bidirectional, bool batch_first) -> Tensor[]",
            _shapes,
        ),
    )


def _shapes(kind: str, x: Any, weights: Any, *options: Any) -> list[Any]:
    """Outputs, hidden state, state of the cells."""
    _, layers, bidirectional, first = options
    cells = layers * (2 if bidirectional else 1)
    width = weights[1].shape[-1]
    batch, steps = x.shape[:2] if first else reversed(x.shape[:2])
    hidden = weights[0].shape[0] // GATES[kind]
    out = x.new_empty(steps, batch, width * cells // layers)
    return [
        out.transpose(0, 1) if first else out,
        x.new_empty(cells, batch, width),
        x.new_empty(cells, batch, hidden),
    ]
