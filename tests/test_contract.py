"""What a user may type: every name, size, default and flag of the catalogue, in every quantity."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from closedform.algebra.decide import equal
from closedform.catalogue import lookup
from closedform.cost.conventions import CONVENTIONS
from closedform.cost.formula import read
from closedform.cost.kinds import SCALARS
from closedform.cost.measures import QUANTITIES
from closedform.reading import parse, parse_layers

_FILE = Path(__file__).parent / "data" / "contract.txt"
ROWS = [
    tuple(part.split() for part in line.split("|"))
    for line in _FILE.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("names", "sizes", "flags"), ROWS, ids=" ".join)
def test_a_layer_can_be_typed(names: list[str], sizes: list[str], flags: list[str]) -> None:
    kind = lookup(names[0])
    assert {lookup(name) for name in names} == {kind}
    for size in sizes:
        name, _, default = size.partition("=")
        assert name in kind.dims
        assert (name in kind._defaults) == bool(default)
        assert not default or equal(kind._defaults[name], read(default)), size
    needed = ", ".join(size for size in sizes if "=" not in size)
    every = ", ".join(size.partition("=")[0] for size in sizes)
    for name, flag in itertools.product(names, ["", *flags, ", ".join(flags)]):
        listed = ", ".join(filter(None, [needed, flag]))
        for written in (name, f"{name}({listed})", f"{name}({every}, B)"):
            parse_layers(written)
    assert set(flags) <= set(kind.flags)


@pytest.mark.parametrize(("name", "flags"), [(row[0][0], row[2]) for row in ROWS])
def test_every_quantity_of_it_can_be_asked_for(name: str, flags: list[str]) -> None:
    written = f"{name}({', '.join(flags)})" if flags else name
    for quantity in QUANTITIES:
        parse(f"{quantity}({written})")
    for kind in SCALARS:
        parse(f"operations({written}, kind={kind})")
    parse(f"bytes(params({written}), bits=8) + bytes(activations({name}(B=8)))")
    for by in CONVENTIONS:
        layers = parse_layers(written)
        if layers.counted(by):
            parse(f"flops({written}, convention={by})")
