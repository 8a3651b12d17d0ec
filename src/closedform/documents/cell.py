"""``%%closedform``: a Markdown cell of a notebook, and a verdict on each of its formulas."""

from __future__ import annotations

from typing import Any

from closedform.algebra.tree import Symbol
from closedform.documents.checking import Checked, Heading, Tally, check_claim
from closedform.documents.claim import QuotedClaim
from closedform.documents.reader import READERS
from closedform.documents.reports.table import report_text, summary_text, text_row
from closedform.documents.scanning import Candidate, candidate
from closedform.errors import ClosedformError, printable
from closedform.reading import read_claim
from closedform.records import record
from closedform.typeset.displayed import Displayed
from closedform.typeset.escapes import markdown_code

_KIND = "markdown"


@record
class Cell(Displayed):
    """The text of a cell, what is claimed in it, and what else can be the cost of something.

    ``others`` counts the formulas that are neither: a symbol, one that gets its value, what cannot
    be read.
    """

    text: str
    claims: tuple[Checked, ...]
    candidates: tuple[Candidate, ...] = ()
    others: int = 0

    def to_text(self) -> str:
        """The verdicts, what else can be the cost of something, and how many are not checked."""
        report = report_text(Heading("%%closedform"), [*map(text_row, self.claims)])
        held = "    {0.line}  {0.text} is {0.equals[0]}, held by {0.directive}".format
        return "\n".join([*report, *map(held, self.candidates), self._summary()])

    def to_markdown(self) -> str:
        """The text of the cell, and below it what is said of its formulas."""
        told = [
            claim.verdict.to_markdown()
            if claim.verdict is not None
            else "\n    ".join(["**error**:\n", *map(printable, (claim.error or "").splitlines())])
            for claim in self.claims
        ]
        told += [
            f"{markdown_code(hit.text)} is {markdown_code(hit.equals[0])}; "
            f"{markdown_code(hit.directive)} before it holds it"
            for hit in self.candidates
        ]
        return "\n\n".join([self.text, "---", *told, f"*{self._summary()}*"])

    def _summary(self) -> str:
        counted = summary_text(Tally(self.claims).counts)
        are = "formula is" if self.others == 1 else "formulas are"
        return f"{counted}; {self.others} more {are} not checked" if self.others else counted


def check_cell(line: str, cell: str) -> Cell:
    """The verdicts on a Markdown cell: what a directive holds, and every relation.

    Args:
        line: what stands behind ``%%closedform``; nothing may.
        cell: the Markdown.

    Raises:
        ClosedformError: something stands behind the magic's name.

    >>> print(check_cell("", "A layer has <!-- closedform: params(conv) --> $k^2 M N$ weights."))
    %%closedform
    <BLANKLINE>
        1  k^2 M N  params(conv)  proven
    1 claim: 1 proven; all as expected
    """
    if line.strip():
        raise ClosedformError(
            f"%%closedform takes no {line.strip()[:40]!r}", "write the text in the lines below it"
        )
    lines = cell.split("\n")
    claims: list[Checked] = []
    candidates: list[Candidate] = []
    others = 0
    for claim in READERS[_KIND](cell, every=True):
        checked = check_claim(claim)
        decided = checked.verdict is not None
        if not isinstance(claim, QuotedClaim) or claim.directed or (decided and not _gives(claim)):
            claims.append(checked)
        elif possible := candidate(claim, lines, _KIND):
            candidates.append(possible)
        else:
            others += 1
    return Cell(cell, tuple(claims), tuple(candidates), others)


def _gives(claim: QuotedClaim) -> bool:
    """Whether an equation gives a symbol its value, as ``k = 3`` does: there is nothing to hold."""
    return any(isinstance(m.tree, Symbol) for m in read_claim(claim.text, tex=claim.tex).members)


def register(shell: Any) -> None:
    """Give IPython the magic; ``%load_ext closedform`` does."""
    shell.register_magic_function(check_cell, "cell", "closedform")
