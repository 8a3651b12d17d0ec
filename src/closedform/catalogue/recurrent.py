"""Recurrent layers: M inputs, N hidden units, n steps.

References: Hochreiter and Schmidhuber 1997 and Gers et al. 2000 for the LSTM; two biases a gate:
torch/nn/modules/rnn.py, class LSTM. A sigmoid is an exponential, an addition and a division.
"""

from __future__ import annotations

from closedform.cost.layer import Cost, Operation, Size, layer, operation


def gates(count: int, M: Size, N: Size, n: Size, biases: int) -> list[Operation]:
    """The products of the gates, their sums, and so many biases for each of their outputs."""
    outputs = (count, N, n)
    return [
        operation("contract", *outputs, over=M, weights=((count, N, M),)),
        operation("contract", *outputs, over=N, weights=((count, N, N),)),
        operation("add", *outputs),
        *[operation("bias", *outputs, weights=((count, N),))] * biases,
    ]


@layer(
    flags="bias two_biases",
    meanings={"M": "inputs", "N": "hidden units", "n": "steps"},
    source="Gers et al. 2000; two biases: torch/nn/modules/rnn.py, class LSTM",
)
def lstm(M: Size, N: Size, n: Size = 1, *, bias: bool = False, two_biases: bool = False) -> Cost:
    """LSTM: four gates; bias is one vector a gate, two_biases are PyTorch's two."""
    b = 2 if two_biases else 1 if bias else 0
    return Cost(params=4 * N * (M + N) + 4 * b * N, macs=4 * N * (M + N) * n, activations=n * N)


@lstm.made_of
def _(M: Size, N: Size, n: Size, *, bias: bool, two_biases: bool) -> list[Operation]:
    return [
        *gates(4, M, N, n, 2 if two_biases else 1 if bias else 0),
        operation("sigmoid", 3, N, n),
        operation("tanh", 2, N, n),
        operation("scale", 3, N, n),
        operation("add", N, n),
    ]
