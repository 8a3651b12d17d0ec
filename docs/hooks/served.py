"""What the site serves so that nothing is asked of another host: KaTeX, and Python for the browser.

KaTeX and Pyodide are what npm installed for tests/compile and tests/site; SymPy and closedform are
those that build the pages, their modules in one archive.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

_TESTS = Path(__file__).parents[2] / "tests"
#: Where it is served, which test's npm brings it, its folder there, and what is wanted of that.
_FROM_NPM = (
    (
        "katex",
        "compile",
        "katex/dist",
        ("katex.min.*s*", "contrib/auto-render.min.js", "fonts/*.woff2"),
    ),
    ("pyodide", "site", "pyodide", ("*.mjs", "*.wasm", "python_stdlib.zip", "pyodide-lock.json")),
)
_MODULES = ("closedform", "sympy", "mpmath")
_LEFT_OUT = {"tests", "benchmarks", "pytest_plugin.py"}


def on_files(files: Files, *, config: Any) -> Files:
    """Add them; MkDocs calls this when it has listed the pages."""
    for address, test, folder, parts in _FROM_NPM:
        root = _TESTS / test / "node_modules" / folder
        paths = [path for part in parts for path in sorted(root.glob(part))]
        if not paths:
            raise PluginError(f"{address} is missing: npm install --prefix tests/{test}")
        for path in paths:
            uri = f"{address}/{path.relative_to(root).as_posix()}"
            files.append(File.generated(config, uri, abs_src_path=str(path)))
    files.append(File.generated(config, "pyodide/modules.zip", content=_archive()))
    return files


def _archive() -> bytes:
    """The modules that a verdict needs."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in _sources():
            archive.write(path, name)
    return written.getvalue()


def _sources() -> Iterator[tuple[str, Path]]:
    for module in _MODULES:
        spec = find_spec(module)
        if spec is None or spec.origin is None:
            raise PluginError(f"{module} is not installed")
        root = Path(spec.origin).parent
        for path in sorted(root.rglob("*.py")):
            inside = path.relative_to(root)
            if not _LEFT_OUT & {*inside.parts}:
                yield f"{module}/{inside.as_posix()}", path
