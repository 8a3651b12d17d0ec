"""Check the claims of a file: a verdict for each, held against the one that is expected."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from closedform.documents.claim import Problem, QuotedClaim
from closedform.documents.reader import read_file
from closedform.errors import ClosedformError
from closedform.records import record
from closedform.verdicts.verdict import Verdict
from closedform.verdicts.verify import verify


@record
class Checked:
    """One claim of a file with its verdict; ``error`` says what is wrong where there is none."""

    line: int
    end: int
    id: str | None
    claim: QuotedClaim | None
    verdict: Verdict | None
    error: str | None

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

    def to_json(self) -> dict[str, object]:
        """The claim's place and its verdict, as plain data."""
        place: dict[str, object] = {
            "line": self.line,
            "end": self.end,
            "id": self.id,
            "expect": self.expect,
            "ok": self.ok,
        }
        if self.verdict is not None:
            return place | self.verdict.to_json()
        text = self.claim.text if self.claim is not None else None
        return place | {"claim": text, "verdict": None, "error": self.error}


@record
class FileReport:
    """The checked claims of one file."""

    file: str
    title: str | None
    source: str | None
    claims: tuple[Checked, ...]
    #: Why the file cannot be read, where it cannot.
    error: str | None = None

    def to_json(self) -> dict[str, object]:
        """The file and its claims, as plain data."""
        data: dict[str, object] = {
            "file": self.file,
            "claims": [claim.to_json() for claim in self.claims],
        }
        return data if self.error is None else data | {"error": self.error}


#: How a check is made of every claim: ``map``, or the ``map`` of a pool of processes.
Each = Callable[
    [Callable[[QuotedClaim | Problem], Checked], Iterable[QuotedClaim | Problem]], Iterable[Checked]
]


def check_file(path: str | Path, *, each: Each = map) -> FileReport:
    """A verdict on every claim of a claims file or a document.

    A claim that cannot be read is an error of that claim alone.

    Raises:
        ClosedformError: the file itself cannot be read.
    """
    document = read_file(path)
    claims = tuple(each(check_claim, document.claims))
    return FileReport(str(path), document.title, document.source, claims)


def check_claim(item: QuotedClaim | Problem) -> Checked:
    """The verdict on one claim of a document."""
    if isinstance(item, Problem):
        return Checked(item.line, item.end, item.id, None, None, item.message)
    try:
        verdict = verify(
            item.text, target=item.target, where=item.where, names=item.names, tex=item.tex
        )
    except ClosedformError as error:
        return Checked(item.line, item.end, item.id, item, None, str(error))
    # A document may hold a hundred thousand claims, and other processes send their verdicts.
    return Checked(item.line, item.end, item.id, item, verdict.settled(), None)


def summary(reports: list[FileReport]) -> dict[str, int]:
    """How many claims ended how, and how many not as expected."""
    counts = dict.fromkeys(("proven", "refuted", "undecided", "errors", "unexpected"), 0)
    for report in reports:
        for claim in report.claims:
            counts[claim.outcome] += 1
            counts["unexpected"] += not claim.ok
    return counts
