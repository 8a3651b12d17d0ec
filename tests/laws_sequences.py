"""The laws of sequences: how their terms are named, moved to another index, and written out."""

from __future__ import annotations

from collections.abc import Callable

from closedform.algebra.assumptions import Condition, assume
from closedform.algebra.decide import decide
from closedform.algebra.search.written_out import search_few_terms, written_out
from closedform.algebra.sequences.indexed import (
    counted_from,
    ordered,
    place_of,
    placed,
    running,
    term_at,
)
from closedform.algebra.sequences.terms import (
    at_place,
    counted_up,
    from_the_index_on,
    indexed_names,
    lettered,
    reindexed,
)
from closedform.algebra.thorough import relation_fails
from closedform.algebra.tree import Series, Symbol, Tree, put, substitute, symbol_names
from closedform.errors import ClosedformError
from closedform.typeset.text import text
from tests.read_formula import conditions, formula, relation

#: A name, an index, and the name of the term at j and at the number 4, if it runs with the index.
RUNNING: list[tuple[str, str, tuple[str, str] | None]] = [
    ("n_i", "i", ("n_j", "n_4")),
    ("n_i", "j", None),
    ("n_i_minus_1", "i", ("n_j_minus_1", "n_3")),
    ("n_i_plus_12'", "i", ("n_j_plus_12'", "n_16'")),
    ("n_i_minus_5", "i", ("n_j_minus_5", "n_minus_1")),
    ("n_i_minus_0", "i", ("n_j", "n_4")),
    ("n_in_i''", "i", ("n_in_j''", "n_in_4''")),
    ("n_i_minus_1234567", "i", None),
    ("n_ij", "i", None),
    ("C_in", "n", None),
    ("i", "i", None),
]

#: A name, the place at which it stands, and how it is written in order.
PLACED: list[tuple[str, str | None, str | None]] = [
    ("n", None, None),
    ("n_1", None, "n_1"),
    ("n_L", "L", "n_L"),
    ("n_in", "in", "n_in"),
    ("n_L_minus_1", "L", "n_L_minus_1"),
    ("n_L_minus_i", "i", "n_L_minus_i"),
    ("n_L_minus_i_plus_1", "i", "n_L_plus_1_minus_i"),
    ("n_minus_i_plus_L'", "L", "n_L_minus_i'"),
    ("n_2_plus_1", None, "n_3"),
    ("n_1_minus_4", None, "n_minus_3"),
    ("n_4_minus_4", None, "n_0"),
    ("n_L_plus_L", "L", "n_L_plus_L"),
    ("n_L_plus_1_minus_1", None, "n_L"),
    ("n_minus_L", "L", "n_minus_L"),
]

#: A name, an index, where the index is put, how far from there, and the name of the term.
TERMS: list[tuple[str, str, str, int, str | None]] = [
    ("n_i", "i", "L", 0, "n_L"),
    ("n_i_minus_1", "i", "L", 1, "n_L"),
    ("n_i_minus_1", "i", "L", -1, "n_L_minus_2"),
    ("n_i_minus_1", "i", "3", 0, "n_2"),
    ("n_L_minus_i", "i", "L", 0, "n_0"),
    ("n_L_minus_i", "i", "L", -1, "n_1"),
    ("n_L_minus_i", "i", "2", 0, "n_L_minus_2"),
    ("n_L_minus_i", "L", "m", 1, "n_m_plus_1_minus_i"),
    ("n_i_plus_i", "i", "3", 1, "n_8"),
    ("n_j", "i", "L", 0, None),
    ("n", "i", "L", 0, None),
]

#: A name and an index: the name of the term there, what it is counted from, and which way.
COUNTED: list[tuple[str, str, tuple[str, str, int] | None]] = [
    ("n_L_minus_i", "i", ("n_i", "n_L", -1)),
    ("n_L_plus_1_minus_i'", "i", ("n_i'", "n_L_plus_1'", -1)),
    ("n_L_plus_i", "i", ("n_i", "n_L", 1)),
    ("n_minus_i", "i", ("n_i", "n_0", -1)),
    ("n_i_minus_1", "i", None),
    ("n_i", "i", None),
    ("n_i_plus_i_plus_L", "i", None),
    ("n_L", "i", None),
    ("n", "i", None),
]

ORDERED = [
    ("1_plus_i", "i_plus_1"),
    ("L_minus_i_plus_1", "L_plus_1_minus_i"),
    ("minus_1_plus_i", "i_minus_1"),
    ("minus_i_plus_L", "L_minus_i"),
    ("i_minus_1", "i_minus_1"),
    ("2_plus_1", "3"),
    ("3_minus_1", "2"),
    ("1_minus_1", "0"),
    ("1_minus_4", "1_minus_4"),
    ("i_plus_i", "i_plus_i"),
    ("C_in", "C_in"),
    ("in_plus", "in_plus"),
    ("i", "i"),
]


def terms_are_named_by_their_place() -> None:
    for name, index, expected in RUNNING:
        term = running(name, index)
        assert (term and (term.at("j"), term.at("4"))) == expected, (name, index, term)
        assert term is None or term.at(index) == name.replace("_minus_0", ""), name
    for name, where, written in PLACED:
        found, place = placed(name), place_of(name)
        assert (found and found[0]) == where, (name, found)
        assert (place and place.name) == written, (name, place)
    for name, index, to, shift, expected_name in TERMS:
        assert term_at(name, index, to, shift) == expected_name, (name, index, to, shift)
    for name, index, counted in COUNTED:
        own = counted_from(name, index)
        assert (own and (own[0], own[1].name, own[2])) == counted, (name, index, own)
    for subscript, expected_subscript in ORDERED:
        assert ordered(subscript) == expected_subscript, subscript


#: What becomes of a formula, and what is expected: nothing where a term has no name.
Moved = tuple[str, Callable[[Tree], Tree | None], str | None]
MOVED: list[Moved] = [
    ("i n_i + n_i_minus_1 + m_j", lambda t: reindexed(t, "i", "j"), "j·n_j + n_j_minus_1 + m_j"),
    ("sum(j=1..n_i, i n_j)", lambda t: reindexed(t, "i", "k"), "sum(j=1..n_k, k·n_j)"),
    ("sum(i=1..i, i n_i)", lambda t: reindexed(t, "i", "k"), "sum(i=1..k, i·n_i)"),
    ("i n_i + n_j", lambda t: at_place(t, "i", formula("3")), "3·n_3 + n_j"),
    ("i n_i", lambda t: at_place(t, "i", formula("L")), "L·n_L"),
    ("i n_i", lambda t: at_place(t, "i", formula("L"), -1), "(L − 1)·n_L_minus_1"),
    ("i n_i", lambda t: at_place(t, "i", formula("L + 1")), None),
    ("i + 1", lambda t: at_place(t, "i", formula("L + 1"), 2), "L + 4"),
    ("n_L_minus_i", lambda t: at_place(t, "i", formula("L"), -1), "n_1"),
    ("sum(j=1..i, n_i)", lambda t: at_place(t, "i", formula("3")), "sum(j=1..3, n_3)"),
    ("sum(i=1..i, n_i)", lambda t: at_place(t, "i", formula("3")), None),
    ("sum(j=1..i, j)", lambda t: at_place(t, "i", formula("3")), "sum(j=1..3, j)"),
]


def formulas_are_moved_to_another_place() -> None:
    for written, move, expected in MOVED:
        found = move(formula(written))
        assert (found and text(found)) == expected, (written, expected)


#: Sums, and the same with the terms in their place: counted from the index, or upwards.
IN_PLACE: list[tuple[Callable[[Series], Tree], str, str]] = [
    (from_the_index_on, "sum(i=1..L, n_i_minus_1)", "sum(i=0..L − 1, n_i)"),
    (
        from_the_index_on,
        "sum(i=1..L, i n_i_minus_1 n_i)",
        "sum(i=0..L − 1, (i + 1)·n_i·n_i_plus_1)",
    ),
    (from_the_index_on, "sum(i=1..L, n_i_plus_1)", "sum(i=2..L + 1, n_i)"),
    (
        from_the_index_on,
        "sum(i=2..L, n_i_plus_2 n_i_plus_1 - m_i_plus_3/i)",
        "sum(i=3..L + 1, n_i_plus_1·n_i − m_i_plus_2/(i − 1))",
    ),
    (from_the_index_on, "sum(i=1..L, i n_i)", "sum(i=1..L, i·n_i)"),
    (from_the_index_on, "sum(i=1..L, i)", "sum(i=1..L, i)"),
    (counted_up, "sum(i=1..L, n_L_minus_i)", "sum(i=L − L..L − 1, n_i)"),
    (counted_up, "sum(i=1..L, i n_L_minus_i)", "sum(i=L − L..L − 1, −(i − L)·n_i)"),
    (counted_up, "sum(i=1..L, n_L_plus_i)", "sum(i=L + 1..L + L, n_i)"),
    (counted_up, "sum(i=1..L, n_L_plus_L_plus_i)", "sum(i=2L + 1..2L + L, n_i)"),
    (counted_up, "2 sum(i=1..L, n_L_minus_i) + 1", "2·sum(i=L − L..L − 1, n_i) + 1"),
    (
        counted_up,
        "sum(i=0..L, n_L_plus_1_minus_i m_L_plus_1_minus_i)",
        "sum(i=1 + L − L..1 + L, n_i·m_i)",
    ),
    (
        counted_up,
        "sum(i=1..L, n_L_minus_i + n_i)",
        "sum(i=L − L..L − 1, n_i) + sum(i=1..L, n_i)",
    ),
    (counted_up, "sum(i=1..L, n_L_minus_i n_i)", "sum(i=1..L, n_L_minus_i·n_i)"),
    (counted_up, "sum(i=1..L, n_2_plus_i)", "sum(i=1..L, n_2_plus_i)"),
    (counted_up, "sum(i=1..L, i^2 + n_i)", "sum(i=1..L, i² + n_i)"),
    (
        counted_up,
        "sum(i=1..L, sum(j=1..K, n_L_minus_i m_K_minus_j))",
        "sum(i=L − L..L − 1, sum(j=K − K..K − 1, n_i·m_j))",
    ),
    (counted_up, "n_L_minus_i", "n_L_minus_i"),
]


def sums_are_counted_in_one_way() -> None:
    for move, written, expected in IN_PLACE:
        found = move(formula(written))  # type: ignore[arg-type]
        assert text(found) == expected, (written, text(found))
    for written, names in (
        ("sum(i=1..L, n_i m_i_minus_1 k)", {"n_i", "m_i_minus_1"}),
        ("sum(i=1..L, sum(j=1..n_i, m_j))", {"n_i", "m_j"}),
        ("sum(i=1..L, i n_j) + n_i", set()),
    ):
        assert indexed_names(formula(written)) == names, written
    inner = Series("#1", formula("1"), formula("L"), formula("M_i") * Symbol("M_#1"))
    outer = Series("#2", formula("1"), formula("L"), inner * Symbol("M_#2"))
    assert text(lettered(outer)) == "sum(n=1..L, sum(j=1..L, M_i·M_j)·M_n)"


#: A formula, what is put in for symbols, and the formula with it: an index is no symbol.
PUT = [
    ("sum(i=1..L, i n_i M)", "M = i", "sum(i'=1..L, i'·n_i'·i)"),
    ("sum(i=1..L, i n_i M)", "M = n_i", "sum(i'=1..L, i'·n_i'·n_i)"),
    ("sum(i=1..L, i n_i M)", "n_i = i + 2", "sum(i=1..L, i·(i + 2)·M)"),
    ("sum(i=1..L, n_i M) + n_i", "M = i, n_i = 2 i", "sum(i'=1..L, 2·i'·i) + 2i"),
    ("sum(i=1..L, n_i_minus_1 M)", "M = i", "sum(i'=1..L, n_i'_minus_1·i)"),
    ("sum(i=1..i, i M)", "i = k", "sum(i=1..k, iM)"),
    ("sum(i=M..N, i)", "M = N, N = M", "sum(i=N..M, i)"),
]


def an_index_is_no_symbol() -> None:
    for written, values, expected in PUT:
        trees = {str(symbol_names(c.left)[0]): c.right for c in conditions(values)}
        for put_in in (put, substitute):
            shown = text(put_in(formula(written), trees))
            assert shown == expected, (written, shown)


#: Formulas, conditions, values, and what is written out of both; nothing where it is refused.
WRITTEN: list[tuple[str, str, dict[str, int], str | None, str]] = [
    ("sum(l=1..L, n_l) + n_L", "L = 3", {}, "n_1 + n_2 + n_3 + n_3", "L = 3"),
    ("sum(l=1..L, n_l) + n_L", "", {"L": 2}, "n_1 + n_2 + n_2", "L = 2"),
    ("sum(l=1..L, n_l) + n_L_minus_1", "", {"L": 3}, "n_1 + n_2 + n_3 + n_2", "L = 3"),
    (
        "sum(l=1..3, l n_l_minus_1)",
        "n_l >= 2",
        {},
        "n_0 + 2·n_1 + 3·n_2",
        "n_0 >= 2, n_1 >= 2, n_2 >= 2",
    ),
    ("sum(l=1..2, n_l)", "n_l >= 2, n_1 = 5", {}, "n_1 + n_2", "n_1 >= 2, n_2 >= 2, n_1 = 5"),
    ("sum(l=1..2, n_l)", "n_j >= 2", {}, "n_1 + n_2", "n_1 >= 2, n_2 >= 2"),
    ("sum(l=1..2, n_l m_l)", "n_l <= m_l", {}, "n_1·m_1 + n_2·m_2", "n_1 <= m_1, n_2 <= m_2"),
    ("sum(l=1..2, n_l)", "n_l_minus_1 <= n_l", {}, "n_1 + n_2", "n_1 <= n_2"),
    ("sum(l=1..3, n_l)", "n_l <= l + 4", {}, "n_1 + n_2 + n_3", "n_1 <= 5, n_2 <= 6, n_3 <= 7"),
    ("sum(l=1..2, n_l)", "n_L >= 4, L = 2", {}, "n_1 + n_2", "n_2 >= 4, L = 2"),
    ("sum(l=1..2, n_l)", "m_l >= 4, M >= 2", {}, "n_1 + n_2", "m_l >= 4, M >= 2"),
    ("sum(l=1..2, sum(j=1..l, n_j))", "", {}, "n_1 + n_1 + n_2", ""),
    ("sum(l=0..1, n_l_minus_1)", "", {}, "n_minus_1 + n_0", ""),
    ("sum(l=3..2, n_l)", "", {}, "0", ""),
    ("floor(sum(l=1..2, n_l)/M)", "", {}, "⌊(n_1 + n_2)/M⌋", ""),
    # What is known too little of, too long or no sequence stays.
    ("sum(l=1..L, n_l)", "n_l >= 2", {}, "sum(l=1..L, n_l)", "n_l >= 2"),
    ("sum(l=1..L/2, n_l)", "", {"L": 3}, "sum(l=1..L/2, n_l)", "L = 3"),
    ("sum(l=1..65, n_l)", "", {}, "sum(l=1..65, n_l)", ""),
    ("sum(l=1..L, l)", "L = 2", {}, "sum(l=1..L, l)", "L = 2"),
    ("sum(l=1..2, n_l)", "l >= 4", {}, None, ""),
    ("sum(l=1..L, n_l)", "L >= 4", {"L": 2}, None, ""),
]


def sums_over_sequences_are_written_out() -> None:
    for written, where, numbers, expected, conditions_expected in WRITTEN:
        try:
            (found,), more = written_out((formula(written),), assume(conditions(where)), numbers)
        except ClosedformError:
            assert expected is None, (written, where)
            continue
        assert text(found) == expected, (written, text(found))
        listed = ", ".join(map(_condition, more.written))
        assert listed == conditions_expected, (written, listed)


#: Claims on sequences, conditions, and the first values at which they fail.
FAILING: list[tuple[str, str, dict[str, int] | None]] = [
    ("sum(l=1..L, n_l) = n_1", "", {"L": 2, "n_1": 1, "n_2": 1}),
    ("sum(l=1..L, n_l) = L", "", {"L": 1, "n_1": 2}),
    ("sum(l=1..L, n_l) >= n_L + 1", "", {"L": 1, "n_1": 1}),
    ("sum(l=1..L, n_l) >= n_L + 1", "L >= 2", None),
    ("sum(l=1..L, n_l) <= 4", "n_l <= 2", {"L": 3, "n_1": 1, "n_2": 2, "n_3": 2}),
    ("sum(l=1..L, n_l) = n_m", "m >= 2, m <= L", {"L": 2, "n_1": 1, "n_2": 1}),
    ("sum(l=1..3, n_l) = n_m", "m >= 2, m <= 3", {"n_1": 1, "n_2": 1, "n_3": 1}),
    ("sum(l=1..3, n_l) >= n_m", "m <= 3", None),
]


def claims_on_sequences_fail_where_it_is_said() -> None:
    for written, where, expected in FAILING:
        claim, assumptions = relation(written), assume(conditions(where))
        sides = (claim.left, claim.right)
        names = tuple(dict.fromkeys((*symbol_names(claim.left), *symbol_names(claim.right))))

        def fails(left: Tree, right: Tree, sign: str = claim.relation) -> object:
            return relation_fails(sign, left, right)

        found = search_few_terms(names, sides, assumptions, fails, nodes=20_000)  # type: ignore[arg-type]
        assert found.values == expected, (written, found)
        if expected is not None:
            assert found.sides is not None
            assert not any(map(indexed_names, found.sides)), found
        else:
            assert found.tried >= found.admissible >= found.told > 200, (written, found)


#: Claims on sequences that conditions define or bound, conditions, and what they come to.
BEFORE = "n_i_minus_1"
STATED: list[tuple[str, str, str]] = [
    ("n_L = 2^L", f"n_i = 2 {BEFORE}, n_0 = 1", "proven"),
    ("n_L = 2^L + 1", f"n_i = 2 {BEFORE}, n_0 = 1", "refuted"),
    ("n_L = k L + 1", f"n_i = {BEFORE} + k, n_0 = 1", "proven"),
    ("n_L = 3 2^L - 2", f"n_i = 2 {BEFORE} + 2, n_0 = 1", "proven"),
    ("n_L = 3 2^L - 1", f"n_i = 2 {BEFORE} + 2, n_0 = 1", "refuted"),
    ("n_L = n_0 + L(L+1)/2", f"n_i = {BEFORE} + i", "proven"),
    ("n_L = n_0 + L(L-1)/2", f"n_i = {BEFORE} + i", "refuted"),
    ("n_5 = 121", f"n_i = i {BEFORE}, n_0 = 1", "refuted"),
    ("n_5 = 120", f"n_i = i {BEFORE}, n_0 = 1", "proven"),
    ("n_4 = 2^10 n_0", f"n_i = 2^i {BEFORE}", "proven"),
    ("n_3 = 28", f"n_i = ceil({BEFORE}/2), n_0 = 224", "proven"),
    ("n_3 = 4", "n_i = 2 m_i_minus_1, m_i = i", "proven"),
    ("n_3 = 6", "n_i = 2 m_i_minus_1, m_i = i", "refuted"),
    ("r_L = 2 L + 1", "r_i = r_i_minus_1 + 2 s_i, s_i = 1, r_0 = 1", "proven"),
    ("sum(i=1..L, p_i) = c^2 L", "p_i = c_i_minus_1 c_i, c_i = c", "proven"),
    ("sum(i=1..L, p_i) = c^2 L + 1", "p_i = c_i_minus_1 c_i, c_i = c", "refuted"),
    ("n_L >= n_0 + L", f"n_i >= {BEFORE} + 1", "proven"),
    ("n_L >= n_0 + L + 1", f"n_i >= {BEFORE} + 1", "refuted"),
    ("n_L >= n_0 2^L", f"n_i >= 2 {BEFORE}", "proven"),
    ("n_L <= n_0", f"n_i <= {BEFORE}", "proven"),
    ("sum(i=1..L, n_i) <= 5 L", "n_l <= 5, l <= L", "proven"),
    ("sum(i=1..L, n_i) <= 5 L", "n_l <= 5, l >= 1", "proven"),
    ("sum(i=1..L, n_i) <= 5 L", "n_l <= 5, l >= 2", "refuted"),
    ("sum(i=0..L, n_i) >= L + 1", "n_l >= 1, l <= L", "proven"),
    ("sum(i=1..L, n_i) <= 5 L", "n_l <= 5, l < L", "refuted"),
    ("sum(i=1..L, n_i) <= 5 L", "n_l <= 5, 2 l <= L", "refuted"),
]


def claims_on_sequences_are_decided() -> None:
    for written, where, expected in STATED:
        claim = relation(written)
        decision = decide(claim.relation, *claim.sides, assume(conditions(where)))
        assert decision.verdict == expected, (written, where, decision)


def _condition(condition: Condition) -> str:
    return f"{text(condition.left)} {condition.relation} {text(condition.right)}"


LAWS: list[Callable[[], None]] = [
    terms_are_named_by_their_place,
    formulas_are_moved_to_another_place,
    sums_are_counted_in_one_way,
    an_index_is_no_symbol,
    sums_over_sequences_are_written_out,
    claims_on_sequences_fail_where_it_is_said,
    claims_on_sequences_are_decided,
]


def check() -> None:
    """Every law of sequences; the first one that does not hold raises."""
    for law in LAWS:
        law()
