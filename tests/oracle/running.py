"""The list of what the oracle executes, and one execution at sizes that are drawn."""

from __future__ import annotations

import inspect
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from tests.oracle.number import COUNTS, SCALARS
from tests.oracle.tensors import BUFFERS, WEIGHTS, sides_of, start

F = TypeVar("F", bound=Callable[..., Any])

#: What a size is drawn from; others are drawn from 1 to 4.
RANGES: dict[str, tuple[int, int]] = {
    **dict.fromkeys(("k", "k_d", "k_h", "k_w", "g", "s", "s_d", "s_h", "s_w", "w", "h"), (1, 3)),
    **dict.fromkeys(("H_in", "W_in", "L_in"), (1, 6)),
    **dict.fromkeys(("M", "N", "d", "f"), (1, 6)),
    **dict.fromkeys(("D", "D_in", "h_kv", "B"), (1, 2)),
    "p": (0, 2),
}
#: What the sides of a map are called, by how many there are.
SIDES = ("", "L", "HW", "DHW")
#: Draws until sizes are found that fit each other.
TRIES = 500


class Misfit(Exception):
    """Sizes that no layer of this kind has."""


def require(fits: bool) -> None:
    """Sizes that a layer cannot have are drawn anew."""
    if not fits:
        raise Misfit


@dataclass(frozen=True)
class Executor:
    """A layer as it is executed, what it is given, and further sizes that follow from the drawn."""

    run: Callable[..., Any]
    inputs: Callable[..., tuple[Any, ...]]
    told: Callable[..., dict[str, int]]

    def sizes(self) -> dict[str, object]:
        """Every size with its default; flags are no sizes, tensors neither."""
        own = [one for one in _parameters(self.run) if one.annotation in ("int", "int | None")]
        return {one.name: one.default for one in (*own, *_parameters(self.inputs))}


EXECUTORS: dict[str, Executor] = {}


def nothing() -> dict[str, int]:
    """No further sizes."""
    return {}


def executes(
    inputs: Callable[..., tuple[Any, ...]],
    *,
    name: str = "",
    told: Callable[..., dict[str, int]] = nothing,
) -> Callable[[F], F]:
    """Register the execution of the layer of this name, with what makes its inputs."""

    def register(run: F) -> F:
        EXECUTORS[name or run.__name__] = Executor(run, inputs, told)
        return run

    return register


@dataclass(frozen=True)
class Execution:
    """One execution: the sizes, what it counted, what it was given, and what came out."""

    sizes: dict[str, int]
    counts: Counter[str]
    inputs: tuple[Any, ...]
    weights: list[Any]
    buffers: list[Any]
    output: Any

    @property
    def flops(self) -> int:
        """Every scalar operation but comparisons."""
        return sum(self.counts[kind] for kind in SCALARS if kind != "cmp")

    @property
    def resulting(self) -> dict[str, int]:
        """The sides of the map that came out, if it is one."""
        found = self.output[0] if isinstance(self.output, list) else None
        sides = sides_of(self.output) if isinstance(found, dict) else ()
        return dict(zip(SIDES[len(sides)], sides, strict=True))


def executed(name: str, sizes: dict[str, int], flags: Iterable[str] = ()) -> Execution:
    """Execute a layer at these sizes on drawn numbers.

    Raises:
        Misfit: sizes that it cannot have.
    """
    executor = EXECUTORS[name]
    start(name)
    inputs = executor.inputs(**_taken(executor.inputs, sizes))
    output = executor.run(*inputs, **_taken(executor.run, sizes), **dict.fromkeys(flags, True))
    told = sizes | executor.told(**_taken(executor.told, sizes))
    return Execution(told, Counter(COUNTS), inputs, list(WEIGHTS), list(BUFFERS), output)


def executions(name: str, flags: Iterable[str], count: int) -> Iterator[Execution]:
    """So many executions at drawn sizes; a size with a default is left out now and then."""
    asked, dice = EXECUTORS[name].sizes(), random.Random(f"{name} {flags}")
    for _ in range(TRIES):
        sizes = {
            size: dice.randint(*RANGES.get(size, (1, 4)))
            for size, default in asked.items()
            if default is inspect.Parameter.empty or dice.random() < 0.6
        }
        try:
            yield executed(name, sizes, flags)
        except Misfit:
            continue
        count -= 1
        if not count:
            return
    raise AssertionError(f"no sizes of {name} fit each other: see tests/oracle/running.py")


def _parameters(function: Callable[..., Any]) -> Iterable[inspect.Parameter]:
    return inspect.signature(function).parameters.values()


def _taken(function: Callable[..., Any], sizes: dict[str, int]) -> dict[str, int]:
    names = {one.name for one in _parameters(function)}
    return {name: size for name, size in sizes.items() if name in names}
