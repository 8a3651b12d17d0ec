"""A pytest plugin: ``pytest --closedform docs/`` checks the claims of documents as tests.

The option is off unless given; then every document that ``closedform check`` reads in a folder is
a group of tests, one a claim, and a claim whose verdict is not the expected one fails.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from closedform.documents.suffixes import is_document


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--closedform``."""
    parser.addoption(
        "--closedform", action="store_true", help="check the claims of documents with closedform"
    )


def pytest_collect_file(parent: pytest.Collector, file_path: Path) -> pytest.Collector | None:
    """Collect documents when the option is on."""
    if not parent.config.getoption("--closedform") or not is_document(file_path):
        return None
    return ClaimsFile.from_parent(parent, path=file_path)


class ClaimsFile(pytest.File):
    """A document with its claims."""

    def collect(self) -> Iterator[pytest.Item]:
        """One test a claim."""
        # Loaded only here: pytest imports every plugin, and most runs hold no claims.
        reader = importlib.import_module("closedform.documents.reader")
        place_of = importlib.import_module("closedform.documents.claim").place_of
        errors = importlib.import_module("closedform.errors")
        try:
            claims = reader.read_file(self.path).claims
        except errors.ClosedformError as error:
            raise self.CollectError(str(error)) from None
        for claim in claims:
            name = claim.id or place_of(claim)
            yield ClaimItem.from_parent(self, name=name, claim=claim)


class ClaimItem(pytest.Item):
    """One claim; passes when its verdict is the expected one."""

    def __init__(self, *, claim: Any, **options: Any) -> None:
        super().__init__(**options)
        self.claim = claim

    def runtest(self) -> None:
        """Verify the claim; fail with the verdict where it is not the expected one."""
        checking = importlib.import_module("closedform.documents.checking")
        checked = checking.check_claim(self.claim)
        if not checked.ok:
            raise UnexpectedVerdict(checked)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> str:  # type: ignore[override]
        """The verdict, without a traceback."""
        if isinstance(excinfo.value, UnexpectedVerdict):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the claim stands."""
        return self.path, self.claim.line - 1, f"{self.path.name}: {self.name}"


class UnexpectedVerdict(Exception):
    """A claim whose verdict is not the expected one."""

    def __init__(self, checked: Any) -> None:
        told = checked.error if checked.verdict is None else str(checked.verdict)
        place = importlib.import_module("closedform.documents.claim").place_of(checked)
        super().__init__(f"{place}, expected {checked.expect}\n{told}")
