"""A budget of steps, and the bounds on what a formula may become."""

from __future__ import annotations

from contextvars import ContextVar

from closedform.errors import TooLarge

#: Bounds that keep any one claim well under a second: 200,000 products of terms take about 0.15 s.
WORK = 200_000
TERMS = 5_000
EXPONENT = 10_000
#: Symbols, and functions of them, of one formula: a monomial has an exponent for each.
GENERATORS = 300
#: So many exponents are gone through in a step.
EXPONENTS = 64
#: The largest power of a sum that is multiplied out.
SUM_EXPONENT = 64
BITS = 13_000  # about 4,000 decimal digits; Python itself refuses to print more than 4,300


class Work:
    """A budget of steps: deterministic, so that a verdict does not depend on the machine.

    A step takes about a microsecond. What is spent is taken from the budget ``within`` as well: one
    that is given, or the one that :func:`work_at_most` has opened.
    """

    __slots__ = ("_before", "left", "limit", "within")

    def __init__(self, limit: int = WORK, *, within: Work | None = None) -> None:
        self.limit = limit
        self.left = limit
        self.within = within or _OPEN.get()

    def spend(self, steps: int) -> None:
        """Pay for ``steps``.

        Raises:
            TooLarge: the budget is used up.
        """
        self.left -= steps
        if self.left < 0:
            raise TooLarge("the work that this formula takes (products of terms)", self.limit)
        if self.within is not None:
            self.within.spend(steps)

    def spend_on(self, terms: int, generators: int) -> None:
        """Pay for going once through all exponents of so many terms."""
        self.spend(terms * generators // EXPONENTS)

    def __enter__(self) -> Work:
        self._before = _OPEN.set(self)
        return self

    def __exit__(self, *_: object) -> None:
        _OPEN.reset(self._before)


_OPEN: ContextVar[Work | None] = ContextVar("_OPEN", default=None)


def work_at_most(limit: int) -> Work:
    """All the work in here together takes no more than so many steps, whatever was open before."""
    work = Work(limit)
    work.within = None
    return work
