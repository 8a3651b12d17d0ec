"""Which files hold claims: one table for the command, the plugin of pytest and folders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

#: The suffixes of each kind of file.
SUFFIXES = {
    "toml": (".toml",),
    "markdown": (".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd"),
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
    """The file itself, or the documents of a folder; an empty folder stands for itself."""
    folder = Path(name)
    inside = [str(path) for path in documents_in(folder)] if folder.is_dir() else []
    return inside or [name]


def documents_in(folder: Path) -> Iterator[Path]:
    """The documents in a folder and the folders below it, in order; hidden ones are left out."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.is_file() and is_document(path):
            yield path
