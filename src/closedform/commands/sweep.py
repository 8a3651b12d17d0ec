"""``closedform sweep``: costs at all combinations of swept sizes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from closedform.commands.output import EXPECTED, emit_table, formula
from closedform.errors import ClosedformError
from closedform.figures.growth import SHOWN
from closedform.figures.sql import DIALECTS, sql, write_parquet
from closedform.figures.sweep import sweep


def run(args: argparse.Namespace) -> int:
    """Write the rows as they are worked out; what is left out is told apart from them."""
    made = sweep(
        formula(args.layers),
        over=args.over,
        measures=args.measure or SHOWN,
        convention=args.convention,
        where=args.where,
    )
    if args.output and args.format != "csv":
        raise ClosedformError(f"{args.format} goes to standard output", "leave out -o or --format")
    if Path(args.output).suffix not in ("", ".csv", ".parquet"):
        raise ClosedformError(f"{args.output} is no name of rows", "end it with .csv or .parquet")
    if args.output.endswith(".parquet"):
        write_parquet(made, args.output)
        return EXPECTED
    if args.format in DIALECTS:
        sys.stdout.write(sql(made, args.format) + "\n")
        return EXPECTED
    if args.format != "csv":
        emit_table(args, made.table())
        return EXPECTED
    if args.output:
        with Path(args.output).open("w", encoding="utf-8", newline="") as file:
            made.write(file.write)
    else:
        made.write(sys.stdout.write)
    sys.stderr.writelines(f"{note}\n" for note in made.notes())
    return EXPECTED
