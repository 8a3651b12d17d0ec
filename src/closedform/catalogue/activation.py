"""Activations, additions and scales, element by element, and softmax.

The scalar operations of each, with their source, stand in :mod:`closedform.cost.operations`;
comparisons are tallied apart and are no FLOPs, so that ReLU has none.
"""

from __future__ import annotations

from closedform.cost.layer import Cost, LayerType, Size, layer


def elementwise(
    name: str, flops: int, summary: str, source: str, aliases: str = "", module: str = ""
) -> LayerType:
    """A layer that does so many FLOPs to each of N·H·W elements."""

    @layer(
        name=name, summary=summary, module=module or name, operations=f"{name} N H W",
        aliases=aliases, ways="functional unpatched", meanings={"N": "channels"}, source=source,
    )  # fmt: skip
    def closed_form(N: Size, H: Size = 1, W: Size = 1) -> Cost:
        return Cost(params=0, macs=0, flops=flops * N * H * W, activations=N * H * W)

    return closed_form


relu = elementwise("relu", 0, "ReLU: max(x, 0), one comparison.", "Nair and Hinton 2010")
relu6 = elementwise(
    "relu6", 0, "ReLU6: min(max(x, 0), 6).", "Sandler et al., arXiv:1801.04381, section 3"
)
leaky_relu = elementwise(
    "leaky_relu", 1, "Leaky ReLU: a small slope below 0.", "Maas et al. 2013, section 2"
)
elu = elementwise(
    "elu", 3, "ELU: α(e^x − 1) below 0.", "Clevert et al., arXiv:1511.07289, section 3"
)
selu = elementwise("selu", 4, "SELU: λ·ELU(x).", "Klambauer et al., arXiv:1706.02515, eq. (2)")
celu = elementwise("celu", 4, "CELU: α(e^(x/α) − 1) below 0.", "Barron, arXiv:1704.07483, eq. (2)")
sigmoid = elementwise(
    "sigmoid", 3, "Sigmoid: 1/(1 + e^−x).", "Goodfellow et al. 2016, section 3.10"
)
tanh = elementwise("tanh", 1, "Hyperbolic tangent, counted as one tanh.", "LeCun et al. 1998")
gelu = elementwise(
    "gelu",
    5,
    "GELU by erf: x times the normal distribution function at x.",
    "Hendrycks and Gimpel, arXiv:1606.08415, section 2",
)
gelu_tanh = elementwise(
    "gelu_tanh", 9, "GELU by tanh, the approximation.",
    "Hendrycks and Gimpel, arXiv:1606.08415, section 2", module="gelu",
)  # fmt: skip
silu = elementwise(
    "silu",
    4,
    "SiLU: x·σ(x).",
    "Ramachandran et al., arXiv:1710.05941, section 3",
    aliases="swish",
)
hard_sigmoid = elementwise(
    "hard_sigmoid",
    2,
    "Hard sigmoid: ReLU6(x + 3)/6.",
    "Howard et al., arXiv:1905.02244, section 5.2",
)
hard_swish = elementwise(
    "hard_swish",
    3,
    "Hard swish: x·ReLU6(x + 3)/6.",
    "Howard et al., arXiv:1905.02244, section 5.2",
)
softplus = elementwise("softplus", 3, "Softplus: log(1 + e^x).", "Dugas et al. 2000")
mish = elementwise("mish", 5, "Mish: x·tanh(log(1 + e^x)).", "Misra, arXiv:1908.08681, eq. (1)")


dropout = elementwise(
    "dropout", 0, "Dropout: nothing at inference; training keeps a mask.", "Srivastava et al. 2014"
)


@layer(
    weights="N",
    operations="prelu N H W",
    ways="functional parametrized",
    meanings={"N": "channels"},
    source="He et al., arXiv:1502.01852, eq. (1)",
)
def prelu(N: Size, H: Size = 1, W: Size = 1) -> Cost:
    """PReLU: a learned slope below 0 for each channel."""
    return Cost(params=N, macs=0, flops=N * H * W, activations=N * H * W)


@layer(
    weights="N",
    operations="scale N H W",
    meanings={"N": "channels"},
    source="Touvron et al., arXiv:2103.17239, section 2",
)
def layer_scale(N: Size, H: Size = 1, W: Size = 1) -> Cost:
    """Layer scale: a learned factor for each channel."""
    return Cost(params=N, macs=0, flops=N * H * W, activations=N * H * W)


@layer(
    aliases="hadamard_product",
    ways="functional",
    operations="product N H W",
    inputs="N H W; N H W",
    meanings={"N": "channels"},
    source="Shazeer, arXiv:2002.05202, eq. (5): the product of two maps, element by element",
)
def product(N: Size, H: Size = 1, W: Size = 1) -> Cost:
    """Product of two maps, element by element: ``x * y``."""
    return Cost(params=0, macs=0, flops=N * H * W, activations=N * H * W)


@layer(
    ways="functional",
    operations="add N H W",
    inputs="N H W; N H W",
    meanings={"N": "channels"},
    source="He et al., arXiv:1512.03385, eq. (1)",
)
def residual_add(N: Size, H: Size = 1, W: Size = 1) -> Cost:
    """Residual addition: the input of a block is added to its output."""
    return Cost(params=0, macs=0, flops=N * H * W, activations=N * H * W)


@layer(
    ways="functional unpatched",
    operations="softmax m n rows m",
    meanings={"n": "width of a row", "m": "rows"},
    source="Goodfellow et al. 2016, section 4.1 (stable form)",
)
def softmax(n: Size, m: Size = 1) -> Cost:
    """Softmax of m rows of n, with the maximum subtracted: n − 1 comparisons besides."""
    return Cost(params=0, macs=0, flops=m * (4 * n - 1), activations=m * n)


@layer(
    operations="log_softmax m n rows m",
    meanings={"n": "width of a row", "m": "rows"},
    source="Goodfellow et al. 2016, section 4.1 (stable form)",
)
def log_softmax(n: Size, m: Size = 1) -> Cost:
    """Logarithm of the softmax of m rows of n: one logarithm a row."""
    return Cost(params=0, macs=0, flops=m * 4 * n, activations=m * n)
