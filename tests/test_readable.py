"""The readable form: what it looks like, and that it keeps the value."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedform.algebra.decide import equal
from closedform.algebra.forms.grouped import plainest
from closedform.algebra.forms.readable import readable
from closedform.algebra.proofs.univariate import at, runs
from closedform.algebra.tree import Number, Symbol, Tree, divide
from closedform.errors import TooLarge, UndefinedValue
from closedform.reading import parse
from closedform.typeset.arrange import arrange
from closedform.typeset.text import text

FORMS = [
    ("(k^2 M H W + M N H W) / (k^2 M N H W)", "1/N + 1/k²"),
    ("1/N + 1/k^2", "1/N + 1/k²"),
    ("(2 k^2 M - 1) N H W", "(2k²M − 1)·NHW"),
    ("2 k^2 M N H W - N H W", "(2k²M − 1)·NHW"),
    ("2 k^2 M - M + 2 M N - N", "(2k² − 1)·M + (2M − 1)·N"),
    ("N (M + 1)", "MN + N"),
    ("M^2 - M N", "M·(M − N)"),
    ("M - N", "M − N"),
    ("M N (k^2 + 1)", "MN·(k² + 1)"),
    ("k^2 N - k^2 - N", "k²N − k² − N"),
    # Four fractions would be many; and a number below is no reason to split.
    ("(k^2 M + M N + M + N) / (k^2 M N)", "(k²M + MN + M + N)/(k²MN)"),
    ("(k^2 + N) / 2", "(k² + N)/2"),
    ("k^2 M N / (k^2 M + M N)", "k²N/(k² + N)"),
    ("73728 / 8768", "1152/137"),
    ("M - M", "0"),
    ("floor(H/2) M / (floor(H/2) N)", "M/N"),
    ("floor((H + 7)/8) M", "M·⌈H/8⌉"),
    ("floor((H + 6)/8) + ceil(H/2)", "⌈H/2⌉ + ⌊(H + 6)/8⌋"),
]


@pytest.mark.parametrize(("written", "shown"), FORMS)
def test_the_form_a_person_would_leave(written: str, shown: str) -> None:
    tree = parse(written)
    assert text(arrange(readable(tree))) == shown
    assert equal(readable(tree), tree) is True


#: What the parts of a layer add up to, and how it is shown.
PLAIN = [
    ("n (8d + 2n) d + n^2 (2d + 4h)", "8d²n + 4dn² + 4hn²"),
    ("(4d + 3) f + d (2f - 1)", "6df + 3f − d"),
    ("H W (M m + 9 m^2) + M m H W", "2MHWm + 9HWm²"),
    # As short as it is, or with more letters when it is written out.
    ("(2 k^2 M - 1) N H W", "(2k²M − 1)·NHW"),
    ("(2 k^2 - 1) M H W + (2 M - 1) N H W", "(2k² − 1)·MHW + (2M − 1)·NHW"),
    ("(2 M + 1) N", "(2M + 1)·N"),
    ("r (M + N)", "r·(M + N)"),
    ("(a + b + c + d) (M + N + H) + k", "(M + N + H)·(a + b + c + d) + k"),
]


@pytest.mark.parametrize(("written", "shown"), PLAIN)
def test_brackets_that_cost_more_than_they_save_are_written_out(written: str, shown: str) -> None:
    tree = parse(written)
    assert text(arrange(plainest(tree))) == shown
    assert equal(plainest(tree), tree) is True


def test_dividing_by_zero_has_no_form() -> None:
    with pytest.raises(UndefinedValue):
        readable(parse("k / (M - M)"))


SYMBOLS = [Symbol(name) for name in "kMN"]
TREES = st.recursive(
    st.sampled_from(SYMBOLS) | st.integers(-3, 3).map(Number),
    lambda inner: st.tuples(st.sampled_from("+-*"), inner, inner).map(lambda t: _apply(*t)),
    max_leaves=9,
)


def _apply(sign: str, left: Tree, right: Tree) -> Tree:
    return {"+": left + right, "-": left - right, "*": left * right}[sign]


@given(TREES, TREES)
def test_the_value_is_kept(above: Tree, below: Tree) -> None:
    tree = divide(above, below**2 + 1)
    assert equal(readable(tree), tree) is True


# -- the sign of a polynomial over the integers ---------------------------------------------------


@given(st.lists(st.integers(-40, 40), max_size=6), st.integers(-2, 3))
def test_runs_tell_the_sign_at_every_integer(coefficients: list[int], first: int) -> None:
    signs = runs(coefficients, first)
    assert signs[0].first == first
    assert signs[-1].last is None
    for one, other in pairwise(signs):
        assert one.last is not None
        assert other.first == one.last + 1
        assert one.sign != other.sign
    for x in range(first, first + 120):
        sign = next(r.sign for r in signs if r.first <= x and (r.last is None or x <= r.last))
        value = at(coefficients, x)
        assert sign == (value > 0) - (value < 0)


def test_runs_find_roots_that_are_far_away() -> None:
    root = 10**30
    signs = runs([root * (root + 1), -2 * root - 1, 1], 1)  # (x − root)(x − root − 1)
    assert [(run.first, run.last, run.sign) for run in signs] == [
        (1, root - 1, 1),
        (root, root + 1, 0),
        (root + 2, None, 1),
    ]


def test_a_degree_past_the_bound_is_refused() -> None:
    with pytest.raises(TooLarge):
        runs([1] * 70, 1)
