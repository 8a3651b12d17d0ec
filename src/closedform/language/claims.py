"""Claims: a chain of expressions and relations, with the conditions under which it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from closedform.algebra.conditions import Condition
from closedform.algebra.tree import Number, symbol_names
from closedform.errors import ParseError
from closedform.language.around.chain import Chain, Piece, read_chain
from closedform.language.around.rounding import (
    agree,
    amount_of,
    check_suffix,
    chosen,
    converted,
    in_bytes,
    is_no_product,
    rounded_quantity,
    two_readings,
    unit_of,
)
from closedform.language.around.scales import in_words, put_in
from closedform.language.around.units import check_bits, counted_otherwise, speaks_of_bytes
from closedform.language.around.unknown_words import no_words
from closedform.language.claim import Claim, Member
from closedform.language.conditions import (
    conditions_in,
    given,
    read_conditions,
    said_in,
)
from closedform.language.cuts import at_where, with_where
from closedform.language.layers import Expand, as_read
from closedform.language.macros import written_out
from closedform.language.parser import parse_tokens
from closedform.language.refusals import check_formula
from closedform.language.scanning.scan import scan
from closedform.language.shorthands import remainder
from closedform.language.symbols import (
    aliases,
    bound_words,
    indexed_words,
    multiply_letters,
    name_symbols,
    rename,
    unused,
)
from closedform.language.tokens import Scan
from closedform.language.vocabulary import RELATIONS
from closedform.later import regex

__all__ = ["Claim", "Member", "bound_words", "read_claim", "read_conditions"]

#: A number and its letter, 8192 (T), whose value the claim's own conditions may give.
_LETTERED = regex(r"[0-9]\s*[(（]\s*[A-Za-z]|[A-Za-z]\s*[(（]\s*[0-9]")
_NO_RELATION = (
    "a claim needs a relation: = < <= > >= ≈",
    "write an equation such as params(conv) = k^2 M N (verify --is holds a formula against it)",
)


def read_claim(
    text: str,
    *,
    expand: Expand,
    target: str | None = None,
    where: str | None = None,
    names: Mapping[str, str] | None = None,
    tex: bool = False,
) -> Claim:
    """Read a claim; with ``target``, read a quoted text and what it is held against.

    A target that begins with ≈ is one that the text rounds. ``tex``: the text stood between the
    delimiters of TeX.

    ``expand`` gives the formulas of the quantities in a tree of a text: what is a label and what a
    suffix depends on the symbols in them.

    >>> from closedform.language.layers import as_read
    >>> claim = read_claim("Para = k×k×M×N + N", target="k^2 M N + N", expand=as_read)
    >>> claim.members[0].written
    'k×k×M×N + N'

    Raises:
        ParseError: a text that cannot be read, with the place.
    """
    typed, text = text, written_out(text)
    check_bits(text)
    bound = bound_words(text, target or "", where or "", names or {})
    given_names = tuple(names.items()) if names else ()
    against, opening, read = _against(target, where, bound, given_names, expand)
    conditions = [*read]
    known = frozenset((names or {}).values()) | _symbols(conditions)
    if against:
        known |= set(symbol_names(against.tree))
    found, notes = _scan(text, bound, known, names or {}, quoted=target is not None, tex=tex)
    notes += unused(names or {}, name_symbols(found, names or {}), text, target or "", where or "")
    stated = conditions + (said_in(found, expand) if _LETTERED.search(text) else [])
    chain = read_chain(found, known, quoted=target is not None, values=given(stated))
    chain.notes += notes
    chain.opening = opening or chain.opening
    if chain.conditions:
        conditions += conditions_in(found, chain.conditions, expand)
        known |= _symbols(conditions)
    members = _members(found, chain, against, known, given(conditions), expand)
    for member in (*([against] if against else []), *members):
        chain.notes += member.notes
    if against:
        chain.notes += counted_otherwise(text, against.asked)
    if target is None and len(chain.pieces) < 2:
        raise ParseError(text, 0, len(text), *_NO_RELATION)
    return Claim(
        typed,
        members,
        tuple(chain.relations),
        tuple(conditions),
        against,
        _notes(found, chain, members),
        chain.opening,
        _grows(chain, members, against),
    )


def _grows(chain: Chain, members: tuple[Member, ...], target: Member | None) -> bool:
    """Whether O( ) compares growth; between numbers it compares the numbers."""
    if not any(piece.order for piece in chain.pieces):
        return False
    trees = [member.tree for member in (*members, target) if member]
    return any(symbol_names(tree) for tree in trees)


@lru_cache(maxsize=256)
def _against(
    target: str | None,
    where: str | None,
    bound: frozenset[str],
    names: tuple[tuple[str, str], ...],
    expand: Expand,
) -> tuple[Member | None, str, tuple[Condition, ...]]:
    """The target, the ≈ before it and the conditions of both, read once for many claims."""
    member: Member | None = None
    opening = ""
    conditions: list[Condition] = []
    if target is not None:
        found = scan(written_out(target), bound=bound, names=dict(names))
        symbols = frozenset(item.value for item in found.tokens if item.type == "NAME")
        body, after = at_where(with_where(found.tokens, symbols)[0])
        if body[1:] and body[0].type == "ABOUT":
            opening, body = RELATIONS["ABOUT"], body[1:]
        if body:
            check_formula(found, body)
        body = in_words(found, body)
        member = replace(_member(found, Piece(body), expand), unit=None)
        no_words(found, body, bound)
        conditions += conditions_in(found, after, expand)
    if where:
        conditions += read_conditions(where, expand=expand, bound=bound, names=dict(names))
    return member, opening, tuple(conditions)


def _scan(
    text: str,
    bound: frozenset[str],
    known: frozenset[str],
    names: Mapping[str, str],
    *,
    quoted: bool,
    tex: bool,
) -> tuple[Scan, list[str]]:
    """The tokens of a text, and notes on words that spell a symbol: nobody means C·i·n by Cin."""
    other: dict[str, str] = {}
    if quoted:
        indexed = {w: s for w, s in indexed_words(text).items() if w not in bound | known}
        other = {**indexed, **aliases(text, known)}
    found = scan(text, bound=bound | (known & {"x", "X"}), names={**other, **names}, tex=tex)
    multiply_letters(found, known)
    if quoted:
        other |= rename(found.tokens, known)
    return found, [f"{word} as {symbol}" for word, symbol in other.items()]


def _symbols(conditions: list[Condition]) -> frozenset[str]:
    sides = [side for condition in conditions for side in (condition.left, condition.right)]
    return frozenset(name for side in sides for name in symbol_names(side))


def _members(
    found: Scan,
    chain: Chain,
    target: Member | None,
    known: frozenset[str],
    values: Mapping[str, Fraction],
    expand: Expand,
) -> tuple[Member, ...]:
    """The members of a chain, in the first reading of its scales that holds, or the first one."""
    if target is not None and symbol_names(target.tree):
        return _rounded(found, chain, target, known, values, expand)
    costs = "QUANTITY" in [item.type for item in found.tokens]
    equated = not costs and (target is not None or {*chain.relations} <= {"=", "≈"})
    options = [*put_in(found, [p.tokens for p in chain.pieces], known, equated=equated)]
    if options == [({}, "")]:
        return _rounded(found, chain, target, known, values, expand)
    readings: list[tuple[Chain, tuple[Member, ...]]] = []
    for changed, note in options:
        pieces = [replace(p, tokens=changed.get(i, p.tokens)) for i, p in enumerate(chain.pieces)]
        read = replace(chain, pieces=pieces, notes=[*chain.notes, *([note] if changed else [])])
        members = _rounded(found, read, target, known, values, expand)
        sides = [*([target] if target else []), *members]
        holds = len(options) == 1 or agree(sides, values)
        readings.insert(0 if holds else len(readings), (read, members))
        if holds:
            break
    read, members = readings[0]
    chain.pieces, chain.notes = read.pieces, read.notes
    return members


def _rounded(
    found: Scan,
    chain: Chain,
    target: Member | None,
    known: frozenset[str],
    values: Mapping[str, Fraction],
    expand: Expand,
) -> tuple[Member, ...]:
    """The members of a chain, rounded quantities among them.

    A number with a suffix (569M) is a rounded quantity where everything else is a pure number, the
    given ``values`` put in, or where it is the result of a formula without that symbol; elsewhere
    beside a formula with symbols the suffix is a symbol itself.
    """
    rounded = [rounded_quantity(found, piece.tokens, known) for piece in chain.pieces]
    if any(quantity and quantity.other for quantity in rounded) and speaks_of_bytes(found.text):
        rounded = [in_bytes(quantity) for quantity in rounded]
    plain = [
        None if quantity else _member(found, piece, expand)
        for piece, quantity in zip(chain.pieces, rounded, strict=True)
    ]
    trees = [member.tree for member in (*plain, target) if member]
    if "=" in chain.relations and speaks_of_bytes(found.text):
        amounts = [amount_of(q or m, values) for q, m in zip(rounded, plain, strict=True)]
        starts = [piece.tokens[0].start for piece in chain.pieces]
        equal = [relation == "=" for relation in chain.relations]
        rounded = converted(found, starts, equal, rounded, amounts)
    # Only suffixes and given sizes ask which symbols there are.
    matters = values or any(rounded)
    names = frozenset(n for tree in trees for n in symbol_names(tree)) if matters else frozenset()
    if names and names <= values.keys():
        for piece in chain.pieces:
            check_suffix(found, piece.tokens, known)
    numeric = any(rounded) and names <= values.keys()
    products = all(quantity is None or quantity.letter for quantity in rounded)
    if numeric and products and target is None and not {*chain.relations} <= {"=", "≈"}:
        raise two_readings(found, chain.pieces[[*map(bool, rounded)].index(True)].tokens)
    numeric = numeric and (bool(trees) or not products)
    members: list[Member] = []
    for place, (piece, quantity, member) in enumerate(
        zip(chain.pieces, rounded, plain, strict=True)
    ):
        if quantity is not None and (
            numeric or is_no_product(quantity, piece.tokens, names, last=bool(members))
        ):
            relations = [chain.opening, *chain.relations, ""][place : place + 2]
            read = chosen(quantity, trees, values, coarse="≈" in relations)
            chain.notes += [read.note] if read.note else []
            written = found.excerpt(piece.tokens)
            tree = Number(read.value, written)
            members.append(
                Member(tree, written, tree, unit=read.unit, suffixed=True, cut=quantity.cut)
            )
        else:
            members.append(member or _member(found, piece, expand))
    if found.words:
        parts = [p for p, one in zip(chain.pieces, members, strict=True) if not one.suffixed]
        no_words(found, [item for piece in parts for item in piece.tokens], known)
    return tuple(members)


def _member(found: Scan, piece: Piece, expand: Expand) -> Member:
    asked = parse_tokens(found, piece.tokens)
    costs = "QUANTITY" in [item.type for item in piece.tokens]
    tree, divisions, notes = expand(asked, found.text) if costs else as_read(asked, found.text)
    if piece.modulus:
        tree = remainder(tree, expand(parse_tokens(found, piece.modulus), found.text).tree)
    written, unit = found.excerpt(piece.tokens), unit_of(tuple(piece.tokens))
    rest = expand(parse_tokens(found, piece.rest), found.text).tree if piece.rest else None
    return Member(tree, written, asked, divisions, notes, unit, order=piece.order, rest=rest)


def _notes(found: Scan, chain: Chain, members: tuple[Member, ...]) -> tuple[str, ...] | None:
    """What is told of the reading; None where the text says it all."""
    first = chain.pieces[0].tokens[0].start
    split = any(at >= first and word.split for at, word in found.words.items())
    told = split or found.notes or chain.notes or any(member.suffixed for member in members)
    return (*found.notes, *chain.notes) if told else None
