"""The chain of a claim: members and relations, after the labels and without the remarks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from fractions import Fraction
from itertools import chain, pairwise

from closedform.algebra.condition import EXCHANGED
from closedform.algebra.tree import Number
from closedform.errors import ParseError
from closedform.language import vocabulary as v
from closedform.language.claim import Member
from closedform.language.cuts import (
    FORMS,
    at_modulus,
    at_where,
    is_sentence,
    split_at_relations,
    with_where,
)
from closedform.language.refusals import between_factors
from closedform.language.surroundings.asides import partners
from closedform.language.surroundings.defined import defined
from closedform.language.surroundings.errors import goes_on
from closedform.language.surroundings.labels import check_words, labels_of, result_named_last
from closedform.language.surroundings.plain import plain_pieces
from closedform.language.surroundings.relation_signs import with_relations
from closedform.language.surroundings.remarks import Reader, has_aside, has_marks, sentence
from closedform.language.tokens import ENDS, WORDS, Scan, Token
from closedform.records import entity, replace

#: Members of one chain: more is no hand derivation.
MEMBERS = 100


@entity
class Piece:
    """The tokens of one member; ``order``: the O that they stood in. ``rest``: + O( ) behind.

    ``modulus``: what it is taken by in a congruence.
    """

    tokens: Sequence[Token]
    order: str = ""
    rest: Sequence[Token] = ()
    modulus: Sequence[Token] = ()


@entity
class Chain:
    """The members and relations of a chain; ``conditions`` are the tokens after ``where``.

    ``opening`` is the relation after the last label; ``notes`` say what was left out or guessed.
    ``values`` are those of all tokens of the text: what stands nowhere is not looked for.
    ``plain``: nothing stands beside the formulas.
    """

    pieces: list[Piece]
    relations: list[str]
    opening: str
    conditions: list[Token]
    notes: list[str]
    values: Set[str]
    plain: bool = False

    @property
    def tokens(self) -> list[Token]:
        """The tokens of the members and conditions, without what was left out between them."""
        parts = ((*piece.tokens, *piece.rest, *piece.modulus) for piece in self.pieces)
        return [*chain(*parts), *self.conditions]


def read_chain(
    scan: Scan,
    known: frozenset[str],
    equated: frozenset[str],
    sizes: Mapping[str, Number],
    target: Member | None,
    values: Mapping[str, Fraction],
) -> Chain:
    """The chain in a scanned text; only a text that is held against a ``target`` has labels.

    ``known``: symbols of the target and the conditions, ``equated``: those of equations,
    ``values``: those with a number; ``sizes``: what the target's layers give to others.

    Raises:
        ParseError: a member that is missing, or more than one chain in the text.
    """
    quoted = target is not None
    # Before a relation in a quoted text may stand the name of a result.
    if plain := plain_pieces(scan, at_most=1 if quoted else MEMBERS):
        pieces, relations, symbols = plain
        chain = Chain([*map(Piece, pieces)], relations, "=", [], [], symbols, plain=True)
    else:
        every = {**{name: Fraction(size.value) for name, size in sizes.items()}, **values}
        chain = _chain_in_words(scan, known, sizes.keys(), every, quoted=quoted)
    equal = {*chain.relations} <= {"=", "≈"} and not any(piece.order for piece in chain.pieces)
    if len(chain.pieces) > 2 - quoted and equal:
        members = [piece.tokens for piece in chain.pieces]
        more = defined(scan, members, chain.conditions, known, equated, target)
        del chain.pieces[: more.names], chain.relations[: more.names]
        chain.conditions += more.conditions
        chain.notes += more.notes
    return chain


def _chain_in_words(
    scan: Scan,
    known: frozenset[str],
    sizes: Set[str],
    values: Mapping[str, Fraction],
    *,
    quoted: bool,
) -> Chain:
    """The chain in a text that may hold more than formulas."""
    tokens, notes = with_relations(scan, known if quoted else None)
    if quoted:
        _counted(scan, tokens)
    if not WORDS.isdisjoint(scan.kinds):
        tokens, more = with_where(tokens, known)
        notes += more
        scan.kinds.update(["WHERE"] if more else [])
    conditions: list[Token]
    modulus: list[Token]
    body, conditions = at_where(tokens) if "WHERE" in scan.kinds else (tokens, [])
    if not conditions and len(body) < len(tokens):
        item = tokens[len(body)]
        raise scan.error([item], "there is no condition after 'where'", FORMS)
    body, modulus = at_modulus(body) if "MOD" in scan.kinds else (body, [])
    pieces, relations = split_at_relations(body)
    if len(pieces) > MEMBERS:
        item = pieces[MEMBERS][0] if pieces[MEMBERS] else scan.tokens[-1]
        raise scan.error([item], f"a chain of more than {MEMBERS} members", "split it")
    labels, more = labels_of(scan, pieces, known | sizes) if quoted else (0, [])
    notes += more
    if quoted and conditions and is_sentence(conditions):
        notes.append(sentence(scan, conditions))
        conditions = []
    if labels > 1 and not pieces[0] and relations[0] not in ("=", "≈"):
        raise goes_on(scan, tokens[0])  # < params = k^2 M N
    opening = relations[labels - 1] if labels else "="
    pieces, relations = pieces[labels:], relations[labels:]
    if quoted and result_named_last(scan, pieces, known | sizes):
        opening = _named_last(scan, pieces, relations, opening)
        notes.append(f"{scan.excerpt(pieces.pop())} as the name of the result")
    chain = Chain([], relations, opening, conditions, notes, {item.value for item in tokens})
    _fill(chain, pieces, Reader(scan, known, values, quoted))
    if modulus:
        chain.pieces = [replace(piece, modulus=modulus) for piece in chain.pieces]
    return chain


def _named_last(scan: Scan, pieces: list[list[Token]], relations: list[str], opening: str) -> str:
    """The relation of the result to the formula that stands before its name; it is taken away.

    Raises:
        ParseError: another one stands before the first member, to which the target is held:
            ``params ≈ k^2 M N < P``, ``0 < k^2 M N = P``.
    """
    last = relations.pop()
    last = EXCHANGED.get(last, last)  # k^2 < P says that P > k^2
    if ("=" not in (opening, last) and opening != last) or {*relations} - {"=", "≈"}:
        raise goes_on(scan, pieces[-1][0])
    return last if opening == "=" else opening


def _fill(chain: Chain, pieces: list[list[Token]], reader: Reader) -> None:
    scan = reader.scan
    members: list[list[Token]] = []
    ends = [piece[-1] for piece in pieces if piece]
    times = any(item.type == "TIMES" or item.value in ("x", "X") for item in ends)
    marks = has_marks(scan, pieces)
    remarks = scan.words or times or marks or has_aside(scan.tokens)
    for place, piece in enumerate(pieces if remarks else []):
        read = reader.member(piece, last=place == len(pieces) - 1)
        members.append(read.kept)
        chain.notes += read.notes
        chain.conditions += read.conditions
    members = members or pieces
    orders = not v.GROWTHS.isdisjoint(chain.values)
    while reader.quoted and remarks and len(members) > 1 and not members[-1] and pieces[-1]:
        members.pop()
        chain.relations.pop()
    for place, kept in enumerate(members):
        if not kept:
            raise _missing(scan, pieces, place)
        if marks:
            between_factors(scan, kept, more=place < len(members) - 1)
        if reader.quoted and scan.words:
            check_words(scan, kept, reader.known)
        chain.pieces += _ordered(chain, reader, kept) if orders else [Piece(kept)]


def _missing(scan: Scan, pieces: list[list[Token]], place: int) -> ParseError:
    """An empty member: the caret stands at what is left of it, or at its relation."""
    before = next((p[-1].end for p in reversed(pieces[:place]) if p), 0)
    at = next((t.start for t in (*pieces[place], *scan.tokens) if t.start >= before), before)
    problem, hint = "an expression is missing here", "write one on each side of a relation"
    return ParseError(scan.text, at, at + 1, problem, hint)


def _ordered(chain: Chain, reader: Reader, tokens: Sequence[Token]) -> list[Piece]:
    """The member, its inside where it is ``O(n^2 d)``, and two members for ``n^2 + O(n)``."""
    for place in [place for place, item in enumerate(tokens[:-1]) if item.value in v.GROWTHS]:
        head, after = tokens[place : place + 2]
        if after.type != "LPAR" or not _is_order(reader, head):
            continue
        ends = partners(tokens).get(place + 1) == len(tokens) - 1
        if place == 0 and ends:
            chain.notes.append(f"{head}( ) read as its inside")
            return [Piece(tokens[2:-1], order=head.value)]
        if place > 1 and ends and tokens[place - 1].type == "PLUS":
            written = reader.scan.excerpt(tokens[place:])
            chain.notes.append(f"{written} as what may be left")
            return [Piece(tokens[: place - 1], rest=tokens[place + 2 : -1])]
        hint = "write the formula without it, or bind the letter in the target"
        raise reader.scan.error(
            [head, after], "an order of growth beside other terms has no value", hint
        )
    return [Piece(tokens)]


def _is_order(reader: Reader, head: Token) -> bool:
    """Whether a letter is an order of growth: no symbol of the target.

    Raises:
        ParseError: o( ), which says that a quotient vanishes.
    """
    if head.type == "ORDER":
        return True
    scan = reader.scan
    if head.type != "NAME" or head.value in reader.known:
        return False
    if head.value in ("o", "omega") and _is_applied(scan, head.value):
        says = "goes to zero" if head.value == "o" else "grows without bound"
        problem = f"{head.value}( ) says that a quotient {says}, which is not decided here"
        raise scan.error([head], problem, "write O( ), or * for a factor")
    return head.value in v.ORDERS and (reader.quoted or _is_applied(scan, head.value))


def _is_applied(scan: Scan, letter: str) -> bool:
    """Whether a letter only ever stands before a bracket that touches it: O(n), and no O I."""
    pairs = pairwise([*scan.tokens, Token("END", "", 0, 0)])
    behind = [(a, b) for a, b in pairs if a.type == "NAME" and a.value == letter]
    return all(b.type == "LPAR" and a.end == b.start < b.end for a, b in behind)


def _counted(scan: Scan, tokens: list[Token]) -> None:
    """Take a quantity behind a factor for its unit, where a remark follows: k² params (bias)."""
    for place in range(1, len(tokens) - 2) if "QUANTITY" in scan.kinds else ():
        item, opening, first = tokens[place : place + 3]
        if item.type != "QUANTITY" or tokens[place - 1].type not in ENDS:
            continue
        if opening.start > item.end or first.type in ("UNREAD", "WORD"):
            tokens[place] = replace(item, type="WORD", value=scan.excerpt([item]))
            scan.kinds.add("WORD")
