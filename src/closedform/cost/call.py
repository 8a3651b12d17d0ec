"""One call of a layer: the layer's name and kind, its sizes, and both entries of its cost."""

from __future__ import annotations

from dataclasses import dataclass, replace

from closedform.algebra.tree import ZERO, Tree
from closedform.cost.record import Cost
from closedform.cost.spaces import IndexSpaces


@dataclass(frozen=True)
class LayerCall:
    """A layer at given sizes.

    ``divisions`` are the pairs (divisor, multiple) that must be whole: g | M. ``fused`` marks a
    bias or batch norm that came with a flag: it works in place and adds no activations.
    """

    layer: str
    kind: str
    arguments: tuple[tuple[str, Tree], ...]
    closed_form: Cost
    spaces: IndexSpaces
    divisions: tuple[tuple[Tree, Tree], ...]
    fused: bool = False

    def as_flag(self) -> LayerCall:
        """The same call as a flag of another layer: in place, without output of its own."""
        return replace(self, closed_form=replace(self.closed_form, activations=ZERO), fused=True)
