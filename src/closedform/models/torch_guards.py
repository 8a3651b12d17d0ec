"""What an exported program asks of its open sizes: the numbers that must divide them.

The export notes an equation wherever the module runs only if it holds: a map that is halved twice,
doubled twice and joined to itself asks for H = 4·⌊H/4⌋, a view of patches for H mod 8 = 0. One
that other sizes break, ⌊L/2⌋ = 112, is of a module that takes an open size for the number it had.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import lcm
from typing import Any

from closedform.errors import ClosedformError


def divisor_of(size: Any, guards: Iterable[Any]) -> int:
    """The number that must divide a size, by the guards of the export; 1 where none must."""
    equations = [guard.expr for guard in guards if _is(guard.expr, "Equality")]
    return lcm(1, *_divisors(size, equations))


#: How far from the sizes of the export its equations are tried, in multiples of their divisors.
STEPS = (1, 33)


def check_open(sizes: Mapping[Any, tuple[str, int]], guards: Sequence[Any]) -> None:
    """Raise where other sizes break an equation; ``sizes`` has of each its name and what it was.

    Raises:
        ClosedformError: the module takes an open size for the number that it had in the export.
    """
    equations = [guard.expr for guard in guards if _is(guard.expr, "Equality")]
    for equation, step in product(equations, STEPS):
        others = {}
        for size, (_, before) in sizes.items():
            by = divisor_of(size, guards)
            others[size] = before - by * step if before > by * step else before + by
        if equation.xreplace(others) == False:  # noqa: E712  (SymPy's own)
            names = sorted({name for size, (name, _) in sizes.items() if equation.has(size)})
            raise ClosedformError(
                f"the module takes {' and '.join(names)} for what it was in the export",
                "write the sizes that it fixes as numbers, x=('B', 3, 224, 224)",
            )


def _divisors(size: Any, equations: list[Any]) -> Iterator[int]:
    # ⌊H/⌊H/2⌋⌋ = 2 is noted where a view halves H.
    known = {eq.lhs: eq.rhs for eq in equations if _is(eq.lhs, "FloorDiv") and eq.rhs.is_Integer}
    for left, right in (sides for eq in equations for sides in (eq.args, eq.args[::-1])):
        if _is(left, "Mod", "PythonMod") and right == 0 and left.args[0] == size:
            by = left.args[1]
            quotients = [
                n for q, n in known.items() if q.args == (size, by) and by.args == (size, n)
            ]
            yield from map(int, [by] if by.is_Integer else quotients)
    yield from _parts(size, equations)


def _parts(size: Any, equations: list[Any]) -> list[int]:
    """The numbers c·d for which ⌊size/d⌋ = c·⌊size/(c·d)⌋, from d = 1 on: 2, then 4, then 8."""
    reached = [1]
    for by in reached:
        for left, right in (sides for eq in equations for sides in (eq.args, eq.args[::-1])):
            part = left == size if by == 1 else _is(left, "FloorDiv") and left.args == (size, by)
            numbers = [arg for arg in right.args if arg.is_Integer] if part else []
            floors = [arg.args for arg in right.args if _is(arg, "FloorDiv")]
            if len(right.args) == 2 and numbers and floors == [(size, numbers[0] * by)]:
                reached.append(int(numbers[0]) * by)
    return reached


def _is(expression: Any, *functions: str) -> bool:
    return expression.func.__name__ in functions
