"""How costs grow: what doubling a size does, which term leads from where on, limits of shares."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from closedform.algebra.exact import value
from closedform.algebra.leading import leading
from closedform.algebra.tree import ZERO, Call, Node, Symbol, Tree, symbol_names, walk
from closedform.cost.own_sizes import placing
from closedform.cost.sums import LayerSum
from closedform.errors import ClosedformError, UnknownName
from closedform.figures.breakdown import published
from closedform.figures.columns import Measured, caption, read_measures, size_words, uncounted_notes
from closedform.figures.sizes import sizes_of
from closedform.figures.table import share
from closedform.given import Layers, Where, layers_of, words_of
from closedform.symbols import is_scale
from closedform.typeset.cells import Entry
from closedform.typeset.notation import Notation
from closedform.typeset.numbers import FULL, PERCENT, RATIO, Digits
from closedform.typeset.prose import Prose
from closedform.typeset.tables import Column, Table

#: What is shown when nothing else is asked for.
SHOWN = ("params", "macs")
FACTOR = "A factor is by how much a cost grows when the size doubles."
#: How a sum of layers is split for shares.
SPLITS: Mapping[str, Callable[[LayerSum], dict[str, LayerSum]]] = {
    "kind": LayerSum.parts,
    "stage": LayerSum.stages,
}


def growth(
    layers: Layers,
    *,
    over: str | Sequence[str] = (),
    measures: str | Sequence[str] = SHOWN,
    convention: str = "exact",
    where: Where = "",
    by: str = "",
    notation: str | Notation = "source",
) -> Table:
    """What doubling each open size does to each cost: for large sizes, and exactly at given ones.

    Args:
        layers: a layer, a sum or a network with open sizes: ``resnet50(R)``, ``llama``.
        over: the sizes that grow; by default every open one.
        measures: ``params``, ``macs``, ``flops``, ``activations``.
        convention: how FLOPs are counted.
        where: sizes at which the exact factor is worked out, else the published ones.
        by: ``kind`` or ``stage``: a row for each, with its share for large sizes.
        notation: the letters of the formulas.

    >>> from closedform import llama2_7b
    >>> print(growth(llama2_7b(), measures=["macs"], where="n=4096").to_csv())
    size,cost,for_large_sizes,factor,leads_from,factor_there
    n,MACs,262144n²,4,25204,2.28
    <BLANKLINE>

    Raises:
        UnknownName: no such measure, convention or split.
        ClosedformError: no open size, a size that is not open, or a cost that is no power of it.
    """
    if by and by not in SPLITS:
        raise UnknownName("split", by, SPLITS)
    whole, measured = layers_of(layers), read_measures(words_of(measures), [convention])
    letters = placing(notation, whole.terms)
    names = _growing(whole, words_of(over))
    left_out = uncounted_notes([whole], measured)
    if by:
        rows = tuple(_shares(whole, names, measured, SPLITS[by]))
        heads = ("Size", "Cost", "Layer", "factor", "% for large sizes")
        columns = _columns(heads, {"% for large sizes": PERCENT})
        said = _said(measured, rows, letters)
        return Table(columns, rows, _caption=said, notes=left_out, notation=letters)
    at = {**(published(whole) or {}), **sizes_of(where, [whole])}
    still = whole._with_sizes(at).missing()
    if where and still:
        raise ClosedformError(
            "a doubling is worked out where every open size has a value",
            f"give one to {', '.join(still)} too",
        )
    known = not still
    heads = ("Size", "Cost", "for large sizes", "factor", "leads from")
    columns = _columns((*heads, *(["factor there"] if known else [])), {"factor there": RATIO})
    unknown: list[ClosedformError] = []
    rows = tuple(_rows(whole, names, measured, at if known else {}, unknown))
    if rows and len(unknown) == len(rows):
        raise unknown[0]
    left_out += tuple(dict.fromkeys(error.problem for error in unknown))
    said = _said(measured, rows, letters, {n: at[n] for n in whole.missing()} if known else {})
    return Table(columns, rows, _caption=said, notes=left_out, notation=letters)


def _said(
    measured: Sequence[Measured],
    rows: Sequence[Sequence[Entry]],
    letters: Notation,
    there: Mapping[str, Tree] = MappingProxyType({}),
) -> Prose:
    """What the rows count, what a factor is, and where the last column is."""
    shown = [column for column in measured if any(row[1] == column.heading for row in rows)]
    said = (*caption("", {}, shown, letters), f" {FACTOR}")
    return (*said, " There: at ", *size_words(there, letters), ".") if there else said


def _growing(whole: LayerSum, over: Sequence[str]) -> tuple[str, ...]:
    """The sizes that grow.

    Raises:
        ClosedformError: one is not open, or none is.
    """
    open_sizes = whole.missing()
    for name in over:
        if name not in open_sizes:
            hint = "open sizes: " + (", ".join(open_sizes) or "none; write resnet50(R) for R")
            raise ClosedformError(f"no layer has an open size {name}", hint)
    if not open_sizes:
        raise ClosedformError(
            "no size is open, so nothing grows", "leave a size open: resnet50(R), llama2_7b"
        )
    return tuple(dict.fromkeys(over)) or open_sizes


def _rows(
    whole: LayerSum,
    names: Sequence[str],
    measured: Sequence[Measured],
    at: Mapping[str, Tree],
    unknown: list[ClosedformError],
) -> Iterator[tuple[Entry, ...]]:
    """A row a size and cost; ``unknown`` collects why it is not known how one grows."""
    for name in names:
        for column, tree in _costs(whole, name, measured):
            there = (_doubled(tree, name, at),) if at else ()
            try:
                top = leading(tree, name)
            except ClosedformError as error:
                unknown.append(error)
                yield Symbol(name), column.heading, None, None, None, *there
                continue
            leads = None if is_scale(name) else top.leads_from()
            if isinstance(leads, Node) and any(isinstance(part, Call) for part in walk(leads)):
                leads = None  # Rounded sides of every stage: nobody reads that.
            yield Symbol(name), column.heading, top.term, _factor(top.degree), leads, *there


def _shares(
    whole: LayerSum,
    names: Sequence[str],
    measured: Sequence[Measured],
    split: Callable[[LayerSum], dict[str, LayerSum]],
) -> Iterator[tuple[Entry, ...]]:
    """The parts of the whole, each with what is left of its share as a size grows."""
    for name in names:
        for column, tree in _costs(whole, name, measured):
            top = leading(tree, name)
            for part, inside in split(whole).items():
                cost = column.of(inside)
                if cost is None or cost == ZERO:
                    continue
                inner = leading(cost, name)
                leads = inner.coefficient if inner.degree == top.degree else ZERO
                label = part.replace("_", " ")
                limit = share(leads, top.coefficient, 100)
                yield Symbol(name), column.heading, label, _factor(inner.degree), limit


def _costs(
    whole: LayerSum, name: str, measured: Sequence[Measured]
) -> Iterator[tuple[Measured, Tree]]:
    """The costs in which a size occurs."""
    for column in measured:
        tree = column.of(whole)
        if tree is not None and name in symbol_names(tree):
            yield column, tree


def _factor(degree: int) -> Fraction | int:
    return 2**degree if degree >= 0 else Fraction(1, 2**-degree)


def _doubled(tree: Tree, name: str, at: Mapping[str, Tree]) -> Fraction:
    """The factor by which a cost grows when the size is doubled from where it is."""
    before = {n: value(size, {}) for n, size in at.items()}
    return Fraction(value(tree, {**before, name: 2 * before[name]})) / value(tree, before)


def _columns(heads: Sequence[str], digits: Mapping[str, Digits]) -> tuple[Column, ...]:
    return tuple(
        Column(head, head.lower().replace("%", "share").replace(" ", "_"), digits.get(head, FULL))
        for head in heads
    )
