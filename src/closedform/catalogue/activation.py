"""Activations, additions and scales, element by element, and softmax.

The scalar operations of each, with their source, stand in :mod:`closedform.cost.operations`;
comparisons are tallied apart and are no FLOPs, so that ReLU has none.
"""

from __future__ import annotations

from closedform.cost.layer import Cost, LayerType, Size, layer


def elementwise(
    name: str, flops: int, summary: str, source: str, *, operation: str = "", aliases: str = "",
    module: str = "", weights: str = "", inputs: str = "", ways: str = "functional unpatched",
) -> LayerType:  # fmt: skip
    """A layer that does so many FLOPs to each of N·H·W elements, and may learn N numbers."""

    @layer(
        name=name, summary=summary, module=module, operations=f"{operation or name} N H W",
        weights=weights, inputs=inputs, aliases=aliases, ways=ways, meanings={"N": "channels"},
        source=source,
    )  # fmt: skip
    def closed_form(N: Size, H: Size = 1, W: Size = 1) -> Cost:
        learned = N if weights else 0
        return Cost(params=learned, macs=0, flops=flops * N * H * W, activations=N * H * W)

    return closed_form


HENDRYCKS = "Hendrycks and Gimpel, arXiv:1606.08415, section 2"
HOWARD = "Howard et al., arXiv:1905.02244, section 5.2"
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
    "gelu", 5, "GELU by erf: x times the normal distribution function at x.", HENDRYCKS
)
gelu_tanh = elementwise(
    "gelu_tanh", 9, "GELU by tanh, the approximation.", HENDRYCKS, module="gelu"
)
silu = elementwise(
    "silu", 4, "SiLU: x·σ(x).", "Ramachandran et al., arXiv:1710.05941, section 3", aliases="swish"
)
hard_sigmoid = elementwise("hard_sigmoid", 2, "Hard sigmoid: ReLU6(x + 3)/6.", HOWARD)
hard_swish = elementwise("hard_swish", 3, "Hard swish: x·ReLU6(x + 3)/6.", HOWARD)
softplus = elementwise("softplus", 3, "Softplus: log(1 + e^x).", "Dugas et al. 2000")
mish = elementwise("mish", 5, "Mish: x·tanh(log(1 + e^x)).", "Misra, arXiv:1908.08681, eq. (1)")
dropout = elementwise(
    "dropout", 0, "Dropout: nothing at inference; training keeps a mask.", "Srivastava et al. 2014"
)
prelu = elementwise(
    "prelu", 1, "PReLU: a learned slope below 0 for each channel.",
    "He et al., arXiv:1502.01852, eq. (1)", weights="N", ways="functional parametrized",
)  # fmt: skip
layer_scale = elementwise(
    "layer_scale", 1, "Layer scale: a learned factor for each channel.",
    "Touvron et al., arXiv:2103.17239, section 2", operation="scale", weights="N", ways="",
)  # fmt: skip
product = elementwise(
    "product", 1, "Product of two maps, element by element: ``x * y``.",
    "Shazeer, arXiv:2002.05202, eq. (5): the product of two maps, element by element",
    aliases="hadamard_product", inputs="N H W; N H W", ways="functional",
)  # fmt: skip
residual_add = elementwise(
    "residual_add", 1, "Residual addition: the input of a block is added to its output.",
    "He et al., arXiv:1512.03385, eq. (1)", operation="add", inputs="N H W; N H W",
    ways="functional",
)  # fmt: skip


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
