"""Operations: what a layer executes, and how many scalar operations of which kind each one takes.

An operation says its kind, its outputs and what each output is taken over, as extents of index
spaces: a convolution is ``contract N H W over M/g k k``. How many multiplications, additions,
divisions … that is follows from :data:`KINDS`, one row a kind. Negation, copies, indices and zero
padding cost nothing of their own; a padded tap is multiplied like any other.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from closedform.algebra.tree import ONE, ZERO, Node, Tree, substitute, wrap
from closedform.cost.formula import Space, put, read, size, space
from closedform.errors import UnknownName

#: Kinds of scalar operation, in the order in which they are shown; comparisons are no FLOPs.
SCALARS: tuple[str, ...] = tuple("mul add div exp sqrt log pow tanh erf cmp".split())


class Kind(NamedTuple):
    """A kind of operation: its scalar operations as formulas, and one output in words.

    The formulas are in ``outputs``, ``products`` (outputs times what each is taken over) and
    ``rows`` (sets that share one mean or one maximum).
    """

    scalars: dict[str, str]
    words: str = ""
    source: str = ""


_EACH = "outputs"
KINDS: dict[str, Kind] = {
    "contract": Kind({"mul": "products", "add": "products - outputs"}),
    "gather": Kind({}, "a look-up"),
    "bias": Kind({"add": _EACH}, "one addition"),
    "add": Kind({"add": _EACH}, "one addition"),
    "divide": Kind({"div": _EACH}, "one division"),
    "scale": Kind({"mul": _EACH}, "one multiplication"),
    "sum": Kind({"add": "products - outputs"}, "a sum"),
    "mean": Kind({"add": "products - outputs", "div": _EACH}, "a sum and one division"),
    "maximum": Kind({"cmp": "products - outputs"}, "a maximum"),
    "interpolate": Kind(
        {"mul": "products", "add": "products - outputs"}, "a weighted sum", "PyTorch upsample"
    ),
    "rotate": Kind({"mul": "2*outputs", "add": _EACH}, "two multiplications and one addition"),
    "batch_norm": Kind(
        {"mul": _EACH, "add": _EACH},
        "one multiplication and one addition",
        "Ioffe and Szegedy, arXiv:1502.03167, Algorithm 2, with scale and shift worked out before",
    ),
    "norm": Kind(
        {"mul": "3*outputs", "add": "4*outputs - rows", "div": "3*rows", "sqrt": "rows"},
        "mean, variance, normalization, scale and shift",
        "Ba et al., arXiv:1607.06450, eq. (3), (4)",
    ),
    "scaled_norm": Kind(
        {"mul": "3*outputs", "add": "3*outputs - rows", "div": "3*rows", "sqrt": "rows"},
        "mean, variance, normalization and scale",
        "Ba et al., arXiv:1607.06450, eq. (3), (4), without the shift",
    ),
    "plain_norm": Kind(
        {"mul": "2*outputs", "add": "3*outputs - rows", "div": "3*rows", "sqrt": "rows"},
        "mean, variance and normalization",
        "Ulyanov et al., arXiv:1607.08022, eq. (4)",
    ),
    "rms_norm": Kind(
        {"mul": "3*outputs", "add": _EACH, "div": "2*rows", "sqrt": "rows"},
        "root mean square, normalization and scale",
        "Zhang and Sennrich, arXiv:1910.07467, eq. (4)",
    ),
    "l2_norm": Kind(
        {"mul": _EACH, "add": "outputs - rows", "sqrt": "rows", "div": _EACH},
        "division by the root of the sum of squares",
        "Yang et al., arXiv:2406.06484",
    ),
    "local_response": Kind(
        {"mul": "2*outputs", "add": "products", "div": _EACH, "pow": _EACH},
        "a sum of squares, a power and a division",
        "Krizhevsky et al. 2012, section 3.3",
    ),
    "softmax": Kind(
        {"exp": _EACH, "add": "2*outputs - rows", "div": _EACH, "cmp": "outputs - rows"},
        "maximum, exponential, sum and division",
        "Goodfellow et al. 2016, section 4.1 (stable form)",
    ),
    "log_softmax": Kind(
        {"exp": _EACH, "add": "3*outputs - rows", "log": "rows", "cmp": "outputs - rows"},
        "maximum, exponential, sum and logarithm",
        "Goodfellow et al. 2016, section 4.1 (stable form)",
    ),
    "exp": Kind({"exp": _EACH}, "one exponential"),
    "compare": Kind({"cmp": _EACH}, "one comparison"),
    "spline_step": Kind(
        {"add": "3*outputs", "mul": "2*outputs", "div": "2*outputs"},
        "two divisions, two multiplications, three additions",
        "de Boor 1978: x − t_i and t − x over differences of knots that are known",
    ),
    "relu": Kind({"cmp": _EACH}, "one comparison", "Nair and Hinton 2010"),
    "relu6": Kind(
        {"cmp": "2*outputs"}, "two comparisons", "Sandler et al., arXiv:1801.04381, section 3"
    ),
    "leaky_relu": Kind(
        {"mul": _EACH, "cmp": _EACH}, "one multiplication and one comparison", "Maas et al. 2013"
    ),
    "prelu": Kind(
        {"mul": _EACH, "cmp": _EACH},
        "one multiplication and one comparison",
        "He et al., arXiv:1502.01852, eq. (1)",
    ),
    "elu": Kind(
        {"mul": _EACH, "add": _EACH, "exp": _EACH, "cmp": _EACH},
        "comparison, exponential, addition, multiplication",
        "Clevert et al., arXiv:1511.07289, section 3",
    ),
    "sigmoid": Kind(
        {"exp": _EACH, "add": _EACH, "div": _EACH},
        "exponential, addition, division",
        "1/(1 + e^−x)",
    ),
    "tanh": Kind({"tanh": _EACH}, "one tanh"),
    "gelu": Kind(
        {"mul": "3*outputs", "add": _EACH, "erf": _EACH},
        "three multiplications, one addition, one erf",
        "Hendrycks and Gimpel, arXiv:1606.08415, section 2",
    ),
    "gelu_tanh": Kind(
        {"mul": "6*outputs", "add": "2*outputs", "tanh": _EACH},
        "six multiplications, two additions, one tanh",
        "Hendrycks and Gimpel, arXiv:1606.08415, section 2 (approximation)",
    ),
    "silu": Kind(
        {"mul": _EACH, "exp": _EACH, "add": _EACH, "div": _EACH},
        "multiplication, exponential, addition, division",
        "Ramachandran et al., arXiv:1710.05941, section 3",
    ),
    "hard_sigmoid": Kind(
        {"add": _EACH, "cmp": "2*outputs", "div": _EACH},
        "addition, two comparisons, division",
        "Howard et al., arXiv:1905.02244, section 5.2",
    ),
    "hard_swish": Kind(
        {"mul": _EACH, "add": _EACH, "cmp": "2*outputs", "div": _EACH},
        "multiplication, addition, two comparisons, division",
        "Howard et al., arXiv:1905.02244, section 5.2",
    ),
    "softplus": Kind(
        {"exp": _EACH, "add": _EACH, "log": _EACH},
        "exponential, addition, logarithm",
        "Dugas et al. 2000",
    ),
    "mish": Kind(
        {"mul": _EACH, "exp": _EACH, "add": _EACH, "log": _EACH, "tanh": _EACH},
        "multiplication, exponential, addition, logarithm, tanh",
        "Misra, arXiv:1908.08681, eq. (1)",
    ),
}


class Operation(NamedTuple):
    """One step of what a layer executes, for one sample.

    ``outputs``: one extent per index of the output. ``over``: the extents that each output is
    summed, or compared, over. ``rows``: how many sets share one mean or maximum. ``weights``: the
    shape of each weight tensor it reads; ``buffers``: of each tensor that is kept but not learned.
    ``inputs``: how many elements it reads besides its weights.
    """

    kind: str
    outputs: Space
    over: Space = ()
    rows: Tree = ONE
    weights: tuple[Space, ...] = ()
    buffers: tuple[Space, ...] = ()
    inputs: Tree | None = None

    @property
    def output(self) -> Tree:
        """The number of output elements."""
        return size(self.outputs)

    @property
    def products(self) -> Tree:
        """Outputs times what each is taken over."""
        return size((*self.outputs, *self.over))

    @property
    def macs(self) -> Tree:
        """Products accumulated in a contraction; no other kind has any."""
        return self.products if self.kind == "contract" else ZERO

    @property
    def reads(self) -> Tree:
        """Input elements; as many as outputs where nothing else is said."""
        return self.output if self.inputs is None else self.inputs

    def scalars(self, of: str) -> Tree:
        """How many scalar operations of one kind it takes (:data:`SCALARS`)."""
        formula = KINDS[self.kind].scalars.get(of)
        if formula is None:
            return ZERO
        values = {"outputs": self.output, "products": self.products, "rows": self.rows}
        return substitute(read(formula), values)

    @property
    def flops(self) -> Tree:
        """Every scalar operation but comparisons: a sum of n products is 2n − 1."""
        if self.kind == "contract":
            return (2 * size(self.over) - 1) * self.output
        total: Tree = ZERO
        for of in SCALARS:
            total = total + (ZERO if of == "cmp" else self.scalars(of))
        return total

    def put(self, values: dict[str, Tree]) -> Operation:
        """The operation with sizes put in for their names."""
        return self._replace(
            outputs=put(self.outputs, values),
            over=put(self.over, values),
            rows=substitute(self.rows, values),
        )


def operation(
    kind: str,
    *outputs: Any,
    over: Any = (),
    rows: Any = 1,
    inputs: Any = None,
    weights: tuple[tuple[Any, ...], ...] = (),
    buffers: tuple[tuple[Any, ...], ...] = (),
) -> Operation:
    """An operation of a kind, with its extents; ``over`` is one extent or several.

    >>> operation("contract", 8, 4, over=3).flops
    Number(value=160, written='')

    Raises:
        UnknownName: no such kind.
    """
    if kind not in KINDS:
        raise UnknownName("kind of operation", kind, KINDS)
    extents = over if isinstance(over, tuple) else (over,)
    return Operation(
        kind,
        _space(outputs),
        _space(extents),
        wrap(rows),
        tuple(_space(shape) for shape in weights),
        tuple(_space(shape) for shape in buffers),
        None if inputs is None else wrap(inputs),
    )


def read_operations(written: str) -> tuple[Operation, ...]:
    """Operations as a declaration writes them, apart by ``;``.

    >>> [one.kind for one in read_operations("contract N H W over M/g k k; relu N H W")]
    ['contract', 'relu']

    Raises:
        UnknownName: no such kind.
    """
    return tuple(_operation(part) for part in written.split(";") if part.strip())


def _operation(written: str) -> Operation:
    kind, *words = written.split()
    parts: dict[str, list[str]] = {"outputs": [], "over": [], "rows": []}
    part = "outputs"
    for word in words:
        if word in parts:
            part = word
        else:
            parts[part].append(word)
    outputs, over, rows = (space(" ".join(found)) for found in parts.values())
    return operation(kind, *outputs, over=over, rows=size(rows))


def _space(extents: tuple[Any, ...]) -> Space:
    return tuple(extent if isinstance(extent, Node) else wrap(extent) for extent in extents)
