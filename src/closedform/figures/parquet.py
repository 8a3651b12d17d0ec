"""A sweep as a Parquet file, by DuckDB, where that is installed."""

from __future__ import annotations

from pathlib import Path

from closedform.errors import ClosedformError, MissingExtra
from closedform.figures.sql import sql
from closedform.figures.sweep import Sweep


def write_parquet(made: Sweep, path: str | Path) -> None:
    """Let DuckDB work out the rows of a sweep and write them.

    Raises:
        MissingExtra: DuckDB is not installed.
        ClosedformError: a cost past 64 bits, or a file that cannot be written.
    """
    try:
        import duckdb  # noqa: PLC0415  (optional)
    except ImportError as error:
        raise MissingExtra("Parquet", "DuckDB", "pip install 'closedform[sweep]'") from error
    try:
        duckdb.sql(sql(made)).write_parquet(str(path))
    except duckdb.Error as error:
        said = str(error).partition("\n")[0]
        hint = "a number past 64 bits has a place in csv"
        raise ClosedformError(f"DuckDB says: {said}", hint) from error
