r"""The rows of an align* (amsmath): expressions with their reasons, broken where a line ends.

Reasons stand beside the expressions. Where there is no room for one, the first goes into the
sentence before the environment and any other into a row of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from closedform.algebra.sequences.terms import lettered
from closedform.algebra.tree import Tree
from closedform.records import record
from closedform.typeset.line_breaks import GAP, SLACK, broken
from closedform.typeset.notation import Notation
from closedform.typeset.prose import AsWritten, Prose, in_math, shown_latex
from closedform.typeset.width import width

#: So many lines, with brackets and fractions of several lines in them, leave much of a page empty.
HIGH = 12


@record
class Line:
    """An expression of a chain and why it follows; ``as_written`` keeps its order."""

    tree: Tree
    reason: Prose
    as_written: bool = False

    @property
    def shown(self) -> Tree | AsWritten:
        """The expression as the printers take it."""
        tree = lettered(self.tree)
        return AsWritten(tree) if self.as_written else tree


@record
class Rows:
    """The rows, and the reason that is to be said before them."""

    rows: tuple[str, ...]
    said_before: Prose = ()

    def __str__(self) -> str:
        return " \\\\\n".join(self.rows)


def display(rows: object) -> str:
    """Rows as a display of amsmath; one that may be higher than a page is broken there."""
    shown = f"\\begin{{align*}}\n{rows}\n\\end{{align*}}"
    if shown.count(r"\\") < HIGH:
        return shown
    return f"\\begingroup\\allowdisplaybreaks\n{shown}\n\\endgroup"


def align_rows(lines: Sequence[Line], notation: Notation) -> Rows:
    """The rows of equal expressions, ``=`` before each but the first."""
    shown = [
        broken(("= " if number else "") + shown_latex(line.shown, notation), notation.line - GAP)
        for number, line in enumerate(lines)
    ]
    reasons = [in_math(line.reason, notation) for line in lines]
    widest = max(width(piece) for pieces in shown for piece in pieces)
    beside = _beside(reasons, widest, notation.line - SLACK - GAP)
    rows: list[str] = []
    said_before: Prose = ()
    for number, (reason, pieces) in enumerate(zip(reasons, shown, strict=True)):
        first = "&" + pieces[0] if number else "& " + pieces[0]
        if number in beside:
            first += f" && {reason}"
        elif reason and not number:
            said_before = lines[0].reason
        elif reason:
            rows.append(rf"& {reason}\text{{:}}")
        rows += [first, *(rf"&\quad {piece}" for piece in pieces[1:])]
    return Rows(tuple(rows), said_before)


def _beside(reasons: Sequence[str], widest: float, room: float) -> set[int]:
    """Which reasons there is room for beside the expressions; one in a row of its own is as one."""
    beside = {number for number, reason in enumerate(reasons) if reason}
    while far := {number for number in beside if widest + width(reasons[number]) > room}:
        beside -= far
        widest = max(widest, *(width(reasons[number]) for number in far if number), 0)
    return beside
