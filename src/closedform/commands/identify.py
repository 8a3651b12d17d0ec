"""``closedform identify``: what a formula is the cost of."""

from __future__ import annotations

import argparse

import closedform.catalogue  # noqa: F401  (fills the registry)
from closedform.commands.output import EXPECTED, REFUTED, emit_results, formula
from closedform.identification.identify import identify


def run(args: argparse.Namespace) -> int:
    """Print the costs that a formula equals; 1 where it equals none."""
    identified = identify(formula(args.formula))
    emit_results(args, [identified])
    return EXPECTED if identified.equals else REFUTED
