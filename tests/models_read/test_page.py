"""The examples of the page that need the extras print what the page says they print."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from tests.tools.examples import ROOT, run_page

pytest.importorskip("torch")
pytest.importorskip("onnx")


@pytest.mark.parametrize("page", ["from-a-model.md"])
def test_a_page_shows_what_is_printed(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shown, real = [], []
    for block, truth in run_page(ROOT / "docs" / page, tmp_path, extras=True):
        shown += [f"--- line {block.first + 1} ---", *block.lines]
        real += [f"--- line {block.first + 1} ---", *truth.lines]
    assert len(shown) > 20
    assert "\n".join(difflib.unified_diff(shown, real, "on the page", "printed", n=1)) == ""
