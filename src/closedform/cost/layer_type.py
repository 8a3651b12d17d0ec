"""A layer type: one plain function of dimensions, and what is known of it besides.

A size that is not given is the symbol of its dimension, so a call with symbols gives the closed
form, one with numbers the count, and a mix the mix.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

import sympy

from closedform.algebra.bridge import from_sympy
from closedform.algebra.exact import value
from closedform.algebra.tree import ONE, Node, Number, Symbol, Tree, symbol_names
from closedform.cost.call import LayerCall
from closedform.cost.record import Cost
from closedform.cost.spaces import IndexSpaces, size
from closedform.cost.sums import LayerSum
from closedform.errors import ClosedformError, NotDivisible, NotPositiveInteger, UnknownName

Size: TypeAlias = int | sympy.Expr | Tree

#: Flags of a layer call and the layer each one appends: ``bias`` and ``bn``.
FLAGS: dict[str, LayerType] = {}


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
        return _built(self, tuple(self._sizes(sizes).items()), flags)

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


@lru_cache(maxsize=4096)
def _built(
    kind: LayerType, values: tuple[tuple[str, Tree], ...], flags: tuple[str, ...]
) -> LayerSum:
    """A layer at its sizes, once: a file of claims and a diagnosis ask for the same ones often."""
    if kind.spaces is None:
        return _composite(kind, dict(values), flags)
    call = _call(kind, dict(values))
    total = LayerSum(((ONE, call),))
    for flag in flags:
        channels, *positions = call.spaces.outputs
        (term,) = FLAGS[flag].at({"N": channels, **_positions(positions)}).terms
        total = total + LayerSum(((ONE, term[1].as_flag()),))
    return total


def _call(kind: LayerType, values: dict[str, Tree]) -> LayerCall:
    closed_form = kind.formula(**values)
    if not isinstance(closed_form, Cost) or kind.spaces is None:
        raise TypeError(f"the formula of {kind.name} must return a Cost")
    return LayerCall(
        kind.name,
        kind.kind,
        tuple(values.items()),
        closed_form,
        kind.spaces.substituted(values),
        tuple((values[divisor], values[name]) for divisor, name in kind.divides),
    )


def _composite(kind: LayerType, values: dict[str, Tree], flags: tuple[str, ...]) -> LayerSum:
    total = kind.formula(**values, **{flag: flag in flags for flag in kind.flags})
    if not isinstance(total, LayerSum):
        raise TypeError(f"the formula of {kind.name} must return a sum of layers")
    return total


def _positions(extents: list[Tree]) -> dict[str, Tree]:
    """Output positions as the H and W of an element-wise layer."""
    if len(extents) == 2:
        return {"H": extents[0], "W": extents[1]}
    return {"H": size(tuple(extents)), "W": ONE}
