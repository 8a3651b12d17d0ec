"""``@layer`` and the table it fills.

A layer type is one plain function of its dimensions that returns its closed form; the decorator
adds the second entry (index spaces), the source and the names. Nothing else has to be touched: the
command line, the language, the laws and the catalogue page read :data:`LAYERS`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable

from closedform.algebra.tree import Number
from closedform.cost.layer_type import FLAGS, LayerType
from closedform.cost.record import Cost
from closedform.cost.spaces import read_spaces
from closedform.cost.sums import LayerSum
from closedform.errors import UnknownName
from closedform.language.layer_names import LAYER_NAMES, is_layer, layer_names, normalised

__all__ = ["FLAGS", "LAYERS", "LayerType", "is_layer", "layer", "layer_names", "lookup"]

#: Every layer type by its name, in the order of registration.
LAYERS: dict[str, LayerType] = {}


def layer(  # noqa: PLR0913  (a keyword for each thing that may be known of a layer)
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
            layer is a composite, and its function returns a sum of layer calls.
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
        _register(made)
        if flag:
            FLAGS[flag] = made
        return made

    return register


def _register(made: LayerType) -> None:
    """File a layer under its name and aliases."""
    for name in (made.name, *made.aliases):
        if is_layer(name):
            raise ValueError(f"a layer called {name} is registered already")
        LAYER_NAMES[normalised(name)] = made.name
    LAYERS[made.name] = made


def lookup(name: str) -> LayerType:
    """The layer type called ``name``: any alias, hyphens and underscores alike.

    Raises:
        UnknownName: with the nearest known name.
    """
    found = LAYER_NAMES.get(normalised(name))
    if found is None:
        raise UnknownName("layer", name, LAYER_NAMES)
    return LAYERS[found]
