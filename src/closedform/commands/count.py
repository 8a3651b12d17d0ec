"""``closedform count``: numbers put in, exactly."""

from __future__ import annotations

import argparse
from fractions import Fraction

from closedform.commands.output import EXPECTED, emit, formula
from closedform.cost.conventions import chosen_convention
from closedform.cost.conventions.convention import heading, said
from closedform.cost.record import MEASURES, QUANTITIES
from closedform.figures.count import Count, count, grouped
from closedform.typeset.grids import markdown_grid
from closedform.typeset.numbers import number_text


def run(args: argparse.Namespace) -> int:
    """Print the numbers of each layer or network."""
    by = chosen_convention(args.convention).name
    measures = tuple(args.measure or MEASURES)
    counted = []
    for argument in args.layers:
        written = formula(argument)
        counted.append(
            (written, count(written, convention=by, measures=measures, where=args.where))
        )
    emit(
        args,
        text=lambda: "\n\n".join(f"{written}\n{_indented(str(one))}" for written, one in counted),
        latex=lambda: "\n\n".join(_latex(written, one) for written, one in counted),
        markdown=lambda: "\n\n".join(_markdown(written, one) for written, one in counted),
        data=lambda: _data(*counted[0]) if len(counted) == 1 else [_data(*c) for c in counted],
    )
    return EXPECTED


def _indented(lines: str) -> str:
    return "\n".join(f"  {line}" for line in lines.splitlines())


def _latex(written: str, counted: Count) -> str:
    lines = []
    for measure, number in counted.values.items():
        shown = "--" if number is None else number_text(number, group="{,}")
        by = said(measure, counted.convention, ", convention {}")
        lines += [f"% {QUANTITIES[measure]} of {written}{by}", shown]
    return "\n".join(lines)


def _markdown(written: str, counted: Count) -> str:
    rows = [
        (heading(measure, counted.convention), grouped(n)) for measure, n in counted.values.items()
    ]
    return markdown_grid((written, "number"), rows, right={1})


def _data(written: str, counted: Count) -> dict[str, object]:
    numbers = {
        measure: str(number) if isinstance(number, Fraction) else number
        for measure, number in counted.values.items()
    }
    return {
        "layer": written,
        "convention": counted.convention,
        **numbers,
        "uncounted": list(counted.uncounted),
    }
