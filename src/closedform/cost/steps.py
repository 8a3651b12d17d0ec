"""Layer types that are made where they are used: steps of a layer, and what nobody knows."""

from __future__ import annotations

from collections.abc import Iterable

from closedform.algebra.tree import Tree
from closedform.cost.held import Held
from closedform.cost.layer_type import LayerType
from closedform.cost.measures import UNSTATED
from closedform.cost.operations import Operation, operation
from closedform.cost.sums import LayerSum


def step(
    name: str, *operations: Operation, family: str = "", ways: tuple[str, ...] = ()
) -> LayerSum:
    """Operations among the parts of a layer, which have no layer of their own.

    Its sizes are the symbols that they are stated in.
    """
    names = dict.fromkeys(name for part in operations for name in part.symbols())
    return LayerType(
        name=name,
        family=family,
        summary=f"The step {name} of a layer.",
        source="the layer that it is a step of",
        formula=UNSTATED,
        dims=tuple(names),
        written_defaults={},
        ways=ways,
        contents=lambda **sizes: [part.put(sizes) for part in operations],
    )()


def multiple(size: str, of: int) -> LayerSum:
    """What says of an open size that only multiples of a number can be put in; it costs nothing."""
    return LayerType(
        name=f"multiple_of_{of}",
        summary=f"{size} is a multiple of {of}.",
        source="the model that asks for it",
        formula=UNSTATED,
        dims=(size,),
        written_defaults={},
        divides=((str(of), size),),
        contents=lambda **_: [],
    )()


def only_where(condition: Held) -> LayerSum:
    """What says under which condition a model is as it is stated; it costs nothing."""
    return LayerType(
        name="condition",
        summary=f"The condition {condition.shown}.",
        source="the model that asks for it",
        formula=UNSTATED,
        dims=tuple(sorted(condition.condition.names)),
        written_defaults={},
        holds=(condition,),
        contents=lambda **_: [],
    )()


def taking(layers: LayerSum, names: Iterable[str]) -> LayerSum:
    """Layers of a model with all sizes of its input, also those that no cost depends on."""
    others = tuple(name for name in dict.fromkeys(names) if name not in layers.missing())
    if not others:
        return layers
    return (
        layers
        + LayerType(
            name="input",
            summary="Sizes of an input that no layer depends on.",
            source="the model that is given them",
            formula=UNSTATED,
            dims=others,
            written_defaults={},
            contents=lambda **_: [],
        )()
    )


def unknown(name: str, *outputs: Tree) -> LayerSum:
    """An operator of which only the output is known: what it takes is in no total, and told."""
    return step(name, operation("gather", *outputs), family="unknown")
