"""The laws of forms that are made of a formula: each keeps the value, and is the form meant.

A compiled formula is held against the exact value at numbers and in arrays, a grouped sum against
its value and against the text that a person would write.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from importlib.util import find_spec
from math import isclose
from typing import Any

from closedform.algebra.compiled import compiled
from closedform.algebra.exact import value
from closedform.algebra.forms.collect import nested
from closedform.algebra.forms.grouped import grouped
from closedform.algebra.integral import integral
from closedform.algebra.tree import Number, Symbol, total
from closedform.errors import ClosedformError, NotPositiveInteger, UnknownName
from closedform.typeset.text import text
from tests.laws_values import error_of
from tests.read_formula import formula

#: Formulas of every kind of arithmetic, compiled and held against their exact values.
COMPILED = [
    "5",
    "7/2",
    "M",
    "-M",
    "M - 2N + 1/2",
    "1/N + 1/M^2",
    "1/M + 1/N + 1/k",
    "M/N - 1/N",
    "(M - N)^3/k - 2",
    "(M + N)^9 - M^9",
    "M^8 N - M^0",
    "(1/2)^3 M",
    "(M/N)^-2",
    "M N^-1 - N M^-1",
    "-(M/2)/(N/3)",
    "max(M, N, 7) - min(M, N, k)",
    "max(M/N, N/M) + min(M/2, N)",
    "floor((M - 2N)/3) + ceil(M/N)",
    "ceil((N - M)/4)^2 + floor((M - N)/8)",
    "floor(M/N)/k + ceil(M/1) - floor(N/1)",
    "floor(M/2 + N/3) - ceil(M/2 - N/3)",
    "floor((M/2 + N/3)/4) + floor(max(M/2, N)) - ceil(k (M/2 + N/3)/8)",
    "ceil(ceil(M/2)/2)^2 - floor(floor(N/2)/2) floor(N/2)",
    "ceil(M/6) ceil(M/6) + floor(7/2) + ceil(7/2)",
    "M k + N k + 2 N M k",
]
#: Sizes at which they are tried; in the last ones no array of 64 bits holds what is worked out.
SIZES = [
    {"M": 1, "N": 1, "k": 1},
    {"M": 2, "N": 2, "k": 1},
    {"M": 3, "N": 9, "k": 4},
    {"M": 10, "N": 3, "k": 2},
    {"M": 64, "N": 16, "k": 3},
    {"M": 10**25, "N": 12, "k": 10**24 + 1},
]


def arrays() -> Any:
    """NumPy where it is installed: who has it has arrays, and who has not has none to give."""
    return __import__("numpy") if find_spec("numpy") else None


def compiled_formulas_give_the_exact_value() -> None:
    for written in COMPILED:
        tree = formula(written)
        function = compiled(tree, tuple("MNk"))
        for point in SIZES:
            expected = value(tree, point)
            found = function(*point.values())
            assert found == function(**point) == expected, (written, point, found)
            assert type(found) is (int if Fraction(expected).denominator == 1 else Fraction), (
                written,
                found,
            )
            doubled = {name: float(size) for name, size in point.items()}
            assert isclose(function(**doubled), expected, rel_tol=1e-9), (written, point)
            whole = value(integral(tree), point)
            assert whole == expected, (written, point)
    assert compiled(formula("M - N")).sizes == ("M", "N")
    assert "M, N" in compiled(formula("M - N")).__doc__


def names_are_those_of_python() -> None:
    """A symbol that Python could not name is an argument all the same."""
    names = ("x'", "lambda", "_a", "C_in", "alpha-2")
    function = compiled(total(map(Symbol, names)))
    assert function.sizes == names
    spelled = {"x_prime": 1, "lambda_": 2, "_a_": 3, "C_in": 4, "alpha_2": 5}
    assert function(**spelled) == function(1, 2, 3, 4, 5) == function(1.0, 2, 3, 4, 5) == 15
    many = total(Number(n) * Symbol(f"n_{n}") for n in range(1, 1000))
    assert compiled(many)(*range(1, 1000)) == sum(n * n for n in range(1, 1000))


def what_cannot_be_compiled_is_told() -> None:
    for written in ("sqrt(M)", "log(M)", "sum(i=1..M, i)", "2^M", "M^(1/2)"):
        assert error_of(compiled, formula(written)) is ClosedformError, written
    assert error_of(compiled, formula("M + N"), ("M",)) is UnknownName
    assert error_of(compiled, formula("M + N"), ("M", "N", "k")) is None


#: What a side of a map may be, in a formula with a floor and in one without, and what is raised.
GIVEN: list[tuple[Any, type[ClosedformError] | None]] = [
    (1, None),
    (4.0, None),
    (Fraction(4, 1), None),
    (2**70, None),
    (0, NotPositiveInteger),
    (-4, NotPositiveInteger),
    (2.5, NotPositiveInteger),
    (-2.0, NotPositiveInteger),
    (float("nan"), NotPositiveInteger),
    (Fraction(7, 2), NotPositiveInteger),
    ("4", ClosedformError),
    (None, ClosedformError),
    ([4], ClosedformError),
    (4 + 0j, ClosedformError),
]


def sizes_that_cannot_be_had_are_told() -> None:
    for written in ("floor(H/2) + H", "H^2", "H/4"):
        function = compiled(formula(written))
        for given, error in GIVEN:
            assert error_of(function, given) is error, (written, given)
    assert error_of(compiled(formula("floor(H/2)")), True) is ClosedformError
    # A width multiplier may be a fraction, if it is positive.
    wide = compiled(formula("alpha H"))
    assert wide(Fraction(3, 4), 8) == wide(alpha=0.75, H=8) == 6
    assert type(wide(Fraction(3, 4), 2)) is Fraction
    for alpha in (0, -0.5, Fraction(-1, 2)):
        assert error_of(wide, alpha, 8) is NotPositiveInteger, alpha
    # What is made of a float is one.
    share = compiled(formula("H/alpha + alpha/3"), ("H", "alpha"))
    assert (share(6, 0.75), type(share(6, 0.75))) == (8.25, float)
    assert (share(6, Fraction(3, 4)), type(share(6, Fraction(3, 4)))) == (8.25, Fraction)


#: Formulas that are worked out in arrays too.
IN_ARRAYS = [*COMPILED[2:], "floor(M/2^20) + N", "ceil(M/2^21) - N"]


def arrays_are_worked_out_as_their_numbers_are() -> None:
    np = arrays()
    if np is None:
        return
    columns = [[*range(1, 20), 33, 64], [*range(3, 22), 16, 5], [*range(2, 23)]]
    for written in IN_ARRAYS:
        function = compiled(formula(written), tuple("MNk"))
        rows = zip(*columns, strict=True)
        expected = [function(*row) for row in rows]
        for kind in ("int64", "uint8", "object"):
            found = function(*(np.array(column).astype(kind) for column in columns))
            assert found.tolist() == expected, (written, kind)
        found = function(*(np.array(column).astype("float64") for column in columns))
        assert np.allclose(found, [float(one) for one in expected]), written
        # A number beside an array, an array of no shape, and one of a shape of its own.
        mixed = function(np.array(columns[0]), 6, np.int64(2)).tolist()
        assert mixed == [function(m, 6, 2) for m in columns[0]], written
        square = function(np.array(columns[0][:4]).reshape(2, 2), 6, 2).tolist()
        assert square == [mixed[:2], mixed[2:4]], written
    share = compiled(formula("H/alpha + alpha/3"), ("H", "alpha"))
    assert share(np.array([6, 3]), np.array([0.75, 1.5])).tolist() == [8.25, 2.5]
    assert compiled(formula("7"), ("M",))(np.array([1, 2])) == 7
    assert compiled(formula("M + 1"))(np.array([], dtype="int64")).tolist() == []


#: A formula, the sizes of an array, and what is raised.
IN_ARRAY: list[tuple[str, list[Any], str, type[ClosedformError] | None]] = [
    ("M", [2**62], "int64", None),
    ("M", [2**63 - 5], "int64", ClosedformError),
    ("M", [2**63 + 5], "uint64", ClosedformError),
    ("M", [2**63 + 5], "object", None),
    ("M^3", [2**20], "int64", None),
    ("M^3", [2**21], "int64", ClosedformError),
    ("2^62 M", [1], "int64", None),
    ("2^62 M", [2], "int64", ClosedformError),
    ("M - 2^62 M", [2], "int64", ClosedformError),
    ("max(M, 2^62 M)", [2], "int64", ClosedformError),
    # An inner step may be larger than the result.
    ("floor(M^3/2^60)", [2**20], "int64", None),
    ("floor(M^3/2^60)", [2**21 + 1], "int64", ClosedformError),
    ("ceil(M/2^20)", [2**62], "int64", None),
    ("ceil(M/2^20)", [2**63 - 5], "int64", ClosedformError),
    ("floor(M/2^20)^3", [2**40], "int64", None),
    ("2^42 ceil(M/2)", [2**22 - 5], "int64", None),
    ("2^42 ceil(M/2)", [2**22 - 1], "int64", ClosedformError),
    ("2^42 ceil(M/2)", [2**22], "int64", ClosedformError),
    ("1/M^3", [2**21 + 1], "int64", ClosedformError),
    ("floor(7/M^3)", [2**20], "int64", None),
    # Sizes, one of which cannot be had.
    ("M", [1, 2], "float64", None),
    ("M", [1, 0], "int64", NotPositiveInteger),
    ("M", [1, -1], "object", NotPositiveInteger),
    ("M", [1, 2.5], "float64", NotPositiveInteger),
    ("M", [1, float("nan")], "float64", NotPositiveInteger),
    ("alpha", [1, 0.5], "float64", None),
    ("alpha", [1, 0.0], "float64", NotPositiveInteger),
    ("alpha", [1, -0.5], "float64", NotPositiveInteger),
    ("M", [1], "bool", ClosedformError),
    ("M", [1], "complex", ClosedformError),
    ("M", [1], "U3", ClosedformError),
]


def arrays_never_wrap() -> None:
    np = arrays()
    for written, numbers, kind, error in IN_ARRAY if np else ():
        function = compiled(formula(written))
        given = np.array(numbers, dtype=kind)
        assert error_of(function, given) is error, (written, numbers, kind)
        if error is None:
            assert function(given).tolist() == [function(one) for one in numbers], written
    wrong = {"M": ([3, 0, 2.5, -1], "0"), "N": ([3, 2.5, 0], "2.5"), "alpha": ([0.5, -1.5], "-1.5")}
    for name, (numbers, told) in wrong.items() if np else ():
        message = _message(compiled(Symbol(name)), np.array(numbers))
        assert f"{name}" in message, message
        assert told in message, message


#: A formula, and the numbers by which its arrays are shifted or divided, or which are added.
SHIFTED = [
    ("floor(M/8)", {3}),
    ("floor(M/6)", {6}),
    ("ceil(M/8)", {3, 7}),
    ("floor(floor(M/8)/2)", {3, 1}),
    ("floor((floor(M/8) + 5)/4)", {3, 2, 5}),
    ("floor(M/2 + N/2)", {1}),
    # A sum of fractions is none that could be shifted.
    ("floor((M/2 + N/3)/4)", {2, 3, 4}),
    ("floor(max(M/2, N)/4)", {2, 4}),
    ("floor(M/N)", set()),
]


def powers_of_two_are_shifted_by() -> None:
    for written, numbers in SHIFTED:
        general = compiled(formula(written)).__call__.__globals__["_general"]
        assert set(general.constants.values()) == numbers, (written, general.constants)


def _message(function: Callable[..., object], *given: object) -> str:
    """What a call tells when it raises."""
    try:
        return f"no error, but {function(*given)}"
    except ClosedformError as problem:
        return str(problem)


#: Sums, and what a person writes of them where n, m and L vary.
GROUPED = [
    ("L(4 d^2 n + 3 n d f) + 2 L n^2 d + d n V", "Ln·(4d² + 3df) + 2Ln²d + nVd"),
    ("n a + n b + 2 n", "n·(a + b + 2)"),
    ("a n + b n + c", "n·(a + b) + c"),
    ("(n+a)(n+b)", "n² + n·(b + a) + ab"),
    ("(n+a)^3", "n³ + 3n²a + 3na² + a³"),
    ("n^2 a/2 + n^2 b/3 - n", "n²·(a/2 + b/3) − n"),
    ("n(a - b) - n c", "n·(a − b − c)"),
    ("n(a - b) + m n(b - a)", "n·(a − b) + mn·(b − a)"),
    ("n/a + n/b + 2/a", "n·(1/a + 1/b) + 2/a"),
    ("(n + m)^2/(2 a) + n", "n²/(2a) + mn/a + m²/(2a) + n"),
    ("n/(a+b) + a n", "n/(a + b) + na"),
    ("n max(a, b) + n a", "n·(max(a, b) + a)"),
    ("n^2/n^2 + n", "1 + n"),
    ("(n a)^8 + n^8", "n⁸·(a⁸ + 1)"),
    ("(n a)^9 + n^9", "(na)⁹ + n⁹"),
    # What would be too long is left as it is.
    ("(a+b+c+d+f)^7 n + n", "(a + b + c + d + f)⁷·n + n"),
    ("n (a+b+c+d+f)^7 + n", "n·(a + b + c + d + f)⁷ + n"),
    ("n - (a+b+c+d+f)^7 n", "n − (a + b + c + d + f)⁷·n"),
    ("n/(a+b+c+d+f)^7 + n", "n/(a + b + c + d + f)⁷ + n"),
    # What is one term, or more than one but nothing that varies, is left as it is.
    ("n d + 2 n d", "nd + 2nd"),
    ("(a+b) c", "ac + bc"),
    ("7", "7"),
    # A bracket that makes the sum shorter is kept; one that does not is written out.
    ("a(floor(n/2) + 1)^2 + b (floor(n/2)+1)", "(⌊n/2⌋ + 1)²·a + (⌊n/2⌋ + 1)·b"),
    ("(floor(n/2)^2+1)(floor(n/4)^2+1) a + b n", "(⌊n/2⌋² + 1)·(⌊n/4⌋² + 1)·a + nb"),
    ("(2 floor(n/2) - 4)(a + b)", "(⌊n/2⌋ − 2)·(2a + 2b)"),
    ("a (floor(n/2)^2+1) + b floor(n/2)^2", "(⌊n/2⌋² + 1)·a + ⌊n/2⌋²·b"),
    ("a (floor(n/2)^2+1) + b(floor(n/2)^2+1) - b", "(⌊n/2⌋² + 1)·a + ⌊n/2⌋²·b"),
    ("a (floor(n/2)^2+3) + b(floor(n/2)^2+3) - 3b", "(⌊n/2⌋² + 3)·a + ⌊n/2⌋²·b"),
    ("(floor(n/2)^2+1) floor(n/2) a + b n", "⌊n/2⌋·(⌊n/2⌋² + 1)·a + nb"),
    ("a floor(n/2)^2 + 2 floor(n/2) a + a", "⌊n/2⌋²·a + 2·⌊n/2⌋·a + a"),
    ("a (3floor(n/2) + 1)^2 + b n", "9·⌊n/2⌋²·a + 6·⌊n/2⌋·a + a + nb"),
    ("a (floor(n/2) + m)^2 + b n", "⌊n/2⌋²·a + 2·⌊n/2⌋·ma + m²a + nb"),
    ("a (n + 1)^2 + b n", "n²a + n·(2a + b) + a"),
    ("((floor(n/2)+1)^2 + (floor(n/2)-1)^2) a", "2(⌊n/2⌋² + 1)·a"),
]


def sums_are_grouped_by_what_varies() -> None:
    for written, expected in GROUPED:
        tree = formula(written)
        terms = grouped(tree, lambda name: name in "nmL")
        assert text(terms) == expected, (written, text(terms))
        for first in (1, 2, 7):
            point = {name: first + 3 * place for place, name in enumerate("LVabcdfmn")}
            assert value(terms, point) == value(tree, point), written


#: Sums, and the same with fewer multiplications.
NESTED = [
    ("L n 4 d d + 3 L n d f + 2 L n n d + n d V", "nd·(L·(4d + 3f + 2n) + V)"),
    ("2 a^2 - 3 a + 1", "a·(2a − 3) + 1"),
    ("a^3 b - a^2 b c", "aab·(a − c)"),
    ("a + b", "a + b"),
    ("a b - b", "b·(a − 1)"),
    ("-a b - 2 b", "b·(−a − 2)"),
    ("a^2 + 2 a^2", "aa·(1 + 2)"),
    ("(2 a)^3 + a", "(2a)³ + a"),
    ("(a^2)^3 + a", "a·(aaaaa + 1)"),
    ("a^9 + a", "a⁹ + a"),
    ("a^8 + a", "a·(aaaaaaa + 1)"),
    ("floor(a b + a c) b", "⌊ab + ac⌋·b"),
    ("(a b + a c)/d", "a·(b + c)/d"),
    ("2^(a b + a c)", "2^(a·(b+c))"),
]


def what_terms_share_is_taken_out() -> None:
    for written, expected in NESTED:
        inner = nested(formula(written))
        assert text(inner) == expected, (written, text(inner))


LAWS: list[Callable[[], None]] = [
    sums_are_grouped_by_what_varies,
    what_terms_share_is_taken_out,
    compiled_formulas_give_the_exact_value,
    names_are_those_of_python,
    what_cannot_be_compiled_is_told,
    sizes_that_cannot_be_had_are_told,
    arrays_are_worked_out_as_their_numbers_are,
    powers_of_two_are_shifted_by,
    arrays_never_wrap,
]


def check() -> None:
    """Every law of these forms; the first one that does not hold raises."""
    for law in LAWS:
        law()
