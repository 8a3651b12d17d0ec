"""What every reader of models shares: the sum so far, its weights, and what is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from closedform.algebra.tree import product, total
from closedform.cost.call import Term
from closedform.cost.layer import LayerSum, tied
from closedform.cost.steps import unknown
from closedform.models.layers import Shape, parameter


class Reading:
    """A model that is being read: its layers, and the parameters that they have taken.

    Every parameter is counted once, whatever a layer makes of it: a layer whose weights are its own
    has them, and what is left at the end stands at its own place.
    """

    def __init__(self, parameters: Mapping[str, Shape]) -> None:
        self.left = dict(parameters)
        self.terms: list[Term] = []

    def put(self, place: str, made: LayerSum, weights: Sequence[str | None] = ()) -> None:
        """Add a layer; ``weights`` names the parameter that each weight is, if it is one."""
        own = {name: self.left[name] for name in weights if name is not None and name in self.left}
        shapes = total(product(shape) for shape in own.values())
        if len(own) < len(weights) or made.tree("params") != shapes:
            made = tied(made)
        else:
            for name in own:
                del self.left[name]
        self.terms += made.at(place).terms

    def unknown(self, place: str, operator: str, out: Shape) -> None:
        """Add an operator of which only the output is known."""
        self.terms += unknown(operator, *out).at(place).terms

    def layers(self) -> LayerSum:
        """All that was read, and the parameters that are no layer's."""
        for name, shape in self.left.items():
            self.terms += parameter(shape).at(name).terms
        return LayerSum(tuple(self.terms))
