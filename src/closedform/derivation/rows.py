r"""The rows of an align* (amsmath): expressions with their reasons, broken where a line ends.

Reasons stand beside the expressions. Where there is no room for one, the first goes into the
sentence before the environment and any other into a row of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from closedform.algebra.sequences import lettered
from closedform.algebra.tree import Quotient, Sum, Tree
from closedform.records import record
from closedform.typeset.notation import Notation
from closedform.typeset.prose import AsWritten, Prose, in_math, shown_latex
from closedform.typeset.width import width

#: What align* leaves between its columns and beside them at least, in points.
GAP = 20.0
#: What the widths of tall brackets are estimated short by, at most.
SLACK = 5.0
#: How far the lines of a broken sum are set in: a ``\quad``.
SET_IN = 10.0


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


def align_rows(lines: Sequence[Line], notation: Notation) -> Rows:
    """The rows of equal expressions, ``=`` before each but the first."""
    broken = [
        _broken(line.shown, notation, before="= " if number else "")
        for number, line in enumerate(lines)
    ]
    widest = max(width(piece) for pieces in broken for piece in pieces)
    rows: list[str] = []
    said_before: Prose = ()
    for number, (line, pieces) in enumerate(zip(lines, broken, strict=True)):
        reason = in_math(line.reason, notation)
        first = "&" + pieces[0] if number else "& " + pieces[0]
        if reason and widest + GAP + width(reason) <= notation.line - SLACK:
            first += f" && {reason}"
        elif reason and not number:
            said_before = line.reason
        elif reason:
            rows.append(rf"& {reason}\text{{:}}")
        rows += [first, *(rf"&\quad {piece}" for piece in pieces[1:])]
    return Rows(tuple(rows), said_before)


def broken_latex(tree: Tree, notation: Notation) -> str:
    """A formula in math mode that fits a line: a sum that is too long in several."""
    pieces = _broken(tree, notation, before="")
    if len(pieces) == 1:
        return pieces[0]
    rows = r" \\ ".join([f"&{pieces[0]}", *(rf"&\quad {piece}" for piece in pieces[1:])])
    return rf"\begin{{aligned}} {rows} \end{{aligned}}"


def _broken(shown: Tree | AsWritten, notation: Notation, before: str) -> list[str]:
    """The expression in lines: a sum that is too long is broken between its terms."""
    whole = before + shown_latex(shown, notation)
    tree = shown.tree if isinstance(shown, AsWritten) else shown
    room = notation.line - GAP
    if width(whole) <= room:
        return [whole]
    if isinstance(tree, Quotient):
        return [before + _tall(shown_latex(shown, notation), room - GAP)]
    return _filled(_terms(whole), room) if isinstance(tree, Sum) else [whole]


def _tall(fraction: str, room: float) -> str:
    r"""A \frac whose numerator and denominator are broken where they are too long."""
    top, bottom = _arguments(fraction)
    parts = []
    for part in (top, bottom):
        lines = _filled(_terms(part), room)
        rows = r" \\ &\quad ".join(lines)
        parts.append(rf"\begin{{aligned}} & {rows} \end{{aligned}}" if len(lines) > 1 else part)
    return rf"\frac{{{parts[0]}}}{{{parts[1]}}}"


def _arguments(fraction: str) -> tuple[str, str]:
    r"""What stands above and below in \frac{…}{…}."""
    depth = 0
    for place, sign in enumerate(fraction):
        depth += (sign == "{") - (sign == "}")
        if sign == "}" and depth == 0:
            return fraction[len(r"\frac{") : place], fraction[place + 2 : -1]
    raise ValueError(f"not a fraction: {fraction}")


def _terms(line: str) -> list[str]:
    """The terms of a sum in LaTeX, each with its sign, brackets and groups kept whole."""
    terms = [""]
    for piece in line.replace(" - ", "\0- ").replace(" + ", "\0+ ").split("\0"):
        last = terms[-1]
        inside = last.count("{") > last.count("}") or last.count(r"\left") > last.count(r"\right")
        if inside:
            terms[-1] = f"{last} {piece}"
        else:
            terms.append(piece)
    return [term for term in terms if term]


def _filled(terms: list[str], room: float) -> list[str]:
    """The terms in lines, as many in each as there is room for."""
    lines = [terms[0]]
    for term in terms[1:]:
        longer = f"{lines[-1]} {term}"
        if width(longer) <= room - (SET_IN if len(lines) > 1 else 0):
            lines[-1] = longer
        else:
            lines.append(term)
    return lines
