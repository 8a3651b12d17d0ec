"""The forms of a check's report: what each shows of a claim, and how files of claims make the rest.

What is shown of a claim is made by the process that checks it, and a form that prints claim by
claim holds none: a file may have a hundred thousand of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import quote

from closedform._version import __version__
from closedform.documents.checking import Checked, FileReport, Heading, Tally
from closedform.documents.table import (
    latex_row,
    markdown_row,
    report_latex,
    report_markdown,
    report_text,
    summary_text,
    text_row,
)
from closedform.later import json

#: Each file with what is shown of its claims, which are checked as they are asked for.
Files: TypeAlias = Iterable[tuple[Heading, Iterable[Any]]]


class Form(NamedTuple):
    """What is shown of a claim, and the pieces of the whole report, in order.

    ``in_lines``: what is shown depends on how wide a ``line`` is, in points.
    """

    row: Callable[..., Any]
    pieces: Callable[[Files, Tally], Iterator[str]]
    in_lines: bool = False


def _by_file(report: Callable[[Heading, Sequence[Any]], str], *, counted: bool) -> Any:
    """The pieces of a form that shows a file as a whole; none where no file can be read."""

    def pieces(files: Files, tally: Tally) -> Iterator[str]:
        between = ""
        for heading, rows in files:
            if heading.error is None:  # which standard error says
                yield between + report(heading, [*rows])
                between = "\n\n"
        if counted and between:
            yield between + summary_text(tally.counts)

    return pieces


def _text(files: Files, tally: Tally) -> Iterator[str]:
    """The same line by line; the widths of the columns are those of a whole file."""
    read = False
    for heading, rows in files:
        if heading.error is None:
            yield from (f"{line}\n" for line in report_text(heading, rows))
            yield "\n"
            read = True
    if read:
        yield summary_text(tally.counts)


def _unexpected(checked: Checked) -> Checked | None:
    """The claim itself, where something is said of it."""
    return None if checked.ok else checked.settled()


def _reports(files: Files) -> Iterator[FileReport]:
    """The files with the claims that are not as expected."""
    for heading, rows in files:
        claims = tuple(row for row in rows if row is not None)
        yield FileReport(heading.file, error=heading.error, claims=claims)


def _github(files: Files, tally: Tally) -> Iterator[str]:
    for report in _reports(files):
        yield from (f"{command}\n" for command in workflow_commands(report))
    yield summary_text(tally.counts)


def _json_row(checked: Checked) -> str:
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
    "text": Form(text_row, _text),
    "latex": Form(latex_row, _by_file(report_latex, counted=False), in_lines=True),
    "markdown": Form(markdown_row, _by_file(report_markdown, counted=True)),
    "json": Form(_json_row, _json),
    "github": Form(_unexpected, _github),
    "sarif": Form(
        _unexpected, lambda files, _: iter([json.dumps(sarif(_reports(files)), indent=2)])
    ),
}


def _told(checked: Checked) -> tuple[str, str]:
    """How grave it is that a claim is not as expected, and what is said of it."""
    level = "warning" if checked.outcome == "undecided" else "error"
    return level, checked.error or "" if checked.verdict is None else str(checked.verdict)


# -- annotations of GitHub Actions

_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def workflow_commands(report: FileReport) -> list[str]:
    """One workflow command for each claim that is not as expected, and for an unreadable file."""
    if report.error is not None:
        return [_command("error", report.file, 1, 1, "unreadable", report.error)]
    return [_annotation(report.file, checked) for checked in report.claims if not checked.ok]


def _annotation(file: str, claim: Checked) -> str:
    level, said = _told(claim)
    title = (
        f"expected {claim.expect}, found {'an error' if claim.verdict is None else claim.outcome}"
    )
    return _command(level, file, claim.line, claim.end, title, said)


def _command(level: str, file: str, line: int, end: int, title: str, said: str) -> str:
    place = f"file={file.translate(_PROPERTY)},line={line},endLine={end}"
    return f"::{level} {place},title={title.translate(_PROPERTY)}::{said.translate(_DATA)}"


# -- a log in SARIF 2.1.0, for code hosts

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_RULES = {
    "refuted": "a claim that is refuted",
    "proven": "a claim that is proven and was expected not to be",
    "undecided": "a claim that is undecided",
    "errors": "a claim or a file that cannot be read",
}


def sarif(reports: Iterable[FileReport]) -> dict[str, object]:
    """One run with a result for each claim that is not as expected, and each unreadable file."""
    results: list[dict[str, object]] = []
    for report in reports:
        if report.error is not None:
            results.append(_result("errors", "error", report.error, report.file, 1, 1))
        results += [_claim(report.file, checked) for checked in report.claims if not checked.ok]
    rules = [{"id": name, "shortDescription": {"text": text}} for name, text in _RULES.items()]
    driver = {"name": "closedform", "version": __version__, "rules": rules}
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
    }


def _claim(file: str, checked: Checked) -> dict[str, object]:
    level, said = _told(checked)
    return _result(checked.outcome, level, said, file, checked.line, checked.end)


def _result(rule: str, level: str, said: str, file: str, line: int, end: int) -> dict[str, object]:
    place = {
        "artifactLocation": {"uri": quote(file.replace("\\", "/"))},
        "region": {"startLine": line, "endLine": end},
    }
    return {
        "ruleId": rule,
        "level": level,
        "message": {"text": said},
        "locations": [{"physicalLocation": place}],
    }
