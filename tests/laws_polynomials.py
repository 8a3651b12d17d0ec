"""The laws of numbers and polynomials: common divisors, primes, and sums over an index."""

from __future__ import annotations

from collections.abc import Callable

from closedform.algebra.normal_form.atoms import open_field
from closedform.algebra.normal_form.build import function_tree
from closedform.algebra.normal_form.divisors import (
    cancelled,
    cofactors,
    common_divisor,
    coprime,
    small,
)
from closedform.algebra.normal_form.summation import power_sum
from closedform.algebra.numbers import prime_powers
from closedform.errors import TooLarge
from tests.laws_values import error_of
from tests.read_formula import formula
from tests.soundness.values import same, value

#: Two polynomials, and their greatest common divisor.
DIVISORS: list[tuple[str, str, str]] = [
    ("6a^2 b", "4a b^2", "2a b"),
    ("6", "4", "2"),
    ("a", "b", "1"),
    ("a + b", "a - b", "1"),
    ("a^2 - b^2", "a b + b^2", "a + b"),
    ("a^2 - b^2", "2a - 2b", "a - b"),
    ("4a^2 - 4b^2", "6a b - 6b^2", "2a - 2b"),
    ("a^2 + 2a + 1", "a^2 - 1", "a + 1"),
    ("(a+b)^2 (a-b)", "(a+b)(a-b)^2", "(a + b)(a - b)"),
    ("a^2 + a b + c", "a^2 + a b + c", "a^2 + a b + c"),
    ("a^2 + b^2 + c^2", "a b + b c + c a", "1"),
    ("a b c + a b", "b c + b", "b c + b"),
    ("a^5 - 1", "a^3 - 1", "a - 1"),
    ("a + 1", "-a - 1", "a + 1"),
    ("a b - a", "-2b^2 + 2", "b - 1"),
    ("12a + 18b", "30c + 6", "6"),
]


def common_divisors_are_found() -> None:
    for one, other, expected in DIVISORS:
        field = open_field("abc")
        a, b, greatest = (field.normal(formula(part)).num for part in (one, other, expected))
        factor, left, right = cofactors(a, b)
        assert factor in (greatest, -greatest), (one, other, factor)
        assert (factor * left, factor * right) == (a, b), (one, other)
        assert right.LC > 0, (one, other)
        assert cancelled(a, b) == (left, right), (one, other)
        assert cancelled(a, a.ring.one) == (a, 1), one
        alone = common_divisor(left, right)
        assert alone is not None, (one, other)
        assert alone.is_ground, (one, other)
        assert coprime(left, right) or len(left) == 1 or len(right) == 1, (one, other)
        if len(greatest) > 1:
            assert not coprime(a, b), (one, other)
            assert common_divisor(a, b) in (greatest, -greatest), (one, other)
            assert common_divisor(a, a.ring.zero) == common_divisor(a.ring.zero, a) == a, one
    field = open_field("abc")
    for written, expected_small in (("7", True), ("a + b", True), ("(a+b+c+1)^5", False)):
        assert small(field.normal(formula(written)).num) is expected_small, written


def numbers_are_products_of_primes() -> None:
    for number in (*range(1, 130), 997**2, 997 * 1009, 1009**2, 1009 * 1013 * 4, 10**12 - 11):
        powers = prime_powers(number)
        product = 1
        for prime, times in powers:
            product *= prime**times
        assert product == number, powers
        assert [p for p, _ in powers] == sorted({p for p, _ in powers}), powers
        if number < 130:
            for prime, times in powers:
                assert times > 0, powers
                assert all(prime % d for d in range(2, prime)), powers
    assert prime_powers(1009**2) == [(1009, 2)]
    assert prime_powers(997 * 1009) == [(997, 1), (1009, 1)]
    assert prime_powers(10**12 + 2) == [(10**12 + 2, 1)]


#: Sums over an index: their value is kept where they run upwards, and where they are empty.
SUMS = [
    "sum(i=1..N, i^4)",
    "sum(i=0..N, i^2 - i)",
    "sum(i=3..N, i)",
    "sum(i=M..N, i)",
    "sum(i=M..M+N, i^2/M)",
    "sum(i=1..M, sum(j=1..i, i j))",
    "sum(i=1..M, sum(j=i..N, j))",
    "sum(i=1..N, 2^i)",
    "sum(i=0..N, 3^i)",
    "sum(i=2..N+1, 2 2^i + i)",
    "sum(i=1..N, M^i)",
    "sum(i=1..N, 2^(2i))",
    "sum(i=1..N, 1/i)",
    "sum(i=3..N, 1/i)",
    "sum(i=1..N-2, M/(i M + 1))",
    "sum(i=2..N, 1/(i - 1))",
    "sum(i=1..N, (i M)^2 + sqrt(i) M)",
    "sum(i=0..N, floor(i/2))",
    "sum(i=0..N-1, sqrt(i + M))",
    "sum(i=1..N, max(i, M))",
    "sum(i=M..N, 1/i) + sum(i=1..N, 1/i)",
]


def sums_over_an_index_keep_their_value() -> None:
    for written in SUMS:
        tree = formula(written)
        rebuilt = function_tree(open_field().normal(tree))
        for point in ({"M": 1, "N": 1}, {"M": 2, "N": 5}, {"M": 5, "N": 2}, {"M": 3, "N": 2}):
            assert same(value(tree, point), value(rebuilt, point)), (written, point)
    field = open_field("n")
    n = field.symbol("n")
    for degree in range(9):
        found = function_tree(power_sum(field, degree, n))
        for number in range(6):
            expected = sum(i**degree for i in range(1, number + 1))
            assert value(found, {"n": number}) == expected, (degree, number)
    assert error_of(power_sum, field, 41, n) is TooLarge
    assert error_of(power_sum, field, 40, n) is None


LAWS: list[Callable[[], None]] = [
    common_divisors_are_found,
    numbers_are_products_of_primes,
    sums_over_an_index_keep_their_value,
]


def check() -> None:
    """Every law of polynomials; the first one that does not hold raises."""
    for law in LAWS:
        law()
