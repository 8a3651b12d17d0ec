"""A check's report as a log in SARIF 2.1.0, for code hosts."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from closedform._version import __version__
from closedform.documents.checking import Checked, Heading

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_RULES = {
    "refuted": "a claim that is refuted",
    "proven": "a claim that is proven and was expected not to be",
    "undecided": "a claim that is undecided",
    "errors": "a claim or a file that cannot be read",
}


def sarif(files: Iterable[tuple[Heading, Iterable[Checked]]]) -> dict[str, object]:
    """One run with a result for each claim that is not as expected, and each unreadable file."""
    results: list[dict[str, object]] = []
    for heading, claims in files:
        if heading.error is not None:
            results.append(_result("errors", "error", heading.error, heading.file, 1, 1))
        results += [_claim(heading.file, checked) for checked in claims]
    rules = [{"id": name, "shortDescription": {"text": text}} for name, text in _RULES.items()]
    driver = {"name": "closedform", "version": __version__, "rules": rules}
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
    }


def _claim(file: str, checked: Checked) -> dict[str, object]:
    level, said = checked.told
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
