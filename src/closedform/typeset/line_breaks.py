r"""Formulas of LaTeX broken into lines that fit.

A line ends before a sign of a sum; where one term is too long for a line, before a factor; where
one factor is too long, inside it: in its brackets, or above and below its fraction line. A formula
of a sentence that is too long stands by itself, and paragraphs are set so that no line is torn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from closedform.later import regex
from closedform.records import replace
from closedform.typeset.escapes import LATEX
from closedform.typeset.notation import SOURCE, Notation
from closedform.typeset.prose import Prose, joined, sentence
from closedform.typeset.width import TYPED, typed_width, width

#: What a displayed formula leaves of a line, in points: as much as is between columns of align*.
GAP = 20.0
#: What the widths of tall brackets are estimated short by, at most.
SLACK = 5.0
#: How far the lines behind the first are set in: a ``\quad``.
SET_IN = 10.0
#: A paragraph with a piece that is wider (in points) is not justified: the line before it would be
#: torn apart.
UNBROKEN = 70.0
#: How far an item of a list is set in, in points.
ITEM = 25.0

_DOT = r"\cdot"
_BREAKS = {"+", "-", "=", "<", ">", r"\le", r"\ge", r"\ne", r"\approx", r"\to", r"\times", _DOT}
#: What stands before a factor, and belongs to it.
_LEADS = regex(r"[+=-]|\\cdot|\\log|\\sum\S*")
_FRACTION = regex(r"(?:(?:[+=-]|\\cdot) )*\\frac(?=\{)")
_OPEN = r"\left("
_FENCE = regex(r"\\left|\\right|[{}]")


def broken(latex: str, room: float) -> list[str]:
    r"""The lines of a formula; those behind the first leave room to be set in.

    >>> broken(r"k^{2} M N H W + k^{2} M + N", 65)
    ['k^{2} M N H W', '+ k^{2} M + N']
    >>> broken(r"\left(k + M\right) N H", 50)
    ['\\left(k + M\\right) N', '\\cdot H']
    """
    if width(latex) <= room:
        return [latex]
    terms = _parts(latex, lambda word, _: word in ("+", "-"))
    if len(terms) > 1:
        return _filled(terms, room)
    factors = _parts(latex, lambda _, before: not _LEADS.fullmatch(before))
    if len(factors) > 1:
        return _filled(factors, room, start=_DOT)
    return [_inside(latex, room)]


def unbreakable(latex: str) -> float:
    r"""The widest part of a formula in a sentence, which TeX breaks behind the signs outside.

    >>> unbreakable("k + M") < unbreakable(r"\left(k + M\right)")
    True
    """
    return max(map(width, _parts(latex, lambda _, before: before in _BREAKS)))


def displayed(latex: str, line: float) -> str:
    """A formula by itself in a line of so many points, in several where it does not fit."""
    return stacked(broken(latex, line - GAP - SLACK))


def stacked(lines: Sequence[str], place: str = "") -> str:
    r"""The lines as one formula; the option ``[t]`` aligns the first with what stands beside it.

    >>> print(stacked(["k", "+ M"]))
    \begin{aligned} & k \\ &\quad + M \end{aligned}
    """
    if len(lines) == 1:
        return lines[0]
    return rf"\begin{{aligned}}{place} & " + r" \\ &\quad ".join(lines) + r" \end{aligned}"


def latex_sentence(prose: Prose, notation: Notation = SOURCE) -> str:
    """The sentence in running LaTeX, with a capital and a full stop.

    A formula of which a part is too wide for a line stands by itself, in several lines.
    """
    line = set_in_lines(prose, notation)
    return sentence(line.removesuffix(r" \]")) + (r" \]" if line.endswith(r"\]") else "")


def set_in_lines(prose: Prose, notation: Notation) -> str:
    """What stands in a sentence, as it is; its long formulas by themselves."""

    def formula(latex: str) -> str:
        if unbreakable(latex) <= notation.line - SLACK:
            return f"${latex}$"
        return rf"\[ {displayed(latex, notation.line)} \]"

    return joined(prose, notation, script=replace(LATEX, formula=formula))


def paragraph(sentences: Iterable[str]) -> str:
    """Printed sentences; ragged on the right where one holds a long formula or name.

    >>> paragraph(["Proven.", "So is $k$."]).startswith("Proven")
    True
    """
    lines = "\n".join(sentences)
    typed = (word for run in TYPED.findall(lines) for word in run.split())
    pieces = [*map(width, lines.split("$")[1::2]), *map(typed_width, typed)]
    return lines if max(pieces, default=0.0) <= UNBROKEN else f"{{\\raggedright\n{lines}\\par}}"


def _parts(line: str, begins: Callable[[str, str], bool]) -> list[str]:
    """The line cut before each word that begins a part, told with the one before it."""
    parts: list[str] = []
    depth, before = 0, ""
    for word in line.split(" "):
        if parts and (depth or not begins(word, before)):
            parts[-1] += f" {word}"
        else:
            parts.append(word)
        depth += word.count("{") - word.count("}") + word.count(r"\left") - word.count(r"\right")
        before = word
    return parts


def _filled(parts: list[str], room: float, start: str = "") -> list[str]:
    """As many parts in a line as there is room for; each line but the first has the start."""
    lines: list[str] = []
    whole = False
    for part in parts:
        if whole and width(f"{lines[-1]} {part}") <= room - SET_IN * (len(lines) > 1):
            lines[-1] += f" {part}"
            continue
        if whole and start and width(lines[-1]) < room / 4 and width(part) > room - SET_IN:
            # What is broken anyway is so beside the few letters before it.
            lines[-1] += f" {_inside(part, room - width(lines[-1]))}"
            whole = False
            continue
        started = part if not lines or part.startswith(start) else f"{start} {part}"
        pieces = broken(started, room - SET_IN * bool(lines))
        # Nothing follows in a line that is the rest of something.
        whole = len(pieces) == 1
        lines += pieces
    return lines


def _inside(factor: str, room: float) -> str:
    """A factor, what its fraction or its brackets hold in several lines."""
    if fraction := _FRACTION.match(factor):
        middle = _end(factor, fraction.end())
        held = factor[fraction.end() + 1 : middle - 1], factor[middle + 1 : -1]
        above, below = (stacked(broken(part, room - 2 * SET_IN)) for part in held)
        return rf"{fraction[0]}{{{above}}}{{{below}}}"
    if (opening := factor.find(_OPEN)) >= 0:
        inside, closing = opening + len(_OPEN), _end(factor, opening) - len(r"\right")
        before, after = factor[:inside], factor[closing:]
        lines = broken(factor[inside:closing], room - width(before) - width(after))
        return f"{before}{stacked(lines)}{after}"
    return factor


def _end(line: str, start: int) -> int:
    """Where the group ends that begins here."""
    depth = 0
    for fence in _FENCE.finditer(line, start):
        depth += 1 if fence[0] in ("{", r"\left") else -1
        if depth == 0:
            return fence.end()
    raise ValueError(f"not closed: {line}")
