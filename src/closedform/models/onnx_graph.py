"""The tensors of an ONNX graph: their shapes, and the values of those that hold sizes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from pathlib import Path
from typing import Any

from closedform.algebra.tree import ZERO, Number, Tree, product, symbol_names
from closedform.errors import ClosedformError
from closedform.models.layers import Shape
from closedform.models.onnx_fixed import Fixed
from closedform.models.onnx_learned import copied, frequencies, inside
from closedform.models.onnx_quantized import OPERANDS, operands, quantized
from closedform.models.reading import Sizes, UnknownShape, size_named
from closedform.records import NamedTuple

#: How many numbers a tensor of sizes has at most.
SMALL = 64
#: Operators after which a parameter is still all of it.
VIEWS = frozenset(
    "Cast CastLike DequantizeLinear Flatten Identity QuantizeLinear Reshape Squeeze Transpose "
    "Unsqueeze".split()
)


class Graph:
    """The tensors of a graph: their shapes, and the values of those that hold sizes."""

    def __init__(self, model: Any, x: Sequence[Sizes] | None, folder: Path) -> None:
        from onnx import helper, numpy_helper  # noqa: PLC0415  (optional)

        self.attribute, self.array = helper.get_attribute_value, numpy_helper.to_array
        self.nodes, self.fixed = list(model.graph.node), Fixed()
        self.made_by = {name: node for node in self.nodes for name in node.output}
        self.shapes: dict[str, Shape] = {"": ()}
        self.sequences: dict[str, list[Shape]] = {}
        self.values: dict[str, list[Tree]] = {}
        self.floats: dict[str, list[float]] = {}
        self.parameters: dict[str, Shape] = {}
        graph = model.graph
        self.told = {tensor.name: tensor for tensor in graph.value_info}
        #: Tensors of whole numbers: sizes, indices, masks.
        self.whole = {t.name for t in graph.initializer if t.data_type not in FLOATS} | {
            t.name
            for t in (*graph.input, *graph.value_info, *graph.output)
            if t.type.tensor_type.elem_type not in (0, *FLOATS)
        }
        for tensor in model.graph.initializer:
            self.constant(tensor.name, tensor)
        self.parameters |= dict(inside(self.nodes, FLOATS))
        inputs = [tensor for tensor in model.graph.input if tensor.name not in self.shapes]
        for tensor, names in zip(inputs, _names(inputs, x), strict=True):
            kind = tensor.type.tensor_type
            dims = kind.shape.dim if kind.HasField("shape") else [OPEN] * len(names)
            self.shapes[tensor.name] = tuple(
                _extent(*pair) for pair in zip(dims, names, strict=True)
            )
        #: The names of the sizes that are left open.
        self.open = symbol_names(*(size for x in inputs for size in self.shapes[x.name]))
        first = self.shapes[inputs[0].name] if inputs else ()
        self.batch = first[0] if first else Number(1)
        held = {tensor.name: tensor for tensor in model.graph.initializer}
        for name in quantized(self.nodes, lambda name: self._origin(name, VIEWS | {"Gather"})):
            if name in held:
                self.parameters.setdefault(name, self.shapes[name])
        #: Copies of parameters, by name.
        self.copies = copied(self, held, folder)
        self._leave_out(held)

    def _leave_out(self, held: Mapping[str, Any]) -> None:
        """Take what is not learned from the parameters: statistics, scales, states of zeros."""
        for name in (*self.copies, *frequencies(self)):
            self.parameters.pop(name)
        # An exporter that keeps equal tensors once keeps scales of 1 and variances of 1 as one.
        norms = (node for node in self.nodes if node.op_type == "BatchNormalization")
        learned = {name for node in norms for name in node.input[1:3]}
        for node in self.nodes:
            places = NOT_LEARNED.get(node.op_type, slice(0))
            names = [*node.input[slice(1, 3) if self.puts_together(node) else places]]
            if node.op_type in OPERANDS:
                names += (name for name in node.input if name not in operands(node))
            for name in names:
                if name not in learned:
                    self.parameters.pop(name, None)
            for name in node.input[5:7] if node.op_type in STATES else ():
                given = held.get(name)
                if given and not given.external_data and not self.array(given).any():
                    self.parameters.pop(name, None)

    def constant(self, name: str, tensor: Any) -> None:
        """A tensor of the file: its shape, and its numbers where they may be sizes."""
        self.shapes[name] = shape = tuple(Number(int(size)) for size in tensor.dims)
        learned = tensor.data_type in FLOATS
        if learned:
            self.parameters[name] = shape
        if number(product(shape)) <= SMALL and not tensor.external_data:
            numbers = self.array(tensor).ravel().tolist()
            if learned:
                self.floats[name] = numbers
            else:
                self.values[name] = [Number(int(size)) for size in numbers]

    def get(self, node: Any, name: str, default: Any = None) -> Any:
        """An attribute of a node."""
        attribute = next((given for given in node.attribute if given.name == name), None)
        return default if attribute is None else self.attribute(attribute)

    def source(self, node: Any, place: int = 0) -> Shape:
        """The shape of an input."""
        return self.shape(operands(node)[place])

    def shape(self, name: str) -> Shape:
        """The shape of a tensor.

        Raises:
            UnknownShape: nobody knows it.
        """
        if name not in self.shapes:
            raise UnknownShape(f"the shape of {name} is not known")
        return self.shapes[name]

    def out(self, node: Any) -> Shape:
        """The shape of the first output."""
        return self.shapes[node.output[0]]

    def set(self, node: Any, shape: Shape, values: list[Tree] | None = None) -> None:
        """The shape of the first output, and its values where they are sizes."""
        self.shapes[node.output[0]] = shape
        if values is not None and len(values) <= SMALL:
            self.values[node.output[0]] = values

    def set_told(self, node: Any) -> Shape:
        """The shapes of the outputs as the file tells them in numbers; none where it does not."""
        for name in node.output:
            dims = self.told[name].type.tensor_type.shape.dim if name in self.told else []
            if dims and all(dim.dim_value for dim in dims):
                self.shapes[name] = tuple(Number(int(dim.dim_value)) for dim in dims)
        return self.shapes.get(node.output[0], (ZERO,))

    def has(self, node: Any, place: int) -> bool:
        """Whether an optional input is given."""
        given = operands(node)
        return len(given) > place and bool(given[place])

    def integers(self, node: Any, place: int, name: str = "") -> list[Tree] | None:
        """Sizes that a node is given, as an attribute or as an input; none where it has neither.

        Raises:
            UnknownShape: they are worked out from values.
        """
        if name and (given := self.get(node, name)) is not None:
            return [Number(int(size)) for size in given]
        if not self.has(node, place):
            return None
        if node.input[place] not in self.values:
            raise UnknownShape(f"{node.input[place]} depends on values")
        return self.values[node.input[place]]

    def axes(self, node: Any) -> list[int]:
        """The axes of a reduction, all of them where none are named."""
        count = len(self.source(node))
        named = self.integers(node, 1, "axes")
        return [number(axis) % count for axis in named] if named else list(range(count))

    def parameter(self, name: str) -> str | None:
        """The parameter that a tensor is, whole: as it stands, transposed or in another shape."""
        name = self._origin(name, VIEWS)
        name = self.copies.get(name, name)
        return name if name in self.parameters else None

    def puts_together(self, node: Any) -> bool:
        """Whether an instance norm is a group norm's: of channels that were put together before.

        Its own scales are 1 and its shifts 0; those of the group norm stand behind it.
        """
        before = (
            self.made_by.get(node.input[0]) if node.op_type == "InstanceNormalization" else None
        )
        if before is None or before.op_type != "Reshape":
            return False
        scales, shifts = (self.numbers(name) for name in node.input[1:3])
        return scales is not None and {*scales} == {1.0} and shifts is not None and not any(shifts)

    def numbers(self, name: str) -> list[float] | None:
        """The floating-point numbers that a tensor holds, where the file says them and are few."""
        return self.floats.get(self._origin(name, VIEWS))

    def is_zeros(self, name: str) -> bool:
        """Whether an exporter writes zeros where there is no bias."""
        origin = self._origin(name, VIEWS | {"Expand"})
        return origin != name and self.floats.get(origin) == [0.0]

    def _origin(self, name: str, through: Set[str]) -> str:
        while name in self.made_by and self.made_by[name].op_type in through:
            name = self.made_by[name].input[0]
        return name


#: The inputs of an operator that are never learned: running statistics, a region and scales.
NOT_LEARNED = {
    "BatchNormalization": slice(3, 5),
    **dict.fromkeys(("Resize", "QuantizeLinear", "DequantizeLinear"), slice(1, 3)),
}
#: Operators whose inputs 5 and 6 are the states that they begin with.
STATES = frozenset({"RNN", "GRU", "LSTM"})
#: Types of tensors that hold weights: float, float16, double, bfloat16 (onnx.TensorProto).
FLOATS = frozenset({1, 10, 11, 16})


class _Open(NamedTuple):
    """A size of which the file says nothing."""

    dim_value: int = 0
    dim_param: str = ""


OPEN = _Open()
NAME_IT = (
    "name it in Python: closedform.models.onnx.read(path, x=('B', 3, 'H', 'W')); "
    "a command takes a file that names its sizes"
)


def number(tree: Tree) -> int:
    """A size that must be a number.

    Raises:
        UnknownShape: it is open.
    """
    if isinstance(tree, Number) and isinstance(tree.value, int):
        return tree.value
    raise UnknownShape("a size that must be a number is open")


def place_of(node: Any, count: int) -> str:
    """The module that a node comes from, layer1.0.conv2, else the node's own name.

    PyTorch's exporter writes the modules around it; the one before wrote them into the name.
    """
    scopes = {prop.key: prop.value for prop in node.metadata_props}.get(SCOPES)
    if scopes:
        return re.findall(r"'([^']*)'", scopes)[-2] if scopes.count("'") > 2 else ""
    *parts, last = node.name.strip("/").split("/")
    if not parts:
        return last or f"{node.op_type}_{count}"
    place = ""
    for part in parts:
        place = part if not place or part.startswith(f"{place}.") else f"{place}.{part}"
    return place


#: Where PyTorch's exporter writes the modules around a node.
SCOPES = "pkg.torch.onnx.name_scopes"


def _names(inputs: list[Any], x: Sequence[Sizes] | None) -> Sequence[Sequence[Any]]:
    """The names that are given to the sizes of each input, or none for those of the file.

    Raises:
        ClosedformError: other inputs than the file has, or an input of no shape.
    """
    kinds = {tensor.name: tensor.type.tensor_type for tensor in inputs}
    own = {n: len(k.shape.dim) if k.HasField("shape") else None for n, k in kinds.items()}
    if x is None:
        if None in own.values():
            raise ClosedformError("the file does not say the shape of its input", NAME_IT)
        return [[None] * (count or 0) for count in own.values()]
    counts = [len(shape) for shape in x]
    if len(x) != len(own) or any(
        n not in (c, None) for n, c in zip(own.values(), counts, strict=True)
    ):
        told = ", ".join(f"{name} of {count} sizes" for name, count in own.items())
        raise ClosedformError("x is no shape of the file's inputs", f"they are {told}")
    return x


def _extent(dim: Any, name: str | int | None) -> Tree:
    if dim.dim_value:
        if name is not None and name != dim.dim_value:
            raise ClosedformError(
                f"the file fixes as {dim.dim_value} what x calls {name}",
                "export it with that size open",
            )
        return Number(int(dim.dim_value))
    if isinstance(name, int):
        return Number(name)
    named = re.sub(r"\W+", "_", name or dim.dim_param, flags=re.ASCII).strip("_")
    if not named:
        raise ClosedformError("an open size of the file's input has no name", NAME_IT)
    return size_named(named if named[0].isalpha() else f"n_{named}")
