"""Claims: a chain of expressions and relations, with the conditions under which it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from closedform.algebra.conditions import Condition
from closedform.algebra.tree import Number, Symbol, Tree, symbol_names
from closedform.errors import ParseError
from closedform.language.chain import Chain, Piece, read_chain
from closedform.language.conditions import at_where, conditions_in, is_sentence, read_conditions
from closedform.language.parser import Parsed, parse_tokens
from closedform.language.rounding import Rounded, rounded_quantity, unit_of, with_scales
from closedform.language.scan import scan
from closedform.language.symbols import bound_words, multiply_letters
from closedform.language.tokens import Scan, Token
from closedform.typeset.text import text as as_text

__all__ = ["Claim", "Member", "bound_words", "read_claim", "read_conditions"]


@dataclass(frozen=True)
class Member:
    """One expression of a chain; ``unit`` is the size of its last digit, for a plain number.

    ``suffixed``: a rounded quantity such as 569M. ``order``: it stood in O( ). ``source`` is where
    it was read: a diagnosis reads it again, to see the layers in it.
    """

    tree: Tree
    written: str
    unit: Fraction | None = None
    suffixed: bool = False
    source: tuple[Scan, tuple[Token, ...]] | None = field(default=None, compare=False, repr=False)
    order: bool = False


@dataclass(frozen=True)
class Claim:
    """A claim as read: ``members[i] relations[i] members[i + 1]`` under ``conditions``.

    ``target`` is what a quoted text is held against, and ``opening`` the relation between the two:
    the one after the last label (``FLOPs < 600M``), else ``=``. ``read_as`` says how the text was
    read, where words were split or a sign was guessed. ``growth``: a member stands in O( ).
    """

    text: str
    members: tuple[Member, ...]
    relations: tuple[str, ...]
    conditions: tuple[Condition, ...]
    divisions: tuple[tuple[Tree, Tree], ...]
    target: Member | None = None
    read_as: str | None = None
    opening: str = "="
    growth: bool = False


def read_claim(
    text: str,
    *,
    target: str | None = None,
    where: str | None = None,
    names: Mapping[str, str] | None = None,
) -> Claim:
    """Read a claim; with ``target``, read a quoted text and what it is held against.

    >>> claim = read_claim("Para = k×k×M×N + N", target="params(conv(bias))")
    >>> claim.members[0].written
    'k×k×M×N + N'

    Raises:
        ParseError: a text that cannot be read, with the place.
    """
    bound = bound_words(text, target or "", where or "", names or {})
    conditions: list[Condition] = []
    divisions: list[tuple[Tree, Tree]] = []
    against: Member | None = None
    known = frozenset((names or {}).values())
    if target is not None:
        found = scan(target, bound=bound, names=names)
        body, after = at_where(found.tokens)
        parsed = parse_tokens(found, body)
        against = replace(_member(found, Piece(body), parsed), unit=None)
        divisions += parsed.divisions
        known |= set(symbol_names(parsed.tree))
        conditions += conditions_in(found, after)
    if where:
        conditions += read_conditions(where, bound=bound, names=names)
    known |= _symbols(conditions)
    found = scan(text, bound=bound | (known & {"x", "X"}), names=names)
    if target is not None:
        multiply_letters(found, known)
    chain = read_chain(found, known, quoted=target is not None)
    if chain.conditions and not (target is not None and is_sentence(chain.conditions)):
        conditions += conditions_in(found, chain.conditions)
    members, asked = _members(found, chain, against, known, conditions)
    if target is None and len(chain.pieces) < 2:
        raise ParseError(
            text,
            0,
            len(text),
            "a claim needs a relation: = < <= > >= ≈",
            "write an equation such as params(conv) = k^2 M N, or hold the formula against "
            "a target with --is",
        )
    return Claim(
        text,
        members,
        tuple(chain.relations),
        tuple(conditions),
        tuple(dict.fromkeys([*divisions, *asked])),
        against,
        _read_as(found, chain, members),
        chain.opening,
        any(piece.order for piece in chain.pieces),
    )


def _symbols(conditions: list[Condition]) -> frozenset[str]:
    sides = [side for condition in conditions for side in (condition.left, condition.right)]
    return frozenset(name for side in sides for name in symbol_names(side))


def _members(
    found: Scan,
    chain: Chain,
    target: Member | None,
    known: frozenset[str],
    conditions: list[Condition],
) -> tuple[tuple[Member, ...], list[tuple[Tree, Tree]]]:
    """The members of a chain, and what their layers ask for.

    A number with a suffix (569M) is a rounded quantity where everything else is a pure number, or
    one by the conditions; beside a formula with symbols the suffix is a symbol itself.
    """
    if target is None or not symbol_names(target.tree):
        _scale_numbers(found, chain, known)
    quantities = [rounded_quantity(found, piece.tokens, known) for piece in chain.pieces]
    parsed: list[Parsed | None] = [
        None if quantity else parse_tokens(found, piece.tokens)
        for piece, quantity in zip(chain.pieces, quantities, strict=True)
    ]
    numeric = any(quantities) and _is_numeric(
        [one.tree for one in parsed if one], target, _fixed(conditions)
    )
    members: list[Member] = []
    divisions: list[tuple[Tree, Tree]] = []
    for piece, quantity, one in zip(chain.pieces, quantities, parsed, strict=True):
        if quantity is not None and numeric:
            members.append(_rounded(found, piece, quantity))
            continue
        expression = one or parse_tokens(found, piece.tokens)
        divisions += expression.divisions
        members.append(_member(found, piece, expression))
    return tuple(members), divisions


def _scale_numbers(found: Scan, chain: Chain, known: frozenset[str]) -> None:
    r"""Put in what suffixes are worth, where no other names stand: ``20\cdot 70\,\text{B}``."""
    scaled = [with_scales(found, piece.tokens, known) for piece in chain.pieces]
    for place, (piece, tokens) in enumerate(zip(chain.pieces, scaled, strict=True)):
        if tokens is None or None in scaled:
            return
        if len(tokens) > len(piece.tokens) and not rounded_quantity(found, piece.tokens, known):
            chain.pieces[place] = replace(piece, tokens=tokens)
            chain.notes.append("a letter behind a number as a power of ten")


def _is_numeric(trees: list[Tree], target: Member | None, fixed: frozenset[str]) -> bool:
    """Whether a suffix stands among pure numbers: everything else that is known is one."""
    others = [*trees, target.tree] if target else trees
    return bool(others) and all(set(symbol_names(tree)) <= fixed for tree in others)


def _fixed(conditions: list[Condition]) -> frozenset[str]:
    """The symbols whose numbers the conditions give: ``d = 768, f = 4d`` gives both."""
    given = [
        (condition.left.name, frozenset(symbol_names(condition.right)))
        for condition in conditions
        if condition.relation == "=" and isinstance(condition.left, Symbol)
    ]
    fixed: set[str] = set()
    for _ in range(4):  # Longer chains of conditions in the wrong order are nobody's.
        fixed |= {name for name, needed in given if needed <= fixed}
    return frozenset(fixed)


def _member(found: Scan, piece: Piece, parsed: Parsed) -> Member:
    tokens = tuple(piece.tokens)
    unit = unit_of(tokens)
    return Member(
        parsed.tree, _written(found, piece), unit, source=(found, tokens), order=piece.order
    )


def _rounded(found: Scan, piece: Piece, quantity: Rounded) -> Member:
    written = _written(found, piece)
    tree = Number(quantity.value, written)
    return Member(tree, written, quantity.unit, suffixed=True, source=(found, tuple(piece.tokens)))


def _written(found: Scan, piece: Piece) -> str:
    return found.excerpt(piece.tokens)


def _read_as(found: Scan, chain: Chain, members: tuple[Member, ...]) -> str | None:
    first = chain.pieces[0].tokens[0].start
    split = any(at >= first and word.split for at, word in found.words.items())
    notes = list(chain.notes)
    if not split and not found.notes and not notes and not any(m.suffixed for m in members):
        return None
    parts = [as_text(members[0].tree)]
    for relation, member in zip(chain.relations, members[1:], strict=True):
        parts += [relation, as_text(member.tree)]
    return "; ".join([" ".join(parts), *dict.fromkeys(notes)])
