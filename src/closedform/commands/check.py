"""``closedform check``: claims files, Markdown and LaTeX, checked in place."""

from __future__ import annotations

import argparse
import concurrent.futures
import contextlib
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from closedform.commands.output import BAD_INPUT, EXPECTED, REFUTED, UNDECIDED, emit
from closedform.documents.checking import Checked, Each, FileReport, check_file, summary
from closedform.documents.sarif import sarif
from closedform.documents.suffixes import documents
from closedform.documents.table import report_latex, report_markdown, report_text, summary_text
from closedform.documents.watch import watch
from closedform.documents.workflow_commands import workflow_commands
from closedform.errors import ClosedformError
from closedform.files import UnreadableFile
from closedform.own_layers import load_files

#: So many claims go to a process at once: a message costs as much as a claim.
CHUNK = 64
#: Seconds of silence, after which a terminal is told how far the check is.
PATIENCE = 1.0


def run(args: argparse.Namespace) -> int:
    """Check the files once; with ``--watch``, again whenever one is saved."""
    if not args.jobs.isdecimal():
        raise ClosedformError("--jobs is a number of processes", "write --jobs 4, or 0 for all")
    code = _check(args, args.files)
    if not args.watch:
        return code
    watched = [path for name in args.files if name != "-" for path in documents(name)]

    def again(changed: list[Path]) -> None:
        _check(args, [str(path) for path in changed])
        sys.stdout.flush()

    sys.stdout.flush()
    with contextlib.suppress(KeyboardInterrupt):
        watch(watched, again)
    return code


def _check(args: argparse.Namespace, files: list[str]) -> int:
    paths = [path for name in files for path in documents(name)]
    with _processes(int(args.jobs), args.own) as each:
        all_reports = [_report(path, each) for path in paths]
    reports = [report for report in all_reports if report.error is None]
    if not reports and args.format in ("text", "latex", "markdown"):
        return BAD_INPUT  # standard error says why
    counts = summary(reports)
    emit(
        args,
        text=lambda: "\n\n".join([*map(report_text, reports), summary_text(counts)]),
        latex=lambda: "\n\n".join(map(report_latex, reports)),
        markdown=lambda: "\n\n".join([*map(report_markdown, reports), summary_text(counts)]),
        data=lambda: {"files": [report.to_json() for report in all_reports], "summary": counts},
        further={
            "github": lambda: "\n".join(
                [*chain(*map(workflow_commands, all_reports)), summary_text(counts)]
            ),
            "sarif": lambda: json.dumps(sarif(all_reports), indent=2),
        },
    )
    return _code(reports, unreadable=len(reports) < len(all_reports))


@contextlib.contextmanager
def _processes(jobs: int, own: list[str]) -> Iterator[Each]:
    """How the claims are checked: one after the other, or by so many processes."""
    if jobs == 1:
        yield lambda check, claims: _told(map(check, claims))
        return
    most = os.cpu_count() or 1  # more of them would only wait for each other
    with concurrent.futures.ProcessPoolExecutor(
        min(jobs or most, most), initializer=load_files, initargs=(own,)
    ) as pool:
        yield lambda check, claims: _told(pool.map(check, claims, chunksize=CHUNK))


def _told(checked: Iterable[Checked]) -> Iterator[Checked]:
    """The claims as they come; a terminal that waits for long is told how many there were."""
    start, told = time.monotonic(), False
    for number, claim in enumerate(checked, start=1):
        if sys.stderr.isatty() and time.monotonic() - start > PATIENCE:
            sys.stderr.write(f"\r{number} claims …")
            sys.stderr.flush()
            start, told = time.monotonic(), True
        yield claim
    if told:
        sys.stderr.write("\r\x1b[K")


def _report(path: str, each: Each) -> FileReport:
    """The report on a file; one that cannot be read is said on standard error."""
    try:
        if Path(path).is_dir():
            raise UnreadableFile(path, "no document is in this folder")
        return check_file(path, each=each)
    except ClosedformError as error:
        sys.stderr.write(f"error: {error}\n")
        return FileReport(path, None, None, (), str(error))


def _code(reports: list[FileReport], *, unreadable: bool) -> int:
    """1 where a verdict other than the expected one is definite, then 2 for what cannot be read."""
    unexpected = {claim.outcome for report in reports for claim in report.claims if not claim.ok}
    if unexpected & {"refuted", "proven"}:
        return REFUTED
    if unreadable or "errors" in unexpected:
        return BAD_INPUT
    return UNDECIDED if unexpected else EXPECTED
