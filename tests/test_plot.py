"""The data of figures: exact points, round ticks, labels in a notation, bad input."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

import pytest

import closedform as cf
from closedform.cli import main
from closedform.errors import ClosedformError, MissingExtra
from closedform.figures.axes import even_steps, round_values, short
from closedform.figures.plot import plot, plot_iso
from closedform.figures.ranges import Running
from closedform.plots.drawing import draw
from closedform.typeset.prose import in_latex, in_text

SEPARABLE = "depthwise_separable / conv"


def test_a_family_is_exact_at_every_point() -> None:
    made = plot(SEPARABLE, over="N=16..1024", family="k=3,5,7")
    assert [curve.label for curve in made.curves] == ["k = 3", "k = 5", "k = 7"]
    for k, curve in zip((3, 5, 7), made.curves, strict=True):
        assert (curve.points[0][0], curve.points[-1][0]) == (16, 1024)
        # MobileNets, arXiv:1704.04861, section 3.1: 1/N + 1/D_K^2
        assert all(y == Fraction(1, n) + Fraction(1, k * k) for n, y in curve.points)
        assert len(curve.points) > 100


def test_labels_are_in_the_notation() -> None:
    made = plot(SEPARABLE, over="N=16..1024", family="k=3", notation="pytorch")
    assert in_latex(made.x._label) == r"output channels $C_{\text{out}}$"
    assert in_latex(made.y._label) == (
        r"ratio of MACs  $\frac{1}{C_{\text{out}}} + \frac{1}{K^{2}}$"
    )
    assert in_latex(made.curves[0]._label) == "$K = 3$"


def test_a_network_goes_by_the_name_that_is_typed() -> None:
    made = plot("mobilenet_v1(R)", over="R=96..224")
    assert in_text(made.y._label) == "MACs of mobilenet_v1(R) (M)"


def test_a_figure_says_which_sizes_are_fixed() -> None:
    made = plot("conv", over="N=1..8", where="k=3, M=4, H=W=2, N=N", notation="pytorch")
    assert (
        in_latex(made._fixed)
        == r"$K = 3$, $C_{\text{in}} = 4$, $H_{\text{out}} = W_{\text{out}} = 2$"
    )
    assert in_text(plot(SEPARABLE, over="N=1..8", where="k=3, M=4")._fixed) == "k = 3"
    given = plot(cf.conv(k=3, M=4, H=2, W=2), over="N=1..8")
    assert in_text(given.y._label).startswith("MACs of conv(k=3, M=4, H=2, W=2)")
    both = plot([cf.ratio("conv(k=3)", cf.conv(k=1)), "linear / linear"], over="N=2..8")
    assert both.curves[0].label == "conv(k=3) / conv(k=1)"


def test_the_convention_of_flops_is_on_the_axis() -> None:
    made = plot("conv", over="N=1..8", where="k=3, M=4, H=W=2", measure="flops", convention="mac2")
    assert in_text(made.y._label) == "FLOPs, mac2 of conv (thousands)"
    assert made.curves[0].points[0] == (1, 2 * 9 * 4 * 4)


def test_ticks_are_doublings_on_a_wide_axis_and_even_on_a_narrow_one() -> None:
    wide = plot(SEPARABLE, over="N=16..1024", where="k=3").x
    assert wide.log
    assert [name for _, name in wide.ticks] == ["16", "32", "64", "128", "256", "512", "1024"]
    narrow = plot(SEPARABLE, over="N=10..20", where="k=3").x
    assert not narrow.log
    assert [name for _, name in narrow.ticks] == ["10", "12", "14", "16", "18", "20"]


def test_a_curve_keeps_to_sizes_that_layers_can_have() -> None:
    made = plot("grouped_conv / conv", over="g=1..90", where="M=N=60")
    assert [x for x, _ in made.curves[0].points] == [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60]


def test_several_designs_are_told_apart_by_name() -> None:
    made = plot(["dw: depthwise_conv", "pointwise_conv"], over="M=2..64", where="k=3,N=8,H=W=7")
    assert [curve.label for curve in made.curves] == ["dw", "pointwise conv"]


def test_a_dict_names_its_curves() -> None:
    designs = {"A": "linear", "B": cf.conv(k=1, H=1, W=1)}
    made = plot(designs, over="N=1..10", where="M=3")
    assert [(curve.label, curve.points[0]) for curve in made.curves] == [
        ("A", (1, 3)),
        ("B", (1, 3)),
    ]
    assert plot({"conv": "linear"}, over="N=1..10", where="M=3").curves[0].points[-1] == (10, 30)


def test_lines_of_equal_cost() -> None:
    made = plot_iso("conv", over=("M=16..1024", "N=16..1024"), where="k=3, H=W=14")
    assert [name for _, name in made.levels] == [
        "1 M",
        "3 M",
        "10 M",
        "30 M",
        "100 M",
        "300 M",
        "1 G",
    ]
    assert (in_text(made._quantity), in_text(made._fixed)) == ("MACs of conv", "k = 3, H = W = 14")
    assert made.values[0][0] == 9 * 16 * 16 * 196
    assert made.values[-1][0] == 9 * 16 * 1024 * 196  # values[j][i]: j is up
    assert (made.xs[0], made.ys[-1]) == (16, 1024)


def test_ticks_are_round_and_inside() -> None:
    for low, high in [(1, 2), (3, 10**9), (Fraction(1, 50), Fraction(1, 3)), (17, 18), (5, 5000)]:
        ticks = round_values(low, high)
        assert ticks == sorted(set(ticks))
        assert all(low <= tick <= high for tick in ticks)
        assert 1 <= len(ticks) <= 9
        assert 3 <= len(even_steps(low, high)) <= 8
    assert [short(n) for n in (10**7, 15 * 10**8, Fraction(1, 40))] == ["10 M", "1.5 G", "0.025"]


def test_places_of_a_sweep() -> None:
    assert Running("N", 3, 6).places(()) == [3, 4, 5, 6]
    assert len(Running("N", 1, 10**9).places(())) <= 161


# (arguments after "plot", what the error says)
BAD = [
    (("conv", "--over", "N"), "'N' has no values"),
    (("conv", "--over", "N=16"), "'N=16' has no bounds between which one size runs"),
    (("conv", "--over", "N=16,20,64"), "has no bounds"),
    (("conv", "--over", "N=16..64..16"), "has no bounds"),
    (("conv", "--over", "N=16..64, M=1..2"), "has no bounds"),
    (("conv", "--over", "N=16.."), "a number is missing"),
    (("conv", "--over", "N=..16"), "a number is missing"),
    (("conv", "--over", "N=64..16"), "does not go up"),
    (("conv", "--over", "N=0..16"), "a size is from 1 to 1,000,000,000"),
    (("conv", "--over", "N=1..1e10"), "a size is from 1 to 1,000,000,000"),
    (("conv", "--over", "N=1..M"), "'M' is no number"),
    (("conv", "--over", "Q=1..9"), "no layer has a free size Q\nfree sizes: k, M, N, H, W"),
    (("conv", "--over", "N=1..9"), "no number without a value for k, M, H, W"),
    (("conv", "--over", "N=1..9", "--family", "k"), "'k' has no values"),
    (("conv", "--over", "N=1..9", "--family", "k=3", "--where", "k=3"), "no free size k"),
    (("conv", "--over", "N=1..9", "--over", "M=1..9"), "a figure has one --over"),
    (("conv", "--iso", "--over", "N=1..9"), "two sweeps"),
    (("conv", "--iso", "--over", "N=1..9", "--over", "N=1..9"), "a plane has two sizes"),
    (("conv", "conv / linear", "--over", "N=1..9"), "do not fit on one axis"),
    (("bias", "--over", "N=1..9", "--where", "H=W=1"), "a cost of 0 has no place in a figure"),
    (("convv", "--over", "N=1..9"), "unknown layer"),
]


@pytest.mark.parametrize(("argv", "said"), BAD)
def test_bad_input_gets_a_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, argv: tuple[str, ...], said: str
) -> None:
    assert main(("plot", *argv, "-o", str(tmp_path / "figure.svg"))) == 2
    assert said.replace("no free size", "no layer has a free size") in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_ending_of_the_name_is_the_format(tmp_path: Path) -> None:
    made = plot(SEPARABLE, over="N=2..8", where="k=3")
    with pytest.raises(ClosedformError, match=r"end it with \.svg, \.pdf, \.pgf, \.png"):
        draw(made, tmp_path / "figure.jpg")


def test_matplotlib_that_is_missing_gets_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtra, match=r"pip install 'closedform\[plot\]'"):
        draw(plot(SEPARABLE, over="N=2..8", where="k=3"), tmp_path / "figure.svg")
