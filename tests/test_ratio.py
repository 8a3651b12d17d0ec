"""Ratios: their readable form, their steps, what follows from them, and where there is none."""

from __future__ import annotations

import argparse
import json
from fractions import Fraction

import pytest
from sympy import Integer

import closedform as cf
from closedform.algebra.exact import value
from closedform.algebra.tree import Number, Symbol, Tree, substitute
from closedform.commands.ratio import run
from closedform.cost.layer_type import LAYERS
from closedform.derivation.facts import facts
from closedform.derivation.ratio import Ratio, ratio
from closedform.derivation.rows import Line
from closedform.derivation.steps import Chain, UnprovenStep, prove
from closedform.errors import UndefinedValue, UnknownName
from closedform.reading import parse, parse_layers
from closedform.symbols import N as N_
from closedform.symbols import k as k_
from closedform.typeset.notation import NOTATIONS
from closedform.typeset.prose import in_text

# (numerator, denominator, params, MACs, FLOPs by the convention exact)
RATIOS = [
    (
        "depthwise_separable",
        "conv",
        "1/N + 1/k²",
        "1/N + 1/k²",
        "((2k² − 1)·M + (2M − 1)·N)/((2k²M − 1)·N)",
    ),
    ("conv", "depthwise_separable", "k²N/(k² + N)", "k²N/(k² + N)", None),
    ("depthwise_separable(bias)", "conv(bias)", None, "1/N + 1/k²", "1/N + 1/k²"),
    ("depthwise_conv + pointwise_conv", "2 conv", None, "1/(2N) + 1/(2k²)", None),
    ("grouped_conv", "conv", "1/g", "1/g", "(2k²M − g)/((2k²M − 1)·g)"),
    ("pointwise_conv", "linear", "1", "HW", "HW"),
    ("conv", "conv", "1", "1", "1"),
    ("batch_norm(H=H, W=W)", "conv", "2/(k²M)", "0", "2/(2k²M − 1)"),
    ("depthwise_separable(k=3, N=64)", "conv(k=3, N=64)", "73/576 ≈ 0.1267", None, None),
]


def of(above: str, below: str, convention: str = "exact") -> Ratio:
    return ratio(parse_layers(above), parse_layers(below), convention=convention)


@pytest.mark.parametrize(("above", "below", "params", "macs", "flops"), RATIOS)
def test_ratios_read_as_a_person_writes_them(
    above: str, below: str, params: str | None, macs: str | None, flops: str | None
) -> None:
    result = of(above, below)
    for measure, shown in (("params", params), ("macs", macs), ("flops", flops)):
        if shown is not None:
            assert str(result.of(measure)) == shown


def test_the_public_surface() -> None:
    result = cf.ratio(cf.depthwise_separable_conv(), cf.conv())
    assert result.macs.expr == 1 / N_ + 1 / k_**2
    assert result.params.expr == result.macs.expr
    assert result.macs._repr_latex_() == r"$\frac{1}{N} + \frac{1}{k^{2}}$"
    assert [step.reason for step in result.macs.steps] == [
        "cancel MHW",
        "split the fraction",
        "cancel in each term",
    ]
    assert cf.parse(result.macs.steps[-1].right) == result.macs.expr
    assert cf.ratio(cf.conv(), cf.conv()).macs.expr == Integer(1)


def test_a_convention_counts_otherwise() -> None:
    assert str(of("depthwise_separable", "conv", "mac").flops) == "1/N + 1/k²"
    assert "FLOPs (mac)" in str(of("depthwise_separable", "conv", "mac"))
    with pytest.raises(UnknownName, match="mac2"):
        of("conv", "conv", "mac3")


def test_no_macs_below_is_a_sentence() -> None:
    result = of("conv", "batch_norm")
    assert str(result.macs) == "no ratio: the denominator has no MACs"
    assert "no MACs" in str(result)
    assert result.macs.steps == ()
    assert str(result.params) == "k²M/2"
    assert result.to_json()["macs"] is None
    with pytest.raises(UndefinedValue, match="no MACs"):
        _ = result.macs.expr


@pytest.mark.parametrize("name", [n for n, one in LAYERS.items() if not one.is_network])
def test_every_layer_has_a_ratio_to_others_or_a_sentence(name: str) -> None:
    layer = LAYERS[name]
    for above, below in ((layer, LAYERS["conv"]), (LAYERS["linear"], layer)):
        for convention, measures in (("exact", ("params", "macs", "flops")), ("mac", ("flops",))):
            result = ratio(above(), below(), convention=convention)
            for measure in measures:
                one = result.of(measure)
                lines = one.derivation._chains[-1].lines
                assert one.problem if not lines else lines[-1].tree == one._tree


def test_the_tree_is_the_quotient_of_both_costs() -> None:
    sizes: dict[str, Tree] = {
        name: Number(x) for name, x in zip("kMNgHW", (3, 8, 12, 4, 5, 7), strict=True)
    }
    for above, below, *_ in RATIOS:
        top, bottom = parse_layers(above), parse_layers(below)
        for measure in ("params", "macs", "flops"):
            one = ratio(top, bottom).of(measure)
            numbers = [value(substitute(x._tree(measure), sizes), {}) for x in (top, bottom)]
            assert value(substitute(one._tree, sizes), {}) * numbers[1] == numbers[0]


# -- steps and facts ------------------------------------------------------------------------------


def test_a_step_that_is_not_proven_is_not_shown() -> None:
    k, M = Symbol("k"), Symbol("M")
    with pytest.raises(UnprovenStep, match="k²M = kM"):
        prove(k**2 * M, k * M)
    with pytest.raises(UnprovenStep):
        Chain(("wrong",), (Line(M + M, ()), Line(M**2, ("add",))))
    prove(M + M, 2 * M)


FACTS = [
    (
        "1/N + 1/k^2",
        [
            "N → ∞: 1/k²; k → ∞: 1/N",
            "for k = 3: between 8 and 9 times fewer MACs from N = 72 on",
            "fewer MACs exactly when k² + N < k²N, that is for k ≥ 2 and N ≥ 2",
        ],
    ),
    (
        "k^2 N / (k^2 + N)",
        [
            "N → ∞: k²; k → ∞: N",
            "fewer MACs exactly when k²N < k² + N, that is for k = 1 or N = 1",
        ],
    ),
    ("1/k^2", ["k → ∞: 0", "fewer MACs exactly when 1 < k², that is for k ≥ 2"]),
    ("M", ["M → ∞: grows without bound", "never fewer MACs: M ≥ 1"]),
    ("1/(M + 1)", ["M → ∞: 0", "always fewer MACs: 1 < M + 1"]),
    ("73/576", ["about 7.89 times fewer MACs"]),
    ("5/2", ["2.5 times more MACs"]),
    ("1", ["as many MACs"]),
    ("floor(N/2)/N", []),
]


@pytest.mark.parametrize(("expression", "said"), FACTS)
def test_facts(expression: str, said: list[str]) -> None:
    assert [in_text(fact) for fact in facts(parse(expression), "MACs")] == said


def test_from_which_width_on_the_saving_is_eightfold() -> None:
    """9N/(9 + N) ≥ 8 exactly from N = 72 on: the number in the sentence, counted by hand."""
    times = [9 * n * 1 >= 8 * (9 + n) for n in range(1, 200)]
    assert times.index(True) + 1 == 72
    assert all(times[71:])


def test_the_saving_is_real_exactly_where_it_is_said() -> None:
    for k in range(1, 7):
        for n in range(1, 9):
            assert (k * k + n < k * k * n) is (k >= 2 and n >= 2)


def test_a_group_cannot_grow_alone() -> None:
    assert of("grouped_conv", "conv").macs.derivation._chains[-1].facts
    told = str(of("grouped_conv", "conv").flops.derivation)
    assert "g → ∞" not in told
    assert "M → ∞" in told


# -- the command ----------------------------------------------------------------------------------


def _args(form: str, **options: object) -> argparse.Namespace:
    given = {"steps": False, "convention": "exact", "notation": "source", **options}
    return argparse.Namespace(
        numerator="depthwise_separable", denominator="conv", format=form, **given
    )


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(_args("text")) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "depthwise_separable over conv"
    assert out[2].endswith("1/N + 1/k²")
    assert run(_args("text", steps=True)) == 0
    out = capsys.readouterr().out
    assert "cancel MHW" in out
    assert "N = 72" in out
    run(_args("json", steps=True))
    data = json.loads(capsys.readouterr().out)
    assert data["macs"] == "1/N + 1/k²"
    assert data["derivation"]["chains"]
    run(_args("markdown", notation="mobilenet"))
    assert r"$\frac{1}{N} + \frac{1}{D_K^{2}}$" in capsys.readouterr().out


@pytest.mark.parametrize("notation", NOTATIONS)
def test_latex_of_the_command_is_balanced(
    notation: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for steps in (False, True):
        run(_args("latex", notation=notation, steps=steps))
        out = capsys.readouterr().out
        assert out.isascii()
        assert out.count("{") == out.count("}")
        assert out.count(r"\begin{align*}") == out.count(r"\end{align*}") >= 1


def test_a_fraction_that_nobody_sees_through_is_told_in_decimals() -> None:
    ratio = cf.ratio("mobilenet_v1", "resnet50")
    assert str(ratio.params) == "528997/3194629 ≈ 0.1656"
    assert r"\frac{528997}{3194629} \approx 0.1656" in ratio.to_latex()
    assert ratio.to_json()["params"] == "528997/3194629"
    assert str(cf.ratio("linear(M=3, N=5)", "linear(M=5, N=6)").params) == "1/2"


def test_a_sum_over_an_index_is_not_written_out_term_by_term() -> None:
    over_conv, over_itself = cf.ratio("vgg16(R)", "conv"), cf.ratio("vgg16(R)", "vgg16(R)")
    assert "sum(i=0..6, " in str(over_conv.flops)
    assert len(str(over_conv.flops)) < 250
    assert over_itself.flops.expr == 1


@pytest.mark.parametrize("name", ["mobilenet_v1", "mobilenet_v2", "mobilenet_v3_large"])
@pytest.mark.parametrize("alpha", [Fraction(1, 4), Fraction(3, 4)])
def test_a_width_multiplier_is_no_whole_number(name: str, alpha: Fraction) -> None:
    network = getattr(cf, name)
    tree = ratio(f"{name}(alpha)", name).params.derivation._chains[-1].lines[-1].tree
    exact = Fraction(network(alpha=alpha).params, network().params)
    assert value(tree, {"alpha": alpha}) == exact
