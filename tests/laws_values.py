"""The laws of single values: exact ones, irrational ones, and those that Python and SymPy have."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import sympy

from closedform.algebra.bridge import from_python, from_sympy, to_sympy
from closedform.algebra.exact import about, compare, enclosure, near, value
from closedform.algebra.interval import finer, outward
from closedform.algebra.tree import Call, Number, Power, Symbol, Tree
from closedform.errors import ClosedformError, Irrational, TooLarge, UndefinedValue
from closedform.symbols import symbol
from tests.read_formula import formula
from tests.soundness import values

#: Expressions without symbols, and their exact values.
EXACT: list[tuple[str, int | Fraction]] = [
    ("2 - 3 + 1/2", Fraction(-1, 2)),
    ("7/2 - 1/2", 3),
    ("2 (3/4) 2", 3),
    ("-2^4", -16),
    ("(-2)^4", 16),
    ("(-2)^3", -8),
    ("(-1)^7", -1),
    ("(-1)^8", 1),
    ("0^3", 0),
    ("0^0", 1),
    ("5^0", 1),
    ("(2/3)^-2", Fraction(9, 4)),
    ("1^(1/2)", 1),
    ("8^(2/3)", 4),
    ("8^(-1/3)", Fraction(1, 2)),
    ("(8/27)^(1/3)", Fraction(2, 3)),
    ("(2^60)^(1/60)", 2),
    ("sqrt(0)", 0),
    ("sqrt(10^40)", 10**20),
    ("1000000000000^(1/3)", 10**4),
    ("log(1024, 2)", 10),
    ("log(1, 1/2)", 0),
    ("log(9/4, 3/2)", 2),
    ("log(1/8, 2)", -3),
    ("log(8, 1/2)", -3),
    ("log(4/9, 2/3)", 2),
    ("log(1)", 0),
    ("floor(-7/2) + ceil(-7/2) + floor(7/2) + ceil(7/2)", 0),
    ("ceil(7/2)", 4),
    ("min(3, 1/2, 2)", Fraction(1, 2)),
    ("max(3, 1/2, 2)", 3),
    ("sum(i=2..4, i^2)", 29),
    ("sum(i=3..2, i)", 0),
    ("sum(i=-1..1, i + 1)", 3),
    ("sum(i=1..3, sum(j=1..i, j))", 10),
    # What is irrational inside, and whole in the end.
    ("floor(sqrt(2) + sqrt(3))", 3),
    ("ceil(sqrt(2) + sqrt(3))", 4),
    ("floor(-sqrt(2))", -2),
    ("ceil(-sqrt(2))", -1),
    ("floor(10 log(2))", 6),
    ("floor(100 log(3, 2))", 158),
    ("ceil(100/log(3, 2))", 64),
    ("floor(sqrt(2)^3 - 1/sqrt(2))", 2),
    ("floor(2^sqrt(2))", 2),
    ("floor(10 2^(-sqrt(2)))", 3),
    ("floor(sqrt(2)^-3 10)", 3),
    ("floor(sum(i=1..10, sqrt(i)))", 22),
    ("floor(sum(i=1..10, sqrt(i)) sqrt(2))", 31),
    ("floor(max(sqrt(2), sqrt(3)) 10)", 17),
    ("floor(min(sqrt(2), sqrt(3)) 10)", 14),
    ("max(sqrt(2), 2)", 2),
    ("max(2, sqrt(2), 1)", 2),
    ("min(sqrt(3), 1)", 1),
    ("min(1, sqrt(3), 2)", 1),
]

#: Expressions that have no exact value.
INEXACT = [
    "sqrt(2)",
    "-sqrt(2)",
    "sqrt(1/2)",
    "2^(2/3)",
    "9^(1/3)",
    "log(2)",
    "log(3, 2)",
    "log(2, 3)",
    "sqrt(2) sqrt(3)",
    "1/sqrt(2) - 1",
    "1/(1 - sqrt(2))",
    "(1 - sqrt(2))^-3",
    "sqrt(2)^5",
    "sqrt(2)^-5",
    "2^sqrt(2)",
    "sum(i=1..3, sqrt(i))",
    "max(sqrt(2), log(3), 1)",
    "min(sqrt(2), log(3))",
]

#: Expressions around which no interval is known.
OPEN = [
    "1/(sqrt(2)^2 - 2)",
    "1/(2 - sqrt(2)^2)",
    "sqrt(sqrt(2)^2 - 2)",
    "sqrt(sqrt(2) - 2)",
    "log(sqrt(2)^2 - 2)",
    "log(sqrt(2) - 2)",
    "2^(sqrt(2) 10^6)",
    "2^(-sqrt(2) 10^6)",
    "(1/2)^(sqrt(2) 10^6)",
]

#: Expressions without a value, and the error that says so.
NO_VALUE: list[tuple[str, type[ClosedformError]]] = [
    ("1/0", UndefinedValue),
    ("1/(1-1)", UndefinedValue),
    ("0^-1", UndefinedValue),
    ("sqrt(-1)", UndefinedValue),
    ("sqrt(-1/4)", UndefinedValue),
    ("(-8)^(1/3)", UndefinedValue),
    ("log(0)", UndefinedValue),
    ("log(-1)", UndefinedValue),
    ("log(2, 1)", UndefinedValue),
    ("log(1, 1)", UndefinedValue),
    ("log(2, 0)", UndefinedValue),
    ("log(2, -2)", UndefinedValue),
    ("sum(i=1..5/2, i)", UndefinedValue),
    ("sum(i=1/2..2, i)", UndefinedValue),
    ("sum(i=1..3000, i)", TooLarge),
    ("2^(10^9)", TooLarge),
    ("(1/2)^(10^9)", TooLarge),
    ("(2^30000)^10000", TooLarge),
]

#: Two sides where M = 2 and N = 3, and how they compare; 2 where that cannot be told.
COMPARED: list[tuple[str, str, int]] = [
    ("M", "N", -1),
    ("N", "M", 1),
    ("M + 1", "N", 0),
    ("sqrt(M)", "N/2", -1),
    ("sqrt(N)", "N/2", 1),
    ("3", "sqrt(M) sqrt(N)", 1),
    ("sqrt(M) sqrt(N)", "sqrt(6)", 2),
    ("sqrt(M) + 1/10^60", "sqrt(M)", 1),
    ("sqrt(M)", "sqrt(M) + 1/10^60", -1),
    ("log(N)", "log(M)", 1),
    ("floor(sqrt(M) sqrt(M))", "1", 2),
    ("1/(sqrt(M)^2 - 2)", "1", 2),
]


def exact_values_are_whole_where_they_can_be() -> None:
    for written, expected in EXACT:
        number = value(formula(written), {})
        assert (number, type(number)) == (expected, type(expected)), (written, number)


def irrational_values_lie_in_narrow_intervals() -> None:
    for written in INEXACT:
        tree = formula(written)
        assert error_of(value, tree, {}) is Irrational, written
        known = Fraction(str(values.value(tree, {})))
        error = Fraction(1, 10**58)
        for times in (1, 8):
            with finer(times):
                interval = enclosure(tree, {})
                low, high = interval.ends()
            assert low - error <= known <= high + error, (written, known, low, high)
            assert 0 < high - low <= Fraction(1, 2 ** (150 * times)), (written, low, high)
            assert interval.floors() == (low // 1, high // 1), written
            below, above = interval.bounds(1000)
            assert below <= low <= high <= above <= below + Fraction(2, 1000), written
        assert abs(known - (about(tree) or 0)) < Fraction(1, 10**45), written


def what_intervals_cannot_tell_is_irrational() -> None:
    for written in OPEN:
        assert error_of(enclosure, formula(written), {}) is Irrational, written


def powers_roots_and_logarithms_undo_each_other() -> None:
    bases = (-3, -2, -1, 0, 1, 2, 3, 10, Fraction(1, 2), Fraction(-3, 2), Fraction(4, 3))
    for base, times in itertools.product(bases, range(-5, 8)):
        tree = Power(Number(base), Number(times))
        if not base and times < 0:
            assert error_of(value, tree, {}) is UndefinedValue, tree
            continue
        number = value(tree, {})
        assert number == Fraction(base) ** times, tree
        if base > 0 and times > 0:
            order = Number(Fraction(1, times))
            assert value(Power(Number(number), order), {}) == base, tree
            if base > 1 and times > 1 and isinstance(base, int):
                for near_it in (number - 1, number + 1):
                    assert error_of(value, Power(Number(near_it), order), {}) is Irrational, tree
        if base > 1 and times >= 0:
            assert value(Call("log", (Number(number), Number(base))), {}) == times, tree
            other = Call("log", (Number(number + 1), Number(base + 5)))
            assert error_of(value, other, {}) is Irrational, tree
    for base, expected in ((1, 1), (-1, 1), (0, 0)):
        assert value(Power(Number(base), Number(10**9)), {}) == expected, base
        assert value(Power(Number(base), Number(10**9 + 1)), {}) == base, base


def an_exact_number_has_an_interval_too() -> None:
    assert enclosure(formula("sqrt(M - M)"), {"M": 1}).ends() == (0, 0)
    for number in (Fraction(0), Fraction(3), Fraction(-3), Fraction(1, 3), Fraction(-7, 5)):
        low, high = outward(number).ends()
        assert low <= number <= high, number
        assert high - low <= Fraction(1, 2**150), number
        again = enclosure(Number(number), {}).ends()
        assert again == (low, high), number


def what_has_no_value_is_told() -> None:
    for written, error in NO_VALUE:
        assert error_of(value, formula(written), {}) is error, written


def values_are_compared() -> None:
    point = {"M": 2, "N": 3}
    for left, right, sign in COMPARED:
        expected = None if sign == 2 else sign
        assert compare(formula(left), formula(right), point) == expected, (left, right)


#: A number, another one, a distance, and whether they are at most so far apart.
NEAR: list[tuple[str, str, str, bool | None]] = [
    ("7/2", "3", "1/2", True),
    ("7/2", "4", "1/2", True),
    ("7/2", "3", "49/100", False),
    ("7/2", "4", "49/100", False),
    ("3", "3", "0", True),
    ("sqrt(2)", "1.414", "0.0005", True),
    ("sqrt(2)", "1.414", "0.0002", False),
    ("sqrt(2)", "1.415", "0.001", True),
    ("sqrt(2)", "1.415", "0.0005", False),
    ("sqrt(2)", "14", "0.5", False),
    ("-sqrt(2)", "-1.414", "0.0005", True),
    ("-sqrt(2)", "1.414", "0.0005", False),
    ("sqrt(2) sqrt(2)", "2", "0", None),
    ("sqrt(2) sqrt(2)", "2", "1/10^70", True),
    ("floor(sqrt(2) sqrt(2))", "2", "0", None),
]


def nearness_is_told() -> None:
    for written, number, distance, expected in NEAR:
        close = near(formula(written), _number(number), _number(distance))
        assert close is expected, (written, number, distance, close)
    assert about(formula("7/2")) == Fraction(7, 2)
    assert about(formula("floor(sqrt(2) sqrt(2))")) is None


x, y = symbol("x"), symbol("y")
#: What Python or SymPy has, and the tree of it.
READ: list[tuple[object, str]] = [
    (7, "7"),
    (-7, "-7"),
    (3.0, "3"),
    (-2.0, "-2"),
    (Fraction(3, 4), "3/4"),
    (Fraction(8, 4), "2"),
    (sympy.Integer(5), "5"),
    (sympy.Rational(-3, 4), "-3/4"),
    (x, "x"),
    (x + y, "x + y"),
    (x - y, "x - y"),
    (x * y, "x y"),
    (-x, "-x"),
    (2 * x, "2x"),
    (-2 * x / 3, "-(2x/3)"),
    (x / y, "x/y"),
    (3 * x / (4 * y), "3x/(4y)"),
    (Decimal("1.5"), "3/2"),
    (1 / x, "1/x"),
    (1 / x**2, "1/x^2"),
    (x**2, "x^2"),
    (x**y, "x^y"),
    (x**-y, "1/x^y"),
    (sympy.sqrt(x), "sqrt(x)"),
    (1 / sympy.sqrt(x), "1/sqrt(x)"),
    (x ** sympy.Rational(2, 3), "x^(2/3)"),
    (sympy.floor(x / 2), "floor(x/2)"),
    (sympy.ceiling(x / 2), "ceil(x/2)"),
    (sympy.log(x), "log(x)"),
    (sympy.Min(x, y), "min(x, y)"),
    (sympy.Max(x, y, 2), "max(2, x, y)"),
    (sympy.Sum(x, (x, 1, y)), "sum(x=1..y, x)"),
    (sympy.Sum(x * y, (x, 1, y), (y, 2, 3)), "sum(y=2..3, sum(x=1..y, x y))"),
]

#: What is no part of a closed form.
FOREIGN: list[object] = [
    True,
    2.5,
    float("inf"),
    float("nan"),
    1j,
    "x",
    None,
    Decimal("inf"),
    sympy.pi,
    sympy.sin(x),
    sympy.Float(1.5),
    sympy.I,
    sympy.oo,
    sympy.true,
    sympy.Sum,
]

#: Trees that SymPy works out, and what it makes of them or the error.
GIVEN_AWAY: list[tuple[str, object]] = [
    ("x + x", 2 * x),
    ("x y - y x", sympy.Integer(0)),
    ("-(3/4) x", -3 * x / 4),
    ("x^2/x", x),
    ("x^y", x**y),
    ("log(x, 2)", sympy.log(x, 2)),
    ("min(x, 1)", sympy.Integer(1)),
    ("sum(x=1..3, x)", sympy.Sum(x, (x, 1, 3))),
    ("2^1000", sympy.Integer(2**1000)),
    ("1^(10^9)", sympy.Integer(1)),
    ("(-1)^(10^9)", sympy.Integer(1)),
    ("x^(10^9)", x ** (10**9)),
    ("1/0", UndefinedValue),
    ("0^-1", UndefinedValue),
    ("log(0)", UndefinedValue),
    ("max(sqrt(-1), 1)", UndefinedValue),
    ("2^(10^9)", TooLarge),
    ("(1/2)^(10^9)", TooLarge),
    ("(3x)^(10^9)", TooLarge),
    ("2^(-10^9)", TooLarge),
]


def what_python_has_is_read() -> None:
    for given, expected in READ:
        assert _same(from_python(given), formula(expected)), (given, from_python(given))
        if not isinstance(given, (float, Decimal)):
            assert _same(from_sympy(given), formula(expected)), given  # type: ignore[arg-type]
    tree = Power(Symbol("x"), Call("floor", (Number(Fraction(1, 2)),)))
    assert from_python(tree) is tree
    for given in FOREIGN:
        assert error_of(from_python, given) is ClosedformError, given


def sympy_works_out_what_it_can() -> None:
    for written, expected in GIVEN_AWAY:
        tree = formula(written)
        if isinstance(expected, type):
            assert error_of(to_sympy, tree) is expected, written
        else:
            assert to_sympy(tree) == expected, (written, to_sympy(tree))


def _same(one: Tree, other: Tree) -> bool:
    """Whether two trees are written the same, up to the order of SymPy's terms and factors."""
    return sympy.srepr(to_sympy(one)) == sympy.srepr(to_sympy(other)) and len(repr(one)) == len(
        repr(other)
    )


def _number(written: str) -> Fraction:
    return Fraction(value(formula(written), {}))


def error_of(function: Callable[..., object], *given: object) -> type[ClosedformError] | None:
    """The kind of error that a call raises, if it raises one."""
    try:
        function(*given)
    except ClosedformError as problem:
        return type(problem)
    return None


LAWS: list[Callable[[], None]] = [
    exact_values_are_whole_where_they_can_be,
    irrational_values_lie_in_narrow_intervals,
    powers_roots_and_logarithms_undo_each_other,
    an_exact_number_has_an_interval_too,
    what_intervals_cannot_tell_is_irrational,
    what_has_no_value_is_told,
    values_are_compared,
    nearness_is_told,
    what_python_has_is_read,
    sympy_works_out_what_it_can,
]


def check() -> None:
    """Every law of values; the first one that does not hold raises."""
    for law in LAWS:
        law()
