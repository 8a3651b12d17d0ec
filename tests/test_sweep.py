"""Sweeps: ranges as typed, rows equal to the layers at their sizes, with and without NumPy."""

from __future__ import annotations

import io
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from closedform.cli import main
from closedform.errors import ClosedformError, MissingExtra, ParseError, TooLarge
from closedform.figures import sweep as sweeping
from closedform.figures.ranges import read_ranges
from closedform.figures.sql import sql, write_parquet
from closedform.figures.sweep import sweep
from closedform.reading import parse_layers

RANGES = (
    ("R=96..331..32", {"R": "96 128 160 192 224 256 288 320"}),
    ("alpha=0.25..1", {"alpha": "1/4 1/2 3/4 1"}),
    ("alpha=0.35..0.5", {"alpha": "7/20 2/5 9/20 1/2"}),
    ("alpha=0.5..1.4..0.3", {"alpha": "1/2 4/5 11/10 7/5"}),
    ("g=1,2,4, R = 5 ... 7", {"g": "1 2 4", "R": "5 6 7"}),
    ("R=224", {"R": "224"}),
    ("R=3..3", {"R": "3"}),
    ("R=1, 4..8..2, 9", {"R": "1 4 6 8 9"}),
    ("alpha=1/3..1", {"alpha": "1/3 2/3 1"}),
)


@pytest.mark.parametrize(("written", "values"), RANGES)
def test_a_range_as_it_is_typed(written: str, values: dict[str, str]) -> None:
    found = {one.name: " ".join(map(str, one.values)) for one in read_ranges(written)}
    assert found == values


#: What is no range: the problem, and what stands over the caret.
WRONG = (
    ("R=5..3", "does not go up", "5..3"),
    ("R=1..2..0", "a size is from 1", "0"),
    ("R=0..3", "a size is from 1", "0"),
    ("R=-1..3", "a size is from 1 to", "-1"),
    ("R=1..x", "'x' is no number", "x"),
    ("R=1..", "a number is missing", ""),
    ("R=", "a number is missing", ""),
    ("R=1,,3", "a number is missing", ","),
    ("R=1.5..3", "R = 1.5 is no positive integer", "1.5"),
    ("R=1..2..3..4", "a first, a last and a step", "1..2..3..4"),
    ("R=1..3, R=4", "R is there twice", "R"),
    ("R", "'R' has no values", "R"),
    ("R=1-3", "1-3 is -2: a size is from 1 to", "1-3"),
    ("2R=1..3", "'2R' is no size", "2R"),
    ("=3", "'' is no size", "="),
    ("", "'' names no size", ""),
    ("R=1..99999999999", "a size is from 1", "99999999999"),
    ("alpha=1/0", "'1/0' is no number", "1/0"),
    ("alpha=0.000001..9", "broken numbers are more than", "0.000001..9"),
)


@pytest.mark.parametrize(("written", "problem", "place"), WRONG)
def test_a_bad_range_is_refused_with_its_place(written: str, problem: str, place: str) -> None:
    with pytest.raises(ParseError, match=problem) as error:
        read_ranges(written)
    assert written[error.value.start : error.value.end].strip() == place.strip()


#: Layers, ranges, other sizes; a layer or network, forms that a number chooses, divisions.
SWEPT = (
    ("resnet50(R)", "R=33..331..59", ""),
    ("mobilenet_v1(alpha, R)", "R=96..331..64, alpha=0.25..1", ""),
    ("mobilenet_v2(alpha, R, divisible)", "alpha=0.35..1.4..0.35, R=224", ""),
    ("basic_block(M=64, N, H, W)", "N=32..96..32, H=7..8", "W=5"),
    ("inverted_residual(M=8, N=8, t, H=4, W=4)", "t=1..3", ""),
    ("window_attention(d=8, h=2, W=3, w)", "H=2..7, w=2..3", ""),
    ("llama", "L=1..3, n=1..9..4", "d=64, h=4, f=96, V=500"),
    ("mistral(causal)", "n=3..5, w=4", "L=2, d=64, h=4, f=96, V=500"),
    ("conv + linear(M=8, N=9)", "N=7..9, M=1..2", "k=3, H=W=5"),
    ("llama2_7b", "n=999999999..1000000000", ""),
)


@pytest.mark.parametrize("arrays", [True, False], ids=["NumPy", "plain"])
@pytest.mark.parametrize(("layers", "over", "where"), SWEPT)
def test_a_row_is_the_layers_at_its_sizes(
    monkeypatch: pytest.MonkeyPatch, layers: str, over: str, where: str, *, arrays: bool
) -> None:
    if not arrays:
        monkeypatch.setattr("closedform.figures.sweep._NUMPY", None)
    made = sweep(layers, over=over, where=where, measures=["params", "macs", "flops"])
    names = [one.name for one in made.ranges]
    rows = list(made)
    assert len(rows) == len(made) > 0
    for row in rows:
        sizes = ", ".join(f"{n}={x}" for n, x in zip(names, row, strict=False))
        there = sweep(layers, over=sizes, where=where, measures=["macs"])
        given = dict(part.split("=") for part in [*sizes.split(", "), *_parts(where)])
        exact = parse_layers(layers)._with_sizes({n: _number(x) for n, x in given.items()})
        assert row[len(names) :] == (exact.params, exact.macs, exact.flops())
        assert next(iter(there))[-1] == exact.macs
        assert all(type(x) is int for x in row[len(names) :])


def _parts(where: str) -> list[str]:
    found = []
    for part in where.split(", ") if where else []:
        *names, size = part.split("=")
        found += [f"{name}={size}" for name in names]
    return found


def _number(written: str) -> object:
    from closedform.algebra.tree import Number  # noqa: PLC0415

    number = Fraction(written)
    return Number(number.numerator if number.denominator == 1 else number)


def test_what_no_layer_can_have_is_left_out_and_told() -> None:
    made = sweep("grouped_conv(k=3, M=12, N=12, H=1, W=1)", over="g=1..5", measures=["params"])
    assert list(made) == [(1, 1296), (2, 648), (3, 432), (4, 324)]
    assert made.notes() == ("1 row left out: groups must divide the channels.",)


def test_rows_are_left_out_of_every_chunk_and_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "CHUNK", 4)
    made = sweep("grouped_conv(k=3, M=12, N=12, H=1, W=1)", over="g=1..11", measures=["params"])
    for _ in range(2):
        assert [g for g, _ in made] == [1, 2, 3, 4, 6]
        assert made.left_out == 6
    layers = "basic_block(M=64, N, H, W=1) + grouped_conv(k=1, M=12, N, g=4, H=1, W=1)"
    made = sweep(layers, over="N=7..8, H=1..3", measures=["macs"])
    assert [row[:2] for row in made] == [(8, 1), (8, 2), (8, 3)]
    assert made.left_out == 3


def test_a_size_that_chooses_no_form_runs_through_one() -> None:
    assert len(list(sweep("resnet50(R)", over="R=96..331").forms())) == 1


def test_comma_separated_values() -> None:
    out = io.StringIO()
    sweep("mobilenet_v1(alpha, R)", over="R=224, alpha=0.5..1", measures=["macs"]).write(out.write)
    assert out.getvalue() == "R,alpha,macs\n224,0.5,149497088\n224,1,568740352\n"
    rows: list[str] = []
    layers = "mobilenet_v2(alpha, R=224, divisible)"
    sweep(layers, over="alpha=1/3", measures=["macs"]).write(rows.append)
    assert "".join(rows) == "alpha,macs\n1/3,58652336\n"


def test_a_table_has_a_bound() -> None:
    with pytest.raises(ClosedformError, match="10,001 rows is longer"):
        sweep("resnet50(R)", over="R=1..10001").table()
    with pytest.raises(TooLarge, match="10,001 forms"):
        list(sweep("basic_block(M=64, N, H=4, W=4)", over="N=1..10001"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["resnet50", "--over", "R=1..3"], "R of resnet50 is 224: resnet50(R) leaves it open"),
        (["conv", "--over", "k=1..3"], "without a value for M, N, H, W"),
        (["vgg16(R)", "--over", "R=16..64..16"], "features.30 on a map of 512 × 1 × 1"),
        (["mobilenet_v1(alpha)", "--over", "alpha=0.3..0.9"], "32 channels become 48/5"),
        (["resnet50(R)", "--over", "R=3..1"], "^^^^"),
        (
            ["relu(N=8,H,W=1)", "--over", "H=1..2", "--measure", "flops", "--convention", "torch"],
            "torch counts none",
        ),
    ],
)
def test_bad_input_is_said(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(["sweep", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_the_command_writes_rows_and_tells_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "rows.csv"
    asked = ["sweep", "resnet18(R)", "--over", "R=224", "--measure", "flops"]
    assert main([*asked, "--convention", "torch", "--output", str(file)]) == 0
    heading, row = file.read_text(encoding="utf-8").splitlines()
    assert (heading, row) == ("R,flops_torch", "224,3628146688")
    assert "torch does not count batch_norm" in capsys.readouterr().err
    assert main([*asked, "--format", "markdown"]) == 0
    assert "| 224 | 3,6" in capsys.readouterr().out


#: A sweep and its queries, to the letter.
QUERIES = (
    (
        ("conv(k=3, M=1, N=2, H, W=4)", "H=1..9..2"),
        (
            'SELECT CAST("H" AS BIGINT) AS "H", CAST(72 * "H" AS BIGINT) AS "macs"\n'
            'FROM (SELECT CAST(unnest(generate_series(1, 9, 2)) AS HUGEINT) AS "H")'
        ),
        (
            "SELECT CAST(`H` AS BIGINT) AS `H`, CAST(72 * `H` AS BIGINT) AS `macs`\n"
            "FROM (SELECT CAST(x AS BIGINT) AS `H` FROM (SELECT explode(sequence(1, 9, 2)) AS x))"
        ),
    ),
    (
        ("grouped_conv(k=1, M=4, N=4, H=1, W=1)", "g=1,2,3"),
        (
            'SELECT CAST("g" AS BIGINT) AS "g", CAST((CASE WHEN 16 % "g" = 0 THEN 16 // "g" ELSE '
            "CAST(error('no whole number') AS HUGEINT) END) AS BIGINT) AS \"macs\"\n"
            'FROM (SELECT CAST(unnest([1, 2, 3]) AS HUGEINT) AS "g")\nWHERE 4 % "g" = 0'
        ),
        (
            "SELECT CAST(`g` AS BIGINT) AS `g`, CAST((CASE WHEN 16 % `g` = 0 THEN 16 div `g` ELSE "
            "CAST(raise_error('no whole number') AS BIGINT) END) AS BIGINT) AS `macs`\n"
            "FROM (SELECT CAST(x AS BIGINT) AS `g` FROM (SELECT explode(array(1, 2, 3)) AS x))\n"
            "WHERE 4 % `g` = 0"
        ),
    ),
)


@pytest.mark.parametrize(("asked", "duckdb", "spark"), QUERIES)
def test_the_query_of_a_sweep(asked: tuple[str, str], duckdb: str, spark: str) -> None:
    made = sweep(asked[0], over=asked[1], measures=["macs"])
    assert (sql(made), sql(made, "spark")) == (duckdb, spark)


@pytest.mark.parametrize(
    ("layers", "over", "problem"),
    [
        ("linear(M, N, n=1) + softmax(n=2, m)", "N=1..2, n=1..2, M=1..2, m=1..2", "tell apart"),
        ("basic_block(M=64, N, H=4, W=4)", "N=1..300", "300 forms"),
        ("conv(k=3, M=1, N=1, H=floor((R-7)/2), W=1)", "R=9..11", "may be negative"),
    ],
)
def test_what_sql_cannot_say_is_refused(layers: str, over: str, problem: str) -> None:
    with pytest.raises(ClosedformError, match=problem):
        sql(sweep(layers.replace("n=1)", "n)"), over=over))


def test_a_file_that_cannot_be_written_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(tmp_path / "nowhere" / "rows.csv")
    assert main(["sweep", "resnet18(R)", "--over", "R=224", "--output", file]) == 2
    assert capsys.readouterr().err.startswith(f"error: {file} cannot be written: ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-o", "rows.xlsx"), "rows.xlsx is no name of rows\nend it with .csv or .parquet"),
        (("-o", "rows.csv", "--format=markdown"), "markdown goes to standard output"),
    ],
)
def test_rows_are_written_as_the_name_says(
    arguments: tuple[str, ...],
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["sweep", "resnet18(R)", "--over", "R=224", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_parquet_asks_for_duckdb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(MissingExtra, match="Parquet needs DuckDB"):
        write_parquet(sweep("resnet18(R)", over="R=224"), "rows.parquet")
