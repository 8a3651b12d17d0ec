"""Tables: published ones reproduced, exact numbers rounded as papers do, every form, bad input."""

from __future__ import annotations

import csv
import io
import json
import sys
from fractions import Fraction
from types import SimpleNamespace

import pytest

import closedform as cf
from closedform.algebra.decide import equal
from closedform.catalogue import lookup
from closedform.cli import main
from closedform.errors import ClosedformError, MissingExtra
from closedform.figures.breakdown import table_by_kind, table_by_stage
from closedform.figures.sizes import sizes_of
from closedform.figures.table import table
from closedform.reading import parse, parse_layers
from closedform.typeset.cells import Code
from closedform.typeset.escapes import latex_words
from closedform.typeset.grids import aligned, csv_grid, markdown_grid
from closedform.typeset.numbers import (
    FULL,
    IN_UNIT,
    PERCENT,
    RATIO,
    SI,
    Digits,
    number_text,
    read_digits,
)
from closedform.typeset.tables import Column, Table

# -- numbers ---------------------------------------------------------------------------------------

# (number, digits, prefix, what is printed)
ROUNDED = [
    (462_422_016, SI, "M", "462"),
    (52_283_392, SI, "M", "52.3"),
    (266_752, SI, "M", "0.267"),
    (266_752, IN_UNIT, "M", "0.27"),
    (150_912, IN_UNIT, "M", "0.15"),
    (2_359_296, SI, "M", "2.36"),
    (864, SI, "M", "0.000864"),
    (864, IN_UNIT, "M", "0.0009"),  # not 0.00
    (0, SI, "M", "0"),
    (4_866_000_000, SI, "M", "4866"),  # digits before the point stay
    (9_996, Digits(3), "k", "10.0"),  # not 10.00
    (999_999, Digits(3), "k", "1000"),
    (125, Digits(2, prefixed=True), "k", "0.13"),  # half up
    (462_422_016, FULL, "", "462422016"),
    (Fraction(521, 4608), RATIO, "", "0.113"),
    (Fraction(521, 4608), FULL, "", "521/4608"),
    (144, RATIO, "", "144"),
    (Fraction(9486, 100), PERCENT, "", "94.86"),
    (Fraction(1, 3000), PERCENT, "", "0.00"),
    (-1500, Digits(2, prefixed=True), "k", "-1.5"),
    # Nobody counts the zeros.
    (27, SI, "G", "2.70e-8"),
    (-27, SI, "G", "-2.70e-8"),
    (999_900, SI, "P", "1.00e-9"),
    (30, IN_UNIT, "G", "3.00e-8"),
    (100_000, SI, "G", "0.000100"),
]


@pytest.mark.parametrize(("number", "digits", "prefix", "printed"), ROUNDED)
def test_a_number_is_rounded(
    number: int | Fraction, digits: Digits, prefix: str, printed: str
) -> None:
    assert number_text(number, digits, prefix) == printed


def test_thousands_are_grouped_and_no_digit_is_lost() -> None:
    assert number_text(10**23 + 1, group=",") == "100,000,000,000,000,000,000,001"
    assert number_text(123, group=",") == "123"


@pytest.mark.parametrize("written", ["", "x", "0", "16", "3.5", "m", "²"])
def test_no_way_to_print_numbers(written: str) -> None:
    with pytest.raises(ClosedformError, match="write full, si"):
        read_digits(written)


# -- grids -----------------------------------------------------------------------------------------


def test_a_table_wider_than_the_room_is_a_list_of_its_rows() -> None:
    made = cf.compare("relu(N=8)")
    said, grid, *below = str(made).split("\n\n")
    wide = max(map(len, grid.splitlines()))
    assert made.to_text(wide) == str(made)
    above, narrow, *rest = made.to_text(wide - 1).split("\n\n")
    assert (above, rest) == (said, below)
    assert narrow.splitlines()[:4] == ["exact", "  FLOPs        0", "  Closed form  0", "mac"]
    assert "\nptflops\n  FLOPs        16\n  Closed form  2N\nptflops_hooks\n" in narrow


def test_wide_characters_are_aligned() -> None:
    assert aligned([("参数", "1"), ("a", "22")], right={1}) == ["参数   1", "a     22"]


def test_what_would_end_a_cell_is_escaped() -> None:
    assert markdown_grid(("a",), [("g | M",)]).splitlines()[-1] == r"| g \| M |"
    assert csv_grid(("a", "b"), [('x,"y"', "1")]) == 'a,b\n"x,""y""",1\n'
    assert latex_words("50% of a_b & c²") == r"50\% of a\_b \& c$^2$"
    assert latex_words("n ≫ d, V ≪ L") == r"n $\gg$ d, V $\ll$ L"


# -- tables ----------------------------------------------------------------------------------------

#: MobileNets, arXiv:1704.04861, Table 3: million mult-adds and million parameters.
TABLE_3 = [
    ("Convolution", "462", "2.36"),
    ("Depthwise Separable Conv", "52.3", "0.27"),
    ("α = 0.75", "29.6", "0.15"),
    ("ρ = 0.714", "15.1", "0.15"),
]
TABLE_3_ARGUMENTS = (
    "table",
    "Convolution: conv",
    "Depthwise Separable Conv: depthwise_separable",
    "α = 0.75: depthwise_separable(M=3M/4, N=3N/4)",
    "ρ = 0.714: depthwise_separable(M=3M/4, N=3N/4, H=5H/7, W=5W/7)",
    *("--where", "k=3, M=N=512, H=W=14"),
    *("--measure", "macs", "--measure", "params", "--digits", "M"),
)


def printed(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    assert main(argv) == 0
    return capsys.readouterr().out


def test_table_3_of_mobilenets_in_one_command(capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(capsys, *TABLE_3_ARGUMENTS, "--format", "csv")
    heading, *rows = csv.reader(io.StringIO(out))
    assert heading == ["layer", "macs (M)", "params (M)"]
    assert [tuple(row) for row in rows] == TABLE_3


def test_a_table_in_latex_has_rules_and_columns_of_numbers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = printed(capsys, *TABLE_3_ARGUMENTS, "--format", "latex").splitlines()
    assert r"  \begin{tabular}{@{}l S[table-format=3.1] S[table-format=1.2]@{}}" in lines
    assert r"    Layer & {MACs (M)} & {params (M)} \\" in lines
    assert r"    $\alpha$ = 0.75 & 29.6 & 0.15 \\" in lines
    assert [line.strip() for line in lines if "rule" in line] == [
        r"\toprule",
        r"\midrule",
        r"\bottomrule",
    ]
    (caption,) = [line for line in lines if "caption" in line]
    assert "For $k = 3$, $M = N = 512$, $H = W = 14$. MACs: one for each" in caption


def test_a_table_in_markdown_and_html(capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(capsys, "table", "conv", "a_b: linear", "--measure", "macs", "--format", "html")
    assert '<td style="text-align: left"><code>conv</code></td>' in out
    assert r"\(k^{2} M N H W\)" in out
    out = printed(
        capsys, "table", "conv", "a_b: linear", "--measure", "macs", "--format", "markdown"
    )
    assert "| `conv` | $k^{2} M N H W$ |" in out
    assert r"| a\_b | $M N$ |" in out


def test_the_numbers_in_json_are_exact(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = (*TABLE_3_ARGUMENTS, "--baseline", "Convolution", "--format", "json")
    row = json.loads(printed(capsys, *arguments))["rows"][1]
    assert row == {
        "layer": "Depthwise Separable Conv",
        "macs": 52_283_392,
        "macs_ratio": "521/4608",
        "params": 266_752,
        "params_ratio": "521/4608",
    }


def test_symbolic_rows_in_the_letters_of_a_paper() -> None:
    made = table(
        {"standard": cf.conv(), "separable": cf.depthwise_separable_conv()},
        measures=["macs"],
        baseline="standard",
        notation="mobilenet",
    )
    assert made.to_markdown().splitlines()[-1] == (
        r"| separable | $D_K \cdot D_K \cdot M \cdot D_F \cdot D_F + M \cdot N \cdot D_F \cdot D_F$"
        r" | $\frac{1}{N} + \frac{1}{D_K^{2}}$ |"
    )


def test_conventions_side_by_side_and_all_named() -> None:
    made = table({"conv": cf.conv()}, measures=["flops"], conventions=["exact", "mac", "mac"])
    assert [column.heading for column in made.columns] == ["Layer", "FLOPs, exact", "FLOPs, mac"]
    text = str(made)
    assert "FLOPs, exact: scalar multiplications" in text
    assert "FLOPs, mac: 1 per multiply-accumulate" in text


def test_mobilenet_by_kind() -> None:
    made = table_by_kind({"MobileNet": lookup("mobilenet_v1")()}, measures=["macs"], digits="si")
    shares = {str(row[0]): number_text(row[2], PERCENT) for row in made.rows}  # type: ignore[arg-type]
    # MobileNets, arXiv:1704.04861, Table 2, but for the 3 x 3 convolution: it prints 1.19%.
    assert shares["pointwise conv"] == "94.86"
    assert shares["depthwise conv"] == "3.06"
    assert shares["linear"] == "0.18"
    assert shares["conv"] == "1.91"
    assert shares["MobileNet"] == "100"


def test_a_network_by_stage_has_its_shares_at_the_published_size() -> None:
    made = table_by_stage({"ResNet": parse_layers("resnet50(R)")}, measures=["macs"])
    rows = {str(row[0]): row[1:] for row in made.rows}
    assert list(rows) == ["conv1", "layer1", "layer2", "layer3", "layer4", "fc", "ResNet"]
    assert number_text(rows["layer3"][1], PERCENT) == "35.81"  # type: ignore[arg-type]
    assert "Shares are those at R = 224." in " ".join(made.to_text().split())
    assert sum(row[2] for row in made.rows[:-1]) == 100  # type: ignore[misc]
    assert equal(parse(rows["layer1"][0]), parse("212992 ceil(R/4)^2")) is True  # type: ignore[arg-type]


def test_a_family_without_published_sizes_has_no_shares() -> None:
    made = table_by_stage({"LLaMA": parse_layers("llama")}, measures=["params"])
    assert [column.heading for column in made.columns] == ["Layer", "params"]
    assert [str(row[0]) for row in made.rows] == ["embedding", "layers", "norm", "head", "LLaMA"]
    assert "%" in table_by_kind({"block": parse_layers("bottleneck")}).to_text()


def test_a_number_beside_a_formula_is_in_no_unit() -> None:
    rows = {"conv": cf.conv(), "dw": cf.depthwise_conv(k=3, M=800, H=7, W=7)}
    made = table(rows, measures=["macs"], digits="si")
    assert "(thousands)" not in str(made)
    assert r"dw & \num{352800}" in made.to_latex()


@pytest.mark.parametrize(
    ("sizes", "heading", "number"),
    [
        ("M=999999, N=1", "MACs (M)", "1.00"),  # not 1,000 thousands
        ("M=999499, N=1", "MACs (thousands)", "999"),
        ("M=9996, N=1", "MACs (thousands)", "10.0"),
        ("M=999, N=1", "MACs", "999"),
    ],
)
def test_three_digits_are_kept_where_a_number_is_rounded_up(
    sizes: str, heading: str, number: str
) -> None:
    made = table(f"linear({sizes})", measures=["macs"], digits="si")
    *_, heads, _, row = made.to_text().splitlines()
    assert (heads.split("  ")[-1].strip(), row.split()[-1]) == (heading, number)
    assert made.to_csv().splitlines()[0] == f"layer,{heading.replace('MACs', 'macs')}"


def test_a_small_number_beside_a_large_one_has_an_exponent() -> None:
    made = table(["resnet50", "linear(M=27, N=1)"], measures=["macs"], digits="si")
    assert "S[table-format=1.2e-8]" in made.to_latex()
    assert "2.70e-8" in made.to_text()


def test_what_a_convention_leaves_out_is_told_beside_its_number() -> None:
    made = table(["mobilenet_v1", "relu(N=3, H=2, W=2)"], measures="flops", conventions="mac")
    assert [row[1] for row in made.rows] == [568_740_352, None]
    assert made.notes == ("Not counted by mac: relu, global_avg_pool.",)
    assert cf.count("mobilenet_v1", convention="mac").flops == 568_740_352


def test_what_nobody_counts_is_not_zero() -> None:
    made = Table((Column("a", "a"), Column("b", "b")), (("x", None), ("y", 0)))
    assert made.to_text().splitlines()[2:] == ["x  –", "y  0"]
    assert "x & {--}" in made.to_latex()
    assert made.to_csv() == "a,b\nx,\ny,0\n"


def test_a_ratio_to_nothing_is_left_out() -> None:
    made = table({"conv": cf.conv()}, measures=["macs"], baseline=cf.batch_norm())
    assert made.rows[0][2] is None


def test_a_data_frame_is_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    def frame(rows: list[list[object]], columns: list[str]) -> dict[str, list[object]]:
        return {name: [row[place] for row in rows] for place, name in enumerate(columns)}

    monkeypatch.setitem(sys.modules, "pandas", SimpleNamespace(DataFrame=frame))
    made = table({"conv": cf.conv(), "one": cf.conv(k=1, M=1, N=1, H=1, W=1)}, measures=["macs"])
    assert made.to_dataframe() == {"layer": ["conv", "one"], "macs": [cf.conv().macs, 1]}


def test_pandas_that_is_missing_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtra, match="needs pandas, which is not installed"):
        Table((Column("a", "a"),), ((1,),)).to_dataframe()


# -- sizes -----------------------------------------------------------------------------------------


def test_sizes_are_put_into_layers() -> None:
    sizes = sizes_of("k=3, M=N=512, H=W=14", [cf.conv()])
    assert cf.conv()._with_sizes(sizes).macs == 462_422_016
    assert cf.conv(M=cf.symbols.N)._with_sizes(sizes) == cf.conv()._with_sizes(sizes)


@pytest.mark.parametrize("measure", ["params", "macs", "flops", "activations"])
def test_putting_in_is_calling_with_numbers(measure: str) -> None:
    sizes = {"k": 3, "M": 8, "N": 12, "H": 5, "W": 7}
    called = cf.depthwise_separable_conv(**sizes, bias=True, bn=True)
    block = cf.depthwise_separable_conv(bias=True, bn=True)
    filled = block._with_sizes(sizes_of("k=3,M=8,N=12,H=5,W=7", [block]))
    assert filled._tree(measure) == called._tree(measure)


# (arguments after "table", what the error says)
BAD = [
    (("convv",), "unknown layer 'convv'"),
    (("resnet51",), "did you mean resnet50"),
    (("conv", "conv"), "two rows are called conv"),
    (("a: conv", "a: linear"), "two rows are called a"),
    (("conv", "--where", "q=3"), "no layer has a free size q"),
    (("resnet50", "--where", "k=3"), "free sizes: none"),
    (("conv", "--where", "k > 3"), "k > 3 is no size"),
    (("conv(M=3M/4)", "--where", "M=511"), "M = 3M/4 = 1533/4 is not a positive integer"),
    (("grouped_conv", "--where", "M=9, g=2"), "g = 2 does not divide M = 9"),
    (("conv", "--digits", "many"), "write full, si"),
    (("conv", "--notation", "mobilnet"), "did you mean mobilenet"),
    (("conv", "--convention", "mac3"), "unknown convention"),
    (("conv", "--baseline", "lin"), "unknown layer 'lin'"),
    (("conv", "--by-kind", "--baseline", "conv"), "do not go together"),
    (("conv", "--by-kind", "--by-stage"), "do not go together"),
]


@pytest.mark.parametrize(("argv", "said"), BAD)
def test_bad_input_gets_a_sentence(
    capsys: pytest.CaptureFixture[str], argv: tuple[str, ...], said: str
) -> None:
    assert main(("table", *argv)) == 2
    assert said in capsys.readouterr().err


def test_a_size_may_be_given_by_way_of_another() -> None:
    made = table({"conv": cf.conv()}, measures=["params"], where="M = 4c, c = 16, N = c, k = 1")
    assert made.rows[0][1] == 1024


def test_a_typed_row_is_code_and_a_label_is_words() -> None:
    made = table({Code("conv(k=1)"): cf.conv(k=1), "k_1": cf.conv(k=1)}, measures=["params"])
    assert r"\texttt{conv(k=1)} & $M N$" in made.to_latex()
    assert r"k\_1 & $M N$" in made.to_latex()
    assert made.rows[0][1] == "MN"


def test_words_of_the_last_column_go_on_below_themselves() -> None:
    rows = (("fvcore", 4111, "relu, max_pool, residual_add"), ("mac", 4089, ""))
    made = Table((Column("By", "by"), Column("FLOPs", "flops"), Column("Not counted", "not")), rows)
    assert made.to_text(40).splitlines() == [
        "By      FLOPs  Not counted",
        "------------------------------",
        "fvcore  4,111  relu, max_pool,",
        "               residual_add",
        "mac     4,089",
    ]
    # Where that is too narrow, the cells of a row stand below each other.
    assert made.to_text(36).startswith("fvcore\n  FLOPs")
