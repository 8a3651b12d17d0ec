"""Count: numbers put in, exactly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TypeVar, overload

from closedform.algebra.exact import value
from closedform.algebra.tree import symbol_names
from closedform.cost.conventions import convention as convention_called
from closedform.cost.conventions.convention import heading, said
from closedform.cost.counting import partly
from closedform.cost.measures import MEASURES, QUANTITIES
from closedform.cost.sums import LayerSum
from closedform.errors import ClosedformError
from closedform.figures.sizes import missing_value, sizes_of
from closedform.given import Layers, Where, layers_of, name_of, words_of
from closedform.records import field, record, replace
from closedform.typeset.cells import UNCOUNTED
from closedform.typeset.displayed import Displayed, Several, indented
from closedform.typeset.numbers import Digits, number_text
from closedform.typeset.tables import Column, Table

#: How a fraction is shown besides exactly.
ABOUT = Digits(4)
#: A sum of layers of several.
Given = TypeVar("Given", bound=Layers)


@record
class Count(Displayed):
    """Exact numbers for one sum of layers, and the convention that they are counted by.

    In ``values``, ``None`` is what the convention counts nothing of; ``partly`` names the measures
    that leave out operators which nobody knows. ``name`` is what the layers are called where
    several are counted.
    """

    convention: str
    values: dict[str, int | Fraction | None] = field(hash=False)
    uncounted: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    name: str = field(default="", compare=False)

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
            by = UNCOUNTED * (measure in self.partly) + said(measure, self.convention, "  ({})")
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


class Counts(Several[Count]):
    """Counts one after the other, each under its name."""

    __slots__ = ()

    def to_text(self) -> str:
        """Each in lines of its own, further in than its name."""
        return "\n\n".join(f"{each.name}\n{indented(each.to_text())}" for each in self)

    def to_markdown(self) -> str:
        """A table each."""
        return "\n\n".join(each.to_table(each.name).to_markdown() for each in self)


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


@overload
def count(
    layers: Layers,
    *,
    convention: str = "exact",
    measures: str | Iterable[str] = tuple(MEASURES),
    where: Where = "",
) -> Count: ...


@overload
def count(
    layers: list[Given] | tuple[Given, ...] | Mapping[str, Given],
    *,
    convention: str = "exact",
    measures: str | Iterable[str] = tuple(MEASURES),
    where: Where = "",
) -> tuple[Count, ...]: ...


def count(
    layers: Layers | list[Given] | tuple[Given, ...] | Mapping[str, Given],
    *,
    convention: str = "exact",
    measures: str | Iterable[str] = tuple(MEASURES),
    where: Where = "",
) -> Count | tuple[Count, ...]:
    """The numbers of a sum of layers whose sizes are numbers.

    Args:
        layers: a layer, a sum or a network; of several of them, in a list or in a dict by what they
            are called, there is a count each.
        convention: how FLOPs are counted.
        measures: which costs.
        where: sizes that are still symbols: ``"R=224"`` or ``{"R": 224}``.

    >>> count("conv(k=3, M=64, N=128, bias)", where={"H": 56, "W": 56}).flops
    462422016
    >>> [each.macs for each in count(["relu", "linear"], where="M=2, N=4")]
    [0, 8]

    Raises:
        MissingSize: a size that the asked-for measures need is still a symbol.
        UnknownName: a convention that is not in the list.
    """
    by, measures = convention_called(convention).name, words_of(measures)
    if not isinstance(layers, (list, tuple, Mapping)):
        given = layers_of(layers)
        return _counted(given._with_sizes(sizes_of(where, [given])), by, measures)
    named = _named(layers)
    sizes = sizes_of(where, [given for _, given in named])
    each = ((name, _counted(given._with_sizes(sizes), by, measures)) for name, given in named)
    return Counts(replace(counted, name=name) for name, counted in each)


def _named(several: Iterable[Layers] | Mapping[str, Layers]) -> list[tuple[str, LayerSum]]:
    """Layers with what each is called: its label, or how it is typed."""
    if isinstance(several, Mapping):
        return [(str(name), layers_of(given)) for name, given in several.items()]
    read = [(given, layers_of(given)) for given in several]  # all, before one is worked out
    return [(str(name_of(given, layers)), layers) for given, layers in read]


def _counted(layers: LayerSum, by: str, measures: Iterable[str]) -> Count:
    trees = {measure: layers._known(measure, by) for measure in measures}
    missing = symbol_names(*filter(None, trees.values()))
    if missing:
        raise missing_value(missing, layers)
    values = {name: None if tree is None else value(tree, {}) for name, tree in trees.items()}
    left = (name for measure in measures for name in layers.uncounted(by, measure))
    return Count(
        by, values, tuple(dict.fromkeys(left)), partly(layers.terms, filter(values.get, measures))
    )
