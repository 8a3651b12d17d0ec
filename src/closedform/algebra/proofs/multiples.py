"""Divisibility put in: where g | M, the symbol M is g·q."""

from __future__ import annotations

from collections.abc import Mapping
from math import gcd, lcm

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.normal_form.build import polynomial_tree
from closedform.algebra.normal_form.signs import integer_polynomial, nonnegative, positive
from closedform.algebra.proofs.bounds import prove_sign
from closedform.algebra.sequences.terms import indexed_names
from closedform.algebra.tree import Number, Product, Symbol, Tree, put, symbol_names
from closedform.records import field, record, replace

#: So many divisions are put in: each into all that is known.
PUT_IN = 48


@record
class Multiples:
    """Symbols as multiples, and the assumptions about the quotients."""

    assumptions: Assumptions
    values: Mapping[str, Tree] = field(default_factory=dict)


def with_multiples(assumptions: Assumptions, trees: tuple[Tree, ...]) -> Multiples:
    """The divisions that can be solved for a symbol, one after the other.

    Names such as N_i in ``trees``, which stand for many sizes, are left alone.
    """
    families = indexed_names(*trees)
    divisions = _together(tuple(_in_lowest_terms(d, assumptions) for d in assumptions.divisions))
    alone_first = sorted(divisions, key=lambda pair: len(symbol_names(pair[1])))
    assumptions = replace(assumptions, divisions=tuple(alone_first))
    result = Multiples(assumptions)
    for number in range(min(len(assumptions.divisions), PUT_IN)):
        divisor, multiple = result.assumptions.divisions[number]
        solved = _solve(divisor, multiple, result.assumptions, families)
        if solved is None:
            continue
        name, solution, lower, hypotheses = solved
        values = {n: put(tree, {name: solution}) for n, tree in result.values.items()}
        moved = result.assumptions.with_symbols({name: solution}, lower)
        result = Multiples(moved.with_hypotheses(hypotheses), {**values, name: solution})
    return result


def _in_lowest_terms(division: tuple[Tree, Tree], given: Assumptions) -> tuple[Tree, Tree]:
    """What divides a multiple of an integer: where 4 divides 6M, 2 divides M."""
    match division:
        case Number(value=int(by)), Product(factors=(Number(value=int(times)), Symbol() as whole)):
            if times and not given.domain(whole.name).real:
                return Number(by // gcd(by, times)), whole
    return division


def _together(divisions: tuple[tuple[Tree, Tree], ...]) -> tuple[tuple[Tree, Tree], ...]:
    """Numbers that divide the same as one: what 4 and 6 divide, 12 divides."""
    wholes: dict[Tree, int] = {}
    others = []
    for divisor, multiple in divisions:
        if isinstance(divisor, Number) and isinstance(divisor.value, int):
            wholes[multiple] = lcm(wholes.get(multiple, 1), divisor.value)
        else:
            others.append((divisor, multiple))
    if len(wholes) + len(others) == len(divisions):
        return divisions
    return (*((Number(whole), multiple) for multiple, whole in wholes.items()), *others)


Solution = tuple[str, Tree, dict[str, int], list[tuple[Tree, bool]]]


def _solve(
    divisor: Tree, multiple: Tree, assumptions: Assumptions, families: frozenset[str]
) -> Solution | None:
    """M = d·q − rest, for a symbol M in which the multiple is M + rest."""
    space = assumptions.field(multiple, divisor)
    value, by = space.normal(multiple), space.normal(divisor)
    value = value.cancelled()
    if value.den != 1 or not integer_polynomial(space, value.num):
        return None
    if not nonnegative(by):
        return None
    signed = nonnegative(value) or bool(prove_sign(multiple, assumptions, strict=False))
    for name in symbol_names(multiple):
        place = space.index[name]
        rows = [m for m in value.num if m[place]]
        alone = len(rows) == 1 and sum(rows[0]) == 1 and value.num[rows[0]] == 1
        if not alone or name in families or name in symbol_names(divisor):
            continue
        rest = value.num - space.ring.gen(place)
        atoms = [
            t for t, key in zip(space.trees, space.keys, strict=True) if not isinstance(key, str)
        ]
        if any(name in symbol_names(tree) for tree in atoms) or assumptions.domain(name).real:
            continue
        # The quotient cannot be named by a user: it holds a slash.
        quotient = f"{name}/{len(assumptions.domains)}d"
        whole: Tree = Symbol(quotient)
        lower = {quotient: 1 if signed and positive(value.num, space) else 0}
        if not signed:  # Any integer is the difference of two that are not negative.
            whole -= Symbol(quotient + "-")
            lower[quotient + "-"] = 0
        solution = divisor * whole - polynomial_tree(space, rest)
        lowest = assumptions.integer_lower().get(name, 1)
        hypotheses = [] if not rest and lowest <= 1 else [(solution - lowest, False)]
        high = assumptions.domain(name).high
        if high is not None:
            hypotheses.append((high - solution, False))
        return name, solution, lower, hypotheses
    return None
