"""``closedform ratio``: one design over another."""

from __future__ import annotations

import argparse

import closedform.catalogue  # noqa: F401  (fills the registry)
from closedform.commands.output import EXPECTED, emit, formula, letters
from closedform.cost.conventions import chosen_convention
from closedform.cost.own_sizes import placing
from closedform.derivation.ratio import ratio
from closedform.given import layers_of


def run(args: argparse.Namespace) -> int:
    """Print params, MACs and FLOPs of A over B; with ``--steps``, how they come about."""
    above, below = formula(args.numerator), formula(args.denominator)
    sums = layers_of(above), layers_of(below)
    notation = placing(letters(args), *(one.terms for one in sums))
    result = ratio(*sums, convention=chosen_convention(args.convention).name)
    title = f"{above} over {below}"
    if args.steps:
        derivation = result.derivation().titled(title)
        emit(
            args,
            text=lambda: derivation.to_text(notation),
            latex=lambda: derivation.to_latex(notation),
            markdown=lambda: derivation.to_markdown(notation),
            data=lambda: {**result.to_json(notation), "derivation": derivation.to_json(notation)},
        )
        return EXPECTED
    emit(
        args,
        text=lambda: f"{title}\n{_indented(result.to_text(notation))}",
        latex=lambda: result.to_latex(notation),
        markdown=lambda: result.to_markdown(notation),
        data=lambda: {"numerator": above, "denominator": below, **result.to_json(notation)},
    )
    return EXPECTED


def _indented(lines: str) -> str:
    return "\n".join(f"  {line}" for line in lines.splitlines())
