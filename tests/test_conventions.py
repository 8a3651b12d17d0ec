"""Conventions: a user's own one, what is uncounted, and each tool on a few layers."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from closedform import count, verify
from closedform.cli import main
from closedform.cost.conventions import CONVENTIONS
from closedform.cost.conventions.own import load_convention
from closedform.errors import ClosedformError
from closedform.reading import parse, parse_layers
from tests.tools.own import forgotten
from tests.tools_held.held import differs

_FILE = Path(__file__).parent / "data" / "tools_grid.csv"
with _FILE.open(encoding="utf-8", newline="") as _file:
    #: Tools that were run on PyTorch modules, and what they said.
    GRID = list(csv.DictReader(_file))

OWN = """
name = "ours"
description = "2 per MAC, bias and ReLU 1 per output"
source = "our paper, section 4"
[rules]
contract = "2*macs"
bias = "outputs"
relu = "outputs"
softmax = "uncounted"
"""


def test_a_user_s_own_convention(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(OWN, encoding="utf-8")
    written = "linear(M=3, N=5, bias) + relu(N=5) + softmax(n=5)"
    with forgotten():
        assert main(["count", written, "--convention", str(file), "--format", "json"]) == 0
        data = json.loads(capsys.readouterr().out)
        assert (data["convention"], data["flops"], data["uncounted"]) == ("ours", 40, ["softmax"])
        counted = count(written, convention=str(file))
        assert (counted.convention, counted.flops) == ("ours", 40)
        assert parse_layers(written).flops(str(file)) == 40
        assert verify("flops(linear(bias), convention=ours) = 2 M N + N").verdict == "proven"
        assert "(ours)" in str(parse_layers(written).to_table(str(file)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name = 1", "name of a convention is a text, not 1"),
        ('name = "x"\nrules = {contract = 2}', "rules of a convention is a table of texts"),
        ('name = "x"\nrules = {contract = "2*"}', "no formula"),
        ('name = "x"\nrulez = {contract = "macs"}', "rulez"),
        ('name = "x"\nrules = {contrct = "macs"}', "did you mean contract?"),
        ('name = "x"\nrules = {"conv contrct" = "macs"}', "did you mean contract?"),
        ('name = "thop"\nrules = {contract = "macs"}', "is there already"),
    ],
)
def test_what_is_no_convention_says_so(text: str, words: str) -> None:
    with pytest.raises(ClosedformError) as caught:
        load_convention(text)
    assert words in str(caught.value)


#: A layer, and its count by each convention that counts it: executed with the tools.
COUNTS = {
    "conv(k=3, M=64, N=128, H=56, W=56, bias)": {
        "fvcore": 231_211_008,
        "thop": 231_211_008,
        "ptflops": 231_612_416,
        "torchinfo": 231_612_416,
        "calflops": 462_823_424,
        "deepspeed": 462_823_424,
        "torch": 462_422_016,
        "onnx_tool": 231_612_416,
    },
    "batch_norm(N=128, H=56, W=56)": {
        "fvcore": 802_816,
        "thop": 1_605_632,
        "ptflops": 802_816,
        "torchinfo": 256,
        "calflops": 802_816,
        "onnx_tool": 12_443_648,
    },
    "softmax(n=1000)": {
        "thop": 2_999,
        "ptflops": 1_000,
        "calflops": 1_000,
        "tensorflow": 5_000,
        "onnx_tool": 36_000,
    },
    "layer_norm(N=768, n=197)": {
        "fvcore": 756_480,
        "thop": 605_184,
        "ptflops": 151_296,
        "torchinfo": 1_536,
        "deepspeed": 756_480,
        "onnx_tool": 1_064_785,
    },
    "transposed_conv(k=2, M=64, N=32, s=2, H_in=28, W_in=28, g=4, bias)": {
        "fvcore": 1_605_632,
        "thop": 6_422_528,
        "ptflops": 1_705_984,
        "torchinfo": 6_522_880,
        "calflops": 804_384,
        "deepspeed": 3_311_616,
        "torch": 3_211_264,
    },
    "multi_head_attention(d=768, h=12, n=197, bias)": {
        "fvcore": 524_391_936,
        "ptflops": 585_690_456,
        "calflops": 930_028_332,
        "deepspeed": 1_049_249_580,
        "torch": 1_048_783_872,
    },
    "lstm(M=256, N=512, n=20, two_biases)": {
        "thop": 31_621_120,
        "ptflops": 31_641_600,
        "torchinfo": 31_539_200,
        "calflops": 63_016_960,
        "torch_meta": 62_914_560,
    },
    "max_pool(k=3, s=2, N=64, H=56, W=56)": {
        "ptflops": 1_605_632,
        "calflops": 802_816,
        "tensorflow": 1_806_336,
        "onnx_tool": 1_806_336,
    },
    "gelu(N=6, H=5, W=2)": {"onnx_tool": 2_040},
    "tanh(N=6, H=5, W=2)": {"onnx_tool": 4_560},
    "elu(N=6, H=5, W=2)": {"onnx_tool": 2_100},
    "log_softmax(n=5, m=12)": {"onnx_tool": 4_800},
    "instance_norm(N=6, H=4, W=5, B=2, affine)": {"onnx_tool": 1_680},
    "avg_pool3d(k=2, N=6, D=2, H=3, W=3)": {"onnx_tool": 216},
    "bilinear_upsample(N=6, H_in=4, W_in=5, B=2)": {"onnx_tool": 3_840},
    "linear(M=768, N=3072, n=197, bias)": {
        "fvcore": 464_781_312,
        "ptflops": 465_386_496,
        "torchinfo": 2_362_368,
        "calflops": 929_562_624,
    },
}


@pytest.mark.parametrize("written", COUNTS)
def test_the_rules_of_the_tools_give_their_numbers(written: str) -> None:
    layers = parse_layers(written)
    found = {name: layers.flops(name) for name in COUNTS[written]}
    assert found == COUNTS[written]


@pytest.mark.parametrize("row", GRID, ids=lambda row: f"{row['tool']} {row['module']}")
def test_a_tool_s_number_is_ours(row: dict[str, str]) -> None:
    counted, params = int(row["count"]), int(row["params"])
    assert not differs(row["tool"], row["module"], row["input_shape"], counted, params)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("flops(relu, convention=mac)", "mac does not count relu"),
        ("flops(multi_head_attention, convention=thop)", "thop does not count"),
        ("flops(lstm, convention=torch)", "torch does not count lstm"),
    ],
)
def test_what_is_not_counted_is_said_and_is_no_zero(written: str, words: str) -> None:
    with pytest.raises(ClosedformError, match=words):
        parse(written)


def test_every_convention_says_where_its_rules_are_from() -> None:
    for convention in CONVENTIONS.values():
        assert convention.description, convention.name
        assert convention.source, convention.name


def test_parameters_of_a_tool_are_named_as_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    written = "embedding(V=7, d=4) + linear(M=4, N=3)"
    main(["count", written, "--convention", "thop"])
    assert "params      12  (thop)" in capsys.readouterr().out
    main(["count", written, "--convention", "fvcore"])
    assert "params      40\n" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["text", "latex", "markdown", "json"])
def test_what_is_wholly_uncounted_is_a_dash(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["count", "gelu(N=3)", "--convention", "torch", "--measure", "flops"]
    assert main([*asked, "--format", form]) == 0
    shown = capsys.readouterr().out
    assert {"text": "–", "latex": "--", "markdown": "–", "json": "null"}[form] in shown
    assert "gelu" in shown.replace("gelu(N=3)", "")  # what is uncounted


@pytest.mark.parametrize(
    ("written", "by", "count"),
    [
        # PyTorch has one module for the plain layer; a gated one is seen part by part.
        ("transformer_layer(d=8, h=2, f=32, n=3)", "torch", 2 * 3 * (256 + 512)),
        ("transformer_layer(d=8, h=2, f=32, n=3, gated)", "torch", 6144),
        # thop has a rule for nn.MultiheadAttention's class alone: none.
        ("multi_head_attention(d=8, h=2, n=3, apart)", "thop", 3 * 4 * 64),
        ("multi_head_attention(d=8, h=2, n=3, h_kv=1)", "thop", 3 * 3 * 64),
        # One key more than there are tokens.
        ("multi_head_attention(d=8, h=2, n=3, bias_kv, apart)", "torch_meta", 2 * (768 + 192)),
        ("multi_head_attention(d=8, h=2, n=3, zero_key, apart)", "deepspeed", 2 * (768 + 192)),
        ("multi_head_attention(d=8, h=2, n=3, bias_kv, causal, apart)", "torch_meta", 2 * 768),
    ],
)
def test_a_rule_for_a_module_is_for_what_is_one(written: str, by: str, count: int) -> None:
    assert parse_layers(written).flops(by) == count


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("mha(d=12, h=4, n=5, bias, no_grad, masked)", 0),
        ("mha(d=9, h=3, n=5, bias, no_grad)", 4_140),
        ("mha(d=9, h=3, n=5, bias, no_grad, no_weights)", 3_240),
        ("mha(d=12, h=4, n=5, no_grad)", 6_960),
        ("mha(d=12, h=4, n=5, m=7, bias, no_grad)", 8_592),
        ("mha(d=12, h=4, n=5, bias, no_grad, seq_first)", 6_960),
        ("mha(d=12, h=4, n=5, B=2, bias, no_grad, causal)", 13_920),
        ("mha(d=12, h=4, n=5, B=2, bias, no_grad, zero_key)", 14_400),
        ("deit_tiny(no_grad)", 2_149_702_656),
        ("vit_b_16(no_grad)", 22_542_249_984),
        ("transformer_layer(d=12, h=4, n=5, f=20, bias, causal, no_grad)", 0),
        ("transformer_layer(d=12, h=3, n=5, f=20, B=2, bias, no_grad)", 21_120),
        ("transformer_layer(d=12, h=4, n=5, m=7, f=20, B=2, bias, cross, no_grad)", 23_424),
    ],
)
def test_the_kernel_of_attention_takes_what_meets_its_conditions(written: str, count: int) -> None:
    """Executed with PyTorch's counter, on modules of batch 1 and 2."""
    assert parse_layers(written).flops("torch") == count


def test_of_an_open_number_of_heads_the_odd_ones_are_counted() -> None:
    given = "flops(mha(d=24, h, n=5, d_h=24/h, bias, no_grad), convention=torch)"
    known = parse_layers("mha(d=24, h=8, n=5)").flops("torch")
    assert verify(f"{given} = {known} (h - 2 floor(h/2))").verdict == "proven"


def test_parameters_of_a_flag_are_counted_by_the_tool_too() -> None:
    """Keras counts the running statistics, of a batch norm behind a convolution as well."""
    assert (
        parse_layers("conv(k=3, M=4, N=5, H=1, W=1, bn)")._tree("params", "tensorflow").value == 200
    )
    extra = parse_layers("resnet18")._tree("buffers").value
    assert parse_layers("resnet18")._tree("params", "tensorflow").value == 11_689_512 + extra
