"""Kolmogorov-Arnold networks."""

from __future__ import annotations

from itertools import pairwise

from tests.oracle.activations import mapped, silu
from tests.oracle.number import Number
from tests.oracle.running import executes
from tests.oracle.tensors import Row, Rows, contract, data, delivers, learned


@executes(lambda M, n=1: (data(n, M),))
def kan(x: Rows, N: int, G: int, k: int) -> Rows:
    """w_b·SiLU(x) + w_s·Σ c_i·B_i(x) on each edge, summed: Liu et al., arXiv:2404.19756.

    Eq. (2.10) and section 2.2. A grid of G intervals, k more on both sides: pykan, kan/KANLayer.py.
    """
    knots = [i / G for i in range(-k, G + k + 1)]
    rows = bases(x, knots, k)
    return summed_edges(splines(rows, N), mapped(silu, x))


@delivers
def bases(x: Rows, knots: list[float], k: int) -> list[list[Row]]:
    """The basis of each input, from order 0 upwards: de Boor 1978, chapter IX, eq. (14)."""
    return [[basis_of(one, knots, k) for one in row] for row in x]


def basis_of(x: Number, knots: list[float], k: int) -> Row:
    """Cox and de Boor's recursion, at one place."""
    right = [x < knot for knot in knots]
    basis = [Number(float(b and not a)) for a, b in pairwise(right)]
    for order in range(1, k + 1):
        ends = [
            (knots[i], knots[i + order], knots[i + 1], knots[i + order + 1])
            for i in range(len(basis) - 1)
        ]
        basis = [spline_step(x, *pair, at) for pair, at in zip(pairwise(basis), ends, strict=True)]
    return basis


def spline_step(
    x: Number, one: Number, other: Number, ends: tuple[float, float, float, float]
) -> Number:
    """Of two neighbours the one of the next order; their ends are known."""
    a, b, c, d = ends
    return (x - a) / (b - a) * one + (d - x) / (d - c) * other


@delivers
def splines(rows: list[list[Row]], N: int) -> list[Rows]:
    """Coefficients times the basis, for each edge."""
    coefficients = learned(N, len(rows[0]), len(rows[0][0]))
    return [
        [[contract(b, c) for b, c in zip(row, edges, strict=True)] for edges in coefficients]
        for row in rows
    ]


@delivers
def summed_edges(curves: list[Rows], smooth: Rows) -> Rows:
    """w_s·spline + w_b·SiLU over all edges of an output."""
    N, M = len(curves[0]), len(smooth[0])
    of_spline, of_base = learned(N, M), learned(N, M)
    return [
        [
            contract([*edges, *row], [*a, *b])
            for edges, a, b in zip(outputs, of_spline, of_base, strict=True)
        ]
        for outputs, row in zip(curves, smooth, strict=True)
    ]
