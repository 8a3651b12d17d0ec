"""Where a comparison changes its sign, and from which integer on it does no more.

Of a side that only rises or only falls, as 2^N, N log(N), ⌈√N⌉ do, nothing is known but that it
never turns, which its form says; bisection between exact comparisons then finds the integers at
which the sign changes. Sides that both rise, such as N log(N) and N + 2, may change places as often
as they like; that they do not from some integer on is proven as any inequality is.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import prod

from closedform.algebra.assumptions import Assumptions, Condition
from closedform.algebra.decide import decide
from closedform.algebra.domains import Domain
from closedform.algebra.exact import compare
from closedform.algebra.functions import FUNCTIONS
from closedform.algebra.numbers import first_where
from closedform.algebra.tree import (
    ONE,
    ZERO,
    Call,
    Negative,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Tree,
    symbol_names,
)
from closedform.algebra.work import work_at_most
from closedform.errors import ClosedformError

#: No change of sign is looked for past this integer.
FAR = 2**200
#: From where on a proof is tried, and what all of them may cost.
STARTS, WORK = (1, 4, 16, 64, 256, 1000), 300_000


class Undirected(ClosedformError):
    """A side of which it is not known that it keeps its direction, or a sign that nobody knows."""


def turns(order: Condition, name: str, low: int) -> list[int]:
    """The integers past ``low`` at which left − right has another sign than just before.

    Raises:
        ClosedformError: the form does not say that both sides keep their direction.
    """
    one, two = order.sides
    if not rises(order, name, low):
        one, two = two, one
    return [x for wanted in (0, 1) if (x := _first(one, two, name, low, wanted)) > low]


def rises(order: Condition, name: str, low: int | Fraction) -> bool:
    """Whether left − right never falls from ``low`` on; False where it never rises.

    Raises:
        Undirected: the form does not say that both sides keep their direction.
    """
    for way in (1, -1):
        if _goes(order.left, way, name, low) and _goes(order.right, -way, name, low):
            return way > 0
    raise Undirected("a side that rises and falls")


def _first(one: Tree, two: Tree, name: str, low: int, wanted: int) -> int:
    """The first integer from ``low`` on where the sign of one − two, which rises, is ``wanted``."""
    before, after = low - 1, low
    while _sign(one, two, {name: after}) < wanted:
        before, after = after, 2 * after + 1
        if after > FAR:
            raise Undirected("a sign that does not change")
    return first_where(lambda x: _sign(one, two, {name: x}) >= wanted, before + 1, after)


def _sign(one: Tree, two: Tree, values: dict[str, int | Fraction]) -> int:
    sign = compare(one, two, values)
    if sign is None:
        raise Undirected("numbers that intervals cannot tell apart")
    return sign


def _goes(tree: Tree, way: int, name: str, low: int | Fraction) -> bool:
    """Whether ``tree`` never falls (``way`` 1) or never rises (−1) from ``low`` on, by its form."""
    if name not in symbol_names(tree):
        return True

    def goes(part: Tree) -> bool:
        return _goes(part, way, name, low)

    match tree:
        case Symbol():
            return way > 0
        case Sum(terms=parts):
            return all(map(goes, parts))
        case Negative(operand=part):
            return _goes(part, -way, name, low)
        case Product(factors=parts):
            return _product_goes(parts, way, name, low)
        case Quotient(numerator=part, denominator=below) if name not in symbol_names(below):
            return _goes(part, way * _sign(below, ZERO, {}), name, low)
        case Power(base=base, exponent=times):
            if name in symbol_names(base):
                fixed = name not in symbol_names(times)
                return fixed and way * _sign(times, ZERO, {}) >= 0 and _grows(base, name, low)
            turned = way * _sign(base, ONE, {})
            return _sign(base, ZERO, {}) > 0 and _goes(times, turned, name, low)
        case Call(function="log", arguments=(part, *bases)):
            still = not any(name in symbol_names(base) for base in bases)
            return still and all(_sign(base, ONE, {}) > 0 for base in bases) and goes(part)
        case Call(function=function, arguments=parts):
            return FUNCTIONS[function].rises and all(map(goes, parts))
    return False


def _product_goes(parts: tuple[Tree, ...], way: int, name: str, low: int | Fraction) -> bool:
    moving = [part for part in parts if name in symbol_names(part)]
    sign = prod(_sign(part, ZERO, {}) for part in parts if part not in moving)
    if len(moving) == 1 and sign:
        return _goes(moving[0], way * sign, name, low)
    return way * sign >= 0 and all(_grows(part, name, low) for part in moving)


def _grows(tree: Tree, name: str, low: int | Fraction) -> bool:
    """Whether ``tree`` never falls and is never negative: what never falls starts at its least."""
    return _goes(tree, 1, name, low) and _sign(tree, ZERO, {name: low}) >= 0


@lru_cache(maxsize=64)
def settled(left: Tree, right: Tree, name: str, low: int) -> int | None:
    """An integer from which on left − right keeps its sign, and both sides have values."""
    starts = dict.fromkeys(max(low, start) for start in STARTS)
    with work_at_most(WORK):
        return next((start for start in starts if _keeps(left, right, name, start)), None)


def _keeps(left: Tree, right: Tree, name: str, start: int) -> bool:
    given = Assumptions(domains={name: Domain(low=Fraction(start))})
    try:
        relation = {1: ">", -1: "<"}.get(compare(left, right, {name: start}) or 0, "=")
        decision = decide(relation, left, right, given)
    except ClosedformError:
        return False
    return decision.verdict == "proven" and not decision.needs
