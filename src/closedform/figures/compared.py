"""A design, or one design over another, as it is plotted."""

from __future__ import annotations

import re
from typing import TypeAlias

from closedform.algebra.tree import Tree
from closedform.cost.sums import LayerSum
from closedform.derivation.derive import split_quotient
from closedform.derivation.ratio import MeasureRatio, Ratio, label
from closedform.errors import ClosedformError
from closedform.figures.columns import Measured
from closedform.figures.sizes import Sizes, put_in
from closedform.given import Layers, layers_of, split_label
from closedform.records import record

#: A design, or one over another, as text or as an object.
Design: TypeAlias = "Layers | Ratio"


@record
class Compared:
    """A sum of layers, and the one that it is measured against, if any."""

    name: str
    above: LayerSum
    below: LayerSum | None

    def layers(self, sizes: Sizes) -> list[LayerSum]:
        """The sums of layers, sizes put in."""
        both = [self.above] if self.below is None else [self.above, self.below]
        return [put_in(side, sizes) for side in both]

    def divisions(self, sizes: Sizes) -> list[tuple[Tree, Tree]]:
        """The pairs (divisor, multiple) that must be whole."""
        return [pair for side in self.layers(sizes) for pair in side.divisions()]

    def tree(self, sizes: Sizes, measured: Measured) -> Tree:
        """The cost or the ratio.

        Raises:
            ClosedformError: the convention does not count a layer, or the ratio has no value.
        """
        layers = self.layers(sizes)
        by = measured.by or "exact"
        missing = dict.fromkeys(name for side in layers for name in measured.uncounted(side))
        if missing:
            raise ClosedformError(
                f"the convention {by} does not count {', '.join(missing)}",
                "choose another convention, or leave these layers out",
            )
        if len(layers) == 1:
            return layers[0].tree(measured.measure, by)
        return MeasureRatio(measured.measure, by, layers[0], layers[1]).tree


def read_compared(given: Design) -> Compared:
    """A design as typed, ``conv``, ``A / B``, ``LABEL: A / B``, or a layer or ratio.

    >>> read_compared("saving: depthwise_separable / conv").name
    'saving'

    Raises:
        ClosedformError: a text that cannot be read.
    """
    if isinstance(given, Ratio):
        names = label(given.numerator), label(given.denominator)
        return Compared(" / ".join(names), given.numerator, given.denominator)
    if not isinstance(given, str):
        layers = layers_of(given)
        return Compared(label(layers), layers, None)
    named, text = split_label(given)
    above, below = split_quotient(text)
    # What is typed with numbers or sizes stays as it is.
    words = text.replace("_", " ") if re.fullmatch(r"[a-z_ +/]+", text) else text
    return Compared(
        named or words,
        layers_of(above),
        None if below is None else layers_of(below),
    )
