"""An exported PyTorch program: the shapes of its tensors, open in the sizes that are named."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from closedform.algebra.forms.readable import readable
from closedform.algebra.tree import (
    ONE,
    ZERO,
    Call,
    Number,
    Symbol,
    Tree,
    power,
    product,
    substitute,
    total,
)
from closedform.cost.shapes import ceil, floor
from closedform.models.layers import Shape
from closedform.models.operators import Node, each
from closedform.models.reading import UnknownShape, size_named
from closedform.models.torch_guards import divisor_of

#: The functions of a size in an exported program (torch/utils/_sympy/functions.py).
FUNCTIONS: dict[str, Callable[..., Tree]] = {
    "Add": lambda *terms: total(terms),
    "Mul": lambda *factors: product(factors),
    "Pow": power,
    "FloorDiv": lambda a, b: floor(a / b),
    "CleanDiv": lambda a, b: floor(a / b),
    "CeilDiv": lambda a, b: ceil(a / b),
    "IntTrueDiv": lambda a, b: a / b,
    "FloatTrueDiv": lambda a, b: a / b,
    "Mod": lambda a, b: a - b * floor(a / b),
    "PythonMod": lambda a, b: a - b * floor(a / b),
    "ToFloat": lambda a: a,
    "TruncToInt": floor,
    "FloorToInt": floor,
    "CeilToInt": ceil,
    "Max": lambda *sizes: Call("max", sizes),
    "Min": lambda *sizes: Call("min", sizes),
}


class Graph:
    """An exported program and what is known of its tensors."""

    def __init__(self, exported: Any, shapes: Sequence[Sequence[str | int]], module: Any) -> None:
        self.nodes = list(exported.graph.nodes)
        self.leaves = {
            name for name, part in module.named_modules() if not any(True for _ in part.children())
        }
        signature = exported.graph_signature
        self.parameters = _by_first_name(signature.inputs_to_parameters, module)
        given = [node for node in self.nodes if node.name in signature.user_inputs]
        self.symbols: dict[str, Tree] = {}
        #: What stands for H/4 where the module runs at multiples of 4 alone, and H/4.
        self.parts: dict[str, Tree] = {}
        self.divisors: dict[str, int] = {}
        open_ = {
            extent.node.expr: (size, extent.node)
            for node, shape in zip(given, shapes, strict=True)
            for extent, size in zip(node.meta["val"].shape, shape, strict=True)
            if isinstance(size, str)
        }
        #: The sizes of the export.
        self.before = before = {expr: int(extent.hint) for expr, (_, extent) in open_.items()}
        for expr, (name, extent) in open_.items():
            divisor = divisor_of(expr, name, before, extent.shape_env.guards)
            self.symbols[str(expr)] = size = size_named(name)
            if divisor > 1:
                part = Symbol(f"{size.name}/{divisor}")
                self.parts[part.name], self.divisors[size.name] = size / divisor, divisor
                self.symbols[str(expr)] = divisor * part
        first = self.shape(given[0])
        self.batch = first[0] if first else ONE

    def shapes_of_parameters(self) -> dict[str, Shape]:
        """The shape of every parameter, in the order of the module."""
        named = ((self.parameters[n.name], n) for n in self.nodes if n.name in self.parameters)
        return {name: self.shape(node) for name, node in named}

    def shape(self, node: Any) -> Shape:
        """The extents of the tensor that a node is, or of its first one.

        Raises:
            UnknownShape: a size that depends on values, or that no formula here has.
        """
        return tuple(self.tree(size) for size in getattr(_tensor(node), "shape", ()))

    out = shape

    def known_shape(self, node: Any) -> Shape:
        """The shape, or none where it is not known."""
        try:
            return self.shape(node)
        except UnknownShape:
            return (ZERO,)

    def tree(self, extent: Any) -> Tree:
        """A size as a tree: a number, or an expression of the open sizes."""
        if isinstance(extent, int):
            return Number(extent)
        return self.worked_out(extent.node.expr)

    def worked_out(self, expr: Any) -> Tree:
        """An expression of the export in the open sizes.

        Raises:
            UnknownShape: it depends on values, or no formula here has it.
        """
        tree = self._expression(expr)
        return readable(substitute(tree, self.parts)) if self.parts else tree

    def parameter(self, node: Any) -> str | None:
        """The parameter that a weight is, whole: as it stands, transposed or in another shape."""
        while getattr(node, "op", "") == "call_function" and operator(node) in VIEWS:
            node = node.args[0]
        return self.parameters.get(getattr(node, "name", ""))

    def weights_of(self, place: str) -> set[str | None]:
        """The names of a module's own weight and bias, where it has no modules in it."""
        names = (f"{place}.{kind}".lstrip(".") for kind in ("weight", "bias"))
        return set(names) if place in self.leaves else set()

    def _expression(self, expr: Any) -> Tree:
        if expr.is_Symbol:
            if str(expr) not in self.symbols:
                raise UnknownShape(f"the size {expr} depends on values")
            return self.symbols[str(expr)]
        if expr.is_Integer:
            return Number(int(expr))
        if expr.is_Rational or expr.is_Float:
            return Number(Fraction(str(expr)))
        function = FUNCTIONS.get(expr.func.__name__)
        if function is None:
            raise UnknownShape(f"the size {expr} is not known")
        return function(*map(self._expression, expr.args))


class Called(Node):
    """A call of one of PyTorch's operators, which says what it is given by its schema."""

    def __init__(self, graph: Graph, node: Any) -> None:
        declared, name = node.target._schema.arguments, operator(node)
        said = dict(zip((arg.name for arg in declared), node.args, strict=False)) | node.kwargs
        given = {arg.name: said.get(arg.name, arg.default_value) for arg in declared}
        tensors = [given[arg.name] for arg in declared if "Tensor" in str(arg.type)]
        # A number may stand in the place of a tensor.
        tensors = [tensor if hasattr(tensor, "meta") else None for tensor in tensors]
        super().__init__(graph, node, name, tensors, given)

    @property
    def dims(self) -> int:  # noqa: D102
        return next((int(sign) for sign in self.name if sign.isdigit()), 0)

    def number(self, place: int) -> float | None:  # noqa: D102
        given = self.node.args[place]
        return given if isinstance(given, (int, float)) else None

    def axes(self) -> list[int]:  # noqa: D102
        named, count = self.get("dim"), len(self.source())
        if named is None or named == []:
            return list(range(count))
        return sorted({axis % count for axis in each(named, 1)})


#: Operators after which a parameter is still all of it.
VIEWS = frozenset(
    "adjoint alias clone contiguous detach flatten mH mT matrix_H moveaxis movedim numpy_T permute"
    " ravel reshape squeeze swapaxes swapdims t to transpose unflatten unsqueeze view view_as"
    " _to_copy _unsafe_view".split()
)


def operator(node: Any) -> str:
    """``relu`` of aten.relu_.default, ``custom::swirl`` of another library's operator."""
    packet = getattr(node.target, "overloadpacket", None)
    if packet is None:
        return str(getattr(node.target, "__name__", node.target))
    name = str(packet._qualified_op_name)
    return name.removeprefix("aten::").removesuffix("_") if name.startswith("aten::") else name


def is_tensor(node: Any) -> bool:
    """Whether it is a tensor, or several: sizes are none."""
    return hasattr(_tensor(node), "shape")


def floating(node: Any) -> bool:
    """Whether it computes numbers rather than sizes, indices or masks."""
    dtype = getattr(_tensor(node), "dtype", None)
    return bool(dtype is not None and (dtype.is_floating_point or dtype.is_complex))


def is_complex(node: Any) -> bool:
    """Whether it computes complex numbers."""
    return bool(getattr(getattr(_tensor(node), "dtype", None), "is_complex", False))


def place_of(node: Any) -> str:
    """The module that calls it: layer1.0.conv2."""
    return str(_caller(node)[0]).removeprefix("L['self']").lstrip(".")


def module_of(node: Any) -> str:
    """The class of that module: torch.nn.modules.conv.Conv2d."""
    return str(_caller(node)[1])


def _caller(node: Any) -> Any:
    return next(reversed((node.meta.get("nn_module_stack") or {"": ("", "")}).values()))


def _by_first_name(parameters: Mapping[str, str], module: Any) -> dict[str, str]:
    """The parameter of each input: one that has several names goes by its first."""
    first: dict[int, str] = {}
    names = {
        name: first.setdefault(id(parameter), name)
        for name, parameter in module.named_parameters(remove_duplicate=False)
    }
    return {node: names.get(name, name) for node, name in parameters.items()}


def _tensor(node: Any) -> Any:
    value = node.meta.get("val") if hasattr(node, "meta") else node
    return next(iter(value), None) if isinstance(value, (list, tuple)) else value
