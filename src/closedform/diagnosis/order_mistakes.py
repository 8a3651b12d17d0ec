"""Inequalities that fail: whether the other way round is right, and for which numbers they hold."""

from __future__ import annotations

from math import ceil, floor

from closedform.algebra.assumptions import Assumptions, Condition, holds
from closedform.algebra.condition import NEGATED
from closedform.algebra.decide import decide
from closedform.algebra.tree import Number, Symbol, Tree
from closedform.errors import ClosedformError
from closedform.solving.integers import Integers, integers
from closedform.solving.solve_numbers import in_one_symbol
from closedform.typeset.prose import EQUAL, Code, Prose, listed, say

WEAK = {"<": "<=", ">": ">="}
WORDS = {"<": "smaller", "<=": "smaller or equal", ">": "larger", ">=": "larger or equal"}
#: Values of all symbols at which a relation is tried before it is proven.
TRIED = (1, 2, 1009)
#: More ranges than this are not told.
RANGES = 3


def order_mistake(
    relation: str, left: Tree, right: Tree, assumptions: Assumptions
) -> tuple[str, Prose] | None:
    """The kind of the mistake and a sentence, proven."""
    if relation in WEAK and _proven(WEAK[relation], left, right, assumptions):
        return "order", say("right with {}: both sides can be equal", Code(WEAK[relation]))
    negated = NEGATED[relation]
    if _proven(negated, left, right, assumptions):
        strict = {"<=": "<", ">=": ">"}.get(negated, negated)
        told = strict if _proven(strict, left, right, assumptions) else negated
        return "order", say("the wrong way round: the left side is always {}", WORDS[told])
    comparison = in_one_symbol(relation, left, right, assumptions)
    if comparison is None:
        return None
    return _ranges(Symbol(comparison.symbol), integers(comparison), assumptions)


def _ranges(symbol: Symbol, solved: Integers, assumptions: Assumptions) -> tuple[str, Prose] | None:
    """For which integers the relation holds: all ranges are told, or none."""
    if solved.step != 1 or not 1 <= len(solved.ranges) <= RANGES:
        return None
    domain = assumptions.domain(symbol.name)
    low, end = ceil(domain.least), None if domain.high is None else floor(domain.high)
    ranges = [(first, None if last == end else last) for first, last in solved.ranges]
    told = [_range(symbol, low, *ends) for ends in ranges]
    first, last = ranges[-1]
    bound = f"{symbol.name} >= {first}" if last is None else f"{symbol.name} <= {last}"
    advice = last is None or ranges == [(low, last)]
    add = say(": add {} after where", Code(bound)) if advice else ()
    return "bound", say("this holds {}{}", listed(told, " and "), add)


def _range(symbol: Symbol, low: int, first: int, last: int | None) -> Prose:
    if last is None:
        return say("from {} on", (symbol, EQUAL, Number(first)))
    if first == last:
        return say("for {}", (symbol, EQUAL, Number(first)))
    if first == low:
        return say("up to {}", (symbol, EQUAL, Number(last)))
    return say("from {} to {}", (symbol, EQUAL, Number(first)), Number(last))


def _proven(relation: str, left: Tree, right: Tree, assumptions: Assumptions) -> bool:
    """Whether a relation is proven; one that fails at a number is not tried."""
    condition = Condition(relation, assumptions.apply(left), assumptions.apply(right))
    names = condition.names
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
