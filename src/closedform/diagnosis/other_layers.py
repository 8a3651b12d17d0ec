"""Another layer than the one that is meant, such as the standard formula for a depthwise layer.

The plain layers of the catalogue are searched, each with its dimensions bound to the sizes of the
target's own layer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import islice, pairwise, product

from closedform.algebra.tree import ONE, Number, Symbol, Tree
from closedform.cost.expand import Costed
from closedform.cost.registry import FLAGS, LAYERS, LayerType
from closedform.cost.sums import LayerSum
from closedform.diagnosis.another_layer import (
    CHANNELS,
    NEAR,
    Meant,
    Other,
    Sizes,
    sentence,
    way,
    whole,
)
from closedform.diagnosis.case import Case, Finding
from closedform.diagnosis.layer_mistakes import Group, groups, role
from closedform.typeset.prose import Prose, say

#: Sums of more layers than this are not searched, and no layer is tried at more bindings than this.
GROUPS, BINDINGS = 4, 16


def confused_layers(case: Case) -> Iterator[Finding]:
    """The formula of a layer that people take for this one, or of this one at other sizes."""
    yield from _findings(case, near=True)


def any_layer(case: Case) -> Iterator[Finding]:
    """The formula of any plain layer, or with another flag besides."""
    yield from _findings(case, near=False)


def _findings(case: Case, *, near: bool) -> Iterator[Finding]:
    found = [list(_others(quantity, case)) for quantity in case.quantities]
    held: list[tuple[int, Finding]] = []
    for place, others in enumerate(found):
        for other, value in others:
            distance = other.distance
            if (distance < NEAR and len(found) == 1) is near and (
                case.tolerance or case.may_be(case.with_quantity(place, value))
            ):
                tree = case.with_quantity(place, other.tree)
                said = partial(sentence, other)
                held.append((distance, Finding(other.sort, said, tree, case.claimed)))
    for (one, first), (two, second) in zip(*found, strict=False) if len(found) == 2 else ():
        if not near and (case.tolerance or case.may_be(case.with_quantities([first, second]))):
            tree = case.with_quantities([one.tree, two.tree])
            said = partial(_both, one, two)
            held.append((one.distance, Finding(one.sort, said, tree, case.claimed)))
    yield from (finding for _, finding in sorted(held, key=lambda pair: pair[0]))


def _both(one: Other, two: Other) -> Prose:
    first, second = sentence(one), sentence(two)
    return first if first == second else say("{}; {}", first, second)


def _others(quantity: Costed, case: Case) -> Iterator[tuple[Other, Tree]]:
    """Other layers, each with a number that stands for the quantity: its fingerprint."""
    if len(groups(quantity.layers)) > GROUPS:
        return
    right = case.fingerprints[0].of(quantity.tree)
    for meant in () if quantity.kind else _meant(quantity.layers):
        for kind in LAYERS.values():
            if not kind.elementary:
                continue
            bindings = _bindings(kind, meant.sizes, case.names[1], case.only[1])
            for sizes in islice(bindings, BINDINGS):
                at = case.fingerprints[0].at(sizes)
                for flags in _flags(kind, meant.flags):
                    form = _form(kind, flags, *way(quantity))
                    value = whole(quantity, meant, Number(at.of(form)))
                    if flags == meant.flags and case.fingerprints[0].of(value) == right:
                        # The same layer under another name: its flags are told already.
                        break
                    yield Other(quantity, meant, kind, sizes, flags), value


@cache
def _form(kind: LayerType, flags: tuple[str, ...], measure: str, by: str) -> Tree:
    """What a layer costs in the letters of its sizes."""
    return kind.at({name: Symbol(name) for name in kind.main}, flags).tree(measure, by)


def _meant(layers: LayerSum) -> Iterator[Meant]:
    """Each layer of a sum, and a depthwise layer with the pointwise one after it as one."""
    parts = groups(layers)
    for place, (one, two) in enumerate(pairwise(parts)):
        if (one.call.layer, two.call.layer) == ("depthwise_conv", "pointwise_conv"):
            rest = _without(parts, place, place + 1)
            sizes = {**two.call.sizes, **one.call.sizes}
            yield Meant("depthwise_separable_conv", sizes, _flags_of(one), one.times, rest)
    for place, part in enumerate(parts):
        if not part.is_flag:
            rest = _without(parts, place)
            yield Meant(part.call.layer, part.call.sizes, _flags_of(part), part.times, rest)


def _without(parts: Sequence[Group], *places: int) -> LayerSum:
    kept = (part for place, part in enumerate(parts) if place not in places)
    return LayerSum(tuple(term for part in kept for term in part.layers.terms))


def _flags_of(part: Group) -> tuple[str, ...]:
    return tuple(flag for flag in FLAGS if part.has(flag))


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
        yield base | {one: own[two], two: own[one]}
        yield base | {two: own[one]}
        yield base | {one: own[two]}


def _options(
    kind: LayerType, name: str, own: Sizes, names: tuple[str, ...], free: tuple[str, ...]
) -> list[Tree]:
    """What a dimension may be bound to; no batch or stride, which multiply a cost by themselves."""
    sort = role(name)
    free = tuple(name for name in free if role(name) not in ("batch", "stride"))
    if sort == "groups":
        found = [own[name]] if name in own else []
        found += [kind.defaults[name]] if name in kind.defaults else []
        found += [Symbol(n) for n in free[:2]]
        return found or [Symbol(name)]
    if name in own:
        return [own[name]]
    if sort == "position":
        return [ONE]
    found = [own[other] for other in own if sort in CHANNELS and role(other) == CHANNELS[sort]]
    found += [Symbol(n) for n in free[:3]]
    if sort == "kernel" and name in names and name not in free:
        found.append(Symbol(name))
    return found or [kind.defaults.get(name, Symbol(name))]
