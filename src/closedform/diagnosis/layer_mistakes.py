"""Mistakes about the layers of a target: how one of its quantities is taken for another.

A mistake of this sort takes one quantity and proposes what it would be with the mistake made;
:func:`of_quantities` puts that into the target.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from itertools import pairwise
from typing import TypeAlias

from closedform.algebra.tree import ONE, ZERO, Tree
from closedform.cost.call import OF_WEIGHTS, LayerCall, Term
from closedform.cost.expand import Costed
from closedform.cost.layer_type import FLAGS
from closedform.cost.sums import LayerSum
from closedform.diagnosis.case import Case, Finding, cost, shown
from closedform.errors import ClosedformError
from closedform.records import record
from closedform.symbols import role
from closedform.typeset.prose import Code, Prose, say

#: Sums of more layers than this, whole networks, are only held against a few mistakes.
MANY, NETWORK = 24, 10_000
#: Sums of more layers than this have none of them left out.
PARTS = 8

Sizes: TypeAlias = dict[str, Tree]


@record
class Group:
    """A layer of a sum with the bias and batch norm that came with it as flags."""

    term: Term
    flags: tuple[Term, ...] = ()

    @property
    def times(self) -> Tree:
        """How often the layer occurs."""
        return self.term.executed

    @property
    def call(self) -> LayerCall:
        """The layer itself."""
        return self.term.call

    @property
    def layers(self) -> LayerSum:
        """The layer and its flags as a sum again."""
        return LayerSum((self.term, *self.flags))

    @property
    def is_flag(self) -> bool:
        """Whether it is a bias or batch norm that is a layer of its own."""
        return self.call.layer in {kind.name for kind in FLAGS.values()}

    def has(self, flag: str) -> bool:
        """Whether the flag is on."""
        return any(term.call.layer == FLAGS[flag].name for term in self.flags)

    @property
    def on(self) -> tuple[str, ...]:
        """The flags that are on."""
        return tuple(flag for flag in FLAGS if self.has(flag))

    def takes(self, flag: str) -> bool:
        """Whether the layer has such a flag at all."""
        return flag in self.call.type.flags

    def flag(self, flag: str) -> LayerSum:
        """The bias or batch norm of this layer, by itself: the one it has, or could have."""
        if own := tuple(t for t in self.flags if t.call.layer == FLAGS[flag].name):
            return LayerSum(own)
        (_, *others) = self.call.type.at(self.call.sizes, (flag,))._leaves()
        return LayerSum(tuple(term.scaled(*self.term[:3]) for term in others))

    @property
    def named(self) -> Code:
        """The layer in the language: linear(M=d, N=4d)."""
        given = self.call.given.items()
        written = ", ".join(f"{name}={shown(x)}" for name, x in given if not is_position(name))
        return Code(f"{self.call.layer}({written})" if written else self.call.layer)


def without(parts: Sequence[Group], *places: int) -> LayerSum:
    """A sum without the layers at some places."""
    kept = (part for place, part in enumerate(parts) if place not in places)
    return LayerSum(tuple(term for part in kept for term in part.layers.terms))


#: What one quantity would be with a mistake made, and the same of a whole case.
OfQuantity = Callable[[Costed], Iterator[Finding]]
Proposals = Callable[[Case], Iterator[Finding]]


def with_call(
    layers: LayerSum, place: int, sizes: Mapping[str, Tree], flags: tuple[str, ...]
) -> LayerSum:
    """A sum in which the layer at a place has other sizes and flags; its batch stays."""
    terms, term = layers.terms, layers.terms[place]
    (made,) = term.call.type.at({**sizes, "B": term.call.batch}, flags).terms
    return LayerSum((*terms[:place], made.scaled(*term[:3]), *terms[place + 1 :]))


def of_quantities(mistakes: OfQuantity, most: int = MANY) -> Proposals:
    """The target with a mistake made in one of its quantities, or in two of them alike.

    Sums of more than ``most`` layers are left out.
    """

    def findings(case: Case) -> Iterator[Finding]:
        made: list[list[Finding]] = [[] for _ in case.quantities]
        for place, quantity in enumerate(case.quantities):
            if quantity.kind or len(groups(quantity.layers)) > most:
                continue
            for finding in _made(mistakes, quantity):
                made[place].append(finding)
                tree = case.with_quantity(place, finding.tree)
                yield Finding(finding.kind, finding.said, tree, case.claimed)
        for first, second in zip(*made, strict=False) if len(made) == 2 else ():
            tree = case.with_quantities([first.tree, second.tree])
            yield Finding(first.kind, partial(_both, first, second), tree, case.claimed)

    return findings


#: The same of whole networks too.
of_networks = partial(of_quantities, most=NETWORK)


def _both(first: Finding, second: Finding) -> Prose:
    one, other = first.said(), second.said()
    return one if one == other else say("{}; {}", one, other)


@lru_cache(maxsize=4096)
def _made(mistakes: OfQuantity, quantity: Costed) -> tuple[Finding, ...]:
    """The proposals up to the first that is no layer at all (a size below 1, say), made once."""
    made: list[Finding] = []
    with suppress(ClosedformError):
        made.extend(mistakes(quantity))  # what comes before an error stays
    return tuple(made)


@lru_cache(maxsize=1024)
def groups(layers: LayerSum) -> tuple[Group, ...]:
    """The layers of a sum, each with its flags."""
    grouped: list[Group] = []
    for term in layers._leaves():
        if term.call.owner is not None and grouped:
            grouped[-1] = Group(grouped[-1].term, (*grouped[-1].flags, term))
        else:
            grouped.append(Group(term))
    return tuple(grouped)


@record
class Meant:
    """The layer that is meant, how often it occurs, and the rest of the sum."""

    name: str
    sizes: Sizes
    flags: tuple[str, ...]
    times: Tree
    rest: LayerSum
    batch: Tree = ONE

    def often(self, measure: str) -> Tree:
        """How often it counts: weights are those of one sample."""
        return self.times if measure in OF_WEIGHTS else self.times * self.batch


def meant_layers(layers: LayerSum) -> Iterator[Meant]:
    """Each layer of a sum, and a depthwise layer with the pointwise one after it as one."""
    parts = groups(layers)
    for place, (one, two) in enumerate(pairwise(parts)):
        if (one.call.layer, two.call.layer) == ("depthwise_conv", "pointwise_conv"):
            rest = without(parts, place, place + 1)
            sizes = {**two.call.sizes, **one.call.sizes}
            yield Meant("depthwise_separable_conv", sizes, one.on, one.times, rest, one.call.batch)
    for place, part in enumerate(parts):
        if not part.is_flag:
            rest = without(parts, place)
            call = part.call
            yield Meant(call.layer, call.sizes, part.on, part.times, rest, call.batch)


def is_position(name: str) -> bool:
    """Whether a size is the height, width or length of an output."""
    return role(name) == "position"


@of_quantities
def other_parts(quantity: Costed) -> Iterator[Finding]:
    """A layer of the sum is forgotten, counted twice, or not repeated as often as it occurs."""
    parts = groups(quantity.layers)
    whole = Code(f"{quantity.measure}({' + '.join(part.named.written for part in parts[:PARTS])})")
    yield Finding("part", partial(say, "{} is missing ({})", whole, quantity.tree), ZERO)
    for part in parts if len(parts) <= PARTS else ():
        amount = cost(part.layers, quantity.measure, quantity.by)
        if len(parts) > 1:
            said = partial(_part_said, "the part of {} is missing ({})", part, amount)
            yield Finding("part", said, quantity.tree - amount)
            text = "the part of {} is counted twice ({} too much)"
            yield Finding("part", partial(_part_said, text, part, amount), quantity.tree + amount)
        if part.times != ONE:
            others = quantity.tree - amount
            said = partial(_part_said, "{} is counted once, not {} times", part, part.times)
            yield Finding("part", said, others + amount / part.times)


def _part_said(words: str, part: Group, amount: Tree) -> Prose:
    return say(words, part.named, amount)
