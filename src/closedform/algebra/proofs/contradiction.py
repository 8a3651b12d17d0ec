"""Conditions that no values meet, seen by a proof and not by a search."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import product
from math import gcd, prod

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.normal_form.polynomials import Polynomial, powers_in
from closedform.algebra.normal_form.signs import integer_polynomial
from closedform.algebra.proofs.bounds import prove_sign
from closedform.algebra.tree import ZERO, Tree, put, symbol_names
from closedform.errors import TooLarge
from closedform.records import replace

#: Moduli that are tried beside the numbers of the conditions, the largest one, and the most
#: residues of all symbols at once.
MODULI, LARGEST, RESIDUES = (2, 3, 4, 8, 9), 64, 5_000


def contradictory(assumptions: Assumptions) -> bool:
    """Whether one condition is seen to fail where the others hold."""
    with suppress(TooLarge):
        if _by_residues([*_congruences(assumptions)]):
            return True
    for number, (tree, strict) in enumerate(assumptions.hypotheses):
        others = (*assumptions.hypotheses[:number], *assumptions.hypotheses[number + 1 :])
        rest = replace(assumptions, hypotheses=others)
        if prove_sign(-tree, rest, strict=not strict):
            return True
    return False


def _congruences(assumptions: Assumptions) -> Iterator[tuple[Polynomial, int]]:
    """Whole numbers that a number divides by the conditions; 0 divides what is equal to 0."""
    stated = {n: tree for n, tree in assumptions.equations.items() if not symbol_names(tree)}
    pairs: list[tuple[Tree, Tree]] = [
        (c.left - c.right, ZERO) for c in assumptions.written if c.relation == "="
    ]
    pairs += [(multiple, divisor) for divisor, multiple in assumptions.divisions]
    pairs = [(put(a, stated), put(by, stated)) for a, by in pairs]
    space = assumptions.field(*(tree for pair in pairs for tree in pair))
    read = [(space.normal(a).cancelled(), space.normal(by).constant()) for a, by in pairs]
    for value, by in read:
        whole = by is not None and by.denominator == 1 and value.den.is_ground
        if whole and (by == 0 or value.den == 1) and integer_polynomial(space, value.num):
            yield space.lift(value.num), int(by or 0)


def _by_residues(congruences: list[tuple[Polynomial, int]]) -> bool:
    """Whether no residues by one modulus meet all: M² = 3N + 2 by 3, M odd and even by 2."""
    numbers = {abs(c) for poly, by in congruences for c in (*poly.values(), by)}
    moduli = {n for n in numbers if 1 < n <= LARGEST} | {*MODULI}
    return any(_none_meets(congruences, modulus) for modulus in sorted(moduli))


def _none_meets(congruences: list[tuple[Polynomial, int]], modulus: int) -> bool:
    rows = []
    for poly, by in congruences:
        base = gcd(modulus, by)
        terms = [([*powers_in(m)], c % base) for m, c in poly.items() if c % base]
        if terms:
            rows.append((terms, base))
    places = sorted({place for terms, _ in rows for powers, _ in terms for place, _ in powers})
    if modulus ** len(places) > RESIDUES:
        return False
    for residues in product(range(modulus), repeat=len(places)):
        at = dict(zip(places, residues, strict=True))
        values = (
            sum(c * prod(at[place] ** e for place, e in powers) for powers, c in terms) % base
            for terms, base in rows
        )
        if not any(values):
            return False
    return True
