"""A check's report for code hosts: SARIF 2.1.0, and workflow commands of GitHub Actions."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from closedform._version import __version__
from closedform.documents.checking import Checked, Heading
from closedform.documents.claim import place_of

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_RULES = {
    "refuted": "a claim that is refuted",
    "proven": "a claim that is proven and was expected not to be",
    "undecided": "a claim that is undecided",
    "errors": "a claim or a file that cannot be read",
}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def sarif(files: Iterable[tuple[Heading, Iterable[Checked]]]) -> dict[str, object]:
    """One run with a result for each claim that is not as expected, and each unreadable file."""
    results: list[dict[str, object]] = []
    for heading, claims in files:
        if heading.error is not None:
            results.append(_result("errors", "error", heading.error, heading.file, 1, 1))
        results += [
            _result(c.outcome, *c.told, heading.file, c.line, c.end, place_of(c) if c.cell else "")
            for c in claims
        ]
    rules = [{"id": name, "shortDescription": {"text": text}} for name, text in _RULES.items()]
    driver = {"name": "closedform", "version": __version__, "rules": rules}
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
    }


def _result(
    rule: str, level: str, said: str, file: str, line: int, end: int, cell: str = ""
) -> dict[str, object]:
    artifact = {"uri": quote(file.replace("\\", "/"))}
    region = {"startLine": line, "endLine": end}
    place = {"physicalLocation": {"artifactLocation": artifact, "region": region}}
    named = {"logicalLocations": [{"fullyQualifiedName": cell}]} if cell else {}
    said = f"{cell}: {said}" if cell else said
    located = [{**place, **named}]
    return {"ruleId": rule, "level": level, "message": {"text": said}, "locations": located}


def workflow_commands(heading: Heading, claims: Iterable[Checked]) -> list[str]:
    """One workflow command for each claim that is not as expected, and for an unreadable file."""
    if heading.error is not None:
        return [_command("error", heading.file, 1, 1, "unreadable", heading.error)]
    return [_annotation(heading.file, claim) for claim in claims]


def _annotation(file: str, claim: Checked) -> str:
    level, said = claim.told
    ended = "an error" if claim.verdict is None else claim.outcome
    title = f"{place_of(claim)}: " * bool(claim.cell) + f"expected {claim.expect}, found {ended}"
    return _command(level, file, claim.line, claim.end, title, said)


def _command(level: str, file: str, line: int, end: int, title: str, said: str) -> str:
    place = f"file={file.translate(_PROPERTY)},line={line},endLine={end}"
    return f"::{level} {place},title={title.translate(_PROPERTY)}::{said.translate(_DATA)}"
