"""The pytest plugin: documents as tests, only when asked for."""

from __future__ import annotations

import json
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
    cell = {"cell_type": "code", "source": "x\n# closedform: params(conv)\nk*M*N"}
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    run = pytest_run(tmp_path, "--closedform")
    assert run.returncode == 1
    assert "2 failed, 1 passed" in run.stdout
    assert "cell 1, line 2, expected proven\nrefuted" in run.stdout


def test_without_the_option_documents_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text(NOTES, encoding="utf-8")
    assert pytest_run(tmp_path).returncode == 5


def test_a_claim_is_verified_when_its_test_runs(tmp_path: Path) -> None:
    (tmp_path / "notes.qmd").write_text(NOTES, encoding="utf-8")
    (tmp_path / "conftest.py").write_text(
        "import sys\n"
        "def pytest_collection_finish(session):\n"
        "    print('verified:', 'closedform.documents.checking' in sys.modules)\n",
        encoding="utf-8",
    )
    run = pytest_run(tmp_path, "--closedform", "-s")
    assert "verified: False" in run.stdout
    assert "1 failed, 1 passed" in run.stdout


def test_a_toml_file_without_claims_is_no_test(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    assert pytest_run(tmp_path, "--closedform").returncode == 5
