"""The one place where a factor of a comparison changes its sign, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import cached_property

from closedform.algebra.assumptions import SIGNS, Assumptions, Condition, assume
from closedform.algebra.condition import EXCHANGED
from closedform.algebra.exact import value
from closedform.algebra.forms.readable import readable
from closedform.algebra.normal_form.build import polynomial_tree
from closedform.algebra.normal_form.factors import factored
from closedform.algebra.normal_form.polynomials import Polynomial
from closedform.algebra.proofs.bounds import known_sign, prove_sign
from closedform.algebra.tree import (
    ONE,
    ZERO,
    Call,
    Number,
    Quotient,
    Symbol,
    Tree,
    add,
    power,
    substitute,
    symbol_names,
)
from closedform.algebra.zeros import Equations, vanishing
from closedform.derivation.steps import prove
from closedform.errors import UndefinedValue
from closedform.solving.comparison import Comparison, told_with
from closedform.typeset.notation import SOURCE
from closedform.typeset.prose import (
    AT_LEAST,
    EQUAL,
    NEED_SIGNS,
    RELATION_SIGNS,
    Part,
    Prose,
    listed,
)

#: Thresholds that hold for all values of the other symbols are sought up to here.
UNIFORM = 40


class Root:
    """The place where a factor a·xⁿ + … + b of a comparison is 0.

    ``way``: the sign of all other factors, 0 where it is not known. ``single``: whether it is the
    only factor that holds the symbol; ``alone``: and there is no other that may be 0.
    """

    def __init__(
        self,
        comparison: Comparison,
        rows: dict[int, Polynomial],
        tree: Tree,
        radicand: Tree | None,
        *,
        way: int,
        single: bool,
        alone: bool,
    ) -> None:
        self.comparison, self.given = comparison, comparison.assumptions
        self.symbol = Symbol(comparison.symbol)
        self.tree = tree
        #: What must not be negative for the place to be there.
        self.radicand = radicand
        self.single, self.alone = single, alone
        trees = {n: way * polynomial_tree(comparison.field, row) for n, row in rows.items()}
        self.coefficient = polynomial_tree(comparison.field, rows[max(rows)])
        self.slope = way * self.coefficient
        #: What is left of the factor where the coefficient of the symbol vanishes.
        self.rest = trees.get(0, ZERO)
        self.poly = sum((row * self.symbol**n for n, row in trees.items()), ZERO)
        #: The sign past the place where the coefficient does not vanish, and where it does.
        self.sign = known_sign(self.slope, self.given)
        self.edges: list[Equations] = []
        if not self.sign:
            self.edges = vanishing(comparison.field, factored(comparison.field, rows[max(rows)]))
            self.sign = known_sign(self.slope, self.given, strict=False)
            if not self.sign and comparison.relation != "=":
                self._past_an_edge()

    @classmethod
    def of(
        cls, comparison: Comparison, factor: Polynomial, *, way: int, single: bool, alone: bool
    ) -> Root | None:
        """The root of a factor that has one place to be 0 at; proven."""
        solved = _root_of(comparison, factor)
        if solved is None:
            return None
        root, radicand = solved
        whole = polynomial_tree(comparison.field, factor)
        prove(substitute(whole, {comparison.symbol: root}), ZERO)
        rows = factor.by_power(comparison.place)
        return cls(comparison, rows, root, radicand, way=way, single=single, alone=alone)

    def _past_an_edge(self) -> None:
        """The sign where a symbol is past its smallest value, if that at this value is known."""
        for name in sorted(symbol_names(self.slope), key=SOURCE.rank):
            least = self._least(name)
            edge = substitute(self.poly, {name: least})
            if self.given.domain(name).real or _sign_of(edge, self.given) is None:
                continue
            if sign := known_sign(self.slope, _past(self.given, [(name, least)])):
                self.sign, self.edges, self.rest = sign, [((Symbol(name), least),)], self.poly
                return

    def _least(self, name: str) -> Number:
        return Number(self.given.integer_lower().get(name, 1))

    @cached_property
    def _bounds(self) -> list[tuple[str, Number]] | None:
        """The symbols whose smallest values make the coefficient vanish, if nothing else does."""
        names = [n for ((left, _), *_) in self.edges for n in symbol_names(left)]
        bounds = [(n, self._least(n)) for n in names if not self.given.domain(n).real]
        return bounds if [((Symbol(n), least),) for n, least in bounds] == self.edges else None

    @cached_property
    def domain(self) -> Assumptions:
        """What is assumed where the coefficient does not vanish."""
        if self._bounds is not None:
            return _past(self.given, self._bounds)
        return self.given.with_hypotheses([(self.sign * self.slope, True)] if self.sign else [])

    def is_possible(self) -> bool:
        """Whether some admissible sizes may have it, and it is no pole."""
        here = {self.symbol.name: self.tree}
        if any(readable(substitute(pole, here)) == ZERO for pole in self.comparison.poles):
            return False
        return not known_sign(self.symbol - self.tree, self.domain)

    def fails_at_edges(self) -> bool:
        """Whether nothing solves the equation where the coefficient of the symbol vanishes."""
        return all(self._sign_at_edge(way) in (-1, 1) for way in self.edges)

    def relation(self) -> str:
        """How the symbol compares with the root."""
        relation = self.comparison.relation
        return EXCHANGED.get(relation, relation) if self.sign < 0 else relation

    def statements(self) -> list[Prose]:
        """The conditions under which this is so, the integer form, and uniform thresholds."""
        said: list[Prose] = []
        this: Prose = ("this",) if self.single else (self.symbol, EQUAL, self.tree)
        if self.edges:
            cases = tuple(part for way in self.edges for part in self._at_edge(way))
            said.append((*this, " is for ", *self._beyond(), *cases))
        if self.radicand is not None and not prove_sign(self.radicand, self.domain, strict=False):
            elsewhere = ("; otherwise", *self._holds(self.sign or 1)) if self.single else ()
            said.append((*this, " is for ", self.radicand, AT_LEAST, ZERO, *elsewhere))
        whole = not symbol_names(self.tree) or self.comparison.real
        if self.relation() != "=" and not whole and not told_with(self.comparison):
            said.append(self._integer_form())
        said += self._uniform()
        return [line for line in said if line]

    def _integer_form(self) -> Prose:
        """The largest or smallest integer, as a floor or a ceiling."""
        below, above = (Call(name, (self.tree,)) for name in ("floor", "ceil"))
        integer = readable(below) == self.tree
        floor, ceiling = (self.tree, self.tree) if integer else (below, above)
        word, tree = {
            "<=": ("largest", floor),
            "<": ("largest", add(ceiling, Number(-1))),
            ">=": ("smallest", ceiling),
            ">": ("smallest", add(floor, ONE)),
        }[self.relation()]
        tree, least = readable(tree) if integer else tree, self._least(self.symbol.name)
        if word == "smallest" and not prove_sign(tree - least, self.domain, strict=False):
            tree = Call("max", (least, tree))
        return () if tree == self.tree else (f"the {word} integer is ", tree)

    # -- cases ---------------------------------------------------------------------------------

    def _beyond(self) -> tuple[Part, ...]:
        """Where the coefficient does not vanish."""
        if self._bounds is None:
            return (self.coefficient, " ", NEED_SIGNS["≠ 0"])
        past = [(Symbol(n), AT_LEAST, Number(x.value + 1)) for n, x in self._bounds]
        return listed(past, " and ")

    def _sign_at_edge(self, way: Equations) -> int | None:
        return _sign_of(substitute(self.rest, _values(way)), self.given)

    def _at_edge(self, way: Equations) -> Prose:
        """What holds where the coefficient vanishes."""
        sign = self._sign_at_edge(way)
        case = ("; for ", *listed([(left, EQUAL, right) for left, right in way], " and "))
        if sign is not None:
            return (*case, *self._holds(sign)) if self.single or not sign else ()
        rest = readable(substitute(self.rest, _values(way)))
        relation = RELATION_SIGNS[self.comparison.relation]
        return (*case, " it holds ", "exactly " * self.single, "where ", rest, relation, ZERO)

    def _holds(self, sign: int) -> Prose:
        holds = sign in SIGNS[self.comparison.relation]
        return (" it holds for ", "every " if holds else "no ", self.symbol)

    # -- thresholds ----------------------------------------------------------------------------

    def _uniform(self) -> list[Prose]:
        """From which integer on a side is smaller, whatever the other symbols are."""
        if not (self.sign and self.alone and symbol_names(self.tree)) or self.comparison.real:
            return []
        if told_with(self.comparison):
            return []
        before, after = -self.sign, self.sign
        # The comparison is monotone in the symbol: what fails at the end fails before it.
        if self._sign_at(UNIFORM) != after:
            return []
        below: list[int | None] = []
        while (next_sign := self._sign_at(len(below) + 1)) != after:
            below.append(next_sign)
        first = len(below) + 1
        word = {-1: "smaller", 1: "larger"}
        start: Prose = (self.symbol, EQUAL, Number(first))
        said: Prose = (f"the left side is {word[after]} from ", *start, " on")
        if below and all(sign == before for sign in below):
            until = first - 1
            said += (f" and {word[before]} for ", self.symbol)
            said += (EQUAL, Number(1)) if until == 1 else (f" up to {until}",)
            if self.comparison.relation == "=":
                said += (": never equal for integers",)
        spoken = {self.symbol.name, *(name for name, _ in self._bounds or ())}
        whatever = sorted({*symbol_names(self.poly)} - spoken, key=SOURCE.rank)
        beyond = [self._beyond()] if self.edges else []
        condition = listed([*beyond, *(("all ", Symbol(name)) for name in whatever)], " and ")
        return [("for ", *condition, ": ", *said)]

    def _sign_at(self, n: int) -> int | None:
        return _sign_of(substitute(self.poly, {self.symbol.name: Number(n)}), self.domain)


def _sign_of(poly: Tree, given: Assumptions) -> int | None:
    return known_sign(poly, given) or (0 if readable(poly) == ZERO else None)


def _root_of(comparison: Comparison, factor: Polynomial) -> tuple[Tree, Tree | None] | None:
    """Where a factor is 0, and what must not be negative for it.

    A pure power, or a quadratic whose ends have different signs: it has one positive root.
    """
    given, by_power = comparison.assumptions, factor.by_power(comparison.place)
    rows = {n: polynomial_tree(comparison.field, row) for n, row in by_power.items()}
    degree, lead, rest = max(rows), rows[max(rows)], rows.get(0, ZERO)
    if set(rows) == {0, 1, 2}:
        if prove_sign(-lead, given, strict=True):
            rows = {key: -row for key, row in rows.items()}
        a, b, c = rows[2], rows[1], rows[0]
        if not (prove_sign(a, given, strict=True) and prove_sign(-c, given, strict=True)):
            return None
        under = readable(power(b, Number(2)) - 4 * a * c)
        return readable((Call("sqrt", (under,)) - b) / (2 * a)), None
    if set(rows) - {0, degree}:
        return None
    root = readable(-rest / lead)
    if degree == 1:
        return root, None
    how = Call("sqrt", (root,)) if degree == 2 else power(root, Quotient(ONE, Number(degree)))
    return how, root


def places(comparison: Comparison) -> list[int] | None:
    """The floors of all places at which a comparison without other symbols changes its sign."""
    floors: list[int] = []
    for factor, _ in factored(comparison.field, comparison.poly).factors:
        if any(monomial[comparison.place] for monomial in factor):
            solved = _root_of(comparison, factor)
            if solved is None:
                return None
            with suppress(UndefinedValue):  # no root of a negative number
                floors.append(int(value(Call("floor", (solved[0],)), {})))
    return floors


def _past(given: Assumptions, bounds: Iterable[tuple[str, Number]]) -> Assumptions:
    """The assumptions, with these symbols past their smallest values."""
    more = [Condition(">", Symbol(name), least) for name, least in bounds]
    return assume((*given.written, *more), given.divisions) if more else given


def _values(way: Equations) -> dict[str, Tree]:
    return {left.name: right for left, right in way if isinstance(left, Symbol)}
