"""Claims: a chain of expressions and relations, with the conditions under which it is made."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from closedform.algebra.assumptions import Condition
from closedform.algebra.tree import symbol_names
from closedform.errors import ClosedformError, ParseError
from closedform.language.claim import Claim, Limit, Member
from closedform.language.conditions import (
    check_terms,
    conditions_in,
    given,
    read_conditions,
    said_in,
)
from closedform.language.layers import Expand
from closedform.language.letters import given_sizes, named_sizes, sizes_of_target
from closedform.language.macros import written_out
from closedform.language.members import Members
from closedform.language.numbers.memory import (
    check_bits,
    check_counted,
    check_memory,
    counts_bytes,
    name_bytes,
)
from closedform.language.parser import parse_tokens
from closedform.language.refusals import check_exclaimed
from closedform.language.scanning.scan import scan
from closedform.language.spelled import in_signs
from closedform.language.surroundings.approximations import cut_limit, read_limit, weaken
from closedform.language.surroundings.asides import partners
from closedform.language.surroundings.chain import Chain, read_chain
from closedform.language.symbols import (
    aliases,
    bound_words,
    indexed_words,
    multiply_letters,
    name_symbols,
    rename,
    unused,
)
from closedform.language.target import read_target
from closedform.language.tokens import Scan
from closedform.language.unseen import check_signs
from closedform.language.vocabulary import RELATIONS
from closedform.later import Later, regex
from closedform.records import replace

if TYPE_CHECKING:
    from closedform.language.statements import another_formula, stated
else:  # a whole claim has no target, and most have no condition
    another_formula = Later("closedform.language.statements.another_formula")
    stated = Later("closedform.language.statements.stated")

__all__ = ["Claim", "Limit", "Member", "bound_words", "read_claim", "read_conditions"]

#: A number and its letter, 8192 (T), whose value the claim's own conditions may give.
_LETTERED = regex(r"[0-9]\s*[(（]\s*[A-Za-z]|[A-Za-z]\s*[(（]\s*[0-9]")
#: Without one of these tokens a text has no relation, read or refused.
_RELATED = RELATIONS.keys() | {"UNREAD"}
_NO_RELATION = (
    "a claim needs a relation: = < <= > >= ≈",
    "write an equation such as params(conv) = k^2 M N (verify --is holds a formula against it)",
)
#: Why a limit is not taken.
_NO_LIMIT = (
    "a limit says in which sense formulas are ≈, and there is no ≈ here",
    "leave the limit out, or write ≈ for =",
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
    delimiters of TeX. ``expand`` gives the formulas of the quantities in a tree: what is a label
    and what a suffix depends on the symbols in them.

    >>> from closedform.language.layers import as_read
    >>> read_claim("Para = k×k×M×N", target="k^2 M N", expand=as_read).members[0].written
    'k×k×M×N'

    Raises:
        ParseError: a text that cannot be read, with the place.
    """
    typed, text = text, written_out(text)
    text, spelled = in_signs(text)
    said, more = in_signs(f"where {where}") if where else ("", [])
    where = said if more else where
    text, written = cut_limit(text)
    if not written and where:
        where, written = cut_limit(where)
    claim = _read_claim(text, expand, target, where, names or {}, tex=tex)
    if told := [*spelled, *more]:
        claim = replace(claim, notes=(*(claim.notes or ()), *told))
    if written is None:
        return claim if text == typed else replace(claim, text=typed)
    if "≈" not in (claim.opening, *claim.relations):
        raise ParseError(typed, 0, len(typed), *_NO_LIMIT)
    bound = bound_words(text, target or "", where or "", names or {})
    return replace(claim, text=typed, limit=read_limit(typed, written, bound, names))


def check_beside(
    said: str, text: str, target: str, names: Mapping[str, str], where: str | None, expand: Expand
) -> None:
    r"""Refuse what is ``said`` beside a formula, \0 there, and states another than its target.

    Raises:
        ParseError: with the place.
    """
    bound = bound_words(text, target, where or "", names)
    against, *_ = read_target(target, where, bound, tuple(names.items()), expand)
    if against:
        stated.check_beside(said, against, expand)


def _read_claim(
    text: str,
    expand: Expand,
    target: str | None,
    where: str | None,
    names: Mapping[str, str],
    *,
    tex: bool,
) -> Claim:
    """A claim without a limit, its abbreviations written out."""
    check_bits(text, target or "")
    bound = bound_words(text, target or "", where or "", names)
    against, opening, read = read_target(target, where, bound, tuple(names.items()), expand)
    conditions = [*read]
    known = frozenset(names.values()) | _symbols(conditions)
    if against:
        known |= against.names
    scanned, notes = _scan(text, bound, known, names, against, tex=tex)
    notes += stated.without_statements(scanned, against, expand) if against else []
    if names:
        notes += unused(names, name_symbols(scanned, names), text, target or "", where or "")
    if target is None:
        _check_whole(scanned)
    valued = conditions
    if "WHERE" in scanned.kinds and _LETTERED.search(text):
        valued = conditions + said_in(scanned, expand)
    bound = known if against or not scanned.has_words else known | _of_layers(scanned, expand)
    fixed = _symbols([c for c in conditions if c.relation == "="])
    chain = read_chain(scanned, bound, fixed, given_sizes(against), against, given(valued))
    chain.notes += notes
    if not chain.plain:
        weaken(scanned, chain, quoted=target is not None)
    chain.opening = opening or chain.opening
    if chain.conditions:
        conditions += conditions_in(scanned, chain.conditions, expand)
        known |= _symbols(conditions)
    conditions = named_sizes(chain, partial(_sizes, against, scanned, expand), conditions)
    if against:
        conditions += sizes_of_target(scanned, chain, against, _symbols(conditions))
    members = Members(scanned, against, known, given(conditions), expand).read(chain)
    sides = (against, *members) if against else members
    if conditions:
        texts = text, target or "", where or ""
        check_terms(conditions, [side.tree for side in sides])
        chain.notes += another_formula.check_sizes(texts, sides, conditions, expand)
    chain.notes += [note for side in sides for note in side.notes]
    if not chain.plain:
        _check_words(scanned, chain, against, members, expand)
    if target is None and len(chain.pieces) < 2:  # a relation in brackets, or after where
        raise ParseError(text, 0, len(text), *_NO_RELATION)
    return Claim(
        text,
        members,
        tuple(chain.relations),
        tuple(conditions),
        against,
        _notes(scanned, chain, members),
        chain.opening,
        _grows(chain, members, against),
    )


def _check_whole(scan: Scan) -> None:
    """Refuse a claim without a target that has no relation, or two units of operations."""
    if scan.has_words:
        check_counted(scan.text)
    if _RELATED.isdisjoint(scan.kinds):
        raise ParseError(scan.text, 0, len(scan.text), *_NO_RELATION)


def _check_words(
    scan: Scan, chain: Chain, target: Member | None, members: tuple[Member, ...], expand: Expand
) -> None:
    """Hold what is said beside the formulas to what they are of, and note it."""
    sides = (target, *members) if target else members
    check_memory(scan.text, [side.asked for side in sides], chain.notes)
    rounded = any(member.suffixed for member in members)
    if target:
        kept = chain.tokens
        chain.notes += stated.check_stated(scan, kept, target, expand, rounded=rounded)
    elif chain.notes or rounded:
        stated.check_units(scan, chain, members, expand)


def _grows(chain: Chain, members: tuple[Member, ...], target: Member | None) -> bool:
    """Whether O( ) compares growth; between numbers it compares the numbers, save in O(1)."""
    orders = [[item.value for item in piece.tokens] for piece in chain.pieces if piece.order]
    if not orders or ["1"] in orders:
        return bool(orders)
    trees = [member.tree for member in (*members, target) if member]
    return any(symbol_names(tree) for tree in trees)


def _scan(
    text: str,
    bound: frozenset[str],
    known: frozenset[str],
    names: Mapping[str, str],
    against: Member | None,
    *,
    tex: bool,
) -> tuple[Scan, list[str]]:
    """The tokens of a text, and notes on words that spell a symbol: nobody means C·i·n by Cin.

    ``against``: what the text is held against.
    """
    check_signs(text)
    other: dict[str, str] = {}
    if against:
        indexed = {w: s for w, s in indexed_words(text).items() if w not in bound | known}
        other = {**indexed, **aliases(text, known)}
    scanned = scan(text, bound=bound | (known & {"x", "X"}), names={**other, **names}, tex=tex)
    multiply_letters(scanned, known)
    if against:
        other |= rename(scanned.tokens, known)
        if counts_bytes(against.written):
            name_bytes(scanned, known)
        check_exclaimed(scanned, tex=tex)
    notes = [f"{word} as {symbol}" for word, symbol in other.items()]
    return scanned, notes


def _symbols(conditions: list[Condition]) -> frozenset[str]:
    return frozenset(name for condition in conditions for name in condition.names)


def _sizes(against: Member | None, scanned: Scan, expand: Expand) -> frozenset[str]:
    """The sizes that a condition may speak of: those of the target, or of the layers in a claim."""
    return against.names if against else _of_layers(scanned, expand)


def _of_layers(scanned: Scan, expand: Expand) -> frozenset[str]:
    """Symbols of the layers in a text, whose words may speak of them: n(MN + N), for k = 3."""
    if "QUANTITY" not in scanned.kinds:
        return frozenset()
    closed = partners(scanned.tokens)
    names: set[str] = set()
    for place, item in enumerate(scanned.tokens):
        if item.type == "QUANTITY" and place + 1 in closed:
            with suppress(ClosedformError):  # which is raised where the member is read
                asked = parse_tokens(scanned, scanned.tokens[place : closed[place + 1] + 1])
                names.update(symbol_names(expand(asked, scanned.text).tree))
    return frozenset(names)


def _notes(scanned: Scan, chain: Chain, members: tuple[Member, ...]) -> tuple[str, ...] | None:
    """What is told of the reading; None where the text says it all."""
    first = chain.pieces[0].tokens[0].start
    words = scanned.words
    split = words and any(at >= first and word.split for at, word in words.items())
    told = split or scanned.notes or chain.notes or any(member.suffixed for member in members)
    return (*scanned.notes, *chain.notes) if told else None
