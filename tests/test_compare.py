"""One layer under every convention, and the conventions that give a published number."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import closedform as cf
from closedform import toml
from closedform.cli import main
from closedform.errors import ClosedformError, MissingSize
from closedform.figures.published import SOURCES, published
from closedform.reading import parse_layers
from closedform.typeset.tables import Column, Table

ROOT = Path(__file__).resolve().parent.parent

TOOLS = "fvcore thop ptflops torchinfo calflops deepspeed torch torch_meta".split()

#: What each tool gave when it was run on the PyTorch module; ``None``: it knows none of it.
EXECUTED: dict[str, tuple[int | None, ...]] = {
    "conv(k=3, M=64, N=128, H=56, W=56, bias)": (
        *(231_211_008, 231_211_008, 231_612_416, 231_612_416),
        *(462_823_424, 462_823_424, 462_422_016, 462_422_016),
    ),
    "batch_norm(N=128, H=56, W=56)": (802816, 1605632, 802816, 256, 802816, 802816, None, None),
    "softmax(n=1000)": (None, 2_999, 1_000, None, 1_000, 1_000, None, None),
    "transposed_conv(k=2, M=64, N=32, H_in=28, W_in=28, s=2, bias)": (
        *(6_422_528, 25_690_112, 6_522_880, 25_790_464),
        *(12_851_328, 12_945_408, 12_845_056, 12_845_056),
    ),
    "transposed_conv(k=2, M=64, N=32, H_in=28, W_in=28, s=2, g=4, bias)": (
        *(1_605_632, 6_422_528, 1_705_984, 6_522_880),
        *(804_384, 3_311_616, 3_211_264, 3_211_264),
    ),
    "layer_norm(N=768, n=197)": (756_480, 605_184, 151_296, 1_536, 756_480, 756_480, None, None),
    "linear(M=768, N=3072, n=197, bias)": (
        *(464_781_312, 464_781_312, 465_386_496, 2_362_368),
        *(929_562_624, 929_562_624, 929_562_624, 929_562_624),
    ),
    "multi_head_attention(d=768, h=12, n=197, bias)": (
        *(524_391_936, None, 585_690_456, None),
        *(930_028_332, 1_049_249_580, 1_048_783_872, 1_048_783_872),
    ),
}


@pytest.mark.parametrize("layer", EXECUTED)
def test_every_row_is_the_number_of_the_tool(layer: str) -> None:
    rows = {row[0]: row[1] for row in cf.compare(parse_layers(layer)).rows}
    assert tuple(rows[tool] for tool in TOOLS) == EXECUTED[layer]


@pytest.mark.parametrize(
    ("tool", "expected"),
    [
        ("thop", {"flops": 5_998, "closed_form": "B·(3n − 1)", "uncounted": ""}),
        ("fvcore", {"flops": None, "closed_form": None, "uncounted": "softmax"}),
    ],
)
def test_a_number_has_its_closed_form_and_what_is_not_counted_is_no_zero(
    tool: str, expected: dict[str, object]
) -> None:
    rows = cf.compare(parse_layers("softmax(n=1000, B=2)")).to_json()["rows"]
    assert isinstance(rows, list)
    assert {"convention": tool, **expected} in rows


@pytest.mark.parametrize(
    ("layer", "tool", "form"),
    [
        ("multi_head_attention(d=72, h=6, n=21, bias)", "ptflops_aten", "dn·(4d + 2n + 4)"),
        ("multi_head_attention(d=72, h=6, n=21, bias)", "torch", "dn·(8d + 4n)"),
        ("lstm(M=24, N=36, n=20, two_biases)", "calflops", "(8M + 8N + 10)·Nn"),
        ("conv(k=3, M=64, N=128, H=56, W=56, bias)", "calflops", "2k²MNHW + NHW"),
    ],
)
def test_what_a_rule_counts_is_written_as_a_person_does(layer: str, tool: str, form: str) -> None:
    (found,) = (row[2] for row in cf.compare(layer).rows if row[0] == tool)
    assert found == form


def test_a_sum_in_letters_tells_what_is_left_out_of_it() -> None:
    lines = str(cf.compare(parse_layers("conv + softmax"), title="a sum")).splitlines()
    assert lines[0] == "a sum by every convention."
    assert [line.split() for line in lines if line.startswith(("fvcore ", "thop "))][:2] == [
        ["fvcore", "k²MNHW", "softmax"],
        ["thop", "k²MNHW", "+", "3n", "−", "1"],
    ]


def test_the_notes_say_whose_rule_it_is_and_which_defect_meets_the_layer() -> None:
    notes = {
        layer: next(n for n in cf.compare(parse_layers(layer)).sources if n.startswith("thop "))
        for layer in ("transposed_conv", "conv")
    }
    assert "thop/vision/calc_func.py" in notes["conv"]
    assert "Defect: its products are counted on the output map" in notes["transposed_conv"]
    assert "Defect" not in notes["conv"]


CONV = "conv(k=3, M=64, N=128, H=56, W=56, bias)"


@pytest.mark.parametrize(
    ("number", "layers", "found"),
    [
        ("231,612,416", CONV, {"FLOPs, ptflops", "FLOPs, torchinfo"}),
        ("462.4M", CONV, {"FLOPs, exact", "FLOPs, mac2", "FLOPs, torch"}),
        ("73,856", CONV, {"params"}),
        ("4.6e8", CONV, {"FLOPs, calflops", "FLOPs, mac2"}),
        ("4.11e9", "resnet50", {"FLOPs, fvcore"}),
        ("8.21 GFLOPs", "resnet50", {"FLOPs, calflops", "FLOPs, deepspeed"}),
        # torchvision's ViT asks its attention for no weights; what tools printed for it.
        ("17.56e9", "vit_b16", {"MACs", "FLOPs, mac"}),
        ("16.87e9", "vit_b16", {"FLOPs, fvcore"}),
        ("17.61e9", "vit_b16", {"FLOPs, ptflops"}),
        ("33.72e9", "vit_b16", {"FLOPs, calflops"}),
        ("33.70e9", "vit_b16", {"FLOPs, torch"}),
        ("35.13e9", "vit_b16", {"FLOPs, torch_meta"}),
        ("11.29e9", "vit_b16", {"FLOPs, thop"}),
        # With one flag more: run without gradients, and the paper's own stride.
        ("22.54e9", "vit_b16", {"FLOPs, torch"}),
        ("3.86e9", "resnet50", {"MACs", "FLOPs, mac"}),
        ("7.72e9", "resnet50(B=2)", {"MACs", "FLOPs, mac"}),
        # What a tool knows nothing of has no number, not even 0.
        (
            "0",
            "relu(N=8, H=1, W=1)",
            {"params", "active params", "MACs", "FLOPs, exact", "FLOPs, thop"},
        ),
        ("2.15 GB", "llama2_7b(n=4096)", {"bytes of the KV cache"}),
        # What needs no value for the tokens, and bytes.
        ("6.74B", "llama2_7b", {"params"}),
        ("12.9B", "mixtral_8x7b", {"active params"}),
        ("13.5 GB", "llama2_7b", {"bytes of weights", "bytes of gradients"}),
        ("84.3 MB", "resnet50(B=2)", {"bytes of activations kept"}),
        # In other bits than 16, and by other optimizers.
        ("102 MB", "resnet50", {"bytes of weights, adam", "bytes of optimizer states, momentum"}),
        ("1 GiB", "llama2_7b(n=4096)", {"bytes of the KV cache, 8 bits"}),
        ("84.3 MB", "resnet50", {"bytes of activations kept, 32 bits"}),
    ],
)
def test_a_number_comes_out_within_its_digits(number: str, layers: str, found: set[str]) -> None:
    explained = cf.explain(number, parse_layers(layers))
    assert explained.found
    assert {row[0] for row in explained.table.rows} >= found


@pytest.mark.parametrize(("number", "wrong"), [("462.4M", "FLOPs, calflops"), ("4.62e8", "MACs")])
def test_a_number_near_by_is_none(number: str, wrong: str) -> None:
    assert wrong not in {row[0] for row in cf.explain(number, parse_layers(CONV)).table.rows}


#: What was printed and comes out by no way of counting; docs/claims/networks.toml says why.
ELSEWHERE = {
    "vgg16": {"15.3G"},
    "efficientnet_b1": {"0.70G"},
    "efficientnet_b4": {"4.2G"},
    "efficientnet_b5": {"9.9G"},
}
#: What comes out only where its digits are cut off.
CUT = {
    "resnet34": {"3.6G"},
    "resnet50": {"3.8G"},
    "mobilenet_v3_small": {"56M"},
    "efficientnet_b7": {"37G"},
}
PRINTED_OF = dict.fromkeys(word for rows in SOURCES.values() for word in rows.split()[::2])


@pytest.mark.parametrize("network", PRINTED_OF)
def test_what_was_printed_comes_out(network: str) -> None:
    notes = cf.compare(parse_layers(network)).notes
    none = {note.split(",")[0] for note in notes if "none of these" in note}
    assert none == ELSEWHERE.get(network, set())
    assert {one.split(",")[0] for one in notes if "cut off" in one} == CUT.get(network, set())
    for number, source in published(network):
        assert any(note.startswith(f"{number}, printed in {source}: ") for note in notes)
        assert _is_cited(network, number, source), (number, source)


def _is_cited(network: str, number: str, source: str) -> bool:
    """Whether the claims, or the totals of the tests, have the number from the same place."""
    claims = toml.loads((ROOT / "docs/claims/networks.toml").read_text(encoding="utf-8"))["claim"]
    claimed = (
        f"({network}" in one["text"] and number in one["text"] and one["source"].startswith(source)
        for one in claims
    )
    totals = (ROOT / "tests/data/networks.csv").read_text(encoding="utf-8").splitlines()
    listed = (
        f"{network}," in row and f",{number[:-1]}," in row and "torchvision" in source
        for row in totals
    )
    return any(claimed) or any(listed)


def test_other_sizes_than_the_printed_ones_are_compared_with_nothing() -> None:
    assert cf.compare(parse_layers("resnet50(R=160)")).notes == ()
    assert cf.compare(parse_layers("2 resnet50")).notes == ()
    assert cf.compare(parse_layers("resnet50"), title="resnet50").notes[1] == (
        "3.8G, printed in He et al., arXiv:1512.03385, Table 1: mac, fvcore, ptflops, "
        "ptflops_hooks, ptflops_aten, torchinfo, with v1, its digits cut off."
    )


def test_a_flag_that_is_missing_is_named() -> None:
    told = cf.explain("3.86e9", parse_layers("resnet50"), title="resnet50").table.to_text()
    assert told.startswith("3.86e9 for resnet50 with v1, to the digits written.")
    assert not cf.explain("3.86e9", parse_layers("2 resnet50")).found
    assert not cf.explain("10G", parse_layers("resnet50")).found  # 8.2G


def test_a_long_sum_goes_by_its_number_of_layers() -> None:
    layers = parse_layers(" + ".join(f"conv(k=3, M=4, N={n}, H=5, W=6)" for n in range(1, 9)))
    assert cf.explain("100", layers).table.to_text().startswith("Nothing counts 100 for 8 layers.")
    assert "\n8 layers   1,296" in cf.table(layers).to_text()
    assert "\nconv() + linear()  " in cf.table(cf.conv() + cf.linear()).to_text()


def test_digits_that_are_cut_off_are_told() -> None:
    told = cf.explain("3.8e9", parse_layers("resnet50"), title="resnet50").table.to_text()
    assert told.startswith("3.8e9 for resnet50 with v1, cut off behind the digits written.")
    assert not cf.explain("3.7e9", parse_layers("resnet50")).found


def test_where_nothing_gives_the_number_the_nearest_stands_first() -> None:
    found, shown = cf.explain("463.9M", parse_layers(CONV))
    assert not found
    assert shown.rows[0][0] == "FLOPs, calflops"
    assert len(shown.rows) > 12


@pytest.mark.parametrize(
    ("number", "layers", "error"),
    [
        ("x", CONV, ClosedformError),
        ("1 = 2", CONV, ClosedformError),
        ("", CONV, ClosedformError),
        ("4,1G", CONV, ClosedformError),
        ("5", "conv", MissingSize),
    ],
)
def test_what_is_no_number_is_refused(
    number: str, layers: str, error: type[ClosedformError]
) -> None:
    with pytest.raises(error):
        cf.explain(number, parse_layers(layers))


@pytest.mark.parametrize("form", ["text", "latex", "markdown", "json"])
def test_the_commands_print_every_format(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", f"{CONV} + relu(N=128, H=56, W=56)", "--format", form]) == 0
    shown = capsys.readouterr().out
    assert "Defect" in shown
    assert main(["explain", "231.6M", "--for", CONV, "--format", form]) == 0
    assert "torchinfo" in capsys.readouterr().out
    assert main(["explain", "5", "--subject", CONV, "--format", form]) == 1
    if form == "json":
        assert json.loads(shown)["rows"][0]["flops"] == 462_422_016


def test_a_column_that_says_nothing_is_data_alone() -> None:
    counted, left_out = cf.compare("conv"), cf.compare("conv + relu")
    for shown in (counted.to_text(), counted.to_markdown(), counted.to_html(), counted.to_latex()):
        assert "Not counted" not in shown
    assert "Not counted" in left_out.to_text()
    assert {row["uncounted"] for row in counted.to_json()["rows"]} == {""}
    # A column of zeros says something.
    zeros = Table((Column("layer", "layer"), Column("params", "params")), (("relu", 0),))
    assert "params" in zeros.to_text()


def test_a_number_that_lost_its_prefix_is_told() -> None:
    notes = cf.explain("4.1", "resnet50").table.notes
    assert notes == ("4.1G comes out; is a prefix missing?",)
    for number in ("4.2", "4.1M", "4100000001"):
        assert cf.explain(number, "resnet50").table.notes == ()


def test_a_float_is_told_as_it_is_typed() -> None:
    assert str(cf.explain(4.11e9, "resnet50")).startswith("4.11e9 for resnet50")


def test_a_rule_of_factors_is_no_sum_of_a_dozen_terms() -> None:
    """The sides that calflops takes for padding="same", of even kernels too small."""
    shown = str(cf.compare("conv(k=4, M=6, N=9, H=11, W=14, same)"))
    row = next(line for line in shown.splitlines() if line.startswith("calflops"))
    assert row.split("  ")[-1].strip() == "2k²MN·(2·⌈k/2⌉ + H − k − 1)·(2·⌈k/2⌉ + W − k − 1)"


def test_a_flag_that_is_chosen_is_compared_with_what_it_gives() -> None:
    notes = cf.compare("resnet50(v1)").notes
    assert [note.partition(",")[0] for note in notes] == ["3.8G", "3.9G"]
    assert notes[0].endswith(", torchinfo, its digits cut off.")


def test_what_the_tools_print_of_a_network_is_found() -> None:
    found = {number: cf.explain(f"{number}e9", "resnet50") for number in ("4.11", "4.12", "8.21")}
    by = {number: [row[0] for row in one.table.rows] for number, one in found.items()}
    assert by["4.11"] == ["FLOPs, fvcore"]
    assert by["4.12"] == ["FLOPs, ptflops_hooks"]
    assert by["8.21"] == ["FLOPs, calflops", "FLOPs, deepspeed"]
