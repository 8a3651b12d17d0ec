"""``closedform explain``: by which way of counting a published number comes out."""

from __future__ import annotations

import argparse

from closedform.commands.output import EXPECTED, REFUTED, emit, formula
from closedform.figures.explain import explain
from closedform.figures.subject import read_subject


def run(args: argparse.Namespace) -> int:
    """Print the ways of counting that give the number; exit code 1 where there is none."""
    found, made = explain(formula(args.number), read_subject(args.subject), title=args.subject)
    emit(
        args,
        text=made.to_text,
        latex=made.to_latex,
        markdown=made.to_markdown,
        data=made.to_json,
    )
    return EXPECTED if found else REFUTED
