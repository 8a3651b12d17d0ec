"""The notebooks of the documentation: executed anew they say what they say, and render."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter

PICTURES = ("image/", "application/pdf")
EXAMPLES = sorted((Path(__file__).parents[2] / "docs/examples").glob("*.ipynb"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_a_notebook_says_what_it_says(path: Path, tmp_path: Path) -> None:
    stored = nbformat.read(path, as_version=4)
    fresh = copy.deepcopy(stored)
    resources = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(fresh, timeout=120, kernel_name="python3", resources=resources).execute()
    assert list(map(_said, fresh.cells)) == list(map(_said, stored.cells))
    page, _ = HTMLExporter().from_notebook_node(fresh)
    assert "image/svg+xml" in page
    assert "Traceback" not in page


def test_there_is_one() -> None:
    assert EXAMPLES


def _said(cell: Any) -> list[object]:
    """What a cell prints, without its pictures: these are Matplotlib's."""
    return [
        {kind: data for kind, data in out.get("data", {}).items() if not kind.startswith(PICTURES)}
        or out.get("text")
        for out in cell.get("outputs", [])
    ]
