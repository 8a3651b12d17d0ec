"""Recurrent layers: M inputs, N hidden units, n steps.

References: Hochreiter and Schmidhuber 1997 and Gers et al. 2000 for the LSTM; Cho et al.
(arXiv:1406.1078), equations (5) to (8), for the GRU; Sak et al. (arXiv:1402.1128) for the
projection; Shi et al. (arXiv:1506.04214), equation (3), for the convolutional LSTM. The flag bias
is one vector a gate, two_biases are the two of torch/nn/modules/rnn.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from closedform.cost.layer import Cost, Entries, LayerType, Operation, Size, layer, operation


def recurrent(
    source: str, flags: str = "bias two_biases", meanings: dict[str, str] | None = None
) -> Callable[[Callable[..., Any]], LayerType]:
    """One direction of one layer of a module of PyTorch."""
    told = {"M": "inputs", "N": "hidden units", "n": "steps", **(meanings or {})}
    ways = "unbatched cell seq_first upper"
    return layer(
        module="recurrent", flags=flags, ways=ways, meanings=told, inputs="n M", source=source
    )


def biases(bias: bool, two_biases: bool) -> int:
    """How many bias vectors a gate has."""
    return 2 if two_biases else 1 if bias else 0


def gates(count: int, M: Size, N: Size, n: Size, fed_back: Size, vectors: int) -> list[Operation]:
    """The gates' products with the input and with what is fed back, their sums and biases."""
    outputs = (count, N, n)
    return [
        operation("contract", *outputs, over=M, weights=((count, N, M),)),
        operation("contract", *outputs, over=fed_back, weights=((count, N, fed_back),)),
        operation("add", *outputs),
        *[operation("bias", *outputs, weights=((count, N),))] * vectors,
    ]


def cell(*outputs: Size) -> list[Operation]:
    """The element-wise part of an LSTM: three sigmoids, two tanh, three products, one addition."""
    return [
        operation("sigmoid", 3, *outputs),
        operation("tanh", 2, *outputs),
        operation("scale", 3, *outputs),
        operation("add", *outputs),
    ]


@recurrent("Elman 1990; torch/nn/modules/rnn.py, class RNN", "bias two_biases relu")
def rnn(
    M: Size, N: Size, n: Size = 1, *, bias: bool = False, two_biases: bool = False, relu: bool
) -> Entries:
    """Elman's recurrent layer with tanh, or with ReLU."""
    b = biases(bias, two_biases)
    yield Cost(params=N * (M + N) + b * N, macs=N * (M + N) * n, activations=n * N)
    yield [*gates(1, M, N, n, N, b), operation("relu" if relu else "tanh", N, n)]


@recurrent("Gers et al. 2000; two biases: torch/nn/modules/rnn.py, class LSTM")
def lstm(M: Size, N: Size, n: Size = 1, *, bias: bool = False, two_biases: bool = False) -> Entries:
    """LSTM: four gates."""
    b = biases(bias, two_biases)
    yield Cost(params=4 * N * (M + N) + 4 * b * N, macs=4 * N * (M + N) * n, activations=n * N)
    yield [*gates(4, M, N, n, N, b), *cell(N, n)]


@recurrent("Cho et al., arXiv:1406.1078, eq. (5) to (8); two biases: torch/nn/modules/rnn.py, GRU")
def gru(M: Size, N: Size, n: Size = 1, *, bias: bool = False, two_biases: bool = False) -> Entries:
    """GRU: two gates and a candidate."""
    b = biases(bias, two_biases)
    yield Cost(params=3 * N * (M + N) + 3 * b * N, macs=3 * N * (M + N) * n, activations=n * N)
    yield [
        *gates(3, M, N, n, N, b),
        operation("sigmoid", 2, N, n),
        operation("tanh", N, n),
        operation("scale", 3, N, n),
        operation("add", N, n),
        operation("add", N, n),
    ]


@recurrent(
    "Sak et al., arXiv:1402.1128; torch/nn/modules/rnn.py, class LSTM, proj_size",
    meanings={"r": "projected width"},
)
def lstmp(
    M: Size, N: Size, r: Size, n: Size = 1, *, bias: bool = False, two_biases: bool = False
) -> Entries:
    """LSTM with a projection of its N hidden units to r, which are fed back."""
    b = biases(bias, two_biases)
    yield Cost(
        params=4 * N * (M + r) + 4 * b * N + N * r,
        macs=(4 * N * (M + r) + N * r) * n,
        activations=n * r,
    )
    projection = operation("contract", r, n, over=N, weights=((r, N),))
    yield [*gates(4, M, N, n, r, b), *cell(N, n), projection]


@layer(
    flags="bias two_biases",
    meanings={"M": "input channels", "N": "hidden channels", "n": "steps"},
    inputs="n M H W",
    source="Shi et al., arXiv:1506.04214, eq. (3), without its three peephole maps",
)
def conv_lstm(
    k: Size, M: Size, N: Size, H: Size, W: Size, n: Size = 1, *, bias: bool = False,
    two_biases: bool = False,
) -> Entries:  # fmt: skip
    """Convolutional LSTM: the gates are convolutions of the input and of the hidden map."""
    b = biases(bias, two_biases)
    yield Cost(
        params=4 * N * (k**2 * (M + N) + b),
        macs=4 * k**2 * (M + N) * N * H * W * n,
        activations=n * N * H * W,
    )
    outputs = (4, N, H, W, n)
    yield [
        operation("contract", *outputs, over=(M, k, k), weights=((4, N, M, k, k),)),
        operation("contract", *outputs, over=(N, k, k), weights=((4, N, N, k, k),)),
        operation("add", *outputs),
        *[operation("bias", *outputs, weights=((4, N),))] * b,
        *cell(N, H, W, n),
    ]
