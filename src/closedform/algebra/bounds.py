"""Inequalities: a proof that an expression is nowhere negative (or nowhere ≤ 0) on its domain.

The numerator and the denominator of the normal form are each brought to coordinates t ≥ 0
(:mod:`closedform.algebra.region`); what is known of the atoms and from the conditions goes along,
and :mod:`closedform.algebra.positivity` looks for a proof. A largest or smallest one is split into
its cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sympy.polys.rings import PolyElement

from closedform.algebra.conditions import Assumptions
from closedform.algebra.facts import as_known, facts
from closedform.algebra.positivity import Goal, Known, Prover
from closedform.algebra.rational import Field, RationalFunction
from closedform.algebra.region import Region, regions
from closedform.algebra.signs import integer_polynomial
from closedform.algebra.tree import Tree
from closedform.algebra.work import Work
from closedform.errors import TooLarge, UndefinedValue

#: What one proof may cost.
WORK = 60_000
#: The method where a solver was asked.
SOLVER = "the SMT solver z3"
Solver = Callable[[Goal], bool]
#: The most cases of largest ones that are distinguished.
CASES = 12


def prove_sign(
    tree: Tree, assumptions: Assumptions, *, strict: bool, work: Work | None = None
) -> str | None:
    """The method that proves ``tree`` ≥ 0 (``strict``: > 0) wherever it is defined, or ``None``.

    Raises:
        UndefinedValue: the expression has no value anywhere.
        TooLarge: its normal form passes a bound. A proof that would take too long is ``None``.
    """
    space = assumptions.field(tree)
    return sign_of(space.normal(tree), assumptions, strict=strict, work=work)


def sign_of(
    value: RationalFunction,
    assumptions: Assumptions,
    *,
    strict: bool,
    work: Work | None = None,
    solver: Solver | None = None,
) -> str | None:
    """The method that proves a normal form ≥ 0 (``strict``: > 0), or ``None``.

    ``solver`` is asked where the rules find nothing.
    """
    field = value.field
    work = work or Work(WORK)
    outer, field.work = field.work, work
    try:
        if not value.num:
            return None if strict else "normal form"
        methods: dict[str, None] = {}
        for case in _cases(field, value.cancelled()):
            known = _Case(field, assumptions, work, case.known, solver)
            found = known.proves(case.value, strict=strict)
            if found is None:
                return None
            methods[found] = None
        return "; ".join(methods)
    except (TooLarge, UndefinedValue):
        return None
    finally:
        field.work = outer


@dataclass(frozen=True)
class Case:
    """A value in the case in which some expressions are ≥ 0."""

    value: RationalFunction
    known: tuple[RationalFunction, ...] = ()


def _cases(field: Field, value: RationalFunction) -> Iterator[Case]:
    """The cases of which argument is the largest, for each largest one in ``value``."""
    pending = [Case(value)]
    for place in sorted(field.maxima, reverse=True):
        following: list[Case] = []
        for case in pending:
            following += _split(field, case, place)
        if len(following) > CASES:
            break
        pending = following
    yield from pending


def _split(field: Field, case: Case, place: int) -> list[Case]:
    polys = [case.value.num, case.value.den, *(k.num for k in case.known)]
    if not any(m[place] for poly in polys for m in field.lift(poly)):
        return [case]
    arguments = field.maxima[place]
    return [
        Case(
            replaced(case.value, place, chosen),
            (
                *(replaced(k, place, chosen) for k in case.known),
                *(chosen - other for other in arguments if other is not chosen),
            ),
        )
        for chosen in arguments
    ]


def replaced(value: RationalFunction, place: int, other: RationalFunction) -> RationalFunction:
    """``value`` with one generator replaced by a rational function."""
    top, bottom = (_evaluated(value.field, poly, place, other) for poly in (value.num, value.den))
    return (top / bottom).cancelled()


def _evaluated(
    field: Field, poly: PolyElement, place: int, other: RationalFunction
) -> RationalFunction:
    poly = field.lift(poly)
    rows: dict[int, dict[tuple[int, ...], int]] = {}
    for monomial, coefficient in poly.items():
        rest = (*monomial[:place], 0, *monomial[place + 1 :])
        rows.setdefault(monomial[place], {})[rest] = coefficient
    total = field.zero
    for exponent in range(max(rows, default=0), -1, -1):
        total = total * other
        if exponent in rows:
            total = total + field.polynomial(poly.ring.from_dict(rows[exponent]))
    return total


class _Case:
    """The proofs of one case: what is known, and the regions of the domain."""

    def __init__(
        self,
        field: Field,
        assumptions: Assumptions,
        work: Work,
        more: tuple[RationalFunction, ...],
        solver: Solver | None,
    ) -> None:
        self.solver = solver
        self.field = field
        self.assumptions = assumptions
        self.work = work
        self.known: list[Known] = []
        for form in more:
            self.known += as_known(field, form, strict=False)
        for tree, strict in assumptions.hypotheses:
            self.known += as_known(field, field.normal(tree), strict=strict)
        # An integer that is > 0 is at least 1.
        self.known += [(h - 1, False) for h, s in self.known if s and integer_polynomial(field, h)]
        self.known += facts(field)

    def proves(self, value: RationalFunction, *, strict: bool) -> str | None:
        """The method that shows numerator and denominator to have the same sign.

        The denominator need only be ≥ 0: where it is 0 there is no value.
        """
        num, den = self.field.lift(value.num), self.field.lift(value.den)
        if not num:
            return None if strict else "normal form"
        for sign in (1, -1):
            if den == 1 and sign < 0:
                return None
            if den != 1 and self._everywhere(den if sign > 0 else -den, strict=False) is None:
                continue
            method = self._everywhere(num if sign > 0 else -num, strict=strict)
            if method is not None:
                return method
        return None

    def _everywhere(self, poly: PolyElement, *, strict: bool) -> str | None:
        """The method that proves the sign of a polynomial in every region."""
        known = self._relevant(poly)
        swaps = self._roots_for_symbols(poly)
        poly = self._swapped(poly, swaps)
        known = [(self._swapped(h, swaps), s) for h, s in known]
        used = frozenset(
            i for p in (poly, *(h for h, _ in known)) for m in p for i, e in enumerate(m) if e
        )
        found = regions(self.field, self.assumptions, used)
        if not found:
            return None
        methods: dict[str, None] = {}
        for region in found:
            prover = Prover(self.work)
            goal = _goal(region, poly, known, strict=strict)
            if prover.proves(goal):
                methods[prover.method()] = None
            elif self.solver is not None and self.solver(goal):
                methods[SOLVER] = None
            else:
                return None
        return "; ".join(methods)

    def _relevant(self, poly: PolyElement) -> list[Known]:
        """What is known of the generators of a polynomial, directly or through others."""
        lifted = [(self.field.lift(h), s) for h, s in self.known]
        reached = {i for m in poly for i, e in enumerate(m) if e}
        chosen: dict[int, Known] = {}
        for _ in range(3):
            for number, (h, s) in enumerate(lifted):
                places = {i for m in h for i, e in enumerate(m) if e}
                if number not in chosen and places & reached:
                    chosen[number] = (h, s)
            reached |= {i for h, _ in chosen.values() for m in h for i, e in enumerate(m) if e}
        return list(chosen.values())

    def _roots_for_symbols(self, poly: PolyElement) -> dict[int, tuple[int, int]]:
        """Symbols x that are r^q for a root r in the polynomial: x -> (r, q)."""
        found: dict[int, tuple[int, int]] = {}
        for place, (order, radicand) in self.field.roots.items():
            if not any(m[place] for m in poly) or radicand.den != 1 or len(radicand.num) != 1:
                continue
            ((monomial, coefficient),) = radicand.num.items()
            bases = [i for i, e in enumerate(monomial) if e]
            if coefficient == 1 and len(bases) == 1 and monomial[bases[0]] == 1:
                bounded = str(self.field.keys[bases[0]]) in self.assumptions.upper
                if self.field.known[bases[0]].nonnegative and not bounded:
                    found.setdefault(bases[0], (place, order))
        return found

    def _swapped(self, poly: PolyElement, swaps: dict[int, tuple[int, int]]) -> PolyElement:
        for base, (root, order) in swaps.items():
            rows: dict[tuple[int, ...], int] = {}
            for monomial, coefficient in poly.items():
                moved = list(monomial)
                moved[root] += order * moved[base]
                moved[base] = 0
                key = tuple(moved)
                rows[key] = rows.get(key, 0) + coefficient
            poly = poly.ring.from_dict({m: c for m, c in rows.items() if c})
        return poly


def _goal(region: Region, poly: PolyElement, known: list[Known], *, strict: bool) -> Goal:
    moved = tuple((region.move(h), s) for h, s in known)
    above, integers = region.above, region.integers
    return Goal(region.move(poly), strict, tuple(k for k in moved if k[0]), above, integers)


__all__ = ["Case", "prove_sign", "replaced", "sign_of"]
