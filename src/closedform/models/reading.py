"""What every reader of models shares: the sum so far, its weights, and what is not known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeAlias

from closedform.algebra.tree import Symbol, product, total
from closedform.cost.call import Term
from closedform.cost.layer import LayerSum, tied
from closedform.cost.steps import unknown
from closedform.errors import ClosedformError
from closedform.models.layers import Shape, parameter
from closedform.records import NamedTuple

#: The shape of an input: names of open sizes, and numbers.
Sizes: TypeAlias = "Sequence[str | int]"

#: What somebody's model may raise that is not as it should be.
FAILURES = (
    ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError,
    ValueError,
)  # fmt: skip


class Shaped(Protocol):
    """A tensor or an array, given as an example of an input."""

    @property
    def shape(self) -> Sequence[int]:
        """The size of each axis."""


class UnknownShape(ClosedformError):
    """A size that depends on values, or that no formula here has."""


class Read(NamedTuple):
    """A layer, and its weights: tensors of the graph, or nothing where it has none."""

    layers: LayerSum
    weights: tuple[Any, ...] = ()


class Reading:
    """A model that is being read: its layers, and the parameters that they have taken.

    Every parameter is counted once, whatever a layer makes of it: a layer whose weights are its own
    has them, and what is left at the end stands at its own place.
    """

    def __init__(self, parameters: Mapping[str, Shape]) -> None:
        self.left = dict(parameters)
        self.terms: list[Term] = []

    def put(self, place: str, made: LayerSum, weights: Sequence[str | None] = ()) -> None:
        """Add a layer; ``weights`` names the parameter that each weight is, if it is one.

        Where not all are its own, it learns none, and those that are stand beside it.
        """
        own = {name: self.left.pop(name) for name in weights if name in self.left}
        shapes = total(product(shape) for shape in own.values())
        if len(own) < len(weights) or made._tree("params") != shapes:
            made = sum(map(parameter, own.values()), tied(made))
        self.terms += made.at(place).terms

    def unknown(self, place: str, operator: str, out: Shape) -> None:
        """Add an operator of which only the output is known."""
        self.terms += unknown(operator, *out).at(place).terms

    def layers(self) -> LayerSum:
        """All that was read, and the parameters that are no layer's."""
        for name, shape in self.left.items():
            self.terms += parameter(shape).at(name).terms
        return LayerSum(tuple(self.terms))


def read_shapes(x: Any) -> list[Sizes]:
    """One shape for each input, also of tensors.

    Raises:
        ClosedformError: a size that is no name and no positive integer.
    """
    given = x if isinstance(x, (tuple, list)) else [x]
    alone = all(isinstance(size, (str, int)) for size in given)
    shapes: list[Any] = [given] if alone else [getattr(x, "shape", x) for x in given]
    for shape in shapes:
        for size in shape if isinstance(shape, (tuple, list)) and shape else [shape]:
            name = isinstance(size, str) and re.fullmatch(r"[A-Za-z]\w*", size, re.ASCII)
            if not (name or (type(size) is int and size > 0)):
                raise ClosedformError(
                    f"{repr(size)[:40]} is no size of an input",
                    "give names and numbers: ('B', 3, 'H', 'W')",
                )
    return shapes


def size_named(name: str) -> Symbol:
    """The symbol of an open size: s77 is s_77, as everywhere that a letter has a number."""
    return Symbol(re.sub(r"^([A-Za-z])(\d+)$", r"\1_\2", name))
