"""What a row of the table of functions says is so wherever the function goes.

A function that is added to the table is tested here without being named.
"""

from __future__ import annotations

from contextlib import nullcontext, suppress
from fractions import Fraction
from itertools import pairwise

import pytest

from closedform.algebra.bridge import from_sympy, to_sympy
from closedform.algebra.compiled import compiled
from closedform.algebra.exact import enclosure, value
from closedform.algebra.functions import FUNCTIONS, Function
from closedform.algebra.normal_form.atoms import open_field
from closedform.algebra.normal_form.build import function_tree
from closedform.algebra.tree import Call, Symbol, Tree, put
from closedform.errors import Irrational, UndefinedValue
from closedform.language.parser import parse
from closedform.typeset.latex import latex
from closedform.typeset.text import text

NUMBERS = range(1, 9)
ROWS = pytest.mark.parametrize(("name", "row"), FUNCTIONS.items(), ids=FUNCTIONS)


def _calls(name: str, row: Function) -> list[tuple[Tree, str]]:
    """The function of as many symbols as it takes, at least and at most three of them."""
    symbols = [Symbol(letter) for letter in "nMk"]
    counts = {min(count, 3) for count in row.arguments}
    return [(Call(name, tuple(symbols[:count])), ", ".join("nMk"[:count])) for count in counts]


@ROWS
def test_it_is_read_by_its_names_and_as_it_is_printed(name: str, row: Function) -> None:
    for tree, inside in _calls(name, row):
        for written in (name, *row.also):
            assert parse(f"{written}({inside})") == tree
            if not row.closed:  # a root has a group behind its command, ⌊ ⌋ has commands of its own
                assert parse(rf"2 \{written}({inside})") == 2 * tree
        nested = Call(name, (tree, *map(Symbol, inside.split(", ")[1:])))
        for whole in (tree, tree**2, 2 * tree * Symbol("N"), nested):
            assert parse(text(whole)) == parse(latex(whole)) == whole


@ROWS
def test_sympy_has_it(name: str, row: Function) -> None:
    for tree, _ in _calls(name, row):
        there = to_sympy(put(tree, {"n": Symbol("n") / 2}))
        assert there.func.__name__ in (row.sympy, "Pow", "Mul")  # √n is a power, log_M n a quotient
        assert to_sympy(from_sympy(there)) == there


@ROWS
def test_its_value_is_in_the_interval_around_it_and_that_of_its_normal_form(
    name: str, row: Function
) -> None:
    for tree, inside in _calls(name, row):
        field = open_field("nMk")
        normal = function_tree(field.normal(tree + Symbol("n")))
        function = compiled(tree) if row.python else None
        for number in NUMBERS:
            values = dict(zip("nMk", (number, number % 3 + 2, 4), strict=True))
            low, high = enclosure(tree, values).ends()
            again = enclosure(normal, values).ends()
            assert again[0] - number <= high
            assert low <= again[1] - number
            with suppress(Irrational):
                exact = value(tree, values)
                assert low <= exact <= high
                if function:
                    assert function(*(values[n] for n in inside.split(", "))) == exact


@ROWS
def test_it_rises_and_is_total_as_its_row_says(name: str, row: Function) -> None:
    for tree, _ in _calls(name, row):
        ends = [enclosure(tree, {"n": n, "M": 3, "k": 4}).ends() for n in NUMBERS]
        rises = [before[0] <= after[1] for before, after in pairwise(ends)]
        assert all(rises) or not row.rises
        strictly = [before[1] < after[0] for before, after in pairwise(ends)]
        assert all(strictly) or not row.strictly
        outside = {"n": Fraction(-7, 2), "M": 3, "k": 4}
        with suppress(UndefinedValue) if not row.total else nullcontext():
            value(tree, outside)
            assert row.total
