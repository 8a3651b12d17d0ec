"""The integers that solve a comparison under its conditions: cut where a sign changes, looked at.

Between two cuts no side has a pole and no difference changes its sign, so one exact evaluation says
what holds in the whole piece. Divisibility repeats after a period, and is looked at once for each
residue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from math import lcm

from closedform.algebra.assumptions import SIGNS, Condition, holds
from closedform.algebra.exact import compare
from closedform.algebra.forms.readable import readable
from closedform.algebra.normal_form.build import polynomial_tree
from closedform.algebra.normal_form.polynomials import Polynomial
from closedform.algebra.normal_form.rational import Field
from closedform.algebra.proofs.residues import moduli, residue_classes
from closedform.algebra.proofs.univariate import runs
from closedform.algebra.tree import (
    ZERO,
    Number,
    Power,
    Quotient,
    Tree,
    put,
    substitute,
    symbol_names,
    walk,
)
from closedform.algebra.work import WORK, Work
from closedform.errors import ClosedformError, TooLarge, UndefinedValue
from closedform.records import record
from closedform.solving.comparison import PERIOD, Comparison, candidates, unusable
from closedform.solving.root import places
from closedform.solving.solution import Range
from closedform.solving.turns import settled, turns

#: So many integers are looked at one by one, whatever the conditions hold.
SPAN = 1_000
#: What it costs to read a polynomial in a residue class.
CLASS = 400


#: Coefficients in the quotient, the period, and the residue.
InClass = tuple[list[int], int, int]


@record
class Integers:
    """Ranges of integers ``step`` apart; with several ``classes`` they interlace."""

    ranges: tuple[Range, ...]
    step: int = 1
    words: str = ""
    classes: int = 1


def integers(comparison: Comparison) -> Integers:
    """All integers ≥ 1 (or as the bounds say) that solve the comparison and meet the conditions.

    Raises:
        ClosedformError: a condition that cannot be used.
        TooLarge: a number or a period past a bound.
    """
    asked = _Asked(comparison)
    pieces = list(asked.pieces())
    chosen = candidates(comparison)
    if chosen is not None:
        kept = [
            x for x in chosen if _within(x, pieces) and asked.divides_at(x) and asked.true_at(x)
        ]
        return Integers(tuple((x, x) for x in kept))
    looked = [(piece, asked.steps(piece)) for piece in pieces]
    if asked.division_period() == 1 and all(map(asked.is_listed, looked)):
        return Integers(_joined((ends for piece in looked for ends in asked.listed(piece)), 1))
    period = lcm(asked.period, asked.division_period())
    parts = _joined(
        (
            (x, None if last is None else last - (last - x) % period)
            for (first, last), steps in looked
            for x in range(first, first + period)
            if (last is None or x <= last)
            and (x - first) % asked.period in steps
            and asked.divides_at(x)
        ),
        period,
    )
    residues = {first % period for first, _ in parts}
    words = f"multiples of {period:,}" if residues == {0} else f"in steps of {period:,}"
    return Integers(parts, period, words, len(residues))


class _Asked:
    """What a solution must satisfy: the comparison, every condition in the symbol alone."""

    def __init__(self, comparison: Comparison) -> None:
        given = comparison.assumptions
        self.comparison, self.name = comparison, comparison.symbol
        written = [
            Condition(c.relation, given.apply(c.left), given.apply(c.right)) for c in given.written
        ]
        written += [Condition(">" if strict else ">=", t, ZERO) for t, strict in given.hypotheses]
        sides = Condition(comparison.relation, comparison.left, comparison.right)
        if not self._alone(sides):
            # The further symbols that both sides hold have cancelled.
            rest = polynomial_tree(comparison.field, comparison.poly)
            sides = Condition(comparison.relation, rest, ZERO)
        self.orders = [sides, *(c for c in written if c.relation in SIGNS and self._alone(c))]
        self.divisions = [
            Condition("|", *pair) for pair in given.divisions if self._alone(Condition("|", *pair))
        ]
        #: After how many integers the residues repeat that rounding in the orders looks at.
        self.period = 1

    def pieces(self) -> Iterator[Range]:
        """Ranges in each of which the orders hold always or never, for each residue.

        Single integers where it is not known when some change.
        """
        given, name = self.comparison.assumptions, self.name
        low = given.integer_lower().get(name, 1)
        high = given.domain(name).high
        last = None if high is None else high.numerator // high.denominator
        cuts, unclear = {low}, list[Condition]()
        for order in self.orders:
            new = self._cuts(order, low)
            cuts.update(new or ())
            unclear += [order] if new is None else []
        starts = sorted(cut for cut in cuts if last is None or cut <= last)
        for piece in zip(starts, [*(cut - 1 for cut in starts[1:]), last], strict=True):
            yield from self._looked_at(piece, unclear) if unclear else (piece,)

    def _looked_at(self, piece: Range, unclear: list[Condition]) -> Iterator[Range]:
        """Single integers where it is not clear when some orders hold, and the others do hold."""
        (first, last), others = piece, [order for order in self.orders if order not in unclear]
        length = self.period if last is None else min(self.period, last - first + 1)
        if not any(self.true_at(first + step, others) for step in range(length)):
            yield piece
        elif last is not None and last - first < SPAN:
            yield from ((x, x) for x in range(first, last + 1))
        else:
            raise unusable(unclear[0], self.name)

    def steps(self, piece: Range) -> frozenset[int]:
        """How far from its first integer, up to a period, the orders hold in a piece."""
        first, last = piece
        length = self.period if last is None else min(self.period, last - first + 1)
        return frozenset(step for step in range(length) if self.true_at(first + step))

    def is_listed(self, looked: tuple[Range, frozenset[int]]) -> bool:
        """Whether the integers of a piece are written as ranges without steps."""
        (first, last), steps = looked
        return len(steps) in (0, self.period) or (last is not None and last - first < SPAN)

    def listed(self, looked: tuple[Range, frozenset[int]]) -> Iterator[Range]:
        """These ranges."""
        (first, last), steps = looked
        if len(steps) == self.period:
            yield first, last
        elif steps and last is not None:
            among = range(last - first + 1)
            yield from ((first + n, first + n) for n in among if n % self.period in steps)

    def true_at(self, x: int, orders: Iterable[Condition] | None = None) -> bool:
        """Whether both sides have a value there, and all (but divisibility) holds."""
        for order in self.orders if orders is None else orders:
            try:
                sign = compare(order.left, order.right, {self.name: x})
            except UndefinedValue:
                return False
            if sign is None:
                # Intervals do not tell whether √2·2 is 2·√2.
                gap = substitute(order.left - order.right, {self.name: Number(x)})
                if readable(gap) != ZERO:
                    raise unusable(order, self.name)
                sign = 0
            if sign not in SIGNS[order.relation]:
                return False
        return True

    def divides_at(self, x: int) -> bool:
        """Whether the conditions on divisibility hold there."""
        return all(holds(condition, {self.name: x}) for condition in self.divisions)

    def division_period(self) -> int:
        """After how many integers divisibility repeats."""
        period = 1
        for division in self.divisions:
            divisor, multiple = division.left, division.right
            below = self.comparison.assumptions.field(multiple).normal(multiple).cancelled().den
            if not isinstance(divisor, Number) or not below.is_ground:
                raise unusable(division, self.name)
            period = lcm(period, int(divisor.value) * below.LC)
            if period > PERIOD:
                raise TooLarge("the number that must divide the symbol sought", PERIOD)
        return period

    def _alone(self, condition: Condition) -> bool:
        return condition.names <= {self.name}

    def _cuts(self, order: Condition, low: int) -> list[int] | None:
        """Where left − right changes its sign, or a side has no value, if that is known."""
        in_classes = self._polynomials(order)
        if in_classes is None:
            if (
                order is self.orders[0]
                and self.comparison.has_constants
                and not self.comparison.needs
            ):
                ends = places(self.comparison)
                if ends is not None:
                    return [cut for end in ends for cut in (end, end + 1) if cut > low]
            with suppress(ClosedformError):
                return turns(order, self.name, low)
            start = settled(order.left, order.right, self.name, low)
            return None if start is None else [*range(low + 1, start + 1)]
        self.period = lcm(self.period, *(period for _, period, _ in in_classes))
        return [
            period * run.first
            for poly, period, residue in in_classes
            for run in runs(poly, -((residue - low) // period))
            if period * run.first > low
        ]

    def _polynomials(self, order: Condition) -> list[InClass] | None:
        """All that can change a sign or vanish under a line, in each residue class."""
        polynomials: list[InClass] = []
        trees = [order.left - order.right]
        trees += [tree for side in order.sides for tree in under_lines(side)]
        for tree in trees:
            space = self.comparison.assumptions.field(tree)
            value = space.normal(tree).cancelled()
            for poly in (value.num, value.den):
                classes = self._in_classes(space, poly)
                if classes is None:
                    return None
                polynomials += classes
        return polynomials

    def _in_classes(self, space: Field, poly: Polynomial) -> list[InClass] | None:
        """A polynomial that may hold floors, class by class; ``None`` where it stays none."""
        used = {space.keys[place] for m in poly for place, e in enumerate(m) if e}
        if used <= {self.name}:
            return [(poly.coefficients(space.index[self.name]) if used else [poly.LC], 1, 0)]
        tree, wanted = polynomial_tree(space, poly), moduli(space, poly) or {}
        classes: list[InClass] = []
        work = Work(WORK)
        for case in residue_classes(wanted, (tree,), self.comparison.assumptions) or ():
            work.spend(CLASS)
            plain = case.assumptions.field(part := put(tree, case.values))
            value = plain.normal(part).cancelled()
            if len(plain.keys) > 1 or not value.den.is_ground:
                return None
            ((period, residue),) = case.residues.values()
            numbers = value.num.coefficients(0) if plain.keys else [value.num.LC]
            classes.append((numbers, period, residue))
        return classes or None


def under_lines(tree: Tree) -> Iterator[Tree]:
    """What must not vanish for ``tree`` to have a value: all that it divides by."""
    for part in walk(tree):
        match part:
            case Quotient(denominator=below) if symbol_names(below):
                yield below
            case Power(base=base, exponent=Number(value=times)) if times < 0:
                yield base


def _within(x: int, ranges: list[Range]) -> bool:
    return any(first <= x and (last is None or x <= last) for first, last in ranges)


def _joined(ranges: Iterable[Range], step: int) -> tuple[Range, ...]:
    """Ranges of integers ``step`` apart, those that go on as one."""
    joined: list[Range] = []
    for first, last in sorted(ranges, key=lambda ends: (ends[0] % step, ends[0])):
        if joined and joined[-1][1] == first - step:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return tuple(sorted(joined, key=lambda ends: ends[0]))
