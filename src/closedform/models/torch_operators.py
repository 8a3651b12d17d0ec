"""How PyTorch's operators are read that ONNX does not have, or has otherwise (aten)."""

from __future__ import annotations

from fractions import Fraction

from closedform.algebra.forms.readable import readable
from closedform.algebra.tree import Number, Quotient, product
from closedform.cost.layer import LayerSum
from closedform.models import layers as made
from closedform.models.operators import (
    ARITHMETIC,
    FUNCTIONS,
    OPERATORS,
    Handler,
    Node,
    column,
    each,
    reduced,
    scalars,
)
from closedform.models.reading import Read
from closedform.models.torch_recurrent import CELLS, read_cell


def _linear(node: Node) -> Read:
    weight, bias = node.tensor(1), node.tensor(2)
    N, _ = node.source(1)
    layers = made.linear(node.source(), N, bias=bias is not None)
    return Read(layers, (weight, bias))


def _addmm(node: Node) -> LayerSum | Read:
    if node.parameter(2) is None:
        return _baddbmm(node)
    (rows, M), N = node.source(1), node.out[-1]
    n = readable(rows / node.batch)
    # The rows of all samples are one matrix here, if so many samples have as many each.
    whole = not isinstance(n, Quotient) and not isinstance(getattr(n, "value", 0), Fraction)
    source = (node.batch, n, M) if whole else (rows, M)
    layers = made.linear(source, N, bias=True)
    return Read(layers, (node.tensor(2), node.tensor(0)))


def _bilinear(node: Node) -> Read:
    weight, bias = node.tensor(2), node.tensor(3)
    return Read(made.bilinear(node.source(2), node.out, bias=bias is not None), (weight, bias))


def _baddbmm(node: Node) -> LayerSum:
    """Products that are added to something, those of a batch each or all to one matrix."""
    left, right = node.source(1), node.source(2)
    out = left[:1] * (node.name == "addbmm") + node.out
    return made.matrix_product(left, right, out) + made.scalars(["add"], out)


def _hardtanh(node: Node) -> LayerSum:
    if (node.get("min_val"), node.get("max_val")) == (0, 6):
        return made.elementwise("relu6", node.out)
    return made.scalars(["compare", "compare"], node.out)


def _largest(node: Node) -> LayerSum | Read | None:
    """The largest along an axis, or of two tensors."""
    return (reduced("maximum") if node.tensor(1) is None else scalars("compare"))(node)


def _length(node: Node) -> LayerSum | Read | None:
    return reduced("length")(node) if node.get("ord") == 2 else None


def _pool_somewhere(node: Node) -> LayerSum:
    """The largest of windows that lie at random."""
    window = tuple(map(Number, each(node.get("kernel_size"), node.dims)))
    return made.scalars(["maximum"], node.out, window)


def _grouped(node: Node) -> Read:
    """Rows, each times the matrix of the expert that it is sent to."""
    (_, M), (_, _, N) = node.source(), node.source(1)
    return Read(made.matrix_product(node.source(), (M, N), node.out), (node.tensor(1),))


def _embedding_bag(node: Node) -> Read:
    """Rows of a table, and their sum or mean, bag by bag."""
    (bags, _), kind = node.out, ("sum", "mean", "maximum")[node.get("mode")]
    n = product(node.source(1)) / bags
    layers = made.embedding(node.source(), (bags, n))
    return Read(layers + made.scalars([kind], node.out, (n,)), (node.tensor(0),))


def _area(node: Node) -> LayerSum:
    return made.pool_to("avg", node.source(), node.out, len(node.out) - 2)


def _put(node: Node) -> LayerSum | None:
    """Elements that are put at places, or added to what is there."""
    added = node.name == "scatter_add" or node.get("accumulate") or node.get("reduce") == "add"
    if added:
        return made.scalars(["add"], node.source(2 if node.name == "index_put" else 1))
    return None if node.get("reduce") else LayerSum(())


#: Scalar operations for each output: what an operator does to sizes, indices or masks is nothing.
SCALARS: dict[str, Handler] = {
    **column(FUNCTIONS, 0),
    **column(ARITHMETIC, 0),
    "hardtanh": _hardtanh,
    "rsqrt": scalars("root", "divide"),
    "square": scalars("scale"),
    "expm1": scalars("exp", "add"),
    "log1p": scalars("log", "add"),
    "rrelu_with_noise_functional": scalars("scale", "compare"),
    "clamp": scalars("compare", "compare"),
    **dict.fromkeys("max min".split(), _largest),
    **dict.fromkeys(("var", "var_mean"), reduced("variance")),
    "linalg_vector_norm": _length,
}

#: Scalar operations of complex numbers, each in real ones.
COMPLEX: dict[str, Handler] = {
    "mul": scalars(*("scale",) * 4, "add", "add"),
    **dict.fromkeys(("add", "sub"), scalars("add", "add")),
}

#: How each other operator is read.
HANDLERS: dict[str, Handler] = {
    **column(OPERATORS, 0),
    "linear": _linear,
    "addmm": _addmm,
    "bilinear": _bilinear,
    "closedform::area": _area,
    **dict.fromkeys(("baddbmm", "addbmm", "addmv"), _baddbmm),
    **dict.fromkeys(("_grouped_mm", "transformers::grouped_mm_fallback"), _grouped),
    **dict.fromkeys((f"fractional_max_pool{n}d" for n in (2, 3)), _pool_somewhere),
    **dict.fromkeys(CELLS, read_cell),
    **dict.fromkeys("index_put scatter scatter_add".split(), _put),
    **dict.fromkeys(("embedding_bag", "_embedding_bag"), _embedding_bag),
}
