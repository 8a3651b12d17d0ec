"""Claims: a chain of expressions and relations, with the conditions under which it is made."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from lark import Token

from closedform.algebra.conditions import Condition
from closedform.algebra.tree import Number, Tree, symbol_names
from closedform.errors import ParseError
from closedform.language import vocabulary as v
from closedform.language.parser import Parsed, parse_tokens, read_number
from closedform.language.prose import is_label, without_prose
from closedform.language.scan import scan
from closedform.language.tokens import CLOSERS, OPENERS, Scan, end, start
from closedform.typeset.text import text as as_text


@dataclass(frozen=True)
class Member:
    """One expression of a chain; ``unit`` is the size of its last digit, for a plain number.

    ``source`` is where it was read: a diagnosis reads it again, to see the layers in it.
    """

    tree: Tree
    written: str
    unit: Fraction | None = None
    suffixed: bool = False
    source: tuple[Scan, tuple[Token, ...]] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Claim:
    """A claim as read: ``members[i] relations[i] members[i + 1]`` under ``conditions``.

    ``target`` is what a quoted text is held against. ``read_as`` says how the text was read, where
    words were split or a sign was guessed.
    """

    text: str
    members: tuple[Member, ...]
    relations: tuple[str, ...]
    conditions: tuple[Condition, ...]
    divisions: tuple[tuple[Tree, Tree], ...]
    target: Member | None = None
    read_as: str | None = None


def read_claim(
    text: str,
    *,
    target: str | None = None,
    where: str | None = None,
    names: Mapping[str, str] | None = None,
) -> Claim:
    """Read a claim; with ``target``, read a quoted text and what it is held against.

    Raises:
        ParseError: a text that cannot be read, with the place.
    """
    names = dict(names or {})
    bound = bound_words([text, target or "", where or ""], names)
    conditions: list[Condition] = []
    divisions: list[tuple[Tree, Tree]] = []
    against: Member | None = None
    known: frozenset[str] = frozenset(symbol for symbol in names.values())
    if target is not None:
        head, _, tail = _split_where(target)
        found = scan(head, bound=bound, names=names)
        parsed = parse_tokens(found, found.tokens)
        against = Member(parsed.tree, head.strip(), source=(found, tuple(found.tokens)))
        divisions += parsed.divisions
        known |= set(symbol_names(parsed.tree))
        conditions += read_conditions(tail, bound=bound, names=names) if tail else []
    if where:
        conditions += read_conditions(where, bound=bound, names=names)
    found = scan(text, bound=bound, names=names)
    body, after = _at_where(found.tokens)
    if after:
        conditions += _conditions(found, after)
    for condition in conditions:
        known |= {*symbol_names(condition.left), *symbol_names(condition.right)}
    members, relations, parts = _chain(found, body, known, quoted=target is not None)
    divisions += [pair for part in parts for pair in part.divisions]
    if target is None and len(members) < 2:
        raise ParseError(
            text, 0, len(text), "a claim needs a relation: = < <= > >= ≈",
            "write an equation such as params(conv) = k^2 M N, or hold the formula against a target "
            "with --is",
        )
    return Claim(
        text,
        tuple(members),
        tuple(relations),
        tuple(conditions),
        tuple(dict.fromkeys(divisions)),
        against,
        _read_as(found, members, relations),
    )


def read_conditions(
    text: str, *, bound: frozenset[str] = frozenset(), names: Mapping[str, str] | None = None
) -> list[Condition]:
    """The conditions in a text such as ``N = M, g | M, 0 < alpha <= 1``."""
    found = scan(text, bound=bound, names=names)
    tokens = found.tokens
    if tokens and tokens[0].type == "WHERE":
        tokens = tokens[1:]
    return _conditions(found, tokens)


def bound_words(texts: Sequence[str], names: Mapping[str, str]) -> frozenset[str]:
    """Words that are one symbol: sizes of layers and sides of conditions that are a word alone.

    A word all of whose letters also stand alone is a product after all (``MN`` beside M and N).
    """
    text, target, where = texts
    candidates = {name for name in names.values() if len(name) > 1}
    for part in (text, target):
        candidates |= set(re.findall(r"[A-Za-z]\s*=\s*([A-Za-z][A-Za-z]+\d*)\s*(?=[,)])", part))
    conditions = where + "," + _split_where(target)[2] + "," + _split_where(text)[2]
    for side in re.split(r"[,=<>|]+", conditions):
        if re.fullmatch(r"\s*[A-Za-z][A-Za-z]+\d*\s*", side):
            candidates.add(side.strip())
    candidates -= {"true", "false", *v.GREEK_NAMES}
    keys = re.compile(r"[A-Za-z]+\s*=(?!=)")
    words = re.findall(r"(?<![\\A-Za-z_])[A-Za-z]+(?![A-Za-z_])", " ".join((text, keys.sub(" ", target), where)))
    singles = {letter for word in words if word not in candidates and len(word) <= 4 for letter in word}
    return frozenset(w for w in candidates if not set(re.findall("[A-Za-z]", w)) <= singles)


# -- chains
# ------------------------------------------------------------------------------------------


def _chain(
    found: Scan, tokens: Sequence[Token], known: frozenset[str], *, quoted: bool
) -> tuple[list[Member], list[str], list[Parsed]]:
    pieces, relations = _split(tokens)
    if quoted:
        pieces[0] = _after_colon(found, pieces[0], known)
        while len(pieces) > 1 and is_label(found, pieces[0], known):
            pieces.pop(0)
            relations.pop(0)
            pieces[0] = _after_colon(found, pieces[0], known)
    members: list[Member] = []
    parts: list[Parsed] = []
    trimmed = [without_prose(found, piece, known) for piece in pieces]
    while quoted and len(trimmed) > 1 and not trimmed[-1]:
        trimmed.pop()
        relations.pop()
    for place, piece in enumerate(trimmed):
        if not piece:
            at = start(pieces[place][0]) if pieces[place] else len(found.text)
            raise ParseError(
                found.text, at, at + 1, "an expression is missing here",
                "write one on each side of a relation",
            )
        parts.append(parse_tokens(found, piece))
        members.append(_member(found, piece, parts[-1].tree))
    return _rounded(found, members, trimmed, known), relations, parts


def _split(tokens: Sequence[Token]) -> tuple[list[list[Token]], list[str]]:
    """Cut at the relations outside all brackets."""
    pieces: list[list[Token]] = [[]]
    relations: list[str] = []
    depth = 0
    for item in tokens:
        depth += (item.type in OPENERS) - (item.type in CLOSERS)
        if depth == 0 and item.type in v.RELATIONS:
            relations.append(v.RELATIONS[item.type])
            pieces.append([])
        else:
            pieces[-1].append(item)
    return pieces, relations


def _after_colon(found: Scan, tokens: list[Token], known: frozenset[str]) -> list[Token]:
    """What follows ``参数量:`` or ``Params:``."""
    for place, item in enumerate(tokens):
        if item.type == "COLON" and place:
            return tokens[place + 1 :] if is_label(found, tokens[:place], known) else tokens
        if item.type in OPENERS:
            break
    return tokens


def _member(found: Scan, tokens: Sequence[Token], tree: Tree) -> Member:
    written = found.text[start(tokens[0]) : end(tokens[-1])]
    number = [t for t in tokens if t.type == "NUMBER"]
    plain = len(number) == 1 and all(t.type in ("NUMBER", "MINUS", "GAP") for t in tokens)
    unit = _unit(str(number[0])) if plain else None
    return Member(tree, written, unit, source=(found, tuple(tokens)))


def _unit(written: str) -> Fraction:
    """What one step of the last digit is worth; zeros at the end of a whole number stand for nothing."""
    mantissa, _, exponent = written.rstrip("%").lower().partition("e")
    scale = Fraction(10) ** int(exponent or 0) / (100 if written.endswith("%") else 1)
    if "." in mantissa:
        return Fraction(1, 10 ** len(mantissa.partition(".")[2])) * scale
    stripped = mantissa.rstrip("0")
    return Fraction(10) ** (len(mantissa) - len(stripped) if stripped else 0) * scale


def _rounded(
    found: Scan,
    members: list[Member],
    pieces: Sequence[Sequence[Token]],
    known: frozenset[str],
) -> list[Member]:
    """Read ``569M`` as a rounded number where every other member is a number."""
    result = list(members)
    for place, piece in enumerate(pieces):
        kinds = [t.type for t in piece if t.type != "GAP"]
        if kinds != ["NUMBER", "NAME"] or str(piece[-1]) not in {*v.SUFFIXES} - known:
            continue
        others = [m for i, m in enumerate(members) if i != place and m.unit is None]
        suffixes = [i for i, p in enumerate(pieces) if i != place and _suffixed(p)]
        if any(symbol_names(m.tree) for i, m in enumerate(members) if i != place and i not in suffixes):
            continue
        del others
        scale = v.SUFFIXES[str(piece[-1])]
        written = str(piece[0])
        digits = written.partition(".")[2]
        value = read_number(written) * scale
        result[place] = Member(
            Number(value, found.text[start(piece[0]) : end(piece[-1])]),
            members[place].written,
            Fraction(scale, 10 ** len(digits)),
            suffixed=True,
        )
    return result


def _suffixed(piece: Sequence[Token]) -> bool:
    kinds = [t.type for t in piece if t.type != "GAP"]
    return kinds == ["NUMBER", "NAME"] and str(piece[-1]) in v.SUFFIXES


def _read_as(found: Scan, members: Sequence[Member], relations: Sequence[str]) -> str | None:
    first = found.text.find(members[0].written)
    split = any(at >= first and word.type == "NAME" for at, word in found.words.items())
    if not split and not found.notes and not any(m.suffixed for m in members):
        return None
    parts = [as_text(members[0].tree)]
    for relation, member in zip(relations, members[1:], strict=True):
        parts += [relation, as_text(member.tree)]
    return " ".join(parts)


# -- conditions --------------------------------------------------------------------------------------


def _at_where(tokens: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    for place, item in enumerate(tokens):
        if item.type == "WHERE":
            return list(tokens[:place]), list(tokens[place + 1 :])
    return list(tokens), []


def _split_where(text: str) -> tuple[str, str, str]:
    found = re.search(r"(?<![A-Za-z\\])where(?![A-Za-z])", text)
    if found is None:
        return text, "", ""
    return text[: found.start()], found[0], text[found.end() :]


def _conditions(found: Scan, tokens: Sequence[Token]) -> list[Condition]:
    conditions: list[Condition] = []
    for part in _by_comma(found, tokens):
        conditions += _condition(found, [t for t in part if t.type not in ("GAP", "STOP")])
    return conditions


def _by_comma(found: Scan, tokens: Sequence[Token]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    depth, skip = 0, -1
    for item in tokens:
        if start(item) < skip:
            continue
        depth += (item.type in OPENERS) - (item.type in CLOSERS)
        word = found.words.get(start(item))
        if word is not None and str(word) == "and":
            skip = end(word)
            parts.append([])
        elif depth == 0 and item.type == "COMMA":
            parts.append([])
        else:
            parts[-1].append(item)
    return [part for part in parts if part]


def _condition(found: Scan, tokens: Sequence[Token]) -> list[Condition]:
    bars = [i for i, t in enumerate(tokens) if t.type == "BAR"]
    if len(bars) == 1:
        left = parse_tokens(found, tokens[: bars[0]]).tree
        return [Condition("|", left, parse_tokens(found, tokens[bars[0] + 1 :]).tree)]
    pieces, relations = _split(tokens)
    if not relations or "≈" in relations:
        at = start(tokens[0])
        raise ParseError(
            found.text, at, end(tokens[-1]), "this is no condition",
            "write an equation (N = M), a bound (k >= 2) or a divisibility (g | M)",
        )
    trees = [parse_tokens(found, piece).tree for piece in pieces]
    return [
        Condition(relation, left, right)
        for relation, left, right in zip(relations, trees, trees[1:], strict=False)
    ]
