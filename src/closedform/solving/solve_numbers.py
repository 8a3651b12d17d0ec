"""Solve a comparison in one symbol where all else has a value: exactly, over the integers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from sympy import divisors
from sympy.polys.rings import PolyElement

from closedform.algebra.conditions import Assumptions, Condition, holds
from closedform.algebra.exact import value
from closedform.algebra.proofs.runs import Run, runs
from closedform.algebra.tree import Number, Symbol, Tree, symbol_names
from closedform.errors import ClosedformError, TooLarge
from closedform.solving.comparison import SIGNS, Comparison
from closedform.solving.solution import Range, Solution
from closedform.typeset.prose import AT_LEAST, AT_MOST, EQUAL, Part, Prose
from closedform.typeset.text import text

#: Numbers past the first are not split into divisors; past the second, residues are not tried.
FACTORED, PERIOD = 10**15, 10_000
#: So many single values are listed.
LISTED = 24


def solve_numbers(comparison: Comparison) -> Solution:
    """The integers for which the comparison holds, in ranges, with the values at the ends."""
    signs = SIGNS[comparison.relation]
    all_runs = sign_runs(
        comparison.poly, comparison.place, comparison.assumptions, comparison.symbol
    )
    wanted = _adjoined([(run.first, run.last) for run in all_runs if run.sign in signs])
    candidates = _divisors_sought(comparison)
    if candidates is not None:
        found = [x for x in candidates if _within(x, wanted) and _admissible(comparison, x)]
        return _listed(comparison, found)
    steps = _steps(comparison)
    ranges = tuple(_trimmed(comparison, wanted, steps.period))
    if not ranges:
        statements = (_nothing(comparison), *_sides(all_runs, comparison.symbol))
        return Solution(comparison.text, comparison.symbol, "none", statements=statements)
    statements = tuple(_range(comparison.symbol, one, steps.words) for one in ranges)
    if comparison.relation == "=":
        statements += _sides(all_runs, comparison.symbol)
    else:
        statements += _ends(comparison, ranges, steps.step)
    return Solution(
        comparison.text, comparison.symbol, "solved", ranges, steps.step, statements=statements
    )


def sign_runs(
    poly: PolyElement, place: int, assumptions: Assumptions, symbol: str
) -> tuple[Run, ...]:
    """The sign of a polynomial in one symbol over the integers that its bounds admit."""
    degree = max((monomial[place] for monomial in poly), default=0)
    coefficients = [0] * (degree + 1)
    for monomial, coefficient in poly.items():
        coefficients[monomial[place]] += int(coefficient)
    low = assumptions.lower.get(symbol, Fraction(1))
    high = assumptions.upper.get(symbol)
    found = runs(coefficients, -(-low.numerator // low.denominator))
    if high is None:
        return found
    last = high.numerator // high.denominator
    return tuple(
        Run(run.first, last if run.last is None else min(run.last, last), run.sign)
        for run in found
        if run.first <= last
    )


# -- divisibility ----------------------------------------------------------------------------------


def _divisors_sought(comparison: Comparison) -> list[int] | None:
    """Where the symbol sought must divide a number: the numbers that can."""
    for divisor, multiple in comparison.assumptions.divisions:
        if comparison.symbol not in symbol_names(divisor):
            continue
        if not isinstance(multiple, Number):
            if symbol_names(multiple) == (comparison.symbol,):
                raise _entangled(comparison, divisor, multiple)
            continue
        whole = int(multiple.value)
        if whole > (FACTORED if isinstance(divisor, Symbol) else PERIOD):
            raise TooLarge("a number that is split into its divisors", FACTORED)
        if isinstance(divisor, Symbol):
            return [int(one) for one in divisors(whole)]
        return list(range(1, whole + 1))
    return None


@dataclass(frozen=True)
class _Steps:
    """Which integers divisibility admits: it repeats after ``period``; ``step`` apart if evenly."""

    period: int = 1
    step: int = 1
    words: str = ""


def _steps(comparison: Comparison) -> _Steps:
    """How divisibility such as g | N, with a known g, restricts the symbol sought."""
    pairs = [
        (divisor, multiple)
        for divisor, multiple in comparison.assumptions.divisions
        if isinstance(divisor, Number) and symbol_names(multiple) == (comparison.symbol,)
    ]
    period = 1
    for divisor, multiple in pairs:
        below = comparison.field.normal(multiple).cancelled().den
        if not below.is_ground:
            raise _entangled(comparison, divisor, multiple)
        period = lcm(period, int(divisor.value) * int(below.LC))
    if period > PERIOD:
        raise TooLarge("the number that must divide the symbol sought", PERIOD)
    conditions = [Condition("|", divisor, multiple) for divisor, multiple in pairs]
    classes = [
        x
        for x in range(1, period + 1)
        if all(holds(condition, {comparison.symbol: x}) for condition in conditions)
    ]
    if period == 1 or len(classes) != 1:
        return _Steps(period)
    words = f"multiples of {period:,}" if classes == [period] else f"in steps of {period:,}"
    return _Steps(period, period, words)


def _entangled(comparison: Comparison, divisor: Tree, multiple: Tree) -> ClosedformError:
    return ClosedformError(
        f"{text(divisor)} | {text(multiple)} is no condition that solve can use for "
        f"{comparison.symbol}",
        "write it as a number that divides the symbol, or the symbol that divides a number",
    )


def _admissible(comparison: Comparison, x: int) -> bool:
    return comparison.assumptions.hold_at({comparison.symbol: x})


def _trimmed(comparison: Comparison, wanted: list[Range], period: int) -> Iterator[Range]:
    """The ranges with ends that meet the conditions; what holds no such integer goes."""
    for first, last in wanted:
        stop = first + period - 1 if last is None else min(last, first + period - 1)
        inside = [x for x in range(first, stop + 1) if _admissible(comparison, x)]
        if not inside:
            continue
        if last is None:
            yield inside[0], None
            continue
        ends = (x for x in range(last, max(first, last - period + 1) - 1, -1))
        yield inside[0], next(x for x in ends if _admissible(comparison, x))


def _within(x: int, ranges: list[Range]) -> bool:
    return any(first <= x and (last is None or x <= last) for first, last in ranges)


def _adjoined(ranges: list[Range]) -> list[Range]:
    """Ranges that touch as one."""
    joined: list[Range] = []
    for first, last in ranges:
        if joined and joined[-1][1] == first - 1:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


# -- sentences -------------------------------------------------------------------------------------


def _listed(comparison: Comparison, found: list[int]) -> Solution:
    """A solution of single integers."""
    if not found:
        return Solution(
            comparison.text, comparison.symbol, "none", statements=(_nothing(comparison),)
        )
    said: list[Part] = ["exactly for ", Symbol(comparison.symbol), EQUAL]
    for place, x in enumerate(found[:LISTED]):
        said += [*([", "] if place else []), Number(x)]
    said += [", ..."] if len(found) > LISTED else []
    ends = dict.fromkeys((found[0], found[-1]))
    return Solution(
        comparison.text,
        comparison.symbol,
        "solved",
        tuple((x, x) for x in found),
        statements=(tuple(said), *(line for x in ends if (line := _values(comparison, x)))),
    )


def _range(name: str, one: Range, steps: str = "") -> Prose:
    symbol, (first, last) = Symbol(name), one
    among = (f", {steps}",) if steps else ()
    if first == last:
        return (symbol, EQUAL, Number(first))
    if last is None:
        return (
            ("every ", symbol)
            if first == 1 and not steps
            else (symbol, AT_LEAST, Number(first), *among)
        )
    if first == 1:
        return (symbol, AT_MOST, Number(last), *among)
    return (symbol, f" from {first:,} to {last:,}", *among)


def _ends(comparison: Comparison, ranges: tuple[Range, ...], step: int) -> tuple[Prose, ...]:
    """The values at the largest (or smallest) solution and at the next integer, which is none."""
    first, last = ranges[0][0], ranges[-1][1]
    if last is not None:
        name, at, beyond = "largest", last, last + step
    elif first > step:
        name, at, beyond = "smallest", first, first - step
    else:
        return ()
    said: list[Prose] = [(f"the {name} is {at:,}",)]
    said.append(_values(comparison, at))
    if _admissible(comparison, beyond):
        said.append(_values(comparison, beyond))
    return tuple(line for line in said if line)


def _values(comparison: Comparison, x: int) -> Prose:
    """Both sides at an integer; nothing where they hold further symbols, which have cancelled."""
    values = {comparison.symbol: x}
    if not {*symbol_names(comparison.left), *symbol_names(comparison.right)} <= values.keys():
        return ()
    left, right = value(comparison.left, values), value(comparison.right, values)
    return (
        "at ",
        Symbol(comparison.symbol),
        EQUAL,
        Number(x),
        f" the left side is {_grouped(left)} and the right side {_grouped(right)}",
    )


def _grouped(number: int | Fraction) -> str:
    if isinstance(number, int):
        return f"{number:,}"
    return f"{number.numerator:,}/{number.denominator:,}"


def _nothing(comparison: Comparison) -> Prose:
    return ("no solution: it holds for no integer ", Symbol(comparison.symbol))


def _sides(all_runs: tuple[Run, ...], name: str) -> tuple[Prose, ...]:
    """Where the left side is smaller, where larger."""
    words = {-1: "the left side is smaller for ", 1: "the left side is larger for "}
    return tuple(
        (words[run.sign], *_range(name, (run.first, run.last))) for run in all_runs if run.sign
    )
