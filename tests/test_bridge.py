"""Trees to SymPy and back: values survive, and what is no closed form is named."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy

from closedform import symbols
from closedform.algebra.bridge import from_sympy, to_sympy
from closedform.algebra.tree import Call, Negative, Number, Power, Quotient, Series, Symbol, Tree
from closedform.errors import ClosedformError, TooLarge, UndefinedValue

k, M, N, n, L = (Symbol(name) for name in "k M N n L".split())
K, S_M, S_N, S_n, S_L, S_i = (symbols.symbol(name) for name in "k M N n L i".split())
HALF = Fraction(1, 2)

#: Trees and SymPy expressions that are each other's image, in both directions.
BOTH_WAYS = [
    (Number(3), sympy.Integer(3)),
    (Number(HALF), sympy.Rational(1, 2)),
    (k, K),
    (Symbol("h_out'"), symbols.symbol("h_out'")),
    (k**2, K**2),
    (2 * k, 2 * K),
    (Negative(k), -K),
    (Quotient(M, Number(4)), S_M / 4),
    (Quotient(Number(3), 2 * M), sympy.Rational(3, 2) / S_M),
    # -1/M is one minus in front of a quotient, not a quotient of −1.
    (Negative(Quotient(Number(1), M)), -1 / S_M),
    (Quotient(Number(1), k**2), K**-2),
    (Call("sqrt", (n,)), sympy.sqrt(S_n)),
    (Quotient(Number(1), Call("sqrt", (n,))), 1 / sympy.sqrt(S_n)),
    (Power(n, Number(Fraction(3, 2))), S_n ** sympy.Rational(3, 2)),
    (Power(Number(2), n), 2**S_n),
    (Quotient(Number(1), Power(Number(2), n)), 2**-S_n),
    (Call("floor", (Quotient(M, Number(2)),)), sympy.floor(S_M / 2)),
    (Call("ceil", (Quotient(M, N),)), sympy.ceiling(S_M / S_N)),
    (Call("log", (n,)), sympy.log(S_n)),
    (Call("factorial", (n + 1,)), sympy.factorial(S_n + 1)),
    (Call("min", (M, N)), sympy.Min(S_M, S_N)),
    (Call("max", (M, N)), sympy.Max(S_M, S_N)),
    (Series("i", Number(1), L, Symbol("i") ** 2), sympy.Sum(S_i**2, (S_i, 1, S_L))),
]


@pytest.mark.parametrize(("tree", "expr"), BOTH_WAYS, ids=str)
def test_each_is_the_image_of_the_other(tree: Tree, expr: sympy.Expr) -> None:
    assert to_sympy(tree) == expr
    back = from_sympy(expr)
    # min and max have no order in SymPy.
    assert back == tree or to_sympy(back) == expr


@pytest.mark.parametrize(("tree", "expr"), [p for p in BOTH_WAYS if p[0] != k], ids=str)
def test_another_tree_has_another_image(tree: Tree, expr: sympy.Expr) -> None:
    assert to_sympy(tree + 1) != expr


@pytest.mark.parametrize(
    "expr",
    [
        (2 * K**2 * S_M - 1) * S_N,
        K**2 * S_M * S_N / symbols.g + S_N / S_M - sympy.Rational(7, 3),
        K ** (1 - S_n) * S_M,
        (S_M + 1) ** -2 * sympy.floor(S_N / 3) ** 2,
        sympy.log(S_n, 2) * S_n,
        (-1) ** S_n * S_M,
    ],
    ids=str,
)
def test_round_trip_through_a_tree(expr: sympy.Expr) -> None:
    assert to_sympy(from_sympy(expr)) == expr


def test_negative_powers_gather_into_one_quotient() -> None:
    tree = from_sympy(K**2 * S_M / (symbols.g * S_N**2))
    assert isinstance(tree, Quotient)
    assert to_sympy(tree.denominator) == symbols.g * S_N**2


def test_python_numbers() -> None:
    assert from_sympy(12) == Number(12)
    assert from_sympy(Fraction(6, 4)) == Number(Fraction(3, 2))
    assert from_sympy(Fraction(4, 2)) == Number(2)


def test_several_limits_nest_with_the_first_innermost() -> None:
    j = symbols.symbol("j")
    tree = from_sympy(sympy.Sum(j, (j, 1, S_i), (S_i, 1, S_L)))
    inner = Series("j", Number(1), Symbol("i"), Symbol("j"))
    assert tree == Series("i", Number(1), L, inner)


@pytest.mark.parametrize(
    ("expr", "named"),
    [
        (sympy.pi * K, "pi"),
        (sympy.sin(K), "sin(k)"),
        (sympy.Float(0.5) * K, "0.5"),
        (sympy.exp(K), "exp(k)"),
        (sympy.zoo, "zoo"),
        (True, "True"),
        ("k", "k (str)"),
    ],
    ids=str,
)
def test_what_is_no_closed_form_is_named(expr: object, named: str) -> None:
    with pytest.raises(ClosedformError) as caught:
        from_sympy(expr)  # type: ignore[arg-type]
    assert named in str(caught.value)


@pytest.mark.parametrize(
    "tree",
    [
        Quotient(k, Number(0)),
        Quotient(k, Quotient(Number(1), Number(0))),
        Quotient(Number(1), M + Negative(M)),
        Power(Number(0), Number(-1)),
        Call("log", (Number(0),)),
        Call("log", (n, Number(1))),
        Call("min", (Call("sqrt", (Number(-1),)), Number(2))),
    ],
    ids=str,
)
def test_no_value_is_an_error(tree: Tree) -> None:
    with pytest.raises(UndefinedValue):
        to_sympy(tree)


@pytest.mark.parametrize(
    "tree",
    [
        Power(Number(2), Number(10**9)),
        Power(Number(HALF), Number(-(10**9))),
        Power(2 * k, Number(10**9)),
        Power(Power(Number(2), Number(10**5)), Number(10**5)),
        Power(Number(2), Power(Number(10), Number(9))),
        Power(Call("sqrt", (Number(2),)), Number(10**9)),
    ],
    ids=str,
)
def test_a_power_that_would_not_end_is_refused(tree: Tree) -> None:
    with pytest.raises(TooLarge):
        to_sympy(tree)


def test_large_exponents_of_symbols_and_of_one_are_no_burden() -> None:
    assert to_sympy(Power(k, Number(10**9))) == K ** (10**9)
    assert to_sympy(Power(Number(-1), Number(10**9))) == 1


def test_names_are_kept_up_to_a_bound() -> None:
    """A text may bring any number of them; 100,000 took 155 MiB once."""
    for number in range(2 * symbols.KEPT):
        symbols.symbol(f"new_{number}")
    assert symbols.symbol.cache_info().currsize == symbols.KEPT
    assert symbols.symbol("new_1") == symbols.symbol("new_1")
