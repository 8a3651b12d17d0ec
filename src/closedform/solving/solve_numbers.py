"""Solve a comparison in one symbol where all else has a value: exactly, over the integers."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.condition import NEGATED
from closedform.algebra.decision import Decision
from closedform.algebra.exact import value
from closedform.algebra.search.idle_bounds import without_places
from closedform.algebra.tree import Number, Symbol, Tree, symbol_names
from closedform.errors import ClosedformError, Irrational, UndefinedValue
from closedform.records import replace
from closedform.solving.comparison import Comparison, compared, told_with
from closedform.solving.integers import Integers, integers
from closedform.solving.solution import Range, Solution
from closedform.typeset.prose import AT_LEAST, AT_MOST, EQUAL, Prose, listed, say

#: So many single values are listed.
LISTED = 24


def solve_numbers(comparison: Comparison) -> Solution:
    """The integers for which the comparison holds, in ranges, with the values at the ends."""
    solved = integers(comparison)
    name, ranges = comparison.symbol, solved.ranges
    if not ranges:
        nothing: Prose = ("no solution: it holds for no integer ", Symbol(name))
        statements = (nothing, *_sides(comparison))
        return Solution(comparison.text, name, "none", _statements=statements)
    singles = _singles(solved)
    if singles is not None:
        return _listed(comparison, singles)
    statements = tuple(_range(name, ends, solved.words) for ends in ranges)
    statements += _sides(comparison) if comparison.relation == "=" else _ends(comparison, solved)
    statements += told_with(comparison, {name})
    return Solution(comparison.text, name, "solved", ranges, solved.step, _statements=statements)


def _singles(solved: Integers) -> list[int] | None:
    """The integers one by one, where they do not follow each other and are few."""
    if all(first == last for first, last in solved.ranges) and len(solved.ranges) > 1:
        return sorted(first for first, _ in solved.ranges)
    if solved.classes == 1 or any(last is None for _, last in solved.ranges):
        return None
    singles = [x for a, b in solved.ranges if b is not None for x in range(a, b + 1, solved.step)]
    return sorted(singles) if len(singles) <= LISTED else None


# -- sentences -------------------------------------------------------------------------------------


def _listed(comparison: Comparison, singles: list[int]) -> Solution:
    """A solution of single integers."""
    more = ", ..." if len(singles) > LISTED else ""
    numbers = listed(map(Number, singles[:LISTED]))
    ends = dict.fromkeys((singles[0], singles[-1]))
    return Solution(
        comparison.text,
        comparison.symbol,
        "solved",
        tuple((x, x) for x in singles),
        _statements=(
            say("exactly for {}{}{}{}", Symbol(comparison.symbol), EQUAL, numbers, more),
            *(line for x in ends if (line := _values(comparison, x))),
            *told_with(comparison, {comparison.symbol}),
        ),
    )


def _range(name: str, ends: Range, steps: str = "") -> Prose:
    symbol, (first, last) = Symbol(name), ends
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


def _ends(comparison: Comparison, solved: Integers) -> tuple[Prose, ...]:
    """The values at the largest (or smallest) solution and at the next integer, which is none."""
    first = min(first for first, _ in solved.ranges)
    lasts = [last for _, last in solved.ranges if last is not None]
    if len(lasts) == len(solved.ranges):
        name, at, beyond = "largest", max(lasts), max(lasts) + solved.step
    elif first > solved.step:
        name, at, beyond = "smallest", first, first - solved.step
    else:
        return ()
    said: list[Prose] = [(f"the {name} is {at:,}",), _values(comparison, at)]
    with suppress(UndefinedValue, Irrational):
        if comparison.assumptions.hold_at({comparison.symbol: beyond}):
            said.append(_values(comparison, beyond))
    return tuple(line for line in said if line)


def _values(comparison: Comparison, x: int) -> Prose:
    """Both sides at an integer; nothing where they have no value, or hold what has cancelled."""
    values = {comparison.symbol: x}
    if not {*symbol_names(comparison.left, comparison.right)} <= values.keys():
        return ()
    with suppress(UndefinedValue, Irrational):
        left, right = value(comparison.left, values), value(comparison.right, values)
        said = f" the left side is {_grouped(left)} and the right side {_grouped(right)}"
        return ("at ", Symbol(comparison.symbol), EQUAL, Number(x), said)
    return ()


def _grouped(number: int | Fraction) -> str:
    if isinstance(number, int):
        return f"{number:,}"
    return f"{number.numerator:,}/{number.denominator:,}"


def _sides(comparison: Comparison) -> tuple[Prose, ...]:
    """Where the left side is smaller, where larger."""
    said: list[Prose] = []
    for relation, word in (("<", "smaller"), (">", "larger")):
        solved = integers(replace(comparison, relation=relation))
        if len(solved.ranges) <= LISTED:
            ranges = (_range(comparison.symbol, ends, solved.words) for ends in solved.ranges)
            said += [(f"the left side is {word} for ", *told) for told in ranges]
    return tuple(said)


def in_one_symbol(
    relation: str, left: Tree, right: Tree, assumptions: Assumptions
) -> Comparison | None:
    """The comparison for the one integer on which the order depends, where there is one."""
    one, other = assumptions.apply(left), assumptions.apply(right)
    names = symbol_names(one, other)
    if not names:
        return None
    comparison = compared("", names[0], relation, one, other, assumptions)
    (symbol, *others) = comparison.names or names
    if (comparison.names and others) or assumptions.domain(symbol).real:
        return None
    return replace(comparison, symbol=symbol)


def decided(relation: str, left: Tree, right: Tree, assumptions: Assumptions) -> Decision | None:
    """The decision by all integers for which an order fails; ``None`` where they are not found."""
    assumptions = without_places((left, right), assumptions)
    try:
        comparison = in_one_symbol(NEGATED[relation], left, right, assumptions)
        if comparison is None:
            return None
        failing = integers(comparison).ranges
    except ClosedformError:
        return None
    if not failing:
        method = "each integer up to the last change of sign"
        return Decision("proven", method=method, needs=comparison.needs)
    values: dict[str, int | Fraction] = {comparison.symbol: failing[0][0]}
    stated = [side for condition in assumptions.stated for side in condition.sides]
    if {*symbol_names(left, right, *stated)} <= values.keys() and assumptions.hold_at(values):
        return Decision("refuted", values=values)
    return None
