"""Conditions under which a claim is made, brought to the form that the procedures use.

Equations become substitutions, bounds on one symbol its domain, divisibility a pair to respect, and
every other inequality a hypothesis. The conditions as written are kept: a witness must meet them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from closedform.algebra.atoms import open_field
from closedform.algebra.build import function_tree
from closedform.algebra.exact import Irrational, value
from closedform.algebra.normal import Field, RationalFunction
from closedform.algebra.tree import Negative, Number, Symbol, Tree, substitute, symbol_names
from closedform.errors import ClosedformError, UndefinedValue

#: Relations, and what each says of (left, right).
RELATIONS = ("=", "<", "<=", ">", ">=", "≈", "|")
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


@dataclass(frozen=True)
class Condition:
    """``left relation right``; ``|`` says that left divides right."""

    relation: str
    left: Tree
    right: Tree


@dataclass(frozen=True)
class Assumptions:
    """Conditions sorted by use.

    ``equations``: symbols and what they stand for. ``lower``/``upper``: bounds of single symbols, where
    they differ from "at least 1". ``reals``: symbols that are positive numbers rather than integers.
    ``divisions``: (divisor, multiple). ``hypotheses``: expressions known to be ≥ 0 (strict: > 0).
    """

    written: tuple[Condition, ...] = ()
    equations: Mapping[str, Tree] = field(default_factory=dict)
    lower: Mapping[str, Fraction] = field(default_factory=dict)
    upper: Mapping[str, Fraction] = field(default_factory=dict)
    open_low: frozenset[str] = frozenset()
    open_high: frozenset[str] = frozenset()
    reals: frozenset[str] = frozenset()
    divisions: tuple[tuple[Tree, Tree], ...] = ()
    hypotheses: tuple[tuple[Tree, bool], ...] = ()

    def integer_lower(self) -> dict[str, int]:
        """Smallest values of integer symbols, where they are not 1."""
        return {n: -(-b.numerator // b.denominator) for n, b in self.lower.items()}

    def apply(self, tree: Tree) -> Tree:
        """``tree`` with the equations put in."""
        return substitute(tree, dict(self.equations)) if self.equations else tree

    def with_symbols(self, values: dict[str, Tree], lower: Mapping[str, int]) -> Assumptions:
        """The same assumptions after symbols were replaced by expressions in new ones."""
        bounds = {**self.lower, **{name: Fraction(bound) for name, bound in lower.items()}}
        return replace(
            self,
            lower=bounds,
            divisions=tuple((substitute(a, values), substitute(b, values)) for a, b in self.divisions),
            hypotheses=tuple((substitute(h, values), strict) for h, strict in self.hypotheses),
        )

    def field(self, *trees: Tree) -> Field:
        """A field for these trees, on the domain that the conditions give."""
        names = dict.fromkeys(name for tree in trees for name in symbol_names(tree))
        return open_field(names, reals=self.reals, lower=self.integer_lower())

    def hold_at(self, values: Mapping[str, int | Fraction]) -> bool:
        """Whether integers (or reals) meet every condition, as far as their symbols have values."""
        for condition in self.written:
            names = {*symbol_names(condition.left), *symbol_names(condition.right)}
            if names <= values.keys() and not holds(condition, values):
                return False
        for divisor, multiple in self.divisions:
            names = {*symbol_names(divisor), *symbol_names(multiple)}
            if names <= values.keys() and not holds(Condition("|", divisor, multiple), values):
                return False
        return True


def holds(condition: Condition, values: Mapping[str, int | Fraction]) -> bool:
    """Whether a condition holds at given values; ``≈`` is no condition.

    Raises:
        Irrational: a side has no rational value.
        UndefinedValue: a side has no value.
    """
    a, b = value(condition.left, values), value(condition.right, values)
    match condition.relation:
        case "=":
            return a == b
        case "<":
            return a < b
        case "<=":
            return a <= b
        case ">":
            return a > b
        case ">=":
            return a >= b
        case "|":
            return a != 0 and Fraction(b) / a % 1 == 0
    raise ValueError(f"{condition.relation} is no condition")


def assume(
    conditions: Iterable[Condition], divisions: Iterable[tuple[Tree, Tree]] = ()
) -> Assumptions:
    """Sort conditions by use.

    Raises:
        ClosedformError: an equation that cannot be solved for a symbol, or conditions that no positive
            integers meet.
    """
    written = tuple(conditions)
    equations: dict[str, Tree] = {}
    for condition in written:
        if condition.relation == "=":
            _solve(condition, equations)
    lower: dict[str, Fraction] = {}
    upper: dict[str, Fraction] = {}
    reals: set[str] = set()
    ends: tuple[set[str], set[str]] = (set(), set())
    hypotheses: list[tuple[Tree, bool]] = []
    for condition in written:
        if condition.relation in _FLIPPED and not _bound(condition, lower, upper, reals, ends):
            hypotheses.append(_difference(condition, equations))
    pairs = [(c.left, c.right) for c in written if c.relation == "|"] + list(divisions)
    for name, high in upper.items():
        low = lower.get(name, Fraction(0) if name in reals else Fraction(1))
        if high < low:
            raise ClosedformError(
                f"no {name} is at least {low} and at most {high}", "correct the conditions"
            )
    return Assumptions(
        written=written,
        equations=equations,
        lower=lower,
        upper=upper,
        open_low=frozenset(ends[0]),
        open_high=frozenset(ends[1]),
        reals=frozenset(reals),
        divisions=tuple(
            (substitute(a, equations), substitute(b, equations)) for a, b in pairs
        ),
        hypotheses=tuple(hypotheses),
    )


def _difference(condition: Condition, equations: dict[str, Tree]) -> tuple[Tree, bool]:
    """An inequality as an expression that is ≥ 0 (or > 0, when strict)."""
    small, large = condition.left, condition.right
    if condition.relation in (">", ">="):
        small, large = large, small
    return substitute(large - small, equations), condition.relation in ("<", ">")


def _bound(
    condition: Condition,
    lower: dict[str, Fraction],
    upper: dict[str, Fraction],
    reals: set[str],
    ends: tuple[set[str], set[str]],
) -> bool:
    """Take in a bound of one symbol by a number; False if the condition is something else."""
    relation, left, right = condition.relation, condition.left, condition.right
    if isinstance(right, Symbol):
        relation, left, right = _FLIPPED[relation], right, left
    limit = _number(right)
    if not isinstance(left, Symbol) or limit is None:
        return False
    name = left.name
    # A positive integer needs no "0 <" and no fraction for a bound: the symbol is a positive real.
    if (relation == ">" and limit == 0) or limit.denominator != 1:
        reals.add(name)
    if limit < 0 and relation in (">", ">="):
        raise ClosedformError(
            f"{name} {relation} {limit}: symbols stand for sizes, which are never negative",
            f"bound {name} from below by 0 or more",
        )
    if relation in (">", "<"):
        if name in reals or limit.denominator != 1:
            ends[relation == "<"].add(name)
        else:
            limit += 1 if relation == ">" else -1
    if relation in (">", ">="):
        lower[name] = max(limit, lower.get(name, Fraction(0)))
    else:
        upper[name] = min(limit, upper.get(name, limit))
    return True


def _number(tree: Tree) -> Fraction | None:
    if symbol_names(tree):
        return None
    try:
        return Fraction(value(tree, {}))
    except (Irrational, UndefinedValue):
        return None


def _solve(condition: Condition, equations: dict[str, Tree]) -> None:
    """Solve one equation for a symbol and put it into the ones solved before."""
    left = substitute(condition.left, equations)
    right = substitute(condition.right, equations)
    found = _lone(left, right) or _lone(right, left) or _linear(left, right)
    if found is None:
        return
    name, solution = found
    for other, tree in equations.items():
        equations[other] = substitute(tree, {name: solution})
    equations[name] = solution


def _lone(side: Tree, other: Tree) -> tuple[str, Tree] | None:
    if isinstance(side, Symbol) and side.name not in symbol_names(other):
        if isinstance(other, Negative) or isinstance(other, Number) and other.value < 0:
            raise ClosedformError(
                f"{side.name} would be negative: symbols stand for sizes", "correct the conditions"
            )
        return side.name, other
    return None


def _linear(left: Tree, right: Tree) -> tuple[str, Tree] | None:
    """A symbol in which the equation is linear; ``None`` when the equation always holds."""
    names = dict.fromkeys((*symbol_names(left), *symbol_names(right)))
    space = open_field(names)
    difference = space.normal(left) - space.normal(right)
    poly = difference.cancelled().num
    if not poly:
        return None
    for place in reversed(range(len(names))):
        degrees = {monomial[place] for monomial in poly}
        if degrees != {0, 1} and degrees != {1}:
            continue
        if any(place_of_atom_holds(space, i, space.keys[place]) for i in range(len(names), len(space.keys))):
            continue
        slope = poly.diff(space.ring.gens[place])
        rest = poly - slope * space.ring.gens[place]
        solution = RationalFunction(space, -rest, slope).cancelled()
        if not solution.num:
            break
        return str(space.keys[place]), function_tree(solution)
    raise ClosedformError(
        "the conditions hold for no positive integers, or cannot be solved for a symbol",
        "write equations as symbol = expression, such as N = M or c = 4m",
    )


def place_of_atom_holds(space: Field, place: int, key: object) -> bool:
    """Whether the atom at ``place`` depends on the symbol ``key``."""
    return key in symbol_names(space.trees[place])
