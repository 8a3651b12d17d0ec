"""The laws of the catalogue, each stated once, over every layer of the registry.

A law is a function of one layer (or of nothing, where it speaks of several) that raises when the
layer breaks it. Most are proofs: two expressions are compared by normal form, not at sample sizes.
``check`` runs them all and is what the mutation check asks about each broken formula.
"""

from __future__ import annotations

import csv
import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from math import gcd
from pathlib import Path

import sympy

from closedform.algebra.bridge import from_sympy
from closedform.algebra.decide import equal
from closedform.algebra.tree import Number, Operand, Symbol, Tree, substitute, symbol_names, wrap
from closedform.catalogue import LAYERS, lookup
from closedform.cost.conventions import PAPERS
from closedform.cost.measuring import counted, measured
from closedform.cost.record import MEASURES
from closedform.cost.registry import LayerType, is_layer
from closedform.cost.sums import LayerSum
from closedform.reading import parse_layers
from closedform.symbols import SIZES, symbol
from closedform.typeset.text import text
from tests.oracle.layers import EXECUTORS, execute

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

#: A layer, the general one, and the sizes at which the general one is the layer.
SPECIAL_CASES: list[tuple[str, str, dict[str, Operand]]] = [
    ("depthwise_conv", "grouped_conv", {"g": M, "N": M}),
    ("pointwise_conv", "conv", {"k": 1}),
    ("linear", "pointwise_conv", {"H": 1, "W": 1}),
    ("conv", "grouped_conv", {"g": 1}),
    ("grouped_conv", "conv", {"g": g}),
]

#: Parameters, MACs and FLOPs of whole networks, in full, so that one wrong row of a table is
#: noticed. That they are the published ones, to the digits published, is held by
#: ``test_networks.py``.
NETWORK_TOTALS: dict[str, tuple[int, int, int]] = {
    "googlenet": (6_624_904, 1_498_376_192, 3_000_028_720),
    "inception_v3": (23_834_568, 5_713_216_096, 11_453_552_352),
    "xception": (22_855_952, 8_357_403_496, 16_724_980_192),
    "vit_b_16": (86_567_656, 17_563_828_224, 35_214_751_527),
    "vit_b_32": (88_224_232, 4_409_186_304, 8_836_244_358),
    "vit_l_16": (304_326_632, 61_554_712_576, 123_340_054_431),
    "vit_l_32": (306_535_400, 15_377_539_072, 30_802_323_894),
    "vit_h_14": (632_045_800, 167_295_109_120, 335_096_472_003),
    "swin_t": (28_288_354, 4_490_566_656, 9_047_988_030),
    "swin_s": (49_606_258, 8_740_875_264, 17_587_116_894),
    "swin_b": (87_768_224, 15_430_946_816, 31_002_354_974),
    "resnet18": (11_689_512, 1_814_073_344, 3_631_408_128),
    "resnet34": (21_797_672, 3_663_761_408, 7_332_665_856),
    "resnet50": (25_557_032, 4_089_184_256, 8_195_102_208),
    "resnet101": (44_549_160, 7_801_405_440, 15_628_074_496),
    "resnet152": (60_192_808, 11_513_626_624, 23_063_053_824),
    "wide_resnet50_2": (68_883_240, 11_398_021_120, 22_816_062_464),
    "resnext50_32x4d": (25_028_904, 4_230_479_872, 8_480_979_968),
    "resnext101_32x8d": (88_791_336, 16_414_015_488, 32_868_272_128),
    "densenet121": (7_978_856, 2_834_161_664, 5_693_511_680),
    "densenet161": (28_681_000, 7_727_907_072, 15_504_796_896),
    "densenet169": (14_149_480, 3_359_843_328, 6_751_241_088),
    "densenet201": (20_013_928, 4_291_365_888, 8_625_161_856),
    "regnet_y_400mf": (4_344_144, 401_842_848, 809_913_600),
    "regnet_y_800mf": (6_432_512, 833_856_256, 1_676_533_056),
    "regnet_y_1_6gf": (11_202_430, 1_612_076_160, 3_238_470_728),
    "regnet_y_3_2gf": (19_436_338, 3_176_482_752, 6_372_840_392),
    "regnet_y_8gf": (39_381_472, 8_473_070_592, 16_979_982_208),
    "regnet_y_16gf": (83_590_140, 15_911_510_272, 31_863_085_296),
    "regnet_y_32gf": (145_046_770, 32_279_552_832, 64_612_509_560),
    "mobilenet_v1": (4_231_976, 568_740_352, 1_142_573_568),
    "mobilenet_v2": (3_504_872, 300_774_272, 608_505_760),
    "mobilenet_v3_large": (5_483_032, 216_589_760, 443_786_448),
    "mobilenet_v3_small": (2_542_856, 56_510_400, 117_487_856),
    "shufflenet_v1": (1_865_728, 137_460_672, 280_135_728),
    "shufflenet_v2_x0_5": (1_366_792, 40_476_448, 82_026_976),
    "shufflenet_v2_x1_0": (2_278_604, 144_907_992, 291_816_360),
    "shufflenet_v2_x1_5": (3_503_624, 295_759_392, 594_336_480),
    "shufflenet_v2_x2_0": (7_393_996, 583_253_464, 1_170_351_272),
    "mnasnet1_0": (4_383_312, 314_415_872, 634_642_752),
    "ghostnet": (5_182_508, 141_150_512, 287_460_560),
    "efficientnet_b0": (5_288_548, 385_814_752, 807_911_632),
    "efficientnet_b1": (7_794_184, 686_802_832, 1_432_556_768),
    "efficientnet_b2": (9_109_994, 993_561_872, 2_062_227_344),
    "efficientnet_b3": (12_233_232, 1_827_141_392, 3_783_202_056),
    "efficientnet_b4": (19_341_616, 4_393_771_024, 9_058_375_576),
    "efficientnet_b5": (30_389_784, 10_266_384_752, 21_075_810_128),
    "efficientnet_b6": (43_040_704, 19_067_593_536, 39_055_044_040),
    "efficientnet_b7": (66_347_960, 37_745_884_192, 77_091_201_008),
    "alexnet": (61_100_840, 714_188_480, 1_428_386_176),
    "vgg11": (132_863_336, 7_609_090_048, 15_218_205_184),
    "vgg13": (133_047_848, 11_308_466_176, 22_616_957_440),
    "vgg16": (138_357_544, 15_470_264_320, 30_940_553_728),
    "vgg19": (143_667_240, 19_632_062_464, 39_264_150_016),
    "squeezenet1_0": (1_248_424, 818_924_576, 1_638_018_152),
    "squeezenet1_1": (1_235_496, 349_151_936, 698_472_872),
    "repvgg_a0": (9_108_968, 1_512_581_120, 3_033_202_944),
    "repvgg_a1": (14_092_264, 2_626_488_320, 5_263_613_952),
    "repvgg_a2": (28_210_600, 5_685_345_280, 11_385_341_952),
    "repvgg_b0": (15_817_960, 3_397_191_680, 6_809_235_456),
    "repvgg_b1": (57_415_016, 13_128_089_600, 26_283_374_592),
    "convnext_tiny": (28_589_128, 4_455_531_264, 8_979_169_332),
    "convnext_small": (50_223_688, 8_683_712_256, 17_474_829_708),
    "convnext_base": (88_591_464, 15_354_729_472, 30_852_641_420),
    "convnext_large": (197_767_336, 34_361_433_600, 68_937_604_236),
}

with (Path(__file__).parent / "data" / "layers.csv").open(encoding="utf-8", newline="") as _file:
    #: Layers at one size each, and their executed numbers.
    EXECUTED: list[dict[str, str]] = list(csv.DictReader(_file, delimiter="|"))


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
            prove(from_sympy(expression), trees.tree(measure), layer.name)


def repr_reads_back(layer: LayerType) -> None:
    """What a layer prints of itself is the same layer again: in Python, and in the language."""
    for flags in flag_sets(layer):
        one = call_with(layer, flags)
        again = parse_layers(repr(one))
        for measure in MEASURES:
            prove(again.tree(measure), one.tree(measure), layer.name)


# Calls.


def numbers_are_substitution(layer: LayerType) -> None:
    """A call with numbers is the closed form with the numbers put in, all of them or some."""
    for sizes, flags in itertools.product(own_sizes(layer), flag_sets(layer)):
        kept = {name: sizes[name] for name in layer.cases if name in sizes}
        general = call_with(layer, flags, {**every_symbol(layer), **kept})
        for some in (sizes, dict(itertools.islice(sizes.items(), len(sizes) // 2))):
            special = call_with(layer, flags, {**every_symbol(layer), **kept, **some})
            put_in: dict[str, Tree] = {name: Number(value) for name, value in some.items()}
            for measure, convention in questions():
                expected = substitute(general.tree(measure, convention), put_in)
                prove(special.tree(measure, convention), expected, layer.name)


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
        found = positions & set(symbol_names(call_with(layer, flags).tree("params")))
        assert not found, (layer.name, flags, found)


def one_addition_less(layer: LayerType) -> None:
    """A contraction does, per output, one addition less than it does multiplications."""
    if layer.module in ("conv", "linear"):
        cost = call_with(layer, ())
        both = cost.tree("flops") + cost.tree("activations")
        prove(both, 2 * cost.tree("macs"), layer.name)


def flags_add_per_output(layer: LayerType) -> None:
    """A bias adds 1 FLOP per output, a batch norm 2; no MACs and no outputs are added."""
    per_output = {"bias": 1, "bn": 2}
    plain = call_with(layer, ())
    for flags in flag_sets(layer) if layer.module in ("conv", "linear") else ():
        cost = call_with(layer, flags)
        more = sum(per_output[flag] for flag in flags) * plain.tree("activations")
        prove(cost.tree("flops"), plain.tree("flops") + more, layer.name)
        prove(cost.tree("macs"), plain.tree("macs"), layer.name)
        prove(cost.tree("activations"), plain.tree("activations"), layer.name)


def macs_count_contractions(layer: LayerType) -> None:
    """Convention mac counts the MACs, mac2 twice as much; neither counts a bias or batch norm."""
    for flags in flag_sets(layer) if layer.flags else ():
        cost = call_with(layer, flags)
        prove(cost.tree("flops", "mac"), cost.tree("macs"), layer.name)
        prove(cost.tree("flops", "mac2"), 2 * cost.tree("flops", "mac"), layer.name)


# Sums.


def costs_add(layer: LayerType) -> None:
    """What a sum or a multiple of layers costs is the sum or the multiple of what they cost."""
    other, times = LAYERS["conv"](k=3, bias=True), symbol("L")
    for flags in flag_sets(layer):
        one = call_with(layer, flags)
        for measure, convention in questions():
            left, right = one.tree(measure, convention), other.tree(measure, convention)
            prove((one + other).tree(measure, convention), left + right, layer.name)
            prove((times * one).tree(measure, convention), Symbol("L") * left, layer.name)
            prove((one * 3 + other).tree(measure, convention), 3 * left + right, layer.name)


# Special cases, composites, networks: laws that speak of several layers.


def special_cases_hold() -> None:
    """Each layer that is a case of a more general one costs what the general one costs there."""
    for name, general, sizes in SPECIAL_CASES:
        layer = LAYERS[name]
        at = {dimension: wrap(size) for dimension, size in sizes.items()}
        for flags in flag_sets(layer):
            one, other = call_with(layer, flags), call_with(LAYERS[general], flags, at)
            for measure, convention in questions():
                prove(one.tree(measure, convention), other.tree(measure, convention), name)


def networks_have_their_totals() -> None:
    """A whole network has the totals that are known of it."""
    for name, totals in NETWORK_TOTALS.items():
        cost = LAYERS[name]()
        found = (cost.params, cost.macs, cost.flops())
        assert found == totals, (name, found)


def networks_are_found_by_name() -> None:
    """A network is found under any spelling of its name, and says what it is."""
    for name, made in LAYERS.items():
        spellings = (name, name.upper(), name.replace("_", "-"), name.replace("net_v", "netv"))
        for spelled in spellings if made.is_network else ():
            assert lookup(spelled) is made, spelled
        assert made.summary, name
    assert not is_layer("resnet")


def executions_count_the_same(layer: LayerType) -> None:
    """The layer, executed loop by loop, does what the closed form says."""
    flags_taken = [flags for flags in flag_sets(layer) if set(flags) <= {"bias", "bn"}]
    rows = [{name: min(size, 4) for name, size in row.items()} for row in own_sizes(layer)[:2]]
    sides = {name: 1 for name in ("H", "W") if name in layer.dims}
    small = [sides | row for row in rows]
    for sizes, flags in itertools.product(small, flags_taken) if layer.name in EXECUTORS else ():
        cost = call_with(layer, flags, sizes)
        tally = execute(layer.name, sizes, flags=flags).tally
        counted = (tally.weights, tally.macs, tally.flops, tally.activations)
        found = (cost.params, cost.macs, cost.flops(), cost.activations)
        assert counted == found, (layer.name, sizes, flags)


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
    networks_have_their_totals,
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


def _homes(layer: LayerType) -> set[str]:
    """The modules that the functions of a layer stand in."""
    functions = (layer.formula, layer.contents)
    return {function.__module__ for function in functions if function is not None}


def check_networks(_: str) -> None:
    """The laws of networks alone, which are tables of sizes put into the layers."""
    networks_have_their_totals()
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
    for divisor, multiple in layer.divides:
        by = int(divisor) if divisor.isdigit() else sizes.get(divisor, 1)
        whole = sizes[multiple]
        sizes[multiple] = whole * by // gcd(whole, by)
    return sizes
