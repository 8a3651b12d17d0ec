"""Costs over swept sizes, row by row: a formula is compiled once, and worked out in arrays.

Sizes of which a number may choose another form of a layer (channels that are alike need no
projection) are put in as numbers and vary slowest; all others run through the compiled formula.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from importlib.util import find_spec
from itertools import chain, compress, islice, product
from math import prod
from typing import Any

from closedform.algebra.compiled import compiled
from closedform.algebra.tree import Number, symbol_names
from closedform.cost.layer_type import LayerType
from closedform.cost.sums import LayerSum
from closedform.errors import ClosedformError, NotDivisible, TooLarge
from closedform.figures.columns import Measured, caption, read_measures
from closedform.figures.ranges import Given, Range, read_ranges
from closedform.figures.sizes import check_free, sizes_of
from closedform.given import Layers, Where, layers_of, words_of
from closedform.later import Later
from closedform.records import entity
from closedform.symbols import VARYING
from closedform.typeset.notation import SOURCE
from closedform.typeset.numbers import Exact
from closedform.typeset.tables import Column, Table

#: Rows that are worked out at a time, rows of a table, and combinations of numbers put in.
CHUNK, TABLE, FORMS = 1 << 16, 10_000, 10_000
#: A notebook shows so many rows.
SHOWN = 100
#: NumPy, where it is installed.
_NUMPY = Later("numpy") if find_spec("numpy") else None

Row = tuple[Exact, ...]


@entity
class Sweep:
    """Costs at all combinations of swept sizes; each iteration works them out anew."""

    layers: LayerSum
    ranges: tuple[Range, ...]
    measured: tuple[Measured, ...]
    #: What each convention does not count, in words.
    uncounted: tuple[str, ...] = ()
    #: Combinations that no layer can have, where groups do not divide the channels.
    left_out: int = 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sweep) and self._asked == other._asked

    def __hash__(self) -> int:
        return hash((self.layers, self.keys))

    @property
    def _asked(self) -> tuple[LayerSum, tuple[Range, ...], tuple[Measured, ...]]:
        """What was asked for, of which the rows follow."""
        return self.layers, self.ranges, self.measured

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns: sizes, then costs."""
        return (*(size.name for size in self.ranges), *(column.key for column in self.measured))

    def __len__(self) -> int:
        """The combinations of the ranges."""
        return prod(len(size.values) for size in self.ranges)

    def __iter__(self) -> Iterator[Row]:
        """The rows: sizes, then costs, exact."""
        return chain.from_iterable(zip(*columns, strict=True) for columns in self.columns())

    def columns(self) -> Iterator[list[list[Any]]]:
        """The same by columns, many rows at a time."""
        self.left_out = 0
        for chosen, form in self.forms():
            for sizes, costs in form.columns():
                self.left_out += form.left_out
                fixed = {name: [x] * len(costs[0]) for name, x in chosen.items()}
                by_name = fixed | dict(
                    zip((size.name for size in form.running), sizes, strict=False)
                )
                yield [*(by_name[size.name] for size in self.ranges), *costs]

    def forms(self) -> Iterator[tuple[dict[str, Exact], Form]]:
        """The layers in each form, by the numbers that choose it.

        Raises:
            TooLarge: too many of them.
        """
        held = [size for size in self.ranges if _chooses(self.layers, size.name)]
        running = [size for size in self.ranges if size not in held]
        if (forms := prod(len(size.values) for size in held)) > FORMS:
            raise TooLarge(f"{forms:,} forms of the layers", FORMS)
        for values in product(*(size.values for size in held)):
            chosen = dict(zip((size.name for size in held), values, strict=True))
            try:
                put = self.layers._with_sizes({name: Number(x) for name, x in chosen.items()})
            except NotDivisible:
                self.left_out += prod(len(size.values) for size in running)
                continue
            yield chosen, Form(put, running, self.measured)

    def write(self, write: Callable[[str], object]) -> None:
        """The rows as comma-separated values; a broken number that ends is a decimal."""
        write(",".join(self.keys) + "\n")
        for columns in self.columns():
            rows = zip(*(map(_written, column) for column in columns), strict=True)
            write("\n".join(map(",".join, rows)) + "\n" if columns[0] else "")

    def table(self) -> Table:
        """The rows as a table.

        Raises:
            ClosedformError: more rows than anybody reads.
        """
        if len(self) > TABLE:
            raise ClosedformError(
                f"a table of {len(self):,} rows is longer than {TABLE:,}", "write it as csv"
            )
        heads = [
            *(size.name for size in self.ranges),
            *(column.heading for column in self.measured),
        ]
        columns = tuple(Column(*pair) for pair in zip(heads, self.keys, strict=True))
        rows = tuple(self)
        return Table(
            columns, rows, _caption=caption("", {}, self.measured, SOURCE), notes=self.notes()
        )

    def __repr__(self) -> str:
        return f"{len(self):,} rows of {', '.join(self.keys)} for {self.layers}"

    def _repr_html_(self) -> str | None:
        return self.table().to_html() if len(self) <= SHOWN else None

    def notes(self) -> tuple[str, ...]:
        """What was left out of the rows, and of the costs."""
        if not self.left_out:
            return self.uncounted
        rows = f"{self.left_out:,} rows" if self.left_out > 1 else "1 row"
        return (*self.uncounted, f"{rows} left out: groups must divide the channels.")


def sweep(
    layers: Layers,
    *,
    over: Given,
    measures: str | Sequence[str] = ("params", "macs"),
    convention: str = "exact",
    where: Where = "",
) -> Sweep:
    """Costs at all combinations of the sizes in ``over``, worked out when they are asked for.

    Args:
        layers: a layer, a sum or a network with open sizes.
        over: ranges of them: ``R=96..331..32, alpha=0.25..1, g=1,2,4``, or their values by name.
        measures: ``params``, ``macs``, ``flops``, ``activations``.
        convention: how FLOPs are counted.
        where: the other sizes: ``M=64, H=W=56``.

    >>> over = "alpha=0.5..1, R=192..224..32"
    >>> list(sweep("mobilenet_v1(alpha, R)", over=over, measures=["macs"]))[-1]
    (1, 224, 568740352)

    Raises:
        ClosedformError: a range that cannot be read, a size that is not open, or one without value.
    """
    ranges = read_ranges(over)
    whole = layers_of(layers)
    whole = whole._with_sizes(sizes_of(where, [whole]))
    check_free([size.name for size in ranges], [whole])
    others = [name for name in whole.missing() if name not in {size.name for size in ranges}]
    if others:
        raise ClosedformError(
            f"no row has a number without a value for {', '.join(others)}",
            "give it among the other sizes (where), or sweep it too (over)",
        )
    _check_held(whole, ranges)
    measured = read_measures(words_of(measures), [convention])
    return Sweep(whole, ranges, measured, tuple(_uncounted(whole, ranges, measured)))


def _check_held(whole: LayerSum, ranges: Sequence[Range]) -> None:
    """Raise a SizeError unless the layers are as they are stated, at all rows."""
    for held in whole._held():
        asked = [size for size in ranges if size.name in held.condition.names]
        for values in product(*(size.values for size in asked)):
            sizes = zip((size.name for size in asked), values, strict=True)
            held.check({name: Number(x) for name, x in sizes})


def _uncounted(
    whole: LayerSum, ranges: Sequence[Range], measured: Sequence[Measured]
) -> Iterator[str]:
    """What each convention does not count of the layers, seen at the first row.

    Raises:
        ClosedformError: all of it.
    """
    first = whole
    with suppress(NotDivisible):
        first = whole._with_sizes({size.name: Number(size.values[0]) for size in ranges})
    for column in measured:
        names = ", ".join(column.uncounted(first))
        if names and not first.counted(column.by or "exact", column.measure):
            problem = f"{column.by or 'exact'} counts none of these layers"
            raise ClosedformError(problem, "choose another one" if column.by else f"it has {names}")
        if names:
            yield f"{column.by or 'exact'} does not count {names}."


class Form:
    """Layers in which every size is a number or runs, and the formulas of their costs."""

    def __init__(
        self, layers: LayerSum, running: Sequence[Range], measured: Sequence[Measured]
    ) -> None:
        self.running = running
        self.left_out = 0
        names = [size.name for size in running]
        self.trees = [column.tree(layers) for column in measured]
        self.divided = [pair for pair in layers._divisions() if any(map(symbol_names, pair))]
        self.costs = [compiled(tree, names) for tree in self.trees]
        self.divisions = [tuple(compiled(tree, names) for tree in pair) for pair in self.divided]
        self._check(layers, measured)

    def _check(self, layers: LayerSum, measured: Sequence[Measured]) -> None:
        """Hold the formulas against the layers at the first row.

        Raises:
            ClosedformError: sizes that no layer can have.
        """
        first = {size.name: size.values[0] for size in self.running}
        try:
            there = layers._with_sizes({name: Number(x) for name, x in first.items()})
        except NotDivisible:
            return
        for column, cost in zip(measured, self.costs, strict=True):
            if cost(*first.values()) != compiled(column.tree(there))():
                sizes = ", ".join(f"{name}={x}" for name, x in first.items())
                raise ClosedformError(
                    f"at {sizes} the layers have another form", "give these sizes by --where"
                )

    def columns(self) -> Iterator[tuple[list[list[Any]], list[list[Any]]]]:
        """Columns of sizes and of costs, and how many rows were left out."""
        for sizes in _chunks(self.running):
            kept = sizes
            for divisor, multiple in self.divisions:
                pairs = zip(_at(multiple, kept), _at(divisor, kept), strict=True)
                whole = [a % b == 0 for a, b in pairs]
                kept = [list(compress(column, whole)) for column in kept]
            self.left_out = len(sizes[0]) - len(kept[0]) if sizes else 0
            yield kept, [_at(cost, kept) for cost in self.costs]


def _chooses(layers: LayerSum, name: str) -> bool:
    """Whether a number for this size may choose another form of a layer."""
    kinds = [term.call.type for term in layers.terms if isinstance(term.call.type, LayerType)]
    if any(name in kind.cases for kind in kinds):
        return True
    return name not in VARYING and any(kind.contents is not None for kind in kinds)


def _chunks(running: Sequence[Range]) -> Iterator[list[list[Any]]]:
    """All combinations, by columns, so many at a time; one of nothing where nothing runs."""
    if not running:
        yield [[]]
        return
    rows = product(*(size.values for size in running))
    while chunk := list(islice(rows, CHUNK)):
        yield [list(column) for column in zip(*chunk, strict=True)]


def _at(formula: Any, columns: list[list[Any]]) -> list[Any]:
    """A formula at each row, in arrays where NumPy is there and 64 bits are enough."""
    if not formula.sizes:
        return [formula()] * max(1, len(columns[0]))
    if _NUMPY and len(columns[0]) > 1:
        try:
            values = formula(*map(_NUMPY.array, columns))
            return values.tolist() if hasattr(values, "tolist") else [values] * len(columns[0])
        except ClosedformError:
            pass  # A step may pass 64 bits: integers of Python have no end.
    return [formula(*row) for row in zip(*columns, strict=True)]


def _written(x: Exact) -> str:
    if isinstance(x, int) or x.denominator == 1:
        return str(x)
    decimal = float(x)
    return str(decimal) if Fraction(str(decimal)) == x else str(x)
