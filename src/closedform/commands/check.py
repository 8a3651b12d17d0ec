"""``closedform check``: claims files, Markdown and LaTeX, checked in place."""

from __future__ import annotations

import argparse
import contextlib
import sys
from pathlib import Path

from closedform.commands.output import BAD_INPUT, EXPECTED, REFUTED, UNDECIDED, emit
from closedform.documents.checking import FileReport, check_file, summary
from closedform.documents.table import report_latex, report_markdown, report_text, summary_text
from closedform.documents.watch import watch
from closedform.errors import ClosedformError


def run(args: argparse.Namespace) -> int:
    """Check the files once; with ``--watch``, again whenever one is saved."""
    code = _check(args, args.files)
    if not args.watch:
        return code
    watched = [path for path in args.files if path != "-"]

    def again(changed: list[Path]) -> None:
        _check(args, [str(path) for path in changed])
        sys.stdout.flush()

    sys.stdout.flush()
    with contextlib.suppress(KeyboardInterrupt):
        watch(watched, again)
    return code


def _check(args: argparse.Namespace, files: list[str]) -> int:
    found = [_report(path) for path in files]
    reports = [report for report in found if report is not None]
    if not reports and args.format != "json":
        return BAD_INPUT  # standard error says why
    counts = summary(reports)
    emit(
        args,
        text=lambda: "\n\n".join([*map(report_text, reports), summary_text(counts)]),
        latex=lambda: "\n\n".join(map(report_latex, reports)),
        markdown=lambda: "\n\n".join([*map(report_markdown, reports), summary_text(counts)]),
        data=lambda: {"files": [report.to_json() for report in reports], "summary": counts},
    )
    return _code(reports, unreadable=None in found)


def _report(path: str) -> FileReport | None:
    """The report on a file; one that cannot be read is said on standard error."""
    try:
        return check_file(path)
    except ClosedformError as error:
        sys.stderr.write(f"error: {error}\n")
        return None


def _code(reports: list[FileReport], *, unreadable: bool) -> int:
    """1 where a verdict other than the expected one is definite, then 2 for what cannot be read."""
    unexpected = {one.outcome for report in reports for one in report.claims if not one.ok}
    if unexpected & {"refuted", "proven"}:
        return REFUTED
    if unreadable or "errors" in unexpected:
        return BAD_INPUT
    return UNDECIDED if unexpected else EXPECTED
