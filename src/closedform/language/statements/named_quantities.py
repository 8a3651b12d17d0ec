"""Members that compute with what is counted: FLOPs = 2 × MACs, params × H × W, weights + biases."""

from __future__ import annotations

from closedform.language.claim import Member
from closedform.language.cuts import split_at_relations
from closedform.language.layers import Expand, LayerNode, Option, Quantity
from closedform.language.numbers.memory import counts_bytes
from closedform.language.scanning.scan import scan as scanned
from closedform.language.statements.asked_layers import has_argument
from closedform.language.surroundings.token_kinds import items_of, shape
from closedform.language.tokens import Part, Scan, Token
from closedform.language.vocabulary import QUANTITIES
from closedform.later import regex
from closedform.synonyms import meant

_COMPUTES = regex(r"\(?[USWQ9n*+/()^]+\)?")
#: Applied, a unit behind a number, and what a program adds.
_APPLIED = regex(r"[USWQ][(9n]|[9n)]\(?[USWQ]|[*+/]\Z")
_BIASES = regex(r"(?i)bias(?:es)?|biais|sesgos?|bias-werte|偏置[数量]?|バイアス")


def name_quantities(scan: Scan, target: Member, expand: Expand) -> list[str]:
    """Put the quantities of the target's own layer for the words of a member that computes.

    It is checked like any other then: ``FLOPs = 3 × MACs = 2k²MNHW`` is refuted.
    """
    [asked, *others] = target.quantities
    layer = asked.layers
    if others or not isinstance(layer, LayerNode) or not scan.has_words:
        return []
    notes: list[str] = []
    for piece in split_at_relations(scan.tokens)[0][:-1]:
        items = items_of(scan, piece, target.names)
        if counts_bytes(target.written):  # params × 2 bytes
            items = [item for item in items if item.written.lower() not in ("byte", "bytes")]
        kinds = shape(items)
        if not _COMPUTES.fullmatch(kinds) or {*"*+/"}.isdisjoint(kinds) or _APPLIED.search(kinds):
            continue
        words = [item for item in items if item.kind in "USWQ"]
        put = [quantity_named(item.written, asked, layer, expand) for item in words]
        if target.asked == asked and asked.written in put:
            continue  # params/2 computes with the result
        if not words or not all(put):
            continue
        for item, written in zip(words, put, strict=True):
            place = scan.tokens.index(item.tokens[0])
            read = (Token(t.type, t.value, item.start, item.end) for t in scanned(written).tokens)
            scan.tokens[place : place + len(item.tokens)] = read
            scan.kinds.update(token.type for token in scan.tokens[place:])
            scan.words.pop(item.start, None)
            scan.layers.pop(item.start, None)
            scan.parts.append(Part("", item.start, item.end, ()))  # it says nothing of the whole
            notes.append(f"{item.written} as {written}")
    return notes


def quantity_named(word: str, asked: Quantity, layer: LayerNode, expand: Expand) -> str:
    """The quantity that a word names beside the one that is asked for, as it is typed."""
    name = word.lower().strip("#")
    every, some = (Quantity("params", x).written for x in (layer, layer.without("bias")))
    if has_argument(layer.name, "bias", expand):
        if _BIASES.fullmatch(name):
            return f"({every} - {some})"
        if name in ("weights", "权重", "权重数"):
            return some
    called = next((m for m in (name, *meant(name)) if m in QUANTITIES), "")
    options = asked.options if called == asked.measure else ()
    if called == "flops" and not options:
        options = (Option("convention", "mac2"),)
    return Quantity(called, layer, options).written if called else ""
