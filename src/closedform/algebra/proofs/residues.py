"""Residue classes: what floors with constant moduli are worth.

A symbol under floors with moduli whose least common multiple is L is L·q + r with 0 ≤ r < L. In
each class the floors are polynomials in the quotients, so a claim is decided class by class. Each
symbol has a modulus of its own, so that the classes stay few.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from math import gcd, lcm, prod
from typing import Any

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.normal_form.build import places_in
from closedform.algebra.normal_form.polynomials import Polynomial, powers_in
from closedform.algebra.normal_form.rational import Field
from closedform.algebra.sequences.terms import indexed_names
from closedform.algebra.tree import Symbol, Tree, symbol_names, walk
from closedform.records import record

#: The largest number of classes that is worked through.
CLASSES = 1_000
#: The largest number of classes times nodes.
NODES = 20_000


@record
class ResidueClass:
    """``symbol = modulus·quotient + residue`` for each symbol, and what is known in this class."""

    residues: Mapping[str, tuple[int, int]]
    values: Mapping[str, Tree]
    assumptions: Assumptions


def moduli(field: Field, poly: Polynomial) -> dict[str, int] | None:
    """The modulus of each symbol under a floor in ``poly``; ``None`` if a modulus is no number."""
    needed = [_of_floor(field, place, 1) for place in _floors_in(field, poly)]
    return None if None in needed else _together(table for table in needed if table)


def _together(tables: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """The modulus of each symbol that several ask for."""
    modulus_of: dict[str, int] = {}
    for table in tables:
        for name, modulus in table.items():
            modulus_of[name] = lcm(modulus_of.get(name, 1), modulus)
    return modulus_of


def separated(field: Field, poly: Polynomial, wanted: Mapping[str, int]) -> list[Polynomial]:
    """``poly`` as a sum of parts that share no symbol with a modulus: each has its own classes."""
    groups: list[tuple[set[str], dict[tuple[int, ...], Any]]] = []
    for monomial, coefficient in poly.items():
        names = {n for i, e in powers_in(monomial) for n in symbol_names(field.trees[i])}
        own = names & wanted.keys()
        terms = {monomial: coefficient}
        apart = []
        for others, row in groups:
            if own & others or (not own and not others):
                own, terms = own | others, {**terms, **row}
            else:
                apart.append((others, row))
        groups = [*apart, (own, terms)]
    return [poly.ring.from_dict(terms) for _, terms in groups]


def residue_classes(
    wanted: Mapping[str, int], trees: tuple[Tree, ...], assumptions: Assumptions
) -> Iterator[ResidueClass] | None:
    """The classes for the moduli of some symbols; ``None`` if there are none, or too many."""
    large = {name: modulus for name, modulus in wanted.items() if modulus > 1}
    count = prod(large.values())
    nodes = sum(1 for tree in trees for _ in walk(tree))
    if not large or count > CLASSES or count * nodes > NODES:
        return None
    # N_i is a size for each i, each with a residue of its own.
    families = indexed_names(*trees)
    if any(name in families or assumptions.domain(name).real for name in large):
        return None
    return _classes(large, assumptions)


def _classes(wanted: Mapping[str, int], assumptions: Assumptions) -> Iterator[ResidueClass]:
    lowest = assumptions.integer_lower()
    for residues in product(*map(range, wanted.values())):
        values: dict[str, Tree] = {}
        lower: dict[str, int] = {}
        for (name, modulus), residue in zip(wanted.items(), residues, strict=True):
            quotient = f"{name}/{modulus}"
            values[name] = modulus * Symbol(quotient) + residue
            # The quotient starts where the symbol itself reaches its smallest value.
            lower[quotient] = max(0, -(-(lowest.get(name, 1) - residue) // modulus))
        pairs = {
            name: (modulus, residue)
            for (name, modulus), residue in zip(wanted.items(), residues, strict=True)
        }
        yield ResidueClass(pairs, values, assumptions.with_symbols(values, lower))


def _floors_in(field: Field, poly: Polynomial) -> list[int]:
    """The places of the floors that occur in a polynomial, also inside other atoms."""
    used = places_in(poly)
    keys = {field.trees[i]: i for i in field.floors}
    places = dict.fromkeys(i for i in used if i in field.floors)
    for place in used:
        if place not in field.floors and not isinstance(field.keys[place], str):
            inside = {*walk(field.trees[place])}
            places.update(dict.fromkeys(i for tree, i in keys.items() if tree in inside))
    return list(places)


def _inside(field: Field, poly: Polynomial) -> dict[str, int]:
    """The moduli of the floors in a polynomial, as far as these are numbers."""
    places = (place for place in field.floors if any(m[place] for m in field.lift(poly)))
    return _together(_of_floor(field, place, 1) or {} for place in places)


def _of_floor(field: Field, place: int, outer: int) -> dict[str, int] | None:
    """The moduli that make a floor, met inside others of modulus ``outer``, a polynomial.

    A floor over a symbol stays what it is; what it holds is made plain.
    """
    top, bottom = field.floors[place]
    if not bottom.num.is_ground:
        return _together((_inside(field, top.num), _inside(field, bottom.num)))
    modulus = bottom.num.LC * outer
    poly = field.lift(top.num)
    tables: list[Mapping[str, int]] = []
    for inner in range(poly.ring.ngens):
        coefficients = [c for monomial, c in poly.items() if monomial[inner]]
        if not coefficients:
            continue
        needed = modulus // gcd(modulus, *coefficients)
        if inner in field.floors:
            below = _of_floor(field, inner, needed)
            if below is None:
                return None
            tables.append(below)
        elif isinstance(field.keys[inner], str):
            tables.append({str(field.keys[inner]): needed})
        else:
            return None
    return _together(tables)
