"""``closedform scan``: the formulas of a document that no directive governs yet."""

from __future__ import annotations

import argparse
import sys

from closedform.commands.output import BAD_INPUT, EXPECTED, emit
from closedform.documents.scanning import Candidate, Scan, scan_file
from closedform.documents.suffixes import documents
from closedform.documents.table import shortened
from closedform.errors import ClosedformError, printable
from closedform.typeset.escapes import latex_code, markdown_code, markdown_words
from closedform.typeset.grids import aligned, markdown_grid

#: Further costs that a formula equals are told up to this many.
_ALSO = 3
_HEAD = ("line", "formula", "is", "directive")


def run(args: argparse.Namespace) -> int:
    """Print what can be the cost of something, file by file."""
    paths = [path for name in args.files for path in documents(name)]
    found = [scan for path in paths if (scan := _scan(path)) is not None]
    if not found and args.format != "json":
        return BAD_INPUT  # standard error says why
    emit(
        args,
        text=lambda: "\n\n".join(map(_text, found)),
        latex=lambda: "\n\n".join(map(_latex, found)),
        markdown=lambda: "\n\n".join(map(_markdown, found)),
        data=lambda: {"files": [scan.to_json() for scan in found]},
    )
    return EXPECTED if len(found) == len(paths) else BAD_INPUT


def _scan(name: str) -> Scan | None:
    try:
        return scan_file(name)
    except ClosedformError as error:
        sys.stderr.write(f"error: {error}\n")
        return None


def _text(scan: Scan) -> str:
    found = scan.candidates
    rows = aligned([(str(one.line), shortened(one.text), one.directive) for one in found])
    indent = " " * (4 + max((len(str(one.line)) for one in found), default=0))
    lines = [printable(scan.file), ""]
    for row, one in zip(rows, found, strict=True):
        lines += [f"  {row}", *([f"{indent}also {_also(one)}"] if one.equals[1:] else [])]
    return "\n".join([*lines, *([""] if rows else []), _summary(scan)])


def _markdown(scan: Scan) -> str:
    rows = [
        (str(one.line), *map(markdown_code, (shortened(one.text), one.equals[0], one.directive)))
        for one in scan.candidates
    ]
    grid = markdown_grid(_HEAD, rows, right={0})
    return f"## {markdown_words(scan.file)}\n\n{grid}\n\n{_summary(scan)}"


def _latex(scan: Scan) -> str:
    items = [
        rf"\item line {one.line}: {latex_code(shortened(one.text))} is {latex_code(one.equals[0])}"
        for one in scan.candidates
    ]
    if not items:
        return _summary(scan)
    return "\n".join([latex_code(scan.file), r"\begin{itemize}", *items, r"\end{itemize}"])


def _also(one: Candidate) -> str:
    more = len(one.equals) - 1 - _ALSO
    return ", ".join(one.equals[1 : 1 + _ALSO]) + (f", … ({more} more)" if more > 0 else "")


def _summary(scan: Scan) -> str:
    found = len(scan.candidates)
    of = f"{scan.formulas} formula{'s' * (scan.formulas != 1)} without a directive"
    return f"{of}: {found} can be the cost of a layer"
