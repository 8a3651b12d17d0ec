"""``closedform derive``: where a cost, or a ratio of costs, comes from."""

from __future__ import annotations

import argparse

from closedform.commands.output import EXPECTED, emit_results, formula, letters
from closedform.cost.measures import MEASURES
from closedform.derivation.derive import derive


def run(args: argparse.Namespace) -> int:
    """Print the derivation of a layer, or of one over another."""
    layers, over = formula(args.layers), args.over and formula(args.over)
    measures = {None: (), "all": tuple(MEASURES)[:3]}.get(args.measure, (args.measure,))
    derivation = derive(layers, over, measures=measures, convention=args.convention)
    emit_results(args, [derivation], letters(args))
    return EXPECTED
