"""``@layer`` and the table it fills.

A layer type is one plain function of its dimensions that returns its closed form; the decorator
adds the second entry (index spaces), the source and the names. Nothing else has to be touched: the
command line, the language, the laws and the catalogue page read :data:`LAYERS`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import sympy

from closedform.algebra.bridge import from_sympy
from closedform.algebra.exact import value
from closedform.algebra.tree import ONE, Node, Number, Symbol, Tree, symbol_names
from closedform.cost.call import LayerCall
from closedform.cost.record import Cost
from closedform.cost.spaces import IndexSpaces, read_spaces, size
from closedform.cost.sums import LayerSum
from closedform.errors import (
    ClosedformError,
    NotDivisible,
    NotPositiveInteger,
    UnknownName,
)

Size: TypeAlias = int | sympy.Expr | Tree

#: Every layer type by its name, in the order of registration.
LAYERS: dict[str, LayerType] = {}
#: Flags of a layer call and the layer each one appends: ``bias`` and ``bn``.
FLAGS: dict[str, LayerType] = {}
_NAMES: dict[str, str] = {}


@dataclass(frozen=True, eq=False)
class LayerType:
    """A layer type; calling it with sizes gives a :class:`~closedform.cost.sums.LayerSum`.

    A size that is not given is the symbol of its dimension.
    """

    name: str
    kind: str
    summary: str
    source: str
    formula: Callable[..., Cost | LayerSum] = field(repr=False)
    dims: tuple[str, ...]
    defaults: Mapping[str, Tree] = field(repr=False)
    aliases: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    weights: str = ""
    loops: str = ""
    spaces: IndexSpaces | None = field(default=None, repr=False)
    divides: tuple[tuple[str, str], ...] = ()

    def __call__(self, *, bias: bool = False, bn: bool = False, **sizes: Size) -> LayerSum:
        """The layer at the given sizes (output height and width), with its flags.

        Raises:
            UnknownName: a size that this layer does not have.
            ClosedformError: a flag that makes no sense here.
            NotPositiveInteger, NotDivisible: a size that no layer can have.
        """
        given = tuple(name for name, on in (("bias", bias), ("bn", bn)) if on)
        return self.at(sizes, given)

    def at(self, sizes: Mapping[str, Size], flags: tuple[str, ...] = ()) -> LayerSum:
        """The same, with the sizes and flags as data."""
        for flag in flags:
            if flag not in self.flags:
                allowed = ", ".join(self.flags) or "none"
                raise ClosedformError(f"{self.name} takes no flag {flag}", f"its flags: {allowed}")
        values = self._sizes(sizes)
        if self.spaces is None:
            return self._composite(values, flags)
        call = self._call(values)
        total = LayerSum(((ONE, call),))
        for flag in flags:
            channels, *positions = call.spaces.outputs
            (term,) = FLAGS[flag].at({"N": channels, **_positions(positions)}).terms
            total = total + LayerSum(((ONE, term[1].as_flag()),))
        return total

    def _sizes(self, given: Mapping[str, Size]) -> dict[str, Tree]:
        for name in given:
            if name not in self.dims:
                raise UnknownName(f"size of {self.name}", name, (*self.dims, *self.flags))
        values: dict[str, Tree] = {}
        for name in self.dims:
            if name not in given:
                values[name] = self.defaults.get(name, Symbol(name))
                continue
            size_given = given[name]
            tree = size_given if isinstance(size_given, Node) else from_sympy(size_given)
            tree = tree if symbol_names(tree) else Number(value(tree, {}))
            if isinstance(tree, Number) and (not isinstance(tree.value, int) or tree.value < 1):
                raise NotPositiveInteger(name, tree.value)
            values[name] = tree
        for divisor, name in self.divides:
            by, whole = values[divisor], values[name]
            if isinstance(by, Number) and isinstance(whole, Number) and whole.value % by.value:
                raise NotDivisible(divisor, by.value, name, whole.value)
        return values

    def _call(self, values: dict[str, Tree]) -> LayerCall:
        closed_form = self.formula(**values)
        if not isinstance(closed_form, Cost) or self.spaces is None:
            raise TypeError(f"the formula of {self.name} must return a Cost")
        return LayerCall(
            self.name,
            self.kind,
            tuple(values.items()),
            closed_form,
            self.spaces.substituted(values),
            tuple((values[divisor], values[name]) for divisor, name in self.divides),
        )

    def _composite(self, values: dict[str, Tree], flags: tuple[str, ...]) -> LayerSum:
        total = self.formula(**values, **{flag: flag in flags for flag in self.flags})
        if not isinstance(total, LayerSum):
            raise TypeError(f"the formula of {self.name} must return a sum of layers")
        return total


def layer(
    *,
    source: str,
    weights: str = "",
    loops: str = "",
    kind: str = "contraction",
    elementwise: int = 0,
    aliases: tuple[str, ...] = (),
    flags: tuple[str, ...] = (),
    divides: tuple[tuple[str, str], ...] = (),
    flag: str = "",
) -> Callable[[Callable[..., Cost | LayerSum]], LayerType]:
    """Register a layer type.

    Args:
        source: where the formula comes from.
        weights: shapes of the weight tensors, ``"N M/g k k"``, apart by ``;``. Without it the
        layer is
            a composite, and its function returns a sum of layer calls.
        loops: the iteration space, ``"N M/g k k H W"``.
        kind: what the conventions tell apart (:data:`closedform.cost.conventions.KINDS`).
        elementwise: scalar operations per output of a layer that sums nothing.
        aliases: further names.
        flags: which of ``bias`` and ``bn`` it takes.
        divides: pairs (divisor, multiple), such as ``("g", "M")``.
        flag: the flag by which other layers append this one.

    Raises:
        ValueError: a name is taken already.
    """

    def register(formula: Callable[..., Cost | LayerSum]) -> LayerType:
        parameters = inspect.signature(formula).parameters
        dims = tuple(name for name in parameters if name not in flags)
        made = LayerType(
            name=formula.__name__,
            kind=kind if weights else "composite",
            summary=inspect.getdoc(formula) or "",
            source=source,
            formula=formula,
            dims=dims,
            defaults={
                name: Number(p.default)
                for name, p in parameters.items()
                if name in dims and p.default is not inspect.Parameter.empty
            },
            aliases=aliases,
            flags=flags,
            weights=weights,
            loops=loops,
            spaces=read_spaces(weights, loops, elementwise) if weights else None,
            divides=divides,
        )
        for name in (made.name, *aliases):
            if normalised(name) in _NAMES:
                raise ValueError(f"a layer called {name} is registered already")
            _NAMES[normalised(name)] = made.name
        LAYERS[made.name] = made
        if flag:
            FLAGS[flag] = made
        return made

    return register


def lookup(name: str) -> LayerType:
    """The layer type called ``name``: any alias, hyphens and underscores alike.

    Raises:
        UnknownName: with the nearest known name.
    """
    found = _NAMES.get(normalised(name))
    if found is None:
        raise UnknownName("layer", name, _NAMES)
    return LAYERS[found]


def is_layer(name: str) -> bool:
    """Whether a layer goes by this name."""
    return normalised(name) in _NAMES


def layer_names() -> tuple[str, ...]:
    """Every name and alias that a layer goes by."""
    return tuple(_NAMES)


def normalised(name: str) -> str:
    """How names are compared."""
    return name.strip().lower().replace("-", "_")


def _positions(extents: list[Tree]) -> dict[str, Tree]:
    """Output positions as the H and W of an element-wise layer."""
    if len(extents) == 2:
        return {"H": extents[0], "W": extents[1]}
    return {"H": size(tuple(extents)), "W": ONE}
