"""``closedform check``: claims files, Markdown and LaTeX, checked in place."""

from __future__ import annotations

import argparse
import concurrent.futures
import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from closedform.commands.output import (
    BAD_INPUT,
    EXPECTED,
    REFUTED,
    UNDECIDED,
    emit_pieces,
    in_columns,
)
from closedform.documents.checking import Heading, Row, Tally, row_of
from closedform.documents.claim import Problem, QuotedClaim
from closedform.documents.forms import FORMS
from closedform.documents.reader import read_file
from closedform.documents.suffixes import documents
from closedform.documents.watch import watch
from closedform.errors import ClosedformError
from closedform.own_layers import load_files
from closedform.typeset.notation import SOURCE

#: So many claims go to a process at once: a message costs as much as a claim.
CHUNK = 64
#: Seconds of silence, after which a terminal is told how far the check is.
PATIENCE = 1.0

_Items: TypeAlias = "Sequence[QuotedClaim | Problem]"
#: How the claims are gone through: ``map``, or the ``map`` of a pool of processes.
Each: TypeAlias = "Callable[[Callable[[QuotedClaim | Problem], Row], _Items], Iterable[Row]]"


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
    form, tally = FORMS[args.format], Tally()
    line = in_columns(args, SOURCE).line
    show = partial(form.row, line=line) if form.in_lines else form.row
    unreadable: list[str] = []
    with _processes(int(args.jobs), args.own) as each:

        def read() -> Iterator[tuple[Heading, Iterator[Any]]]:
            for path in (path for name in files for path in documents(name)):
                heading, claims = _opened(path)
                unreadable.extend([path] if heading.error is not None else [])
                yield heading, _shown(each(partial(row_of, show), claims), tally)

        emit_pieces(args, form.pieces(read(), tally))
    return _code(tally.unexpected | ({"errors"} if unreadable else set()))


@contextlib.contextmanager
def _processes(jobs: int, own: list[str]) -> Iterator[Each]:
    """How the claims are checked: one after the other, or by so many processes."""
    if jobs == 1:
        yield map
        return
    most = os.cpu_count() or 1  # more of them would only wait for each other
    with concurrent.futures.ProcessPoolExecutor(
        min(jobs or most, most), initializer=load_files, initargs=(own,)
    ) as pool:
        yield lambda check, claims: pool.map(check, claims, chunksize=CHUNK)


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


def _opened(path: str) -> tuple[Heading, _Items]:
    """A file and its claims; one that cannot be read is said on standard error."""
    try:
        document = read_file(path)
    except ClosedformError as error:
        sys.stderr.write(f"error: {error}\n")
        return Heading(path, error=str(error)), ()
    return Heading(path, document.title, document.source), document.claims


def _code(unexpected: set[str]) -> int:
    """1 where a verdict other than the expected one is definite, then 2 for what cannot be read."""
    if unexpected & {"refuted", "proven"}:
        return REFUTED
    if "errors" in unexpected:
        return BAD_INPUT
    return UNDECIDED if unexpected else EXPECTED
