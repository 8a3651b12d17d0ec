"""Fully connected layers, their low-rank forms, and look-ups.

Reference for FLOPs: Molchanov et al., Pruning Convolutional Neural Networks (arXiv:1611.06440),
appendix A.1: (2I − 1)·O.
"""

from __future__ import annotations

from closedform.cost.layer import Cost, Entries, Size, layer, operation, step


@layer(
    aliases="fc fully_connected",
    module="linear",
    weights="N M",
    operations="contract N n over M",
    inputs="n M",
    flags="bias bn",
    ways="unbatched functional addmm operator parametrized strided",
    meanings={"M": "inputs", "N": "outputs"},
    source="Molchanov et al., arXiv:1611.06440, appendix A.1",
)
def linear(M: Size, N: Size, n: Size = 1) -> Cost:
    """Fully connected layer: M inputs, N outputs, on n positions."""
    return Cost(params=M * N, macs=n * M * N, flops=n * (2 * M - 1) * N, activations=n * N)


@layer(
    aliases="svd_linear",
    flags="bias",
    meanings={"M": "inputs", "N": "outputs", "r": "rank"},
    source="Denton et al., arXiv:1404.0736, section 3",
)
def low_rank_linear(M: Size, N: Size, r: Size, n: Size = 1, *, bias: bool) -> Entries:
    """Fully connected layer of rank r: M to r, r to N; less where r < MN/(M + N)."""
    yield Cost(params=r * (M + N), macs=n * r * (M + N))
    yield linear(M=M, N=r, n=n).at("down") + linear(M=r, N=N, n=n, bias=bias).at("up")


@layer(
    aliases="lora_linear",
    flags="bias",
    meanings={"M": "inputs", "N": "outputs", "r": "rank"},
    source="Hu et al., arXiv:2106.09685, section 4.1: h = Wx + (α/r)·BAx",
)
def lora(M: Size, N: Size, r: Size, n: Size = 1, *, bias: bool) -> Entries:
    """LoRA, unmerged: the frozen linear layer and its adapter of rank r, scaled and added."""
    yield Cost(params=M * N + r * (M + N), macs=n * (M * N + r * (M + N)), activations=None)
    yield (
        linear(M=M, N=N, n=n, bias=bias).at("frozen", reads="input")
        + linear(M=M, N=r, n=n).at("A", reads="input")
        + linear(M=r, N=N, n=n).at("B")
        + step("scale", operation("scale", N, n), operation("add", N, n)).at("adapter")
    )


@layer(
    flags="bias",
    meanings={"M": "first inputs", "K": "second inputs", "N": "outputs"},
    ways="functional parametrized",
    inputs="n M; n K",
    source="torch/nn/modules/linear.py, class Bilinear",
)
def bilinear(M: Size, K: Size, N: Size, n: Size = 1, *, bias: bool = False) -> Entries:
    """Bilinear layer: a matrix of M × K between two inputs for each output, on n positions."""
    b = 1 if bias else 0
    yield Cost(params=M * K * N + b * N, macs=n * N * K * (M + 1), activations=n * N)
    products = [
        operation("contract", n, N, K, over=M, weights=((N, K, M),)),
        operation("contract", n, N, over=K),
    ]
    yield [*products, operation("bias", n, N, weights=((N,),))] if bias else products


@layer(
    weights="V d",
    ways="functional parametrized",
    operations="gather n d",
    inputs="n",
    source="torch/nn/modules/sparse.py, class Embedding: a look-up in a table",
)
def embedding(V: Size, d: Size, n: Size = 1) -> Cost:
    """Embedding: one row of d numbers for each of V words, looked up for n tokens."""
    return Cost(params=V * d, macs=0, flops=0, activations=n * d)


@layer(
    aliases="matrix_product",
    ways="functional bmm einsum addmm baddbmm vector mv fused inside",
    operations="contract r n N over M",
    inputs="n M; r M N",
    meanings={
        "n": "rows", "M": "columns of the first, rows of the second", "N": "columns",
        "r": "second matrices that a first one is multiplied by",
    },
    source="torch.matmul: n·N sums of M products; Vaswani et al., arXiv:1706.03762, eq. (1)",
)  # fmt: skip
def matmul(n: Size, M: Size, N: Size, r: Size = 1) -> Cost:
    """Product of two matrices that are both computed, n × M and M × N: ``x @ y``."""
    return Cost(params=0, macs=r * n * M * N, flops=r * n * (2 * M - 1) * N, activations=r * n * N)
