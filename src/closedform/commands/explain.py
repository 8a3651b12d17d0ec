"""``closedform explain``: by which way of counting a published number comes out."""

from __future__ import annotations

import argparse

from closedform.commands.output import EXPECTED, REFUTED, emit_table, formula, in_columns
from closedform.figures.explain import explain
from closedform.records import replace


def run(args: argparse.Namespace) -> int:
    """Print the ways of counting that give the number; exit code 1 where there is none."""
    explained, made = explain(formula(args.number), args.subject)
    emit_table(args, replace(made, notation=in_columns(args, made.notation)))
    return EXPECTED if explained else REFUTED
