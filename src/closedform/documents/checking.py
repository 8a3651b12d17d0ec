"""Check the claims of a file: a verdict for each, held against the one that is expected."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from closedform.documents.claim import Problem, QuotedClaim, unpack
from closedform.documents.context.beside import check_amount, stated
from closedform.documents.reader import read_file
from closedform.errors import ClosedformError
from closedform.reading import check_beside
from closedform.records import NamedTuple, record, replace
from closedform.typeset.prose import Code, Prose
from closedform.verdicts.verdict import Verdict
from closedform.verdicts.verify import verify

#: A letter of a sentence, or what it is: $M$, $k = 3$.
_LETTER = re.compile(r"(?:[A-Za-z]|\\[a-z]+)(?:_(?:\w|\{\w+\}))?(?:\s*=\s*\d+)?")
_NEXT = "a directive governs the next formula: write it right before the one that is meant"


@record
class Checked:
    """One claim of a file with its verdict; ``error`` says what is wrong where there is none."""

    line: int
    end: int
    id: str | None
    claim: QuotedClaim | None
    verdict: Verdict | None
    error: str | None
    cell: tuple[int, int] | None = None

    @property
    def expect(self) -> str:
        """The verdict that the file expects."""
        return "proven" if self.claim is None else self.claim.expect

    @property
    def outcome(self) -> str:
        """``proven``, ``refuted``, ``undecided`` or ``errors``."""
        return "errors" if self.verdict is None else self.verdict.verdict

    @property
    def ok(self) -> bool:
        """Whether the verdict is the expected one."""
        return self.outcome == self.expect

    @property
    def told(self) -> tuple[str, str]:
        """How grave it is that it is not as expected, and what is said of it."""
        level = "warning" if self.outcome == "undecided" else "error"
        return level, self.error or "" if self.verdict is None else str(self.verdict)

    def settled(self) -> Checked:
        """The same without the trees of the claim: a document may have many."""
        return self if self.verdict is None else replace(self, verdict=self.verdict.settled())

    def to_json(self) -> dict[str, object]:
        """The claim's place and its verdict, as plain data."""
        place: dict[str, object] = {
            "line": self.line,
            "end": self.end,
            "id": self.id,
            "expect": self.expect,
            "ok": self.ok,
        }
        if self.cell is not None:
            place |= {"cell": self.cell[0], "line_in_cell": self.cell[1]}
        if self.verdict is not None:
            return place | self.verdict.to_json()
        text = self.claim.text if self.claim is not None else None
        return place | {"claim": text, "verdict": None, "error": self.error}


@record
class Heading:
    """What is said of a file before its claims."""

    file: str
    title: str | None = None
    source: str | None = None
    #: Why the file cannot be read, where it cannot.
    error: str | None = None


class Row(NamedTuple):
    """How a claim ended, and what a form of the report shows of it."""

    outcome: str
    ok: bool
    shown: Any


class Tally:
    """How many claims ended how, and how many not as expected."""

    def __init__(self, ended: Iterable[Checked] = ()) -> None:
        self.counts = dict.fromkeys(("proven", "refuted", "undecided", "errors", "unexpected"), 0)
        #: The outcomes that were not expected.
        self.unexpected: set[str] = set()
        for claim in ended:
            self.add(claim.outcome, ok=claim.ok)

    def add(self, outcome: str, *, ok: bool) -> None:
        """One claim more."""
        self.counts[outcome] += 1
        if not ok:
            self.counts["unexpected"] += 1
            self.unexpected.add(outcome)


def check_file(path: str | Path) -> tuple[Checked, ...]:
    """A verdict on every claim of a claims file or a document.

    A claim that cannot be read is an error of that claim alone.

    Raises:
        ClosedformError: the file itself cannot be read.
    """
    return tuple(check_claim(claim).settled() for claim in read_file(path).claims)


def rows_of(show: Callable[[Checked], Any], part: bytes) -> list[Row]:
    """Some claims, checked, and what is shown of each: all that the rest of a long check keeps."""
    every = map(check_claim, unpack(part))
    return [Row(checked.outcome, checked.ok, show(checked)) for checked in every]


def check_claim(item: QuotedClaim | Problem) -> Checked:
    """The verdict on one claim of a document."""
    if isinstance(item, Problem):
        return Checked(item.line, item.end, item.id, None, None, item.message, item.cell)
    try:
        for said in item.said if item.directed or item.target else ():
            check_amount(said, target := item.target or "")
            for words in stated(said) if target else ():
                check_beside(words, item.text, target, names=item.names, where=item.where)
        verdict = verify(
            item.text, target=item.target, where=item.where, names=item.names, tex=item.tex
        )
        quoted = item.tex and item.directed and item.target and _LETTER.fullmatch(item.text)
        if quoted and verdict.verdict == "refuted":
            why: Prose = ("this formula is no more than ", Code(item.text), f"; {_NEXT}")
            verdict = replace(verdict, _why=(why, *verdict._why))
        if item.told:
            verdict = replace(verdict, _told=f"{verdict.read_as or item.text}; {item.told}")
    except ClosedformError as error:
        return Checked(item.line, item.end, item.id, item, None, str(error), item.cell)
    return Checked(item.line, item.end, item.id, item, verdict, None, item.cell)
