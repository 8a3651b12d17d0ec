"""A layer of the oracle beside a module of PyTorch that has its weights and its input."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.oracle.layers import executed
from tests.oracle.tensors import numbers, sides_of

torch = pytest.importorskip("torch")


class Case:
    """A layer at its sizes and flags, and what makes the module of it.

    ``order``: which of the oracle's weights the module's parameters are, if it has them in another
    order, or how they are made of them. ``batched``: the module asks for a batch. ``within``: how
    near its values are; it may count in single precision.
    """

    def __init__(
        self,
        said: str,
        make: Callable[[], Any],
        *,
        order: str | Callable[[list[Any]], list[Any]] = "",
        batched: bool = False,
        within: float = 1e-9,
    ) -> None:
        self.name, *words = said.split()
        self.sizes = {w.split("=")[0]: int(w.split("=")[1]) for w in words if "=" in w}
        self.flags = [word for word in words if "=" not in word]
        self.make, self.order, self.batched, self.said = make, order, batched, said
        self.within = within

    def arranged(self, weights: list[Any]) -> list[Any]:
        """The weights in the order of the module."""
        if not isinstance(self.order, str):
            return self.order(weights)
        made = [weights[int(i)] for i in self.order.split()] if self.order else weights
        assert len(made) == len(weights)
        return made


def tensor(x: Any) -> Any:
    """A tensor of the oracle: rows, a map, or several of them; words stay whole numbers."""
    if isinstance(x, list) and x and isinstance(x[0], dict):
        return torch.stack([flat(channel).reshape(sides_of(x)) for channel in x])
    if isinstance(x, list) and isinstance(x[0], int):
        return torch.tensor(x)
    return torch.stack([tensor(one) for one in x]) if isinstance(x, list) else flat(x)[0]


def flat(x: Any) -> Any:
    """Its elements, in order."""
    return torch.tensor([one.value for one in numbers(x)], dtype=torch.float64)


def filled(module: Any, weights: list[Any], buffers: list[Any]) -> Any:
    """The module with these weights, of which none is left over."""
    for own, given in ((module.parameters(), weights), (module.buffers(), buffers)):
        places = [one.data for one in own if one.is_floating_point()]
        elements = flat(given)
        assert sum(one.numel() for one in places) == len(elements)
        for place, part in zip(
            places, elements.split([one.numel() for one in places]), strict=True
        ):
            place.copy_(part.reshape(place.shape))
    for part in module.modules():
        for name in ("eps", "variance_epsilon"):
            if hasattr(part, name):
                setattr(part, name, 1e-5)
    return module


class Named(torch.nn.Module):
    """A module that is called in its own way."""

    def __init__(self, module: Any, call: Callable[..., Any]) -> None:
        super().__init__()
        self.module, self.call = module, call

    def forward(self, *given: Any) -> Any:
        """What its own way of being called gives."""
        return self.call(self.module, *given)


def computes_the_same(case: Case) -> None:
    """The module gives what the oracle gives, and has as many parameters."""
    found = executed(case.name, case.sizes, case.flags)
    module = case.make()
    if isinstance(module, torch.nn.Module):
        weights = case.arranged(found.weights)
        module = filled(module.double(), weights, found.buffers)
        module.train("batch_statistics" in case.flags)
        assert sum(one.numel() for one in module.parameters()) == found.counts["params"]
    inputs = [tensor(one) for one in found.inputs]
    with torch.no_grad():
        output = module(*(x[None] for x in inputs))[0] if case.batched else module(*inputs)
    torch.testing.assert_close(output, tensor(found.output), rtol=case.within, atol=case.within)
