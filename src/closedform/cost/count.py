"""Count: numbers put in, exactly."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from closedform.algebra.exact import value
from closedform.algebra.tree import symbol_names
from closedform.cost.record import MEASURES
from closedform.cost.sums import LayerSum
from closedform.errors import MissingSize
from closedform.typeset.tables import Column, Table


@dataclass(frozen=True)
class Count:
    """Exact numbers for one sum of layers, and the convention that FLOPs are counted by."""

    convention: str
    values: dict[str, int | Fraction]
    uncounted: tuple[str, ...] = ()

    def __str__(self) -> str:
        """One measure a line, digits in groups of three."""
        width = max(len(f"{number:,}") for number in self.values.values())
        lines = []
        for measure, number in self.values.items():
            by = f"  ({self.convention})" if measure == "flops" else ""
            lines.append(f"{MEASURES[measure]:<12}{number:>{width},}{by}")
        return "\n".join([*lines, *self._notes()])

    def heading(self, measure: str) -> str:
        """What a measure is called, FLOPs with the name of the convention."""
        return MEASURES[measure] + (f" ({self.convention})" if measure == "flops" else "")

    def to_table(self, title: str = "measure") -> Table:
        """The numbers as a table, a row a measure, under ``title``."""
        rows = tuple((self.heading(name), number) for name, number in self.values.items())
        return Table(
            (Column(title, "measure"), Column("number", "number")), rows, notes=self._notes()
        )

    def _repr_latex_(self) -> str:
        return self.to_table().to_latex()

    def _repr_html_(self) -> str:
        return self.to_table().to_html()

    def _repr_markdown_(self) -> str:
        return self.to_table().to_markdown()

    def _notes(self) -> tuple[str, ...]:
        if not self.uncounted:
            return ()
        return (f"uncounted by {self.convention}: {', '.join(self.uncounted)}",)


def count(
    layers: LayerSum, *, convention: str = "exact", measures: tuple[str, ...] = tuple(MEASURES)
) -> Count:
    """The numbers of a sum of layers whose sizes are numbers.

    >>> from closedform import conv
    >>> count(conv(k=3, M=64, N=128, H=56, W=56, bias=True)).values["flops"]
    462422016

    Raises:
        MissingSize: a size that the asked-for measures need is still a symbol.
        UnknownName: a convention that is not in the list.
    """
    trees = {measure: layers.tree(measure, convention) for measure in measures}
    missing = dict.fromkeys(name for tree in trees.values() for name in symbol_names(tree))
    if missing:
        raise MissingSize(missing)
    return Count(
        convention,
        {measure: value(tree, {}) for measure, tree in trees.items()},
        layers.uncounted(convention) if "flops" in measures else (),
    )
