"""Files in: the kind of a file by its suffix, its bytes as text, its text as claims."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from closedform.documents import latex, markdown, toml_claims
from closedform.documents.claim import Claim, Document, Problem
from closedform.documents.lines import unix
from closedform.documents.suffixes import KIND_OF, TOML_SIGN
from closedform.errors import ClosedformError, TooLarge, UnknownName, suggestion

#: A file of more bytes than this is not read.
MAX_BYTES = 64_000_000

_LATEX_SIGN = re.compile(
    r"^[ \t]*%+[ \t]*closedform\b|^[ \t]*\\(?:documentclass|begin\s*\{document\})",
    re.MULTILINE | re.IGNORECASE,
)


class UnreadableFile(ClosedformError):
    """A file that is not there, is no text, or is of a kind that holds no claims."""

    def __init__(self, path: str, problem: str, hint: str = "") -> None:
        self.path = path
        super().__init__(f"{path}: {problem}", hint)


def read_file(
    path: str | Path, *, kind: str | None = None, stdin: BinaryIO | None = None
) -> Document:
    """The claims of a file, ``-`` for standard input (``stdin``, the process's own by default).

    ``kind`` is ``toml``, ``markdown`` or ``latex``; without it the suffix tells, and for
    standard input the text. Raises :class:`UnreadableFile`, :class:`TooLarge`, and
    :class:`UnknownName` for another kind.
    """
    name = str(path)
    if kind is None and name != "-":
        kind = kind_of(name)
    data = (stdin or sys.stdin.buffer).read(MAX_BYTES + 1) if name == "-" else _bytes(name)
    if len(data) > MAX_BYTES:
        raise TooLarge(f"the size of {name} in bytes", MAX_BYTES)
    return read_text(_decoded(data, name), kind=kind)


def read_text(text: str, *, kind: str | None = None) -> Document:
    r"""The claims of a text; without ``kind`` the text itself tells what it is.

    >>> read_text("<!-- closedform: params(conv) -->\n$k^2 M N$").claims[0].text
    'k^2 M N'
    """
    text = unix(text)
    readers: dict[str, Callable[[str], Document]] = {
        "toml": toml_claims.read,
        "markdown": lambda text: _document(markdown.read(text)),
        "latex": lambda text: _document(latex.read(text)),
    }
    kind = kind or _guessed(text)
    if kind not in readers:
        raise UnknownName("kind of file", kind, readers)
    return readers[kind](text)


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


def _guessed(text: str) -> str:
    if TOML_SIGN.search(text):
        return "toml"
    return "latex" if _LATEX_SIGN.search(text) else "markdown"


def _document(claims: list[Claim | Problem]) -> Document:
    return Document(tuple(claims))


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
