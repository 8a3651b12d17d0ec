"""Equations among the conditions: each solved for one of its symbols, where that is sound.

An equation is divided only by what is never 0 on the domain, and the symbol that it fixes is a
size: the solution is at least its smallest value, and whole. What cannot be solved stays a pair of
hypotheses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from itertools import islice

from closedform.algebra.domains import SIZE, Domain
from closedform.algebra.normal_form.build import function_tree, places_in, polynomial_tree
from closedform.algebra.normal_form.cases import split_at
from closedform.algebra.normal_form.factors import factored
from closedform.algebra.normal_form.polynomials import Polynomial
from closedform.algebra.normal_form.rational import Field, RationalFunction
from closedform.algebra.normal_form.signs import integer_polynomial, never_zero, nonnegative
from closedform.algebra.tree import Number, Symbol, Tree, put, symbol_names, walk
from closedform.algebra.work import work_at_most
from closedform.errors import ClosedformError, TooLarge, UndefinedValue
from closedform.records import entity, field

#: What it may cost to solve all equations among the conditions, and how long a value may become.
SOLVED, NODES = 200_000, 5_000
Open = Callable[..., Field]


@entity
class Equations:
    """What the equations say: values of symbols, and what follows for the symbols that are left."""

    values: dict[str, Tree] = field(default_factory=dict)
    hypotheses: list[tuple[Tree, bool]] = field(default_factory=list)
    divisions: list[tuple[Tree, Tree]] = field(default_factory=list)


def solved(
    equations: Iterable[tuple[Tree, Tree]], opened: Open, known: Mapping[str, Domain]
) -> Equations:
    """Solve equations, each with the ones before put in; ``opened`` gives a field for trees.

    Raises:
        ClosedformError: equations that no sizes meet.
    """
    result = Equations()
    unsolved: list[tuple[Tree, Tree]] = []
    with work_at_most(SOLVED):
        for left, right in equations:
            a, b = (_resolved(side, result.values, opened) for side in (left, right))
            fixed = _solve(a, b, opened)
            if fixed is None:
                unsolved.append((left, right))
            elif fixed[0]:
                result.values[fixed[0]] = fixed[1]
        for name in result.values:
            result.values[name] = _resolved(result.values[name], result.values, opened)
        for left, right in unsolved:
            gap = put(left - right, result.values)
            result.hypotheses += [(gap, False), (-gap, False)]
        for name, solution in result.values.items():
            _respect(name, solution, known.get(name, SIZE), opened, result)
    return result


def _resolved(tree: Tree, values: dict[str, Tree], opened: Open) -> Tree:
    """``tree`` with all values put in; those that hold other solved symbols are worked out first.

    What a symbol is found to be stays noted, so that a chain of equations is followed once.
    """
    names = [name for name in symbol_names(tree) if name in values]
    if not names:
        return tree
    for name in names:
        values[name] = _resolved(values[name], values, opened)
    whole = put(tree, values)
    with suppress(UndefinedValue):  # a 1/0 stays as it is
        whole = function_tree(opened(whole).normal(whole).cancelled())
    if next(islice(walk(whole), NODES, None), None):  # ⌊n_1/2⌋ + n_1 y for n_2 doubles it
        raise TooLarge("the length of what the conditions give a symbol", NODES)
    return whole


def _solve(left: Tree, right: Tree, opened: Open) -> tuple[str, Tree] | None:
    """A symbol and its value; an empty name where the equation says nothing."""
    space = opened(left, right)
    gap = (space.normal(left) - space.normal(right)).cancelled()
    if not gap.num:
        return "", left
    for side, other in ((left, right), (right, left)):
        if isinstance(side, Symbol) and side.name not in symbol_names(other):
            return side.name, other
    if never_zero(gap.num, space):
        raise _impossible()
    return _by_factors(space, gap.num)


def _by_factors(space: Field, poly: Polynomial) -> tuple[str, Tree] | None:
    """Solve the only factor that can vanish, for a symbol in which it is linear."""
    product = factored(space, poly)
    vanishing = [factor for factor, _ in product.factors if not never_zero(factor, space)]
    vanishing += [
        space.ring.gen(place)
        for place, exponent in enumerate(product.monomial)
        if exponent and not never_zero(space.ring.gen(place), space)
    ]
    if not vanishing:
        raise _impossible()
    if len(vanishing) != 1:
        return None
    factor = vanishing[0]
    for place, (order, radicand) in space.roots.items():
        name = next((n for n in symbol_names(space.trees[place])), None)
        root = _linear(space, factor, place)
        if root and name and radicand.key() == space.symbol(name).key() and nonnegative(root):
            return name, function_tree(root**order)
    for place in reversed(range(space.ring.ngens)):
        key = space.keys[place]
        if isinstance(key, str) and (value := _linear(space, factor, place)):
            return key, function_tree(value)
    return None


def _linear(space: Field, poly: Polynomial, place: int) -> RationalFunction | None:
    """Where a polynomial a·x + b is 0, if a never is, and x stands in no atom of a and b."""
    slope, rest = split_at(poly, place)
    others = (i for i in places_in(poly) if i != place)
    held = any(space.keys[place] in symbol_names(space.trees[i]) for i in others)
    if max(m[place] for m in poly) != 1 or held or not never_zero(slope, space):
        return None
    return RationalFunction(space, -rest, slope)


def _respect(name: str, solution: Tree, domain: Domain, opened: Open, result: Equations) -> None:
    """The value of a symbol lies in its domain: an error, or a condition on the symbols in it."""
    space = opened(solution)
    value = space.normal(solution).cancelled()
    constant = value.constant()
    low = domain.least
    if constant is not None:
        stated_zero = domain is SIZE or (domain.low == 0 and not domain.open_low)
        fraction = constant.denominator != 1 and domain is SIZE
        below = constant <= low if domain.open_low else constant < low
        above = domain.high is not None and (
            constant >= domain.high if domain.open_high else constant > domain.high
        )
        if constant < 0 or above or (below and not stated_zero and not fraction):
            raise ClosedformError(
                f"{name} would be {constant}, which is no size that it may have",
                "correct the conditions",
            )
        return
    bounds = [(solution - Number(low), value - space.number(low), domain.open_low)]
    if domain.high is not None:
        high = domain.high
        bounds.append((Number(high) - solution, space.number(high) - value, domain.open_high))
    for tree, form, strict in bounds:
        if nonnegative(-form) and never_zero(form.cancelled().num, space):
            raise ClosedformError(
                f"no sizes give {name} a value that it may have", "correct the conditions"
            )
        if strict or not nonnegative(form):
            result.hypotheses.append((tree, strict))
    whole = not domain.real and integer_polynomial(space, value.num)
    if whole and value.den != 1 and integer_polynomial(space, value.den):
        below_line = polynomial_tree(space, value.den)
        result.divisions.append((below_line, polynomial_tree(space, value.num)))


def _impossible() -> ClosedformError:
    return ClosedformError("no positive integers meet the conditions", "correct the conditions")
