"""How much of its layers a text speaks of: only the head, without norms, incl. softmax, in whole.

What such words are said of has to be understood: it is the target's own layer, a part of that,
which is put into the target, a layer that the target does not have, or a size. What is none of
them is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property

from closedform.algebra.tree import ZERO, Tree
from closedform.errors import ClosedformError, ParseError
from closedform.language.claim import Member
from closedform.language.layer_names import layer_called, layer_meant
from closedform.language.layers import Expand, LayerNode, Layers, Portion, Quantity
from closedform.language.statements.another_formula import Change
from closedform.language.statements.asked_layers import has_argument, has_part, is_network
from closedform.language.statements.extent_words import Extent, extents_in
from closedform.language.statements.flags import said_flags
from closedform.language.statements.named_layers import Statement
from closedform.language.statements.units import names_quantity
from closedform.language.vocabulary import COUNTED, NAMING, NETWORK
from closedform.later import regex
from closedform.synonyms import sizes_called

#: Flags whose words are more than their names.
_FLAGS = ("bias", "bn", "causal", "tied")
#: Of what nothing has to be known.
_NOTHING = frozenset(
    "approximation approximations estimate estimates rounding doubt everything all".split()
)
#: The matrices of a layer, without its biases.
_WEIGHTS = frozenset(
    "weight weights kernel kernels filter filters matrix matrices gewichte poids pesos 权重".split()
)
#: What layers and networks have, whatever it is called in full.
_PIECES = frozenset(
    "projection projections layer layers head classifier embedding embeddings norms stem neck"
    " backbone decoder encoder router projektion schicht couche klassifikator".split()
)
_SHORT = regex(r"\b[A-Z]{2,}\b")
_IN_SCRIPTS = regex("投影|分类|头|頭|嵌入|层|層|归一化|射影|埋め込み")
#: What linear layers are called among others.
_PROJECTS = regex("projection|projektion")
#: Wholes that are more than one layer works on at once.
_NETWORK = regex(rf"{NETWORK}|\bnets?\b")
_BATCH = regex(
    r"\b(?:(?:mini)?batch(?:es)?|datasets?|epochs?|training|corpus)\b|批次|数据集|バッチ"
)


def extents_said(
    written: str, text: str, target: Member, expand: Expand, *, nouns: bool, bare: bool
) -> Iterator[Statement]:
    r"""What a text, \0 in the place of its formulas, says that it speaks of: changes of the target.

    ``nouns``: what is not understood is refused, as nothing but the formula stands beside it;
    ``bare``: what is named there by itself is no part of the formula.

    Raises:
        ParseError: words of which the target is not, or that are not understood.
    """
    named: list[Statement] = []
    for said in extents_in(text):
        known = _Known(said, target, expand)
        change = _of_all(written, said, known) if said.kind == "whole" else _of_part(said, known)
        if said.kind == "bare":
            named += [(said.start, said.end, change)] if change else []
        elif change:
            yield said.start, said.end, change
        elif not known.is_known and said.kind in ("only", "without", "no", "including", "with"):
            _check_other(written, said, known, nouns=nouns)
    if bare and len(named) == 1:  # several are what a sum is made of
        yield from named


def _of_all(written: str, said: Extent, known: _Known) -> Change:
    """The target with nothing left out, where the whole is spoken of."""
    if known.is_more:
        raise _refused(written, said, "the text speaks of", "hold it against that")
    return _in_whole


def _of_part(said: Extent, known: _Known) -> Change | None:
    """The target where it is of what is said of a part of it, or of its layers."""
    if said.kind == "bare":
        named = known.left_out or (known.weighs and known.part)
        return _portion(named, kept=True) if named and not known.is_known else None
    if said.kind == "only" and known.is_weights and known.has("bias"):
        return _portion("bias", kept=False)
    if known.is_known:
        return None
    if known.part:
        partial = said.kind in ("only", "without", "no")
        return _portion(known.part, kept=said.kind == "only") if partial else None
    return _in_whole if known.left_out and said.kind in ("only", "with", "including") else None


def _check_other(written: str, said: Extent, known: _Known, *, nouns: bool) -> None:
    """Refuse a layer that the target does not have, and what is not understood."""
    denied = said.kind in ("without", "no")
    if known.part or known.left_out:
        return
    if known.layer and not denied and not known.costs_nothing:
        raise _refused(written, said, "the target has no such part:", "hold it against the sum")
    short = said.kind == "without" and _SHORT.search(written, said.start, said.end)  # AV
    strict = nouns and (said.kind in ("only", "including") or short)
    pieces = not _PIECES.isdisjoint(said.words) or _IN_SCRIPTS.search(said.name)
    if (strict or pieces) and said.kind != "with" and not (known.layer or known.is_size):
        problem = "this says of how much of the layers it is, and is not read:"
        raise _refused(written, said, problem, "write only(part, X), without(part, X)")


class _Known:
    """What is known of the object of an extent."""

    def __init__(self, said: Extent, target: Member, expand: Expand) -> None:
        self.said, self.target, self.expand = said, target, expand
        self.layers = target.layers
        words = said.name.split("_")
        firsts = range(len(words) if said.kind != "bare" else 1)
        called = ["_".join(words[first:]) for first in firsts]  # the final classifier
        called += ["linear"] if _PROJECTS.search(said.name) else []
        self.names = tuple(dict.fromkeys(n for name in called for n in (name, _singular(name))))

    def has(self, part: str) -> bool:
        """Whether the target has a part of that name."""
        return any(
            has_part(part, quantity.layers, self.expand) for quantity in self.target.quantities
        )

    @cached_property
    def part(self) -> str:
        """The name by which it is a part of the target."""
        return next(filter(self.has, self.names), "")

    @cached_property
    def left_out(self) -> str:
        """The name by which it is a part of the layers that the target leaves out."""
        if not any(isinstance(quantity.layers, Portion) for quantity in self.target.quantities):
            return ""
        whole = [_in_whole(quantity) for quantity in self.target.quantities]
        named = (n for n in self.names if any(has_part(n, q.layers, self.expand) for q in whole))
        return "" if self.part else next(named, "")

    @property
    def weighs(self) -> bool:
        """Whether the target counts anything of the part."""
        put = _portion(self.part, kept=True)
        for quantity in self.target.quantities:
            with suppress(ClosedformError):  # of this one it is no part
                if self.expand(put(quantity), "").tree != ZERO:
                    return True
        return False

    @property
    def is_flag(self) -> bool:
        """Whether it is a flag that a layer of the target can have."""
        said = (flag.name for flag in said_flags(f"with {' '.join(self.said.words)}"))
        flags = [name for name in said if name in (*self.names, *_FLAGS)]
        return any(has_argument(x.name, flag, self.expand) for flag in flags for x in self.layers)

    @cached_property
    def is_known(self) -> bool:
        """Whether its own words hold it, or nothing has to: a flag, the target itself, its unit."""
        flag = self.said.kind != "only" and self.is_flag
        return flag or self.is_own or self.is_quantity or _NOTHING.issuperset(self.said.words)

    @property
    def layer(self) -> str:
        """The layer that goes by its name."""
        return next(filter(None, map(layer_meant, self.names)), "")

    @property
    def is_own(self) -> bool:
        """Whether it is a layer of the target, as a whole."""
        own = {layer_called(layer.name) or layer.name for layer in self.layers}
        return self.layer in own

    @property
    def is_weights(self) -> bool:
        return not _WEIGHTS.isdisjoint(self.said.words)

    @property
    def is_quantity(self) -> bool:
        """Whether it is what is counted, or nothing at all."""
        words = self.said.words
        named = all(word in NAMING | _WEIGHTS or COUNTED.fullmatch(word) for word in words)
        return named or names_quantity(" ".join(words))

    @property
    def is_size(self) -> bool:
        return bool(sizes_called(" ".join(self.said.words)))

    @property
    def is_more(self) -> bool:
        """Whether it is a network, or a batch, of which the target is a part."""
        words = " ".join(self.said.words)
        if self.is_own:
            return False
        network = any(is_network(layer.name, self.expand) for layer in self.layers)
        if _NETWORK.search(words):
            return len(self.layers) == 1 and not network
        return _BATCH.search(words) is not None and "B" not in self.target.names

    @property
    def costs_nothing(self) -> bool:
        """Whether a layer of its name has nothing of what the target counts."""

        def cost(quantity: Quantity) -> Tree:
            layer = Quantity(quantity.measure, LayerNode(self.layer), quantity.options)
            return self.expand(layer, "").tree

        with suppress(ClosedformError):
            return all(cost(quantity) == ZERO for quantity in self.target.quantities)
        return False


def _singular(name: str) -> str:
    return name[:-2] if name.endswith("ses") else name.removesuffix("s")


def _portion(part: str, *, kept: bool) -> Change:
    return lambda q: Quantity(q.measure, Portion(part, _whole(q.layers), kept), q.options)


def _in_whole(quantity: Quantity) -> Quantity:
    """The quantity of all its layers, nothing left out."""
    return Quantity(quantity.measure, _whole(quantity.layers), quantity.options)


def _whole(layers: Layers) -> Layers:
    return _whole(layers.layers) if isinstance(layers, Portion) else layers


def _refused(written: str, said: Extent, problem: str, hint: str) -> ParseError:
    words = written[said.start : said.end].strip()
    hint = f"leave the words out, or {hint}"
    return ParseError(written, said.start, said.end, f"{problem} {words!r}", hint)
