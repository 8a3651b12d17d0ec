"""The smallest integers at which a claim fails.

Assignments are tried in the order of their distance from the smallest admissible values, so the
first failure is a smallest one; then some larger ones, spread out. Values are exact, conditions are
checked, and nothing is reported that was not evaluated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from itertools import islice, takewhile

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.domains import Domain
from closedform.algebra.exact import value
from closedform.algebra.search.smallest import by_distance, smallest
from closedform.algebra.tree import Tree, symbol_names
from closedform.algebra.work import Work
from closedform.errors import Irrational, TooLarge, UndefinedValue
from closedform.records import record

Values = dict[str, "int | Fraction"]
#: Says whether a claim fails at some values; ``None`` where that cannot be told.
Fails = Callable[[Mapping[str, "int | Fraction"], Work], "bool | None"]
#: How many assignments are tried, and how many nodes may be evaluated on the way.
TRIES, NODES = 3_000, 120_000
#: How far from the smallest values the search goes.
REACH = 40
#: Powers of two past these: a claim about sizes up to billions fails where sizes are as large.
LARGE = (13, 17, 20, 24, 30, 34, 40, 47, 60)
#: How many larger assignments are tried after that, and how large their values are.
SPREAD = 200
SIZES = (2, 3, 5, 7, 8, 12, 16, 30, 64, 97, 128, 210, 256, 509, 1024)


@record
class Search:
    """What a search found: values at which the claim fails, or that there are none.

    ``complete`` says that every admissible assignment was tried and told; ``told`` counts the
    assignments at which both sides have values, ``admissible`` those that meet the conditions.
    """

    values: Values | None
    complete: bool
    tried: int
    told: int = 0
    admissible: int = 0
    #: The two sides that were compared, where sums were written out for it.
    sides: tuple[Tree, Tree] | None = None

    def __str__(self) -> str:
        """What was searched in vain, as a part of a sentence."""
        if not self.admissible and self.tried <= 1 and not self.complete:
            return "no values, because the work for one claim was used up"
        if not self.admissible:
            return f"{self.tried:,} assignments of small values, none of which meets the conditions"
        if not self.told:
            both = "at none of which both sides have a known value"
            return f"{self.admissible:,} assignments, {both}"
        return f"{self.told:,} assignments of values, none of which is a counterexample"


def search(
    names: tuple[str, ...], assumptions: Assumptions, fails: Fails, *, nodes: int = NODES
) -> Search:
    """Look for admissible values at which ``fails`` is true.

    ``names`` are the symbols of the claim; those that an equation fixes are worked out. Symbols
    that no condition ties to these have the first values that the conditions allow.
    """
    free = _free(names, assumptions)
    tied = _tied(names, assumptions)
    apart = tuple(name for name in free if name not in tied)
    fixed: Values | None = {}
    if apart and len(apart) < len(free):
        fixed = _Searching(apart, apart, assumptions, _anything, Work(nodes)).run().values
        free = tuple(name for name in free if name in tied or fixed is None)
    return _Searching(names, free, assumptions, fails, Work(nodes), fixed or {}).run()


def first_admissible(names: tuple[str, ...], assumptions: Assumptions) -> Search:
    """Values that meet the conditions, as far as they are found."""
    return search(names, assumptions, _anything, nodes=NODES // 4)


def _anything(_: Mapping[str, int | Fraction], __: Work) -> bool:
    return True


class _Searching:
    """One search: its symbols, their ranges, and what has been counted."""

    def __init__(
        self,
        names: tuple[str, ...],
        free: tuple[str, ...],
        assumptions: Assumptions,
        fails: Fails,
        work: Work,
        fixed: Values | None = None,
    ) -> None:
        self.names, self.free, self.fixed = names, free, fixed or {}
        self.assumptions = assumptions
        self.equations = [(n, t, {*symbol_names(t)}) for n, t in assumptions.equations.items()]
        self.fails = fails
        self.work = work
        lower = smallest(assumptions)
        self.ranges = [_Range(name, assumptions, lower) for name in self.free]
        self.size = 1 + len(assumptions.written) + len(self.free)
        self.tried = self.told = self.admissible = 0
        #: Whether some assignment could not be told.
        self.unknown = False

    def run(self) -> Search:
        try:
            for values in self._assignments():
                self.tried += 1
                self.work.spend(self.size)
                complete = self._admissible(values)
                if complete is not None and self._fails(complete):
                    witness = {n: complete[n] for n in self.names if n in complete}
                    return Search(witness, False, self.tried, self.told, self.admissible)
        except TooLarge:
            return Search(None, False, self.tried, self.told, self.admissible)
        finite = all(r.size is not None for r in self.ranges)
        reached = finite and sum((r.size or 0) - 1 for r in self.ranges) <= REACH
        all_tried = self.tried < TRIES and reached and not self.unknown
        return Search(None, all_tried, self.tried, self.told, self.admissible)

    def _assignments(self) -> Iterator[Values]:
        """Small values with half of the work, then larger ones, then small ones with the rest."""
        steps = islice(by_distance([r.size for r in self.ranges], REACH), TRIES)
        small = ({r.name: r.at(n) for r, n in zip(self.ranges, at, strict=True)} for at in steps)
        endless = any(r.size is None for r in self.ranges)
        yield from takewhile(lambda _: not endless or 2 * self.work.left > self.work.limit, small)
        if endless:
            yield from self._spread()
            yield from self._large()
            yield from small

    def _spread(self) -> Iterator[Values]:
        """Larger values, in an order that is the same in every run."""
        state = 1
        for _ in range(SPREAD):
            values: Values = {}
            for r in self.ranges:
                state = (state * 1103515245 + 12345) % 2**31
                values[r.name] = r.far(state >> 8)
            yield values

    def _large(self) -> Iterator[Values]:
        """Powers of two: all symbols at once, then one of them beside the smallest values."""
        for several in (self.ranges, *([single] for single in self.ranges if len(self.ranges) > 1)):
            for power in LARGE:
                yield {r.name: r.at(0) if r not in several else r.past(power) for r in self.ranges}

    def _admissible(self, values: Values) -> Values | None:
        """The values with those that equations fix, if all are sizes and every condition holds."""
        complete = self.fixed | values
        try:
            for name, tree, inside in self.equations:
                if inside <= complete.keys():
                    complete[name] = value(tree, complete)
                    if not _is_size(complete[name], self.assumptions.domain(name), inside):
                        return None
            if not self.assumptions.hold_at(complete):
                return None
        except UndefinedValue:
            return None
        except (Irrational, TooLarge):
            self.unknown = True
            return None
        self.admissible += 1
        return complete

    def _fails(self, values: Mapping[str, int | Fraction]) -> bool:
        try:
            answer = self.fails(values, self.work)
        except UndefinedValue:
            return False
        except Irrational:
            answer = None
        except TooLarge:
            if self.work.left < 0:
                raise
            answer = None
        self.told += answer is not None
        self.unknown |= answer is None
        return bool(answer)


def _free(names: tuple[str, ...], assumptions: Assumptions) -> tuple[str, ...]:
    """The symbols to choose: those of the claim and of the conditions that no equation fixes."""
    bound = assumptions.equations
    needed: dict[str, None] = {}
    trees = (side for condition in assumptions.stated for side in condition.sides)
    for name in (*names, *symbol_names(*trees)):
        symbols = symbol_names(bound[name]) if name in bound else (name,)
        needed.update(dict.fromkeys(symbols))
    return tuple(name for name in needed if name not in bound)


def _tied(names: tuple[str, ...], assumptions: Assumptions) -> set[str]:
    """The symbols of the claim, and all that conditions tie to them, one after the other."""
    conditions = [condition.names for condition in assumptions.stated]
    conditions += [{name, *symbol_names(tree)} for name, tree in assumptions.equations.items()]
    tied = set(names)
    for _ in conditions:
        tied |= {name for held in conditions if held & tied for name in held}
    return tied


class _Range:
    """The values of one symbol in the order in which they are tried."""

    def __init__(self, name: str, assumptions: Assumptions, lower: Mapping[str, Fraction]) -> None:
        self.name = name
        domain = assumptions.domain(name)
        self.sample: tuple[Fraction, ...] = ()
        self.size: int | None = None
        self.first = 1
        low, high = lower.get(name, domain.least), domain.high
        if domain.real and not domain.either:
            open_low = domain.open_low or (low == 0 and domain.low is None)
            self.sample = _fractions(low, high, open_low=open_low, open_high=domain.open_high)
            return
        self.first = -(-low.numerator // low.denominator)
        if domain.open_low and self.first == low:
            self.first += 1
        if high is not None:
            self.size = max(0, high.numerator // high.denominator - self.first + 1)
            if domain.either:
                # It may be meant as a real number, so these are never all its values.
                self.room, self.size = self.size, None
                self.sample = tuple(Fraction(self.first + i) for i in range(self.room))

    def past(self, power: int) -> int | Fraction:
        """A power of two, where the integers have no end."""
        return self.at(0) if self.sample or self.size is not None else max(self.first, 2**power)

    def at(self, step: int) -> int | Fraction:
        """The value so many steps from the smallest, or from the simplest."""
        if not self.sample:
            return self.first + step
        number = self.sample[step % len(self.sample)]
        return number.numerator if number.denominator == 1 else number

    def far(self, number: int) -> int | Fraction:
        """A value further away, told by a random number."""
        if self.sample:
            return self.at(number)
        step = SIZES[number % len(SIZES)] + number // len(SIZES) % 4
        return self.first + (step % self.size if self.size else step)


@lru_cache(maxsize=256)
def _fractions(
    low: Fraction, high: Fraction | None, *, open_low: bool, open_high: bool
) -> tuple[Fraction, ...]:
    """Simple fractions of an interval, the simplest first."""
    top = high if high is not None else max(low, Fraction(1)) * 4
    ends = {end for end, left_out in ((low, open_low), (top, open_high)) if not left_out}
    inside = {f for q in range(1, 9) for p in range(1, 33) if low < (f := Fraction(p, q)) < top}
    simple = tuple(sorted(inside | ends, key=lambda f: (f.denominator, f))) or ((low + top) / 2,)
    return simple + tuple(top * 10**n for n in (1, 3, 9, 14) if high is None)


def _is_size(number: int | Fraction, domain: Domain, inside: set[str]) -> bool:
    if domain.real:
        return number >= 0  # its bounds are conditions as written, and checked as such
    if not inside:
        return number >= 0  # a value that the conditions state, whole or not
    return number.denominator == 1 and number >= domain.least
