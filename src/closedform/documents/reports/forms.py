"""The forms of a check's report: what each shows of a claim, and how files of claims make the rest.

What is shown of a claim is made by the process that checks it, and a form that prints claim by
claim holds none: a file may have a hundred thousand of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

from closedform.documents.checking import Checked, Heading, Tally
from closedform.documents.reports.annotations import sarif, workflow_commands
from closedform.documents.reports.table import (
    latex_row,
    markdown_row,
    report_latex,
    report_markdown,
    report_text,
    summary_text,
    text_row,
)
from closedform.later import json
from closedform.records import NamedTuple

#: Each file with what is shown of its claims, which are checked as they are asked for.
Files: TypeAlias = Iterable[tuple[Heading, Iterable[Any]]]


class Form(NamedTuple):
    """What is shown of a claim, and the pieces of the whole report, in order.

    ``in_lines``: what is shown depends on how wide a ``line`` is, in points.
    """

    row: Callable[..., Any]
    pieces: Callable[[Files, Tally], Iterator[str]]
    in_lines: bool = False


def _by_file(report: Callable[[Heading, Any], Iterable[str]], *, counted: bool) -> Any:
    """The lines of a form that shows file after file; none where no file can be read."""

    def pieces(files: Files, tally: Tally) -> Iterator[str]:
        between = ""
        for heading, rows in files:
            if heading.error is None:  # which standard error says
                for line in report(heading, rows):
                    yield between + line
                    between = "\n"
                between = "\n\n"
        if counted and between:
            yield between + summary_text(tally.counts)

    return pieces


def _unexpected(checked: Checked) -> Checked | None:
    """The claim itself, where something is said of it."""
    return None if checked.ok else checked.settled()


def _github(files: Files, tally: Tally) -> Iterator[str]:
    for heading, rows in files:
        yield from (f"{said}\n" for said in workflow_commands(heading, filter(None, rows)))
    yield summary_text(tally.counts)


def _sarif(files: Files, _: Tally) -> Iterator[str]:
    log = sarif((heading, filter(None, rows)) for heading, rows in files)
    yield json.dumps(log, indent=2)


def _json_row(checked: Checked) -> str:  # by name: processes are sent it
    return _laid_out(checked.to_json(), 8)


def _json(files: Files, tally: Tally) -> Iterator[str]:
    """The same text as that of one table with everything in it."""
    yield '{\n  "files": ['
    next_file = "\n"
    for heading, rows in files:
        yield f'{next_file}    {{\n      "file": {_laid_out(heading.file, 6)},\n      "claims": ['
        next_row = "\n"
        for row in rows:
            yield f"{next_row}        {row}"
            next_row = ",\n"
        yield "]" if next_row == "\n" else "\n      ]"
        if heading.error is not None:
            yield f',\n      "error": {_laid_out(heading.error, 6)}'
        yield "\n    }"
        next_file = ",\n"
    yield "]" if next_file == "\n" else "\n  ]"
    yield f',\n  "summary": {_laid_out(tally.counts, 2)}\n}}'


def _laid_out(data: object, indent: int) -> str:
    """Data as JSON that stands so far from the margin."""
    written: str = json.dumps(data, indent=2, ensure_ascii=False)
    return written.replace("\n", "\n" + " " * indent)


#: Every form by what ``--format`` calls it.
FORMS = {
    "text": Form(text_row, _by_file(report_text, counted=True)),
    "latex": Form(latex_row, _by_file(report_latex, counted=False), in_lines=True),
    "markdown": Form(markdown_row, _by_file(report_markdown, counted=True)),
    "json": Form(_json_row, _json),
    "github": Form(_unexpected, _github),
    "sarif": Form(_unexpected, _sarif),
}
