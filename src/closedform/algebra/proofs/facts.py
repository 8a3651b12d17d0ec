"""What is known of the atoms of a field, as polynomials that are ≥ 0 (or > 0).

What is known of a single one stands beside its laws (:attr:`Field.facts`); here, of several:

* aⁿ ≥ bᵐ for a ≥ b ≥ 1 and n ≥ m; (a/b)ⁿ ≥ a/b and aⁿ − bⁿ ≥ a − b for n ≥ 1
* Σ f ≥ m·(b − a + 1) for an index from a to b, where no term is below m, and Σ f ≥ a shorter sum
* Σf·Σg ≥ Σfg where no term is negative, and Σf²·Σg² ≥ (Σfg)²
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from closedform.algebra.normal_form.factors import without_signed
from closedform.algebra.normal_form.polynomials import Polynomial, powers_in
from closedform.algebra.normal_form.rational import Field, RationalFunction
from closedform.algebra.normal_form.signs import in_order, least_of, positive
from closedform.algebra.proofs.goal import Known
from closedform.algebra.sequences.terms import at_place
from closedform.algebra.tree import Series, Tree, symbol_names

#: Past this many atoms only the first ones are spoken of.
ATOMS = 12
#: Over how many conditions what is known may lead to a symbol.
STEPS = 3


def facts(field: Field, goal: Polynomial) -> list[Known]:
    """Polynomials ≥ 0 (or, where the second entry says so, > 0) that speak of the field's atoms.

    Powers with one exponent that are multiplied in the ``goal`` are the power of a product.
    """
    known: list[Known] = []
    atoms = [i for i, key in enumerate(field.keys) if not isinstance(key, str)][:ATOMS]
    for place in atoms:
        if of_atom := field.facts.get(place):
            for value, strict in of_atom(field, place):
                known += as_known(field, value, strict=strict)
    for value in (*_of_sums(field, atoms), *_of_two_powers(field, goal)):
        known += as_known(field, value, strict=False)
    return known


def as_known(field: Field, value: RationalFunction, *, strict: bool) -> list[Known]:
    """A rational function ≥ 0 as a polynomial ≥ 0; none if the denominator's sign is not seen."""
    reduced = value.cancelled()
    num, den = reduced.num, reduced.den
    if den == 1 or positive(den, field):
        return [(num, strict)]
    return [(-num, strict)] if positive(-den, field) else []


def without_positive(field: Field, poly: Polynomial, *, strict: bool) -> Known:
    """What is left of a polynomial ≥ 0 (or > 0) when it is divided by its factors that are > 0."""
    return without_signed(field, poly, lambda factor: int(positive(factor, field))), strict


#: A power, its base and its exponent.
_Power = tuple[RationalFunction, RationalFunction, RationalFunction]


def _products(field: Field, goal: Polynomial) -> list[_Power]:
    """The powers of one exponent that stand in one term of a goal, as one: 6^n is 2^n 3^n."""
    products: dict[frozenset[tuple[int, int]], _Power] = {}
    for monomial in goal:
        alike: dict[object, list[tuple[int, int]]] = {}
        for place, times in powers_in(monomial):
            if place in field.powers:
                alike.setdefault(field.powers[place][1].key(), []).append((place, times))
        for parts in alike.values():
            atom = base = field.one
            for place, times in parts:
                atom, base = atom * field.at(place) ** times, base * field.powers[place][0] ** times
            products[frozenset(parts)] = atom, base, field.powers[parts[0][0]][1]
    return [*products.values()] if any(len(m) > 1 or e > 1 for m in products for _, e in m) else []


def _of_two_powers(field: Field, goal: Polynomial) -> Iterator[RationalFunction]:
    """A power is at least its base, and at least one that has no larger base and exponent."""
    single = [(field.at(i), *field.powers[i]) for i in field.powers][:ATOMS]
    for atom, base, exponent in single:
        if base.constant() is None and in_order(field, exponent - field.one):
            yield atom - base
    for powers in (single, _products(field, goal)[:ATOMS]):
        for (atom, base, exponent), (other, smaller, lower) in product(powers, repeat=2):
            gap, more = base - smaller, exponent - lower
            if not gap.num and more.num and in_order(field, more):
                yield atom - other
                yield atom - other * (field.one + more * (base - field.one))
            elif gap.num and in_order(field, gap) and in_order(field, more):
                same = not more.num and in_order(field, exponent - field.one)
                yield atom - other - gap if same else atom - other
                if same:
                    yield atom * smaller - other * base


def _of_sums(field: Field, places: list[int]) -> Iterator[RationalFunction]:
    """No term is below the least one; a sum is at least a shorter one, and a term of its own."""
    for total, least in field.at_least[:ATOMS]:
        yield total - least
    trees = [(place, field.trees[place]) for place in places]
    sums = [_Total(field, place, tree) for place, tree in trees if isinstance(tree, Series)]
    for one, two in product(sums, repeat=2):
        yield from _of_products(field, one, two, sums)
        before, after = two.lower - one.lower, one.upper - two.upper
        same = one.place != two.place and one.terms.key() == two.terms.key()
        if one.nonnegative and same and in_order(field, before) and in_order(field, after):
            left_out = before + after if two.in_order(field.one) else field.zero
            yield one.whole - two.whole - one.least * left_out
    for one in sums:
        for end in (one.tree.lower, one.tree.upper) if one.in_order(field.zero) else ():
            for term in one.at(end) if one.nonnegative else ():
                yield one.whole - term - one.least * (one.upper - one.lower)


class _Total:
    """A sum over an index: its atom, its bounds, and its terms."""

    def __init__(self, field: Field, place: int, tree: Series) -> None:
        self.field, self.place, self.tree = field, place, tree
        self.whole = field.at(place)
        self.nonnegative = field.known[place].nonnegative
        self.lower, self.upper = field.normal(tree.lower), field.normal(tree.upper)
        self.terms = field.normal(tree.body)
        self.least = field.number(least_of(self.terms))

    def in_order(self, room: RationalFunction) -> bool:
        """Whether it is seen to end at its start or later, or ``room`` before."""
        return in_order(self.field, self.upper - self.lower + room)

    def at(self, end: Tree) -> Iterator[RationalFunction]:
        """The term at an end, where it is spoken of."""
        term = at_place(self.tree.body, self.tree.index, end)
        if term is not None and all(name in self.field.index for name in symbol_names(term)):
            yield self.field.normal(term)

    def spans(self, other: _Total) -> bool:
        """Whether the index runs over the same numbers."""
        ends = ((side.lower.key(), side.upper.key()) for side in (self, other))
        return len({*ends}) == 1


def _of_products(
    field: Field, one: _Total, two: _Total, sums: list[_Total]
) -> Iterator[RationalFunction]:
    """Σf·Σg ≥ Σfg where no term is negative, and Σf²·Σg² ≥ (Σfg)² (Cauchy and Schwarz)."""
    if not (one.spans(two) and one.nonnegative and two.nonnegative):
        return
    both = (one.terms * two.terms).key()
    count = one.upper - one.lower + field.one
    if both == field.one.key() and one.in_order(field.one):
        yield one.whole * two.whole - count**2
    for third in filter(one.spans, sums):
        if third.terms.key() == both:
            yield one.whole * two.whole - third.whole
        if one is two and third.terms.key() == (one.terms**3).key():
            yield one.whole**3 - third.whole
        if one.place < two.place and (third.terms**2).key() == both:
            yield one.whole * two.whole - third.whole**2
        if one is two and (third.terms**2).key() == one.terms.key() and one.in_order(field.one):
            yield one.whole * count - third.whole**2


def about(
    names: set[str], hypotheses: Iterable[tuple[Tree, bool]]
) -> tuple[list[tuple[Tree, bool]], set[str]]:
    """The hypotheses that lead on from some symbols, and all symbols that they reach."""
    chosen: list[tuple[Tree, bool]] = []
    waiting = [(pair, {*symbol_names(pair[0])}) for pair in hypotheses]
    for _ in range(STEPS):
        near = [pair for pair, own in waiting if own & names]
        waiting = [(pair, own) for pair, own in waiting if not own & names]
        chosen += near
        names = names.union(*(symbol_names(tree) for tree, _ in near))
    return chosen, names
