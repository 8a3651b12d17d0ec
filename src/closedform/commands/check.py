"""``closedform check``: claims files, Markdown and LaTeX, checked in place."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from closedform.commands.output import (
    emit_pieces,
    exit_code,
    in_columns,
)
from closedform.documents.checking import Heading, Row, Tally, rows_of
from closedform.documents.claim import Each, given_up
from closedform.documents.reader import read_file
from closedform.documents.reports.forms import FORMS
from closedform.documents.suffixes import documents
from closedform.documents.watch import saved
from closedform.errors import ClosedformError
from closedform.later import Later
from closedform.own_layers import load_files
from closedform.typeset.notation import SOURCE

if TYPE_CHECKING:
    from concurrent import futures
    from concurrent.futures import ProcessPoolExecutor
else:  # most files have few claims
    futures = Later("concurrent.futures")

#: A file of so many parts is shared by all processors: before, they start as long as they work.
ENOUGH = 32
#: Seconds of silence, after which a terminal is told how far the check is.
PATIENCE = 1.0


def run(args: argparse.Namespace) -> int:
    """Check the files once; with ``--watch``, again whenever one is saved."""
    if args.jobs and not args.jobs.isdecimal():
        raise ClosedformError("--jobs is a number of processes", "write --jobs 4, or 0 for all")
    code = _check(args, args.files)
    if not args.watch:
        return code
    watched = [Path(path) for name in args.files if name != "-" for path in documents(name)]
    sys.stdout.flush()
    with contextlib.suppress(KeyboardInterrupt):
        for changed in saved(watched):
            _check(args, [str(path) for path in changed])
            sys.stdout.flush()
    return code


def _check(args: argparse.Namespace, files: list[str]) -> int:
    form, tally = FORMS[args.format], Tally()
    line = in_columns(args, SOURCE).line
    show = partial(form.row, line=line) if form.in_lines else form.row
    unreadable: list[str] = []
    with _processes(args.jobs, args.own) as each:

        def read() -> Iterator[tuple[Heading, Iterator[Any]]]:
            for path in (path for name in files for path in documents(name)):
                heading, parts = _opened(path, each)
                unreadable.extend([path] if heading.error is not None else [])
                checked = each(partial(rows_of, show), parts)
                yield heading, _shown(chain.from_iterable(checked), tally)

        emit_pieces(args, form.pieces(read(), tally))
    return exit_code([*tally.unexpected, *("errors" for _ in unreadable)])


@contextlib.contextmanager
def _processes(asked: str, own: list[str]) -> Iterator[Each]:
    """How the parts of files are gone through: one after the other, or by so many processes.

    The processes are started when there is first enough for them to do.
    """
    most = os.cpu_count() or 1  # more of them would only wait for each other
    jobs = min(int(asked or 0) or most, most)
    pool: ProcessPoolExecutor | None = None

    def each(work: Callable[[Any], Any], parts: list[Any]) -> Iterable[Any]:
        nonlocal pool
        if jobs == 1 or not parts or (not asked and len(parts) < ENOUGH):
            return map(work, given_up(parts))
        if pool is None:
            pool = opened.enter_context(
                futures.ProcessPoolExecutor(jobs, initializer=load_files, initargs=(own,))
            )
        return pool.map(work, given_up(parts))

    with contextlib.ExitStack() as opened:
        yield each


def _shown(rows: Iterable[Row], tally: Tally) -> Iterator[Any]:
    """What is shown of the claims, as they come and are counted.

    A terminal that waits for long is told how many there were.
    """
    start, told = time.monotonic(), False
    for number, row in enumerate(rows, start=1):
        if time.monotonic() - start > PATIENCE and sys.stderr.isatty():
            sys.stderr.write(f"\r{number} claims …")
            sys.stderr.flush()
            start, told = time.monotonic(), True
        tally.add(row.outcome, ok=row.ok)
        yield row.shown
    if told:
        sys.stderr.write("\r\x1b[K")


def _opened(path: str, each: Each) -> tuple[Heading, list[bytes]]:
    """A file's heading, its claims in parts; one that cannot be read is said on standard error."""
    try:
        read = read_file(path, each=each)
    except ClosedformError as error:
        sys.stderr.write(f"error: {error}\n")
        return Heading(path, error=str(error)), []
    return Heading(path, read.title, read.source), read.parts
