"""Count: numbers put in, exactly."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from closedform.algebra.exact import value
from closedform.algebra.tree import symbol_names
from closedform.cost.conventions import convention as convention_called
from closedform.cost.conventions.convention import heading, said
from closedform.cost.measures import MEASURES, QUANTITIES
from closedform.errors import ClosedformError
from closedform.figures.sizes import missing_value, sizes_of
from closedform.given import Layers, Where, layers_of, words_of
from closedform.records import field, record
from closedform.typeset.displayed import Displayed
from closedform.typeset.numbers import Digits, number_text
from closedform.typeset.tables import Column, Table

#: How a fraction is shown besides exactly.
ABOUT = Digits(4)


@record
class Count(Displayed):
    """Exact numbers for one sum of layers, and the convention that they are counted by.

    In ``values``, ``None`` is what the convention counts nothing of.
    """

    convention: str
    values: dict[str, int | Fraction | None] = field(hash=False)
    uncounted: tuple[str, ...] = ()

    def _asked(self, measure: str) -> int | Fraction:
        if measure not in self.values:
            known = ", ".join(self.values)
            raise ClosedformError(f"{measure} was not asked for", f"measures has {known}")
        number = self.values[measure]
        if number is None:
            raise ClosedformError(
                f"{self.convention} counts no {measure} of it", "take another one"
            )
        return number

    @property
    def params(self) -> int | Fraction:
        """Learnable scalars."""
        return self._asked("params")

    @property
    def macs(self) -> int | Fraction:
        """Multiply-accumulates."""
        return self._asked("macs")

    @property
    def flops(self) -> int | Fraction:
        """FLOPs by the convention."""
        return self._asked("flops")

    @property
    def activations(self) -> int | Fraction:
        """Output elements."""
        return self._asked("activations")

    def to_text(self) -> str:
        """One measure a line, digits in groups of three."""
        shown = {measure: grouped(number) for measure, number in self.values.items()}
        width = max(map(len, shown.values()))
        names = max(12, *(len(QUANTITIES[measure]) + 1 for measure in shown))
        lines = []
        for measure, number in shown.items():
            by = said(measure, self.convention, "  ({})")
            lines.append(f"{QUANTITIES[measure]:<{names}}{number:>{width}}{by}")
        return "\n".join([*lines, *self.notes()])

    def to_table(self, title: str = "measure") -> Table:
        """The numbers as a table, a row a measure, under ``title``."""
        rows = tuple(
            (heading(name, self.convention), grouped(x) if isinstance(x, Fraction) else x)
            for name, x in self.values.items()
        )
        return Table(
            (Column(title, "measure"), Column("number", "number")), rows, notes=self.notes()
        )

    def _repr_latex_(self) -> str:
        return self.to_table().to_latex()

    def _repr_html_(self) -> str:
        return self.to_table().to_html()

    def to_markdown(self) -> str:
        """The numbers as a table."""
        return self.to_table().to_markdown()

    def notes(self) -> tuple[str, ...]:
        """What the convention counts nothing of, in words."""
        if not self.uncounted:
            return ()
        return (f"uncounted by {self.convention}: {', '.join(self.uncounted)}",)


def grouped(number: int | Fraction | None) -> str:
    """A number in groups of three, a fraction with what it is about; a dash for what is uncounted.

    >>> from fractions import Fraction
    >>> grouped(1234567), grouped(Fraction(285828458, 584259)), grouped(None)
    ('1,234,567', '285,828,458/584,259 ≈ 489.2', '–')
    """
    if number is None:
        return "–"
    exact = number_text(number, group=",")
    return f"{exact} ≈ {number_text(number, ABOUT, group=',')}" if "/" in exact else exact


def count(
    layers: Layers,
    *,
    convention: str = "exact",
    measures: str | Iterable[str] = tuple(MEASURES),
    where: Where = "",
) -> Count:
    """The numbers of a sum of layers whose sizes are numbers.

    Args:
        layers: a layer, a sum or a network.
        convention: how FLOPs are counted.
        measures: which costs.
        where: sizes that are still symbols: ``"R=224"`` or ``{"R": 224}``.

    >>> count("conv(k=3, M=64, N=128, bias)", where={"H": 56, "W": 56}).flops
    462422016

    Raises:
        MissingSize: a size that the asked-for measures need is still a symbol.
        UnknownName: a convention that is not in the list.
    """
    by, given, measures = convention_called(convention).name, layers_of(layers), words_of(measures)
    layers = given._with_sizes(sizes_of(where, [given]))
    trees = {measure: layers._known(measure, by) for measure in measures}
    missing = symbol_names(*filter(None, trees.values()))
    if missing:
        raise missing_value(missing, layers)
    values = {name: None if tree is None else value(tree, {}) for name, tree in trees.items()}
    left = (name for measure in measures for name in layers.uncounted(by, measure))
    return Count(by, values, tuple(dict.fromkeys(left)))
