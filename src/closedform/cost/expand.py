"""Quantities worked out: the layers that a text names, and the formulas that they cost.

The language reads ``params(conv(bias))`` as data; here the names are looked up, and each argument
is a size or a flag of the layer it was given to.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from operator import add

from closedform.algebra.tree import Symbol, Tree
from closedform.cost.layer_type import LayerType
from closedform.cost.registry import lookup
from closedform.cost.sums import LayerSum, shared
from closedform.errors import ClosedformError, ParseError, UnknownName
from closedform.language.layers import (
    Added,
    Argument,
    Expanded,
    LayerNode,
    Layers,
    Place,
    Quantity,
    Repeated,
    Shared,
    quantities,
    with_quantities,
)


@dataclass(frozen=True)
class Costed:
    """A quantity with its layers looked up: ``measure`` of ``layers``.

    ``by`` is the convention that FLOPs are counted by, ``kind`` the kind of scalar operation.
    """

    measure: str
    layers: LayerSum
    by: str = "exact"
    kind: str = ""

    @property
    def tree(self) -> Tree:
        """The formula."""
        return self.layers.tree(self.measure, self.by, kind=self.kind)

    @property
    def notes(self) -> tuple[str, ...]:
        """What the convention leaves out, where it counts a part."""
        left = self.layers.uncounted(self.by) if self.measure == "flops" else ()
        return (f"{self.by} does not count {', '.join(left)}",) if left else ()


def expand(tree: Tree, text: str) -> Expanded:
    """The tree, read in ``text``, with a formula for each quantity, and what must be whole.

    >>> from closedform.language.parser import parse
    >>> from closedform.typeset.text import text
    >>> from closedform.cost.expand import expand
    >>> text(expand(parse("2 params(conv(M=3))"), "").tree)
    '2·3k²N'

    Raises:
        ParseError: a layer or size that is unknown, a layer that a convention does not count.
    """
    asked = quantities(tree)
    if not asked:
        return Expanded(tree)
    found = [costed(quantity, text) for quantity in asked]
    pairs = dict.fromkeys(pair for one in found for pair in one.layers.divisions())
    formulas = iter([one.tree for one in found])
    notes = tuple(dict.fromkeys(note for one in found for note in one.notes))
    return Expanded(with_quantities(tree, lambda _: next(formulas)), tuple(pairs), notes)


def costed(quantity: Quantity, text: str = "") -> Costed:
    """A quantity, read in ``text``, with its layers looked up.

    Raises:
        ParseError: as :func:`expand`.
    """
    found = Costed(quantity.measure, layer_sum(quantity.layers, text))
    at = quantity.place
    for option in quantity.options:
        by_kind = option.name == "kind"
        found = replace(found, kind=option.value) if by_kind else replace(found, by=option.value)
        at = option.value_place
    try:
        nothing = found.measure == "flops" and not found.layers.counted(found.by)
        found.tree  # noqa: B018  (names of conventions and kinds are looked up here)
    except UnknownName as error:
        raise _error(text, at, error) from error
    if nothing:
        names = ", ".join(found.layers.uncounted(found.by))
        raise ParseError(text, *at, f"the convention {found.by} does not count {names}")
    return found


def layer_sum(layers: Layers, text: str) -> LayerSum:
    """The sum of layers that was named in ``text``.

    Raises:
        ParseError: a size or flag that a layer does not have, with the place.
    """
    match layers:
        case Added(terms=terms):
            return reduce(add, (layer_sum(term, text) for term in terms))
        case Repeated(times=times, layers=inner):
            return layer_sum(inner, text) * expand(times, text).tree
        case LayerNode():
            return _layer(layers, text)
        case Shared(uses=uses, layers=inner):
            return shared(expand(uses, text).tree, layer_sum(inner, text))
    raise TypeError(f"no sum of layers: {layers}")


def _layer(node: LayerNode, text: str) -> LayerSum:
    kind = lookup(node.name)
    sizes: dict[str, Tree] = {}
    flags: dict[str, bool] = {}
    for argument in node.arguments:
        key = argument.name
        if key in kind.dims or key == "B":
            given: dict[str, Tree] | dict[str, bool] = sizes
        elif key.lower() in kind.flags:
            key, given = key.lower(), flags
        else:
            raise _unknown(kind, argument, text)
        if key in given:
            problem = f"{key} is given twice"
            raise ParseError(text, *argument.place, problem, "give each size once")
        if given is flags:
            flags[key] = _flag(key, argument, text)
        else:
            sizes[key] = _size(key, argument, text)
    try:
        return kind.at(sizes, tuple(flag for flag in kind.flags if flags.get(flag)))
    except ClosedformError as error:
        raise _error(text, node.place, error) from error


def _flag(name: str, argument: Argument, text: str) -> bool:
    if argument.value is None or isinstance(argument.value, bool):
        return argument.value is not False
    problem, hint = f"{name} is true or false", f"write {name}, or {name}=true"
    raise ParseError(text, *argument.value_place, problem, hint)


def _size(name: str, argument: Argument, text: str) -> Tree:
    """The size that was given; the name alone keeps it a symbol."""
    if argument.value is None:
        return Symbol(name)
    if isinstance(argument.value, bool):
        hint = f"write {name}=3, or {name} alone for the symbol"
        raise ParseError(text, *argument.value_place, f"{name} is a number", hint)
    return expand(argument.value, text).tree


def _unknown(kind: LayerType, argument: Argument, text: str) -> ParseError:
    error = UnknownName(
        f"size or flag of {kind.name}", argument.name[:40], (*kind.dims, "B", *kind.flags)
    )
    sizes, flags = ", ".join(kind.dims), ", ".join(kind.flags) or "none"
    hint = f"{error.hint}\nsizes of {kind.name}: {sizes}; flags: {flags}"
    return ParseError(text, *argument.place, error.problem, hint)


def _error(text: str, place: Place, error: ClosedformError) -> ParseError:
    return ParseError(text, *place, error.problem, error.hint)
