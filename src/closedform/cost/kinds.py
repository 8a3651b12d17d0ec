"""Kinds of operations: how many scalar operations of which kind each takes, and what it is."""

from __future__ import annotations

from typing import NamedTuple

#: Kinds of scalar operation, in the order in which they are shown; comparisons are no FLOPs.
SCALARS: tuple[str, ...] = tuple("mul add div exp sqrt log pow tanh erf sin cmp".split())


class Kind(NamedTuple):
    """A kind of operation: its scalar operations as formulas, and one output in words.

    The formulas are in ``outputs``, ``products`` (outputs times what each is taken over) and
    ``rows`` (sets that share one mean or one maximum). ``kept``: what the backward pass needs of
    it: its ``inputs``, its ``input`` of as many elements as it gives, its ``outputs`` or as many
    inputs, its ``result``, which is then the input of what follows too, ``both`` factors, a
    ``mask`` of a byte for each output; nothing of what is linear in its input.
    """

    scalars: dict[str, str]
    words: str = ""
    source: str = ""
    kept: str = ""


_EACH = "outputs"
KINDS: dict[str, Kind] = {
    "contract": Kind({"mul": "products", "add": "products - outputs"}, kept="inputs"),
    "gather": Kind({}, "a look-up"),
    "bias": Kind({"add": _EACH}, "one addition"),
    "add": Kind({"add": _EACH}, "one addition"),
    "divide": Kind({"div": _EACH}, "one division", kept="outputs"),
    "scale": Kind({"mul": _EACH}, "one multiplication"),
    "rescale": Kind({"mul": _EACH}, "one multiplication", kept="inputs"),
    "product": Kind({"mul": _EACH}, "one multiplication", kept="both"),
    "dropout": Kind({}, "nothing at inference", "Srivastava et al. 2014", kept="mask"),
    "sum": Kind({"add": "products - outputs"}, "a sum"),
    "mean": Kind({"add": "products - outputs", "div": _EACH}, "a sum and one division"),
    "maximum": Kind({"cmp": "products - outputs"}, "a maximum", kept="inputs"),
    "interpolate": Kind(
        {"mul": "products", "add": "products - outputs"}, "a weighted sum", "PyTorch upsample"
    ),
    "rotate": Kind({"mul": "2*outputs", "add": _EACH}, "two multiplications and one addition"),
    "batch_norm": Kind(
        {"mul": _EACH, "add": _EACH},
        "one multiplication and one addition",
        "Ioffe and Szegedy, arXiv:1502.03167, Algorithm 2, with scale and shift worked out before",
        kept="input",
    ),
    "norm": Kind(
        {"mul": "3*outputs", "add": "4*outputs - rows", "div": "3*rows", "sqrt": "rows"},
        "mean, variance, normalization, scale and shift",
        "Ba et al., arXiv:1607.06450, eq. (3), (4)",
        kept="input",
    ),
    "scaled_norm": Kind(
        {"mul": "3*outputs", "add": "3*outputs - rows", "div": "3*rows", "sqrt": "rows"},
        "mean, variance, normalization and scale",
        "Ba et al., arXiv:1607.06450, eq. (3), (4), without the shift",
        kept="input",
    ),
    "plain_norm": Kind(
        {"mul": "2*outputs", "add": "3*outputs - rows", "div": "3*rows", "sqrt": "rows"},
        "mean, variance and normalization",
        "Ulyanov et al., arXiv:1607.08022, eq. (4)",
        kept="input",
    ),
    "rms_norm": Kind(
        {"mul": "3*outputs", "add": _EACH, "div": "2*rows", "sqrt": "rows"},
        "root mean square, normalization and scale",
        "Zhang and Sennrich, arXiv:1910.07467, eq. (4)",
        kept="input",
    ),
    "plain_rms_norm": Kind(
        {"mul": "2*outputs", "add": _EACH, "div": "2*rows", "sqrt": "rows"},
        "root mean square and normalization",
        "Zhang and Sennrich, arXiv:1910.07467, eq. (4), without the scale",
        kept="input",
    ),
    "l2_norm": Kind(
        {"mul": _EACH, "add": "outputs - rows", "sqrt": "rows", "div": _EACH},
        "division by the root of the sum of squares",
        "Yang et al., arXiv:2406.06484",
        kept="outputs",
    ),
    "local_response": Kind(
        {"mul": "2*outputs", "add": "products", "div": _EACH, "pow": _EACH},
        "a sum of squares, a power and a division",
        "Krizhevsky et al. 2012, section 3.3",
        kept="outputs",
    ),
    "softmax": Kind(
        {"exp": _EACH, "add": "2*outputs - rows", "div": _EACH, "cmp": "outputs - rows"},
        "maximum, exponential, sum and division",
        "Goodfellow et al. 2016, section 4.1 (stable form)",
        kept="outputs",
    ),
    "log_softmax": Kind(
        {"exp": _EACH, "add": "3*outputs - rows", "log": "rows", "cmp": "outputs - rows"},
        "maximum, exponential, sum and logarithm",
        "Goodfellow et al. 2016, section 4.1 (stable form)",
        kept="outputs",
    ),
    "exp": Kind({"exp": _EACH}, "one exponential", kept="outputs"),
    "log": Kind({"log": _EACH}, "one logarithm", kept="inputs"),
    "erf": Kind({"erf": _EACH}, "one erf", kept="inputs"),
    "sine": Kind({"sin": _EACH}, "one sine or cosine", kept="inputs"),
    "root": Kind({"sqrt": _EACH}, "one root", kept="result"),
    "power": Kind({"pow": _EACH}, "one power", kept="inputs"),
    "compare": Kind({"cmp": _EACH}, "one comparison"),
    "spline_step": Kind(
        {"add": "3*outputs", "mul": "2*outputs", "div": "2*outputs"},
        "two divisions, two multiplications, three additions",
        "de Boor 1978: x − t_i and t − x over differences of knots that are known",
    ),
    "relu": Kind({"cmp": _EACH}, "one comparison", "Nair and Hinton 2010", kept="result"),
    "relu6": Kind(
        {"cmp": "2*outputs"},
        "two comparisons",
        "Sandler et al., arXiv:1801.04381, section 3",
        kept="outputs",
    ),
    "leaky_relu": Kind(
        {"mul": _EACH, "cmp": _EACH},
        "one multiplication and one comparison",
        "Maas et al. 2013",
        kept="outputs",
    ),
    "prelu": Kind(
        {"mul": _EACH, "cmp": _EACH},
        "one multiplication and one comparison",
        "He et al., arXiv:1502.01852, eq. (1)",
        kept="outputs",
    ),
    "elu": Kind(
        {"mul": _EACH, "add": _EACH, "exp": _EACH, "cmp": _EACH},
        "comparison, exponential, addition, multiplication",
        "Clevert et al., arXiv:1511.07289, section 3",
        kept="outputs",
    ),
    "selu": Kind(
        {"mul": "2*outputs", "add": _EACH, "exp": _EACH, "cmp": _EACH},
        "comparison, exponential, addition, two multiplications",
        "Klambauer et al., arXiv:1706.02515, eq. (2)",
        kept="outputs",
    ),
    "celu": Kind(
        {"mul": _EACH, "add": _EACH, "div": _EACH, "exp": _EACH, "cmp": _EACH},
        "comparison, division, exponential, addition, multiplication",
        "Barron, arXiv:1704.07483, eq. (2)",
        kept="outputs",
    ),
    "sigmoid": Kind(
        {"exp": _EACH, "add": _EACH, "div": _EACH},
        "exponential, addition, division",
        "1/(1 + e^−x)",
        kept="result",
    ),
    "tanh": Kind({"tanh": _EACH}, "one tanh", kept="result"),
    "gelu": Kind(
        {"mul": "3*outputs", "add": _EACH, "erf": _EACH},
        "three multiplications, one addition, one erf",
        "Hendrycks and Gimpel, arXiv:1606.08415, section 2",
        kept="outputs",
    ),
    "gelu_tanh": Kind(
        {"mul": "6*outputs", "add": "2*outputs", "tanh": _EACH},
        "six multiplications, two additions, one tanh",
        "Hendrycks and Gimpel, arXiv:1606.08415, section 2 (approximation)",
        kept="outputs",
    ),
    "silu": Kind(
        {"mul": _EACH, "exp": _EACH, "add": _EACH, "div": _EACH},
        "multiplication, exponential, addition, division",
        "Ramachandran et al., arXiv:1710.05941, section 3",
        kept="outputs",
    ),
    "hard_sigmoid": Kind(
        {"add": _EACH, "cmp": "2*outputs", "div": _EACH},
        "addition, two comparisons, division",
        "Howard et al., arXiv:1905.02244, section 5.2",
        kept="outputs",
    ),
    "hard_swish": Kind(
        {"mul": _EACH, "add": _EACH, "cmp": "2*outputs", "div": _EACH},
        "multiplication, addition, two comparisons, division",
        "Howard et al., arXiv:1905.02244, section 5.2",
        kept="outputs",
    ),
    "softplus": Kind(
        {"exp": _EACH, "add": _EACH, "log": _EACH},
        "exponential, addition, logarithm",
        "Dugas et al. 2000",
        kept="outputs",
    ),
    "mish": Kind(
        {"mul": _EACH, "exp": _EACH, "add": _EACH, "log": _EACH, "tanh": _EACH},
        "multiplication, exponential, addition, logarithm, tanh",
        "Misra, arXiv:1908.08681, eq. (1)",
        kept="outputs",
    ),
}
