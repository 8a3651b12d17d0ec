"""Reading models without the extras that it needs; with them, tests/models_read reads models."""

from __future__ import annotations

import sys

import pytest

import closedform as cf
from closedform.algebra.tree import Number, Symbol
from closedform.cli import main
from closedform.cost.layer import operation, shared, step, tied
from closedform.cost.steps import unknown
from closedform.cost.sums import LayerSum
from closedform.errors import MissingExtra
from closedform.figures.sizes import sizes_of
from closedform.models import onnx, torch


def test_without_pytorch_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(MissingExtra, match="needs PyTorch") as error:
        torch.read(object(), x=("B", 3))
    assert error.value.hint == "install it: pip install 'closedform[torch]'"


def test_without_onnx_a_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(MissingExtra, match="needs onnx") as error:
        onnx.read("net.onnx")
    assert error.value.hint == "install it: pip install 'closedform[onnx]'"
    assert main(["count", "net.onnx"]) == 2
    assert "pip install 'closedform[onnx]'" in capsys.readouterr().err


def test_count_takes_sizes_and_words_that_are_one_size(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["count", "linear(M=4, N=2)", "--where", "n=3", "--measure", "macs"]) == 2
    assert main(["count", "linear(M=4, N=2, n=n)", "--where", "n=3", "--measure", "macs"]) == 0
    assert "MACs        24" in capsys.readouterr().out
    made = step("add", operation("add", Symbol("batch"), Symbol("s_77")))
    sizes = sizes_of("batch=3, s77=5", [made])
    assert made._with_sizes(sizes).flops() == 15


@pytest.fixture
def swirled() -> LayerSum:
    """A linear layer, and an operator that nobody knows."""
    found = cf.linear(M=4, N=3).at("head") + unknown("my::swirl", Symbol("n"), Number(4)).at("body")
    assert isinstance(found, LayerSum)
    return found


def test_what_nobody_knows_is_left_out_of_totals_and_told(swirled: LayerSum) -> None:
    name = "my::swirl at body"
    assert (swirled.params, swirled.macs) == (12, 12)
    assert swirled.uncounted() == swirled.uncounted("mac") == (name,)
    assert swirled.uncounted(measure="macs") == (name,)
    assert swirled.uncounted(measure="params") == ()
    counted = cf.count(swirled, measures=("macs",))
    assert counted.uncounted == (name,)
    assert "uncounted by exact: my::swirl at body" in str(counted)
    assert cf.count(swirled, measures=("params",)).uncounted == ()
    table = cf.table({"mine": swirled}, measures=["params", "macs", "flops"])
    assert table.rows == (("mine", 12, None, None),)
    assert table.notes == (f"Not known: {name}.", f"Not counted by exact: {name}.")
    ratio = cf.ratio(swirled, cf.linear(M=2, N=3))
    assert str(ratio.params) == "2"
    assert name in str(ratio)


def test_an_operator_without_a_place_is_told_by_its_name() -> None:
    assert unknown("my::swirl", Number(4)).uncounted() == ("my::swirl",)


def test_a_step_has_the_sizes_that_it_is_stated_in() -> None:
    """Numbers put in arrive in every extent: outputs, what is summed over, weights, inputs."""
    n, d, V = map(Symbol, ("n", "d", "V"))
    made = step("mix", operation("sum", n, over=d, weights=((V, d),), inputs=n * d))
    assert made.missing() == ("n", "d", "V")
    put_in = made._with_sizes({"n": Number(5), "d": Number(3), "V": 2 * Symbol("c")})
    assert put_in.missing() == ("c",)
    assert (str(put_in.params), put_in.flops()) == ("6*c", 10)
    assert str(put_in.quantity("memory_access")) == "6*c + 20"


def test_a_step_keeps_a_batch_of_its_own_beside_the_one_that_multiplies_it() -> None:
    B, n = Symbol("B"), Symbol("n")
    (term,) = step("shift", operation("add", B, n)).terms
    made = LayerSum((term._replace(call=term.call.with_batch(Number(3))),))
    assert str(made._with_sizes({"n": Number(5)}).flops()) == "15*B"
    assert made._with_sizes({"n": Number(5), "B": Number(2)}).flops() == 30


def test_layers_whose_weights_are_another_s_print_themselves() -> None:
    head = tied(cf.linear(M=4, N=2))
    assert repr(head) == "tied(linear(M=4, N=2))"
    assert repr(shared(3, head)) == "shared(3, tied(linear(M=4, N=2)))"
