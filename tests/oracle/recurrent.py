"""Recurrent layers, step by step from a state of zeros."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.oracle.activations import relu as rectified
from tests.oracle.activations import sigmoid
from tests.oracle.convolutions import taken, windows
from tests.oracle.norms import shifted
from tests.oracle.number import Number, tanh
from tests.oracle.running import executes
from tests.oracle.tensors import (
    Map,
    Row,
    Rows,
    apply,
    contract,
    data,
    delivers,
    each,
    image,
    learned,
    places,
    sides_of,
)

ZERO = Number(0)


def zeros(count: int) -> Row:
    """A state before the first step."""
    return [ZERO] * count


def plus(one: Any, other: Any) -> Any:
    """Element by element."""
    return each(lambda a, b: a + b, one, other)


def times(one: Any, other: Any) -> Any:
    """Element by element."""
    return each(lambda a, b: a * b, one, other)


def sequence(M: int, n: int = 1) -> tuple[Rows, ...]:
    """N inputs of M."""
    return (data(n, M),)


class Gates:
    """The gates' weights, for what comes in and for what is fed back, and their biases.

    In PyTorch's order; one bias vector a gate in the papers, two in PyTorch.
    """

    def __init__(self, count: int, M: int, N: int, fed_back: int, vectors: int) -> None:
        self.of_input, self.of_state = learned(count, N, M), learned(count, N, fed_back)
        self.biases = [learned(count, N) for _ in range(vectors)]

    def input_part(self, gate: int, x: Row) -> Row:
        """W·x and the first bias."""
        made = apply(self.of_input[gate], x)
        return plus(made, self.biases[0][gate]) if self.biases else made

    def state_part(self, gate: int, h: Row) -> Row:
        """U·h and the second bias."""
        made = apply(self.of_state[gate], h)
        return plus(made, self.biases[1][gate]) if len(self.biases) > 1 else made

    def sums(self, gate: int, x: Row, h: Row) -> Row:
        """W·x + U·h and the biases."""
        return plus(self.input_part(gate, x), self.state_part(gate, h))


@executes(sequence)
@delivers
def rnn(
    x: Rows, N: int, *, bias: bool = False, two_biases: bool = False, relu: bool = False
) -> Rows:
    """H = tanh(W·x + U·h): Elman 1990; torch/nn/modules/rnn.py, class RNN."""
    gates, h, output = Gates(1, len(x[0]), N, N, 2 if two_biases else int(bias)), zeros(N), []
    for row in x:
        h = each(rectified if relu else tanh, gates.sums(0, row, h))
        output.append(h)
    return output


def lstm_step(sums: Callable[[int], Any], cell: Any) -> tuple[Any, Any]:
    """Gates i, f, g and o; c = f·c + i·g, h = o·tanh(c): Gers et al. 2000, without peepholes."""
    entered, kept, shown = (each(sigmoid, sums(gate)) for gate in (0, 1, 3))
    cell = plus(times(kept, cell), times(entered, each(tanh, sums(2))))
    return cell, times(shown, each(tanh, cell))


@executes(sequence)
@delivers
def lstm(x: Rows, N: int, *, bias: bool = False, two_biases: bool = False) -> Rows:
    """Gers et al. 2000; torch/nn/modules/rnn.py, class LSTM."""
    gates = Gates(4, len(x[0]), N, N, 2 if two_biases else int(bias))
    cell, h, output = zeros(N), zeros(N), []
    for row in x:
        cell, h = lstm_step(lambda gate: gates.sums(gate, row, h), cell)  # noqa: B023
        output.append(h)
    return output


@executes(sequence)
@delivers
def lstmp(x: Rows, N: int, r: int, *, bias: bool = False, two_biases: bool = False) -> Rows:
    """An LSTM whose projection is fed back: Sak et al., arXiv:1402.1128, eq. (7) to (12)."""
    gates = Gates(4, len(x[0]), N, r, 2 if two_biases else int(bias))
    projection = learned(r, N)
    cell, h, output = zeros(N), zeros(r), []
    for row in x:
        cell, wide = lstm_step(lambda gate: gates.sums(gate, row, h), cell)  # noqa: B023
        h = apply(projection, wide)
        output.append(h)
    return output


@executes(sequence)
@delivers
def gru(x: Rows, N: int, *, bias: bool = False, two_biases: bool = False) -> Rows:
    """H = (1 − z)·ĥ + z·h: Cho et al., arXiv:1406.1078, eq. (5) to (8).

    There ĥ = tanh(W·x + U·(r·h)); with two biases it is tanh(W·x + r·(U·h)), as in PyTorch.
    """
    gates, h, output = Gates(3, len(x[0]), N, N, 2 if two_biases else int(bias)), zeros(N), []
    for row in x:
        reset, kept = (each(sigmoid, gates.sums(gate, row, h)) for gate in (0, 1))
        if two_biases:
            old = times(reset, gates.state_part(2, h))
        else:
            old = gates.state_part(2, times(reset, h))
        new = each(tanh, plus(gates.input_part(2, row), old))
        h = plus(times(each(lambda z: 1 - z, kept), new), times(kept, h))
        output.append(h)
    return output


@executes(lambda M, H, W, n=1: ([image(M, H, W) for _ in range(n)],))
@delivers
def conv_lstm(
    x: list[Map], k: int, N: int, *, bias: bool = False, two_biases: bool = False
) -> list[Map]:
    """Its products are convolutions: Shi et al., arXiv:1506.04214, eq. (3), without peepholes."""
    M, sides = len(x[0]), sides_of(x[0])
    of_input, of_state = learned(4, N, M * k * k), learned(4, N, N * k * k)
    biases = [learned(4, N) for _ in range(2 if two_biases else int(bias))]
    seen_by = windows(sides, (k, k))

    def convolved(kernels: Rows, maps: Map) -> Map:
        return [{at: contract(taken(maps, w), one) for at, w in seen_by.items()} for one in kernels]

    def sums(gate: int, own: Map, h: Map) -> Map:
        made = plus(convolved(of_input[gate], own), convolved(of_state[gate], h))
        for vector in biases:
            made = shifted(made, vector[gate])
        return made

    nothing: Map = [dict.fromkeys(places(*sides), ZERO) for _ in range(N)]
    cell, h, output = nothing, nothing, []
    for own in x:
        cell, h = lstm_step(lambda gate: sums(gate, own, h), cell)  # noqa: B023
        output.append(h)
    return output
