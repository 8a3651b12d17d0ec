"""The smallest integers at which a claim fails.

Assignments are tried in the order of their distance from the smallest admissible values, so the first
failure is a smallest one. Values are exact, conditions are checked, and nothing is reported that was
not evaluated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from closedform.algebra.conditions import Assumptions
from closedform.algebra.exact import Irrational, value
from closedform.algebra.tree import symbol_names
from closedform.errors import TooLarge, UndefinedValue

Values = dict[str, "int | Fraction"]
#: How many assignments are tried.
TRIES = 3_000
#: How far from the smallest values the search goes.
REACH = 40


@dataclass(frozen=True)
class Search:
    """What a search found: values at which the claim fails, or that there are none.

    ``complete`` says that every admissible assignment was tried.
    """

    values: Values | None
    complete: bool
    tried: int


def search(
    names: tuple[str, ...],
    assumptions: Assumptions,
    fails: Callable[[Mapping[str, int | Fraction]], bool],
) -> Search:
    """Look for admissible values at which ``fails`` is true.

    ``names`` are the symbols of the claim; those that an equation fixes are worked out.
    """
    bound = {n: t for n, t in assumptions.equations.items()}
    needed = dict.fromkeys(
        inner
        for name in names
        for inner in (symbol_names(bound[name]) if name in bound else (name,))
    )
    for divisor, multiple in assumptions.divisions:
        if set(symbol_names(multiple)) & set(needed):
            needed.update(dict.fromkeys((*symbol_names(divisor), *symbol_names(multiple))))
    free = tuple(n for n in needed if n not in bound)
    ranges = [_Range(n, assumptions) for n in free]
    tried = 0
    for steps in _by_distance([r.size for r in ranges], REACH):
        if tried >= TRIES:
            return Search(None, False, tried)
        tried += 1
        values = {r.name: r.at(step) for r, step in zip(ranges, steps, strict=True)}
        complete = _admissible(values, names, assumptions)
        if complete is not None and _fails(fails, complete):
            return Search({n: complete[n] for n in names if n in complete}, False, tried)
    finite = all(r.size is not None and r.size <= REACH + 1 for r in ranges)
    return Search(None, finite and sum((r.size or 0) - 1 for r in ranges) <= REACH, tried)


class _Range:
    """The values of one symbol in the order in which they are tried."""

    def __init__(self, name: str, assumptions: Assumptions) -> None:
        self.name = name
        low = assumptions.lower.get(name, Fraction(1))
        high = assumptions.upper.get(name)
        self.values: list[Fraction] | None = None
        self.size: int | None = None
        if name in assumptions.reals:
            ends = (name in assumptions.open_low, name in assumptions.open_high)
            self.values = _fractions(low, high, *ends)
            # A sample of an interval: never the whole of it.
            self.size = None if not self.values else REACH * REACH
            self.sample = len(self.values)
            return
        self.first = -(-low.numerator // low.denominator)
        if high is not None:
            self.size = max(0, high.numerator // high.denominator - self.first + 1)

    def at(self, step: int) -> int | Fraction:
        if self.values is None:
            return self.first + step
        number = self.values[step % self.sample]
        return number.numerator if number.denominator == 1 else number


def _fractions(
    low: Fraction, high: Fraction | None, open_low: bool, open_high: bool
) -> list[Fraction]:
    """Simple fractions of an interval, the simplest first."""
    top = high if high is not None else max(low, Fraction(1)) * 4
    found = sorted(
        {Fraction(p, q) for q in range(1, 9) for p in range(1, 33)} | {low, top},
        key=lambda f: (f.denominator, f),
    )
    inside = [f for f in found if low < f < top or (f == low and not open_low)]
    if high is not None and not open_high:
        inside.append(high)
    return [f for f in inside if f > 0] or [(low + top) / 2]


def _by_distance(sizes: list[int | None], reach: int) -> Iterator[tuple[int, ...]]:
    """Tuples of steps by their sum, within the sizes."""
    for total in range(reach + 1):
        yield from _with_sum(total, sizes)


def _with_sum(total: int, sizes: list[int | None]) -> Iterator[tuple[int, ...]]:
    if not sizes:
        if total == 0:
            yield ()
        return
    first, rest = sizes[0], sizes[1:]
    room = sum(total if s is None else s - 1 for s in rest)
    for step in range(max(0, total - room), min(total, total if first is None else first - 1) + 1):
        for others in _with_sum(total - step, rest):
            yield (step, *others)


def _admissible(values: Values, names: tuple[str, ...], assumptions: Assumptions) -> Values | None:
    """The values with those that equations fix, if all are sizes and every condition holds."""
    complete = dict(values)
    try:
        for name, tree in assumptions.equations.items():
            if set(symbol_names(tree)) <= complete.keys():
                complete[name] = value(tree, complete)
                if not _is_size(name, complete[name], assumptions):
                    return None
        return complete if assumptions.hold_at(complete) else None
    except (Irrational, UndefinedValue, TooLarge):
        return None


def _is_size(name: str, number: int | Fraction, assumptions: Assumptions) -> bool:
    if name in assumptions.reals:
        return number > 0
    tree = assumptions.equations[name]
    zero_is_said = not symbol_names(tree) and number == 0
    whole = number.denominator == 1
    if not symbol_names(tree) and number > 0:
        return True  # a value that the conditions state, whole or not
    return whole and (number >= assumptions.lower.get(name, 1) or zero_is_said)


def _fails(
    fails: Callable[[Mapping[str, int | Fraction]], bool], values: Mapping[str, int | Fraction]
) -> bool:
    try:
        return fails(values)
    except (UndefinedValue, TooLarge):
        return False
