"""``closedform check``: claims files, Markdown and LaTeX, checked in place."""

from __future__ import annotations

import argparse
import contextlib
import sys
from pathlib import Path

from closedform.commands.output import BAD_INPUT, EXPECTED, REFUTED, UNDECIDED, emit
from closedform.documents.checking import FileReport, check_file, summary
from closedform.documents.reader import UnreadableFile
from closedform.documents.suffixes import documents_in
from closedform.documents.table import report_latex, report_markdown, report_text, summary_text
from closedform.documents.watch import watch
from closedform.documents.workflow_commands import workflow_commands
from closedform.errors import ClosedformError


def run(args: argparse.Namespace) -> int:
    """Check the files once; with ``--watch``, again whenever one is saved."""
    code = _check(args, args.files)
    if not args.watch:
        return code
    watched = [path for name in args.files if name != "-" for path in _documents(name)]

    def again(changed: list[Path]) -> None:
        _check(args, [str(path) for path in changed])
        sys.stdout.flush()

    sys.stdout.flush()
    with contextlib.suppress(KeyboardInterrupt):
        watch(watched, again)
    return code


def _check(args: argparse.Namespace, files: list[str]) -> int:
    found = [_report(path) for name in files for path in _documents(name)]
    reports = [report for report in found if report.error is None]
    if not reports and args.format not in ("json", "github"):
        return BAD_INPUT  # standard error says why
    counts = summary(reports)
    emit(
        args,
        text=lambda: "\n\n".join([*map(report_text, reports), summary_text(counts)]),
        latex=lambda: "\n\n".join(map(report_latex, reports)),
        markdown=lambda: "\n\n".join([*map(report_markdown, reports), summary_text(counts)]),
        data=lambda: {"files": [report.to_json() for report in found], "summary": counts},
        further={
            "github": lambda: "\n".join(
                [
                    *(line for report in found for line in workflow_commands(report)),
                    summary_text(counts),
                ]
            )
        },
    )
    return _code(reports, unreadable=len(reports) < len(found))


def _documents(name: str) -> list[str]:
    """The file itself, or the documents of a folder; an empty folder is a file with an error."""
    folder = Path(name)
    inside = [str(path) for path in documents_in(folder)] if folder.is_dir() else []
    return inside or [name]


def _report(path: str) -> FileReport:
    """The report on a file; one that cannot be read is said on standard error."""
    try:
        if Path(path).is_dir():
            raise UnreadableFile(path, "no document is in this folder")
        return check_file(path)
    except ClosedformError as error:
        sys.stderr.write(f"error: {error}\n")
        return FileReport(path, None, None, (), str(error))


def _code(reports: list[FileReport], *, unreadable: bool) -> int:
    """1 where a verdict other than the expected one is definite, then 2 for what cannot be read."""
    unexpected = {one.outcome for report in reports for one in report.claims if not one.ok}
    if unexpected & {"refuted", "proven"}:
        return REFUTED
    if unreadable or "errors" in unexpected:
        return BAD_INPUT
    return UNDECIDED if unexpected else EXPECTED
