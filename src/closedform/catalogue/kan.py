"""Kolmogorov-Arnold networks: a learned function on each edge.

Reference: Liu et al., KAN (arXiv:2404.19756), section 2.2, equations (2.10) to (2.12) and the count
of parameters after them; the authors' code, KindXiaoming/pykan, kan/KANLayer.py, class KANLayer.
"""

from __future__ import annotations

from closedform.catalogue.activation import silu
from closedform.cost.layer import Cost, Entries, Size, layer, operation, step


@layer(
    aliases="kan_layer",
    meanings={"M": "inputs", "N": "outputs", "k": "order of the splines"},
    source="Liu et al., arXiv:2404.19756, section 2.2, eq. (2.10): w_b·SiLU(x) + w_s·Σ c_i B_i(x); "
    "pykan, kan/KANLayer.py, class KANLayer",
)
def kan(M: Size, N: Size, G: Size, k: Size, n: Size = 1) -> Entries:
    """KAN layer: a spline of order k on G intervals, and a SiLU, on each of M·N edges.

    The G + k basis functions of an input are worked out once, from those of order 0 upwards, and
    those of order k are handed on; the differences of knots are known.
    """
    weights = M * N * (G + k + 2)
    yield Cost(params=weights, macs=n * weights, activations=None)
    made = k * (G + 2 * k) - k * (k + 1) / 2
    last = operation("spline_step", n, M, G + k)
    lower = operation("spline_step", n, M, made - (G + k))
    yield (
        step("basis", operation("compare", n, M, G + 2 * k + 1), lower, last).at("basis")
        + step("splines", operation("contract", n, M, N, over=G + k, weights=((M, N, G + k),))).at(
            "splines"
        )
        + silu(N=M, H=n).at("silu")
        + step("edges", operation("contract", n, N, over=(2, M), weights=((2, M, N),))).at("sum")
    )
