"""The chain of a claim: members and relations, after the labels and without the prose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from closedform.errors import ParseError
from closedform.language.around.formal_labels import formal_names
from closedform.language.around.labels import (
    after_colon,
    after_mark,
    after_words,
    is_in_words,
    is_label,
    without_emphasis,
)
from closedform.language.around.prose import PROSE_MARKS, without_prose
from closedform.language.around.remarks import left_out, partners
from closedform.language.conditions import at_where, split_at_relations
from closedform.language.refusals import between_factors
from closedform.language.tokens import Scan, Token

#: Members of one chain: more is no hand derivation.
MEMBERS = 100
_ORDERS = frozenset({"O", "Theta", "Omega"})


@dataclass
class Piece:
    """The tokens of one member; ``order``: they stood in O( )."""

    tokens: Sequence[Token]
    order: bool = False


@dataclass
class Chain:
    """The members and relations of a chain; ``conditions`` are the tokens after ``where``.

    ``opening`` is the relation after the last label; ``notes`` say what was left out or guessed.
    """

    pieces: list[Piece]
    relations: list[str]
    opening: str
    conditions: list[Token]
    notes: list[str] = field(default_factory=list)


def read_chain(found: Scan, known: frozenset[str], *, quoted: bool) -> Chain:
    """The chain in a scanned text; only a ``quoted`` text, held against a target, has labels.

    Raises:
        ParseError: a member that is missing, or more than one chain in the text.
    """
    body, conditions = at_where(found.tokens)
    if not conditions and len(body) < len(found.tokens):
        item = found.tokens[len(body)]
        raise ParseError(
            found.text,
            item.start,
            item.end,
            "there is no condition after 'where'",
            "write an equation (N = M), a bound (k >= 2) or a divisibility (g | M)",
        )
    pieces, relations = split_at_relations(body)
    if len(pieces) > MEMBERS:
        item = pieces[MEMBERS][0] if pieces[MEMBERS] else found.tokens[-1]
        raise ParseError(
            found.text, item.start, item.end, f"a chain of more than {MEMBERS} members", "split it"
        )
    labels, notes = _labels(found, pieces, known) if quoted else (0, [])
    opening = relations[labels - 1] if labels else "="
    notes += formal_names(found, pieces[:labels])
    chain = Chain([], relations[labels:], opening, conditions, notes)
    _fill(chain, found, pieces[labels:], known, quoted=quoted)
    return chain


def _labels(found: Scan, pieces: list[list[Token]], known: frozenset[str]) -> tuple[int, list[str]]:
    """How many leading members name the result, and what of the next one is left out."""
    labels = 0
    notes: list[str] = []
    pieces[0] = after_colon(found, after_mark(found, pieces[0]), known)
    while labels < len(pieces) - 1:
        piece = pieces[labels]
        if (labels or piece) and not is_label(found, piece, known):
            if not is_in_words(found, piece, pieces[labels + 1 :], known):
                break
            notes += left_out(found, piece)
        labels += 1
        pieces[labels] = after_colon(found, pieces[labels], known)
    without_emphasis(found, pieces, labels)
    rest = after_words(found, pieces[labels], known)
    notes += left_out(found, pieces[labels][: len(pieces[labels]) - len(rest)])
    pieces[labels] = rest
    return labels, notes


def _fill(
    chain: Chain, found: Scan, pieces: list[list[Token]], known: frozenset[str], *, quoted: bool
) -> None:
    trimmed: list[list[Token]] = []
    ends = [piece[-1] for piece in pieces if piece]
    times = any(item.type == "TIMES" or item.value in ("x", "X") for item in ends)
    marked = times or any(item.type in PROSE_MARKS for item in found.tokens)
    if not found.words and not marked:
        trimmed, pieces = pieces, []
    for place, piece in enumerate(pieces):
        kept, notes = without_prose(found, piece, known, last=place == len(pieces) - 1)
        trimmed.append(kept)
        chain.notes += notes
    while quoted and pieces and len(trimmed) > 1 and not trimmed[-1] and pieces[-1]:
        trimmed.pop()
        chain.relations.pop()
    for place, kept in enumerate(trimmed):
        if not kept:
            raise _missing(found, pieces or trimmed, place)
        if pieces:
            between_factors(found, kept, more=place < len(trimmed) - 1)
        ordered = _in_order(found, kept, known) if quoted else None
        if ordered is not None:
            chain.notes.append(f"{kept[0]}( ) read as its inside")
        chain.pieces.append(Piece(ordered or kept, order=ordered is not None))


def _missing(found: Scan, pieces: list[list[Token]], place: int) -> ParseError:
    """An empty member: the caret stands at what is left of it, or at its relation."""
    piece = pieces[place]
    if piece:
        at = piece[0].start
    elif place:
        before = next((p[-1].end for p in reversed(pieces[:place]) if p), 0)
        at = next((t.start for t in found.tokens if t.start >= before), before)
    else:
        at = found.tokens[0].start if found.tokens else 0
    return ParseError(
        found.text,
        at,
        at + 1,
        "an expression is missing here",
        "write one on each side of a relation",
    )


def _in_order(
    found: Scan, tokens: Sequence[Token], known: frozenset[str]
) -> Sequence[Token] | None:
    """The inside of ``O(n^2 d)``, where that is the whole member and O no symbol of the target."""
    for place, (head, after) in enumerate(pairwise(tokens)):
        named = head.type == "NAME" and head.value in _ORDERS and head.value not in known
        if not (named or head.type == "ORDER") or after.type != "LPAR":
            continue
        if place == 0 and partners(tokens).get(1) == len(tokens) - 1:
            return tokens[2:-1]
        raise ParseError(
            found.text,
            head.start,
            after.end,
            "an order of growth beside other terms has no value",
            "write the formula without it, or bind the letter in the target",
        )
    return None
