"""Inequalities that fail: whether the other way round is right, and for which numbers they hold."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from closedform.algebra.conditions import Assumptions, Condition, assume, holds
from closedform.algebra.decide import decide
from closedform.algebra.tree import ONE, Number, Symbol, Tree, substitute, symbol_names
from closedform.errors import ClosedformError
from closedform.typeset.prose import EQUAL, Code, Prose, listed, say

FLIPPED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
WEAK = {"<": "<=", ">": ">="}
WORDS = {"<": "smaller", "<=": "smaller or equal", ">": "larger", ">=": "larger or equal"}
#: The largest bound that is looked for, and up to where every number is tried.
FAR, NEAR = 1 << 20, 128
#: Values of all symbols at which a relation is tried before it is proven.
TRIED = (1, 2, 1009)
#: More ranges than this are not told.
RANGES = 3


def order_mistakes(
    relation: str, left: Tree, right: Tree, assumptions: Assumptions
) -> Iterator[tuple[str, Prose]]:
    """Kinds and sentences, each proven."""
    if relation in WEAK and _proven(WEAK[relation], left, right, assumptions):
        yield "order", say("right with {}: both sides can be equal", Code(WEAK[relation]))
        return
    flipped = FLIPPED[relation]
    if _proven(flipped, left, right, assumptions):
        strict = {"<=": "<", ">=": ">"}.get(flipped, flipped)
        told = strict if _proven(strict, left, right, assumptions) else flipped
        yield "order", say("the wrong way round: the left side is always {}", WORDS[told])
        return
    yield from _bounds(relation, left, right, assumptions)


def _bounds(
    relation: str, left: Tree, right: Tree, assumptions: Assumptions
) -> Iterator[tuple[str, Prose]]:
    one, other = assumptions.apply(left), assumptions.apply(right)
    names = _that_matter(one, other, assumptions)
    if len(names) != 1 or names[0] in assumptions.reals:
        return
    name = names[0]
    rest: dict[str, Tree] = {
        n: ONE for n in (*symbol_names(one), *symbol_names(other)) if n != name
    }
    alone = Condition(relation, substitute(one, rest), substitute(other, rest))
    low = max(1, assumptions.integer_lower().get(name, 1))
    change = _last_change(alone, name, low)
    if change is None:
        return
    # Up to here each number has been tried; beyond, the proofs below speak of all.
    tried = [bool(_at(alone, name, n)) for n in range(low, min(change, low + NEAR))]
    ends_well = bool(_at(alone, name, change))
    lasting = relation if ends_well else FLIPPED[relation]
    if not _proven(lasting, left, right, _with(assumptions, name, ">=", change)):
        return
    runs = [(holding, len(list(run))) for holding, run in groupby(tried)]
    if change > low + NEAR:
        if len(runs) > 1:
            return
        if not ends_well and not _proven(
            relation, left, right, _with(assumptions, name, "<=", change - 1)
        ):
            return
        runs = [(not ends_well, change - low)]
    yield from _ranges(Symbol(name), low, runs, from_change=ends_well)


def _ranges(
    symbol: Symbol, low: int, runs: list[tuple[bool, int]], *, from_change: bool
) -> Iterator[tuple[str, Prose]]:
    """For which numbers a relation holds: all of them are told, or none."""
    ranges: list[tuple[int, int]] = []
    change = low
    for holding, length in runs:
        if holding:
            ranges.append((change, change + length - 1))
        change += length
    told = [_range(symbol, low, *ends) for ends in ranges]
    if from_change:
        told.append(say("from {} on", (symbol, EQUAL, Number(change))))
    if not 1 <= len(told) <= RANGES:
        return
    bound = f"{symbol.name} >= {change}" if from_change else f"{symbol.name} <= {ranges[-1][1]}"
    advice = from_change or ranges[0] == (low, ranges[-1][1])
    add = say(": add {} after where", Code(bound)) if advice else ()
    yield "bound", say("this holds {}{}", listed(told, " and "), add)


def _range(symbol: Symbol, low: int, first: int, last: int) -> Prose:
    if first == last:
        return say("for {}", (symbol, EQUAL, Number(first)))
    if first == low:
        return say("up to {}", (symbol, EQUAL, Number(last)))
    return say("from {} to {}", (symbol, EQUAL, Number(first)), Number(last))


def _with(assumptions: Assumptions, name: str, sign: str, bound: int) -> Assumptions:
    condition = Condition(sign, Symbol(name), Number(bound))
    return assume((*assumptions.written, condition), assumptions.divisions)


def _that_matter(left: Tree, right: Tree, assumptions: Assumptions) -> list[str]:
    """The symbols that do not cancel from the difference."""
    space = assumptions.field(left, right)
    gap = (space.normal(left) - space.normal(right)).cancelled()
    polys = [space.lift(gap.num), space.lift(gap.den)]
    used = [i for i in range(len(space.keys)) if any(m[i] for poly in polys for m in poly)]
    return list(dict.fromkeys(name for i in used for name in symbol_names(space.trees[i])))


def _last_change(condition: Condition, name: str, low: int) -> int | None:
    """Where a relation in one symbol begins to hold, or to fail, for the last time that is seen."""
    near = [_at(condition, name, n) for n in range(low, low + NEAR + 1)]
    if None in near:
        return None
    changes = [place for place in range(1, len(near)) if near[place] != near[place - 1]]
    high, end = low + NEAR, near[-1]
    while high < FAR and (at := _at(condition, name, high)) in (end, None):
        # Past a bound on digits nothing more is seen.
        high = FAR if at is None else high * 2
    if high >= FAR:
        return low + changes[-1] if changes else None
    low = max(low + NEAR, high // 2)
    while high - low > 1:
        middle = (low + high) // 2
        if _at(condition, name, middle) == end:
            low = middle
        else:
            high = middle
    return high


def _at(condition: Condition, name: str, number: int) -> bool | None:
    try:
        return holds(condition, {name: number})
    except (ClosedformError, LookupError):
        return None


def _proven(relation: str, left: Tree, right: Tree, assumptions: Assumptions) -> bool:
    """Whether a relation is proven; one that fails at a number is not tried."""
    condition = Condition(relation, assumptions.apply(left), assumptions.apply(right))
    names = {*symbol_names(condition.left), *symbol_names(condition.right)}
    least = assumptions.integer_lower()
    try:
        for number in TRIED:
            values = {name: max(number, least.get(name, 1)) for name in names}
            if assumptions.hold_at(values) and not holds(condition, values):
                return False
    except (ClosedformError, LookupError):
        pass
    try:
        return decide(relation, left, right, assumptions).verdict == "proven"
    except ClosedformError:
        return False
