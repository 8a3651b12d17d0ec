"""``closedform identify``: what a formula is the cost of."""

from __future__ import annotations

import argparse

from closedform.commands.output import EXPECTED, REFUTED, emit, formula, in_columns
from closedform.identification.identify import identify
from closedform.typeset.notation import SOURCE


def run(args: argparse.Namespace) -> int:
    """Print the costs that a formula equals; 1 where it equals none."""
    identified = identify(formula(args.formula))
    emit(
        args,
        text=identified.to_text,
        latex=lambda: identified.to_latex(in_columns(args, SOURCE)),
        markdown=identified.to_markdown,
        data=identified.to_json,
    )
    return EXPECTED if identified.equals else REFUTED
