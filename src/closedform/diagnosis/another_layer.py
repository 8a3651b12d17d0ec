"""One layer in the place of another: which sizes and flags differ, and what is said of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from closedform.algebra.tree import ONE, Number, Symbol, Tree
from closedform.cost.expand import Costed
from closedform.cost.registry import LayerType
from closedform.cost.sums import LayerSum
from closedform.diagnosis.case import cost
from closedform.records import record
from closedform.symbols import letter, role
from closedform.typeset.prose import EQUAL, Code, Prose, listed, say

#: Layers that are nearer than this are what people confuse.
NEAR = 4
Sizes = dict[str, Tree]

#: The two kinds of channels, which are taken for each other.
CHANNELS = {"inputs": "outputs", "outputs": "inputs"}

#: What it means when the second layer's formula stands where the first is meant; what is said of
#: sizes, by their roles, stands in braces.
CONFUSED: dict[tuple[str, str], str] = {
    ("depthwise_conv", "conv"): "the standard formula where a depthwise layer was meant "
    "({groups = inputs} forgotten)",
    ("grouped_conv", "conv"): "the standard formula: the division by the groups (/{groups}) is "
    "forgotten",
    ("conv", "grouped_conv"): "the grouped formula for a standard layer (there is no /{groups})",
    ("conv", "depthwise_conv"): "the depthwise formula; in a standard layer each output sees all "
    "inputs",
    ("conv", "pointwise_conv"): "the kernel is left out ({kernel = 1})",
    ("pointwise_conv", "conv"): "the standard formula where a pointwise layer was meant "
    "({kernel = 1})",
    ("depthwise_separable_conv", "conv"): "the standard formula where a depthwise separable one "
    "was meant",
    ("conv", "linear"): "the formula of a fully connected layer: kernel and positions are left out",
}


@record
class Meant:
    """The layer that is meant, how often it occurs, and the rest of the sum."""

    name: str
    sizes: Sizes
    flags: tuple[str, ...]
    times: Tree
    rest: LayerSum


@dataclass(frozen=True, eq=False)
class Other:
    """Another layer, at sizes and with flags, in the place of the one that is meant."""

    quantity: Costed
    meant: Meant
    kind: LayerType
    sizes: Sizes
    flags: tuple[str, ...]

    @property
    def tree(self) -> Tree:
        """What the quantity would be."""
        layers = self.kind.at(self.sizes, self.flags)
        return whole(self.quantity, self.meant, cost(layers, *way(self.quantity)))

    @cached_property
    def changed(self) -> Sizes:
        """The sizes that are not those of the layer that is meant."""
        own, defaults = self.meant.sizes, self.kind.defaults
        return {n: t for n, t in self.sizes.items() if own.get(n, defaults.get(n)) != t}

    @cached_property
    def sort(self) -> str:
        """The kind of mistake: the layer, its groups, two sizes swapped, one for another."""
        roles = sorted(map(role, self.changed))
        names = {self.kind.name, self.meant.name}
        grouped = names == {"conv", "grouped_conv"}
        if len(names) == 1 or (grouped and "groups" not in roles):
            if roles == sorted(CHANNELS):
                return "swap"
            if len(roles) == 1 and roles[0] in CHANNELS:
                return "symbol"
            if roles == ["groups"]:
                return "groups"
        return "groups" if grouped else "layer"

    @property
    def distance(self) -> int:
        """How far it is from the layer that is meant: what people confuse comes first."""
        flags = len({*self.flags} ^ {*self.meant.flags})
        known = self.sort != "layer" or (self.meant.name, self.kind.name) in CONFUSED
        changed = 0 if self.sort == "swap" else len(self.changed)
        crowd = 1 if self.meant.rest.terms else 0
        return 2 * flags + (0 if known else NEAR) + changed**2 + crowd


def way(quantity: Costed) -> tuple[str, str]:
    """How the quantity is counted."""
    return quantity.measure, quantity.by


def whole(quantity: Costed, meant: Meant, value: Tree) -> Tree:
    """The quantity where the layer that is meant has this value."""
    return cost(meant.rest, *way(quantity)) + meant.times * value


def sentence(other: Other) -> Prose:
    """What is said of the mistake."""
    changed, own, kind = other.changed, other.meant.sizes, other.kind
    inside = f"({', '.join(other.flags)})" if other.flags else ""
    head = Code(f"{other.quantity.measure}({kind.name}{inside})")
    tail, sort = _flag_words(other), other.sort
    if sort == "swap":
        one, two = (own[name] for name in changed)
        return say("{} and {} are swapped: inputs and outputs{}", one, two, tail)
    if sort == "symbol":
        ((name, stands),) = changed.items()
        equation = (Symbol(name), EQUAL, stands)
        text = "this is {} at {}: {} stands where {} is meant{}"
        return say(text, head, equation, stands, own[name], tail)
    groups_of = next((name for name in changed if role(name) == "groups"), None)
    if sort == "groups" and groups_of is not None:
        stands = other.sizes[groups_of]
        if stands == ONE:
            reason = _reason("grouped_conv", "conv")
            return say("this is {}: {}{}", head, reason, tail)
        if own.get(groups_of) == ONE:
            text = "this is the formula in {} groups: a standard layer has no /{}{}"
            return say(text, stands, Symbol(groups_of), tail)
        meant = Code(f"{other.quantity.measure}({other.meant.name}{inside})")
        text = "this is {} in {} groups, where {} are meant{}"
        return say(text, meant, stands, own[groups_of], tail)
    pairs = [(Symbol(name), EQUAL, tree) for name, tree in changed.items()]
    at = listed(pair for pair in pairs if pair[0] != pair[2])
    reason = _reason(other.meant.name, kind.name)
    return say("this is {}{}: {}{}", head, say(" at {}", at) if at else (), reason, tail)


def _reason(meant: str, stands: str) -> Prose:
    words = CONFUSED.get((meant, stands), f"the formula of {stands} where {meant} was meant")
    first, *sizes = re.split(r"\{(.*?)\}", words)
    equation = (EQUAL if side == "=" else _size(side) for side in " ".join(sizes[:1]).split())
    return (first, *equation, *sizes[1:])


def _size(word: str) -> Symbol | Number:
    return ONE if word == "1" else Symbol(letter(word))


def _flag_words(other: Other) -> Prose:
    added = [flag for flag in other.flags if flag not in other.meant.flags]
    dropped = [flag for flag in other.meant.flags if flag not in other.flags]
    names = {"bias": "a bias", "bn": "batch norm"}
    parts = [f"with {names.get(flag, flag)} that this layer does not have" for flag in added]
    if added == ["bias"] and "bn" in other.flags:
        parts[0] += ", which makes the 2 of BN a 3"
    parts += [f"without {names.get(flag, flag)}" for flag in dropped]
    return say("".join(f"; and {part}" for part in parts))
