"""Another layer than the one that is meant, such as the standard formula for a depthwise layer.

The plain layers of the catalogue are searched, each with its dimensions bound to the sizes of the
target's own layer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache, partial
from itertools import islice, product
from typing import TypeAlias

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.tree import ONE, Number, Symbol, Tree, symbol_names
from closedform.cost.expand import Costed
from closedform.cost.layer_type import FLAGS, LAYERS, LayerType
from closedform.diagnosis.case import Case, Finding, cost
from closedform.diagnosis.fingerprint import PRIME, Fingerprints
from closedform.diagnosis.layer_mistakes import Meant, Sizes, groups, meant_layers
from closedform.records import entity
from closedform.symbols import letter, role
from closedform.typeset.prose import EQUAL, Code, Part, Prose, listed, say

#: A layer that is meant, and what may stand for it: another one, its sizes and its flags.
Drawn: TypeAlias = tuple[tuple[str, int], ...]
Bound: TypeAlias = "tuple[Meant, LayerType, Sizes, tuple[str, ...]]"
#: Sums of more layers than this are not searched, and no layer is tried at more bindings than this.
GROUPS, BINDINGS = 4, 16


@lru_cache(maxsize=1)
def _matches(case: Case) -> tuple[tuple[int, int, Other], ...]:
    """Other layers that may cost what is claimed, the nearest first, each with its place."""
    far = 0 if len(case.quantities) == 1 else NEAR
    ranked = [
        (other.distance + far, place, other)
        for place, quantity in enumerate(case.quantities)
        for other in _others(quantity, case, case.wanted_of(place))
    ]
    return tuple(sorted(ranked, key=lambda match: match[0]))


def _told(case: Case, *, confused: bool) -> Iterator[Finding]:
    # Too many layers come to one number, and at sizes that nobody gave; beside others nobody asks.
    for distance, place, other in _matches(case) if confused or not case.numeric else ():
        grouped = other.sort == "layer" and "groups" in map(role, other.changed)
        elsewhere = (tree for name, tree in other.changed.items() if tree != Symbol(name))
        strange = {*case.only[1]} & {*symbol_names(*elsewhere)}
        far = not confused and (strange or other.meant.rest.terms)
        if (distance < NEAR) is confused and not grouped and not far:
            tree = case.with_quantity(place, other.tree)
            yield Finding(other.sort, partial(sentence, other), tree, case.claimed)


#: The formula of a layer that people take for this one, or of this one at other sizes; and that of
#: any plain layer, or with another flag besides.
confused_layers = partial(_told, confused=True)
any_layer = partial(_told, confused=False)


def _others(quantity: Costed, case: Case, wanted: int | None) -> Iterator[Other]:
    """Other layers that cost what is wanted, by their fingerprints."""
    # Outputs are the same whatever layer it is.
    if quantity.kind or quantity.measure == "activations" or len(groups(quantity.layers)) > GROUPS:
        return
    prints, (_, claimed), (_, free) = case.fingerprints[0], case.names, case.only
    sizes = (tree for term in quantity.layers._leaves() for tree in term.call.sizes.values())
    names = dict.fromkeys((*symbol_names(*sizes), *claimed))
    drawn = tuple((name, prints.of(Symbol(name))) for name in names)
    costs = _costs(quantity, claimed, free, drawn, len(LAYERS))
    for value in costs if case.tolerance else (wanted,):
        for bound in costs.get(value, ()):
            yield Other(quantity, *bound)


@lru_cache(maxsize=256)
def _costs(
    quantity: Costed, names: tuple[str, ...], free: tuple[str, ...], drawn: Drawn, known: int
) -> dict[int | None, list[Bound]]:
    """Layers at sizes near those that are meant, by what they cost where symbols are ``drawn``.

    All of the ``known`` layers that are plain: a user's own may come.
    """
    costs: dict[int | None, list[Bound]] = {}
    prints = Fingerprints(Assumptions(), 0).at({name: Number(value) for name, value in drawn})
    right = prints.of(quantity.tree)
    for meant in meant_layers(quantity.layers):
        rest, times = (
            prints.of(cost(meant.rest, *way(quantity))),
            prints.of(meant.often(quantity.measure)),
        )
        for kind in (kind for kind in islice(LAYERS.values(), known) if kind.is_plain):
            same = kind.name == meant.name  # whose other sizes stay
            bindings = _bindings(kind, meant.sizes, names, free)
            every = _flags(kind, meant.flags)
            for bound in islice(bindings, BINDINGS):
                sizes = {**meant.sizes, **bound} if same else bound
                at = prints.at(sizes)
                for flags in every:
                    form = _form(kind, flags, kind.dims if same else kind.main, *way(quantity))
                    value = (rest + times * at.of(form)) % PRIME
                    if flags == meant.flags and value == right:
                        # The same layer under another name: its flags are told already.
                        break
                    costs.setdefault(value, []).append((meant, kind, sizes, flags))
    return costs


@cache
def _form(
    kind: LayerType, flags: tuple[str, ...], sizes: tuple[str, ...], measure: str, by: str
) -> Tree:
    """What a layer costs in the letters of its sizes."""
    return kind.at({name: Symbol(name) for name in sizes}, flags)._tree(measure, by)


def _flags(kind: LayerType, own: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The flags to try: first those of the layer that is meant."""
    sets = [own, (*own, "bias"), tuple(f for f in own if f != "bias")]
    sets.append(tuple(f for f in own if f != "bn"))
    ordered = [tuple(f for f in FLAGS if f in flags) for flags in sets]
    return [flags for flags in dict.fromkeys(ordered) if set(flags) <= set(kind.flags)]


def _bindings(
    kind: LayerType, own: Sizes, names: tuple[str, ...], free: tuple[str, ...]
) -> Iterator[Sizes]:
    """Sizes for a layer: those that are meant, inputs and outputs exchanged or not."""
    options = [_options(kind, name, own, names, free) for name in kind.main]
    for chosen in product(*options):
        yield dict(zip(kind.main, chosen, strict=True))
    channels = [name for name in kind.main if role(name) in CHANNELS and name in own]
    if len(channels) == len(CHANNELS):
        base = {name: options[place][0] for place, name in enumerate(kind.main)}
        one, two = channels
        yield base | {two: own[one]}
        yield base | {one: own[two]}
        yield base | {one: own[two], two: own[one]}


def _options(
    kind: LayerType, name: str, own: Sizes, names: tuple[str, ...], free: tuple[str, ...]
) -> list[Tree]:
    """What a dimension may be bound to; no batch or stride, which multiply a cost by themselves."""
    sort = role(name)
    free = tuple(name for name in free if role(name) not in ("batch", "stride"))
    if sort == "groups":
        options = [own[name]] if name in own else []
        options += [kind._defaults[name]] if name in kind._defaults else []
        options += [Symbol(n) for n in free[:2]]
        return options or [Symbol(name)]
    if name in own:
        return [own[name]]
    if sort == "position":
        return [ONE]
    options = [own[other] for other in own if sort in CHANNELS and role(other) == CHANNELS[sort]]
    options += [Symbol(n) for n in free[:3]]
    if sort == "kernel" and name in names and name not in free:
        options.append(Symbol(name))
    return options or [kind._defaults.get(name, Symbol(name))]


# -- what is said of another layer ----------------------------------------------------------------

#: Layers that are nearer than this are what people confuse.
NEAR = 4

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
#: What nobody confuses inside of a layer of several kernels: a factor is left out there.
ALONE = frozenset({("conv", "depthwise_conv")})


@entity
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
        counted = way(self.quantity)
        value = cost(self.kind.at(self.sizes, self.flags), *counted)
        return cost(self.meant.rest, *counted) + self.meant.often(self.quantity.measure) * value

    @cached_property
    def changed(self) -> Sizes:
        """The sizes that are not those of the layer that is meant."""
        own, defaults = self.meant.sizes, self.kind._defaults
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
        pair = (self.meant.name, self.kind.name)
        inside = bool(self.meant.rest.terms) and pair in ALONE
        known = self.sort != "layer" or (pair in CONFUSED and not inside)
        changed = 1 if self.sort == "swap" else len(self.changed)
        crowd = 1 if self.meant.rest.terms else 0
        return 2 * flags + (0 if known else NEAR) + changed**2 + crowd


def way(quantity: Costed) -> tuple[str, str]:
    """How the quantity is counted."""
    return quantity.measure, quantity.by


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
    known: dict[str, Part] = {"=": EQUAL, "1": ONE}
    equation = (known.get(s) or Symbol(letter(s)) for s in " ".join(sizes[:1]).split())
    return (first, *equation, *sizes[1:])


def _flag_words(other: Other) -> Prose:
    added = [flag for flag in other.flags if flag not in other.meant.flags]
    dropped = [flag for flag in other.meant.flags if flag not in other.flags]
    names = {"bias": "a bias", "bn": "batch norm"}
    parts = [f"with {names.get(flag, flag)} that this layer does not have" for flag in added]
    if added == ["bias"] and "bn" in other.flags:
        parts[0] += ", which makes the 2 of BN a 3"
    parts += [f"without {names.get(flag, flag)}" for flag in dropped]
    return say("".join(f"; and {part}" for part in parts))
