"""A check's report as annotations of GitHub Actions: workflow commands."""

from __future__ import annotations

from collections.abc import Iterable

from closedform.documents.checking import Checked, Heading

_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def workflow_commands(heading: Heading, claims: Iterable[Checked]) -> list[str]:
    """One workflow command for each claim that is not as expected, and for an unreadable file."""
    if heading.error is not None:
        return [_command("error", heading.file, 1, 1, "unreadable", heading.error)]
    return [_annotation(heading.file, claim) for claim in claims]


def _annotation(file: str, claim: Checked) -> str:
    level, said = claim.told
    title = (
        f"expected {claim.expect}, found {'an error' if claim.verdict is None else claim.outcome}"
    )
    return _command(level, file, claim.line, claim.end, title, said)


def _command(level: str, file: str, line: int, end: int, title: str, said: str) -> str:
    place = f"file={file.translate(_PROPERTY)},line={line},endLine={end}"
    return f"::{level} {place},title={title.translate(_PROPERTY)}::{said.translate(_DATA)}"
