"""The laws of the catalogue, each stated once, over every layer of the registry.

A law is a function of one layer (or of nothing, where it speaks of several) that raises when the
layer breaks it. Most are proofs: two expressions are compared by normal form, not at sample sizes.
``check`` runs them all and is what the mutation check asks about each broken formula.
"""

from __future__ import annotations

import csv
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from math import gcd
from pathlib import Path

import sympy

from closedform.algebra.bridge import from_sympy
from closedform.algebra.decide import equal
from closedform.algebra.exact import value
from closedform.algebra.tree import Number, Operand, Symbol, Tree, substitute, symbol_names, wrap
from closedform.catalogue import LAYERS, lookup
from closedform.catalogue.networks.widths import rounded
from closedform.cost.conventions import PAPERS
from closedform.cost.kinds import SCALARS
from closedform.cost.layer_type import LayerType
from closedform.cost.measures import MEASURES
from closedform.cost.measuring import counted, measured
from closedform.cost.sums import LayerSum
from closedform.errors import ClosedformError
from closedform.language.layer_names import is_layer
from closedform.reading import parse_layers
from closedform.symbols import SIZES, symbol
from closedform.typeset.text import text
from tests.oracle.layers import EXECUTORS, Execution, executions
from tests.tools import network_totals

k, M, N, g, H, W = (Symbol(name) for name in "kMNgHW")

#: Admissible sizes by role: a value for each of three rows. Sizes of one role are told apart by
#: their place among them, and channels and widths are multiples of what divides them.
ROWS: dict[str, tuple[int, int, int]] = {
    "kernel": (1, 3, 5),
    "groups": (1, 4, 3),
    "heads": (1, 2, 4),
    "inputs": (1, 16, 2),
    "outputs": (1, 32, 3),
    "width": (4, 6, 8),
    "position": (1, 7, 4),
    "input position": (2, 9, 5),
    "stride": (1, 2, 1),
    "count": (1, 3, 2),
    "scale": (1, 1, 1),
}

#: What an execution counts besides scalar operations.
COUNTED = ("params", "macs", "activations", "buffers", "kv_cache")

#: A multiple of an admissible size of these roles is one too.
FREE_ROLES = frozenset({"position", "input position", "count", "inputs", "outputs"})

#: A layer, the general one, and the sizes at which the general one is the layer.
SPECIAL_CASES: list[tuple[str, str, dict[str, Operand]]] = [
    ("depthwise_conv", "grouped_conv", {"g": M, "N": M}),
    ("pointwise_conv", "conv", {"k": 1}),
    ("linear", "pointwise_conv", {"H": 1, "W": 1}),
    ("conv", "grouped_conv", {"g": 1}),
    ("grouped_conv", "conv", {"g": g}),
]

with (Path(__file__).parent / "data" / "layers.csv").open(encoding="utf-8", newline="") as _file:
    #: Layers at one size each, and their executed numbers.
    EXECUTED: list[dict[str, str]] = list(csv.DictReader(_file, delimiter="|"))
with network_totals.FILE.open(encoding="utf-8", newline="") as _file:
    #: Totals of whole networks, so that one wrong row of a table is noticed. That they are the
    #: published ones, to the digits published, is held by ``test_networks.py``.
    TOTALS: list[list[str]] = list(csv.reader(_file, delimiter="|"))[1:]


#: Networks whose widths are a number of channels times α; others round some of them.
OPEN_WIDTHS = ("mobilenet_v1", "mobilenet_v2")


# Two entries.


def entries_agree(layer: LayerType) -> None:
    """The closed form is what the operations and the parts count, for every choice of flags."""
    for flags in flag_sets(layer):
        for term in call_with(layer, flags, every_symbol(layer)).terms:
            for measure in MEASURES:
                if getattr(term.call.closed_form, measure, None) is not None:
                    entry = measured(term.call, measure)
                    prove(entry, counted(term.call, measure), f"{layer.name} {measure}")


def closed_forms_are_sympy(layer: LayerType) -> None:
    """The function of a layer, called with SymPy symbols, gives SymPy expressions."""
    symbols = {name: symbol(name) for name in layer.dims}
    cost = layer.formula(**symbols)
    trees = call_with(layer, (), every_symbol(layer))
    for measure, expression in cost._asdict().items() if cost is not None else ():
        if expression is not None:
            assert isinstance(sympy.Integer(0) + expression, sympy.Expr), (layer.name, measure)
            prove(from_sympy(expression), trees._tree(measure), layer.name)


def repr_reads_back(layer: LayerType) -> None:
    """What a layer prints of itself is the same layer again: in Python, and in the language."""
    for flags in flag_sets(layer):
        one = call_with(layer, flags)
        again = parse_layers(repr(one))
        for measure in MEASURES:
            prove(again._tree(measure), one._tree(measure), layer.name)


# Calls.


def numbers_are_substitution(layer: LayerType) -> None:
    """A call with numbers is the closed form with the numbers put in, all of them or some."""
    rows = [(sizes, {n: sizes[n] for n in layer.cases if n in sizes}) for sizes in own_sizes(layer)]
    general: dict[object, dict[tuple[str, str], Tree]] = {}
    for (sizes, kept), flags in itertools.product(rows, flag_sets(layer)):
        key = (flags, *kept.items())
        if key not in general:
            open_call = call_with(layer, flags, {**every_symbol(layer), **kept})
            general[key] = {asked: open_call._tree(*asked) for asked in questions()}
        trees = general[key]
        for some in (sizes, dict(itertools.islice(sizes.items(), len(sizes) // 2))):
            special = call_with(layer, flags, {**every_symbol(layer), **kept, **some})
            put_in: dict[str, Tree] = {name: Number(size) for name, size in some.items()}
            for asked, tree in trees.items():
                prove(special._tree(*asked), substitute(tree, put_in), layer.name)


def numbers_give_integers(layer: LayerType) -> None:
    """At admissible sizes every measure is an int and none is negative."""
    for sizes in own_sizes(layer):
        integers_at(layer, sizes)


def integers_at(layer: LayerType, sizes: Mapping[str, int]) -> None:
    """The same at given sizes."""
    for flags in flag_sets(layer):
        cost = call_with(layer, flags, sizes)
        measures = (cost.params, cost.macs, cost.flops(), cost.activations)
        assert all(type(found) is int for found in measures), (layer.name, sizes, measures)
        assert all(found >= 0 for found in measures), (layer.name, sizes, measures)
        assert cost.activations, (layer.name, sizes)


def names_find_the_layer(layer: LayerType) -> None:
    """Its name and its aliases, with hyphens or underscores, in any case."""
    for name in (layer.name, *layer.aliases):
        for written in (name, name.upper(), name.replace("_", "-")):
            assert lookup(written) is layer, written


# Measures.


def params_know_no_positions(layer: LayerType) -> None:
    """Weights of convolutions and linear layers are shared over the positions of the output."""
    positions = {name for name in layer.dims if name in SIZES and SIZES[name].role == "position"}
    for flags in flag_sets(layer) if layer.module in ("conv", "linear") else ():
        found = positions & set(symbol_names(call_with(layer, flags)._tree("params")))
        assert not found, (layer.name, flags, found)


def one_addition_less(layer: LayerType) -> None:
    """A contraction does, per output, one addition less than it does multiplications."""
    if layer.module in ("conv", "linear"):
        cost = call_with(layer, ())
        both = cost._tree("flops") + cost._tree("activations")
        prove(both, 2 * cost._tree("macs"), layer.name)


def flags_add_per_output(layer: LayerType) -> None:
    """A bias adds 1 FLOP per output, a batch norm 2; no MACs and no outputs are added."""
    per_output = {"bias": 1, "bn": 2}
    plain = call_with(layer, ())
    for flags in flag_sets(layer) if layer.module in ("conv", "linear") else ():
        cost = call_with(layer, flags)
        more = sum(per_output[flag] for flag in flags) * plain._tree("activations")
        prove(cost._tree("flops"), plain._tree("flops") + more, layer.name)
        prove(cost._tree("macs"), plain._tree("macs"), layer.name)
        prove(cost._tree("activations"), plain._tree("activations"), layer.name)


def macs_count_contractions(layer: LayerType) -> None:
    """Convention mac counts the MACs, mac2 twice as much; neither counts a bias or batch norm."""
    for flags in flag_sets(layer) if layer.flags else ():
        cost = call_with(layer, flags)
        prove(cost._tree("flops", "mac"), cost._tree("macs"), layer.name)
        prove(cost._tree("flops", "mac2"), 2 * cost._tree("flops", "mac"), layer.name)


# Sums.


def costs_add(layer: LayerType) -> None:
    """What a sum or a multiple of layers costs is the sum or the multiple of what they cost."""
    other, times = LAYERS["conv"](k=3, bias=True), symbol("L")
    for flags in flag_sets(layer):
        one = call_with(layer, flags)
        for measure, convention in questions():
            left, right = one._tree(measure, convention), other._tree(measure, convention)
            prove((one + other)._tree(measure, convention), left + right, layer.name)
            prove((times * one)._tree(measure, convention), Symbol("L") * left, layer.name)
            prove((one * 3 + other)._tree(measure, convention), 3 * left + right, layer.name)


# Special cases, composites, networks: laws that speak of several layers.


def special_cases_hold() -> None:
    """Each layer that is a case of a more general one costs what the general one costs there."""
    for name, general, sizes in SPECIAL_CASES:
        layer = LAYERS[name]
        at = {dimension: wrap(size) for dimension, size in sizes.items()}
        for flags in flag_sets(layer):
            one, other = call_with(layer, flags), call_with(LAYERS[general], flags, at)
            for measure, convention in questions():
                prove(one._tree(measure, convention), other._tree(measure, convention), name)


def a_further_key_is_read_too() -> None:
    """Attention to one key more than there are tokens reads what it does to so many tokens."""
    sizes = {"h": symbol("h"), "n": symbol("n"), "d_h": symbol("d_h")}
    wider = LAYERS["attention"](**sizes, m=symbol("m") + 1, h_kv=symbol("h_kv"))
    for causal in (False, True):
        heads = LAYERS["multi_head_attention"](
            **sizes, m=symbol("m"), h_kv=symbol("h_kv"), zero_key=True, causal=causal
        )
        reads = [
            next(x._leaves()).call.operations[0].inputs
            for x in (wider, heads.stages()["attention"])
        ]
        prove(reads[0], reads[1], "zero_key")


def networks_have_their_totals(module: str = "") -> None:
    """A whole network has the totals that are known of it; those of ``module`` first."""
    own = {one.name for one in LAYERS.values() if module in _homes(one)}
    for call, *totals in sorted(TOTALS, key=lambda row: row[0].partition("(")[0] not in own):
        assert list(network_totals.counted(call)) == totals, call


#: The stages of networks: the modules of torchvision's, in their order.
STAGES: list[tuple[str, str]] = [
    ("vgg11", ("features.0 features.3 features.6 features.8 features.11 features.13 features.16 "
     "features.18 classifier")),
    ("inception_v3", ("Conv2d_1a_3x3 Conv2d_2a_3x3 Conv2d_2b_3x3 Conv2d_3b_1x1 Conv2d_4a_3x3 "
     "Mixed_5b Mixed_5c Mixed_5d Mixed_6a Mixed_6b Mixed_6c Mixed_6d Mixed_6e Mixed_7a Mixed_7b "
     "Mixed_7c fc")),
    ("efficientnet_b0", " ".join(f"features.{stage}" for stage in range(9)) + " classifier"),
    ("convnext_tiny", " ".join(f"features.{stage}" for stage in range(8)) + " classifier"),
    ("squeezenet1_0", ("features.0 features.3 features.4 features.5 features.7 features.8 "
     "features.9 features.10 features.12 classifier")),
    ("mnasnet1_0", ("layers.0 layers.3 layers.6 layers.8 layers.9 layers.10 layers.11 layers.12 "
     "layers.13 layers.14 classifier")),
    ("resnet18", "conv1 layer1 layer2 layer3 layer4 fc"),
]  # fmt: skip


#: What torchvision's code of these calls without a module.
FUNCTIONAL = {
    "inception_v3": {"relu", "max_pool", "avg_pool"},
    "mnasnet1_0": {"global_avg_pool"},
}


def networks_have_their_stages() -> None:
    """Networks are made of the modules of torchvision's, and a 1 × 1 convolution is pointwise."""
    for name, stages in STAGES:
        whole = LAYERS[name]()
        shown = [stage for stage, part in whole.stages().items() if part.params != 0]
        assert shown == stages.split(), name
        calls = [term.call for term in whole._leaves()]
        sides = [(at.sizes["k_h"], at.sizes["k_w"]) for at in calls if at.layer == "conv"]
        assert (Number(1), Number(1)) not in sides, name
        functional = {call.layer for call in calls if "functional" in call.flags}
        assert functional == FUNCTIONAL.get(name, set()), name
    with suppress(ClosedformError):
        _ = parse_layers("unet(R=100, padded)").macs
        raise AssertionError("paths of other sides are joined")


def open_widths_agree(layer: LayerType) -> None:
    """At a width multiplier that stays a symbol a network is what it is at each number."""
    widths = layer.at({"alpha": Symbol("alpha")}, ())
    for number in (1, 2):
        at_number = layer.at({"alpha": number}, ())._tree("params")
        left = substitute(widths._tree("params"), {"alpha": Number(number)})
        prove(left, at_number, layer.name)


def open_widths_are_rounded_as_numbers_are() -> None:
    """The formula that rounds a width gives at each number what the code gives there."""
    width = rounded(Symbol("M"))
    for number in (*range(1, 130), 1000, 1001):
        nearest = max(8, (number + 4) // 8 * 8)
        wide = nearest + 8 if 10 * nearest < 9 * number else nearest
        assert value(width, {"M": number}) == value(rounded(Number(number)), {}) == wide, number


def networks_are_found_by_name() -> None:
    """A network is found under any spelling of its name, and says what it is."""
    for name, made in LAYERS.items():
        spellings = (name, name.upper(), name.replace("_", "-"), name.replace("net_v", "netv"))
        for spelled in spellings if made.is_network else ():
            assert lookup(spelled) is made, spelled
        assert made.summary, name
        said = re.match(r"(\d+) layers", made.summary)
        assert not said or said[1] in re.findall(r"\d+", name), name
    assert not is_layer("resnet")


def executions_count_the_same(layer: LayerType) -> None:
    """Executed scalar by scalar, the layer does what the closed form says, with every flag."""
    chosen = flag_sets(layer)
    for flags in chosen if layer.name in EXECUTORS else ():
        # Few flags leave time for more sizes.
        for one in executions(layer.name, flags, -(-6 // len(chosen))):
            cost = call_with(layer, flags, sizes_of(layer, one))
            stated = {kind: cost.quantity("operations", kind=kind) for kind in SCALARS}
            stated |= {name: cost.quantity(name) for name in COUNTED}
            counted = {name: one.counts[name] for name in stated}
            if one.sizes.get("n") == 1:  # What works on one token.
                stated["active_params"] = cost.quantity("active_params")
                counted["active_params"] = one.counts["params"] - one.counts["idle"]
            assert counted == stated, (layer.name, one.sizes, flags)
            assert cost.flops() == one.flops, (layer.name, one.sizes, flags)


def sizes_of(layer: LayerType, execution: Execution) -> dict[str, int]:
    """The sizes of an execution that are the layer's, those of the map that came out too."""
    known = execution.resulting | execution.sizes
    return {name: size for name, size in known.items() if name in {*layer.dims, "B"}}


LAYER_LAWS: list[Callable[[LayerType], None]] = [
    entries_agree,
    closed_forms_are_sympy,
    repr_reads_back,
    one_addition_less,
    params_know_no_positions,
    flags_add_per_output,
    macs_count_contractions,
    numbers_give_integers,
    numbers_are_substitution,
    names_find_the_layer,
    costs_add,
    executions_count_the_same,
]
CATALOGUE_LAWS: list[Callable[[], None]] = [
    special_cases_hold,
    a_further_key_is_read_too,
    networks_have_their_totals,
    open_widths_are_rounded_as_numbers_are,
    networks_are_found_by_name,
]


def costs_what_was_executed(row: Mapping[str, str]) -> None:
    """A layer at one size costs what was executed: a row of ``data/layers.csv``."""
    layers = parse_layers(row["layer"])
    found = {
        "params": layers.params,
        "macs": layers.macs,
        "flops": layers.flops(),
        "cmp": layers.quantity("operations", kind="cmp"),
        "sqrt": layers.quantity("operations", kind="sqrt"),
        "activation_memory": layers.quantity("activation_memory"),
        "memory_access": layers.quantity("memory_access"),
    }
    known = {name: int(row[name]) for name in found if row[name]}
    assert {name: found[name] for name in known} == known, row["layer"]


def check(module: str) -> None:
    """Every law over the layers that a module declares; the first that does not hold raises.

    The mutation check asks this of each broken module. What the module lends to others is held by
    the executed numbers of all layers.
    """
    own = [one for one in LAYERS.values() if module in _homes(one) and not one.is_network]
    for law, layer in itertools.product(LAYER_LAWS, own):
        law(layer)
    for row in EXECUTED:
        costs_what_was_executed(row)
    special_cases_hold()
    a_further_key_is_read_too()


def _homes(layer: LayerType) -> set[str]:
    """The modules that the functions of a layer stand in."""
    functions = (layer.formula, layer.contents)
    return {function.__module__ for function in functions if function is not None}


def check_networks(module: str) -> None:
    """The laws of networks alone, which are tables of sizes put into the layers."""
    own = [one for one in LAYERS.values() if module in _homes(one) and one.is_network]
    for layer in own:
        # A member of a family has the family's entries.
        if not layer.preset_of and layer.formula(**every_symbol(layer)) is not None:
            entries_agree(layer)
        if layer.name in OPEN_WIDTHS:
            open_widths_agree(layer)
    networks_have_their_totals(module)
    networks_have_their_stages()
    open_widths_are_rounded_as_numbers_are()
    networks_are_found_by_name()


def prove(left: Tree, right: Tree, about: str) -> None:
    """Two expressions are equal for all sizes; anything short of a proof raises."""
    proven = equal(left, right) is True
    assert proven, f"{about}: {text(left)} is not proven to be {text(right)}"


def flag_sets(layer: LayerType) -> list[tuple[str, ...]]:
    """Every choice among a layer's flags, from none to all."""
    choices = (itertools.combinations(layer.flags, r) for r in range(len(layer.flags) + 1))
    return list(itertools.chain.from_iterable(choices))


def call_with(
    layer: LayerType, flags: tuple[str, ...], sizes: Mapping[str, int | Tree] | None = None
) -> LayerSum:
    """The layer with its flags set; a size that is not given is its symbol or default."""
    return layer.at(sizes or {}, flags)


def questions() -> Iterator[tuple[str, str]]:
    """Every measure under every convention of papers: only FLOPs depend on it."""
    for measure in MEASURES:
        for convention in PAPERS if measure == "flops" else ("exact",):
            yield measure, convention


def every_symbol(layer: LayerType) -> dict[str, Tree]:
    """The symbol of each dimension, defaults included."""
    return {name: Symbol(name) for name in layer.dims}


def own_sizes(layer: LayerType) -> list[dict[str, int]]:
    """Admissible sizes of a layer, found from the roles of its sizes: three rows."""
    return [_row(layer, row) for row in range(3)]


def _row(layer: LayerType, row: int) -> dict[str, int]:
    sizes: dict[str, int] = {}
    roles: Counter[str] = Counter()
    for name in layer.free:
        role = SIZES[name].role if name in SIZES else "count"
        sizes[name] = max(ROWS[role][row] * (1 + roles[role]), layer.least.get(name, 1))
        roles[role] += 1
    return divided(layer, sizes)


def divided(layer: LayerType, sizes: dict[str, int]) -> dict[str, int]:
    """The sizes, those larger that something must divide."""
    for divisor, multiple in (*layer.divides, *layer.pads):
        default = layer._defaults.get(divisor)
        unsaid = int(default.value) if isinstance(default, Number) else 1
        by = int(divisor) if divisor.isdigit() else sizes.get(divisor, unsaid)
        whole = sizes.get(multiple, 1)
        sizes[multiple] = whole * by // gcd(whole, by)
    return _as_asked(layer, sizes)


def _as_asked(layer: LayerType, sizes: dict[str, int]) -> dict[str, int]:
    """The sizes, to each other as the layer asks, where it asks nothing of other sizes."""
    for left, sign, right, at, number in layer.asks:
        if not at or layer._defaults.get(at) == Number(number):
            sizes[left] = min(sizes[left], sizes[right]) if sign == "<=" else sizes[right]
    return sizes
