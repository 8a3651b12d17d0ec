"""Another layer than the one that is meant, such as the standard formula for a depthwise layer.

The catalogue is searched, each layer with its dimensions bound to the sizes of the target's own
layer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice, pairwise, product

from closedform.algebra.tree import ONE, Number, Symbol, Tree, multiply
from closedform.cost.expand import Costed
from closedform.cost.registry import FLAGS, LAYERS, LayerType
from closedform.cost.sums import LayerSum
from closedform.diagnosis.case import Case, Finding
from closedform.diagnosis.layer_mistakes import Group, Wrong, groups, proposals
from closedform.errors import ClosedformError
from closedform.typeset.prose import EQUAL, Code, Prose, listed, say

#: Sums of more layers than this are not searched, and no layer is tried at more bindings than this.
GROUPS, BINDINGS = 4, 16

Sizes = dict[str, Tree]

#: What it means when the second layer's formula stands where the first is meant.
KERNEL_1: Prose = (Symbol("k"), EQUAL, ONE)
CONFUSED: dict[tuple[str, str], str | Prose] = {
    ("depthwise_conv", "conv"): say(
        "the standard formula where a depthwise layer was meant ({} forgotten)",
        (Symbol("g"), EQUAL, Symbol("M")),
    ),
    ("grouped_conv", "conv"): "the standard formula: the division by the groups (/g) is forgotten",
    ("conv", "grouped_conv"): "the grouped formula for a standard layer (there is no /g)",
    ("conv", "depthwise_conv"): (
        "the depthwise formula; in a standard layer each output sees all inputs"
    ),
    ("conv", "pointwise_conv"): say("the kernel is left out ({})", KERNEL_1),
    ("pointwise_conv", "conv"): say(
        "the standard formula where a pointwise layer was meant ({})", KERNEL_1
    ),
    ("depthwise_separable_conv", "conv"): (
        "the standard formula where a depthwise separable one was meant"
    ),
    ("conv", "linear"): "the formula of a fully connected layer: kernel and positions are left out",
}


@dataclass(frozen=True)
class Meant:
    """The layer that is meant, how often it occurs, and the rest of the sum."""

    name: str
    sizes: Sizes
    flags: tuple[str, ...]
    times: Tree
    rest: LayerSum


def layer_mistakes(case: Case) -> Iterator[Finding]:
    """The formula of another layer, or of the same layer at other sizes."""
    yield from proposals(case, partial(_others, case=case))


def _others(quantity: Costed, *, case: Case) -> Iterator[Wrong]:
    right = quantity.layers.tree(quantity.measure, quantity.by)
    for meant in _meant(quantity.layers):
        for kind in LAYERS.values():
            if not kind.elementary:
                continue
            options = _bindings(kind, meant.sizes, case.names[1], case.only[1])
            for sizes in islice(options, BINDINGS):
                yield from _with_flags(quantity, meant, kind, sizes, case, right)


def _with_flags(
    quantity: Costed, meant: Meant, kind: LayerType, sizes: Sizes, case: Case, right: Tree
) -> Iterator[Wrong]:
    rest = meant.rest.tree(quantity.measure, quantity.by)
    crowd = 0.4 if len(groups(quantity.layers)) > 1 else 0
    crowd = 0.0 if meant.name == "depthwise_separable_conv" and not meant.rest.terms else crowd
    for flags in _flags(kind, meant.flags):
        try:
            layers = kind.at(sizes, flags)
            cost = layers.tree(quantity.measure, quantity.by)
        except ClosedformError:
            continue
        tree = rest + multiply(meant.times, cost)
        if flags == meant.flags and case.same(tree, right):
            # The same layer under another name: with other flags it is a matter of the flags alone.
            return
        if len(case.quantities) == 1 and not case.same(case.with_quantity(0, tree), case.claimed):
            continue  # a sentence takes longer than this test
        kind_of, size, text = _sentence(quantity, meant, kind, sizes, flags)
        yield Wrong(kind_of, size + crowd, text, tree)


def _meant(layers: LayerSum) -> Iterator[Meant]:
    """Each layer of a sum, and a depthwise layer with the pointwise one after it as one."""
    parts = groups(layers)
    if len(parts) > GROUPS:
        return
    for place, part in enumerate(parts):
        if part.call.layer in {kind.name for kind in FLAGS.values()}:
            continue
        rest = LayerSum(tuple(t for i, p in enumerate(parts) if i != place for t in p.layers.terms))
        yield Meant(part.call.layer, dict(part.call.arguments), _flags_of(part), part.times, rest)
    for place, (one, two) in enumerate(pairwise(parts)):
        if (one.call.layer, two.call.layer) != ("depthwise_conv", "pointwise_conv"):
            continue
        others = [p for i, p in enumerate(parts) if i not in (place, place + 1)]
        rest = LayerSum(tuple(t for p in others for t in p.layers.terms))
        sizes = {**dict(two.call.arguments), **dict(one.call.arguments)}
        yield Meant("depthwise_separable_conv", sizes, _flags_of(one), one.times, rest)


def _flags_of(part: Group) -> tuple[str, ...]:
    return tuple(flag for flag in FLAGS if part.has(flag))


def _flags(kind: LayerType, own: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The flags to try: first those of the layer that is meant."""
    sets = [own, tuple(dict.fromkeys((*own, "bias"))), tuple(f for f in own if f != "bias")]
    sets.append(tuple(f for f in own if f != "bn"))
    ordered = [tuple(f for f in FLAGS if f in flags) for flags in sets]
    return [flags for flags in dict.fromkeys(ordered) if set(flags) <= set(kind.flags)]


def _bindings(
    kind: LayerType, own: Sizes, names: tuple[str, ...], free: tuple[str, ...]
) -> Iterator[Sizes]:
    """Sizes for a layer: those that are meant, N and M exchanged or taken for each other."""
    options = [_options(kind, name, own, names, free) for name in kind.main]
    for chosen in product(*options):
        sizes = dict(zip(kind.main, chosen, strict=True))
        yield sizes
    if {"M", "N"} <= own.keys() and {"M", "N"} <= set(kind.main):
        base = {name: options[place][0] for place, name in enumerate(kind.main)}
        yield base | {"M": own["N"], "N": own["M"]}
        yield base | {"N": own["M"]}
        yield base | {"M": own["N"]}


def _options(
    kind: LayerType, name: str, own: Sizes, names: tuple[str, ...], free: tuple[str, ...]
) -> list[Tree]:
    """What a dimension may be bound to."""
    if name == "g":
        found = [own["g"]] if "g" in own else []
        if name in kind.defaults:
            found.append(kind.defaults[name])
        found += [Symbol(n) for n in free[:2]]
        return found or [Symbol("g")]
    if name in own:
        return [own[name]]
    other = {"M": "N", "N": "M"}.get(name, "")
    found = [own[other]] if other in own else []
    found += [Symbol(n) for n in free[:3]]
    if name == "k" and "k" not in free:
        found += [Symbol("k")] if "k" in names else []
    if name in ("H", "W"):
        return [Number(1)]
    return found or [kind.defaults.get(name, Symbol(name))]


def _sentence(
    quantity: Costed, meant: Meant, kind: LayerType, sizes: Sizes, flags: tuple[str, ...]
) -> tuple[str, float, Prose]:
    """Kind, size and text of a mistake."""
    added = [flag for flag in flags if flag not in meant.flags]
    dropped = [flag for flag in meant.flags if flag not in flags]
    size = 0.75 + 0.25 * (len(added) + len(dropped))
    inside = f"({', '.join(flags)})" if flags else ""
    head = Code(f"{quantity.measure}({kind.name}{inside})")
    other = {n: t for n, t in sizes.items() if meant.sizes.get(n, kind.defaults.get(n)) != t}
    at = listed((Symbol(name), EQUAL, tree) for name, tree in other.items() if tree != Symbol(name))
    tail = _flag_words(added, dropped, flags)
    own = meant.sizes
    grouped = {kind.name, meant.name} == {"conv", "grouped_conv"} and sizes["g"] == own["g"]
    same = kind.name == meant.name or grouped
    if same and len(other) == 2 and {"M", "N"} == other.keys():
        one, two = own["M"], own["N"]
        return (
            "swap",
            size - 0.1,
            say("{} and {} are swapped: inputs and outputs{}", one, two, tail),
        )
    if same and other.keys() in ({"M"}, {"N"}):
        (name,) = other
        stands, right = other[name], own[name]
        text = say(
            "this is {} at {}: {} stands where {} is meant{}",
            head,
            (Symbol(name), EQUAL, stands),
            stands,
            right,
            tail,
        )
        return "symbol", size, text
    if same and other.keys() == {"g"}:
        if sizes["g"] == Number(1):
            return (
                "groups",
                size - 0.1,
                say("this is {}: {}{}", head, CONFUSED["grouped_conv", "conv"], tail),
            )
        if own["g"] == Number(1):
            text = say("this is the formula in {} groups: a standard layer has no /g", sizes["g"])
            return "groups", size - 0.1, text + tail
        return (
            "groups",
            size,
            say("this is {} at {}: other groups{}", head, (Symbol("g"), EQUAL, sizes["g"]), tail),
        )
    default = f"the formula of {kind.name} where {meant.name} was meant"
    reason = CONFUSED.get((meant.name, kind.name), default)
    known = (meant.name, kind.name) in CONFUSED
    size += (0 if known else 0.3) + 0.1 * (len(other) - 1)
    sort = "groups" if {meant.name, kind.name} == {"grouped_conv", "conv"} else "layer"
    return (
        sort,
        size,
        say("this is {}{}: {}{}", head, say(" at {}", at) if at else (), reason, tail),
    )


def _flag_words(added: list[str], dropped: list[str], flags: tuple[str, ...]) -> Prose:
    names = {"bias": "a bias", "bn": "batch norm"}
    parts = [f"with {names.get(flag, flag)} that this layer does not have" for flag in added]
    if added == ["bias"] and "bn" in flags:
        parts[0] += ", which makes the 2 of BN a 3"
    parts += [f"without {names.get(flag, flag)}" for flag in dropped]
    return say("".join(f"; and {part}" for part in parts))
