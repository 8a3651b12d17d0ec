"""``closedform growth``: what doubling a size does."""

from __future__ import annotations

import argparse

from closedform.commands.output import EXPECTED, emit_table, formula, letters
from closedform.commands.table import breakdown
from closedform.figures.growth import SHOWN, growth
from closedform.figures.ranges import size_names


def run(args: argparse.Namespace) -> int:
    """Print one table: a row for each open size and cost."""
    made = growth(
        formula(args.layers),
        over=size_names(args.over),
        measures=args.measure or SHOWN,
        convention=args.convention,
        where=args.where,
        by=breakdown(args),
        notation=letters(args),
    )
    emit_table(args, made)
    return EXPECTED
