"""Files in: the kind of a file by its suffix, its bytes as text, its text as claims."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from closedform.documents import latex, markdown, notebook, rst, toml_claims
from closedform.documents.claim import Claim, Document, Problem
from closedform.documents.lines import unix
from closedform.documents.suffixes import KIND_OF, SUFFIXES, TOML_SIGN
from closedform.errors import ClosedformError, TooLarge, UnknownName, suggestion

#: A file of more bytes than this is not read.
MAX_BYTES = 64_000_000

#: The readers of documents, by the kind of file.
READERS: dict[str, Callable[..., list[Claim | Problem]]] = {
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


class UnreadableFile(ClosedformError):
    """A file that is not there, is no text, or is of a kind that holds no claims."""

    def __init__(self, path: str, problem: str, hint: str = "") -> None:
        self.path = path
        super().__init__(f"{path}: {problem}", hint)


def read_file(
    path: str | Path, *, kind: str | None = None, stdin: BinaryIO | None = None
) -> Document:
    """The claims of a file, ``-`` for standard input (``stdin``, the process's own by default).

    ``kind`` is one of :data:`SUFFIXES`; without it the suffix tells, and for standard input the
    text. Raises :class:`UnreadableFile`, :class:`TooLarge`, and :class:`UnknownName` for another
    kind.
    """
    if kind is None and str(path) != "-":
        kind = kind_of(path)
    return read_text(text_of(path, stdin=stdin), kind=kind)


def text_of(path: str | Path, *, stdin: BinaryIO | None = None) -> str:
    """The text of a file; raises :class:`UnreadableFile` and :class:`TooLarge`."""
    name = str(path)
    data = (stdin or sys.stdin.buffer).read(MAX_BYTES + 1) if name == "-" else _bytes(name)
    if len(data) > MAX_BYTES:
        raise TooLarge(f"the size of {name} in bytes", MAX_BYTES)
    return unix(_decoded(data, name))


def read_text(text: str, *, kind: str | None = None) -> Document:
    r"""The claims of a text; without ``kind`` the text itself tells what it is.

    >>> read_text("<!-- closedform: params(conv) -->\n$k^2 M N$").claims[0].text
    'k^2 M N'
    """
    kind = kind or guessed(text)
    if kind == "toml":
        return toml_claims.read(text)
    if kind not in READERS:
        raise UnknownName("kind of file", kind, SUFFIXES)
    return Document(tuple(READERS[kind](text)))


def kind_of(path: str | Path) -> str:
    """The kind of a file by its suffix; raises :class:`UnreadableFile` for any other suffix.

    >>> kind_of("paper.TEX")
    'latex'
    """
    suffix = Path(path).suffix.lower()[:20]
    if suffix not in KIND_OF:
        said = f"a file ending in {suffix!r} holds no claims" if suffix else "no suffix"
        near = suggestion(suffix, KIND_OF) if suffix else ""
        hint = near if near.startswith("did") else "readable: " + ", ".join(KIND_OF)
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


def _bytes(name: str) -> bytes:
    try:
        with Path(name).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a name with a null character
        said = getattr(error, "strerror", None) or str(error)
        raise UnreadableFile(name, f"cannot be read: {said}") from None


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start
        # Line ends as everywhere: \r\n, \n or \r alone.
        line = len(re.findall(rb"\r\n?|\n", data[:at])) + 1
        said = f"not UTF-8: byte {at} (line {line}) is 0x{data[at]:02x}"
        utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
        raise UnreadableFile(
            name, said, "this is UTF-16; save it as UTF-8" if utf16 else "save it as UTF-8"
        ) from None
