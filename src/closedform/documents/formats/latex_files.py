"""Files of abbreviations beside a LaTeX document: what it takes in, and what takes it in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from closedform.documents.plain.lines import unix
from closedform.errors import ClosedformError
from closedform.files import file_text, is_file

#: More files, or larger ones, are not looked at.
MAX_FILES, MAX_LENGTH = 20, 1_000_000

_INPUT = re.compile(
    r"\\(?:input|include|usepackage|RequirePackage)\s*(?:\[[^\[\]\n]*\])?\s*\{([^{}\n]{1,200})\}"
)
_REMARK = re.compile(r"(?<!\\)%[^\n]*")
_ENDINGS = ("", ".tex", ".sty")
_WHOLE = r"\documentclass"


def beside(text: str, folder: Path) -> str:
    """The text of the files that a document takes in, from its own folder or below.

    A part of a document has them of the document that takes it in, too, which stands in the same
    folder or in the one above. What is not there, or is no text, is left out: packages are
    installed elsewhere.
    """
    texts = list(_texts(text, folder, set()))
    if _WHOLE not in text:
        part = _REMARK.sub("", text)
        for home in (folder, folder / ".."):
            for path in sorted(home.glob("*.tex"))[:MAX_FILES]:
                main = _text(path)
                if _WHOLE in main and part in (parts := list(_texts(main, home, set()))):
                    return "\n".join([*texts, *parts, main])
    return "\n".join(texts)


def _texts(text: str, folder: Path, seen: set[Path]) -> Iterator[str]:
    for command in _INPUT.finditer(_REMARK.sub("", text)):
        for name in command[1].split(","):
            path = _file(name.strip(), folder)
            if path is None or path in seen or len(seen) >= MAX_FILES:
                continue
            seen.add(path)
            inner = _text(path)
            yield from _texts(inner, folder, seen)
            yield inner


def _text(path: Path) -> str:
    """What stands in a file, without its comments."""
    try:
        return _REMARK.sub("", unix(file_text(path)))[:MAX_LENGTH]
    except ClosedformError:
        return ""


def _file(name: str, folder: Path) -> Path | None:
    """A file of that name in the folder or below it."""
    home = folder.resolve()
    for suffix in _ENDINGS:
        path = (home / f"{name}{suffix}").resolve()
        if home in path.parents and is_file(path):
            return path
    return None
