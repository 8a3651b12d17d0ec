"""``closedform compare``: layers under every convention."""

from __future__ import annotations

import argparse

from closedform.commands.output import EXPECTED, emit_table, formula, letters
from closedform.figures.compare import compare
from closedform.given import layers_of


def run(args: argparse.Namespace) -> int:
    """Print a row a convention, and under them what each counts."""
    written = formula(args.subject)
    notation = letters(args)
    made = compare(layers_of(written), notation=notation, title=written)
    emit_table(args, made)
    return EXPECTED
