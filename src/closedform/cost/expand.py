"""Quantities worked out: the layers that a text names, and the formulas that they cost.

The language reads ``params(conv(bias))`` as data; here the names are looked up, and each argument
is a size or a flag of the layer it was given to.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property, lru_cache, reduce
from operator import add

from closedform.algebra.condition import Condition
from closedform.algebra.tree import Symbol, Tree
from closedform.cost.portions import only, without
from closedform.cost.registry import lookup
from closedform.cost.size_checks import unknown_size
from closedform.cost.sums import LayerSum
from closedform.cost.uses import shared
from closedform.errors import ClosedformError, ParseError, UnknownName
from closedform.language.layers import (
    Added,
    Argument,
    Expanded,
    LayerNode,
    Layers,
    Place,
    Portion,
    Quantity,
    Repeated,
    Shared,
    layers_of,
    quantities,
    with_quantities,
)
from closedform.records import record
from closedform.synonyms import own_flag


@record
class Costed:
    """A quantity with its layers looked up: ``tree`` is ``measure`` of ``layers``.

    ``by`` is the convention that FLOPs are counted by, ``kind`` the kind of scalar operation.
    ``divisions`` are the pairs (divisor, multiple) that the layers ask to be whole, ``held`` what
    else must hold, ``notes`` what the convention leaves out, where it counts a part.
    """

    measure: str
    layers: LayerSum
    by: str
    kind: str
    tree: Tree
    divisions: tuple[tuple[Tree, Tree], ...]
    notes: tuple[str, ...]
    held: tuple[Condition, ...]

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.measure, self.layers, self.by, self.kind))


def expand(tree: Tree, text: str = "") -> Expanded:
    """The tree, read in ``text``, with a formula for each quantity, and what must be whole.

    >>> from closedform.language.parser import parse
    >>> from closedform.typeset.text import text
    >>> from closedform.cost.expand import expand
    >>> text(expand(parse("2 params(conv(M=3))")).tree)
    '2·3k²N'

    Raises:
        ParseError: a layer or size that is unknown, a layer that a convention does not count.
    """
    asked = quantities(tree)
    if not asked:
        return Expanded(tree)
    try:
        costs = [costed(quantity) for quantity in asked]
    except ParseError as error:
        raise _read_in(text, error) from error
    formulas = iter([cost.tree for cost in costs])
    pairs = dict.fromkeys(pair for cost in costs for pair in cost.divisions)
    notes = tuple(dict.fromkeys(note for cost in costs for note in cost.notes))
    held = tuple(dict.fromkeys(condition for cost in costs for condition in cost.held))
    return Expanded(with_quantities(tree, lambda _: next(formulas)), tuple(pairs), notes, held)


def layers_asked(*trees: Tree) -> tuple[LayerSum, ...]:
    """The layers that the quantities in trees are of, as they were read."""
    return tuple(costed(quantity).layers for tree in trees for quantity in quantities(tree))


def layers_in(layers: Layers, text: str) -> LayerSum:
    """The sum of layers that was named in ``text``.

    Raises:
        ParseError: a size or flag that a layer does not have, with the place.
    """
    try:
        return _layer_sum(layers)
    except ParseError as error:
        raise _read_in(text, error) from error


def _read_in(text: str, error: ParseError) -> ParseError:
    """The error, which knows its place, with the text that it is a place of."""
    return ParseError(text, error.start, error.end, error.problem, error.hint)


@lru_cache(maxsize=2048)
def costed(quantity: Quantity) -> Costed:
    """A quantity with its layers looked up, once: a file of claims asks for the same ones often.

    Raises:
        ParseError: as :func:`expand`, without the text.
    """
    layers, measure = _layer_sum(quantity.layers), quantity.measure
    options = {option.name: option.value for option in quantity.options}
    by = options.pop("convention", "exact")
    kind = next(iter(options.values()), "")
    at = next((option.value_place for option in quantity.options), quantity.place)
    try:
        left = layers.uncounted(by, measure)
        tree = layers._tree(measure, by, kind=kind)
    except UnknownName as error:
        raise _at(at, error) from error
    note = f"{by} does not count {', '.join(left)}"
    if left and not layers.counted(by, measure):
        raise ParseError("", *at, f"the convention {note}")
    notes = (note,) if left else ()
    held = tuple(one.condition for one in layers._held())
    return Costed(measure, layers, by, kind, tree, layers._divisions(), notes, held)


def _layer_sum(layers: Layers) -> LayerSum:
    match layers:
        case Added(terms=terms):
            return reduce(add, map(_layer_sum, terms))
        case Repeated(times=times, layers=inner):
            with _raised_at(layers_of(inner)[0].place):
                return _layer_sum(inner) * expand(times).tree
        case LayerNode():
            return _layer(layers)
        case Shared(uses=uses, layers=inner):
            with _raised_at(layers_of(inner)[0].place):
                return shared(expand(uses).tree, _layer_sum(inner))
        case Portion():
            with _raised_at(layers.place):
                return (only if layers.kept else without)(layers.part, _layer_sum(layers.layers))
    raise TypeError(f"no sum of layers: {layers}")


@contextmanager
def _raised_at(place: Place) -> Iterator[None]:
    """Errors that know no place, at this one."""
    try:
        yield
    except ParseError:
        raise
    except ClosedformError as error:
        raise _at(place, error) from error


def _layer(node: LayerNode) -> LayerSum:
    kind = lookup(node.name)
    sizes: dict[str, Tree] = {}
    flags: dict[str, bool] = {}
    for argument in node.arguments:
        name = own_flag(kind.name, argument.name)
        name = name.lower() if name.lower() in kind.words else name
        if name in sizes or name in flags:
            raise ParseError("", *argument.place, f"{name} is given twice", "give each size once")
        if name in kind.dims or name == "B":
            sizes[name] = _size(name, argument)
        elif name in kind.words:
            flags[name] = _flag(name, argument)
        else:
            raise _at(argument.place, unknown_size(kind, name))
    try:
        return kind.at(sizes, tuple(word for word in kind.words if flags.get(word)))
    except ClosedformError as error:
        size = getattr(error, "size", "")
        places = (given.value_place for given in node.arguments if given.name == size)
        raise _at(next(places, node.place), error) from error


def _flag(name: str, argument: Argument) -> bool:
    if argument.value is None or isinstance(argument.value, bool):
        return argument.value is not False
    problem, hint = f"{name} is true or false", f"write {name}, or {name}=true"
    raise ParseError("", *argument.value_place, problem, hint)


def _size(name: str, argument: Argument) -> Tree:
    """The size that was given; the name alone keeps it a symbol."""
    if argument.value is None:
        return Symbol(name)
    if isinstance(argument.value, bool):
        hint = f"write {name}=3, or {name} alone for the symbol"
        raise ParseError("", *argument.value_place, f"{name} is a number", hint)
    return expand(argument.value).tree


def _at(place: Place, error: ClosedformError) -> ParseError:
    return ParseError("", *place, error.problem, error.hint)
