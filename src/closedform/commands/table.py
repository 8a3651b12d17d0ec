"""``closedform table``: layers or networks side by side."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from closedform.commands.output import EXPECTED, emit_table, formula, letters
from closedform.cost.sums import LayerSum
from closedform.errors import ClosedformError
from closedform.figures.breakdown import table_by_kind, table_by_stage
from closedform.figures.table import SHOWN, table
from closedform.given import rows_of
from closedform.typeset.prose import Code
from closedform.typeset.tables import Table


def run(args: argparse.Namespace) -> int:
    """Print one table of all the layers."""
    made = _table(args)
    emit_table(args, made)
    return EXPECTED


def _table(args: argparse.Namespace) -> Table:
    rows = labelled(args.layers)
    said: dict[str, Any] = {
        "measures": args.measure or SHOWN,
        "conventions": args.convention or ("exact",),
        "where": args.where,
        "digits": args.digits,
        "notation": letters(args),
        "title": args.caption,
    }
    split = breakdown(args)
    if split is None:
        return table(rows, baseline=args.baseline or None, **said)
    if args.baseline:
        raise ClosedformError(
            "a breakdown and --baseline do not go together", "leave one of them out"
        )
    return split(rows, **said)


def breakdown(args: argparse.Namespace) -> Callable[..., Table] | None:
    """The breakdown that was asked for, if one was."""
    if args.by_kind and args.by_stage:
        raise ClosedformError("--by-kind and --by-stage do not go together", "ask for one of them")
    return table_by_kind if args.by_kind else table_by_stage if args.by_stage else None


def labelled(arguments: list[str]) -> dict[str | Code, LayerSum]:
    """The rows of a table by their labels."""
    return rows_of(map(formula, arguments))
