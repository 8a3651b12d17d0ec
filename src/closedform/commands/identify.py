"""``closedform identify``: what a formula is the cost of."""

from __future__ import annotations

import argparse

from closedform.commands.output import EXPECTED, REFUTED, emit_results, formula, in_columns
from closedform.identification.identify import identify
from closedform.records import replace


def run(args: argparse.Namespace) -> int:
    """Print the costs that a formula equals; 1 where it equals none."""
    identified = identify(formula(args.formula))
    emit_results(args, [replace(identified, notation=in_columns(args, identified.notation))])
    return EXPECTED if identified.equals else REFUTED
