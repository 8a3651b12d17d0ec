"""Linear layers on rows, and look-ups."""

from __future__ import annotations

from typing import Any

from tests.oracle.norms import finished
from tests.oracle.number import COUNTS
from tests.oracle.running import executes
from tests.oracle.tensors import (
    DICE,
    Rows,
    apply,
    columns,
    contract,
    data,
    delivers,
    each,
    learned,
    total,
)


@executes(lambda M, n=1: (data(n, M),))
@delivers
def linear(x: Rows, N: int, M: int = 0, *, bias: bool = False, bn: bool = False) -> Rows:
    """A matrix times each row; M is the width of a row, where there may be none."""
    weights = learned(N, M or len(x[0]))
    COUNTS["idle"] += 0 if x else N * M  # Weights of an expert that is sent no token.
    made = [apply(weights, row) for row in x]
    return columns(finished(columns(made), bias=bias, bn=bn)) if bias or bn else made


@executes(lambda M, n=1: (data(n, M),))
def low_rank_linear(x: Rows, N: int, r: int, *, bias: bool = False) -> Rows:
    """W = UV: V first, then U: Denton et al., arXiv:1404.0736, section 3."""
    return linear(linear(x, r), N, bias=bias)


@executes(lambda M, n=1: (data(n, M),))
def lora(x: Rows, N: int, r: int, *, bias: bool = False) -> Rows:
    """H = Wx + (α/r)·BAx: Hu et al., arXiv:2106.09685, section 4.1."""
    frozen, adapter = linear(x, N, bias=bias), linear(linear(x, r), N)
    return joined(frozen, adapter)


@delivers
def joined(frozen: Rows, adapter: Rows) -> Rows:
    """The adapter's output, scaled and added."""
    return each(lambda one, more: one + 0.5 * more, frozen, adapter)


@executes(lambda M, K, n=1: (data(n, M), data(n, K)))
@delivers
def bilinear(x: Rows, y: Rows, N: int, *, bias: bool = False) -> Rows:
    """x·A·y for each output, from the left: torch/nn/modules/linear.py, class Bilinear."""
    matrices = learned(N, len(x[0]), len(y[0]))
    made = [
        [contract(apply(columns(A), one), other) for one, other in zip(x, y, strict=True)]
        for A in matrices
    ]
    return columns(finished(made, bias=bias, bn=False))


@executes(lambda V, n=1: ([DICE.randrange(V) for _ in range(n)],))
@delivers
def embedding(words: list[int], V: int, d: int) -> Rows:
    """The row of each word: torch/nn/modules/sparse.py, class Embedding."""
    table = learned(V, d)
    return [table[word] for word in words]


@executes(lambda n, M, N, r=1: (data(n, M), data(r, M, N)))
@delivers
def matmul(x: Rows, others: list[Rows]) -> Any:
    """Rows of the one times columns of the others."""
    return [[apply(columns(other), row) for row in x] for other in others]


@delivers
def summed(*tensors: Any) -> Any:
    """Tensors of one shape, added up."""
    return each(lambda *terms: total(terms), *tensors)
