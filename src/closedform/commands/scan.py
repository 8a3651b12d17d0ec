"""``closedform scan``: the formulas of a document that no directive governs yet."""

from __future__ import annotations

import argparse
import sys

from closedform.commands.output import BAD_INPUT, EXPECTED, emit, in_columns
from closedform.documents.claim import place_of
from closedform.documents.reports.table import WIDEST, shortened
from closedform.documents.scanning import Candidate, ScannedFile, scan_file
from closedform.documents.suffixes import documents
from closedform.errors import ClosedformError, printable
from closedform.typeset.escapes import latex_code, markdown_code, markdown_words
from closedform.typeset.grids import aligned, markdown_grid
from closedform.typeset.line_breaks import ITEM
from closedform.typeset.notation import SOURCE
from closedform.typeset.width import LETTER

#: Further costs that a formula equals are told up to this many.
_ALSO = 3
_HEAD = ("line", "formula", "is", "directive")


def run(args: argparse.Namespace) -> int:
    """Print what can be the cost of something, file by file."""
    paths = [path for name in args.files for path in documents(name)]
    scans = [scan for path in paths if (scan := _scan(path)) is not None]
    if not scans and args.format != "json":
        return BAD_INPUT  # standard error says why
    emit(
        args,
        text=lambda: "\n\n".join(map(_text, scans)),
        latex=lambda: "\n\n".join(_latex(scan, in_columns(args, SOURCE).line) for scan in scans),
        markdown=lambda: "\n\n".join(map(_markdown, scans)),
        data=lambda: {"files": [scan.to_json() for scan in scans]},
    )
    return EXPECTED if len(scans) == len(paths) else BAD_INPUT


def _scan(name: str) -> ScannedFile | None:
    try:
        return scan_file(name)
    except ClosedformError as error:
        sys.stderr.write(f"error: {error}\n")
        return None


def _text(scan: ScannedFile) -> str:
    candidates = scan.candidates
    rows = aligned([(_at(hit), shortened(hit.text), hit.directive) for hit in candidates])
    indent = " " * (4 + max((len(_at(hit)) for hit in candidates), default=0))
    lines = [printable(scan.file), ""]
    for row, hit in zip(rows, candidates, strict=True):
        more = len(hit.equals) - 1 - _ALSO
        also = ", ".join(hit.equals[1 : 1 + _ALSO]) + (f", … ({more} more)" if more > 0 else "")
        lines += [f"  {row}", *([f"{indent}also {also}"] if also else [])]
    return "\n".join([*lines, *([""] if rows else []), _summary(scan)])


def _markdown(scan: ScannedFile) -> str:
    rows = [
        (_at(hit), *map(markdown_code, (shortened(hit.text), hit.equals[0], hit.directive)))
        for hit in scan.candidates
    ]
    grid = markdown_grid(_HEAD, rows, right={0})
    return f"## {markdown_words(scan.file)}\n\n{grid}\n\n{_summary(scan)}"


def _latex(scan: ScannedFile, line: float) -> str:
    """A list for a paper with so wide a line: ragged, as nothing typed is broken but at spaces."""
    widest = min(WIDEST, int((line - ITEM) / LETTER))
    items = [
        rf"\item {place_of(hit)}: {latex_code(shortened(hit.text, widest))} "
        f"is {latex_code(hit.equals[0])}"
        for hit in scan.candidates
    ]
    if not items:
        return _summary(scan)
    begin, end = r"\begin{itemize}\raggedright", r"\end{itemize}"
    return "\n".join([latex_code(scan.file), begin, *items, end])


def _at(hit: Candidate) -> str:
    return place_of(hit).removeprefix("line ")


def _summary(scan: ScannedFile) -> str:
    count = len(scan.candidates)
    of = f"{scan.formulas} formula{'s' * (scan.formulas != 1)} without a directive"
    return f"{of}: {count} can be the cost of a layer"
