"""Printing: each form as a table of trees and lines; arranging keeps values; notations."""

from __future__ import annotations

import json
import math
import random
from fractions import Fraction
from pathlib import Path

import pytest

import closedform as cf
from closedform import symbols, toml
from closedform.algebra.tree import (
    ONE,
    Call,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Series,
    Sum,
    Symbol,
    Tree,
    children,
    mapped,
    walk,
)
from closedform.cli import main
from closedform.cost.layer_type import LAYERS
from closedform.cost.own_sizes import placing
from closedform.errors import ClosedformError, ParseError, UnknownName
from closedform.reading import parse_layers
from closedform.typeset.arrange import arrange
from closedform.typeset.latex import latex
from closedform.typeset.names import name_key
from closedform.typeset.notation import NOTATIONS, SOURCE, Notation
from closedform.typeset.own_notation import load_notation, lookup
from closedform.typeset.text import text

k, M, N, g, H, W = (Symbol(name) for name in "k M N g H W".split())
c, m, h, w, n, d, s, p, x, L = (Symbol(name) for name in "c m h w n d s p x L".split())
MOBILENET, PYTORCH, SHUFFLENET = (
    NOTATIONS[name] for name in "mobilenet pytorch shufflenet".split()
)
HALF = Number(Fraction(1, 2))

CONV_PARAMS = k**2 * M * N + N
CONV_FLOPS = Product((Sum((2 * k**2 * M, Number(-1))), N, H, W))
CONV_MACS = Product((Quotient(k**2 * M * N, g), H, W))
RATIO = 1 / N + 1 / k**2
OUTPUT_SIZE = Call("floor", (Quotient(H - 1, Number(2)),)) + 1

#: Trees in the order they are to be printed in, as text and as LaTeX.
PRINTED: list[tuple[Tree, str, str]] = [
    (CONV_PARAMS, "k²MN + N", r"k^{2} M N + N"),
    (CONV_FLOPS, "(2k²M − 1)·NHW", r"\left(2 k^{2} M - 1\right) N H W"),
    (RATIO, "1/N + 1/k²", r"\frac{1}{N} + \frac{1}{k^{2}}"),
    (CONV_MACS, "k²MN/g·HW", r"\frac{k^{2} M N}{g} H W"),
    (OUTPUT_SIZE, "⌊(H − 1)/2⌋ + 1", r"\left\lfloor \frac{H - 1}{2} \right\rfloor + 1"),
    (Call("ceil", (H / s,)), "⌈H/s⌉", r"\left\lceil \frac{H}{s} \right\rceil"),
    # M(M − N) would read as a function; 2(M + N) cannot.
    (M * (M - N), "M·(M − N)", r"M \left(M - N\right)"),
    (2 * (M + N), "2(M + N)", r"2 \left(M + N\right)"),
    ((M + 1) * (N + 1), "(M + 1)·(N + 1)", r"\left(M + 1\right) \left(N + 1\right)"),
    # Signs: a subtracted sum needs its brackets, a subtracted product does not.
    (Sum((M, Negative(N * k))), "M − Nk", r"M - N k"),
    (Sum((M, Negative(N + k))), "M − (N + k)", r"M - \left(N + k\right)"),
    (Sum((M, Number(-3))), "M − 3", r"M - 3"),
    (Sum((M, Product((Number(-3), N)))), "M − 3N", r"M - 3 N"),
    (Sum((Negative(M), Negative(N))), "−M − N", r"-M - N"),
    (Sum((M, N + k)), "M + (N + k)", r"M + \left(N + k\right)"),
    (Product((M, Number(-3))), "M·(−3)", r"M \left(-3\right)"),
    (Product((M, Negative(N))), "M·(−N)", r"M \left(-N\right)"),
    (Negative(Negative(M)), "−(−M)", r"-\left(-M\right)"),
    (Product((Number(-1), M)), "−M", r"-M"),
    (Quotient(Number(-1), M), "−1/M", r"-\frac{1}{M}"),
    (Quotient(M, Negative(N)), "M/(−N)", r"\frac{M}{-N}"),
    # Quotients: what is under the line in LaTeX is in brackets in text, s/6h has two readings.
    (Quotient(s, 6 * h), "s/(6h)", r"\frac{s}{6 h}"),
    (Quotient(M + N, k**2), "(M + N)/k²", r"\frac{M + N}{k^{2}}"),
    (Quotient(Quotient(M, N), k), "(M/N)/k", r"\frac{\frac{M}{N}}{k}"),
    (Quotient(M, Quotient(N, k)), "M/(N/k)", r"\frac{M}{\frac{N}{k}}"),
    (Product((M, Quotient(N, k))), "M·(N/k)", r"M \frac{N}{k}"),
    (Quotient(CONV_MACS, N), "(k²MN/g·HW)/N", r"\frac{\frac{k^{2} M N}{g} H W}{N}"),
    # Numbers: exact, and never two side by side (23 is not 2 · 3, M2 is not M · 2).
    (Number(Fraction(-1, 4)), "−1/4", r"-\frac{1}{4}"),
    (Product((Number(Fraction(1, 4)), M)), "1/4·M", r"\frac{1}{4} M"),
    (Product((Number(2), Number(3), M)), "2·3M", r"2 \cdot 3 M"),
    (Product((M, Number(2))), "M·2", r"M \cdot 2"),
    (Product((Number(2), HALF)), "2(1/2)", r"2 \cdot \frac{1}{2}"),
    (Product((Number(2), Power(Number(10), Number(6)))), "2·10⁶", r"2 \cdot 10^{6}"),
    # Powers: the base in brackets unless it is one thing, other exponents after a caret.
    (Power(M + N, Number(2)), "(M + N)²", r"\left(M + N\right)^{2}"),
    (Power(M / N, Number(2)), "(M/N)²", r"\left(\frac{M}{N}\right)^{2}"),
    (Power(HALF, Number(2)), "(1/2)²", r"\left(\frac{1}{2}\right)^{2}"),
    (Power(Number(-2), Number(2)), "(−2)²", r"\left(-2\right)^{2}"),
    (Power(k**2, Number(3)), "(k²)³", r"\left(k^{2}\right)^{3}"),
    (k**12, "k¹²", r"k^{12}"),
    (Power(Number(2), n + 1), "2^(n+1)", r"2^{n + 1}"),
    (Power(Number(2), n) * M, "2^n·M", r"2^{n} M"),
    (Power(k, Number(-1)), "k^(−1)", r"k^{-1}"),
    (Power(k, HALF), "k^(1/2)", r"k^{\frac{1}{2}}"),
    (
        Power(OUTPUT_SIZE, Number(2)),
        "(⌊(H − 1)/2⌋ + 1)²",
        r"\left(\left\lfloor \frac{H - 1}{2} \right\rfloor + 1\right)^{2}",
    ),
    # Names: one letter is juxtaposed, a longer one keeps a dot on each side.
    (2 * Symbol("C_in") * N, "2·C_in·N", r"2 C_{\text{in}} N"),
    (Symbol("D_K") ** 2 * M, "D_K²·M", r"D_K^{2} M"),
    (Symbol("c_1") * Symbol("c_12"), "c_1·c_12", r"c_1 c_{12}"),
    (Symbol("alpha") * M, "αM", r"\alpha M"),
    (Symbol("c_alpha") * M, "c_alpha·M", r"c_{\alpha} M"),
    (Symbol("h_out'") ** 2, "h_out'²", r"h_{\text{out}}'^{2}"),
    (Symbol("kernel_size") * M, "kernel_size·M", r"\text{kernel\_size} \cdot M"),
    # x between factors is a times sign; m u would be read as μ, n m u v as n μ v; km is only k m.
    (2 * x * M, "2·x·M", r"2 \cdot x \cdot M"),
    (x**2 * M, "x²·M", r"x^{2} \cdot M"),
    (m * Symbol("u"), "m·u", r"m u"),
    (n * m * Symbol("u") * Symbol("v"), "n·m·u·v", r"n m u v"),
    (m**2 * Symbol("u"), "m²u", r"m^{2} u"),
    (k * m, "km", r"k m"),
    (Symbol("l") * Symbol("o") * Symbol("g"), "l·o·g", r"l o g"),
    # Functions: log takes what follows it, so only the last factor may go without brackets.
    (n * Call("log", (n,)), "n·log(n)", r"n \log n"),
    (Call("log", (n,)) * n, "log(n)·n", r"\log\left(n\right) n"),
    (Call("log", (n + 1,)), "log(n + 1)", r"\log\left(n + 1\right)"),
    (Call("log", (n,)) ** 2, "log(n)²", r"\left(\log n\right)^{2}"),
    (Call("log", (n, Number(2))), "log(n, 2)", r"\log_{2}\left(n\right)"),
    (Call("sqrt", (n,)) ** 2, "sqrt(n)²", r"\sqrt{n}^{2}"),
    (Call("factorial", (n,)) ** 2 * k, "n!²·k", r"\left(n!\right)^{2} k"),
    (
        Call("factorial", (Call("factorial", (n + 1,)),)),
        "((n + 1)!)!",
        r"\left(\left(n + 1\right)!\right)!",
    ),
    (Call("min", (M, N + 1)) * k, "min(M, N + 1)·k", r"\min\left(M, N + 1\right) k"),
    # A sum over an index takes one product.
    (Series("i", ONE, L, Symbol("c_i") * n), "sum(i=1..L, c_i·n)", r"\sum_{i=1}^{L} c_i n"),
    (Series("i", ONE, L, n + 1), "sum(i=1..L, n + 1)", r"\sum_{i=1}^{L} \left(n + 1\right)"),
    (Series("i", ONE, L, n) * k, "sum(i=1..L, n)·k", r"\left(\sum_{i=1}^{L} n\right) k"),
    (k * Series("i", ONE, L, n), "k·sum(i=1..L, n)", r"k \sum_{i=1}^{L} n"),
]

#: Trees in any order, and the text of the tree that a person would have written.
ARRANGED: list[tuple[Tree, str]] = [
    (N + N * M * k * k, "k²MN + N"),
    (W * H * N * (Number(-1) + M * 2 * k**2), "(2k²M − 1)·NHW"),
    (Product((W, Sum((Number(2), Quotient(2 * k**2 * M, g))), N)), "(2k²M/g + 2)·NW"),
    (N * (2 * M - 1), "(2M − 1)·N"),
    # A bracket that is no count of operations goes after.
    ((M + 1) * N, "N·(M + 1)"),
    ((k**2 * M + 1) * N, "N·(k²M + 1)"),
    ((M - N) * M, "M·(M − N)"),
    ((n - 1) * n / 2, "n·(n − 1)/2"),
    (w * (9 * m + 2 * m * c / g) * h, "hw·(2cm/g + 9m)"),
    (1 / k**2 + 1 / N, "1/N + 1/k²"),
    (Number(Fraction(1, 9)) + 1 / N, "1/N + 1/9"),
    (Sum((Negative(N), M)), "M − N"),
    (Sum((Negative(M), N)), "N − M"),
    (Negative(M - N), "N − M"),
    (Sum((Negative(M), ONE)), "1 − M"),
    (Sum((Negative(M), Number(-1))), "−M − 1"),
    (Sum((2 * p, Negative(k), H)), "H + 2p − k"),
    (2 * n**2 * d + 4 * n * d**2, "4d²n + 2dn²"),
    (Sum((Number(1), Sum((n, Sum((n**2, Number(2))))))), "n² + n + 3"),
    (Product((k, Number(3), k, Number(Fraction(2, 9)))), "2k²/3"),
    (Product((HALF, Quotient(M, N), Negative(k))), "−kM/(2N)"),
    (Quotient(M, Product((Number(-2), N))), "−M/(2N)"),
    (Quotient(M, Number(0)), "M/0"),
    # A bracket that dissolves gives its factors to the product around it.
    (Product((Sum((Quotient(2 * M, N), Number(0))), k)), "2kM/N"),
    (Sum((Product((Sum((Sum((M, ONE)),)), ONE)), N)), "M + N + 1"),
    (Quotient(M, Quotient(N, k)), "M/(N/k)"),
    (Product((n, Call("log", (n,)), k, M + 1)), "kn·log(n)·(M + 1)"),
    (Product((Series("i", ONE, L, n), k)), "k·sum(i=1..L, n)"),
    (Product((M, Power(Number(2), n))), "2^n·M"),
    (Product((M, N + 1, N + 1)), "M·(N + 1)²"),
    (Symbol("c_10") * Symbol("M_1") * Symbol("c_2") * M * N * c, "M·M_1·Nc·c_2·c_10"),
]


@pytest.mark.parametrize(("tree", "line"), [row[:2] for row in PRINTED])
def test_text(tree: Tree, line: str) -> None:
    assert text(tree) == line


@pytest.mark.parametrize(("tree", "line"), [(tree, line) for tree, _, line in PRINTED if line])
def test_latex(tree: Tree, line: str) -> None:
    assert latex(tree) == line


def test_what_differs_is_printed_differently() -> None:
    assert len({text(tree) for tree, _, _ in PRINTED}) == len(PRINTED)
    assert len({latex(tree) for tree, _, _ in PRINTED}) == len(PRINTED)


@pytest.mark.parametrize(("tree", "line"), ARRANGED)
def test_arrange(tree: Tree, line: str) -> None:
    assert text(arrange(tree)) == line


@pytest.mark.parametrize("tree", [tree for tree, *_ in [*PRINTED, *ARRANGED]], ids=text)
def test_arranging_twice_changes_nothing_more(tree: Tree) -> None:
    once = arrange(tree)
    assert arrange(once) == once


def test_integers_of_any_size_are_written_out() -> None:
    assert text(Number(7**6000)).endswith("0001")
    assert len(latex(Number(10**9999))) == 10_000


def test_sympy_expressions_print_in_paper_order() -> None:
    flops = (2 * symbols.k**2 * symbols.M - 1) * symbols.N * symbols.H * symbols.W
    assert cf.latex(flops) == r"\left(2 k^{2} M - 1\right) N H W"
    assert cf.text(flops, notation="shufflenet") == "(2k²c − 1)·mhw"
    assert cf.text(Fraction(3, 4)) == "3/4"
    with pytest.raises(UnknownName, match=r"did you mean mobilenet\?"):
        cf.latex(flops, notation="mobilnet")


# Arranging keeps the value: random trees, evaluated exactly at random integers.


def value(tree: Tree, at: dict[str, int]) -> Fraction:
    """The exact value of a tree of whole-number powers, floors and extremes."""
    if isinstance(tree, Series):
        low, high = value(tree.lower, at), value(tree.upper, at)
        steps = range(int(low), int(high) + 1)
        return sum((value(tree.body, {**at, tree.index: i}) for i in steps), Fraction(0))
    parts = [value(part, at) for part in children(tree)]
    match tree:
        case Number(value=number):
            return Fraction(number)
        case Symbol(name=name):
            return Fraction(at[name])
        case Sum():
            return sum(parts, Fraction(0))
        case Product():
            return math.prod(parts, start=Fraction(1))
        case Negative():
            return -parts[0]
        case Quotient():
            return parts[0] / parts[1]
        case Power():
            return Fraction(parts[0] ** int(parts[1]))
        case Call(function=function):
            extremes = {"min": min, "max": max}
            rounding = {"floor": math.floor, "ceil": math.ceil}
            if function in extremes:
                return extremes[function](parts)
            return Fraction(rounding[function](parts[0]))
    raise TypeError(tree)


def random_tree(dice: random.Random, depth: int) -> Tree:
    if depth == 0 or dice.random() < 0.1:
        numbers = [Number(dice.randint(-3, 6)), Number(Fraction(dice.randint(-4, 4), 3))]
        return dice.choice([*numbers, *map(Symbol, ["k", "M", "N", "H", "W", "x", "c_1", "alpha"])])
    parts = [random_tree(dice, depth - 1) for _ in range(dice.randint(2, 4))]
    return dice.choice(
        [
            Sum(tuple(parts)),
            Product(tuple(parts)),
            Product(tuple(parts)),
            Negative(parts[0]),
            Quotient(parts[0], parts[1]),
            Power(parts[0], Number(dice.randint(0, 3))),
            Call("floor", (parts[0],)),
            Call("max", tuple(parts)),
            Series("i", ONE, Number(3), parts[0] * Symbol("i")),
        ]
    )


def test_arranging_keeps_the_value() -> None:
    dice = random.Random(20)
    compared = 0
    for _ in range(1500):
        tree = random_tree(dice, dice.randint(1, 4))
        at = {name: dice.randint(1, 9) for name in ["k", "M", "N", "H", "W", "x", "c_1", "alpha"]}
        try:
            before = value(tree, at)
        except ZeroDivisionError:
            continue
        assert value(arrange(tree), at) == before, text(tree)
        # One letter for H and W is a claim that they are equal.
        square = {**at, "W": at["H"]}
        try:
            before = value(tree, square)
        except ZeroDivisionError:
            continue
        assert value(arrange(tree, MOBILENET), square) == before, text(tree)
        compared += 1
    assert compared > 1000


def test_no_arranged_sum_of_mixed_signs_starts_with_a_minus() -> None:
    dice = random.Random(21)
    for _ in range(500):
        for node in walk(arrange(random_tree(dice, 3))):
            signs = {text(part).startswith("−") for part in children(node)}
            if isinstance(node, Sum) and len(signs) == 2:
                assert not text(node).startswith("−")


# Notations.

IN_NOTATIONS: list[tuple[Notation, Tree, str, str]] = [
    # arXiv:1704.04861, equation 2 (and D_K² alone, in the ratio, is a power: equation 5).
    (
        MOBILENET,
        H * W * k**2 * M * N,
        "D_K·D_K·M·N·D_F·D_F",
        r"D_K \cdot D_K \cdot M \cdot N \cdot D_F \cdot D_F",
    ),
    (MOBILENET, RATIO, "1/N + 1/D_K²", r"\frac{1}{N} + \frac{1}{D_K^{2}}"),
    (
        MOBILENET,
        k**2 * M * H * W + M * N * H * W,
        "D_K·D_K·M·D_F·D_F + M·N·D_F·D_F",
        r"D_K \cdot D_K \cdot M \cdot D_F \cdot D_F + M \cdot N \cdot D_F \cdot D_F",
    ),
    (
        PYTORCH,
        W * k**2 * N * M / g * H,
        "K²·C_in·C_out·H_out·W_out/G",
        r"\frac{K^{2} C_{\text{in}} C_{\text{out}} H_{\text{out}} W_{\text{out}}}{G}",
    ),
    # arXiv:1707.01083, section 3.2: the ShuffleNet unit, hw(2cm/g + 9m).
    (
        SHUFFLENET,
        (9 * N + 2 * M * N / g) * W * H,
        "hw·(2cm/g + 9m)",
        r"h w \left(\frac{2 c m}{g} + 9 m\right)",
    ),
    (SHUFFLENET, CONV_FLOPS, "(2k²c − 1)·mhw", r"\left(2 k^{2} c - 1\right) m h w"),
]


@pytest.mark.parametrize(("notation", "tree", "line", "tex"), IN_NOTATIONS)
def test_notations(notation: Notation, tree: Tree, line: str, tex: str) -> None:
    arranged = arrange(tree, notation)
    assert text(arranged, notation) == line
    assert latex(arranged, notation) == tex


@pytest.mark.parametrize("notation", NOTATIONS.values(), ids=list(NOTATIONS))
@pytest.mark.parametrize("tree", [CONV_PARAMS, CONV_FLOPS, CONV_MACS, RATIO, OUTPUT_SIZE], ids=text)
def test_every_notation_prints_every_kind_of_formula(notation: Notation, tree: Tree) -> None:
    arranged = arrange(tree, notation)
    for name in {node.name for node in walk(arranged) if isinstance(node, Symbol)}:
        assert notation.text(name) in text(arranged, notation)
        assert notation.latex(name) in latex(arranged, notation)
    foreign = {name for name in "kMNgHW" if notation.letter(name) != name} - set(notation.order)
    assert not foreign & set(text(arranged, notation).replace("_", " _").split())


@pytest.mark.parametrize("notation", NOTATIONS.values(), ids=list(NOTATIONS))
def test_every_notation_defines_its_letters(notation: Notation) -> None:
    assert set(notation.letters.values()) <= set(notation.order)
    assert set(notation.order) == set(notation.definitions)
    assert notation.source
    assert notation.description


def test_lookup() -> None:
    assert lookup("source") is SOURCE
    assert lookup(SOURCE) is SOURCE
    with pytest.raises(UnknownName, match=r"did you mean pytorch\?"):
        lookup("pytroch")


def test_two_symbols_of_one_letter_are_refused() -> None:
    assert text(c * N, SHUFFLENET) == "cm"  # c is free here: there is no M
    for printer in (text, latex, arrange):
        with pytest.raises(ClosedformError, match="in the notation shufflenet, M and c would both"):
            printer(M * c, SHUFFLENET)
    # Letters may trade places.
    swapped = load_notation('name = "swapped"\nletters = {M = "N", N = "M"}')
    assert text(M**2 * N, swapped) == "N²M"


OURS = r"""
name = "ours"
product = "times"
order = ["F", "C", "K"]
[letters]
k = "K"
M = "C"
N = "F"
H = "S"
W = "S"
[definitions]
F = "number of filters"
M = "number of channels"
[latex]
K = '\mathsf{K}'
[text]
K = "κ"
"""


def test_a_notation_of_your_own(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(OURS, encoding="utf-8")
    tree = M * N * k**2 * H * W
    for ours in (load_notation(OURS), load_notation(path), lookup(str(path))):
        assert text(arrange(tree, ours), ours) == "F×C×κ²×S²"
        assert latex(arrange(tree, ours), ours) == (
            r"F \times C \times \mathsf{K}^{2} \times S^{2}"
        )
        assert {ours.latex(name): ours.definitions[ours.letter(name)] for name in "NMkH"} == {
            "F": "number of filters",
            "C": "number of channels",
            r"\mathsf{K}": "kernel side",
            "S": "output height and output width",
        }


def test_letters_may_be_written_as_latex_has_them() -> None:
    ours = load_notation(
        """
        name = "ours"
        letters = {k = 'κ', M = 'C_{in}', N = 'C_{\\text{out}}', H = '\\beta', W = "B'"}
        order = ['C_{in}', '\\kappa']
        definitions = {'C_{in}' = "inputs"}
        """
    )
    tree = M * N * k**2 * H * W
    assert text(arrange(tree, ours), ours) == "C_in·κ²·C_out·β·B'"
    assert latex(arrange(tree, ours), ours) == (r"C_{\text{in}} \kappa^{2} C_{\text{out}} \beta B'")
    assert ours.definitions["C_in"] == "inputs"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('letters = {k = "K", g = "K"}', "k and g would both be K"),
        ('letters = {M = "N"}', "M and N would both be N"),
        ('letters = {kernel = "K"}', "did you mean k?"),
        ('letters = {d_hh = "K"}', "unknown size among the letters 'd_hh'"),
        ('letters = {k = "2"}', "'2' in letters is no symbol"),
        (
            'letters = {k = "K"}\norder = ["Z", "M"]',
            "unknown symbol in the order of a notation 'Z'",
        ),
        ('letters = {k = "K"}\norder = ["k", "K"]', "lists K twice"),
        ('letters = {M = "字"}', "LaTeX has no letter 字"),
        ('letters = {M = "C_字"}', "LaTeX has no letter C_字"),
        ("letters = {k = 2}", "letters of a notation is a table of texts"),
        ('letters = "k"', "letters of a notation is a table of texts"),
        ('leters = {k = "K"}', "did you mean letters?"),
        ('product = "star"', "unknown product sign 'star'"),
        ('write_out_squares = "yes"', "is true or false"),
        ('order = ["k", "k"]', "order of a notation lists k twice"),
        (
            'letters = {k = "K"}\ndefinitions = {k = "side", K = "size"}',
            "the symbol K has two definitions: 'side' and 'size'",
        ),
    ],
)
def test_what_is_no_notation_is_said_in_a_sentence(line: str, problem: str) -> None:
    with pytest.raises(ClosedformError) as caught:
        load_notation(f'name = "ours"\n{line}')
    assert problem in str(caught.value)


def test_a_size_of_a_transformer_is_defined_as_well() -> None:
    ours = load_notation('name = "ours"\nletters = {d = "D", d_h = "D_h"}')
    assert (ours.definitions["D"], ours.definitions["D_h"]) == ("model width", "width of a head")


def test_a_notation_needs_a_name_and_a_file_that_is_there(tmp_path: Path) -> None:
    with pytest.raises(ClosedformError, match="a notation needs a name"):
        load_notation('product = "dot"')
    with pytest.raises(ClosedformError, match="cannot be read"):
        load_notation(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b'name = "\xe9"')
    with pytest.raises(ClosedformError, match="not UTF-8"):
        load_notation(tmp_path / "latin.toml")


def test_the_letter_ell_is_a_letter() -> None:
    ours = load_notation('name = "ours"\nletters = {M = "ℓ"}')
    assert (latex(M * N, ours), text(M * N, ours)) == (r"\ell N", "ℓN")
    assert latex(parse_layers("linear(M=ℓ)")._tree("macs")) == r"\ell N"


def test_an_order_speaks_of_letters_sizes_and_what_is_defined() -> None:
    ours = load_notation(
        'name = "ours"\norder = ["c", "N", "K"]\nletters = {k = "K", N = "F"}\n'
        'definitions = {c = "channels"}'
    )
    assert ours.order[:3] == ("c", "F", "K")


def test_a_letter_of_another_script_is_spelled_for_latex() -> None:
    ours = load_notation('name = "ours"\nletters = {M = "字"}\nlatex = {"字" = "z"}')
    assert latex(M * N, ours) == "z N"


def test_names_sort_by_letter_then_by_number() -> None:
    names = ["c_10", "d", "c'", "c_in", "c_2", "C", "c", "alpha"]
    expected = ["alpha", "C", "c", "c'", "c_2", "c_10", "c_in", "d"]
    assert sorted(names, key=name_key) == expected


# TOML.


@pytest.mark.parametrize(
    ("written", "line", "marked"),
    [
        ("a = 1\nb == 2\n", 2, "= 2"),
        ("a = 1\r\nb == 2", 2, "= 2"),
        ("a = 1\nb = ", 2, ""),
        ("x = [1,\n2", 2, ""),
    ],
)
def test_toml_errors_point_at_the_place(written: str, line: int, marked: str) -> None:
    with pytest.raises(ParseError) as caught:
        toml.loads(written)
    assert f"not TOML, line {line}" in str(caught.value)
    assert written[caught.value.start :].startswith(marked)


@pytest.mark.parametrize("written", ["x = " + "[" * 100_000, "x = " + "9" * 5_000])
def test_toml_past_any_sense_is_an_error(written: str) -> None:
    with pytest.raises(ClosedformError):
        toml.loads(written)


#: Layers with sizes of one's own, and what is printed of them: a size keeps its dimension's place.
OWN_SIZES = [
    ("conv(k=K, M=C_in, N=C_out, H=H_out, W=W_out)", "K²·C_in·C_out·H_out·W_out"),
    ("conv(k=x, M=b, N=a, H=d, W=c)", "x²·badc"),
    ("conv(M=N, N=M)", "k²NMHW"),
    ("linear(M=d, N=4d)", "4d²"),
    # The letter may be one of the catalogue's: its place is that of the size it was given for.
    ("multi_head_attention(d=C, h=h, n=N)", "4C²N + 2CN²"),
    ("transformer_layer(d=D, h=h, n=N)", "12D²N + 2DN²"),
    ("window_attention(d=C, h=h, H=H, W=W, w=M)", "2HWCM² + 4HWC²"),
    ("feed_forward(d=D, f=M, n=N)", "2DMN"),
    ("linear(M=d, N=k, n=m)", "dkm"),
    ("conv(k=K, M=N, N=M, H=H, W=W)", "K²NMHW"),
    ("conv(k=F, M=n, N=k, H=h, W=w, bias)", "F²nkhw"),
    ("pointwise_conv(M=m, N=k, H=h, W=w)", "mkhw"),
    # What stands for itself somewhere is no letter of one's own.
    ("linear(M=4, N=M) + linear(M=M, N=a)", "Ma + 4M"),
]


@pytest.mark.parametrize(("written", "macs"), OWN_SIZES)
def test_sizes_of_one_s_own_keep_the_place_of_their_dimension(
    written: str, macs: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["show", written, "--format", "json"])
    assert json.loads(capsys.readouterr().out)["macs"] == macs
    layers = parse_layers(written)
    own = placing("source", layers.terms)
    shown = latex(arrange(layers._tree("macs"), own), own)
    assert shown in layers._repr_latex_()
    main(["table", written, "--format", "latex"])
    assert shown in capsys.readouterr().out


@pytest.mark.parametrize(("written", "macs"), [row for row in OWN_SIZES if " + " not in row[1]])
def test_ratios_and_derivations_keep_the_place_of_a_size(
    written: str, macs: str, capsys: pytest.CaptureFixture[str]
) -> None:
    one = "linear(M=1, N=1)"
    for verb in ("ratio", "derive"):
        main([verb, written, one, "--format", "json"])
        assert f'"{macs}"' in json.dumps(json.loads(capsys.readouterr().out), ensure_ascii=False)
    assert str(cf.ratio(written, one).macs) == macs
    assert macs in cf.ratio(written, one).to_table().to_text()
    assert macs in str(cf.derive(written, one))


def renamed(tree: Tree, names: dict[str, str]) -> Tree:
    if isinstance(tree, Symbol):
        return Symbol(names.get(tree.name, tree.name))
    return mapped(tree, lambda part: renamed(part, names))


@pytest.mark.parametrize("name", [row.name for row in LAYERS.values() if not row.is_network])
def test_letters_that_trade_places_keep_the_order_of_the_layer(name: str) -> None:
    layers = parse_layers(name)
    call = layers.terms[0].call
    sizes = [size for size in call.symbols() if size in call.sizes]
    for traded in (sizes[::-1], sizes[1:] + sizes[:1]):
        names = dict(zip(sizes, traded, strict=True))
        written = ", ".join(f"{size}={letter}" for size, letter in names.items())
        own = parse_layers(f"{name}({written})")
        letters = placing("source", own.terms)
        for measure in ("params", "macs", "flops"):
            tree = layers._tree(measure)
            assert arrange(own._tree(measure), letters) == renamed(arrange(tree), names), measure


def test_growth_and_plots_keep_the_place_of_a_size(capsys: pytest.CaptureFixture[str]) -> None:
    main(["growth", "linear(M=d, N=k, n=m)", "--measure", "macs"])
    assert "dkm" in capsys.readouterr().out
    drawn = cf.plot_iso("linear(M=d, N=k) / linear(M=2, N=1)", over="d=1..8, k=1..8")
    said = repr(drawn)
    assert "dk/2 over input channels d and output channels k" in said


@pytest.mark.parametrize(
    ("notation", "params"),
    [
        ("vaswani", "4·d_model² + 2·d_model·d_ff"),
        ("megatron", "4h² + 2hf"),
        ("chinchilla", "4·d_model² + 2·d_model·ffw_size"),
        ("llama", "4·hidden_size² + 2·hidden_size·intermediate_size"),
    ],
)
def test_papers_on_transformers_have_their_letters(notation: str, params: str) -> None:
    layers = parse_layers("multi_head_attention(d, h, n) + feed_forward(d, f, n)")
    chosen = lookup(notation)
    assert text(arrange(layers._tree("params"), chosen), chosen) == params


#: Layers, and their FLOPs as they are printed: no size above and below a line, like terms joined.
FLOPS = [
    ("attention", "(2·d_h + 4)·hn² + d_h·hn·(2n − 1) − hn"),
    ("attention(d_h=d/h)", "n²·(2d + 4h) + dn·(2n − 1) − hn"),
    ("attention(B)", "Bhn²·(2·d_h + 4) + B·d_h·hn·(2n − 1) − Bhn"),
    ("multi_head_attention", "dn·(8d + 2n − 5) + n²·(2d + 4h) − hn"),
    ("grouped_conv", "(2k²M/g − 1)·NHW"),
    ("grouped_conv(N=g)", "HW·(2k²M − g)"),
]


@pytest.mark.parametrize(("written", "flops"), FLOPS)
def test_flops_read_as_a_person_writes_them(written: str, flops: str) -> None:
    layers = parse_layers(written)
    chosen = placing("source", layers.terms)
    assert text(arrange(layers._tree("flops"), chosen), chosen) == flops
