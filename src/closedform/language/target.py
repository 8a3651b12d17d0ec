"""The target that a text is held against, read once for many claims."""

from __future__ import annotations

from functools import lru_cache

from closedform.algebra.assumptions import Condition
from closedform.language.claim import Member
from closedform.language.conditions import conditions_in, read_conditions
from closedform.language.cuts import at_where, with_where
from closedform.language.layers import Expand
from closedform.language.macros import written_out
from closedform.language.members import read_member
from closedform.language.numbers.scales import in_words
from closedform.language.refusals import check_formula
from closedform.language.scanning.scan import scan
from closedform.language.surroundings.chain import Piece
from closedform.language.surroundings.unknown_words import no_words
from closedform.language.tokens import BEGINS, Scan, Token
from closedform.language.vocabulary import RELATIONS
from closedform.records import replace

#: Relations that may stand before a target, and what they open.
_OPENING = {"ABOUT": RELATIONS["ABOUT"], "EQUALS": ""}


@lru_cache(maxsize=256)
def read_target(
    target: str | None,
    where: str | None,
    bound: frozenset[str],
    names: tuple[tuple[str, str], ...],
    expand: Expand,
) -> tuple[Member | None, str, tuple[Condition, ...]]:
    """The target, the ≈ before it, and the conditions of both, read once for many claims."""
    member: Member | None = None
    opening = ""
    conditions: list[Condition] = []
    if target is not None:
        scanned = scan(written_out(target), bound=bound, names=dict(names))
        symbols = frozenset(item.value for item in scanned.tokens if item.type == "NAME")
        body, after = at_where(with_where(scanned.tokens, symbols)[0])
        opening, body = _opened(scanned, body)
        if body:
            check_formula(scanned, body)
        body = in_words(scanned, body)
        member = replace(read_member(scanned, Piece(body), expand), unit=None)
        no_words(scanned, body, bound)
        conditions += conditions_in(scanned, after, expand)
    if where:
        conditions += read_conditions(where, expand=expand, bound=bound, names=dict(names))
    return member, opening, tuple(conditions)


def _opened(scanned: Scan, body: list[Token]) -> tuple[str, list[Token]]:
    """The ≈ before a target, and what is behind it; an ``is`` or = there says what is so anyway."""
    opening = ""
    said = scanned.words.get(body[0].start) if body else None
    if said and said.split and said.written.lower() == "is":
        rest = [item for item in body if item.start >= said.end]
        if rest and rest[0].type in {*BEGINS, *_OPENING}:
            body = rest
    if body[1:] and body[0].type in _OPENING:
        opening, body = _OPENING[body[0].type], body[1:]
    return opening, body
