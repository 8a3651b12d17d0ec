"""Inequalities: a proof that an expression is nowhere negative (or nowhere ≤ 0) on its domain.

The rules, in this order: every symbol is moved to its smallest value and the signs of the coefficients
are read (a polynomial with no negative coefficient is nowhere negative for arguments ≥ 0); a multiple
of a hypothesis is split off; a single symbol is followed past the last root; two symbols are told apart
by which one is larger; a symbol's smallest value is treated on its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

from sympy import ZZ
from sympy.polys.rings import PolyElement

from closedform.algebra.conditions import Assumptions
from closedform.algebra.normal import TERMS, Field
from closedform.algebra.signs import lower_bound, shift_one
from closedform.algebra.tree import Tree
from closedform.errors import TooLarge

#: How many polynomials a proof may look at, and how many nested case distinctions it may make.
LOOKS, DEPTH = 300, 4
#: Past this bound on its roots a polynomial in one symbol is not followed value by value.
FOLLOWED = 20_000


def prove_sign(
    tree: Tree, assumptions: Assumptions, *, strict: bool
) -> str | None:
    """The method that proves ``tree`` ≥ 0 (``strict``: > 0) on the domain, or ``None``."""
    space = assumptions.field(tree)
    whole = space.normal(tree).cancelled()
    if not whole.num:
        return None if strict else "normal form"
    domain, below = _Domain(space, assumptions, strict=strict), _Domain(space, assumptions, strict=True)
    for sign in (1, -1):
        top = domain.move(whole.num if sign > 0 else -whole.num)
        bottom = below.move(whole.den if sign > 0 else -whole.den)
        if top is None or bottom is None:
            return None
        if not _Prover(below).proves(bottom, strict=True):
            continue
        prover = _Prover(domain)
        if prover.proves(top, strict=strict):
            return prover.method
    return None


class _Domain:
    """Symbols rewritten as their smallest value plus something ≥ 0."""

    def __init__(self, space: Field, assumptions: Assumptions, *, strict: bool) -> None:
        self.space = space
        self.assumptions = assumptions
        self.strict = strict
        self.hypotheses: list[tuple[PolyElement, bool]] = []
        hypotheses = []
        for tree, strict in assumptions.hypotheses:
            known = space.normal(tree).cancelled()
            # An integer that is > 0 is ≥ 1; a denominator counts only if it is a plain positive one.
            if all(c > 0 for c in known.den.values()):
                hypotheses.append((known.num, strict))
        for poly, strict in hypotheses:
            shifted = self.move(poly)
            if shifted is not None:
                self.hypotheses.append((shifted, strict))
        self.hypotheses += [(f, False) for f in self._floor_facts()]
        self.hypotheses = [(space.lift(h), s) for h, s in self.hypotheses]

    def move(self, poly: PolyElement) -> PolyElement | None:
        """``poly`` over symbols ≥ 0; an interval's end becomes a quotient that is multiplied out."""
        space = self.space
        poly = space.lift(poly)
        for place, key in enumerate(space.keys):
            degree = max((m[place] for m in poly), default=0)
            if not degree:
                continue
            if not space.nonnegative[place]:
                return None
            if len(poly) * (degree + 1) > TERMS:
                return None
            high = self.assumptions.upper.get(str(key))
            low = self.assumptions.lower.get(str(key), Fraction(lower_bound(space, place, key)))
            if isinstance(key, str) and high is not None and self._interval(key):
                poly = _moebius(poly, place, degree, low, high)
            elif low.denominator == 1:
                poly = shift_one(poly, place, int(low)) if low else poly
        return poly

    def interior(self, place: int) -> bool:
        """Whether the moved symbol is > 0, not only ≥ 0."""
        key = self.space.keys[place]
        if not isinstance(key, str) or key not in self.assumptions.reals:
            return False
        if key in self.assumptions.upper and self._interval(key):
            return key in self.assumptions.open_high
        low = self.assumptions.lower.get(key, Fraction(0))
        return low == 0 or low.denominator != 1 or key in self.assumptions.open_low

    def _interval(self, name: str) -> bool:
        """Whether both ends are used: the map below reaches the lower end only in the limit, so a
        strict claim on an interval that holds its lower end uses the lower bound alone."""
        return not self.strict or name in self.assumptions.open_low

    def _floor_facts(self) -> Iterator[PolyElement]:
        """a − b·⌊a/b⌋ ≥ 0 and b·⌊a/b⌋ + b − 1 − a ≥ 0 for every floor of integers."""
        one = self.space.one
        for place, (top, bottom) in list(self.space.floors.items()):
            atom = self.space.generator(self.space.keys[place])
            for fact in (top - bottom * atom, bottom * atom + bottom - one - top):
                moved = self.move(fact.num)
                if moved is not None:
                    yield moved


def _moebius(
    poly: PolyElement, place: int, degree: int, low: Fraction, high: Fraction
) -> PolyElement:
    """Replace x in [low, high] by (high + low·t)/(1 + t), t ≥ 0, times (1 + t)^degree.

    The image misses x = low; a polynomial that is ≥ 0 on the rest is ≥ 0 there by continuity.
    """
    ring = poly.ring
    t = ring.gens[place]
    scale = low.denominator * high.denominator
    upper_part = ring.ground_new(ZZ(int(high * scale))) + t * ZZ(int(low * scale))
    lower_part = (ring.one + t) * ZZ(scale)
    total = ring.zero
    for monomial, coefficient in poly.items():
        exponent = monomial[place]
        rest = ring.from_dict({(*monomial[:place], 0, *monomial[place + 1 :]): coefficient})
        total += rest * upper_part**exponent * lower_part ** (degree - exponent)
    return total


class _Prover:
    """One proof: remembers what it looked at, and by which rule it got through."""

    def __init__(self, domain: _Domain) -> None:
        self.domain = domain
        self.looks = 0
        self.method = "signs of the coefficients after moving each symbol to its smallest value"

    def proves(self, poly: PolyElement, *, strict: bool, depth: int = 0) -> bool:
        self.looks += 1
        if self.looks > LOOKS or len(poly) > TERMS:
            return False
        if not poly:
            return not strict
        if self._read(poly, strict=strict):
            return True
        if self._by_hypothesis(poly, strict=strict):
            self.method = "a positive multiple of a condition, and signs of the coefficients"
            return True
        places = [i for i in range(poly.ring.ngens) if any(m[i] for m in poly)]
        if len(places) == 1 and self._follow(poly, places[0], strict=strict):
            self.method = "the value at each integer up to a bound on the roots, and its sign beyond"
            return True
        if depth >= DEPTH or not all(self._integer(i) for i in places):
            return False
        if self._by_order(poly, places, strict=strict, depth=depth):
            self.method = "cases by which symbol is the larger, and signs of the coefficients"
            return True
        if self._by_smallest(poly, places, strict=strict, depth=depth):
            self.method = "cases by the smallest values, and signs of the coefficients"
            return True
        return False

    def _read(self, poly: PolyElement, *, strict: bool) -> bool:
        if any(c < 0 for c in poly.values()):
            return False
        if not strict:
            return True
        return any(
            all(self.domain.interior(i) for i, e in enumerate(monomial) if e) for monomial in poly
        )

    def _by_hypothesis(self, poly: PolyElement, *, strict: bool) -> bool:
        for known, known_strict in self.domain.hypotheses:
            (factor,), rest = poly.div([known])
            if not factor or any(c < 0 for c in factor.values()):
                continue
            if not rest:
                positive = self._read(factor, strict=True)
                if not strict or (known_strict and positive):
                    return True
            elif self._read(rest, strict=strict) and all(c > 0 for c in rest.values()):
                return True
        return False

    def _integer(self, place: int) -> bool:
        return isinstance(self.domain.space.keys[place], str) and (
            self.domain.space.integers[place]
            and str(self.domain.space.keys[place]) not in self.domain.assumptions.upper
        )

    def _follow(self, poly: PolyElement, place: int, *, strict: bool) -> bool:
        """A polynomial in one integer symbol: positive beyond a bound on its roots, checked before."""
        if not self._integer(place):
            return False
        coefficients = {m[place]: int(c) for m, c in poly.items()}
        degree = max(coefficients)
        lead = coefficients[degree]
        if lead < 0:
            return False
        # Cauchy's bound: every root is at most 1 + max |c_i / lead|.
        others = (abs(c) for e, c in coefficients.items() if e != degree)
        bound = 2 + max(others, default=0) // lead
        if bound > FOLLOWED:
            return False
        least = 1 if strict else 0
        return all(
            sum(c * x**e for e, c in coefficients.items()) >= least for x in range(bound + 1)
        )

    def _by_order(
        self, poly: PolyElement, places: list[int], *, strict: bool, depth: int
    ) -> bool:
        """x = y + t or y = x + t: one of the two always holds."""
        if len(places) > 4:
            return False
        tried: set[frozenset[int]] = set()
        for x, y in permutations(places, 2):
            if frozenset((x, y)) in tried or lower_bound(
                self.domain.space, x, self.domain.space.keys[x]
            ) != lower_bound(self.domain.space, y, self.domain.space.keys[y]):
                continue
            tried.add(frozenset((x, y)))
            # Both symbols start at the same value, so after the shift x ≥ y means x = y + t, t ≥ 0.
            cases = (_replace(poly, x, y), _replace(poly, y, x))
            if all(self.proves(case, strict=strict, depth=depth + 2) for case in cases):
                return True
        return False

    def _by_smallest(
        self, poly: PolyElement, places: list[int], *, strict: bool, depth: int
    ) -> bool:
        for place in places:
            at_zero = poly.ring.from_dict({m: c for m, c in poly.items() if not m[place]})
            if not self.proves(at_zero, strict=strict, depth=depth + 1):
                continue
            if self.proves(shift_one(poly, place, 1), strict=strict, depth=depth + 1):
                return True
        return False


def _replace(poly: PolyElement, place: int, other: int) -> PolyElement:
    """``poly`` with the generator at ``place`` replaced by the sum of the two generators."""
    ring = poly.ring
    step = ring.gens[place] + ring.gens[other]
    rows: dict[int, dict[tuple[int, ...], int]] = {}
    for monomial, coefficient in poly.items():
        rest = (*monomial[:place], 0, *monomial[place + 1 :])
        rows.setdefault(monomial[place], {})[rest] = coefficient
    total = ring.zero
    for exponent in range(max(rows), -1, -1):
        total = total * step
        if exponent in rows:
            total = total + ring.from_dict(rows[exponent])
    if len(total) > TERMS:
        raise TooLarge("the number of terms of the expanded formula", TERMS)
    return total
