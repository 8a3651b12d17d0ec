"""Solve a comparison whose answer holds other symbols: N = k²/(k² − 1), from N = 2 on."""

from __future__ import annotations

from math import prod

from closedform.algebra.assumptions import SIGNS
from closedform.algebra.forms.readable import readable_polynomial
from closedform.algebra.normal_form.build import polynomial_tree
from closedform.algebra.normal_form.factors import Factored, factored
from closedform.algebra.normal_form.polynomials import Polynomial
from closedform.algebra.proofs.bounds import known_sign
from closedform.algebra.tree import ZERO, Symbol, symbol_names
from closedform.algebra.zeros import vanishing
from closedform.errors import ClosedformError
from closedform.solving.comparison import Comparison, told_with
from closedform.solving.root import Root
from closedform.solving.solution import Range, Solution
from closedform.typeset.prose import EQUAL, RELATION_SIGNS, Prose, listed, say

Factors = list[tuple[Polynomial, int]]


def solve_symbols(comparison: Comparison) -> Solution:
    """The comparison solved for its symbol, the others kept.

    Raises:
        ClosedformError: the symbol stands inside a floor.
    """
    if comparison.inside:
        hint = (
            "beside other symbols solve works with sums, products and quotients of the symbol it "
            "solves for: give the others a value, or a condition that decides max and min"
        )
        if not comparison.others:
            hint = "a real number is solved for under floors with a bound: write <= or >= for ="
        raise ClosedformError(
            f"{comparison.symbol} stands inside a floor, a root, a logarithm or an exponent", hint
        )
    field, parts = comparison.field, factored(comparison.field, comparison.poly)
    powers = [(field.ring.gen(place), e) for place, e in enumerate(parts.monomial) if e]
    factors: Factors = [*parts.factors, *powers]
    holding = [(f, e) for f, e in factors if any(m[comparison.place] for m in f)]
    free = [pair for pair in factors if pair not in holding]
    way, single = _sign(comparison, free) * (1 if parts.number > 0 else -1), len(holding) == 1
    turns = single and holding[0][1] % 2 == 1
    order = comparison.relation != "="
    if not holding or (order and not (turns and way)):
        return _unsolved(comparison)
    solved = [
        Root.of(comparison, factor, way=way or 1, single=single, alone=turns and not free)
        for factor, _ in holding
    ]
    roots = [root for root in solved if root is not None and (order or root.is_possible())]
    if None in solved or (order and not roots[0].sign):
        return _unsolved(comparison)
    cases = _cases(comparison, free)
    if not roots and (cases or not all(root and root.fails_at_edges() for root in solved)):
        return _unsolved(comparison)
    if not roots:
        reason: Prose = ("no solution: no positive ", Symbol(comparison.symbol), " gives equality")
        return Solution(comparison.text, comparison.symbol, "none", _statements=(reason,))
    exact = dict.fromkeys((root.relation(), root.tree) for root in roots)
    statements = [*(line for root in roots for line in root.statements()), *cases]
    statements += told_with(comparison)
    name = comparison.symbol
    return Solution(
        comparison.text, name, "solved", _exact=tuple(exact), _statements=tuple(statements)
    )


def _sign(comparison: Comparison, free: Factors) -> int:
    """The sign of the factors without the symbol, where they do not vanish; 0: not known."""
    trees = (polynomial_tree(comparison.field, factor) for factor, e in free if e % 2)
    return prod(known_sign(tree, comparison.assumptions, strict=False) for tree in trees)


def _cases(comparison: Comparison, free: Factors) -> list[Prose]:
    """What holds where a factor without the symbol vanishes, and both sides have values."""
    field, poles = comparison.field, comparison.poles
    kept = tuple(pair for pair in free if polynomial_tree(field, pair[0]) not in poles)
    word = "every " if 0 in SIGNS[comparison.relation] else "no "
    said: list[Prose] = []
    for way in vanishing(field, Factored(1, (), kept)):
        case = listed([(left, EQUAL, right) for left, right in way], " and ")
        said.append(("for ", *case, f" it holds for {word}", Symbol(comparison.symbol)))
    return said


def _unsolved(comparison: Comparison) -> Solution:
    zero = readable_polynomial(comparison.field, comparison.poly)
    text = (
        "not solved: it comes down to {}{}{}, for which closedform has no formula in {}; give more "
        "sizes a number"
    )
    symbol, sign = Symbol(comparison.symbol), RELATION_SIGNS[comparison.relation]
    reason = say(text, zero, sign, ZERO, symbol)
    return Solution(comparison.text, comparison.symbol, "unsolved", _statements=(reason,))


def always(comparison: Comparison, *, holds: bool) -> Solution:
    """The sign of left − right is the same wherever the conditions hold."""
    symbol = Symbol(comparison.symbol)
    said: Prose = ("it holds for every " if holds else "no solution: it holds for no ", symbol)
    if len(symbol_names(comparison.left - comparison.right)) > 1:
        said = (*said, ", whatever the other sizes are")
    least = comparison.assumptions.integer_lower().get(symbol.name, 1)
    told = told_with(comparison) if holds else ()
    ranges: tuple[Range, ...] = ((least, None),) if holds and not (told or comparison.real) else ()
    status = "solved" if holds else "none"
    return Solution(comparison.text, symbol.name, status, ranges, _statements=(said, *told))
