"""A user's file: it runs, and a type checker reads it without an error (mypy --strict in CI)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

import closedform as cf
from closedform.cost.sums import LayerSum
from closedform.derivation.derivation import Derivation
from closedform.derivation.ratio import MeasureRatio, Ratio
from closedform.derivation.steps import Step
from closedform.figures.count import Count
from closedform.figures.explain import Explanation
from closedform.figures.sweep import Sweep
from closedform.identification.identification import Identification
from closedform.later import Expression
from closedform.plots.curves import Plot
from closedform.solving.solution import Solution
from closedform.symbols import M, N, k
from closedform.typeset.tables import Table
from closedform.verdicts.verdict import Witness
from tests.tools.layer_stub import STUB, stub

if TYPE_CHECKING:
    from typing_extensions import assert_type
else:
    _Value = TypeVar("_Value")

    def assert_type(value: _Value, _: object) -> _Value:
        return value


SIZES: dict[str, int] = {"k": 3, "M": 64, "N": 128, "H": 56, "W": 56}
NAMED: dict[str, str] = {"a": "conv", "b": "linear"}
WORDS: list[str] = ["params", "macs"]


def test_layers_and_counts() -> None:
    layer = assert_type(cf.conv(k=3, M=64, bias=True), LayerSum)
    assert_type(cf.resnet50(R=224), LayerSum)
    assert_type(3 * layer + cf.linear(), LayerSum)
    assert_type(layer == cf.linear(), bool)
    assert_type(cf.conv(kernel_size=(3, 3), M=2 * k, N="2c", H=56.0, bias=True), LayerSum)
    assert_type(sum([layer, cf.linear()], cf.LayerSum()).missing(), tuple[str, ...])
    count = assert_type(cf.count("conv", where=SIZES, measures=WORDS), Count)
    assert_type(count.params / 2, float | Fraction)
    assert_type(cf.compile("params(conv)").sizes, tuple[str, ...])
    assert_type(cf.compile("params(conv)")(k=3, M=2, N=1), int | Fraction)
    assert_type(cf.compile("k M")(2.0, 4), float)


def test_expressions() -> None:
    """An int or an expression of SymPy: neither Any nor an error, whatever is done with it."""
    layer = cf.conv(k=3, H=5, W=5)
    for value in (layer.params, layer.macs, layer.flops(), layer.activations, cf.parse("k M")):
        assert_type(value, Expression)
        assert_type(-value / 2**20 + k**2 * M, Expression)
        assert_type(2 * value + Fraction(1, 2) * value - 1 / value, Expression)
        assert_type(2**k * value, Expression)
    assert float(layer.params.subs({M: 2, N: 3})) == 54
    assert_type(cf.text(2 * layer.params + 1), str)
    assert len(range(cf.conv(k=3, M=1, N=1).params)) == 9
    assert_type(cf.ratio("linear", "conv").params.expr, Expression)
    assert_type(1 - cf.ratio("linear", "conv").params, Expression)


def test_formulas_and_verdicts() -> None:
    verdict = assert_type(cf.verify("9 M N", target=cf.conv(k=3).params, where=SIZES), cf.Verdict)
    assert_type(cf.verify("M = 2", where=WORDS[:0]), cf.Verdict)
    assert_type(cf.verify(["M = 2", "k = k"]), tuple[cf.Verdict, ...])
    assert_type(verdict.verdict, str)
    assert_type(verdict.holds_when, tuple[str, ...])
    assert_type(verdict.witness, Witness | None)
    saving = assert_type(cf.ratio("depthwise_separable", cf.conv), Ratio)
    assert_type(saving.macs, MeasureRatio)
    assert_type(saving.macs.steps, tuple[Step, ...])
    assert_type(cf.derive(cf.conv(), measures="macs"), Derivation)
    assert_type(cf.identify("k^2 M N"), Identification)
    assert_type(cf.solve("macs(conv(k=3, M=64, H=56, W=56)) <= 100M", "N").largest, int | None)
    assert_type(cf.solve("params(conv) = params(linear)", cf.parse("k")), Solution)
    assert_type(cf.latex(cf.conv().params, notation="mobilenet"), str)


def test_tables_and_figures() -> None:
    assert_type(cf.table(["conv", cf.conv(k=3), cf.linear]), Table)
    assert_type(cf.table(NAMED, measures=WORDS, where=SIZES, digits=3), Table)
    assert_type(cf.table({"a": cf.conv(), "b": cf.conv(k=3)}), Table)
    assert_type(cf.compare(cf.conv()).to_latex(), str)
    assert_type(cf.growth(cf.conv), Table)
    assert_type(cf.explain(4.1e9, cf.resnet50), Explanation)
    assert_type(cf.explain(Fraction(25557032), "resnet50"), Explanation)
    over = {"N": range(16, 65)}
    assert_type(cf.sweep("conv", over=over, where={"k": 3, "M": 4, "H": 5, "W": 5}), Sweep)
    assert_type(cf.plot("depthwise_separable / conv", over=over, family={"k": [3, 5]}), Plot)


def test_names_are_texts_or_symbols_and_numbers_of_any_kind() -> None:
    assert_type(cf.count("conv", where={k: 3, M: 2, N: Fraction(4), "H": 1, "W": 1}), Count)
    assert_type(cf.table("conv", where={k: 3, M: 2}), Table)
    assert_type(cf.plot("conv", over={N: (1, 4)}, where={k: 3, M: 3, "H": 1, "W": 1}), Plot)
    over = {N: range(1, 4)}
    assert_type(cf.sweep("conv", over=over, where={"k": 3.0, "M": 4, "H": 1, "W": 1}), Sweep)
    assert_type(cf.plot("conv", over=over, family={"k": 3}, where={M: 3, "H": 1, "W": 1}), Plot)
    assert_type(cf.conv() * 3.0 + 2.0 * cf.linear + Fraction(2) * cf.conv(), LayerSum)


def test_every_layer_is_a_name_to_type_checkers() -> None:
    """Those of the stub; that it has all of them is asked for in .ci/run, once a layer is added."""
    assert {*STUB.read_text(encoding="utf-8").splitlines()} <= {*stub().splitlines()}
    assert not hasattr(cf, "convv")
