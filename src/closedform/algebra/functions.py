"""The functions of mathematics, a row each: all that any room knows of one.

Whoever walks a tree asks the row: the language how it is written, evaluation what it is at numbers,
the normal form which laws it has, the printers how it looks, SymPy what it is called there. No
walker knows a function by its name but for what only this one can do, as a logarithm has a base.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from closedform.algebra.interval import Interval
from closedform.algebra.numbers import Exact, factorial, logarithm, power
from closedform.errors import Irrational
from closedform.later import Later
from closedform.records import record

if TYPE_CHECKING:
    from closedform.algebra.normal_form.rational import Field, RationalFunction


# The laws, each beside what is known of its atoms; to print a function none of them is needed.
_extrema = Later("closedform.algebra.normal_form.extrema")
_factorials = Later("closedform.algebra.normal_form.factorials")
_floors = Later("closedform.algebra.normal_form.floors")
_logarithms = Later("closedform.algebra.normal_form.logarithms")
_roots = Later("closedform.algebra.normal_form.roots")


@record
class Function:
    """A function; it is typed, and a command of LaTeX, by its name and by others ``also``.

    ``value``: at exact numbers. ``law``: what gives its normal form, and where that stands.
    """

    value: Callable[..., Exact]
    law: tuple[Later, str]
    #: What SymPy calls it, and how it is printed around its arguments.
    sympy: str
    latex: str
    text: str = ""
    also: tuple[str, ...] = ()
    #: How many arguments it takes, at least and at most.
    arguments: tuple[int, int] = (1, 1)
    #: The place of an argument among the bracket rules, and whether it needs no brackets as a base.
    place: str = "whole"
    closed: bool = False
    #: An interval around the value; where there is none the value itself is worked out.
    encloses: Callable[..., Interval] | None = None
    #: The value where arguments are irrational, from intervals and the values of the arguments.
    told: Callable[[Sequence[Interval], Callable[[int], Exact]], Exact] | None = None
    #: Whether it gives the integer beside its argument, or the largest (1), smallest (−1) of them.
    rounds: bool = False
    chooses: int = 0
    #: Whether it has a value everywhere, never falls, and has a larger value of a larger argument.
    total: bool = False
    rises: bool = True
    strictly: bool = False
    #: Its degree where that of the argument is 1.
    degree: int | Fraction = 1
    #: What Python calls for it where its arguments are integers.
    python: Callable[..., Any] | None = None

    def normal(self, field: Field, *arguments: RationalFunction) -> RationalFunction:
        """Its normal form, given those of its arguments."""
        where, name = self.law
        normal: RationalFunction = getattr(where, name)(field, *arguments)
        return normal


def _floor_told(intervals: Sequence[Interval], _: Callable[[int], Exact]) -> int:
    """The floor of an irrational number, which may be whole after all, as √2·√2 is."""
    low, high = intervals[0].floors()
    if low != high:
        raise Irrational("an interval around a whole number has no floor")
    return low


def _ceiling_told(intervals: Sequence[Interval], value: Callable[[int], Exact]) -> int:
    return -_floor_told([-intervals[0]], value)


def _chosen(sign: int, name: str) -> Callable[[Sequence[Interval], Callable[[int], Exact]], Exact]:
    """The argument whose interval lies beyond all others."""

    def chosen(intervals: Sequence[Interval], value: Callable[[int], Exact]) -> Exact:
        for place, interval in enumerate(intervals):
            others = [other for other in intervals if other is not interval]
            if all(interval.beyond(other, sign) for other in others):
                return value(place)
        raise Irrational(f"a {name} of numbers that intervals cannot tell apart")

    return chosen


def _log_interval(of: Interval, base: Interval | None = None) -> Interval:
    return of.log() if base is None else of.log() / base.log()


FUNCTIONS: dict[str, Function] = {
    "floor": Function(
        value=lambda of: of.numerator // of.denominator,
        law=(_floors, "read_floor"),
        sympy="floor",
        latex=r"\left\lfloor {} \right\rfloor",
        text="⌊{}⌋",
        told=_floor_told,
        closed=True,
        rounds=True,
        total=True,
        python=math.floor,
    ),
    "ceil": Function(
        value=lambda of: -(-of.numerator // of.denominator),
        law=(_floors, "read_ceil"),
        also=("ceiling",),
        sympy="ceiling",
        latex=r"\left\lceil {} \right\rceil",
        text="⌈{}⌉",
        told=_ceiling_told,
        closed=True,
        rounds=True,
        total=True,
        python=math.ceil,
    ),
    "sqrt": Function(
        value=lambda of: power(of, Fraction(1, 2)),
        law=(_roots, "root"),
        sympy="sqrt",
        latex=r"\sqrt{{{}}}",
        encloses=Interval.root,
        closed=True,
        strictly=True,
        degree=Fraction(1, 2),
    ),
    "log": Function(
        arguments=(1, 2),  # log(x), or log(x, base)
        value=logarithm,
        law=(_logarithms, "read_log"),
        also=("ln",),
        sympy="log",
        latex=r"\log\left({}\right)",
        encloses=_log_interval,
        strictly=True,
        degree=0,
    ),
    "min": Function(
        arguments=(2, 64),
        value=min,
        law=(_extrema, "minimum"),
        sympy="Min",
        latex=r"\min\left({}\right)",
        encloses=lambda *parts: Interval.extreme(parts, largest=False),
        told=_chosen(-1, "min"),
        chooses=-1,
        total=True,
        python=min,
    ),
    "max": Function(
        arguments=(2, 64),
        value=max,
        law=(_extrema, "maximum"),
        sympy="Max",
        latex=r"\max\left({}\right)",
        encloses=lambda *parts: Interval.extreme(parts, largest=True),
        told=_chosen(1, "max"),
        chooses=1,
        total=True,
        python=max,
    ),
    "factorial": Function(
        value=factorial,
        law=(_factorials, "read_factorial"),
        sympy="factorial",
        latex="{}!",
        text="{}!",
        place="base",
        degree=1_000,  # it outgrows every power
        python=factorial,
    ),
}
