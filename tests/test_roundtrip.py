"""What closedform prints, as text and in LaTeX, reads back as the same expression."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import example, given
from hypothesis import strategies as st

from closedform.algebra.decide import equal
from closedform.algebra.tree import (
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
    rebuild,
)
from closedform.errors import ClosedformError
from closedform.reading import parse
from closedform.typeset.latex import latex
from closedform.typeset.notation import NOTATIONS, SOURCE, Notation
from closedform.typeset.text import text
from tests.evaluate_tree import close, evaluate

#: Letters that are also signs, words and functions; Greek, digits, subscripts, primes, whole words.
NAMES = (
    "k M N g H W x X e E O I l o i n d s p c "
    "alpha beta lambda Omega pi ell "
    "c_1 c_12 x_1 d_k D_K C_in C_out n_layer d_model alpha_1 rho_in n_l_minus_1 L_hat L_hat_LoRA "
    "d' d'' h_out' c_1' x' alpha' "
    "kernel_size seq_len bytes_per_element max_len sum_in log_n w_0"
).split()
SYMBOLS = st.sampled_from(NAMES).map(Symbol)
NUMBERS = st.one_of(
    st.integers(-12, 2000), st.fractions(-3, 3, max_denominator=8).filter(lambda f: f != 0)
).map(Number)

#: Exponents that leave the value of a nest of powers within reach.
EXPONENTS = st.one_of(
    SYMBOLS,
    st.just(Number(Fraction(1, 2))),
    SYMBOLS.map(lambda letter: Sum((letter, Number(-1)))),
    SYMBOLS.map(Negative),
)


def _sums(parts: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    return st.lists(parts, min_size=2, max_size=4).map(lambda terms: Sum(tuple(terms)))


def _products(parts: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    return st.lists(parts, min_size=2, max_size=4).map(lambda factors: Product(tuple(factors)))


def _rational(parts: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    return st.one_of(
        _sums(parts),
        _products(parts),
        st.builds(Quotient, parts, parts.filter(Number(0).__ne__)),
        st.builds(Negative, parts),
        st.builds(Power, parts, st.integers(-3, 4).map(Number)),
    )


def _any(parts: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    functions = st.sampled_from(["floor", "ceil", "sqrt", "log"])
    return st.one_of(
        _rational(parts),
        st.builds(lambda name, part: Call(name, (part,)), functions, parts),
        st.builds(lambda a, b: Call("log", (a, b)), parts, parts),
        st.builds(
            lambda name, several: Call(name, tuple(several)),
            st.sampled_from(["min", "max"]),
            st.lists(parts, min_size=2, max_size=3),
        ),
        st.builds(Power, parts, EXPONENTS),
        st.builds(
            lambda upper, body: Series("j", Number(1), upper, body),
            st.one_of(SYMBOLS, st.integers(1, 4).map(Number)),
            parts,
        ),
    )


RATIONAL = st.recursive(st.one_of(SYMBOLS, NUMBERS), _rational, max_leaves=12)
ANY = st.recursive(st.one_of(SYMBOLS, NUMBERS), _any, max_leaves=10)

#: Two sets of small sizes; different symbols get different ones.
POINTS = [
    {name: 1 + (3 * place) % 4 for place, name in enumerate(NAMES)},
    {name: 2 + (5 * place) % 3 for place, name in enumerate(NAMES)},
]
#: Sizes of the letters that only a notation or a sum brings in.
PRINTED = {"j": 1} | {
    letter: 2 + place % 4
    for place, letter in enumerate(one for known in NOTATIONS.values() for one in known.order)
}


def _read_back(tree: Tree, notation: Notation) -> list[tuple[str, Tree]]:
    """The tree as each printer writes it in a notation, read again; none that it cannot write."""
    try:
        notation.check(tree)
    except ClosedformError:
        return []
    shown = [text(tree, notation), latex(tree, notation)]
    if notation is SOURCE:
        shown.append(repr(tree))
    return [(line, parse(line)) for line in shown]


def _renamed(tree: Tree, notation: Notation) -> Tree:
    """The tree in the letters of a notation: what its printed form says."""
    if isinstance(tree, Symbol):
        return Symbol(notation.letter(tree.name))
    return rebuild(tree, tuple(_renamed(part, notation) for part in children(tree)))


def _values(tree: Tree) -> list[object]:
    """The values at the two points; an impossible one by the name of its error."""
    found: list[object] = []
    for point in POINTS:
        letters = PRINTED | point
        try:
            found.append(evaluate(tree, letters))
        except (ValueError, ZeroDivisionError, OverflowError, TypeError) as error:
            found.append(type(error))
    return found


def _is_equal(truth: Tree, read: Tree) -> bool:
    """Proven equal; where one divides by zero, so does the other."""
    try:
        return equal(truth, read) is True
    except ClosedformError:
        return _values(truth) == _values(read)


# To make a tree takes longer than to print it: each is written in all notations.


@given(tree=RATIONAL)
@example(tree=Product((Sum((Symbol("k"), Symbol("M"))), Negative(Symbol("N")))))
@example(tree=Sum((Symbol("k"), Negative(Sum((Symbol("M"), Negative(Symbol("N"))))))))
@example(tree=Quotient(Quotient(Symbol("k"), Symbol("M")), Product((Symbol("N"), Symbol("g")))))
@example(tree=Power(Negative(Symbol("k")), Number(2)))
def test_a_printed_formula_reads_back_as_a_proven_equal_one(tree: Tree) -> None:
    for name, notation in NOTATIONS.items():
        truth = _renamed(tree, notation)
        for line, read in _read_back(tree, notation):
            assert _is_equal(truth, read), (name, line)


@given(tree=ANY)
@example(tree=Call("log", (Product((Symbol("n"), Symbol("d"))),)))
@example(tree=Product((Call("log", (Symbol("n"),)), Symbol("d"))))
@example(tree=Product((Series("j", Number(1), Symbol("n"), Symbol("d")), Symbol("k"))))
def test_functions_and_sums_read_back_with_the_same_values(tree: Tree) -> None:
    for name, notation in NOTATIONS.items():
        truth = _values(_renamed(tree, notation))
        for line, read in _read_back(tree, notation):
            for left, right in zip(truth, _values(read), strict=True):
                same = isinstance(left, type) or isinstance(right, type)
                agree = left is right if same else close(left, right)  # type: ignore[arg-type]
                assert agree, (name, line)


def test_a_tree_that_is_printed_wrongly_would_be_seen() -> None:
    right, wrong = parse("a/b·c"), parse("a/(b·c)")
    assert equal(right, wrong) is False
