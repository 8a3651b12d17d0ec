"""Conditions: ``N = M, g | M, 0 < alpha <= 1``, after ``where``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from fractions import Fraction
from itertools import pairwise, product
from typing import TYPE_CHECKING

from closedform.algebra.assumptions import Condition
from closedform.algebra.exact import known_value
from closedform.algebra.sequences.indexed import place_of, placed
from closedform.algebra.sequences.terms import at_place, stems_of
from closedform.algebra.tree import Number, Symbol, Tree, symbol_names
from closedform.errors import ClosedformError
from closedform.language.ambiguous import two_readings
from closedform.language.cuts import FORMS, SILENT, at_modulus, at_where, split_at_relations
from closedform.language.layers import Expand
from closedform.language.numbers.scales import scale_at
from closedform.language.parser import parse_tokens
from closedform.language.refusals import between_factors
from closedform.language.scanning.numerals import read_value
from closedform.language.scanning.scan import scan
from closedform.language.shorthands import remainder
from closedform.language.sizes import two_sizes
from closedform.language.surroundings.remarks import single_symbols
from closedform.language.surroundings.unknown_words import no_words
from closedform.language.tokens import ENDS, WORDS, Scan, Token, outside, trimmed
from closedform.language.vocabulary import RELATIONS
from closedform.later import Later, regex
from closedform.records import replace

if TYPE_CHECKING:
    from closedform.algebra.normal_form import quick
else:  # few conditions give a term of a sequence beside all of them
    quick = Later("closedform.algebra.normal_form.quick")

#: A term at a multiple of a place: n_{2i}.
_MULTIPLE = regex(r"(.+)_[0-9]+([a-z])")
#: More conditions than a claim can need.
CONDITIONS = 100
_TOO_MANY = (f"more than {CONDITIONS} conditions", "leave out those that the claim does not need")
#: Letters behind a number that are a scale rather than a size of a layer.
_NO_SIZES = frozenset("BGT")
#: Signs of which one alone may stand in a remainder.
_NO_PARTS = frozenset({"PLUS", "MINUS", "MOD"})


def read_conditions(
    text: str,
    *,
    expand: Expand,
    bound: frozenset[str] = frozenset(),
    names: Mapping[str, str] | None = None,
) -> list[Condition]:
    """The conditions in a text such as ``N = M, g | M, 0 < alpha <= 1``.

    ``expand`` gives the formulas of the quantities in a tree of a text.

    Raises:
        ParseError: what is no equation, bound or divisibility, with the place.
    """
    scanned = scan(text, bound=bound, names=names)
    tokens = scanned.tokens
    if tokens and tokens[0].type == "WHERE":
        tokens = tokens[1:]
    return conditions_in(scanned, tokens, expand)


def conditions_in(scanned: Scan, tokens: Sequence[Token], expand: Expand) -> list[Condition]:
    """The conditions that a run of tokens makes.

    Raises:
        ParseError: what is no condition, or a word in one that would be a product of its letters.
    """
    known = single_symbols(scanned, scanned.tokens) if scanned.words else frozenset()

    def read(piece: Sequence[Token]) -> Tree:
        no_words(scanned, piece, known)
        return expand(parse_tokens(scanned, piece), scanned.text).tree

    conditions: list[Condition] = []
    for part in _each_alone(scanned, _parts(tokens)):
        *_, name, size = ["", "", *scanned.excerpt(part).split("=")]
        if no_size := two_sizes(name.strip(), size):
            raise scanned.error(part, *no_size)
        conditions += _condition(scanned, part, read)
        if len(conditions) > CONDITIONS:
            raise scanned.error(part, *_TOO_MANY)
    return conditions


def _each_alone(scanned: Scan, parts: Sequence[list[Token]]) -> Iterator[list[Token]]:
    """The conditions with those on several symbols one by one: k, M >= 2 is of k and of M."""
    listed: list[Token] = []
    for part in parts:
        if [item.type for item in part] == ["NAME"]:
            listed += part
            continue
        if listed and (part[0].type != "NAME" or part[1].type not in RELATIONS):
            break
        yield from ([name, *part[1:]] for name in listed)
        yield part
        listed = []
    if listed:
        raise scanned.error(listed, "this is no condition", FORMS)


def said_in(scanned: Scan, expand: Expand) -> list[Condition]:
    """The conditions after ``where`` in a whole text; none where they cannot be read, as yet."""
    with suppress(ClosedformError):
        return conditions_in(scanned, at_where(scanned.tokens)[1], expand)
    return []


def check_terms(conditions: Sequence[Condition], sides: Sequence[Tree]) -> None:
    """Refuse ``n_0 = 3, n_i = n`` of a sum over n_i, which may or may not speak of n_0 too.

    Raises:
        ClosedformError: a term has a value of its own beside that of every term; or its place is
            counted otherwise, n_{2i} where n_i = 2i.
    """
    equal = [
        (c.left.name, c.right)
        for c in conditions
        if c.relation == "=" and isinstance(c.left, Symbol) and "_" in c.left.name
    ]
    terms = {stem for stem, _ in stems_of(sides)} if len(equal) > 1 else frozenset[str]()
    free = frozenset(symbol_names(*sides))
    multiples = [name for name in free if _MULTIPLE.fullmatch(name)]  # few have any
    for multiple, name in product(multiples, (name for name, _ in equal)):
        if _MULTIPLE.sub(r"\1_\2", multiple) == name:
            problem = f"{multiple} stands at a multiple of the place of {name}, which is not read"
            raise ClosedformError(problem, "write the value that it has there")
    for name, every in equal if terms else ():
        index, term = placed(name) or ("", None)
        stem = name.partition("_")[0] + "_"
        again = any(other.startswith(stem) for other in symbol_names(every))
        if term is None or term.stem not in terms or term.shift or index in free or again:
            continue
        for other, own in equal:
            place = place_of(other)
            if place is None or place.symbols or f"{place.stem}_" != stem:
                continue
            there = at_place(every, index, Number(place.number))
            if there is None or not quick.surely_equal(there, own):
                problem = f"{name} stands for {other} too, which has a value of its own"
                hint = f"write its value for {other}, and the sum from the next term on"
                raise ClosedformError(problem, hint)


def given(conditions: Sequence[Condition]) -> dict[str, Fraction]:
    """The symbols whose numbers the conditions give: ``d = 768, f = 4d`` gives both."""
    equations = [
        (condition.left.name, condition.right)
        for condition in conditions
        if condition.relation == "=" and isinstance(condition.left, Symbol)
    ]
    numbers: dict[str, Fraction] = {}
    for _ in equations:
        for name, tree in equations:
            if name not in numbers and (number := known_value(tree, numbers)) is not None:
                numbers[name] = number
    return numbers


def _parts(tokens: Sequence[Token]) -> list[list[Token]]:
    ends = [-1, *(at for at, item in outside(tokens) if _parts_conditions(item)), len(tokens)]
    parts = (trimmed(tokens[first + 1 : last], SILENT) for first, last in pairwise(ends))
    return [*filter(None, parts)]


def _parts_conditions(item: Token) -> bool:
    joins = item.type in WORDS and item.value.strip(" ,").lower() == "and"
    return joins or item.type == "COMMA" or item.value in (";", "；")


def _condition(
    scanned: Scan, tokens: list[Token], read: Callable[[Sequence[Token]], Tree]
) -> list[Condition]:
    bars = [place for place, item in enumerate(tokens) if item.type == "BAR"]
    if len(bars) == 1:
        left = read(tokens[: bars[0]])
        return [Condition("|", left, read(tokens[bars[0] + 1 :]))]
    tokens, modulus = at_modulus(tokens)
    pieces, relations = split_at_relations(tokens)
    if relations == ["="] and [item.value for item in pieces[1]] == ["0"]:
        above, below = (pieces[0], modulus) if modulus else _divided(pieces[0])
        if below:  # What leaves no remainder is divided.
            return [Condition("|", read(below), read(above))]
    if (said := scanned.words.get(tokens[0].start)) and said.written.lower() == "not":
        problem = "a condition says what holds, not what does not"
        hint = "write the opposite: M >= 2 for not M < 2"
        raise scanned.error([said], problem, hint)
    if not relations or "≈" in relations:
        raise scanned.error(tokens, "this is no condition", FORMS)
    if len(relations) > CONDITIONS:
        raise scanned.error(tokens, *_TOO_MANY)
    _check_commas(scanned, pieces)
    for piece in pieces:
        between_factors(scanned, piece, more=True)
        if not piece:
            raise scanned.error(tokens, "one side of this condition is missing", FORMS)
    _check_function(scanned, pieces[0])
    trees = [read(_scaled(scanned, piece)) for piece in pieces]
    if modulus:
        trees = [remainder(tree, read(modulus)) for tree in trees]
    return [
        Condition(relation, left, right)
        for relation, left, right in zip(relations, trees, trees[1:], strict=False)
    ]


def _check_function(scanned: Scan, side: Sequence[Token]) -> None:
    """Refuse ``where P(k) = k^2 M N``: P is defined as a function, or times k."""
    name, *rest = side
    inside = [item.type for item in rest[1:-1:2]]
    named = name.type == "NAME" and rest and rest[0].type == "LPAR" and rest[0].start == name.end
    if named and rest[-1].type == "RPAR" and {*inside} == {"NAME"} and len(rest) % 2:
        problem = "a function of its own, or a product?"
        hint = "write its formula where it is applied, or * for a product"
        raise scanned.error([name, rest[-1]], problem, hint)


def _scaled(scanned: Scan, piece: list[Token]) -> list[Token]:
    """A side that is a number and its scale: N = 7 billion.

    Raises:
        ParseError: 7B, which is seven billion or seven times B.
    """
    scale = scale_at(scanned, piece, 1, frozenset()) if piece[0].type == "NUMBER" else None
    if scale is None or scale.end < len(piece):
        return piece
    number, last = piece[0], piece[-1]
    if scale.certain:
        value = read_value(number.value) * scale.worth
        return [replace(number, value=str(value), end=last.end)] if value == int(value) else piece
    if last.value in _NO_SIZES and number.end == last.start:
        raise two_readings(scanned, piece)
    return piece


def _divided(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """The two sides of ``a mod b``, where that is the whole."""
    signs = [(item.type, at) for at, item in outside(tokens) if item.type in _NO_PARTS]
    if [kind for kind, _ in signs] != ["MOD"]:
        return tokens, []
    return tokens[: signs[0][1]], tokens[signs[0][1] + 1 :]


def _check_commas(scanned: Scan, pieces: Sequence[Sequence[Token]]) -> None:
    """Refuse ``k = 3 M = 4``, which would be a chain: k = 3M = 4."""
    for before, piece in pairwise(pieces[:-1]):
        if len(piece) < 2 or not before or before[-1].type != "NAME":
            continue
        last, rest = piece[-1], piece[-2]
        apart = scanned.text[rest.end : last.start].isspace()
        if last.type == "NAME" and rest.type in ENDS and apart:
            problem = f"a comma is missing before {last}, or a sign"
            hint = "write commas between conditions: k = 3, M = 4"
            if rest.type == "WORD":
                problem = f"{rest.value!r} stands inside a condition"
                hint = "write one that holds for all terms, and commas between them"
            raise scanned.error([last], problem, hint)
