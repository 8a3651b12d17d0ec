"""``closedform compare``: layers under every convention."""

from __future__ import annotations

import argparse

from closedform.commands.output import EXPECTED, emit_table, formula
from closedform.figures.compare import compare
from closedform.given import layers_of
from closedform.typeset.own_notation import chosen_notation


def run(args: argparse.Namespace) -> int:
    """Print a row a convention, and under them what each counts."""
    written = formula(args.subject)
    notation = chosen_notation(args.notation)
    made = compare(layers_of(written), notation=notation, title=written)
    emit_table(args, made)
    return EXPECTED
