"""Modules that take another way at other sizes: what is read says where it holds."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

import closedform as cf
from closedform.errors import ClosedformError
from closedform.models.torch import read

torch = pytest.importorskip("torch")
nn, F = torch.nn, torch.nn.functional


class Asking(nn.Module):
    """Two layers, and a function of both and the input that chooses between them."""

    def __init__(self, one: Any, other: Any, choose: Any) -> None:
        super().__init__()
        self.one, self.other, self.choose = one, other, choose

    def forward(self, x: Any) -> Any:
        return self.choose(self, x)


def _repaired(net: Any, x: Any) -> Any:
    """A map halved, doubled and joined to itself, and repaired where it does not fit."""
    up = F.interpolate(net.one(x), scale_factor=2)
    if up.shape[-2:] != x.shape[-2:]:
        up = F.interpolate(net.other(up), size=x.shape[-2:])
    return torch.cat([up, x], 1)


def _by_length(net: Any, x: Any) -> Any:
    q = net.one(x)
    if x.shape[1] <= 128:
        return (q @ q.mT).softmax(-1) @ q
    return net.other(q) @ (q.mT @ q)


WIDE = nn.Conv2d(3, 8, 3), nn.Conv2d(3, 80, 3)
ROWS = nn.Linear(16, 16), nn.Linear(16, 160)
#: A module, its input, the condition, sizes at which it holds, MACs there, and sizes beyond.
ASKING: dict[str, tuple[Any, Any, str, dict[str, int], int, dict[str, int]]] = {
    "a side": (
        Asking(*WIDE, lambda net, x: net.one(x) if x.shape[-1] > 100 else net.other(x)),
        ("B", 3, "H", "W"), "W > 100", {"B": 1, "H": 64, "W": 128}, 216 * 62 * 126,
        {"B": 1, "H": 64, "W": 64},
    ),
    "the batch": (
        Asking(*ROWS, lambda net, x: net.one(x) if x.shape[0] > 1 else net.other(x)),
        ("B", 16), "B > 1", {"B": 4}, 4 * 256, {"B": 1},
    ),
    "a length": (
        Asking(nn.Linear(16, 16), nn.Linear(16, 16), _by_length),
        ("B", "n", 16), "n > 128", {"B": 1, "n": 600}, 600 * 4 * 256, {"B": 1, "n": 64},
    ),
    "any but one": (
        Asking(*WIDE, lambda net, x: net.other(x) if x.shape[3] == 7 else net.one(x)),
        (1, 3, "H", "W"), "W > 7", {"H": 64, "W": 128}, 216 * 62 * 126, {"H": 64, "W": 7},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ASKING)
def test_a_way_that_the_sizes_choose_is_read_with_its_condition(name: str) -> None:
    module, x, condition, inside, macs, outside = ASKING[name]
    layers = read(module, x=x)
    assert any(shown.startswith(f"{condition} (test_branches.py, line") for shown in
               layers.holds_where())  # fmt: skip
    assert cf.count(layers, where=inside).macs == macs
    with pytest.raises(ClosedformError, match=f"holds where {condition} .* outside of that"):
        cf.count(layers, where=outside)
    compiled = pickle.loads(pickle.dumps(cf.compile(layers)))  # noqa: S301  (its own)
    assert compiled(**inside) == macs
    with pytest.raises(ClosedformError, match=condition):
        compiled(**outside)
    over = ", ".join(f"{n}={outside[n]},{inside[n]}" for n in inside)
    with pytest.raises(ClosedformError, match=condition):
        cf.sweep(layers, over=over)
    assert condition in cf.table({"it": layers}).to_text()
    assert condition in layers.to_table().to_text()
    assert condition in str(cf.ratio(layers, layers).macs.derivation)


def test_a_repair_that_costs_is_left_to_the_sizes_that_need_none() -> None:
    module = Asking(nn.Conv2d(3, 3, 3, stride=2, padding=1), nn.Conv2d(3, 3, 1), _repaired)
    layers = read(module, x=(1, 3, "H", "W"))
    assert cf.count(layers, where={"H": 64, "W": 8}).macs == 81 * 32 * 4
    for sizes in ({"H": 65, "W": 64}, {"H": 64, "W": 13}):
        with pytest.raises(ClosedformError, match=r"2 does not divide [HW] = "):
            cf.count(layers, where=sizes)


CUT: list[tuple[Any, Any, dict[int, int]]] = [
    (lambda net, x: net.one(x[:, :128]), nn.Linear(16, 16), {1: 1, 127: 127, 128: 128, 500: 128}),
    (lambda net, x: net.one(x[:, -64:]), nn.Linear(16, 16), {1: 1, 63: 63, 64: 64, 500: 64}),
]


@pytest.mark.parametrize(("choose", "layer", "rows"), CUT)
def test_what_is_cut_off_is_cut_off_at_every_size(
    choose: Any, layer: Any, rows: dict[int, int]
) -> None:
    """The export took an end of a slice for one that is reached."""
    layers = read(Asking(layer, None, choose), x=("B", "n", 16))
    for n, kept in rows.items():
        assert cf.count(layers, where={"B": 1, "n": n}).macs == 256 * kept
