"""The pytest plugin: documents as tests, only when asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

NOTES = (
    "<!-- closedform: params(conv) -->\n$k^2 M N$\n\n<!-- closedform: params(conv) -->\n$k M N$\n"
)


def pytest_run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options, str(folder)],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )


def test_claims_are_tests(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text(NOTES, encoding="utf-8")
    found = pytest_run(tmp_path, "--closedform")
    assert found.returncode == 1
    assert "1 failed, 1 passed" in found.stdout
    assert "refuted" in found.stdout


def test_without_the_option_documents_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text(NOTES, encoding="utf-8")
    assert pytest_run(tmp_path).returncode == 5
