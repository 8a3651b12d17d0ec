"""What the words beside a formula state of its target: flags, the quantity, the kind of layer.

A statement is put into the target. Where that makes another formula of it, the text speaks of
something else than what it is held against, and is refused: ``k²MN (with bias)`` is not
``params(conv)``, and ``macs(conv)`` may be said with a bias or without. What is stated of layers
that have no such flag says nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import TypeAlias

from closedform.algebra.tree import ZERO, Number, symbol_names
from closedform.errors import ClosedformError, ParseError
from closedform.language.claim import Member
from closedform.language.layer_names import layer_called, layer_names
from closedform.language.layers import (
    Argument,
    Expand,
    LayerNode,
    Option,
    Quantity,
    layers_of,
    with_layers,
)
from closedform.language.surroundings.another_formula import Change, another_formula
from closedform.language.surroundings.asides import without
from closedform.language.surroundings.chain import Chain
from closedform.language.surroundings.said_flags import said_flags
from closedform.language.surroundings.units import KINDS, counted_otherwise
from closedform.language.tokens import Scan, Token
from closedform.later import regex
from closedform.synonyms import meant

_SET = r"\w+\s*=\s*(?:[Tt]rue|[Ff]alse)"
_SWITCHED = regex(
    rf"[(（\[]\s*{_SET}(?:\s*[,，]\s*{_SET})*\s*[)）\]]"
    rf"|(?:[,，;#]|//|\b(?:if|for|with|when|where)\s)\s*{_SET}(?:\s*[,，]\s*{_SET})*"
    r"(?=\s*[.。$]*\s*\Z)"
)
#: A kind of layer that is the plain one of its name, and what says that another one is not meant.
_PLAIN = regex(
    r"(?:standard|regular|ordinary|normal|vanilla|标准|普通|常规)\s*(?:[123]-?d\s*)?\Z",
    re.IGNORECASE,
)
#: The sides of a kernel before a layer.
_KERNEL = regex(r"(?<![\w.])(\d{1,3})\s*(?:[xX×]|\\times)\s*\1[\s$-]*\Z")
_COMPARED = regex(
    r"(?:\b(?:not?|non|than|vs\.?|versus|unlike|instead of|over|relative to|compared (?:to|with))"
    r"|[不非比无無])[\s-]*\Z",
    re.IGNORECASE,
)
#: A word; what joins the words of one name.
_WORD = regex("[A-Za-z0-9]+")
_PARTS = regex(r"[-_ ]+")
#: So many words make a name at most.
_WORDS = 4
#: What has no word holds no statement.
_SPOKEN = regex(r"[^\W\d_]{2}")

#: Where a text states something of its target, as a change of its quantities.
Statement: TypeAlias = tuple[int, int, Change]


def without_switches(scan: Scan, target: Member) -> list[str]:
    """Take ``(bias=False)`` beside a formula out of its tokens: it is no relation; notes on it."""
    if not target.quantities or ("rue" not in scan.text and "alse" not in scan.text):
        return []
    notes: list[str] = []
    for switched in _SWITCHED.finditer(scan.text):
        inside = [t for t in scan.tokens if switched.start() <= t.start < switched.end()]
        if inside and inside[0].start != scan.tokens[0].start:
            notes.append(without(scan, inside))
            scan.tokens[:] = [item for item in scan.tokens if item not in inside]
    return notes


def check_stated(scan: Scan, kept: Iterable[Token], target: Member, expand: Expand) -> list[str]:
    """Notes on what a text counts, where that is another quantity than its target's.

    ``kept``: the tokens of the formulas and conditions; what else stands in the text is words.

    Raises:
        ParseError: the words beside the formula state something else than the target.
    """
    if not target.quantities or not _SPOKEN.search(scan.text):
        return []
    text = _outside(scan.text, kept)
    notes, statements = _counted(scan, scan.text, text, target)
    layers = [layer for part in target.quantities for layer in layers_of(part)]
    statements += _flags(scan, text, layers, expand)
    statements += _kinds(text, layers[0], expand) if len(layers) == 1 else ()
    _compare(scan.text, statements, target, expand)
    return notes


def check_units(scan: Scan, chain: Chain, members: Sequence[Member], expand: Expand) -> None:
    """Refuse ``params(conv) = k²MN MACs``, a whole claim with a unit of another quantity."""
    asked = [side for side in members if side.quantities]
    if len(asked) != 1:
        return
    read = chain.pieces[members.index(asked[0])].tokens
    text = _outside(scan.text, read)
    _, statements = _counted(scan, text, _outside(scan.text, chain.tokens), asked[0])
    _compare(scan.text, statements, asked[0], expand)


def _counted(
    scan: Scan, text: str, outside: str, target: Member
) -> tuple[list[str], list[Statement]]:
    """What a text counts, where that is another quantity than its target's; notes on it."""
    notes, counted = counted_otherwise(scan, text, outside, target)
    if counted is None:
        return notes, []
    measure, place = counted
    kind = (Option("kind", KINDS[measure]),) if measure in KINDS else ()
    measure = "operations" if kind else measure
    said_of = place.span(place.lastgroup or 0)
    return notes, [(*said_of, lambda q: Quantity(measure, q.layers, kind))]


def _compare(text: str, statements: Iterable[Statement], target: Member, expand: Expand) -> None:
    """Refuse the first statement with which the target is another formula."""
    for start, end, change in statements:
        if stated := another_formula(target, change, expand):
            problem = f"the text says {text[start:end].strip()!r}, and the target does not"
            hint = f"leave the words out, or hold the text against {stated}"
            raise ParseError(text, start, end, problem, hint)


def _outside(text: str, kept: Iterable[Token]) -> str:
    """The text with a sign that ends every run of words in the place of its formulas."""
    signs = [*text]
    for item in kept:
        signs[item.start : item.end] = "\0" * (item.end - item.start)
    return "".join(signs)


def _flags(
    scan: Scan, text: str, layers: Sequence[LayerNode], expand: Expand
) -> Iterator[Statement]:
    """The flags that are stated of layers which have them.

    Raises:
        ParseError: a switch of a program that none has.
    """
    names = dict.fromkeys(layer.name for layer in layers)
    on = {a.name for layer in layers for a in layer.arguments if a.value in (None, True)}
    for said in said_flags(text):
        called = (said.name, *meant(said.name), f"no_{said.name}")
        flag = next((f for f in called if any(_has(name, f, expand) for name in names)), "")
        if said.set and not flag:
            switch = text[said.start : said.end]
            problem = f"the text sets {switch}, and {layers[0].name} has no such switch"
            raise ParseError(scan.text, said.start, said.end, problem, "leave it out")
        value = said.on != (flag == called[-1])
        if flag and value != (flag in on):
            yield said.start, said.end, _flagged(flag, value=value, expand=expand)


def _flagged(flag: str, *, value: bool, expand: Expand) -> Change:
    """The layers that have a flag, with it or without."""

    def change(layer: LayerNode) -> LayerNode:
        if not _has(layer.name, flag, expand):
            return layer
        others = tuple(argument for argument in layer.arguments if argument.name != flag)
        return LayerNode(layer.name, (*others, Argument(flag)) if value else others)

    return lambda quantity: with_layers(quantity, change)


@lru_cache(maxsize=1024)
def _has(layer: str, argument: str, expand: Expand) -> bool:
    """Whether a layer can be had with a flag or a size."""
    node = LayerNode(layer, (Argument(argument),))
    with suppress(ClosedformError):
        expand(Quantity("params", node), "")
        return True
    return False


def _kinds(text: str, layer: LayerNode, expand: Expand) -> list[Statement]:
    """Other layers that a text names, if it names none of the target's own noun.

    Of the same noun they stand anywhere, others of the same sizes before the formula: GRU for LSTM.
    The sides of a kernel before such a layer are stated, too, if it has some: 3×3 conv.
    """
    own = layer_called(layer.name) or layer.name
    noun, sizes = own.rpartition("_")[2], _sizes(own, expand)
    label = text.find("\0")
    rows = [*_named(text)]
    named = [row for row in rows if row[0].rpartition("_")[2] == noun]
    if not named and sizes is not None:
        named = [row for row in rows if row[2] <= label and _sizes(row[0], expand) == sizes]
    kinds: list[Statement] = []
    sized = any(a.name == "k" and isinstance(a.value, Number) for a in layer.arguments)
    for _, start, end in named if sized else ():
        if kernel := _KERNEL.search(text, 0, start):
            others = tuple(argument for argument in layer.arguments if argument.name != "k")
            other = LayerNode(layer.name, (*others, Argument("k", Number(int(kernel[1])))))
            kinds.append((kernel.start(), end, _of(other)))
    for name, start, end in named if all(row[0] != own for row in named) else ():
        general = own.endswith(f"_{name}") and not _PLAIN.search(text, 0, start)
        if not general and not _COMPARED.search(text[max(0, start - 30) : start]):
            given = tuple(a for a in layer.arguments if _has(name, a.name, expand))
            kinds.append((start, end, _of(LayerNode(name, given))))
    return kinds


@lru_cache(maxsize=1024)
def _sizes(layer: str, expand: Expand) -> frozenset[str] | None:
    """The sizes in a layer's parameters: none of a network's; ``None`` where it has none."""
    with suppress(ClosedformError):
        tree = expand(Quantity("params", LayerNode(layer)), "").tree
        return None if tree == ZERO else frozenset(symbol_names(tree))
    return None


def _of(layer: LayerNode) -> Change:
    return lambda quantity: with_layers(quantity, lambda _: layer)


def _named(text: str) -> Iterator[tuple[str, int, int]]:
    """The layers that a text names, in as many words as make a name, a noun behind them too."""
    behind = 0
    words = [*_WORD.finditer(text)]
    for place, first in enumerate(words):
        for last in reversed(words[place : place + _WORDS]):
            written = _PARTS.sub("_", text[first.start() : last.end()].lower())
            name = _layer(written)
            if name and first.start() >= behind:
                after = words[place + 1 : place + 2] if last is first else []
                noun = after and name.endswith(f"_{_layer(after[0][0])}")
                behind = after[0].end() if noun else last.end()
                yield name, first.start(), last.end()
    if not text.isascii():
        yield from ((_layer(m[0]) or "", *m.span()) for m in _in_other_scripts().finditer(text))


def _layer(written: str) -> str | None:
    """The layer that words name, as they are or with the noun as it is called here."""
    stem, sign, noun = written.rpartition("_")
    others = (f"{stem}{sign}{called}" for called in meant(noun))
    return next(filter(None, map(layer_called, (written, *meant(written), *others))), None)


@lru_cache(maxsize=1)
def _in_other_scripts() -> re.Pattern[str]:
    """The names of layers without a Latin letter, the longest first."""
    names = (name for name in layer_names() if name[0] > "\u3000")
    return re.compile("|".join(sorted(names, key=len, reverse=True)))
