"""Where the tokens of a claim are cut: at ``where``, at a modulus, at its relations."""

from __future__ import annotations

from collections.abc import Sequence

from closedform.language import vocabulary as v
from closedform.language.tokens import DEEPER, WORDS, Token
from closedform.records import replace
from closedform.symbols import SIZES

#: What may stand around a part and is none of it.
SILENT = frozenset({"GAP", "ROW", "STOP"})
#: What a condition looks like.
FORMS = "write an equation (N = M), a bound (k >= 2) or a divisibility (g | M)"
#: What closes a condition in Chinese, 当 f = 4d 时.
_WHEN = frozenset("时 時 的时候 的时 的話 的话".split())
_CONGRUENT = frozenset({"≡", "\\equiv"})


def at_where(tokens: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """The tokens before ``where`` and those after it; ``(where …)`` may stand in brackets."""
    for place, item in enumerate(tokens):
        if item.type != "WHERE":
            continue
        after = list(tokens[place + 1 :])
        if place and tokens[place - 1].type == "LPAR" and after and after[-1].type == "RPAR":
            return list(tokens[: place - 1]), after[:-1]
        comma = place and tokens[place - 1].type == "COMMA"
        return list(tokens[: place - 1 if comma else place]), after
    return list(tokens), []


def with_where(tokens: list[Token], known: frozenset[str]) -> tuple[list[Token], list[str]]:
    """The tokens with ``where`` for a word that leads to a condition, and a note: M N for N = 1."""
    if WORDS.isdisjoint([item.type for item in tokens]):
        return tokens, []
    names = {*known}
    for place, item in enumerate(tokens):
        names |= {item.value} if item.type == "NAME" else set()
        lead = item.value.strip(" ~.,:：，").lower() if item.type in WORDS and place else ""
        after = tokens[place + 1 : place + 3]
        sizes = names | SIZES.keys() if lead == "at" else names
        states = len(after) == 2 and after[0].value in sizes and after[1].type in v.RELATIONS
        if lead in v.CONDITIONALS and states:
            where = replace(item, type="WHERE", value="where")
            behind = [t for t in tokens[place + 1 :] if t.type != "WORD" or t.value not in _WHEN]
            return [*tokens[:place], where, *behind], [f"{lead} as where"]
    return tokens, []


def at_modulus(tokens: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """The tokens before the ``(mod m)`` of a congruence, and those of m.

    Behind ≡ the brackets may be left out: ``a ≡ b mod m``; behind = that is b mod m.
    """
    kinds = [item.type for item in tokens]
    if "MOD" not in kinds or "EQUALS" not in kinds:
        return list(tokens), []
    related = {item.value for item in tokens if item.type == "EQUALS"}
    mods = [place for place, kind in enumerate(kinds) if kind == "MOD"]
    place, last = mods[-1], len(tokens) - 1
    while last > place and tokens[last].type in SILENT:
        last -= 1
    bracketed = tokens[place - 1].type == "LPAR" and tokens[last].type == "RPAR"
    if bracketed and _balanced(tokens[place:last]):
        before = list(tokens[: place - 1])
        while before and before[-1].type in SILENT | {"COMMA"}:
            before.pop()
        return before, list(tokens[place + 1 : last])
    whole = _balanced(tokens[place:]) and v.RELATIONS.keys().isdisjoint(kinds[place:])
    if related & _CONGRUENT and whole:
        return list(tokens[:place]), list(tokens[place + 1 :])
    return list(tokens), []


def _balanced(tokens: Sequence[Token]) -> bool:
    """Whether as many brackets open as close."""
    return not sum(DEEPER.get(item.type, 0) for item in tokens)


def is_sentence(tokens: Sequence[Token]) -> bool:
    """Whether what follows ``where`` states nothing: "where k is the kernel size"."""
    return not any(item.type in v.RELATIONS or item.type == "BAR" for item in tokens)


def split_at_relations(tokens: Sequence[Token]) -> tuple[list[list[Token]], list[str]]:
    """Cut at the relations outside all brackets; ``= ~`` and one at a line's end again are one."""
    pieces: list[list[Token]] = []
    relations: list[str] = []
    deeper, known = DEEPER, v.RELATIONS
    depth = first = 0
    for place, item in enumerate(tokens):
        kind = item.type
        if kind in deeper:
            depth += deeper[kind]
        elif kind in known and not depth:
            piece, first = [*tokens[first:place]], place + 1
            silent = bool(relations) and SILENT.issuperset([item.type for item in piece])
            if silent and known[kind] in (relations[-1], "≈") and (piece or kind == "ABOUT"):
                relations[-1] = known[kind]
                continue
            relations.append(known[kind])
            pieces.append(piece)
    return [*pieces, [*tokens[first:]]], relations
