"""Operations: what a layer executes, and how many scalar operations of which kind each one takes.

An operation says its kind, its outputs and what each output is taken over, as extents of index
spaces: a convolution is ``contract N H W over M/g k k``. How many multiplications, additions,
divisions … that is follows from :data:`~closedform.cost.kinds.KINDS`, one row a kind. Negation,
copies, indices and zero padding cost nothing of their own; a padded tap is multiplied like any
other.
"""

from __future__ import annotations

from itertools import chain
from typing import Any

from closedform.algebra.tree import ONE, ZERO, Node, Tree, substitute, symbol_names, wrap
from closedform.cost.formula import Space, put, read, size, space
from closedform.cost.kinds import KINDS, SCALARS
from closedform.errors import ClosedformError, UnknownName
from closedform.records import NamedTuple


class Operation(NamedTuple):
    """One step of what a layer executes, for one sample.

    ``outputs``: one extent per index of the output. ``over``: the extents that each output is
    summed, or compared, over. ``rows``: how many sets share one mean or maximum. ``weights``: the
    shape of each weight tensor it reads; ``buffers``: of each tensor that is kept but not learned.
    ``inputs``: how many elements it reads besides its weights. ``sums``: how many of its outputs
    have a product at all, where that are fewer.
    """

    kind: str
    outputs: Space
    over: Space = ()
    rows: Tree = ONE
    weights: tuple[Space, ...] = ()
    buffers: tuple[Space, ...] = ()
    inputs: Tree | None = None
    sums: Tree | None = None

    @property
    def output(self) -> Tree:
        """The number of output elements."""
        return size(self.outputs)

    @property
    def products(self) -> Tree:
        """Outputs times what each is taken over."""
        return size((*self.outputs, *self.over))

    @property
    def macs(self) -> Tree:
        """Products accumulated in a contraction; no other kind has any."""
        return self.products if self.kind == "contract" else ZERO

    @property
    def reads(self) -> Tree:
        """Input elements; as many as outputs where nothing else is said."""
        return self.output if self.inputs is None else self.inputs

    def scalars(self, of: str) -> Tree:
        """How many scalar operations of one kind it takes (:data:`SCALARS`)."""
        formula = KINDS[self.kind].scalars.get(of)
        if formula is None:
            return ZERO
        sums = self.output if self.sums is None else self.sums
        values = {"outputs": sums, "products": self.products, "rows": self.rows}
        return substitute(read(formula), values)

    @property
    def flops(self) -> Tree:
        """Every scalar operation but comparisons: a sum of n products is 2n − 1."""
        if self.kind == "contract" and self.sums is None:
            return (2 * size(self.over) - 1) * self.output
        total: Tree = ZERO
        for of in SCALARS:
            total = total + (ZERO if of == "cmp" else self.scalars(of))
        return total

    def put(self, values: dict[str, Tree]) -> Operation:
        """The operation with sizes put in for their names."""
        return self._replace(
            outputs=put(self.outputs, values),
            over=put(self.over, values),
            rows=substitute(self.rows, values),
            weights=tuple(put(shape, values) for shape in self.weights),
            buffers=tuple(put(shape, values) for shape in self.buffers),
            inputs=None if self.inputs is None else substitute(self.inputs, values),
        )

    def symbols(self) -> tuple[str, ...]:
        """The names that stand in its extents."""
        spaces = (self.outputs, self.over, *self.weights, *self.buffers)
        return symbol_names(*chain.from_iterable(spaces), self.rows, self.reads)


def operation(
    kind: str,
    *outputs: Any,
    over: Any = (),
    rows: Any = 1,
    inputs: Any = None,
    weights: tuple[tuple[Any, ...], ...] = (),
    buffers: tuple[tuple[Any, ...], ...] = (),
) -> Operation:
    """An operation of a kind, with its extents; ``over`` is one extent or several.

    >>> operation("contract", 8, 4, over=3).flops
    160

    Raises:
        UnknownName: no such kind.
        ClosedformError: ``over`` or ``rows`` twice in one.
    """
    if kind not in KINDS:
        raise UnknownName("kind of operation", kind, KINDS)
    extents = over if isinstance(over, tuple) else (over,)
    return Operation(
        kind,
        _space(outputs),
        _space(extents),
        wrap(rows),
        tuple(_space(shape) for shape in weights),
        tuple(_space(shape) for shape in buffers),
        None if inputs is None else wrap(inputs),
    )


def read_operations(written: str) -> tuple[Operation, ...]:
    """Operations as a declaration writes them, apart by ``;``.

    >>> [one.kind for one in read_operations("contract N H W over M/g k k; relu N H W")]
    ['contract', 'relu']

    Raises:
        UnknownName: no such kind.
    """
    return tuple(_operation(part) for part in written.split(";") if part.strip())


def _operation(written: str) -> Operation:
    kind, *words = written.split()
    parts: dict[str, list[str]] = {"outputs": [], "over": [], "rows": []}
    part = "outputs"
    for word in words:
        if word in parts:
            if parts[word] or word == part:
                raise ClosedformError(f"{written.strip()}: {word} stands in it twice")
            part = word
        else:
            parts[part].append(word)
    for name in words:
        if not parts.get(name, [name]):
            raise ClosedformError(f"{written.strip()}: no size stands behind {name}")
    outputs, over, rows = (space(" ".join(sizes)) for sizes in parts.values())
    return operation(kind, *outputs, over=over, rows=size(rows))


def _space(extents: tuple[Any, ...]) -> Space:
    return tuple(extent if isinstance(extent, Node) else wrap(extent) for extent in extents)
