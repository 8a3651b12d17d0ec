"""``closedform compare``: layers under every convention."""

from __future__ import annotations

import argparse

from closedform.commands.output import EXPECTED, emit_table, formula, letters
from closedform.figures.compare import compare


def run(args: argparse.Namespace) -> int:
    """Print a row a convention, and under them what each counts."""
    emit_table(args, compare(formula(args.subject), notation=letters(args)))
    return EXPECTED
