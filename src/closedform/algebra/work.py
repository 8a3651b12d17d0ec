"""A budget of steps, and the bounds on what a formula may become."""

from __future__ import annotations

from closedform.errors import TooLarge

#: Bounds that keep any one claim well under a second: 200,000 products of terms take about 0.15 s.
WORK = 200_000
TERMS = 5_000
EXPONENT = 10_000
#: The largest power of a sum that is multiplied out.
SUM_EXPONENT = 64
BITS = 13_000  # about 4,000 decimal digits; Python itself refuses to print more than 4,300


class Work:
    """A budget of steps: deterministic, so that a verdict does not depend on the machine."""

    __slots__ = ("left", "limit")

    def __init__(self, limit: int = WORK) -> None:
        self.limit = limit
        self.left = limit

    def spend(self, steps: int) -> None:
        """Pay for ``steps``.

        Raises:
            TooLarge: the budget is used up.
        """
        self.left -= steps
        if self.left < 0:
            raise TooLarge("the work that this formula takes (products of terms)", self.limit)
