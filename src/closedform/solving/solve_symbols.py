"""Solve a comparison whose answer holds other symbols: N = k²/(k² − 1), from N = 2 on."""

from __future__ import annotations

from closedform.algebra.assumptions import SIGNS, Assumptions, Condition, assume
from closedform.algebra.condition import EXCHANGED
from closedform.algebra.exact import enclosure
from closedform.algebra.normal_form.build import polynomial_tree
from closedform.algebra.normal_form.factors import factored
from closedform.algebra.normal_form.polynomials import Polynomial
from closedform.algebra.proofs.bounds import known_sign, prove_sign
from closedform.algebra.readable import readable, readable_polynomial
from closedform.algebra.tree import (
    ONE,
    ZERO,
    Call,
    Number,
    Quotient,
    Symbol,
    Tree,
    substitute,
    symbol_names,
)
from closedform.derivation.steps import prove
from closedform.errors import ClosedformError
from closedform.solving.comparison import Comparison, told_with
from closedform.solving.solution import Solution
from closedform.typeset.notation import SOURCE
from closedform.typeset.prose import AT_LEAST, EQUAL, RELATION_SIGNS, Part, Prose

#: Thresholds that hold for all values of the other symbols are sought up to here.
UNIFORM = 40


def solve_symbols(comparison: Comparison) -> Solution:
    """The comparison solved for its symbol, the others kept.

    Raises:
        ClosedformError: the symbol stands inside a floor.
    """
    if comparison.inside:
        raise ClosedformError(
            f"{comparison.symbol} stands inside a floor, a root, a logarithm or an exponent",
            "beside other symbols solve works with sums, products and quotients of the symbol it "
            "solves for: give the others a value, or a condition that decides max and min",
        )
    parts = factored(comparison.field, comparison.poly)
    holding = [(f, e) for f, e in parts.factors if any(m[comparison.place] for m in f)]
    alone = any(comparison.poly in (factor, -factor) for factor, _ in holding)
    if not comparison.occurs or (
        not comparison.positive and max(m[comparison.place] for m in comparison.poly) > 1
    ):
        return _unsolved(comparison)
    if comparison.relation != "=" and not alone:
        return _unsolved(comparison)
    solved = [_Root.of(comparison, factor) for factor, _ in holding]
    if any(root is None for root in solved):
        return _unsolved(comparison)
    roots = [root for root in solved if root is not None and root.can_be_positive()]
    if any(comparison.relation != "=" and not root.sign for root in roots):
        return _unsolved(comparison)
    nowhere = all(root is not None and root.fails_at_edges() for root in solved)
    if not roots and (comparison.relation != "=" or not nowhere):
        return _unsolved(comparison)
    if not roots:
        reason: Prose = ("no solution: no positive ", Symbol(comparison.symbol), " gives equality")
        return Solution(comparison.text, comparison.symbol, "none", statements=(reason,))
    exact = [(root.relation(), root.tree) for root in roots]
    statements = [line for root in roots for line in root.statements()]
    statements += told_with(comparison)
    return Solution(
        comparison.text,
        comparison.symbol,
        "solved",
        exact=tuple(dict.fromkeys(exact)),
        statements=tuple(statements),
    )


def _unsolved(comparison: Comparison) -> Solution:
    zero = readable_polynomial(comparison.field, comparison.poly)
    reason: Prose = (
        "not solved: it comes down to ",
        zero,
        RELATION_SIGNS[comparison.relation],
        ZERO,
        ", for which closedform has no formula in ",
        Symbol(comparison.symbol),
        "; give more sizes a number",
    )
    return Solution(comparison.text, comparison.symbol, "unsolved", statements=(reason,))


class _Root:
    """The one place where a factor a·xⁿ + b of a comparison changes sign, and how."""

    def __init__(
        self,
        comparison: Comparison,
        slope: Tree,
        tree: Tree,
        radicand: Tree | None,
        *,
        alone: bool,
    ) -> None:
        self.comparison = comparison
        self.tree = tree
        #: What must not be negative for the place to be there.
        self.radicand = radicand
        #: Whether the comparison is about this factor and no other.
        self.alone = alone
        self.poly = polynomial_tree(comparison.field, comparison.poly)
        self.symbol = Symbol(comparison.symbol)
        self.sign, self.beyond = _sign(slope, comparison.assumptions)
        self.domain = _extended(comparison.assumptions, self.beyond)

    @classmethod
    def of(cls, comparison: Comparison, factor: Polynomial) -> _Root | None:
        """The root of a factor that has one place to be 0 at; proven."""
        field, place = comparison.field, comparison.place
        powers = factor.by_power(place)
        rows = {degree: polynomial_tree(field, row) for degree, row in powers.items()}
        solved = _root_of(rows, comparison.assumptions)
        if solved is None:
            return None
        root, radicand = solved
        slope = rows[max(rows)]
        prove(substitute(polynomial_tree(field, factor), {comparison.symbol: root}), ZERO)
        if comparison.poly == -factor:
            slope = -slope
        alone = comparison.poly in (factor, -factor)
        return cls(comparison, slope, root, radicand, alone=alone)

    def can_be_positive(self) -> bool:
        """Whether some admissible sizes make the root positive, or 0 where the symbol may be."""
        if not self.comparison.positive:
            return True
        return prove_sign(-self.tree, self.domain, strict=False) is None

    def relation(self) -> str:
        """How the symbol compares with the root."""
        relation = self.comparison.relation
        return EXCHANGED.get(relation, relation) if self.sign < 0 else relation

    def statements(self) -> list[Prose]:
        """The conditions under which this is so, the integer form, and uniform thresholds."""
        said: list[Prose] = []
        if self.beyond:
            edges = [self._at_the_edge(name) for name in self.beyond]
            edge = tuple(part for sentence in edges for part in sentence)
            said.append(("this is for ", *self._beyond(), *edge))
        if self.radicand is not None and not prove_sign(self.radicand, self.domain, strict=False):
            said.append(("this is for ", self.radicand, AT_LEAST, ZERO))
        if not isinstance(self.tree, Number) and not symbol_names(self.tree):
            said.append((f"that is about {float(enclosure(self.tree, {}).low):.4g}",))
        whole = isinstance(self.tree, Number) or self.comparison.real
        if self.relation() != "=" and not whole and not told_with(self.comparison):
            said.append(self._integer_form())
        said += self._uniform()
        return [line for line in said if line]

    def _integer_form(self) -> Prose:
        """The largest or smallest integer, as a floor or a ceiling."""
        floor, ceiling = Call("floor", (self.tree,)), Call("ceil", (self.tree,))
        word, tree = {
            "<=": ("largest", floor),
            "<": ("largest", ceiling - 1),
            ">=": ("smallest", ceiling),
            ">": ("smallest", floor + 1),
        }[self.relation()]
        return () if readable(tree) == self.tree else (f"the {word} integer is ", tree)

    def fails_at_edges(self) -> bool:
        """Whether nothing solves the equation where the coefficient of the symbol vanishes."""
        return bool(self.sign) and all(self._edge(name)[1] in (-1, 1) for name in self.beyond)

    def _edge(self, name: str) -> tuple[int, int | None]:
        """The value of a symbol at which the coefficient vanishes, and the sign of all there."""
        low = self.comparison.assumptions.integer_lower().get(name, 1)
        poly = substitute(self.poly, {name: Number(low)})
        return low, _known_sign(poly, self.comparison.assumptions)

    def _at_the_edge(self, name: str) -> Prose:
        """What holds where a symbol has the value at which the coefficient vanishes."""
        low, known = self._edge(name)
        if known is None:
            return ()
        holds = known in SIGNS[self.comparison.relation]
        said: Prose = ("; for ", Symbol(name), EQUAL, Number(low), " it holds for ")
        return (*said, "every " if holds else "no ", self.symbol)

    def _beyond(self) -> Prose:
        lower = self.comparison.assumptions.integer_lower()
        parts: list[Part] = []
        for name in self.beyond:
            least = Number(lower.get(name, 1) + 1)
            parts += [*([" and "] if parts else []), Symbol(name), AT_LEAST, least]
        return tuple(parts)

    def _uniform(self) -> list[Prose]:
        """From which integer on a side is smaller, whatever the other symbols are."""
        if not self.sign or not self.alone or self.comparison.real or told_with(self.comparison):
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
        spoken = {self.symbol.name, *self.beyond}
        whatever = [n for n in symbol_names(self.poly) if n not in spoken]
        condition: list[Part] = [*self._beyond()]
        for name in sorted(whatever, key=SOURCE.rank):
            condition += [*([" and "] if condition else []), "all ", Symbol(name)]
        return [("for ", *condition, ": ", *said)]

    def _sign_at(self, n: int) -> int | None:
        return _known_sign(substitute(self.poly, {self.symbol.name: Number(n)}), self.domain)


def _root_of(rows: dict[int, Tree], given: Assumptions) -> tuple[Tree, Tree | None] | None:
    """Where a polynomial with these coefficients is 0, and what must not be negative for it.

    A pure power, or a quadratic whose ends have different signs: it has one positive root.
    """
    if 0 not in rows:
        return None
    degree, lead, rest = max(rows), rows[max(rows)], rows[0]
    if set(rows) == {0, 1, 2}:
        if prove_sign(-lead, given, strict=True):
            rows = {key: -row for key, row in rows.items()}
        a, b, c = rows[2], rows[1], rows[0]
        if not (prove_sign(a, given, strict=True) and prove_sign(-c, given, strict=True)):
            return None
        under = readable(b**2 - 4 * a * c)
        return readable((Call("sqrt", (under,)) - b) / (2 * a)), None
    if len(rows) != 2:
        return None
    root = readable(-rest / lead)
    if degree == 1:
        return root, None
    how = Call("sqrt", (root,)) if degree == 2 else root ** Quotient(ONE, Number(degree))
    return how, root


def _known_sign(poly: Tree, assumptions: Assumptions) -> int | None:
    return known_sign(poly, assumptions) or (0 if readable(poly) == ZERO else None)


def _sign(slope: Tree, assumptions: Assumptions) -> tuple[int, tuple[str, ...]]:
    """The sign of a coefficient, and the symbols that must be past their smallest value for it."""
    if sign := known_sign(slope, assumptions):
        return sign, ()
    names = symbol_names(slope)
    for name in sorted(names, key=SOURCE.rank):
        if sign := known_sign(slope, _extended(assumptions, (name,))):
            return sign, (name,)
    return 0, ()


def _extended(assumptions: Assumptions, names: tuple[str, ...]) -> Assumptions:
    """The assumptions, with these symbols past their smallest value."""
    if not names:
        return assumptions
    lower = assumptions.integer_lower()
    more = [Condition(">=", Symbol(n), Number(lower.get(n, 1) + 1)) for n in names]
    return assume((*assumptions.written, *more), assumptions.divisions)
