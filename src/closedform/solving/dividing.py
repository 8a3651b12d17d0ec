"""Integers that must divide a number: its divisors, or all that are no larger."""

from __future__ import annotations

from closedform.algebra.assumptions import Condition
from closedform.algebra.numbers import divisors
from closedform.algebra.tree import Number, Symbol, symbol_names
from closedform.errors import ClosedformError, TooLarge
from closedform.solving.comparison import Comparison
from closedform.typeset.text import text

#: Numbers past the first are not split into divisors; past the second, residues are not tried.
FACTORED, PERIOD = 10**15, 10_000


def candidates(comparison: Comparison) -> list[int] | None:
    """Where the symbol sought must divide a number: the numbers that can."""
    name = comparison.symbol
    for divisor, multiple in comparison.assumptions.divisions:
        if symbol_names(divisor) != (name,) or not isinstance(multiple, Number):
            continue
        whole = abs(int(multiple.value))
        if whole and isinstance(divisor, Symbol):
            if whole > FACTORED:
                raise TooLarge("a number that is split into its divisors", FACTORED)
            return [int(number) for number in divisors(whole)]
        space = comparison.assumptions.field(divisor)
        poly = space.normal(divisor).cancelled()
        if not whole or not poly.den.is_ground or len(space.keys) > 1:
            raise unusable(Condition("|", divisor, multiple), name)
        # Past this the divisor is larger than what it should divide.
        reach = whole * abs(poly.den.LC) + sum(abs(c) for c in poly.num.values())
        if reach > PERIOD:
            raise TooLarge("a number that is split into its divisors", PERIOD)
        return list(range(1, reach + 1))
    return None


def unusable(condition: Condition, name: str) -> ClosedformError:
    """What is said of a comparison whose integers are not found."""
    written = f"{text(condition.left)} {condition.relation} {text(condition.right)}"
    return ClosedformError(
        f"it is not known for which {name} {written}",
        "solve works with sums, products, quotients, floors over numbers, and with sides that only "
        f"rise or only fall; where {name} is bounded on both sides it looks at each integer",
    )
