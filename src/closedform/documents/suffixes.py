"""Which files hold claims: one table for the command, the plugin of pytest and folders."""

from __future__ import annotations

import os
import re
from pathlib import Path

from closedform.files import is_file, is_folder

#: The suffixes of each kind of file.
SUFFIXES = {
    "toml": (".toml",),
    "markdown": (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd"),
    "latex": (".tex", ".ltx", ".latex"),
    "notebook": (".ipynb",),
    "rst": (".rst", ".rest"),
}
#: The kind of a file by its suffix.
KIND_OF = {suffix: kind for kind, suffixes in SUFFIXES.items() for suffix in suffixes}
#: Plain text: formulas without delimiters, and no place for a directive.
PLAIN = frozenset({".txt", ".text", ""})

#: What tells a claims file from any other TOML.
TOML_SIGN = re.compile(r"^[ \t]*\[\[[ \t]*claim", re.MULTILINE)


def is_document(path: Path) -> bool:
    """Whether a file that nobody named may hold claims: by its suffix, TOML by its text."""
    kind = KIND_OF.get(path.suffix.lower())
    if kind != "toml":
        return kind is not None
    try:
        return TOML_SIGN.search(path.read_text("utf-8", "replace")) is not None
    except OSError:
        return True  # and its reader says why it cannot be read


def documents(name: str) -> list[str]:
    """The file itself, or the documents of a folder and the folders below it, in order.

    Hidden ones are left out. An empty folder and one that cannot be opened stand for themselves,
    and their reader says why.
    """
    unopened: list[str] = []
    inside = []
    for place, folders, files in os.walk(
        name, onerror=lambda error: unopened.append(error.filename)
    ):
        folders[:] = [folder for folder in folders if folder[0] != "."]
        paths = [Path(place, file) for file in files if file[0] != "."]
        inside += [path for path in paths if is_file(path) and is_document(path)]
    inside += map(Path, unopened) if is_folder(name) else []
    return [str(path) for path in sorted(inside)] or [name]
