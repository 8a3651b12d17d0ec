"""``closedform show``: the closed forms of a layer."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from closedform.algebra.tree import Number, Tree
from closedform.commands.output import EXPECTED, emit_results, emit_table, formula, letters
from closedform.cost.conventions import convention
from closedform.cost.conventions.convention import said
from closedform.cost.counting import partly
from closedform.cost.measures import MEASURES
from closedform.cost.own_sizes import placing
from closedform.given import layers_of
from closedform.later import Later
from closedform.typeset.arrange import arrange
from closedform.typeset.cells import NOTHING, UNCOUNTED
from closedform.typeset.latex import closed_latex
from closedform.typeset.line_breaks import displayed
from closedform.typeset.notation import Notation
from closedform.typeset.numbers import number_text
from closedform.typeset.text import text

if TYPE_CHECKING:
    from closedform.commands import table as tables
else:  # a breakdown is asked for by a flag
    tables = Later("closedform.commands.table")


def run(args: argparse.Namespace) -> int:
    """Print params, MACs, FLOPs and activations of each layer."""
    by = convention(args.convention).name
    notation = letters(args)
    if (args.by_kind or args.by_stage) and (split := tables.breakdown(args)):
        rows = tables.labelled(args.layers)
        made = tables.BREAKDOWNS[split](rows, conventions=[by], notation=notation)
        emit_table(args, made)
        return EXPECTED
    shown = [_Shown(formula(written), by, notation) for written in args.layers]
    emit_results(args, shown)
    return EXPECTED


class _Shown:
    """The closed forms of one sum of layers, in a notation."""

    def __init__(self, written: str, by: str, notation: Notation) -> None:
        self.written = written
        self.by = by
        self.layers = layers = layers_of(written)
        self.notation = notation = placing(notation, layers.terms)
        known = ((measure, layers._known(measure, by)) for measure in MEASURES)
        self.trees = {name: tree and arrange(tree, notation) for name, tree in known}
        self.uncounted = layers.uncounted(by)
        self.partly = partly(layers.terms, filter(self.trees.get, MEASURES))
        self.notes = [f"where {shown}" for shown in layers.holds_where()]
        if self.uncounted:
            self.notes.insert(0, f"uncounted by {self.by}: {', '.join(self.uncounted)}")

    def to_text(self) -> str:
        lines = [self.written]
        for measure, tree in self.trees.items():
            by = said(measure, self.by, "  ({})")
            shown = self._written(tree) or NOTHING
            if isinstance(tree, Number):
                shown = number_text(tree.value, group=",")
            shown += UNCOUNTED * (measure in self.partly)
            lines.append(f"  {MEASURES[measure]:<12}{shown}{by}")
        lines += [f"  {note}" for note in self.notes]
        return "\n".join(lines)

    def to_latex(self) -> str:
        lines = []
        for measure, tree in self.trees.items():
            by = said(measure, self.by, ", convention {}")
            lines.append(f"% {MEASURES[measure]} of {self.written}{by}")
            shown = rf"\text{{{NOTHING}}}" if tree is None else closed_latex(tree, self.notation)
            lines.append(displayed(shown, self.notation.line))
        lines += [f"% {note}" for note in self.notes]
        return "\n".join(lines)

    def to_markdown(self) -> str:
        return self.layers.to_table(self.by, self.notation, title=self.written).to_markdown()

    def to_json(self) -> dict[str, object]:
        return {
            "layer": self.written,
            "convention": self.by,
            **{measure: self._written(tree) for measure, tree in self.trees.items()},
            "uncounted": list(self.uncounted),
            **({"holds_where": list(held)} if (held := self.layers.holds_where()) else {}),
        }

    def _written(self, tree: Tree | None) -> str | None:
        return None if tree is None else text(tree, self.notation)
