"""Whole networks against their published totals, to the digits that are published."""

from __future__ import annotations

import csv
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from closedform.catalogue import LAYERS, lookup
from closedform.cost.registry import LayerType, layer
from closedform.cost.sums import LayerSum
from closedform.errors import UnknownName

with (Path(__file__).parent / "data" / "networks.csv").open(encoding="utf-8", newline="") as _file:
    PUBLISHED = {row["network"]: row for row in csv.DictReader(_file)}

NETWORKS = [one for one in LAYERS.values() if one.is_network]


def rounded(macs: int, digits: str) -> str:
    """``macs`` in billions, to as many decimals as ``digits`` has."""
    return str((Decimal(macs) / 10**9).quantize(Decimal(digits), ROUND_HALF_UP))


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_parameters_are_exact_and_macs_agree_to_every_digit(name: str) -> None:
    row = PUBLISHED[name]
    total = lookup(name)()
    assert total.params == int(row["params"])
    assert isinstance(total.macs, int)
    assert rounded(total.macs, row["gmacs"]) == row["gmacs"]
    assert total.flops("mac") == total.macs


def test_a_wrong_network_does_not_agree() -> None:
    """ResNeXt-50 is made to cost about what ResNet-50 does, and does not pass for it."""
    wrong = lookup("resnext50_32x4d")().macs
    assert isinstance(wrong, int)
    assert rounded(wrong, PUBLISHED["resnet50"]["gmacs"]) != PUBLISHED["resnet50"]["gmacs"]
    assert lookup("resnext50_32x4d")().params != int(PUBLISHED["resnet50"]["params"])


def test_mobilenet_is_the_sum_of_its_table() -> None:
    # MobileNets, arXiv:1704.04861, Table 8: 569 million mult-adds, 4.2 million parameters
    total = lookup("mobilenet_v1")()
    assert (total.macs, total.params) == (568_740_352, 4_231_976)


@pytest.mark.parametrize("one", NETWORKS, ids=lambda one: one.name)
def test_every_network_says_where_it_is_from(one: LayerType) -> None:
    assert one.summary
    assert "arXiv:" in one.source or "Radford" in one.source
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
