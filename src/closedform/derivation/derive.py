"""Derive a cost from first principles, or one design over another, a proven step at a time."""

from __future__ import annotations

from collections.abc import Sequence

from closedform.cost.conventions import convention as convention_called
from closedform.cost.measures import MEASURES
from closedform.cost.own_sizes import own_places
from closedform.derivation.derivation import Derivation
from closedform.derivation.first_principles import cost_chains
from closedform.derivation.ratio import COMPARED, ratio
from closedform.errors import UnknownName
from closedform.given import Layers, label, layers_of, split_quotient, words_of
from closedform.records import replace


def derive(
    layers: Layers,
    over: Layers | None = None,
    *,
    measures: str | Sequence[str] = (),
    convention: str = "exact",
) -> Derivation:
    """The derivation of what ``layers`` cost, or of ``layers`` over ``over``.

    Args:
        layers: a layer or a sum of layers; as text one over another too, ``"A / B"``.
        over: what it is compared with.
        measures: which of ``params``, ``macs``, ``flops``; if none is named, all three for a cost
            and the MACs for a ratio.
        convention: how FLOPs are counted.

    >>> print(derive("linear", measures="macs"))
    linear
    <BLANKLINE>
    MACs of linear
      = N·M   N outputs, each a sum of M products
      = MN    collect

    Raises:
        UnknownName: no measure or convention of that name.
    """
    by, chosen = convention_called(convention).name, words_of(measures)
    for measure in chosen:
        if measure not in MEASURES:
            raise UnknownName("measure", measure, MEASURES)
    if over is None and isinstance(layers, str):
        layers, over = split_quotient(layers)
    sides = [
        side if isinstance(side, str) else label(layers_of(side)) for side in (layers, over) if side
    ]
    if over is not None:
        made = ratio(layers, over, convention=by).derivation(chosen or ("macs",))
    else:
        whole = layers_of(layers)
        chains = [cost_chains(whole, m, by) for m in chosen or COMPARED]
        joined = tuple(chain for part in chains for chain in part)
        made = Derivation("", joined, own_places(whole.terms))
    return replace(made, title=" / ".join(sides))
