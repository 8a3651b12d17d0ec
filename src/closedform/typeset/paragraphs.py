r"""Sentences in running LaTeX, made into paragraphs that fit the lines of a paper."""

from __future__ import annotations

from collections.abc import Iterable

from closedform.later import regex
from closedform.typeset.escapes import latex_code, latex_words
from closedform.typeset.line_breaks import SLACK, displayed, unbreakable
from closedform.typeset.notation import SOURCE, Notation
from closedform.typeset.prose import Prose, joined, sentence
from closedform.typeset.width import width

#: A paragraph with a piece that is wider (in points) is not justified: the line before it would be
#: torn apart.
UNBROKEN = 70.0
#: How far an item of a list is set in, in points.
ITEM = 25.0
#: What is typed, and the width of one letter of it.
_TYPED, LETTER = regex(r"\\texttt\{([^}]*)\}"), 5.25


def latex_sentence(prose: Prose, notation: Notation = SOURCE) -> str:
    """The sentence in running LaTeX, with a capital and a full stop.

    A formula of which a part is too wide for a line stands by itself, in several lines.
    """
    line = set_in_lines(prose, notation)
    return sentence(line.removesuffix(r" \]")) + (r" \]" if line.endswith(r"\]") else "")


def set_in_lines(prose: Prose, notation: Notation) -> str:
    """What stands in a sentence, as it is; its long formulas by themselves."""

    def run(latex: str) -> str:
        if unbreakable(latex) <= notation.line - SLACK:
            return f"${latex}$"
        return rf"\[ {displayed(latex, notation.line)} \]"

    return joined(prose, notation, latex_words, latex_code, run)


def paragraph(sentences: Iterable[str]) -> str:
    """Printed sentences; ragged on the right where one holds a long formula or name.

    >>> paragraph(["Proven.", "So is $k$."]).startswith("Proven")
    True
    """
    lines = "\n".join(sentences)
    typed = (word for run in _TYPED.findall(lines) for word in run.split())
    pieces = [*map(width, lines.split("$")[1::2]), *(LETTER * len(word) for word in typed)]
    return lines if max(pieces, default=0.0) <= UNBROKEN else f"{{\\raggedright\n{lines}\\par}}"
