"""The laws of the algebra, on expressions that use every rule it has.

The decisions built on top of it have a table of their own in ``laws_decide.py``.
"""

from __future__ import annotations

import contextlib
import itertools
import math
from collections.abc import Callable
from fractions import Fraction

from closedform.algebra.domains import Domain
from closedform.algebra.exact import compare, enclosure, value
from closedform.algebra.normal_form.atoms import open_field
from closedform.algebra.normal_form.build import function_tree
from closedform.algebra.normal_form.factors import factored
from closedform.algebra.normal_form.signs import never_zero, nonnegative, positive
from closedform.algebra.tree import (
    Call,
    Node,
    Number,
    Operand,
    Power,
    Quotient,
    Series,
    Symbol,
    Tree,
    substitute,
    symbol_names,
    walk,
    wrap,
)
from closedform.errors import Irrational
from tests.evaluate_tree import close, evaluate

k, M, N, g, H, W = (Symbol(name) for name in "kMNgHW")
i, s = Symbol("i"), Symbol("s")


def floor(a: Node | int) -> Tree:
    return Call("floor", (wrap(a),))


def ceil(a: Node | int) -> Tree:
    return Call("ceil", (wrap(a),))


def sqrt(a: Operand) -> Tree:
    return Call("sqrt", (wrap(a),))


def log(*parts: Operand) -> Tree:
    return Call("log", tuple(wrap(part) for part in parts))


def least(*parts: Node | int) -> Tree:
    return Call("min", tuple(wrap(part) for part in parts))


def largest(*parts: Node | int) -> Tree:
    return Call("max", tuple(wrap(part) for part in parts))


def total(body: Node | int, lower: Node | int, upper: Node | int) -> Tree:
    return Series("i", wrap(lower), wrap(upper), wrap(body))


HALF = Number(Fraction(1, 2))

#: Pairs that are equal for all positive integers, and that the normal form proves equal.
EQUAL: list[tuple[Tree, Tree]] = [
    (N * M + N, N * (M + 1)),
    ((k + 1) ** 3, k**3 + 3 * k**2 + 3 * k + 1),
    ((k - M) * (k + M), k**2 - M**2),
    (1 / N + 1 / k**2, (N + k**2) / (N * k**2)),
    ((M**2 - 1) / (M - 1) - 1, wrap(M)),
    (k ** Number(-2), 1 / k**2),
    ((M + N) ** Number(-1) * (M + N), wrap(1)),
    (M / (2 * k) + M / (3 * k), 5 * M / (6 * k)),
    (M / (4 * k) - N / (6 * k**2), (3 * M * k - 2 * N) / (12 * k**2)),
    (HALF * M, M / 2),
    (-(M - N), N - M),
    # Floors and ceilings.
    (floor(M / 2 + 3), floor(M / 2) + 3),
    (floor((3 * M + 1) / 3), wrap(M)),
    (floor((4 * M + 3) / 6), floor((2 * M + 1) / 3)),
    (floor(floor(H / 2) / 2), floor(H / 4)),
    (floor((floor(H / 2) + 1) / 3), floor((H + 2) / 6)),
    (ceil(ceil(H / 2) / 3), ceil(H / 6)),
    (ceil(H / s), floor((H - 1) / s) + 1),
    (ceil((H + 3) / 2), floor(H / 2) + 2),
    (floor((H * s + k) / s), H + floor(k / s)),
    (floor(-M / 1), -M),
    (floor(Number(Fraction(7, 2))), wrap(3)),
    (ceil(Number(Fraction(7, 2))), wrap(4)),
    (ceil(sqrt(M)), -floor(-sqrt(M))),
    # Roots and symbolic exponents.
    (sqrt(M) ** 2, wrap(M)),
    (sqrt(M**2), wrap(M)),
    (sqrt(12 * M**3), 2 * M * sqrt(3 * M)),
    (sqrt(M / N), sqrt(M) / sqrt(N)),
    (1 / sqrt(M), sqrt(M) / M),
    (sqrt(M) * sqrt(N), sqrt(M * N)),
    (sqrt((M + 1) ** 2), M + 1),
    (sqrt(4 * (M + 1) ** 3), 2 * (M + 1) * sqrt(M + 1)),
    (Power(M, Quotient(Number(2), Number(3))) ** 3, M**2),
    (Power(8 * M, Quotient(Number(1), Number(3))), 2 * Power(M, Quotient(Number(1), Number(3)))),
    (Power(M, HALF), sqrt(M)),
    (Power(Number(4), N), Power(Number(2), 2 * N)),
    (Power(Number(6), N), Power(Number(2), N) * Power(Number(3), N)),
    (Power(k, N + 1), k * Power(k, N)),
    (Power(k, N - M) * Power(k, M), Power(k, N)),
    (Power(M / k, N) * Power(k, N), Power(M, N)),
    (Power(M**2, N), Power(M, N) ** 2),
    (Power(M + 1, 2 * N), Power(M + 1, N) ** 2),
    (Power(k, N / 2) ** 2, Power(k, N / 2) * Power(k, N / 2)),
    # Logarithms.
    (log(12), 2 * log(2) + log(3)),
    (log(M * N**2), log(M) + 2 * log(N)),
    (log(M / N), log(M) - log(N)),
    (log(2 * M + 2), log(2) + log(M + 1)),
    (log(M * N + M), log(M) + log(N + 1)),
    (log(8, 2), wrap(3)),
    (log(M, 2), log(M) / log(2)),
    (log(1), wrap(0)),
    # Largest and least.
    (largest(M, M + 1), M + 1),
    (largest(M + 1, M), M + 1),
    (largest(M, N), largest(N, M)),
    (largest(M, N) + least(M, N), M + N),
    (least(M, 2 * M), wrap(M)),
    (largest(M, N, k), largest(k, M, N, N)),
    (least(1, M), wrap(1)),
    # Sums over an index.
    (total(1, 1, N), wrap(N)),
    (total(i, 1, N), N * (N + 1) / 2),
    (total(i**2, 1, N), N * (N + 1) * (2 * N + 1) / 6),
    (total(i**3, 1, N), (N * (N + 1) / 2) ** 2),
    (total(M * i + k, 1, N), M * N * (N + 1) / 2 + k * N),
    (total(i / M, 1, N), N * (N + 1) / (2 * M)),
    (total(i, 3, N + 2), N * (N + 5) / 2),
    (total(2 * sqrt(i), 1, N), 2 * total(sqrt(i), 1, N)),
    (total(total(i, 1, Symbol("i")), 1, N), N * (N + 1) * (N + 2) / 6),
    (total(M * Symbol("N_i"), 1, N), M * total(Symbol("N_i"), 1, N)),
]

#: Pairs that differ somewhere, each close to a pair that does not.
DIFFERENT: list[tuple[Tree, Tree]] = [
    (N * M + N, N * (M + 2)),
    ((k + 1) ** 2, k**2 + 1),
    (1 / N + 1 / k**2, (N + k) / (N * k**2)),
    (k ** Number(-2), k**2),
    (floor(floor(H / 2) / 2), floor(H / 3)),
    (floor(H / 2), ceil(H / 2)),
    (ceil(H / s), floor(H / s) + 1),
    (floor((4 * M + 3) / 6), floor((2 * M + 2) / 3)),
    (floor((2 * floor(H / 2)) / 3), floor(H / 3)),
    (sqrt(M) ** 3, wrap(M)),
    (sqrt(M * N), M * N),
    (sqrt(M + N), sqrt(M) + sqrt(N)),
    (sqrt(M), Power(M, Quotient(Number(1), Number(3)))),
    (Power(Number(4), N), Power(Number(2), N)),
    (Power(k, N), Power(N, k)),
    (log(M * N), log(M) * log(N)),
    (log(M, 2), log(M)),
    (largest(M, N), wrap(M)),
    (largest(M, N), least(M, N)),
    (largest(M, N, k), largest(M, N)),
    (total(i, 1, N), total(i, 0, N + 1)),
    (total(i, 1, N), N * N / 2),
    (total(i, M, N), total(i, 1, N)),
    (total(Symbol("N_i"), 1, N), N * Symbol("N_i")),
]

#: Where formulas are evaluated: no symbol equals another at all of them.
POINTS = [
    {"k": 1, "M": 1, "N": 1, "g": 1, "H": 1, "W": 1, "s": 1},
    {"k": 3, "M": 4, "N": 2, "g": 2, "H": 7, "W": 5, "s": 2},
    {"k": 2, "M": 6, "N": 9, "g": 3, "H": 10, "W": 8, "s": 3},
    {"k": 5, "M": 2, "N": 3, "g": 1, "H": 12, "W": 11, "s": 4},
]

#: Values that are exact, and expressions that have none.
VALUES: list[tuple[Tree, int | Fraction]] = [
    (log(8, 2), 3),
    (log(Fraction(1, 1)), 0),
    (log(1, 5), 0),
    (log(9, 3), 2),
    (log(7, 7), 1),
    (sqrt(49), 7),
    (sqrt(0), 0),
    (sqrt(Fraction(4, 9)), Fraction(2, 3)),
    (Power(Number(27), Number(Fraction(1, 3))), 3),
    (Power(Number(27), Number(Fraction(2, 3))), 9),
    (Power(Number(4), Number(Fraction(-1, 2))), Fraction(1, 2)),
    (Power(Number(2), Number(-3)), Fraction(1, 8)),
    (floor(Number(Fraction(-7, 2))), -4),
    (ceil(Number(Fraction(-7, 2))), -3),
    (least(3, 2, 4), 2),
    (largest(3, 2, 4), 4),
    (total(i * i, 2, 4), 29),
    (total(i, 3, 2), 0),
]
IRRATIONAL: list[Tree] = [
    sqrt(2),
    sqrt(Fraction(1, 2)),
    sqrt(Fraction(2, 9)),
    log(3, 2),
    log(2),
    Power(Number(9), Number(Fraction(1, 3))),
]

#: What is seen of a polynomial's sign for positive integers: nonnegative, positive, never zero.
SIGNS: list[tuple[Tree, bool, bool, bool]] = [
    (M * N, True, True, True),
    (M - 1, True, False, False),
    (M + N - 1, True, True, True),
    (2 * M * N - M - N, True, False, False),
    (2 * M * N - M, True, True, True),
    (M - N, False, False, False),
    (-M, False, False, True),
    (1 - M - N, False, False, True),
    (wrap(0), True, False, False),
    (M**2 - 2 * M + 1, True, False, False),
    (M**2 - 2 * M + 2, True, True, True),
    (M**2 - 3 * M + 3, False, False, False),
]

#: A polynomial and its factors: the number, the powers of k, M, N, and the other factors.
FACTORS: list[tuple[Tree, int, tuple[int, int, int], set[tuple[Tree, int]]]] = [
    (6 * k * M, 6, (1, 1, 0), set()),
    (wrap(-6), -6, (0, 0, 0), set()),
    (M * N - M**2, -1, (0, 1, 0), {(M - N, 1)}),
    (4 * k**2 * (M - N), 4, (2, 0, 0), {(M - N, 1)}),
    (M**2 - N**2, 1, (0, 0, 0), {(M - N, 1), (M + N, 1)}),
    ((M + 1) ** 2 * (N + 2), 1, (0, 0, 0), {(M + 1, 2), (N + 2, 1)}),
    (2 * M + 2 * N + 2, 2, (0, 0, 0), {(M + N + 1, 1)}),
    ((k**2 + M) * (N - 1) * (1 - N), -1, (0, 0, 0), {(k**2 + M, 1), (N - 1, 2)}),
]


def is_zero(left: Tree, right: Tree) -> bool:
    """Whether the normal form of the difference is zero."""
    return open_field().normal(left - right).cancelled().is_zero()


def equal_pairs_are_proven() -> None:
    for left, right in EQUAL:
        assert is_zero(left, right), (left, right)
        assert is_zero(right, left), (right, left)


def different_pairs_are_not() -> None:
    for left, right in DIFFERENT:
        assert not is_zero(left, right), (left, right)


def normal_form_keeps_the_value() -> None:
    """Whatever the normal form does to an expression, its value at every point stays."""
    for tree in expressions():
        names = set(symbol_names(tree))
        if "N_i" in names:
            continue
        rebuilt = function_tree(open_field().normal(tree))
        for point in POINTS:
            if defined(tree, point):
                assert close(evaluate(tree, point), evaluate(rebuilt, point)), (tree, point)


def exact_value_is_the_value() -> None:
    for tree in expressions():
        if "N_i" in symbol_names(tree):
            continue
        for point in POINTS:
            if not defined(tree, point):
                continue
            expected = evaluate(tree, point)
            # A root or a logarithm may be irrational: then there is no exact value.
            with contextlib.suppress(Irrational):
                assert close(value(tree, point), expected), (tree, point)
                assert compare(tree, tree, point) in (0, None), (tree, point)
                assert compare(tree, tree + 1, point) == -1, (tree, point)
            if not _has_roots(tree):
                assert value(tree, point) == expected, (tree, point)


def exact_values_are_known() -> None:
    for tree, expected in VALUES:
        assert value(tree, {}) == expected, tree
        assert type(value(tree, {})) is type(expected), tree
    for tree in IRRATIONAL:
        try:
            number = value(tree, {})
        except Irrational:
            continue
        raise AssertionError((tree, number))


def irrational_values_are_enclosed() -> None:
    point = {"M": 2, "N": 3}
    for tree in (sqrt(M), sqrt(M) / N, -sqrt(M), M * log(N, M), log(N), M**HALF + N, sqrt(M) ** N):
        assert compare(tree, tree, point) in (0, None), tree
        assert compare(tree, tree + Number(Fraction(1, 10**9)), point) == -1, tree
        interval = enclosure(tree, point)
        assert interval.low <= evaluate(tree, point) + 1e-9, tree
        assert interval.high >= evaluate(tree, point) - 1e-9, tree


def substitution_is_evaluation() -> None:
    """Numbers put in for the symbols give the value, with arithmetic on the way or after."""
    for tree in expressions():
        if "N_i" in symbol_names(tree):
            continue
        point = POINTS[1]
        put_in = substitute(tree, {name: Number(number) for name, number in point.items()})
        assert not symbol_names(put_in), tree
        assert close(evaluate(put_in, {}), evaluate(tree, point)), tree


def substitution_is_simultaneous() -> None:
    assert substitute(M - 2 * N, {"M": N, "N": M}) == N - 2 * M
    assert substitute(total(i * M, 1, N), {"i": M, "N": k}) == total(i * M, 1, k)


def signs_are_seen() -> None:
    for tree, at_least_zero, above_zero, no_zero in SIGNS:
        field = open_field()
        form = field.normal(tree)
        assert nonnegative(form) is at_least_zero, tree
        assert positive(form.num, field) is above_zero, tree
        assert never_zero(form.num, field) is no_zero, tree


def signs_depend_on_the_lower_bounds() -> None:
    for least, is_positive in ((1, False), (2, False), (3, True)):
        field = open_field(["M"], domains={"M": Domain(low=Fraction(least))})
        assert positive(field.normal(M - 2).num, field) is is_positive, least
    field = open_field(["M"], domains={"M": Domain(low=Fraction(0))})
    assert not positive(field.normal(M).num, field)


def factors_are_found() -> None:
    for tree, number, monomial, factors in FACTORS:
        field = open_field(["k", "M", "N"])
        found = factored(field, field.normal(tree).num)
        assert (found.number, found.monomial) == (number, monomial), tree
        expected = [(field.normal(factor).num, exponent) for factor, exponent in factors]
        # SymPy changes polynomials after it has hashed them, so no sets here.
        assert len(found.factors) == len(expected), tree
        assert all(factor in expected for factor in found.factors), tree


def expressions() -> list[Tree]:
    """Every expression of the tables, each once."""
    return list(dict.fromkeys(itertools.chain(*EQUAL, *DIFFERENT)))


def _has_roots(tree: Tree) -> bool:
    for node in walk(tree):
        match node:
            case Call(function="sqrt" | "log"):
                return True
            case Power(exponent=Number(value=Fraction()) | Quotient()):
                return True
    return False


def defined(tree: Tree, point: dict[str, int]) -> bool:
    """Whether the expression has a value there: M - 1 is a denominator in one of them."""
    try:
        return math.isfinite(evaluate(tree, point))
    except ZeroDivisionError:
        return False


LAWS: list[Callable[[], None]] = [
    equal_pairs_are_proven,
    different_pairs_are_not,
    normal_form_keeps_the_value,
    exact_value_is_the_value,
    exact_values_are_known,
    irrational_values_are_enclosed,
    substitution_is_evaluation,
    substitution_is_simultaneous,
    signs_are_seen,
    signs_depend_on_the_lower_bounds,
    factors_are_found,
]
