"""Files in: the kind of a file by its suffix, its bytes as text, its text as claims."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from closedform.documents.claim import Document, Each, Problem, QuotedClaim, packed
from closedform.documents.formats import latex, latex_files, markdown, notebook, rst, toml_claims
from closedform.documents.plain.lines import unix
from closedform.documents.suffixes import KIND_OF, PLAIN, SUFFIXES, TOML_SIGN
from closedform.errors import UnknownName, suggestion
from closedform.files import MAX_BYTES, UnreadableFile, decoded, file_text, is_file, is_folder

#: The readers of documents, by the kind of file.
READERS: dict[str, Callable[..., list[QuotedClaim | Problem]]] = {
    "markdown": markdown.read,
    "latex": latex.read,
    "notebook": notebook.read,
    "rst": rst.read,
}

_SIGNS = {
    "latex": re.compile(
        r"^[ \t]*%+[ \t]*closedform\b|^[ \t]*\\(?:documentclass|begin\s*\{document\})",
        re.MULTILINE | re.IGNORECASE,
    ),
    "notebook": re.compile(r'\A\s*\{(?=.*"cells")', re.DOTALL),
    "rst": re.compile(r"^[ \t]*\.\. (?:closedform\b|math::)", re.MULTILINE | re.IGNORECASE),
}


def read_file(path: str | Path, *, stdin: BinaryIO | None = None, each: Each = map) -> Document:
    """The claims of a file, ``-`` for standard input (``stdin``, the process's own by default).

    The suffix tells what it is, and for standard input and a pipe the text. ``each`` goes through
    its parts. Raises :class:`UnreadableFile` and :class:`TooLarge`.
    """
    kind = kind_of(path) if str(path) != "-" and is_file(path) else None
    return read_text(text_of(path, stdin=stdin), kind=kind, folder=folder_of(path), each=each)


def text_of(path: str | Path, *, stdin: BinaryIO | None = None) -> str:
    """The text of a file; raises :class:`UnreadableFile` and :class:`TooLarge`."""
    if str(path) == "-":
        return unix(decoded((stdin or sys.stdin.buffer).read(MAX_BYTES + 1), "-"))
    if is_folder(path) and os.access(path, os.R_OK):
        raise UnreadableFile(str(path), "no document is in this folder")
    return unix(file_text(path))


def folder_of(path: str | Path) -> Path | None:
    """Where a file stands; None for standard input."""
    return None if str(path) == "-" else Path(path).parent


def read_text(
    text: str, *, kind: str | None = None, folder: Path | None = None, each: Each = map
) -> Document:
    r"""The claims of a text; without ``kind`` the text itself tells what it is.

    ``folder``: where files of abbreviations may stand beside it.

    >>> read_text("<!-- closedform: params(conv) -->\n$k^2 M N$").claims[0].text
    'k^2 M N'
    """
    kind = kind or guessed(text)
    if kind == "toml":
        return toml_claims.read(text, each)
    if kind not in READERS:
        raise UnknownName("kind of file", kind, SUFFIXES)
    return Document(packed(claims_of(text, kind, folder)))


def claims_of(
    text: str, kind: str, folder: Path | None, *, every: bool = False
) -> list[QuotedClaim | Problem]:
    """The claims of a document of a known kind; with ``every`` its other formulas too."""
    if kind == "latex" and folder is not None:
        return latex.read(text, every=every, defined=latex_files.beside(text, folder))
    return READERS[kind](text, every=every)


def kind_of(path: str | Path) -> str:
    """The kind of a file by its suffix; raises :class:`UnreadableFile` for any other suffix.

    >>> kind_of("paper.TEX")
    'latex'
    """
    suffix = Path(path).suffix.lower()[:20]
    if suffix not in KIND_OF:
        said = f"a file ending in {suffix!r} holds no claims" if suffix else "no suffix"
        near = suggestion(suffix, [known for known in KIND_OF if known[:2] == suffix[:2]])
        hint = near if near.startswith("did") else "readable: " + ", ".join(KIND_OF)
        if suffix in PLAIN:
            hint = f"{hint}\n`closedform scan` reads plain text"
        raise UnreadableFile(str(path), said, hint)
    return KIND_OF[suffix]


def guessed(text: str) -> str:
    """The kind of a text by the signs in it: Markdown where there are none."""
    if TOML_SIGN.search(text):
        return "toml"
    for kind, sign in _SIGNS.items():
        if sign.search(text):
            return kind
    return "markdown"
