"""Sweeps as queries: DuckDB has the rows of the sweep, and stops where a number does not fit."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import duckdb
import pytest

from closedform.errors import ClosedformError
from closedform.figures.sql import sql, write_parquet
from closedform.figures.sweep import sweep
from tests.test_sweep import SWEPT


@pytest.mark.parametrize(("layers", "over", "where"), SWEPT[:-1])
def test_the_query_has_the_rows_of_the_sweep(layers: str, over: str, where: str) -> None:
    made = sweep(layers, over=over, where=where)
    rows = [tuple(map(Fraction, row)) for row in duckdb.sql(sql(made)).fetchall()]
    assert sorted(rows) == sorted(tuple(map(Fraction, row)) for row in made)


def test_a_parquet_file_has_them_too(tmp_path: Path) -> None:
    made = sweep("resnet18(R)", over="R=96..224..32", measures="macs")
    file = tmp_path / "rows.parquet"
    write_parquet(made, file)
    rows = sorted(duckdb.read_parquet(str(file)).fetchall())
    assert rows == [tuple(row) for row in made]


def test_what_passes_64_bits_is_an_error_of_the_database(tmp_path: Path) -> None:
    with pytest.raises(ClosedformError, match="DuckDB says: Conversion Error"):
        write_parquet(sweep("llama2_7b", over="n=1000000000"), tmp_path / "rows.parquet")
