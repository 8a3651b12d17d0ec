"""Claims: a chain of expressions and relations, with the conditions under which it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, lru_cache

from closedform.algebra.conditions import Condition
from closedform.algebra.tree import Number, Symbol, Tree, symbol_names
from closedform.errors import ParseError
from closedform.language.around.chain import Chain, Piece, read_chain
from closedform.language.around.rounding import Rounded, rounded_quantity, unit_of
from closedform.language.around.scales import scaled
from closedform.language.around.unknown_words import no_words
from closedform.language.conditions import (
    at_where,
    conditions_in,
    given,
    is_sentence,
    read_conditions,
)
from closedform.language.layers import Expand
from closedform.language.parser import parse_tokens
from closedform.language.refusals import no_formula
from closedform.language.scanning.scan import scan
from closedform.language.symbols import (
    aliases,
    bound_words,
    indexed_words,
    multiply_letters,
    rename,
)
from closedform.language.tokens import Scan
from closedform.language.vocabulary import SUFFIXES
from closedform.typeset.notation import SOURCE
from closedform.typeset.text import text as as_text

__all__ = ["Claim", "Member", "bound_words", "read_claim", "read_conditions"]

#: A split of words is shown with its signs: C·i·C·o.
_SIGNED = replace(SOURCE, product="dot")
_NO_RELATION = (
    "a claim needs a relation: = < <= > >= ≈",
    "write an equation such as params(conv) = k^2 M N (verify --is holds a formula against it)",
)


@dataclass(frozen=True)
class Member:
    """One expression of a chain; ``unit`` is the size of its last digit, for a plain number.

    ``suffixed``: a rounded quantity such as 569M. ``order``: it stood in O( ). ``asked`` is the
    tree as it was read, with its quantities, whose layers ask for ``divisions`` to be whole and of
    which the ``notes`` tell more.
    """

    tree: Tree
    written: str
    asked: Tree
    divisions: tuple[tuple[Tree, Tree], ...] = ()
    notes: tuple[str, ...] = ()
    unit: Fraction | None = None
    suffixed: bool = False
    order: bool = False


@dataclass(frozen=True)
class Claim:
    """A claim as read: ``members[i] relations[i] members[i + 1]`` under ``conditions``.

    ``target`` is what a quoted text is held against, and ``opening`` the relation between the two:
    the one after the last label (``FLOPs < 600M``), else ``=``. ``notes`` on how the text was read
    are there where words were split or a sign was guessed. ``growth``: a member stands in O( ).
    """

    text: str
    members: tuple[Member, ...]
    relations: tuple[str, ...]
    conditions: tuple[Condition, ...]
    target: Member | None = None
    notes: tuple[str, ...] | None = None
    opening: str = "="
    growth: bool = False

    @property
    def divisions(self) -> tuple[tuple[Tree, Tree], ...]:
        """The pairs (divisor, multiple) that the layers ask for."""
        sides = (self.target, *self.members) if self.target else self.members
        return tuple(dict.fromkeys(pair for member in sides for pair in member.divisions))

    @cached_property
    def read_as(self) -> str | None:
        """How the text was read, where it says something else than the text."""
        if self.notes is None:
            return None
        parts = [as_text(self.members[0].tree, _SIGNED)]
        for relation, member in zip(self.relations, self.members[1:], strict=True):
            parts += [relation, as_text(member.tree, _SIGNED)]
        return "; ".join([" ".join(parts), *dict.fromkeys(self.notes)])


def read_claim(
    text: str,
    *,
    expand: Expand,
    target: str | None = None,
    where: str | None = None,
    names: Mapping[str, str] | None = None,
) -> Claim:
    """Read a claim; with ``target``, read a quoted text and what it is held against.

    ``expand`` gives the formulas of the quantities in a tree of a text: what is a label and what a
    suffix depends on the symbols in them.

    >>> from closedform.language.layers import as_read
    >>> claim = read_claim("Para = k×k×M×N + N", target="k^2 M N + N", expand=as_read)
    >>> claim.members[0].written
    'k×k×M×N + N'

    Raises:
        ParseError: a text that cannot be read, with the place.
    """
    bound = bound_words(text, target or "", where or "", names or {})
    given_names = tuple(names.items()) if names else ()
    against, read = _against(target, where, bound, given_names, expand)
    conditions = [*read]
    known = frozenset((names or {}).values()) | _symbols(conditions)
    if against:
        known |= set(symbol_names(against.tree))
    found, notes = _scan(text, bound, known, names or {}, quoted=target is not None)
    values = {
        c.left.name: Fraction(c.right.value)
        for c in conditions
        if c.relation == "=" and isinstance(c.left, Symbol) and isinstance(c.right, Number)
    }
    chain = read_chain(found, known, quoted=target is not None, values=values)
    chain.notes += notes
    if chain.conditions and not (target is not None and is_sentence(chain.conditions)):
        conditions += conditions_in(found, chain.conditions, expand)
        known |= _symbols(conditions)
    members = _members(found, chain, against, known, given(conditions), expand)
    for member in (*([against] if against else []), *members):
        chain.notes += member.notes
    if target is None and len(chain.pieces) < 2:
        raise ParseError(text, 0, len(text), *_NO_RELATION)
    return Claim(
        text,
        members,
        tuple(chain.relations),
        tuple(conditions),
        against,
        _notes(found, chain, members),
        chain.opening,
        any(piece.order for piece in chain.pieces),
    )


@lru_cache(maxsize=256)
def _against(
    target: str | None,
    where: str | None,
    bound: frozenset[str],
    names: tuple[tuple[str, str], ...],
    expand: Expand,
) -> tuple[Member | None, tuple[Condition, ...]]:
    """The target and the conditions of both, read once: many claims are held against the same."""
    member: Member | None = None
    conditions: list[Condition] = []
    if target is not None:
        found = scan(target, bound=bound, names=dict(names))
        body, after = at_where(found.tokens)
        if body and found.layers.get(body[0].start) == found.excerpt(body):
            raise no_formula(found, body[0])
        member = replace(_member(found, Piece(body), expand), unit=None)
        conditions += conditions_in(found, after, expand)
    if where:
        conditions += read_conditions(where, expand=expand, bound=bound, names=dict(names))
    return member, tuple(conditions)


def _scan(
    text: str,
    bound: frozenset[str],
    known: frozenset[str],
    names: Mapping[str, str],
    *,
    quoted: bool,
) -> tuple[Scan, list[str]]:
    """The tokens of a text, and notes on words that spell a symbol: nobody means C·i·n by Cin."""
    other: dict[str, str] = {}
    if quoted:
        indexed = {w: s for w, s in indexed_words(text).items() if w not in bound | known}
        other = {**indexed, **aliases(text, known)}
    found = scan(text, bound=bound | (known & {"x", "X"}), names={**other, **names})
    if quoted:
        multiply_letters(found, known)
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
    given: frozenset[str],
    expand: Expand,
) -> tuple[Member, ...]:
    """The members of a chain.

    A number with a suffix (569M) is a rounded quantity where everything else is a pure number, the
    ``given`` symbols put in, or where it is the result of a formula without that symbol; elsewhere
    beside a formula with symbols the suffix is a symbol itself.
    """
    if target is None or not symbol_names(target.tree):
        for place, tokens in scaled(found, [p.tokens for p in chain.pieces], known).items():
            chain.pieces[place] = replace(chain.pieces[place], tokens=tokens)
            chain.notes.append("a letter behind a number as a power of ten")
    quantities = [rounded_quantity(found, piece.tokens, known) for piece in chain.pieces]
    plain = [
        None if quantity else _member(found, piece, expand)
        for piece, quantity in zip(chain.pieces, quantities, strict=True)
    ]
    trees = [member.tree for member in (*plain, target) if member]
    # Only suffixes and given sizes ask which symbols there are.
    matters = given or any(quantities)
    names = frozenset(n for tree in trees for n in symbol_names(tree)) if matters else frozenset()
    if names and names <= given:
        for piece in chain.pieces:
            _check_suffix(found, piece, known)
    numeric = any(quantities) and bool(trees) and names <= given
    members: list[Member] = []
    for piece, quantity, member in zip(chain.pieces, quantities, plain, strict=True):
        if quantity is not None and (numeric or (members and _is_result(piece, names))):
            members.append(_rounded(found, piece, quantity))
        else:
            members.append(member or _member(found, piece, expand))
    if found.words:
        read = [piece for piece, one in zip(chain.pieces, members, strict=True) if not one.suffixed]
        no_words(found, [item for piece in read for item in piece.tokens], known)
    return tuple(members)


def _check_suffix(found: Scan, piece: Piece, known: frozenset[str]) -> None:
    """Refuse ``0.07M`` among numbers where M is a size too: 0.07 million, or 0.07 times M."""
    tokens = piece.tokens
    kinds = [item.type for item in tokens]
    if kinds != ["NUMBER", "NAME"] or tokens[1].value not in known & SUFFIXES.keys():
        return
    raise ParseError(
        found.text,
        tokens[0].start,
        tokens[1].end,
        f"{tokens[1]} is a symbol here, and a suffix for {SUFFIXES[tokens[1].value]:,}",
        f"write the number out, or {tokens[0]} * {tokens[1]} for the product",
    )


def _is_result(piece: Piece, names: frozenset[str]) -> bool:
    """``= 85M`` with two digits or a point, where M stands nowhere else."""
    letters = {item.value for item in piece.tokens if item.type == "NAME"}
    return len(piece.tokens[0].value) > 1 and not letters & names


def _member(found: Scan, piece: Piece, expand: Expand) -> Member:
    asked = parse_tokens(found, piece.tokens)
    tree, divisions, notes = expand(asked, found.text)
    written, unit = found.excerpt(piece.tokens), unit_of(tuple(piece.tokens))
    return Member(tree, written, asked, divisions, notes, unit, order=piece.order)


def _rounded(found: Scan, piece: Piece, quantity: Rounded) -> Member:
    written = found.excerpt(piece.tokens)
    tree = Number(quantity.value, written)
    return Member(tree, written, tree, unit=quantity.unit, suffixed=True)


def _notes(found: Scan, chain: Chain, members: tuple[Member, ...]) -> tuple[str, ...] | None:
    """What is told of the reading; None where the text says it all."""
    first = chain.pieces[0].tokens[0].start
    split = any(at >= first and word.split for at, word in found.words.items())
    told = split or found.notes or chain.notes or any(member.suffixed for member in members)
    return tuple(chain.notes) if told else None
