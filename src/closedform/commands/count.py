"""``closedform count``: numbers put in, exactly."""

from __future__ import annotations

import argparse
from fractions import Fraction

from closedform.commands.output import EXPECTED, emit_results, formula
from closedform.cost.conventions.convention import said
from closedform.cost.measures import MEASURES, QUANTITIES
from closedform.figures.count import Count, count
from closedform.given import layers_of
from closedform.records import NamedTuple
from closedform.typeset.displayed import indented
from closedform.typeset.numbers import number_text


def run(args: argparse.Namespace) -> int:
    """Print the numbers of each layer or network."""
    measures = tuple(args.measure or MEASURES)
    written = [formula(argument) for argument in args.layers]
    layers = [layers_of(text) for text in written]
    given = {"convention": args.convention, "measures": measures, "where": args.where}
    counts = zip(written, count(layers, **given), strict=True)
    emit_results(args, [_Counted(text, numbers) for text, numbers in counts])
    return EXPECTED


class _Counted(NamedTuple):
    """The numbers of a sum of layers, under what was typed for it."""

    written: str
    numbers: Count

    def to_text(self) -> str:
        return f"{self.written}\n{indented(self.numbers.to_text())}"

    def to_latex(self) -> str:
        lines = []
        for measure, number in self.numbers.values.items():
            shown = "--" if number is None else number_text(number, group="{,}")
            by = said(measure, self.numbers.convention, ", convention {}")
            lines += [f"% {QUANTITIES[measure]} of {self.written}{by}", shown]
        return "\n".join([*lines, *(f"% {note}" for note in self.numbers.notes())])

    def to_markdown(self) -> str:
        return self.numbers.to_table(self.written).to_markdown()

    def to_json(self) -> dict[str, object]:
        plain = {
            measure: str(number) if isinstance(number, Fraction) else number
            for measure, number in self.numbers.values.items()
        }
        return {
            "layer": self.written,
            "convention": self.numbers.convention,
            **plain,
            "uncounted": list(self.numbers.uncounted),
        }
