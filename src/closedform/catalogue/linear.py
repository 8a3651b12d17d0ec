"""Fully connected layers.

Reference for FLOPs: Molchanov et al., Pruning Convolutional Neural Networks (arXiv:1611.06440),
appendix A.1: (2I − 1)·O.
"""

from __future__ import annotations

from closedform.cost.layer import Cost, Size, layer


@layer(
    aliases="fc fully_connected",
    module="linear",
    weights="N M",
    operations="contract N n over M",
    inputs="n M",
    flags="bias bn",
    meanings={"M": "inputs", "N": "outputs"},
    source="Molchanov et al., arXiv:1611.06440, appendix A.1",
)
def linear(M: Size, N: Size, n: Size = 1) -> Cost:
    """Fully connected layer: M inputs, N outputs, on n positions."""
    return Cost(params=M * N, macs=n * M * N, flops=n * (2 * M - 1) * N, activations=n * N)


@layer(
    weights="V d",
    operations="gather n d",
    inputs="n",
    source="torch/nn/modules/sparse.py, class Embedding: a look-up in a table",
)
def embedding(V: Size, d: Size, n: Size = 1) -> Cost:
    """Embedding: one row of d numbers for each of V words, looked up for n tokens."""
    return Cost(params=V * d, macs=0, flops=0, activations=n * d)
