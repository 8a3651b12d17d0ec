"""Conditions under which a claim is made, brought to the form that the procedures use.

Equations become substitutions, bounds on one symbol its domain, divisibility a pair to respect, and
every other inequality a hypothesis. The conditions as written are kept: a witness must meet them
all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING

from closedform.algebra.condition import EXCHANGED, RELATIONS, SIGNS, Condition, unwrapped
from closedform.algebra.domains import SIZE, Domain, Limit, domains
from closedform.algebra.exact import compare, known_value, value
from closedform.algebra.sequences.terms import stems_of
from closedform.algebra.tree import Number, Symbol, Tree, put, symbol_names
from closedform.algebra.work import Work
from closedform.errors import Irrational
from closedform.later import Later
from closedform.records import field, record, replace
from closedform.symbols import is_scale

if TYPE_CHECKING:
    from closedform.algebra import solving
    from closedform.algebra.normal_form import atoms
    from closedform.algebra.normal_form.rational import Field
else:  # a claim without conditions asks for none of them
    atoms = Later("closedform.algebra.normal_form.atoms")
    solving = Later("closedform.algebra.solving")


@record
class Assumptions:
    """Conditions sorted by use.

    ``equations``: symbols and what they stand for. ``domains``: those of symbols with a bound.
    ``divisions``: (divisor, multiple). ``hypotheses``: expressions known to be ≥ 0 (strict: > 0).
    """

    written: tuple[Condition, ...] = ()
    equations: Mapping[str, Tree] = field(default_factory=dict)
    domains: Mapping[str, Domain] = field(default_factory=dict)
    divisions: tuple[tuple[Tree, Tree], ...] = ()
    hypotheses: tuple[tuple[Tree, bool], ...] = ()

    @property
    def stated(self) -> tuple[Condition, ...]:
        """Every condition, with what must divide what."""
        return (*self.written, *(Condition("|", *pair) for pair in self.divisions))

    def domain(self, name: str) -> Domain:
        """The numbers that a symbol may stand for."""
        return self.domains.get(name, SIZE)

    def integer_lower(self) -> dict[str, int]:
        """Smallest values of integer symbols, where they are not 1."""
        given = self.domains.items()
        return {n: ceil(d.low) for n, d in given if d.low is not None and not d.real}

    def apply(self, tree: Tree) -> Tree:
        """``tree`` with the equations put in."""
        return put(tree, self.equations) if self.equations else tree

    def with_symbols(self, values: dict[str, Tree], lower: Mapping[str, int]) -> Assumptions:
        """The same assumptions after symbols were replaced by expressions in new ones."""
        starts = {n: replace(self.domain(n), low=Fraction(low)) for n, low in lower.items()}
        return replace(
            self,
            domains={**self.domains, **starts},
            divisions=tuple((put(a, values), put(b, values)) for a, b in self.divisions),
            hypotheses=tuple((put(h, values), strict) for h, strict in self.hypotheses),
        )

    def with_hypotheses(self, more: Iterable[tuple[Tree, bool]]) -> Assumptions:
        """The same assumptions and more: expressions that are ≥ 0 (strict: > 0) in a case."""
        return replace(self, hypotheses=(*self.hypotheses, *more))

    def field(self, *trees: Tree, work: Work | None = None) -> Field:
        """A field for these trees, on the domain that the conditions give."""
        names = symbol_names(*trees)
        if not self.written and not self.domains:
            return atoms.open_field(names, work=work)
        space = atoms.open_field(
            names,
            domains=self.domains,
            sequences={stem for stem, _ in stems_of(trees)},
            work=work,
        )
        space.given = tuple(tree for tree, _ in self.hypotheses)
        return space

    def hold_at(self, values: Mapping[str, int | Fraction]) -> bool:
        """Whether integers (or reals) meet every condition, as far as their symbols have values."""
        return not any(
            names <= values.keys() and not holds(condition, values)
            for condition, names in self._with_names
        )

    @cached_property
    def _with_names(self) -> list[tuple[Condition, set[str]]]:
        """Every condition with its symbols: a search asks at thousands of values."""
        return [(condition, condition.names) for condition in self.stated]


def holds(condition: Condition, values: Mapping[str, int | Fraction]) -> bool:
    """Whether a condition holds at given values; ``≈`` is no condition.

    Raises:
        Irrational: it cannot be told, for a side without a rational value.
        UndefinedValue: a side has no value.
    """
    if condition.relation == "|":
        a, b = value(condition.left, values), value(condition.right, values)
        return a != 0 and Fraction(b) / a % 1 == 0
    sign = compare(condition.left, condition.right, values)
    if sign is None:
        raise Irrational("two numbers that intervals cannot tell apart")
    return sign in SIGNS[condition.relation]


def assume(
    conditions: Iterable[Condition],
    divisions: Iterable[tuple[Tree, Tree]] = (),
    reals: Collection[str] = (),
) -> Assumptions:
    """Sort conditions by use; ``reals`` are positive numbers, whatever conditions say of them.

    Raises:
        ClosedformError: conditions that no positive integers meet.
    """
    given = tuple(conditions)
    written = tuple(map(unwrapped, given))
    pairs = [c.sides for c in written if c.relation == "|"] + list(divisions)
    limits = {condition: _limit(condition) for condition in written}
    stated = {limit.name for c, limit in limits.items() if limit is not None and c.relation != "|"}
    bounds = [
        limit
        for condition, limit in limits.items()
        if limit is not None and (condition.relation != "|" or limit.name not in stated)
    ]
    known = domains([*bounds, *(Limit(name, ">", Fraction(0)) for name in reals)], reals)
    plain = Assumptions(domains=known)
    equal: list[tuple[Tree, Tree]] = [c.sides for c in written if c.relation == "="]
    equal += [(Symbol(name), Number(x)) for name, x in _pinned(known)]
    equations = solving.solved(equal, plain.field, known)
    divided = [(put(a, equations.values), put(b, equations.values)) for a, b in pairs]
    orders = [
        _difference(condition)
        for condition, limit in limits.items()
        if limit is None and condition.relation in EXCHANGED
    ]
    hypotheses = [(put(tree, equations.values), strict) for tree, strict in orders]
    hypotheses += equations.hypotheses
    hypotheses += _multiples_are_larger(divided, plain)
    return replace(
        plain,
        written=given,
        equations=equations.values,
        divisions=(*divided, *equations.divisions),
        hypotheses=tuple(dict.fromkeys(hypotheses)),
    )


def of_sizes(*trees: Tree, divisions: Iterable[tuple[Tree, Tree]] = ()) -> Assumptions:
    """What is assumed of the sizes in costs: a scale such as α is a positive real number.

    >>> from closedform.algebra.tree import Symbol
    >>> of_sizes(Symbol("alpha") * Symbol("M")).domain("alpha").real
    True
    """
    return assume((), divisions, [name for name in symbol_names(*trees) if is_scale(name)])


def _pinned(known: Mapping[str, Domain]) -> Iterator[tuple[str, Fraction]]:
    """The symbols to which bounds leave one number: k where 2 < k < 4."""
    for name, domain in known.items():
        if domain.least == domain.high and (domain.low is not None or not domain.real):
            yield name, domain.least


def _difference(condition: Condition) -> tuple[Tree, bool]:
    """An inequality as an expression that is ≥ 0 (or > 0, when strict)."""
    small, large = condition.ordered
    return large - small, condition.strict


def _limit(condition: Condition) -> Limit | None:
    """A bound of one symbol by a number; ``None`` if the condition is something else."""
    relation, left, right = condition.relation, condition.left, condition.right
    if relation == "|":  # What divides a positive number is at most this number.
        limit = known_value(right)
        if isinstance(left, Symbol) and limit is not None and limit > 0 and limit.denominator == 1:
            return Limit(left.name, "<=", limit)
        return None
    if relation not in EXCHANGED:
        return None
    if isinstance(right, Symbol):
        relation, left, right = EXCHANGED[relation], right, left
    limit = known_value(right)
    if not isinstance(left, Symbol) or limit is None:
        return None
    return Limit(left.name, relation, limit)


def _multiples_are_larger(
    divided: list[tuple[Tree, Tree]], plain: Assumptions
) -> list[tuple[Tree, bool]]:
    """Where g | M, and M is a symbol that is not 0, M ≥ g."""
    return [
        (multiple - divisor, False)
        for divisor, multiple in divided
        if isinstance(multiple, Symbol) and plain.domain(multiple.name).least >= 1
    ]


__all__ = ["RELATIONS", "SIGNS", "Assumptions", "Condition", "assume", "holds"]
