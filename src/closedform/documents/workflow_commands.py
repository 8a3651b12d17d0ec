"""The claims that are not as expected, as annotations of GitHub Actions."""

from __future__ import annotations

from closedform.documents.checking import Checked, FileReport

_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def workflow_commands(report: FileReport) -> list[str]:
    """One workflow command for each claim that is not as expected, and for an unreadable file."""
    if report.error is not None:
        return [_command("error", report.file, 1, 1, "unreadable", report.error)]
    return [_annotation(report.file, checked) for checked in report.claims if not checked.ok]


def _annotation(file: str, claim: Checked) -> str:
    level = "warning" if claim.outcome == "undecided" else "error"
    said = claim.error or "" if claim.verdict is None else str(claim.verdict)
    title = (
        f"expected {claim.expect}, found {'an error' if claim.verdict is None else claim.outcome}"
    )
    return _command(level, file, claim.line, claim.end, title, said)


def _command(level: str, file: str, line: int, end: int, title: str, said: str) -> str:
    place = f"file={file.translate(_PROPERTY)},line={line},endLine={end}"
    return f"::{level} {place},title={title.translate(_PROPERTY)}::{said.translate(_DATA)}"
