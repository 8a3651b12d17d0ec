"""Compiled formulas: exact numbers, arrays that never wrap, and sizes that cannot be had."""

from __future__ import annotations

import copy
import inspect
import math
import pickle
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

import closedform as cf
from closedform.algebra.compiled import compiled
from closedform.algebra.decide import equal
from closedform.algebra.exact import value
from closedform.algebra.forms.collect import nested
from closedform.errors import ClosedformError, NotPositiveInteger
from closedform.reading import parse
from closedform.typeset.text import text

#: Formulas of every kind of arithmetic, and sizes at which they are held against exact values.
FORMULAS = {
    "macs(resnet152(R))": ({"R": 224}, {"R": 225}, {"R": 10**30}),
    "flops(mobilenet_v1(alpha, R))": ({"alpha": 1, "R": 192}, {"alpha": Fraction(3, 4), "R": 161}),
    "macs(mobilenet_v2(alpha, R))": ({"alpha": 1, "R": 224}, {"alpha": Fraction(1, 2), "R": 99}),
    "flops(llama)": (
        {"L": 2, "d": 12, "h": 4, "f": 20, "V": 30, "n": 7},
        {"L": 2, "d": 10, "h": 4, "f": 20, "V": 30, "n": 7},
    ),
    "1/N + 1/k^2": ({"N": 2, "k": 1}, {"N": 1, "k": 1}, {"N": 8, "k": 3}),
    "(M - N)^3/g - 2": ({"M": 3, "N": 9, "g": 4},),
    "max(M, N, 7) - min(M, N)": ({"M": 3, "N": 9}, {"M": 1, "N": 1}),
    "floor((M - 2N)/3) + ceil(M/N)": ({"M": 3, "N": 9}, {"M": 10, "N": 3}),
    "lambda + x'": ({"lambda": 2, "x'": 3},),
    "n!/(n - k)! + floor(n!/5)": ({"n": 7, "k": 3}, {"n": 3, "k": 3}),
    "5": ({},),
    "params(" + " + ".join(f"{n} linear(M=M_{n})" for n in range(1, 400)) + ")": (
        {**{f"M_{n}": n for n in range(1, 400)}, "N": 2},
    ),
}


@pytest.mark.parametrize(
    ("written", "sizes"), [(f, s) for f, several in FORMULAS.items() for s in several]
)
def test_a_compiled_formula_is_its_exact_value(written: str, sizes: dict[str, Any]) -> None:
    tree, function = parse(written), cf.compile(written)
    found = function(*(sizes[name] for name in function.sizes))
    assert found == value(tree, sizes)
    assert type(found) is (int if Fraction(found).denominator == 1 else Fraction)


@pytest.mark.parametrize(
    ("written", "sizes"),
    [
        ("macs(mobilenet_v1(alpha, R))", ("alpha", "R")),
        ("macs(mobilenet_v1(R, alpha))", ("R", "alpha")),
        ("resnet50(K, R)", ("K", "R")),
        ("k^2 N M + c_1", ("k", "N", "M", "c_1")),
    ],
)
def test_sizes_are_given_in_the_order_of_the_text(written: str, sizes: tuple[str, ...]) -> None:
    assert cf.compile(written).sizes == sizes


def test_a_compiled_formula_is_copied_and_goes_to_another_process() -> None:
    flops = cf.compile("flops(mobilenet_v1(alpha, R))")
    for copied in (pickle.loads(pickle.dumps(flops)), copy.deepcopy(flops)):  # noqa: S301 (our own)
        assert (copied.sizes, copied(1, 224)) == (flops.sizes, flops(alpha=1, R=224))
    assert list(inspect.signature(flops).parameters) == ["alpha", "R"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (cf.conv(k=3, M=64, N=128).macs, {"H": 2, "W": 3}),
        (cf.conv(k=3, M=64, N=128), {"H": 2, "W": 3}),
        ("macs(conv(k=3, M=64, N=128))", {"H": 2, "W": 3}),
        (442368, {}),
    ],
)
def test_expressions_layers_and_texts_compile(given: Any, expected: dict[str, int]) -> None:
    assert cf.compile(given)(**expected) == 9 * 64 * 128 * 2 * 3


def test_another_measure_of_layers() -> None:
    block = cf.conv(k=3, M=64, bias=True)
    assert cf.compile(block, measure="params")(N=2) == 2 * (9 * 64 + 1)
    by = cf.compile(block, measure="flops", convention="mac2")
    assert by(N=2, H=1, W=1) == 4 * 9 * 64


@pytest.mark.parametrize("written", ["sqrt(M)", "log(M)", "sum(i=1..L, n_i)", "M^N"])
def test_what_is_no_arithmetic_of_integers_is_told(written: str) -> None:
    with pytest.raises(ClosedformError, match="no arithmetic of integers"):
        cf.compile(written)


@pytest.mark.parametrize("R", [0, -224, 2.5, Fraction(7, 2), "224", None, [1, 2]])
def test_a_size_that_cannot_be_had_is_an_error(R: Any) -> None:
    with pytest.raises(ClosedformError):
        cf.compile("macs(resnet50(R))")(R)


def test_a_width_may_be_a_fraction_and_a_side_may_not() -> None:
    macs = cf.compile("macs(mobilenet_v1(alpha, R))")
    assert macs(alpha=Fraction(3, 4), R=224) == macs(alpha=0.75, R=224) == 325_400_448
    with pytest.raises(NotPositiveInteger):
        macs(alpha=1, R=Fraction(3, 4))


def test_factorials_of_arrays_are_exact_or_refused() -> None:
    np = pytest.importorskip("numpy")
    function = cf.compile("n! + n")
    assert function(np.array([3, 5])).tolist() == [9, 125]
    assert function(np.array([30], dtype=object)).tolist() == [math.factorial(30) + 30]
    with pytest.raises(ClosedformError, match="64 bits"):
        function(np.array([3, 30]))
    with pytest.raises(ClosedformError, match="past the limit"):
        function(2_000)


def test_arrays_are_exact_or_refused() -> None:
    np = pytest.importorskip("numpy")
    macs = cf.compile("macs(resnet50(R))")
    sides = np.array([[96, 224], [225, 331]], dtype="int32")
    assert macs(sides).tolist() == [[macs(int(R)) for R in row] for row in sides]
    assert macs(np.int64(224)) == macs(224)
    assert macs(np.array([224.0]))[0] == macs(224)
    large = np.array([10**8])
    assert macs(large // 10).tolist() == [macs(10**7)]
    with pytest.raises(ClosedformError, match="may pass 64 bits"):
        macs(large)
    assert macs(large.astype(object)).tolist() == [macs(10**8)]
    for wrong in ([0, 1], [1.5], [float("nan")]):
        with pytest.raises(NotPositiveInteger):
            macs(np.array(wrong))
    for kind in ("bool", "complex", "U3"):
        with pytest.raises(ClosedformError, match="array of no numbers"):
            macs(np.array([1]).astype(kind))


def test_quotients_and_maxima_of_arrays() -> None:
    np = pytest.importorskip("numpy")
    ratio = cf.compile("1/N + M/N")
    assert ratio(N=np.array([2, 4]), M=3).tolist() == [2, 1]
    assert ratio(N=np.array([2, 3]), M=2).tolist() == [Fraction(3, 2), 1]
    widest = cf.compile("max(M, N, 4) - min(M, N)")
    assert widest(M=np.array([1, 9]), N=np.array([3, 2])).tolist() == [3, 7]
    # An inner step may be larger than the result.
    inner = cf.compile("floor(M^3/2^60)")
    with pytest.raises(ClosedformError, match="may pass 64 bits"):
        inner(np.array([2**21 + 1]))
    shifted = cf.compile("ceil(M/2^20)")  # what is rounded up is raised before
    with pytest.raises(ClosedformError, match="may pass 64 bits"):
        shifted(np.array([2**63 - 5]))


@pytest.mark.parametrize(
    "written",
    [
        "floor((M - 2N)/4) + ceil(M/8) - floor(M/3)",
        "ceil((N - M)/16)^2 + 5",
        "floor(M/2^21) + N",
        "floor((M/2 + N/3)/4) + ceil(M/2 + N/3)",  # fractions are no integers to be shifted
        "floor(max(M/2, N)/4)",
    ],
)
def test_an_array_is_rounded_as_its_numbers_are(written: str) -> None:
    np = pytest.importorskip("numpy")
    function = cf.compile(written)
    columns = [np.arange(1, 90) * step % 97 + 1 for step, _ in enumerate(function.sizes, start=5)]
    rows = zip(*(column.tolist() for column in columns), strict=True)
    assert function(*columns).tolist() == [function(*row) for row in rows]


def test_a_number_stays_one_among_arrays() -> None:
    np = pytest.importorskip("numpy")
    found = compiled(parse("7"), ["R"])(np.array([1, 2]))
    assert (found, type(found)) == (7, int)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("L n 4 d d + 3 L n d f + 2 L n n d + n d V", "nd·(L·(4d + 3f + 2n) + V)"),
        ("2 a^2 - 3 a + 1", "a·(2a − 3) + 1"),
        ("a + b", "a + b"),
        ("a^2 + 2 a^2", "aa·(1 + 2)"),
        ("(2 a)^3 + a", "(2a)³ + a"),
    ],
)
def test_what_terms_share_is_taken_out(written: str, shown: str) -> None:
    inner = nested(parse(written))
    assert text(inner) == shown
    assert equal(inner, parse(written)) is True


def test_sizes_that_a_cost_does_not_depend_on_may_be_given() -> None:
    params = cf.compile("resnet50(R)", measure="params")
    assert (params.sizes, params(), params(R=224)) == (("R",), 25_557_032, 25_557_032)
    products = cf.compile("llama", measure="flops", convention="mac2")
    sizes = {"L": 2, "d": 8, "f": 20, "n": 5, "V": 50}
    assert products(**sizes) == products(**sizes, h=4)
    assert repr(cf.compile("k^2 M")) == "<k**2*M, a function of k, M>"


@pytest.mark.parametrize(
    ("called", "problem"),
    [
        (lambda: cf.compile("resnet50(R)")(x=3), "no size x\nit is a function of R"),
        (lambda: cf.compile("resnet50")(R=224), "no size R\nit is a function of no sizes"),
        (lambda: cf.compile("k^2 M")(3), "no value is given for M\nit is a function of k, M"),
        (lambda: cf.compile("k^2 M")(M=3), "no value is given for k"),
        (lambda: cf.compile("k^2 M")(1, 2, 3), "3 sizes are given, and the formula has 2"),
    ],
)
def test_other_sizes_are_an_error(called: Callable[[], object], problem: str) -> None:
    with pytest.raises(cf.ClosedformError) as raised:
        called()
    assert problem in str(raised.value)
