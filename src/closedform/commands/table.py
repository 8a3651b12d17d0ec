"""``closedform table``: layers or networks side by side."""

from __future__ import annotations

import argparse
from functools import partial

from closedform.commands.output import EXPECTED, emit_table, formula, letters
from closedform.cost.sums import LayerSum
from closedform.errors import ClosedformError
from closedform.figures.breakdown import table_by_kind, table_by_stage
from closedform.figures.table import SHOWN, table
from closedform.given import rows_of
from closedform.typeset.prose import Code

#: What breaks layers down, by what it is called.
BREAKDOWNS = {"kind": table_by_kind, "stage": table_by_stage}


def run(args: argparse.Namespace) -> int:
    """Print one table of all the layers."""
    split = breakdown(args)
    if split and args.baseline:
        raise ClosedformError(
            "a breakdown and --baseline do not go together", "leave one of them out"
        )
    make = BREAKDOWNS[split] if split else partial(table, baseline=args.baseline or None)
    made = make(
        labelled(args.layers),
        measures=args.measure or SHOWN,
        conventions=args.convention or ("exact",),
        where=args.where,
        digits=args.digits,
        notation=letters(args),
        title=args.caption,
    )
    emit_table(args, made)
    return EXPECTED


def breakdown(args: argparse.Namespace) -> str:
    """The breakdown that was asked for; no name where none was."""
    if args.by_kind and args.by_stage:
        raise ClosedformError(
            "--by-kind and --by-stage do not go together, as a row is one part",
            'the kinds of one stage are those of "only(STAGE, NETWORK)" --by-kind',
        )
    return "kind" if args.by_kind else "stage" if args.by_stage else ""


def labelled(arguments: list[str]) -> dict[str | Code, LayerSum]:
    """The rows of a table by their labels."""
    return rows_of(map(formula, arguments))
