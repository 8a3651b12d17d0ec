"""A design, or one design over another, as it is plotted."""

from __future__ import annotations

from dataclasses import dataclass

from closedform.algebra.tree import Tree
from closedform.cost.sums import LayerSum
from closedform.derivation.derive import split_quotient
from closedform.derivation.ratio import MeasureRatio
from closedform.errors import ClosedformError
from closedform.figures.measured import Measured
from closedform.figures.sizes import Sizes, put_in
from closedform.figures.subject import read_subject, split_label


@dataclass(frozen=True)
class Compared:
    """A sum of layers, and the one that it is measured against, if any."""

    name: str
    above: LayerSum
    below: LayerSum | None

    def layers(self, sizes: Sizes) -> list[LayerSum]:
        """The sums of layers, sizes put in."""
        both = [self.above] if self.below is None else [self.above, self.below]
        return [put_in(one, sizes) for one in both]

    def divisions(self, sizes: Sizes) -> list[tuple[Tree, Tree]]:
        """The pairs (divisor, multiple) that must be whole."""
        return [pair for one in self.layers(sizes) for pair in one.divisions()]

    def tree(self, sizes: Sizes, measured: Measured) -> Tree:
        """The cost or the ratio.

        Raises:
            ClosedformError: the convention does not count a layer, or the ratio has no value.
        """
        layers = self.layers(sizes)
        by = measured.by or "exact"
        missing = dict.fromkeys(name for one in layers for name in measured.uncounted(one))
        if missing:
            raise ClosedformError(
                f"the convention {by} does not count {', '.join(missing)}",
                "choose another convention, or leave these layers out",
            )
        if len(layers) == 1:
            return layers[0].tree(measured.measure, by)
        return MeasureRatio(measured.measure, by, layers[0], layers[1]).tree


def read_compared(written: str) -> Compared:
    """A design as typed: ``conv``, ``A / B``, ``LABEL: A / B``.

    >>> read_compared("saving: depthwise_separable / conv").name
    'saving'

    Raises:
        ClosedformError: a text that cannot be read.
    """
    label, text = split_label(written)
    above, below = split_quotient(text)
    return Compared(
        label or text.replace("_", " "),
        read_subject(above),
        None if below is None else read_subject(below),
    )
