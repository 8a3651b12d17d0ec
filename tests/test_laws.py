"""The laws of the catalogue, one test for each law and layer; the laws are in laws.py."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closedform.catalogue import LAYERS
from closedform.cost.layer_type import LayerType
from closedform.cost.measures import MEASURES
from closedform.errors import NotDivisible, NotPositiveInteger
from closedform.reading import parse
from closedform.symbols import SIZES
from closedform.typeset.latex import latex
from closedform.typeset.text import text
from tests import laws

#: Networks at numbers are held by their totals: laws speak of what has symbols. A member of a
#: family is the family's function at other sizes, or with a flag that it always has.
OPEN = [one for one in LAYERS.values() if not one.preset_of and (one.free or not one.is_network)]
MEMBERS = [one for one in LAYERS.values() if one.preset_of and one.free]
layers = pytest.mark.parametrize("layer", OPEN, ids=lambda one: one.name)


@layers
@pytest.mark.parametrize("law", laws.LAYER_LAWS, ids=lambda law: str(law.__name__))
def test_layer(law: Callable[[LayerType], None], layer: LayerType) -> None:
    law(layer)


@pytest.mark.parametrize("member", MEMBERS, ids=lambda one: one.name)
def test_what_a_member_prints_of_itself_is_it(member: LayerType) -> None:
    laws.repr_reads_back(member)


@pytest.mark.parametrize("law", laws.CATALOGUE_LAWS, ids=lambda law: str(law.__name__))
def test_catalogue(law: Callable[[], None]) -> None:
    law()


factors = st.integers(min_value=1, max_value=10**6)


@pytest.mark.parametrize(
    "layer", [one for one in OPEN if not one.is_network], ids=lambda one: one.name
)
@settings(max_examples=20)
@given(row=st.integers(0, 2), factor=factors)
def test_integers_at_all_admissible_sizes(layer: LayerType, row: int, factor: int) -> None:
    """A multiple of admissible positions and counts is admissible."""
    sizes = laws.own_sizes(layer)[row]
    kept = {n for n in sizes if n in SIZES and SIZES[n].role not in laws.FREE_ROLES}
    larger = {n: s if n in kept else s * factor for n, s in sizes.items()}
    laws.integers_at(layer, larger)


@layers
def test_a_size_is_a_positive_integer(layer: LayerType) -> None:
    for name in layer.dims:
        for size in (0, -1):
            with pytest.raises(NotPositiveInteger):
                layer(**{name: size})


@pytest.mark.parametrize("name", ["conv", "grouped_conv"])
@pytest.mark.parametrize(("m", "n", "g"), [(3, 4, 2), (4, 3, 2), (1, 1, 2)])
def test_groups_divide_the_channels(name: str, m: int, n: int, g: int) -> None:
    with pytest.raises(NotDivisible):
        LAYERS[name](M=m, N=n, g=g)


@layers
@pytest.mark.parametrize("written", [text, latex], ids=["text", "latex"])
@pytest.mark.parametrize("measure", MEASURES)
def test_what_is_printed_reads_back(layer: LayerType, written: Callable, measure: str) -> None:
    for flags in laws.flag_sets(layer):
        tree = laws.call_with(layer, flags, laws.every_symbol(layer))._tree(measure)
        laws.prove(parse(written(tree), bound=frozenset(layer.dims)), tree, layer.name)


# The laws notice: a formula that is nearly right is not proven.


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (LAYERS["conv"]()._tree("params"), LAYERS["conv"](bias=True)._tree("params")),
        (LAYERS["conv"]()._tree("flops"), LAYERS["conv"]()._tree("flops", "mac2")),
        (LAYERS["depthwise_conv"]()._tree("macs"), LAYERS["conv"](N=laws.M)._tree("macs")),
    ],
    ids=["bias forgotten", "2n for 2n - 1", "groups forgotten"],
)
def test_a_near_miss_is_not_proven(left: laws.Tree, right: laws.Tree) -> None:
    with pytest.raises(AssertionError, match="is not proven to be"):
        laws.prove(left, right, "a near miss")
