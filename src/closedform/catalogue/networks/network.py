"""A named network, and the table of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from inspect import getdoc
from operator import add

from closedform.cost.sums import LayerSum
from closedform.errors import UnknownName

#: Every network by its name, in the order of registration.
NETWORKS: dict[str, Network] = {}


@dataclass(frozen=True)
class Network:
    """A named network; calling it gives its sum of layers."""

    name: str
    summary: str
    source: str
    build: Callable[[], LayerSum]

    def __call__(self) -> LayerSum:
        """The layers at their published sizes."""
        return self.build()


def published(*, source: str) -> Callable[[Callable[[], LayerSum]], Network]:
    """Register a network: the function's name is its name, the docstring its summary.

    Raises:
        ValueError: the name is taken already.
    """

    def register(build: Callable[[], LayerSum]) -> Network:
        made = Network(build.__name__, getdoc(build) or "", source, build)
        if made.name in NETWORKS:
            raise ValueError(f"a network called {made.name} is registered already")
        NETWORKS[made.name] = made
        return made

    return register


def network(name: str) -> Network:
    """The network called ``name``; hyphens and underscores are the same.

    >>> network("MobileNet-v1")().params
    4231976

    Raises:
        UnknownName: with the nearest known name.
    """
    found = NETWORKS.get(normalised(name))
    if found is None:
        raise UnknownName("network", name, NETWORKS)
    return found


def is_network(name: str) -> bool:
    """Whether a network goes by this name."""
    return normalised(name) in NETWORKS


def normalised(name: str) -> str:
    """How names of networks are compared."""
    lowered = name.strip().lower().replace("-", "_")
    # MobileNetV1 is written in one word as often as in two.
    return lowered if lowered in NETWORKS else lowered.replace("netv", "net_v")


def stacked(layers: Iterable[LayerSum]) -> LayerSum:
    """Layers one after the other."""
    return reduce(add, layers)
