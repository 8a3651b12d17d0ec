"""Sizes that run: N = 16..1024 along an axis, k = 3, 5, 7 as a family of curves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from closedform.algebra.exact import value
from closedform.algebra.tree import Number, Tree, symbol_names
from closedform.cost.sums import LayerSum
from closedform.errors import ClosedformError, MissingSize
from closedform.reading import parse

#: The largest size that a sweep may reach.
LARGEST = 10**9
#: At so many places a curve is worked out.
PLACES = 160


@dataclass(frozen=True)
class Sweep:
    """A size that runs over the integers from ``low`` to ``high``."""

    name: str
    low: int
    high: int

    @property
    def is_wide(self) -> bool:
        """Whether it doubles twice, so that its axis is logarithmic."""
        return self.high >= 4 * self.low

    def grid(self, count: int) -> list[Fraction]:
        """``count`` numbers, evenly apart by ratio, both bounds among them."""
        ratio = (self.high / self.low) ** (1 / (count - 1))
        inner = [Fraction(round(self.low * ratio**n * 1024), 1024) for n in range(1, count - 1)]
        return [Fraction(self.low), *inner, Fraction(self.high)]

    def places(self, divisions: Sequence[tuple[Tree, Tree]], count: int = PLACES) -> list[int]:
        """About ``count`` integers, evenly apart by ratio, at which all divisions are whole."""
        ratio = (self.high / self.low) ** (1 / (count - 1))
        wanted = {min(self.high, round(self.low * ratio**n)) for n in range(count)}
        found = set()
        for start in sorted(wanted | {self.high}):
            fitting = (n for n in range(start, self.high + 1) if self._fits(n, divisions))
            found.add(next(fitting, 0))
        return sorted(found - {0})

    def _fits(self, place: int, divisions: Sequence[tuple[Tree, Tree]]) -> bool:
        at = {self.name: place}
        return all(
            Fraction(value(multiple, at)) / value(divisor, at) % 1 == 0
            for divisor, multiple in divisions
            if {*symbol_names(divisor), *symbol_names(multiple)} <= at.keys()
        )


@dataclass(frozen=True)
class Family:
    """The values of a size, a curve each."""

    name: str
    values: tuple[int, ...]


def read_sweep(given: str | Mapping[str, Sequence[int]]) -> Sweep:
    """The sweep in a text such as ``N=16..1024``, or from bounds by name.

    >>> read_sweep("N=16..1024") == read_sweep({"N": (16, 1024)})
    True

    Raises:
        ClosedformError: a bound is missing, or the bounds are no increasing positive integers.
    """
    written = given if isinstance(given, str) else _typed(given, "..", lambda v: (v[0], v[-1]))
    name, low, high = _split(written, r"(.*?)\.{2,3}(.*)", f"the sweep {written!r} has no bounds")
    bounds = [_integer(bound, written) for bound in (low, high)]
    if bounds[0] >= bounds[1]:
        raise ClosedformError(
            f"the sweep {written!r} does not go up", "write the smaller bound first: N=16..1024"
        )
    return Sweep(name, *bounds)


def read_family(given: str | Mapping[str, Sequence[int]]) -> Family:
    """The family in a text such as ``k=3,5,7``, or from values by name.

    >>> read_family("k=3,5,7").values, read_family({"k": [3, 5]}).values
    ((3, 5, 7), (3, 5))

    Raises:
        ClosedformError: it has no values, or they are no positive integers.
    """
    written = given if isinstance(given, str) else _typed(given, ",", tuple)
    name, listed = _split(written, r"(.*)", f"the family {written!r} has no values")
    values = tuple(dict.fromkeys(_integer(one, written) for one in listed.split(",")))
    return Family(name, values)


def _typed(
    given: Mapping[str, Sequence[int]],
    between: str,
    chosen: Callable[[Sequence[int]], Sequence[int]],
) -> str:
    """Values by name as they are typed."""
    return ", ".join(
        f"{name}={between.join(map(str, chosen(values) if values else ()))}"
        for name, values in given.items()
    )


def size_names(written: str) -> tuple[str, ...]:
    """The sizes in a text such as ``R, alpha``.

    Raises:
        ClosedformError: a part is no symbol.
    """
    return tuple(_symbol(part) for part in written.split(",") if part.strip())


def check_free(names: Iterable[str], layers: Iterable[LayerSum]) -> None:
    """Do nothing if each name is a size that is still a symbol in one of the layers.

    Raises:
        ClosedformError: one is not.
    """
    free = dict.fromkeys(name for one in layers for name in one.missing())
    for name in names:
        if name not in free:
            raise ClosedformError(
                f"no layer has a free size {name}", "free sizes: " + (", ".join(free) or "none")
            )


def check_only(tree: Tree, names: Iterable[str]) -> None:
    """Do nothing if a formula has no symbols but these.

    Raises:
        MissingSize: it has.
    """
    others = [name for name in symbol_names(tree) if name not in {*names}]
    if others:
        raise MissingSize(others)


def _split(written: str, pattern: str, problem: str) -> list[str]:
    """The name of the size and the parts of what follows the equals sign."""
    name, equals, rest = written.partition("=")
    found = re.fullmatch(pattern, rest.strip())
    parts = [part.strip() for part in found.groups()] if found else []
    if not (name.strip() and equals and parts and all(parts)):
        raise ClosedformError(problem, "write N=16..1024 for a sweep, k=3,5,7 for a family")
    return [_symbol(name), *parts]


def _symbol(written: str) -> str:
    symbols = symbol_names(parse(written))
    if len(symbols) != 1:
        raise ClosedformError(f"{written.strip()!r} is no size", "write one symbol: N=16..1024")
    return symbols[0]


def _integer(written: str, whole: str) -> int:
    tree = parse(written)
    found = value(tree, {}) if not symbol_names(tree) else None
    if not isinstance(found, int) or not 1 <= found <= LARGEST:
        raise ClosedformError(
            f"{written.strip()!r} in {whole!r} is no size", f"write integers from 1 to {LARGEST:,}"
        )
    return found


def sized(name: str, size: int) -> dict[str, Tree]:
    """One size as it is put into layers."""
    return {name: Number(size)}
