"""A comparison that holds for all sizes that the conditions allow, or for none."""

from __future__ import annotations

from closedform.algebra.tree import Symbol, symbol_names
from closedform.solving.comparison import Comparison, told_with
from closedform.solving.solution import Range, Solution
from closedform.typeset.prose import Prose


def always(comparison: Comparison, *, holds: bool) -> Solution:
    """The sign of left − right is the same wherever the conditions hold."""
    symbol = Symbol(comparison.symbol)
    said: Prose = ("it holds for every " if holds else "no solution: it holds for no ", symbol)
    if len(symbol_names(comparison.left - comparison.right)) > 1:
        said = (*said, ", whatever the other sizes are")
    least = comparison.assumptions.integer_lower().get(symbol.name, 1)
    told = told_with(comparison) if holds else ()
    ranges: tuple[Range, ...] = ((least, None),) if holds and not (told or comparison.real) else ()
    status = "solved" if holds else "none"
    return Solution(comparison.text, symbol.name, status, ranges, statements=(said, *told))
