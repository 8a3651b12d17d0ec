"""Sizes put into layers that are symbols: conv with k = 3, M = N = 512."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from closedform.algebra.assumptions import assume
from closedform.algebra.exact import value
from closedform.algebra.tree import Number, Tree, symbol_names
from closedform.cost.layer_type import LAYERS
from closedform.cost.size_checks import how_left_open
from closedform.cost.sums import LayerSum
from closedform.errors import ClosedformError, MissingSize
from closedform.reading import read_conditions
from closedform.typeset.text import text

Sizes = Mapping[str, Tree]


def read_sizes(written: str, names: Iterable[str] = ()) -> dict[str, Tree]:
    """The sizes in a text such as ``k=3, M=N=512``; ``names`` are words that are one size.

    >>> read_sizes("k=3, M=N=512")["M"]
    512

    Raises:
        ClosedformError: a condition that is no equation, or that cannot be solved for a symbol.
    """
    conditions = read_conditions(written, names)
    for condition in conditions:
        if condition.relation != "=":
            raise ClosedformError(
                f"{text(condition.left)} {condition.relation} {text(condition.right)} is no size",
                "write equations: k=3, M=N=512",
            )
    equations = assume(conditions).equations
    return {
        name: tree if symbol_names(tree) else Number(value(tree, {}))
        for name, tree in equations.items()
    }


def sizes_of(written: str, layers: Iterable[LayerSum]) -> dict[str, Tree]:
    """The sizes in a text that is meant for these layers; no text is no sizes.

    Raises:
        ClosedformError: what :func:`read_sizes` raises, or a size that no layer has.
    """
    if not written.strip():
        return {}
    layers = tuple(layers)
    missing = _free(layers)
    sizes = read_sizes(written, missing)
    known = set(missing)
    # A size may be given by way of another symbol: M = 4c, c = 64.
    linked = [condition.names for condition in read_conditions(written, missing)]
    for _ in linked:
        known.update(*(names for names in linked if names & known))
    for name in sizes:
        if name not in known:
            raise _not_free(name, layers)
    return sizes


def put_in(layers: LayerSum, sizes: Sizes) -> LayerSum:
    """The layers with the sizes in place of the symbols.

    >>> from closedform import conv, parse
    >>> from closedform.symbols import N
    >>> put_in(conv(k=3, M=N), read_sizes("N=8")).params
    576

    Raises:
        NotPositiveInteger, NotDivisible: sizes that no layer can have.
    """
    if not sizes:
        return layers
    return layers._with_sizes(sizes)


def check_free(names: Iterable[str], layers: Iterable[LayerSum]) -> None:
    """Do nothing if each name is a size that is still a symbol in one of the layers.

    Raises:
        ClosedformError: one is not.
    """
    layers = tuple(layers)
    for name in names:
        if name not in _free(layers):
            raise _not_free(name, layers)


def _free(layers: Iterable[LayerSum]) -> dict[str, None]:
    return dict.fromkeys(name for layer in layers for name in layer.missing())


def _not_free(name: str, layers: Iterable[LayerSum]) -> ClosedformError:
    """That no layer has the size open, and where one has it as a number."""
    hint = f"free sizes: {', '.join(_free(layers)) or 'none'}"
    hint += how_left_open(name, (term for layer in layers for term in layer.terms))
    return ClosedformError(f"no layer has a free size {name}", hint)


def missing_value(names: Iterable[str], layers: LayerSum) -> MissingSize:
    """The error for sizes that are still symbols, with published layers that have numbers."""
    kinds = {term.call.layer for term in layers.terms}
    return MissingSize(names, [kind.name for kind in LAYERS.values() if kind.preset_of in kinds])


def check_only(tree: Tree, names: Iterable[str]) -> None:
    """Do nothing if a formula has no symbols but these.

    Raises:
        MissingSize: it has.
    """
    others = [name for name in symbol_names(tree) if name not in {*names}]
    if others:
        raise MissingSize(others)
