"""Ranges of sizes, typed, ``R=96..331..32, alpha=0.25..1, g=1,2,4``, and one along an axis."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from math import lcm
from typing import SupportsFloat, TypeAlias

from closedform.algebra.exact import value
from closedform.algebra.tree import Tree, symbol_names
from closedform.errors import ClosedformError, ParseError
from closedform.given import ByName, by_name, formula_of, several_of
from closedform.later import regex
from closedform.reading import parse
from closedform.records import record
from closedform.symbols import is_scale
from closedform.typeset.numbers import Exact

#: Ranges as text, or the values of sizes by name.
Given: TypeAlias = "str | ByName[Iterable[object] | SupportsFloat]"
#: The largest size that a range may reach.
LARGEST = 10**9
_DOTS = regex(r"\.{2,3}")
_HOW = "write R=96..331..32, alpha=0.25..1 or g=1,2,4"
#: So many values has a range of broken numbers, which are no range of Python's.
MANY = 100_000
#: At so many places a curve is worked out.
PLACES = 160


@record
class Range:
    """A size and the values that it takes, in order."""

    name: str
    values: Sequence[Exact]


@record
class Running:
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
        places = set()
        for start in sorted(wanted | {self.high}):
            fitting = (n for n in range(start, self.high + 1) if self._fits(n, divisions))
            places.add(next(fitting, 0))
        return sorted(places - {0})

    def _fits(self, place: int, divisions: Sequence[tuple[Tree, Tree]]) -> bool:
        at = {self.name: place}
        return all(
            Fraction(value(multiple, at)) / value(divisor, at) % 1 == 0
            for divisor, multiple in divisions
            if {*symbol_names(divisor, multiple)} <= at.keys()
        )


def read_ranges(given: Given) -> tuple[Range, ...]:
    """The ranges in a text, or of values by name.

    Both bounds belong to a range, where the step meets the last one.

    Without a step integers go up by 1, and broken numbers by the largest 1/q that meets both
    bounds: 0.25..1 are 0.25, 0.5, 0.75 and 1.

    >>> [(one.name, [*map(str, one.values)]) for one in read_ranges("R=96..224..64, alpha=0.5..1")]
    [('R', ['96', '160', '224']), ('alpha', ['1/2', '1'])]

    Raises:
        ParseError: with the place.
    """
    written = given if isinstance(given, str) else _typed(given)
    sizes: dict[str, Sequence[Exact]] = {}
    last, place = "", 0
    for part in written.split(","):
        name, equals, rest = part.rpartition("=")
        start, end = place, place + len(part)
        if equals:
            last = _name(written, start, name)
            if last in sizes:
                raise _error(written, start, name, f"{last} is there twice")
            sizes[last] = _values(written, end - len(rest), rest, last)
        elif last:
            sizes[last] = [*sizes[last], *_values(written, start, rest, last)]
        else:
            what = "has no values" if part.strip().isidentifier() else "names no size"
            raise _error(written, start, part, f"{part.strip()!r} {what}")
        place = end + 1
    return tuple(Range(name, values) for name, values in sizes.items())


def read_running(given: Given) -> Running:
    """The size of an axis, from a text such as ``N=16..1024`` or from its ends by name.

    >>> read_running("N=16..1024") == read_running({"N": (16, 1024)})
    True

    Raises:
        ParseError: no range.
        ClosedformError: several sizes, no two ends, or ends that are no integers.
    """
    size, *others = read_ranges(given)
    low, high = size.values[0], size.values[-1]
    every = isinstance(size.values, range) and size.values.step == 1
    ends = not isinstance(given, str) and len(size.values) == 2
    whole = isinstance(low, int) and isinstance(high, int)
    if others or low == high or not (whole and (every or ends)):
        raise ClosedformError(
            f"{given!r} has no bounds between which one size runs", "write N=16..1024"
        )
    return Running(size.name, int(low), int(high))


def size_names(written: str) -> tuple[str, ...]:
    """The sizes in a text such as ``R, alpha``.

    Raises:
        ParseError: a part is no symbol.
    """
    return tuple(_name(written, 0, part) for part in written.split(",") if part.strip())


def _typed(given: ByName[Iterable[object] | SupportsFloat]) -> str:
    """Values by name as they are typed; those of a range of Python as a range."""
    parts = []
    for name, values in by_name(given).items():
        if isinstance(values, range) and len(values) > 1 and values.step > 0:
            listed = f"{values[0]}..{values[-1]}..{values.step}"
        else:
            listed = ",".join(map(formula_of, several_of(values, (), ())))
        parts.append(f"{name}={listed}")
    return ", ".join(parts)


def _name(written: str, start: int, name: str) -> str:
    word = name.strip() if re.fullmatch(r"\s*[^\W\d]\w*\s*", name) else ""
    symbols: tuple[str, ...] = ()
    with suppress(ParseError):
        symbols = symbol_names(parse(word)) if word else ()
    if word and len(symbols) != 1:  # a model's own word, such as height
        symbols = symbol_names(parse(word, bound=frozenset({word})))
    if len(symbols) != 1:
        raise _error(written, start, name or "=", f"{name.strip()!r} is no size")
    return symbols[0]


def _values(written: str, start: int, rest: str, name: str) -> Sequence[Exact]:
    """The values of one part: a number, or a range."""
    bounds = [_number(written, place + start, bound, name) for place, bound in _bounds(rest)]
    if len(bounds) == 1:
        return bounds
    if len(bounds) > 3:
        raise _error(written, start, rest, "a range has a first, a last and a step")
    low, high, *given = bounds
    step = given[0] if given else Fraction(1, lcm(*(Fraction(x).denominator for x in bounds)))
    if low > high:
        raise _error(written, start, rest, f"{rest.strip()} does not go up")
    if isinstance(low, int) and Fraction(step).denominator == 1:
        return range(low, int(high) + 1, int(step))
    count = (high - low) // step + 1
    if count > MANY:
        raise _error(written, start, rest, f"{count:,} broken numbers are more than {MANY:,}")
    return [_whole(low + n * step) for n in range(int(count))]


def _whole(number: Exact) -> Exact:
    return number.numerator if number.denominator == 1 else number


def _bounds(rest: str) -> Iterator[tuple[int, str]]:
    """The numbers between the dots, each with its place."""
    place = 0
    for dots in _DOTS.finditer(rest):
        yield place, rest[place : dots.start()]
        place = dots.end()
    yield place, rest[place:]


def _number(written: str, start: int, bound: str, name: str) -> Exact:
    start, shown = start + len(bound) - len(bound.lstrip()), bound.strip()
    if not shown:
        raise _error(written, start, shown, "a number is missing")
    try:
        number = Fraction(value(parse(shown), {}))
    except (ClosedformError, KeyError) as error:  # no formula, no value, or a symbol in it
        raise _error(written, start, shown, f"{shown!r} is no number") from error
    scale = is_scale(name)
    if not 0 < number <= LARGEST:
        read = "" if shown == str(number) else f"{shown} is {number}: "
        raise _error(written, start, shown, f"{read}a size is from 1 to {LARGEST:,}")
    if number.denominator > 1 and not scale:
        raise _error(written, start, shown, f"{name} = {shown} is no positive integer")
    return _whole(number)


def _error(written: str, start: int, part: str, problem: str) -> ParseError:
    return ParseError(written, start, start + max(1, len(part.rstrip())), problem, _HOW)
