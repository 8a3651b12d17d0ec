"""Inequalities that fail: from where on they hold, and whether the other way round is right."""

from __future__ import annotations

from collections.abc import Iterator

from closedform.algebra.conditions import Assumptions, Condition, assume, holds
from closedform.algebra.decide import decide
from closedform.algebra.tree import ONE, Number, Symbol, Tree, substitute, symbol_names
from closedform.errors import ClosedformError
from closedform.typeset.prose import EQUAL, Code, Prose, say

FLIPPED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
WEAK = {"<": "<=", ">": ">="}
WORDS = {"<": "smaller", "<=": "smaller or equal", ">": "larger", ">=": "larger or equal"}
#: The largest bound that is looked for.
FAR = 1 << 20


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
    found = _threshold(alone, name, assumptions)
    if found is None:
        return
    bound, sign = found
    more = assume((*assumptions.written, Condition(sign, Symbol(name), Number(bound))))
    if _proven(relation, left, right, more):
        word = "from" if sign == ">=" else "up to"
        tail = " on" if sign == ">=" else ""
        yield (
            "bound",
            say(
                "this holds {} {}{}: add {} after where",
                word,
                (Symbol(name), EQUAL, Number(bound)),
                tail,
                Code(f"{name} {sign} {bound}"),
            ),
        )


def _that_matter(left: Tree, right: Tree, assumptions: Assumptions) -> list[str]:
    """The symbols that do not cancel from the difference."""
    space = assumptions.field(left, right)
    gap = (space.normal(left) - space.normal(right)).cancelled()
    polys = [space.lift(gap.num), space.lift(gap.den)]
    used = [i for i in range(len(space.keys)) if any(m[i] for poly in polys for m in poly)]
    return list(dict.fromkeys(name for i in used for name in symbol_names(space.trees[i])))


def _threshold(condition: Condition, name: str, assumptions: Assumptions) -> tuple[int, str] | None:
    """Where a relation in one symbol starts to hold, or stops to."""
    low = max(1, assumptions.integer_lower().get(name, 1))
    starts = _at(condition, name, low)
    high = low
    while high < FAR and _at(condition, name, high) == starts:
        high *= 2
    if high >= FAR or starts is None:
        return None
    low = max(low, high // 2)
    while high - low > 1:
        middle = (low + high) // 2
        if _at(condition, name, middle) == starts:
            low = middle
        else:
            high = middle
    return (low, "<=") if starts else (high, ">=")


def _at(condition: Condition, name: str, number: int) -> bool | None:
    try:
        return holds(condition, {name: number})
    except (ClosedformError, LookupError):
        return None


def _proven(relation: str, left: Tree, right: Tree, assumptions: Assumptions) -> bool:
    try:
        return decide(relation, left, right, assumptions).verdict == "proven"
    except ClosedformError:
        return False
