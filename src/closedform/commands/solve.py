"""``closedform solve``: budgets met and designs that break even, in integers."""

from __future__ import annotations

import argparse

from closedform.commands.output import EXPECTED, REFUTED, UNDECIDED, emit_results, formula, letters
from closedform.solving.solve import solve

_CODES = {"solved": EXPECTED, "none": REFUTED, "unsolved": UNDECIDED}


def run(args: argparse.Namespace) -> int:
    """Print for which integers the comparison holds; 1 where there are none."""
    notation = letters(args)
    solution = solve(formula(args.claim), symbol=args.symbol, where=args.where)
    emit_results(args, [solution], notation)
    return _CODES[solution.status]
