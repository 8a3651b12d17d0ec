"""Every example of a page is run when the page is built, and a wrong one fails the build."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.tools.regenerate_examples import regenerated


def on_page_read_source(page: Any, **_: Any) -> str | None:
    """The text of a page, its outputs as they are printed now; MkDocs calls this for each page.

    Raises:
        PluginError: the page shows another output.
    """
    if page.file.generated_by or not page.file.src_path.endswith(".md"):
        return None
    path = Path(page.file.abs_src_path)
    text = regenerated(path)
    if text != path.read_text(encoding="utf-8"):
        raise PluginError(f"{path.name}: an example prints something else now")
    return text
