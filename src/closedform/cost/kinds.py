"""Kinds of operations: how many scalar operations of which kind each takes, and what it is."""

from __future__ import annotations

from closedform.records import NamedTuple

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


#: What a scalar operation is called.
WORDS: dict[str, str] = {
    "mul": "multiplication", "add": "addition", "div": "division", "exp": "exponential",
    "sqrt": "root", "log": "logarithm", "pow": "power", "tanh": "tanh", "erf": "erf",
    "sin": "sine or cosine", "cmp": "comparison",
}  # fmt: skip
_COUNTS = {1: "one", 2: "two", 3: "three", 6: "six"}
_EACH = "outputs"


def each(written: str, kept: str = "") -> Kind:
    """The scalar operations of one output, as ``"3 mul, add, erf"``.

    >>> each("2 mul, add").words
    'two multiplications and one addition'
    """
    scalars, words = {}, []
    for part in written.split(", "):
        times, _, of = part.rpartition(" ")
        scalars[of] = f"{times}*{_EACH}" if times else _EACH
        words.append(f"{_COUNTS[int(times or 1)]} {WORDS[of]}{'s' if times else ''}")
    *first, last = words
    return Kind(scalars, f"{', '.join(first)} and {last}" if first else last, kept=kept)


KINDS: dict[str, Kind] = {
    "contract": Kind({"mul": "products", "add": "products - outputs"}, kept="inputs"),
    "gather": Kind({}, "a look-up"),
    "bias": each("add"),
    "add": each("add"),
    "divide": each("div", "outputs"),
    "scale": each("mul"),
    "rescale": each("mul", "inputs"),
    "product": each("mul", "both"),
    "dropout": Kind({}, "nothing at inference", "Srivastava et al. 2014", kept="mask"),
    "sum": Kind({"add": "products - outputs"}, "a sum"),
    "mean": Kind({"add": "products - outputs", "div": _EACH}, "a sum and one division"),
    "maximum": Kind({"cmp": "products - outputs"}, "a maximum", kept="inputs"),
    "interpolate": Kind({"mul": "products", "add": "products - outputs"}, "a weighted sum"),
    "rotate": each("2 mul, add"),
    # Scale and shift are worked out before: Ioffe and Szegedy, arXiv:1502.03167, Algorithm 2.
    "batch_norm": each("mul, add", "input"),
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
    "exp": each("exp", "outputs"),
    "log": each("log", "inputs"),
    "erf": each("erf", "inputs"),
    "sine": each("sin", "inputs"),
    "root": each("sqrt", "result"),
    "power": each("pow", "inputs"),
    "compare": each("cmp"),
    # x − t_i and t − x over differences of knots that are known: de Boor 1978.
    "spline_step": each("3 add, 2 mul, 2 div"),
    # The activations, each with its source in catalogue/activation.py.
    "relu": each("cmp", "result"),
    "relu6": each("2 cmp", "outputs"),
    **dict.fromkeys(("leaky_relu", "prelu"), each("mul, cmp", "outputs")),
    "elu": each("mul, add, exp, cmp", "outputs"),
    "selu": each("2 mul, add, exp, cmp", "outputs"),
    "celu": each("mul, add, div, exp, cmp", "outputs"),
    "sigmoid": each("exp, add, div", "result"),
    "tanh": each("tanh", "result"),
    "gelu": each("3 mul, add, erf", "outputs"),
    "gelu_tanh": each("6 mul, 2 add, tanh", "outputs"),
    "silu": each("mul, exp, add, div", "outputs"),
    "hard_sigmoid": each("add, 2 cmp, div", "outputs"),
    "hard_swish": each("mul, add, 2 cmp, div", "outputs"),
    "softplus": each("exp, add, log", "outputs"),
    "mish": each("mul, exp, add, log, tanh", "outputs"),
}
