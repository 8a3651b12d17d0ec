"""Inequalities: a proof that an expression is nowhere negative (or nowhere ≤ 0) on its domain.

The numerator and the denominator of the normal form are each brought to coordinates t ≥ 0
(:mod:`closedform.algebra.proofs.goal`); what is known of the atoms and from the conditions goes
along, and :mod:`closedform.algebra.proofs.positivity` looks for a proof. A largest or smallest one
is split into its cases.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.normal_form.build import places_in
from closedform.algebra.normal_form.cases import ValueInCase, cases, split_at
from closedform.algebra.normal_form.divisors import small
from closedform.algebra.normal_form.factors import factored
from closedform.algebra.normal_form.polynomials import Polynomial, powers_in
from closedform.algebra.normal_form.rational import RationalFunction
from closedform.algebra.normal_form.signs import integer_polynomial
from closedform.algebra.proofs.facts import STEPS, about, as_known, facts, without_positive
from closedform.algebra.proofs.goal import Goal, Known, Region, goal_in, regions
from closedform.algebra.proofs.positivity import Prover
from closedform.algebra.tree import Tree, symbol_names
from closedform.algebra.work import Work
from closedform.errors import TooLarge, UndefinedValue

#: What all proofs of one sign may cost, and what a single one may.
WORK, SHARE = 160_000, 60_000
#: The method where a solver was asked.
SOLVER = "the SMT solver z3"
Solver = Callable[[Goal], bool]
#: Past this many products of terms nothing is squared.
SQUARED = 2_000
#: How many square roots are removed by squaring, one after the other.
ROOTS = 3
#: How many conditions are asked whether they would fail, and the terms of a simple polynomial.
CONTRADICTED, SIMPLE = 4, 3


def prove_sign(
    tree: Tree, assumptions: Assumptions, *, strict: bool, work: Work | None = None
) -> str | None:
    """The method that proves ``tree`` ≥ 0 (``strict``: > 0) where it is defined, or ``None``.

    Raises:
        UndefinedValue: the expression has no value anywhere.
        TooLarge: its normal form passes a bound. A proof that would take too long is ``None``.
    """
    space = assumptions.field(tree)
    return sign_of(space.normal(tree), assumptions, strict=strict, work=work)


def known_sign(tree: Tree, assumptions: Assumptions, *, strict: bool = True) -> int:
    """1 or −1 where ``tree`` is seen to be > 0 or < 0 (not ``strict``: ≥ or ≤), else 0."""
    signs = (1, tree), (-1, -tree)
    return next((s for s, side in signs if prove_sign(side, assumptions, strict=strict)), 0)


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
        for case in cases(field, value.cancelled()):
            known = _Case(case, assumptions, work, solver)
            method = known.proves(case.value, strict=strict)
            if method is None:
                return None
            methods[method] = None
        return "; ".join(methods)
    except (TooLarge, UndefinedValue):
        return None
    finally:
        field.work = outer


class _Case:
    """The proofs of one case: what is known, and the regions of the domain."""

    def __init__(
        self, case: ValueInCase, assumptions: Assumptions, work: Work, solver: Solver | None
    ) -> None:
        self.solver = solver
        self.field = field = case.value.field
        self.assumptions = assumptions
        self.work = work
        self.known: list[Known] = []
        for form in case.known:
            self.known += as_known(field, form, strict=False)
        self.given: list[Known] = []
        names = {name for tree in field.trees for name in symbol_names(tree)}
        hypotheses, names = about(names, assumptions.hypotheses)
        for tree, strict in hypotheses:
            given = as_known(field, field.normal(tree), strict=strict)
            self.given += given
            self.known += given + [without_positive(field, h, strict=s) for h, s in given if h]
        for name, domain in assumptions.domains.items():
            if domain.high is not None and name in names:
                room = field.number(domain.high) - field.symbol(name)
                self.known += as_known(field, room, strict=domain.open_high)
        self.known += facts(field, case.value.num)
        # An integer that is > 0 is at least 1.
        self.known += [(h - 1, False) for h, s in self.known if s and integer_polynomial(field, h)]
        self.known = list(dict.fromkeys(self.known))

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
            wanted = num if sign > 0 else -num
            method = self._polynomial(wanted, strict=strict)
            method = method or self._by_contradiction(wanted, strict=strict)
            if method is not None:
                return method
        return None

    def _polynomial(self, poly: Polynomial, *, strict: bool, depth: int = 0) -> str | None:
        """The method that proves the sign of a polynomial, squares and roots seen to first."""
        method = (
            self._everywhere(poly, strict=strict)
            or self._without_squares(poly, strict=strict)
            or self._of_integers(poly, strict=strict)
        )
        if method is None and depth < ROOTS:
            method = self._by_squaring(poly, strict=strict, depth=depth)
        return method

    def _by_contradiction(self, poly: Polynomial, *, strict: bool) -> str | None:
        """Were it not so, a condition would fail: tried where what is to be shown is simple."""
        if max(map(sum, poly)) > 1 or len(poly) > SIMPLE:
            return None
        known = self.known
        whole = not strict and integer_polynomial(self.field, poly)
        self.known = [(-poly - 1, False) if whole else (-poly, not strict), *known]
        given = [(self.field.lift(-h), not s) for h, s in self.given[:CONTRADICTED]]
        methods = (self._everywhere(h, strict=s) for h, s in given)
        method = next(filter(None, methods), None)
        self.known = known
        return method and f"{method}, by contradiction"

    def _without_squares(self, poly: Polynomial, *, strict: bool) -> str | None:
        """Even powers of factors are ≥ 0, so the rest decides."""
        if strict or not small(poly):
            return None
        product = factored(self.field, poly)
        if not any(exponent > 1 for _, exponent in product.factors):
            return None
        rest = self.field.monomial(product.monomial).num * product.number
        for factor, exponent in product.factors:
            rest = rest * factor if exponent % 2 else rest
        return self._everywhere(rest, strict=False)

    def _by_squaring(self, poly: Polynomial, *, strict: bool, depth: int) -> str | None:
        """Show a·√x + b > 0 by a ≥ 0 and a²x > b², or by b ≥ 0 and b² > a²x."""
        for place, (order, radicand) in self.field.roots.items():
            degrees = {m[place] for m in poly}
            if order != 2 or degrees != {0, 1} or not self.field.known[place].nonnegative:
                continue
            slope, rest = split_at(poly, place)
            if len(slope) * len(slope) + len(rest) * len(rest) > SQUARED:
                continue
            a, b = self.field.polynomial(slope), self.field.polynomial(rest)
            gap = (a * a * radicand - b * b).cancelled()
            for part, value in ((slope, gap), (rest, -gap)):
                if self._everywhere(part, strict=False) is None:
                    continue
                if value.den != 1 and self._everywhere(value.den, strict=False) is None:
                    continue
                num = self.field.lift(value.num)
                if (not num and not strict) or (
                    num and self._polynomial(num, strict=strict, depth=depth + 1)
                ):
                    return "squaring, and signs of the coefficients"
        return None

    def _of_integers(self, poly: Polynomial, *, strict: bool) -> str | None:
        """An integer is ≥ 0 if it is > −1; floors are multiplied by what is under their line."""
        if not integer_polynomial(self.field, poly):
            return None
        places = places_in(poly)
        floors = [i for i in self.field.floors if i in places]
        if not floors and self.field.arguments["real floor"].keys().isdisjoint(places):
            return None
        larger = poly if strict else poly + 1
        bottoms = (self.field.lift(self.field.floors[i][1].num) for i in floors)
        for bottom in {frozenset(b.items()): b for b in bottoms}.values():
            larger = self.field.times(larger, bottom)
        method = self._everywhere(larger, strict=True)
        return None if method is None else f"{method}, for integers"

    def _everywhere(self, poly: Polynomial, *, strict: bool) -> str | None:
        """The method that proves the sign of a polynomial in every region."""
        known = self._relevant(poly)
        swaps = self._roots_for_symbols(poly)
        poly = self._swapped(poly, swaps)
        known = [(self._swapped(h, swaps), s) for h, s in known]
        used = places_in(poly, *(h for h, _ in known))
        cover = regions(self.field, self.assumptions, used)
        return self._in_regions(cover, poly, known, strict=strict)

    def _in_regions(
        self, cover: list[Region], poly: Polynomial, known: list[Known], *, strict: bool
    ) -> str | None:
        methods: dict[str, None] = {}
        if not cover:
            return None  # there are too many, of which nothing was proven
        for region in cover:
            prover = Prover(Work(SHARE, within=self.work))
            goal = goal_in(region, poly, known, strict=strict)
            proven = False
            with suppress(TooLarge):  # a share of the work is not enough for a proof
                proven = prover.proves(goal)
            if proven:
                methods[prover.method()] = None
            elif self.solver is not None and self.solver(goal):
                methods[SOLVER] = None
            else:
                return None
        return "; ".join(methods)

    def _relevant(self, poly: Polynomial) -> list[Known]:
        """What is known of the generators of a polynomial, directly or through others."""
        lifted = [(self.field.lift(h), s) for h, s in self.known]
        reached = {*places_in(poly)}
        chosen: dict[int, Known] = {}
        for _ in range(STEPS):
            for number, (h, s) in enumerate(lifted):
                if number not in chosen and not reached.isdisjoint(places_in(h)):
                    chosen[number] = (h, s)
            reached |= {*places_in(*(h for h, _ in chosen.values()))}
        return list(chosen.values())

    def _roots_for_symbols(self, poly: Polynomial) -> dict[int, tuple[int, int]]:
        """Symbols x that are r^q for a root r in the polynomial: x -> (r, q)."""
        swaps: dict[int, tuple[int, int]] = {}
        places = places_in(poly)
        for place, (order, radicand) in self.field.roots.items():
            if place not in places or radicand.den != 1 or len(radicand.num) != 1:
                continue
            ((monomial, coefficient),) = radicand.num.items()
            match coefficient, list(powers_in(monomial)):
                case 1, [(base, 1)] if self.field.known[base].nonnegative:
                    key = str(self.field.keys[base])
                    if self.assumptions.domain(key).high is None:
                        swaps.setdefault(base, (place, order))
        return swaps

    def _swapped(self, poly: Polynomial, swaps: dict[int, tuple[int, int]]) -> Polynomial:
        for base, (root, order) in swaps.items():
            poly = poly.put(base, poly.ring.gen(root) ** order)
        return poly


__all__ = ["known_sign", "prove_sign", "sign_of"]
