"""What an exported program asks of its open sizes: the numbers that must divide them.

The export notes an equation wherever the module runs only if it holds: a map that is halved twice,
doubled twice and joined to itself asks for H = 4·⌊H/4⌋, a view of patches for H mod 8 = 0. One
that no multiples keep, ⌊L/2⌋ = 112, is of a module that takes an open size for the number it had.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from closedform.errors import ClosedformError

#: How far from the size of the export its equations are tried, in multiples of a divisor.
STEPS = (1, 2, 3, 5, 7, 33)


def divisor_of(size: Any, name: str, before: Mapping[Any, int], guards: Iterable[Any]) -> int:
    """The least number of which all multiples keep the equations; ``before``: the sizes exported.

    Raises:
        ClosedformError: there is none but the size that it had.
    """
    noted = {guard.expr for guard in guards if guard.expr.func.__name__ == "Equality"}
    asked = [equation for equation in noted if equation.has(size)]
    was = before[size]
    for by in (number for number in range(1, was // 2 + 1) if was % number == 0):
        others = [was + by * step for step in STEPS]
        others += [was - by * step for step in STEPS if by * step < was // 2]
        tried = ({**before, size: other} for other in others)
        if not any(asks.xreplace(sizes) == False for sizes in tried for asks in asked):  # noqa: E712
            return by
    raise ClosedformError(
        f"the module takes {name} for what it was in the export",
        "write the sizes that it fixes as numbers, x=('B', 3, 224, 224)",
    )
