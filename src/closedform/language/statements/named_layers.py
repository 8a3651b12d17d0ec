"""Layers that words name, and what the words say of their kind and sizes: GRU, BiLSTM, 5x5 conv."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from closedform.algebra.tree import ONE, Number, Quotient, Tree, walk
from closedform.errors import ParseError
from closedform.language.layer_names import is_layer, layer_called, layer_names, of_layers
from closedform.language.layers import (
    Argument,
    Expand,
    LayerNode,
    Quantity,
    Repeated,
    layers_of,
    quantities,
    with_layers,
)
from closedform.language.statements.another_formula import Change
from closedform.language.statements.asked_layers import (
    costs,
    has_argument,
    has_part,
    is_family,
    is_network,
    sizes_of,
)
from closedform.language.surroundings.patterns import RATIO
from closedform.language.vocabulary import UNITS
from closedform.later import regex
from closedform.synonyms import meant

#: A kind of layer that is the plain one of its name, and what says that another one is not meant.
_PLAIN = regex(
    r"(?i)(?:standard|regular|ordinary|normal|vanilla|标准|普通|常规)\s*(?:[123]-?d\s*)?\Z"
)
#: The same within a name: 普通卷积.
_PLAIN_NAME = regex("标准|普通|常规")
_COMPARED = regex(
    r"(?i)(?:\b(?:not?|non|than|vs\.?|versus|unlike|instead of|over|relative to"
    r"|replac(?:es|ing)|before|after|follow(?:s|ing|ed by)|preced(?:es|ing)|feeds"
    r"|compared (?:to|with))(?:\s+(?:an?|the))?|[不非比无無])[\s-]*\Z"
)
#: What is there beside it, which is held as a part.
_BESIDE = regex(r"(?i)\b(?:with|incl\.?|including)(?:\s+(?:an?|the|its))?[\s-]*\Z")
_OVER = regex(r"[/÷:：]|\}\s*\{|\b(?:over|to|relative|compared|vs|versus)\b")
#: Layers that go by another name with other sizes, or twice.
_VARIANTS = regex(
    r"(?i)(?<![A-Za-z])(?:(?P<mqa>mqa|multi-?query)|(?P<gqa>gqa|grouped?-?[ ]?query)"
    r"|(?P<twice>bi-?(?:lstm|gru|rnn)|bi-?directional)|(?P<trained>trainable))(?![a-z])"
)
#: What of a layer is trained, where that is not all of it.
_TRAINED = {"lora": "low_rank_linear"}
_KERNELS = r"(?:kernel|filter|window|conv(?:olution\w*)?|faltung|depthwise|dilated|卷积)"
_CROSS = r"\s*(?:[xX×]|\\times)\s*"
#: The sides of a kernel, and of a map or an image, beside what is none of them.
_SIDES = regex(
    rf"(?i)(?<![A-Za-z0-9_.])(\d{{1,3}}){_CROSS}\1[\s$-]*{_KERNELS}"
    rf"|\b{_KERNELS}(?:[ _]?size)?(?: of)? (\d{{1,3}})\b"
    rf"|_\{{?\s*(?:k\s*=\s*)?(\d{{1,3}})(?:{_CROSS}\3)?\s*\}}"
    rf"|{_KERNELS}[\s_(（=-]*(\d{{1,3}})(?:{_CROSS}\4|-\d)"
    rf"|(?:(?<![\w.×])(\d{{2,4}}){_CROSS}\5|@\s*(\d{{2,4}}))"
    rf"(?![\w.]|{_CROSS}\d|[\s$-]*{_KERNELS})"
)
#: What the names of networks of one family begin with: resnet50, efficientnet_b0.
_FAMILY = regex(r"([a-z]{3,}(?:_[a-z]{3,})*?)_?(?:[a-z]_?)?[0-9]")
#: A word; what joins the words of one name.
_WORD = regex("[A-Za-z0-9]+")
_PARTS = regex(r"[-_ ]+")
_PART_OF = regex(r"(?i)block|\bof\b")  # a layer of GPT-2
#: Words by themselves, and parts of names: couche de convolution, with BN.
_PARTICLE = regex(
    r"(?i)(?:de|with|no|use|standard(?= \w)|dense(?= (?:kernel|matrix|weight|tensor|conv|connecti))"
    r"|linear(?= (?:in|with|growth|scaling|time|cost|combination|function)\b))\s"
)
#: So many words make a name at most.
_WORDS = 4

#: Where a text states something of its target, as a change of its quantities.
Statement: TypeAlias = tuple[int, int, Change]
_Named: TypeAlias = tuple[str, int, int]


def said_of_layer(
    text: str, layer: LayerNode, expand: Expand, *, parts: bool
) -> Iterator[Statement]:
    """What a text, its formulas left out, says of the layer of its target.

    ``parts``: those that the layer has are none of it.
    """
    yield from _variants(text, layer, expand)
    yield from sides_said(text, layer, expand)
    own = layer_called(layer.name) or layer.name
    rows = [(own if _is_own(text, row, own) else row[0], *row[1:]) for row in _named(text)]
    if len({name for name, *_ in rows if name != own}) > 1:
        return  # each names a part of a sum
    if not parts:
        rows = [row for row in rows if row[0] == own or not _is_part(text, row, layer, expand)]
    named = _spoken_of(text, rows, own, expand)
    for name, start, end in named if all(row[0] != own for row in named) else ():
        plain = _PLAIN.search(text, 0, start) or _PLAIN_NAME.match(text, start)
        general = (own.endswith(f"_{name}") or is_family(name, own)) and not plain
        general = general or own == _TRAINED.get(name)
        before = text[max(0, start - 30) : start]
        if not (general or _COMPARED.search(before) or _BESIDE.search(before)):
            called = _families().get(name, name)
            given = tuple(a for a in layer.arguments if has_argument(called, a.name, expand))
            yield start, end, _of(LayerNode(called, given))


def _is_part(text: str, row: _Named, layer: LayerNode, expand: Expand) -> bool:
    """Whether a layer is a part of the target, by its name or by what is typed: the norms."""
    name, start, end = row
    typed = text[start:end].lower().removesuffix("s")
    return has_part(name, layer, expand) or has_part(typed, layer, expand)


def _is_own(text: str, row: _Named, own: str) -> bool:
    """Whether a name is the target's, or is without the noun: a Dense layer is linear."""
    name, start, end = row
    return own in (name, _layer(text[start:end].lower().removesuffix(" layer")))


def _spoken_of(text: str, rows: Sequence[_Named], own: str, expand: Expand) -> Sequence[_Named]:
    """The layers that a text may be about, if it names none of the target's own noun.

    Those of the same noun come first, then others of the same sizes before the formula: GRU for
    LSTM. A network is none beside a layer, which may be one of its own; what costs nothing is part
    of a layer, and what a network is made of is held as a part. A row is of whatever it names.
    """
    label, row = text.find("\0"), text[:1] == "\v" and not _PART_OF.search(text)
    noun, sizes = own.rpartition("_")[2], sizes_of(own, expand)
    named = [row for row in rows if row[0].rpartition("_")[2] == noun]
    if not named and sizes is not None:
        named = [row for row in rows if row[2] <= label and sizes_of(row[0], expand) == sizes]
    if named:
        return named
    return [
        (name, start, end)
        for name, start, end in rows
        if (
            (row and not text[end:label].strip(" |:,"))
            or sizes == frozenset()
            or (costs(name, expand) and not is_network(name, expand))
        )
        and not any(has_argument(own, flag, expand) for flag in (name, *meant(name), f"no_{name}"))
    ]


def _variants(text: str, layer: LayerNode, expand: Expand) -> Iterator[Statement]:
    """Fewer heads for keys than for queries, both directions, and what alone is trained."""
    own = layer_called(layer.name) or layer.name
    for said in _VARIANTS.finditer(text):
        if _COMPARED.search(text[max(0, said.start() - 30) : said.start()]):
            continue
        if said["twice"]:
            yield (*said.span(), _twice)
        elif said["trained"]:
            yield (*said.span(), _of(LayerNode(_TRAINED.get(own, layer.name), layer.arguments)))
        elif has_argument(own, "h_kv", expand) and (said["mqa"] or layer.without("h_kv") == layer):
            heads = Argument("h_kv", ONE if said["mqa"] else None)
            yield (*said.span(), _of(layer.put(heads)))


def _twice(quantity: Quantity) -> Quantity:
    if not isinstance(quantity.layers, LayerNode):
        return quantity
    return Quantity(quantity.measure, Repeated(Number(2), quantity.layers), quantity.options)


def sides_said(text: str, layer: LayerNode, expand: Expand) -> Iterator[Statement]:
    """The sides of a kernel or of a map, where the target has a number for them."""
    given = layer.numbers
    sides = [(said, said[1] or said[2] or said[3] or said[4]) for said in _SIDES.finditer(text)]
    known = str(given.get("k")) in (side for _, side in sides)  # and others beside it
    for said, kernel in () if known else sides:
        names = ("k",) if kernel else ("H", "W")
        if not kernel and has_argument(layer.name, "R", expand):
            names = ("R",)
        side = int(kernel or said[5] or said[6])
        label = said[1] and said.end() < text.find("\0")
        if names != ("R",) and not label and not given.keys() >= {*names}:
            continue
        around = text[max(0, said.start() - 12) : said.end() + 12].lower()
        if not kernel and (side in given.values() or ("H" in names and "input" in around)):
            continue  # what comes in is as many times larger as the stride
        sized = layer.put(*(Argument(name, Number(side)) for name in names))
        yield (*said.span(), _of(sized))


def told_ratio(text: str, outside: str, asked: Tree) -> list[str]:
    """A note on which way round a ratio is, where a word before the formula says ratio.

    Raises:
        ParseError: the words before the formula name its layers the other way round, or a ratio
            where none is asked for.
    """
    label = outside[: outside.find("\0")]
    said = RATIO.search(label)
    if said and "%" in text and said[0].lower().startswith("reduction"):
        hint = "say ratio where this is what is left, or hold 1 minus the target against it"
        raise ParseError(text, *said.span(), "what is left, or what is saved?", hint)
    if not isinstance(asked, Quotient):
        if said and not any(isinstance(part, Quotient) for part in walk(asked)):
            hint = "leave the word out, or hold the text against a quotient"
            raise ParseError(text, *said.span(), "the target is no ratio", hint)
        return []
    below, above = (
        {layer_called(layer.name) for quantity in quantities(side) for layer in layers_of(quantity)}
        for side in (asked.denominator, asked.numerator)
    )
    for (first, start, after), (second, before, end) in pairwise(_named(label)):
        turned = first in below - above and second in above - below
        if turned and _OVER.search(label[after:before]):
            hint = f"say {layer_called(second)} / {layer_called(first)}, or turn the target"
            raise ParseError(text, start, end, "the target is the inverse of this ratio", hint)
    sides = (" and ".join(sorted(filter(None, side))) for side in (above, below))
    return [f"{said[0]!r} as {' over '.join(sides)}"] if said else []


def is_own(part: re.Match[str], names: Iterable[str], expand: Expand) -> bool:
    """Whether a part of a network that is said may be a layer itself: the head is linear."""
    said = part.groupdict().get("piece")
    several = said is not None and said.lower() in ("encoder", "decoder")  # of several layers
    return said is not None and not any(
        (several or is_network(name, expand)) and said.lower() not in name for name in names
    )


def _of(layer: LayerNode) -> Change:
    return lambda quantity: with_layers(quantity, lambda _: layer)


def _named(text: str) -> Iterator[_Named]:
    """The layers that a text names, in as many words as make a name, a noun behind them too."""
    behind = 0
    words = [
        word
        for word in _WORD.finditer(text)
        if not (_PARTICLE.match(text, word.start()) or word[0].lower() in UNITS)  # mult-adds
    ]
    for place, first in enumerate(words):
        for last in reversed(words[place : place + _WORDS]):
            written = _PARTS.sub("_", text[first.start() : last.end()].lower())
            name = _layer(written)
            pronoun = len(written) == 2 and first[0].istitle()  # Se obtiene, and no SE
            if name and not pronoun and first.start() >= behind:
                after = words[place + 1 : place + 2] if last is first else []
                joined = after and _PARTS.fullmatch(text, last.end(), after[0].start())
                noun = joined and name.endswith(f"_{_layer(after[0][0])}")
                behind = after[0].end() if noun else last.end()
                yield name, first.start(), last.end()
    if not text.isascii():
        yield from ((_layer(m[0]) or "", *m.span()) for m in _in_other_scripts().finditer(text))


def _layer(written: str) -> str | None:
    """The layer that words name, as they are or with the noun as it is called here; a family."""
    if written.endswith("s") and not is_layer(written):  # convolutions, LSTMs
        written = written.removesuffix("s")
    stem, sign, noun = written.rpartition("_")
    others = (f"{stem}{sign}{called}" for called in meant(noun))
    named = next(filter(None, map(layer_called, (written, *meant(written), *others))), None)
    return named or (written if written in _families() else None)


@of_layers
def _families() -> dict[str, str]:
    """The families of networks that go by no name of their own, and the first of each."""
    members = ((_FAMILY.match(name), name) for name in reversed(layer_names()))
    return {m[1].replace("_", ""): name for m, name in members if m and not layer_called(m[1])}


@of_layers
def _in_other_scripts() -> re.Pattern[str]:
    """The names of layers without a Latin letter, the longest first."""
    names = (name for name in layer_names() if name[0] > "\u3000")
    return re.compile("|".join(sorted(names, key=len, reverse=True)))
