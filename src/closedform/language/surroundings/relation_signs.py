"""Signs that stand for a relation: arrows, ∈ before an order of growth, brackets around (= 576)."""

from __future__ import annotations

from closedform.language import vocabulary as v
from closedform.language.cuts import at_where
from closedform.language.surroundings.asides import EDGES, partners
from closedform.language.surroundings.numerals import without
from closedform.language.surroundings.token_kinds import items_of, shape
from closedform.language.tokens import Scan, Token, trimmed
from closedform.later import regex
from closedform.records import replace

#: Signs that stand for = before an order of growth, and before a number.
_WITHIN = frozenset({"in", "∈"})
_ARROWS = frozenset(
    "=> -> ==> --> → ⇒ ⟹ ⟶ ➜ ➡ ⇨ to implies rightarrow Rightarrow longrightarrow "
    "Longrightarrow".split()
)
_EQUAL = frozenset({"EQUALS", "ABOUT", "UNREAD", "STOP"})
#: What opens a last member in brackets: 9·64 (= 576).
_BRACKETED = regex(r"[(（]\s*(?:[=≈~<>≤≥]|\\(?:approx|[lg]eq?|[lg]t)(?![A-Za-z]))")
_NAMED = 24  # tokens of an arrow and the name beside it, before which it is a word or several
_CALLED = regex("[WU]+")


def _without_brackets(tokens: list[Token]) -> list[Token]:
    """The tokens without the brackets around a last member: 9·64 (= 576)."""
    kept = trimmed(tokens, EDGES)
    first = next((at for at, end in partners(kept).items() if end == len(kept) - 1), 0)
    related = first and kept[first + 1].type in v.RELATIONS
    return kept[:first] + kept[first + 1 : -1] if related else tokens


def with_relations(scan: Scan, known: frozenset[str] | None) -> tuple[list[Token], list[str]]:
    r"""The tokens with ``\in O(n)`` as ``= O(n)``, and an arrow before a number as ``=``.

    ``known``: symbols of what a quoted text is held against; there ``→ params`` names the result.
    """
    notes: list[str] = []
    tokens = [*scan.tokens]
    if "RPAR" in scan.kinds and _BRACKETED.search(scan.text):
        tokens = _without_brackets(tokens)
    if known is not None and tokens[1:] and tokens[0].value.strip("\\") in _ARROWS:
        notes.append(without(scan, tokens[:1]))
        tokens = tokens[1:]
    for place, item in enumerate(at_where(tokens)[0] if scan.refused else ()):
        if item.type != "UNREAD" or item.value.strip("\\") not in _ARROWS | _WITHIN:
            continue
        after = [t.type for t in tokens[place + 1 : place + 3]]
        order = place + 1 < len(tokens) and tokens[place + 1].value in v.ORDERS
        grows = after[:1] == ["ORDER"] or (order and after[1:] == ["LPAR"])
        number = after[:1] == ["NUMBER"] and after[1:] in ([], [*_EQUAL & {*after[1:]}])
        if known is not None and min(place, len(tokens) - place) < _NAMED:
            items = items_of(scan, tokens[place + 1 : place + _NAMED], known)
            called = shape(items_of(scan, tokens[:place], known))
            number = number or shape(items) in ("m", *"SUWQ") or bool(_CALLED.fullmatch(called))
        if grows if item.value.strip("\\") in _WITHIN else number:
            tokens[place] = replace(item, type="EQUALS", value="=")
            notes.append(f"{item.value} as =")
    return tokens, notes
