r"""Tokens by kind, a character each: what stands around a formula is a pattern over a string.

========  ==========================================================================
``W``     a word, as typed or set upright, whose letters are no symbols of the formula
``A``     a word that speaks of an amount, a factor, a comparison or a change
``C``     a word that leads to a formula or explains one, as a sign would: is, has, est, 为
``R``     about, roughly; ``J``: and, or, vs
``U``     what is counted, or how it is called: params, FLOPs, 个, weights, the, number, of
``S``     a word that is one name: ``kernel_size``, ``\text{stride}``
``m n``   a symbol that nothing else knows; one that the target, ``where`` or the formula knows
``Q L``   a quantity, a layer
``9``     a number; ``f``: a function, a root, a sum; ``F``: a fraction of TeX
``h``     the hyphen in ResNet-50; the signs, minus as well, stand for themselves
``_ N``   a wide space, a new line; ``.``: what ends a sentence, ``i``: an index above or below
``?``     anything else
========  ==========================================================================
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from closedform.language import vocabulary as v
from closedform.language.amounts import speaks_of_amount
from closedform.language.layer_names import is_layer, layer_meant
from closedform.language.tokens import Scan, Token, Word
from closedform.later import regex
from closedform.records import NamedTuple

_KINDS = {
    "QUANTITY": "Q", "LAYER": "L", "NUMBER": "9", "FRACTION": "F", "PLUS": "+", "MINUS": "-",
    "TIMES": "*", "X": "*", "DIVIDE": "/", "OVERFLOOR": "d", "POWER": "^", "LPAR": "(",
    "RPAR": ")", "LFLOOR": "[", "LCEIL": "[", "RFLOOR": "]", "RCEIL": "]",
    "FACTORIAL": "n", "COLON": ":", "COMMA": ",", "STOP": ".", "GAP": "_", "ROW": "N", "ORDER": "o",
    **dict.fromkeys("BAR LBAR RBAR NORM".split(), "|"),
    **dict.fromkeys("FUNCTION ROOT NTHROOT PREFIX LOGBASE LOGOF".split(), "f"),
    **dict.fromkeys("SHORTHAND BINOMIAL SERIES SUMMATION".split(), "f"),
    **dict.fromkeys(v.RELATIONS, "="),
}  # fmt: skip
#: Functions that count, and so name a result: \dim\theta, numel(W).
_COUNTS = frozenset("dim numel len card size num #".split())
_MARKS = {"@": "@", "•": "•", "◦": "•", "‣": "•", "▪": "•", "●": "•"}
_INDEX = ("this superscript can", "a subscript that belongs")
#: So many a second: no number of them.
_RATE = regex(r"[kmgtp]?(?:flops?|i?ops|macs?|[bx]|params?)/s")
_LETTERS = regex(r"[^\W\d_]+", re.UNICODE)
_LOWER_UPPER = regex("[a-z][A-Z]")
_SPOKEN = v.LEADS | v.PROSE | v.UPRIGHT_PROSE | v.NAMING | v.SHORT
#: So many signs and words make the name of a network at most: Llama-2-7B.
_PARTS = 6
#: The sides of a kernel before a word.
_SIDES = regex(r"(?<![*+/^-])[9mn]\*[9mn](?=[WLU])")


class Item(NamedTuple):
    """A kind, the tokens of that kind, and the words they were typed as."""

    kind: str
    tokens: Sequence[Token]
    written: str

    @property
    def start(self) -> int:
        """Where it stands in the text."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where it ends there."""
        return self.tokens[-1].end


def items_of(scan: Scan, tokens: Sequence[Token], known: frozenset[str]) -> list[Item]:
    """The tokens with those of one word together, each with its kind."""
    items: list[Item] = []
    place = 0
    while place < len(tokens):
        item = tokens[place]
        # A bracket that nobody typed begins where the word behind it does.
        word = scan.words.get(item.start) if item.type not in ("LPAR", "RPAR") else None
        end = place + 1
        if word is not None and not (item.type == "NAME" and is_product(word, known)):
            while end < len(tokens) and tokens[end].start < word.end:
                end += 1
            items.append(Item(_word_kind(word, known), tokens[place:end], word.written))
        else:
            kind = _kind(scan, item, known)
            if kind == "-" and items and _is_hyphen(scan, item, items[-1]):
                kind = "h"
            items.append(Item(kind, [item], item.value))
        if len(items) > 2 and items[-2].kind == "h":
            joined = f"{items[-3].written}-{items[-1].written}"
            joint = "" if "A" in shape(items[-3:]) else "A" * speaks_of_amount(joined)
            joint = "U" if joined.lower() in v.UNITS else joint
            if joint:  # multiply-adds, speed-up
                parts = [token for part in items[-3:] for token in part.tokens]
                items[-3:] = [Item(joint, parts, joined)]
        place = end
    return items


def named_whole(items: Sequence[Item]) -> Sequence[Item]:
    """The items, where one that speaks of an amount is part of a name: average pooling, OPT 30B."""
    for first in (at for at, item in enumerate(items) if item.kind in "WSLm"):
        for last in range(min(first + _PARTS, len(items)), first + 1, -1):
            parts = [item.written for item in items[first:last] if item.kind not in "h/-"]
            name = "_".join(parts).replace(".", "_")
            if is_layer(name):
                tokens = [token for item in items[first:last] for token in item.tokens]
                named = Item("W", tokens, name)
                return named_whole([*items[:first], named, *items[last:]])
    if speaks_of_amount(" ".join(item.written for item in items)):
        return items
    said = (item.kind == "A" and speaks_of_amount(item.written) for item in items)
    return [i._replace(kind="W") if named else i for i, named in zip(items, said, strict=True)]


def without_sides(items: Sequence[Item]) -> Sequence[Item]:
    """A label without the sides of a kernel before the word of a layer: 3×3 conv."""
    sides = _SIDES.search(shape(items))
    if sides is None or items[sides.start()].written != items[sides.end() - 1].written:
        return items
    layer = layer_meant(items[sides.end()].written)
    return [*items[: sides.start()], *items[sides.end() :]] if layer else items


def shape(items: Sequence[Item]) -> str:
    """The kinds of a run of items: what the patterns match."""
    return "".join(item.kind for item in items)


def is_product(word: Word, known: frozenset[str]) -> bool:
    """Whether a word is its letters multiplied: all are known, or some in a run no prose has.

    The sH in ``(sH)(sW)`` is one; a capital after a small letter, or two letters side by side.
    """
    if not word.split:
        return False
    mixed = len(word.written) == 2 or (
        len(word.written) < 5 and _LOWER_UPPER.search(word.written) is not None
    )
    spoken = word.written.lower() in _SPOKEN
    return word.names <= known or (mixed and not spoken and not word.names.isdisjoint(known))


def is_spoken(word: Word) -> bool:
    """A word of a language rather than a run of symbols."""
    return len(word.written) > 3 and v.VOWEL.search(word.written) is not None


def word_kind(written: str) -> str:
    """What words say: an amount, a lead, a unit, or nothing that is known."""
    lowered = written.strip(" .,;:~()（）。，、：；").lower()
    amount = speaks_of_amount(lowered) or _RATE.match(lowered) is not None
    memory = not v.BYTES.keys().isdisjoint(written.replace("/", " ").split())
    if amount or memory or lowered in v.SCALES or lowered in v.SIGN_WORDS:
        return "A"
    if _LOWER_UPPER.fullmatch(written):  # dE is d times E, and no French
        return "W"
    if lowered in v.ABOUT:
        return "R"
    if lowered in v.JOINS:
        return "J"
    words = _LETTERS.findall(lowered)
    if written == "#" or (lowered and (lowered in v.NAMING or v.COUNTED.fullmatch(lowered))):
        return "U"
    if words and all(word in v.NAMING for word in words):
        return "U"
    if words and (not v.LEADS.isdisjoint((words[-1], lowered)) or v.LEADING.search(lowered)):
        return "C"
    return "W"


def _is_hyphen(scan: Scan, item: Token, before: Item) -> bool:
    """Whether a minus joins two words, or a name and its number: ResNet-50, and not params-2."""
    text = scan.text[item.end : item.end + 1]
    joins = before.tokens[-1].end == item.start and before.kind in "WUCA"
    return joins and (text.isalpha() or (text.isdigit() and before.kind == "W"))


def _word_kind(word: Word, known: frozenset[str]) -> str:
    if not word.split:
        if word.names <= known:
            return "n"
        kind = word_kind(word.written)
        return "S" if "_" in word.written or kind == "W" else kind
    return word_kind(word.written)


def _kind(scan: Scan, item: Token, known: frozenset[str]) -> str:
    if item.type in ("WORD", "PROSE", "KEY", "FLAG", "OPTION"):
        return word_kind(item.value)
    if item.type == "NAME":
        return "n" if item.value in known else "m"
    if item.type == "UNREAD":
        if item.value in _MARKS:
            return _MARKS[item.value]
        if item.value.strip("\\") in _COUNTS:
            return "U"
        problem = scan.refused[item.start][0]
        if problem.startswith(_INDEX):
            return "i"
        if problem.startswith("unknown"):
            return word_kind(item.value)
        return "A" if "in a word" in problem else "?"
    return _KINDS.get(item.type, "?")
