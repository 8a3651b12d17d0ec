"""``closedform count``: numbers put in, exactly."""

from __future__ import annotations

import argparse

from closedform.catalogue.networks import NETWORKS, network
from closedform.commands.output import EXPECTED, emit, formula
from closedform.cost.conventions import convention
from closedform.cost.record import MEASURES
from closedform.cost.sums import LayerSum
from closedform.language.parser import parse_layers
from closedform.verbs.evaluate import Count, count


def run(args: argparse.Namespace) -> int:
    """Print the numbers of each layer or network."""
    by = convention(args.convention).name
    measures = tuple(args.measure or MEASURES)
    counted = []
    for argument in args.layers:
        written = formula(argument)
        counted.append((written, count(_layers(written), convention=by, measures=measures)))
    emit(
        args,
        text=lambda: "\n\n".join(f"{written}\n{_indented(str(one))}" for written, one in counted),
        latex=lambda: "\n\n".join(_latex(written, one) for written, one in counted),
        markdown=lambda: "\n\n".join(_markdown(written, one) for written, one in counted),
        data=lambda: _data(*counted[0]) if len(counted) == 1 else [_data(*c) for c in counted],
    )
    return EXPECTED


def _layers(written: str) -> LayerSum:
    name = written.strip().lower().replace("-", "_")
    return network(name)() if name in NETWORKS else parse_layers(written)


def _indented(lines: str) -> str:
    return "\n".join(f"  {line}" for line in lines.splitlines())


def _latex(written: str, counted: Count) -> str:
    lines = []
    for measure, number in counted.values.items():
        by = f", convention {counted.convention}" if measure == "flops" else ""
        lines += [f"% {MEASURES[measure]} of {written}{by}", f"{number:,}".replace(",", "{,}")]
    return "\n".join(lines)


def _markdown(written: str, counted: Count) -> str:
    lines = [f"| {written} | number |", "|---|---:|"]
    for measure, number in counted.values.items():
        by = f" ({counted.convention})" if measure == "flops" else ""
        lines.append(f"| {MEASURES[measure]}{by} | {number:,} |")
    return "\n".join(lines)


def _data(written: str, counted: Count) -> dict[str, object]:
    numbers = {
        measure: number if isinstance(number, int) else str(number)
        for measure, number in counted.values.items()
    }
    return {
        "layer": written,
        "convention": counted.convention,
        **numbers,
        "uncounted": list(counted.uncounted),
    }
