"""``closedform ratio``: one design over another."""

from __future__ import annotations

import argparse

from closedform.commands.output import EXPECTED, emit, formula, letters
from closedform.derivation.ratio import both_sides, ratio
from closedform.given import layers_of
from closedform.records import replace
from closedform.typeset.displayed import indented


def run(args: argparse.Namespace) -> int:
    """Print params, MACs and FLOPs of A over B; with ``--steps``, how they come about."""
    above, below = both_sides(
        formula(args.numerator), args.denominator and formula(args.denominator)
    )
    sums = layers_of(above), layers_of(below)
    notation, result = letters(args), ratio(*sums, convention=args.convention)
    title = f"{above} over {below}"
    shown = replace(result.derivation(), title=title) if args.steps else result
    emit(
        args,
        text=lambda: (
            shown.to_text(notation)
            if args.steps
            else f"{title}\n{indented(result.to_text(notation))}"
        ),
        latex=lambda: shown.to_latex(notation),
        markdown=lambda: shown.to_markdown(notation),
        data=lambda: {
            "numerator": above,
            "denominator": below,
            **result.to_json(notation),
            **({"derivation": shown.to_json(notation)} if args.steps else {}),
        },
    )
    return EXPECTED
