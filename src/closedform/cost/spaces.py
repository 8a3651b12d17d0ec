"""Index spaces: the shape of a weight tensor, the iteration space of a loop nest.

A space is written as its extents with spaces between them, ``"N M/g k k"``, like the shape of a
tensor. It is the second entry of a layer's cost: parameters are the sizes of the weight tensors,
MACs the size of the loop nest, and a contraction of n products costs n multiplications and n − 1
additions.
"""

from __future__ import annotations

from dataclasses import dataclass

from closedform.algebra.tree import ONE, ZERO, Number, Symbol, Tree, multiply, substitute
from closedform.cost.record import Cost

Space = tuple[Tree, ...]


@dataclass(frozen=True)
class IndexSpaces:
    """The second entry of a layer.

    ``weights``: the shape of each weight tensor. ``outputs``: one extent per index of the output.
    ``contracted``: the extents summed over for each output, empty for an element-wise layer, which
    then does ``elementwise`` scalar operations per output.
    """

    weights: tuple[Space, ...]
    outputs: Space
    contracted: Space
    elementwise: int

    def cost(self) -> Cost:
        """Parameters, MACs, FLOPs and activations, counted off the spaces."""
        params: Tree = ZERO
        for shape in self.weights:
            params = params + size(shape)
        outputs, products = size(self.outputs), size(self.contracted)
        if self.elementwise:
            return Cost(params, ZERO, Number(self.elementwise) * outputs, outputs)
        return Cost(params, outputs * products, (2 * products - 1) * outputs, outputs)

    def substituted(self, values: dict[str, Tree]) -> IndexSpaces:
        """The spaces of a call: sizes put in for the dimensions."""

        def put(space: Space) -> Space:
            return tuple(substitute(extent, values) for extent in space)

        return IndexSpaces(
            tuple(put(shape) for shape in self.weights),
            put(self.outputs),
            put(self.contracted),
            self.elementwise,
        )


def read_spaces(weights: str, loops: str, elementwise: int) -> IndexSpaces:
    """Read ``"N M/g k k"`` (several tensors apart by ``;``) and the loop nest over it.

    The first weight tensor starts with the output channel, as in PyTorch, and the rest of its
    indices are summed over; what else the loops run over are positions of the output.
    """
    tensors = tuple(_read(part) for part in weights.split(";"))
    nest = _read(loops)
    if elementwise:
        return IndexSpaces(tensors, nest, (), elementwise)
    contracted = tensors[0][1:]
    outputs = list(nest)
    for extent in contracted:
        if extent not in outputs:
            raise ValueError(f"the loops {loops!r} do not run over every index of {weights!r}")
        outputs.remove(extent)
    return IndexSpaces(tensors, tuple(outputs), contracted, 0)


def size(space: Space) -> Tree:
    """The number of points of a space: the product of its extents."""
    product: Tree = ONE
    for extent in space:
        product = multiply(product, extent)
    return product


def _read(text: str) -> Space:
    return tuple(_extent(word) for word in text.split())


def _extent(word: str) -> Tree:
    first, *divisors = word.split("/")
    extent: Tree = Number(int(first)) if first.isdigit() else Symbol(first)
    for divisor in divisors:
        extent = extent / Symbol(divisor)
    return extent
