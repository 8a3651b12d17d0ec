"""``closedform identify``: what a formula is the cost of."""

from __future__ import annotations

import argparse

import closedform.catalogue  # noqa: F401  (fills the registry)
from closedform.commands.output import EXPECTED, REFUTED, emit, formula
from closedform.identification.identify import identify


def run(args: argparse.Namespace) -> int:
    """Print the costs that a formula equals; 1 where it equals none."""
    found = identify(formula(args.formula))
    emit(
        args,
        text=lambda: str(found),
        latex=found.to_latex,
        markdown=found.to_markdown,
        data=found.to_json,
    )
    return EXPECTED if found.equals else REFUTED
