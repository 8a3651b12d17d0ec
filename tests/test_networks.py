"""Whole networks against their published totals, to the digits that are published."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import sympy

import closedform as cf
from closedform.algebra.decide import equal
from closedform.algebra.exact import value
from closedform.algebra.tree import total
from closedform.catalogue import LAYERS, lookup
from closedform.cost.layer_type import LayerType
from closedform.cost.registry import layer
from closedform.cost.sums import LayerSum
from closedform.errors import ClosedformError, UnknownName
from closedform.reading import parse_layers
from closedform.symbols import symbol
from closedform.typeset.arrange import arrange
from closedform.typeset.text import text
from tests.laws import STAGES, networks_have_their_stages

DATA = Path(__file__).parent / "data"
with (DATA / "networks.csv").open(encoding="utf-8", newline="") as _file:
    PUBLISHED = {row["network"]: row for row in csv.DictReader(_file)}
with (DATA / "mobilenetv1_layers.csv").open(encoding="utf-8", newline="") as _file:
    MOBILENET = list(csv.DictReader(_file))

NETWORKS = [one for one in LAYERS.values() if one.is_network]


def rounded(macs: int, digits: str) -> str:
    """``macs`` in billions, to as many decimals as ``digits`` has."""
    return str((Decimal(macs) / 10**9).quantize(Decimal(digits), ROUND_HALF_UP))


def percent(part: int, whole: int) -> str:
    return str((Decimal(100 * part) / whole).quantize(Decimal("0.01"), ROUND_HALF_UP))


def leaves(network: str) -> list[LayerSum]:
    """What a network executes, in order; a bias or batch norm of a flag is a layer of its own."""
    return [LayerSum((term,)) for term in parse_layers(network)._leaves()]


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_parameters_are_exact_and_macs_agree_to_every_digit(name: str) -> None:
    row = PUBLISHED[name]
    total = parse_layers(name)
    assert total.params == int(row["params"])
    assert isinstance(total.macs, int)
    assert rounded(total.macs, row["gmacs"]) == row["gmacs"]
    assert total.flops("mac") == total.macs


@pytest.mark.parametrize(
    ("network", "params", "macs"),
    [
        ("unet", 31_030_658, 150_428_424_448),
        ("unet(R=204, K=5, M=3, bn)", 31_037_893, 7_838_095_104),
        ("unet(R=256, K=1, M=3, padded, bn)", 31_037_633, 48_167_387_136),
        ("unet(R=112, padded)", 31_030_658, 9_205_891_072),
        ("swin_v2_t(R=193)", 28_351_570, 3_916_594_176),
        ("swin_v2_t(R=328)", 28_351_570, 11_713_963_008),
        ("swin_v2_b(R=200)", 87_930_848, 15_656_112_128),
    ],
)
def test_a_network_costs_what_was_executed(network: str, params: int, macs: int) -> None:
    """Written out in PyTorch 2.13, or torchvision 0.28's, and counted by its FlopCounterMode."""
    layers = parse_layers(network)
    assert (layers.params, layers.macs) == (params, macs)


def test_a_wrong_network_does_not_agree() -> None:
    """ResNeXt-50 is made to cost about what ResNet-50 does, and does not pass for it."""
    wrong = lookup("resnext50_32x4d")().macs
    assert isinstance(wrong, int)
    assert rounded(wrong, PUBLISHED["resnet50"]["gmacs"]) != PUBLISHED["resnet50"]["gmacs"]
    assert lookup("resnext50_32x4d")().params != int(PUBLISHED["resnet50"]["params"])


def test_mobilenet_is_its_table_line_by_line() -> None:
    """MobileNets, arXiv:1704.04861, Table 1: weights and multiply-adds of every row, in order."""
    table = [row for row in MOBILENET if row["type"].startswith(("Conv", "FC"))]
    weighted = [one for one in leaves("mobilenet_v1") if one.macs]
    found = [(one.params, one.macs) for one in weighted]
    expected = [(int(row["params_weights"]), int(row["macs"])) for row in table]
    assert found == expected
    assert len(expected) == 28
    others = {one.terms[0].call.layer for one in leaves("mobilenet_v1")}
    assert others == {
        "conv", "depthwise_conv", "pointwise_conv", "batch_norm", "relu", "global_avg_pool",
        "linear", "bias",
    }  # fmt: skip


def test_mobilenet_by_kind_and_the_misprint_of_its_table() -> None:
    """MobileNets, Table 2: shares of multiply-adds and of weights in percent."""
    kinds = {"pointwise_conv": "Conv 1×1", "depthwise_conv": "Conv DW 3×3", "conv": "Conv 3×3"}
    kinds["linear"] = "Fully Connected"
    parts = {kinds[n]: part for n, part in lookup("mobilenet_v1")().parts().items() if n in kinds}
    macs, weights = (
        {name: getattr(part, measure) for name, part in parts.items()}
        for measure in ("macs", "params")
    )
    of, out_of = sum(macs.values()), sum(weights.values())
    shares = {n: (percent(macs[n], of), percent(weights[n], out_of)) for n in parts}
    printed = {
        "Conv 1×1": ("94.86", "74.59"),
        "Conv DW 3×3": ("3.06", "1.06"),
        "Conv 3×3": ("1.91", "0.02"),  # printed as 1.19: the column would add up to 99.29
        "Fully Connected": ("0.18", "24.33"),
    }
    assert shares == printed
    assert sum(Decimal(share) for share, _ in printed.values()) == Decimal("100.01")


@pytest.mark.parametrize(
    ("network", "whole"),
    [("mobilenet_v2(alpha=1.4)", "44.8|224/5"), ("mobilenet_v1(alpha=0.3)", "48/5")],
)
def test_a_width_that_leaves_no_whole_channels_says_how_they_are_rounded(
    network: str, whole: str
) -> None:
    with pytest.raises(ClosedformError, match=f"channels become ({whole})") as error:
        _ = parse_layers(network).params
    assert "divisible" in error.value.hint


@pytest.mark.parametrize(
    ("name", "flag"),
    [
        ("mobilenet_v3_large", ""),
        ("mobilenet_v3_small", ""),
        ("mobilenet_v1", "divisible"),
        ("shufflenet_v1", ""),
        ("mnasnet1_0", "divisible"),
        ("ghostnet", "divisible"),
    ],
)
@pytest.mark.parametrize("measure", ["params", "macs"])
def test_a_symbol_has_the_widths_that_its_numbers_have(name: str, flag: str, measure: str) -> None:
    """Widths are rounded, whether alpha is a number or not, and as SymPy has the formula too."""
    symbolic = parse_layers(f"{name}(alpha, {flag})" if flag else f"{name}(alpha)")
    at_symbol, in_sympy = symbolic._tree(measure), getattr(symbolic, measure)
    for alpha in ("1/4", "1/2", "3/4", "1", "5/4", "2", "3"):
        call = f"{name}(alpha={alpha}, {flag})" if flag else f"{name}(alpha={alpha})"
        at_number = getattr(parse_layers(call), measure)
        assert value(at_symbol, {"alpha": Fraction(alpha)}) == at_number
        assert in_sympy.subs(symbol("alpha"), sympy.Rational(alpha)) == at_number


@pytest.mark.parametrize("one", NETWORKS, ids=lambda one: one.name)
def test_every_network_says_where_it_is_from(one: LayerType) -> None:
    assert one.summary
    assert "arXiv:" in one.source or "Radford" in one.source or "config" in one.source
    assert isinstance(one(), LayerSum)
    free = set(one.free)
    assert set(one().missing()) <= free


@pytest.mark.parametrize("name", ["MobileNet-V1", "mobilenetv1", " mobilenet_v1 "])
def test_a_network_is_found_as_people_write_it(name: str) -> None:
    assert lookup(name) is LAYERS["mobilenet_v1"]


def test_an_unknown_network_gets_the_nearest_name() -> None:
    with pytest.raises(UnknownName, match="did you mean resnet50"):
        lookup("resnet51")


def test_a_name_is_given_once() -> None:
    def vgg16() -> None:
        """Another network of that name."""

    with pytest.raises(ValueError, match="vgg16"):
        layer(source="nowhere")(vgg16)


#: Networks as a person prints them: grouped by what varies, floors that came together as one.
PRINTED = {
    ("resnet50(R)", "macs"): (
        "9408·⌈R/2⌉² + 245760·⌈R/4⌉² + 1310720·⌈R/8⌉² + 7471104·⌈R/16⌉² + "
        "14417920·⌈R/32⌉² + 2048000"
    ),
    ("mobilenet_v1(alpha, R)", "macs"): (
        "⌈R/2⌉²·(2048α² + 1152α) + ⌈R/4⌉²·(24576α² + 1728α) + ⌈R/8⌉²·(98304α² + 3456α) + "
        "⌈R/16⌉²·(1441792α² + 25344α) + ⌈R/32⌉²·(1572864α² + 13824α) + 1024000α"
    ),
    # Where the first halving of a stage stands beside its map: still from the largest map down.
    ("shufflenet_v2_x1_0(R)", "macs"): (
        "648·⌈R/2⌉² + 1392·⌈R/4⌉² + 40700·⌈R/8⌉² + 278516·⌈R/16⌉² + 916168·⌈R/32⌉² + 1024000"
    ),
    ("deepseek(d_h=128, d_r=64)", "macs"): (
        "Ln·(3adf + 3d·E_s·f + d·d_c + d·d_q + dE + 128dh + 256·d_c·h + 192·d_q·h + 64d) + "
        "L_d·n·(d·d_c + d·d_q + 3d·f_d + 128dh + 256·d_c·h + 192·d_q·h + 64d) + 320hLn² + "
        "320h·L_d·n² + dnV"
    ),
    ("llama", "params"): "L·(4d² + 3df + 2d) + 2dV + d",
    ("llama", "macs"): "Ln·(4d² + 3df) + 2dLn² + dnV",
    ("llama", "flops"): (
        "Ln·(8d² + 6df + 10d + 3f − h + 6) + Ln²·(4d + 4h) + n·(2dV + 4d − V + 3)"
    ),
    ("gpt2", "params"): "L·(12d² + 13d) + dT + dV + 2d",
    ("gpt2", "macs"): "12d²LT + 2dLT² + dTV",
    ("vit", "params"): "3k²d + L·(12d² + 13d) + dK + d·(⌊R/k⌋² + 5) + K",
    ("vit", "macs"): "12d²L·(⌊R/k⌋² + 1) + 3k²d·⌊R/k⌋² + dK + 2dL·(⌊R/k⌋² + 1)²",
    ("mixtral(causal)", "macs"): "Ln·(3adf + 4d² + dE + d) + dLn² + dnV",
}


@pytest.mark.parametrize(("network", "measure"), PRINTED)
def test_a_network_is_grouped_by_what_varies(network: str, measure: str) -> None:
    tree = parse_layers(network)._tree(measure)
    assert text(arrange(tree)) == PRINTED[network, measure]


@pytest.mark.parametrize("network", dict.fromkeys(name for name, _ in PRINTED))
@pytest.mark.parametrize("measure", ["params", "macs", "flops", "activations"])
def test_grouping_keeps_the_value(network: str, measure: str) -> None:
    layers = parse_layers(network)
    plain = total(LayerSum((t,))._tree(measure) for t in layers.terms[0].call.parts or ())
    assert equal(layers._tree(measure), plain) is True


def test_a_padded_u_net_of_an_open_side_holds_where_its_maps_can_be_joined() -> None:
    assert cf.verify("macs(unet(R, padded)) = macs(unet_padded(R=R))").verdict == "proven"
    count = cf.compile("macs(unet(R, padded))")
    assert count(R=96) == cf.unet_padded(R=96).macs
    with pytest.raises(ClosedformError, match="up2 joins"):
        cf.count("unet(R, padded)", where="R = 100")


@pytest.mark.parametrize(
    ("network", "said"),
    [
        ("vgg16(R=16)", "features.30 on a map of 512 × 1 × 1"),
        ("densenet121(R=10)", "transition2.pool on a map of 256 × 1 × 1"),
        ("inception_v3(R=40)", "Mixed_6a.branch3x3.conv on a map of 288 × 2 × 2"),
        ("unet(padded, R=100)", "up2 joins 256 × 24 × 24 and 256 × 25 × 25"),
        ("shufflenet_v1(g=5)", "no widths for g = 5"),
        ("shufflenet_v1(g)", "no widths for g = g"),
    ],
)
def test_a_map_that_becomes_nothing_is_an_error_with_its_place(network: str, said: str) -> None:
    with pytest.raises(ClosedformError, match=said):
        _ = parse_layers(network).macs


#: Steps of a transformer's block that stand at one place: both additions, both norms.
TWICE = {"add", "norm", "positions"}


@pytest.mark.parametrize("name", [name for name, kind in LAYERS.items() if kind.is_network])
def test_every_layer_of_a_network_has_a_place_of_its_own(name: str) -> None:
    """A bias or a batch norm that came as a flag stands with its layer."""
    terms = [term for term in LAYERS[name]()._leaves() if term.call.owner is None]
    places = Counter(term.place for term in terms)
    twice = [place for place, times in places.items() if times > 1]
    assert [place for place in twice if place.split(".")[-1] not in TWICE] == []


def test_the_stages_of_networks_are_their_modules() -> None:
    networks_have_their_stages()
    for name, stages in STAGES:
        for stage in stages.split():
            part, own = parse_layers(f"only({stage}, {name})"), LAYERS[name]().stages()[stage]
            assert stage == "conv1" or part.params == own.params  # bn1 of PyTorch is beside conv1


IMPOSSIBLE: list[tuple[str, str]] = [
    ("vit_b_16(R=8)", "conv_proj on a map of 3 × 8 × 8: patches of 16 × 16 leave 768 × 0 × 0"),
    ("swin_t(R=2)", "patches on a map of 3 × 2 × 2: patches of 4 × 4 leave 96 × 0 × 0"),
    ("densenet121(R=16)", "512 × 1 × 1: a window of 2 × 2, stride 2, leaves 512 × 0 × 0"),
    ("llama(L=2, d=64, h=8, h_kv=3, f=9, V=9, n=4)", "h_kv = 3 does not divide h = 8"),
    ("gpt2_small(n=2048)", "n = 2048 is more than T = 1024"),
]


@pytest.mark.parametrize(("network", "said"), IMPOSSIBLE)
def test_sizes_that_a_network_cannot_have_are_refused(network: str, said: str) -> None:
    with pytest.raises(ClosedformError, match=said):
        parse_layers(network)._tree("macs")
