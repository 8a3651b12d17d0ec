"""KaTeX as a part of the site: what npm installed for tests/compile, copied at each build."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

_KATEX = Path(__file__).parents[2] / "tests/compile/node_modules/katex/dist"
_PARTS = ("katex.min.css", "katex.min.js", "fonts/*.woff2")


def on_files(files: Files, *, config: Any) -> Files:
    """Add KaTeX's script, style and fonts; MkDocs calls this when it has listed the pages."""
    found = [path for part in _PARTS for path in sorted(_KATEX.glob(part))]
    if not found:
        raise PluginError("KaTeX is missing: npm install --prefix tests/compile")
    for path in found:
        uri = f"katex/{path.relative_to(_KATEX).as_posix()}"
        files.append(File.generated(config, uri, abs_src_path=str(path)))
    return files
