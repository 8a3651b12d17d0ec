"""What is made of scalars: rows, maps, weights, and sums over them.

Rows are lists; a map is a list of channels, each of which has a number at each place of a line, an
image or a volume. Outside of it, where it is padded, a map is 0.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce, wraps
from itertools import product
from math import prod
from typing import Any, ParamSpec, TypeAlias, TypeVar

from tests.oracle.number import COUNTS, Number, larger

Row: TypeAlias = list[Number]
Rows: TypeAlias = list[Row]
Place: TypeAlias = tuple[int, ...]
Map: TypeAlias = list[dict[Place, Number]]

P = ParamSpec("P")
R = TypeVar("R")

DICE = random.Random(0)
#: The weights of an execution, and what it keeps besides, in the order in which they were made.
WEIGHTS: list[Any] = []
BUFFERS: list[Any] = []
#: Weights that are written out, in their order: the next execution takes these.
GIVEN: list[Any] = []
#: The layers that are being executed, the outermost first.
_depth: list[str] = []


def start(seed: str) -> None:
    """Begin an execution."""
    COUNTS.clear()
    WEIGHTS.clear()
    BUFFERS.clear()
    DICE.seed(seed)


def data(*shape: int) -> Any:
    """Numbers in nested lists."""
    if not shape:
        return Number(DICE.uniform(-1, 1))
    return [data(*shape[1:]) for _ in range(shape[0])]


def image(channels: int, *sides: int) -> Map:
    """A map of so many channels."""
    return [{place: data() for place in places(*sides)} for _ in range(channels)]


def places(*sides: int) -> Iterator[Place]:
    """All places of a map with these sides, in order."""
    return product(*map(range, sides))


def sides_of(x: Map) -> tuple[int, ...]:
    """How far a map reaches on each of its axes."""
    return tuple(last + 1 for last in max(x[0]))


def learned(*shape: int) -> Any:
    """A weight tensor: its elements are parameters."""
    COUNTS["params"] += prod(shape)
    WEIGHTS.append(GIVEN.pop(0) if GIVEN else data(*shape))
    return WEIGHTS[-1]


def buffer(*shape: int) -> Any:
    """Positive numbers that are kept and not learned."""
    COUNTS["buffers"] += prod(shape)
    BUFFERS.append([Number(DICE.uniform(0.5, 2)) for _ in range(prod(shape))])
    return BUFFERS[-1]


def cached(*tensors: Any) -> None:
    """These are kept for the tokens to come."""
    COUNTS["kv_cache"] += sum(len(list(numbers(one))) for one in tensors)


def numbers(x: Any) -> Iterator[Number]:
    """The elements of a tensor, in order."""
    if isinstance(x, Number):
        yield x
    else:
        for one in x.values() if isinstance(x, dict) else x:
            yield from numbers(one)


def delivers(function: Callable[P, R]) -> Callable[P, R]:
    """What a layer hands on are activations; what it works out on the way is not handed on."""

    @wraps(function)
    def counting(*args: P.args, **kwargs: P.kwargs) -> R:
        _depth.append(function.__name__)
        try:
            output = function(*args, **kwargs)
        finally:
            _depth.pop()
        if not _depth:
            COUNTS["activations"] += sum(1 for _ in numbers(output))
        return output

    return counting


def total(terms: Iterable[Number]) -> Number:
    """A sum of n terms, n − 1 additions: nothing is added to a 0."""
    return reduce(lambda one, other: one + other, terms)


def greatest(terms: Iterable[Number]) -> Number:
    """The maximum of n numbers, n − 1 comparisons."""
    return reduce(larger, terms)


def mean(terms: Iterable[Number]) -> Number:
    """A sum over how many there are."""
    listed = list(terms)
    return total(listed) / len(listed)


def contract(left: Iterable[Number], right: Iterable[Number]) -> Number:
    """A sum of products: each product is a MAC."""
    products = [a * b for a, b in zip(left, right, strict=True)]
    COUNTS["macs"] += len(products)
    return total(products)


def apply(matrix: Rows, vector: Row) -> Row:
    """A matrix times a vector."""
    return [contract(row, vector) for row in matrix]


def columns(x: Sequence[Sequence[R]]) -> list[list[R]]:
    """The transpose."""
    return [list(column) for column in zip(*x, strict=True)]


def each(function: Callable[..., Number], *tensors: Any) -> Any:
    """A function of one element of each tensor, at every place."""
    first = tensors[0]
    if isinstance(first, Number):
        return function(*tensors)
    if isinstance(first, dict):
        return {at: each(function, *(one[at] for one in tensors)) for at in first}
    return [each(function, *elements) for elements in zip(*tensors, strict=True)]


def tokens(x: Map) -> Rows:
    """A row of channels for each place."""
    return columns([list(channel.values()) for channel in x])


def as_map(rows: Rows, *sides: int) -> Map:
    """The map of which these are the tokens."""
    return [dict(zip(places(*sides), channel, strict=True)) for channel in columns(rows)]
