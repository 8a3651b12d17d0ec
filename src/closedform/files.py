"""Files in: any path to text, with an error that says why not."""

from __future__ import annotations

import os
import re
import stat

from closedform.errors import ClosedformError, TooLarge, nearest
from closedform.later import pathlib

#: A file of more bytes than this is not read.
MAX_BYTES = 64_000_000

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class UnreadableFile(ClosedformError):
    """A file that is not there, is no text, or is of a kind that is not read."""

    def __init__(self, path: str, problem: str, hint: str = "") -> None:
        self.path = path
        super().__init__(f"{path}: {problem}", hint)


def file_text(path: str | pathlib.Path) -> str:
    """The text of a file in UTF-8; raises :class:`UnreadableFile` and :class:`TooLarge`."""
    name = str(path)
    try:
        data = _bytes(name)
    except (OSError, ValueError) as error:  # ValueError: a name with a null character
        said = getattr(error, "strerror", None) or str(error)
        raise UnreadableFile(name, f"cannot be read: {said}", _beside(error, name)) from None
    return decoded(data, name)


def _beside(error: Exception, name: str) -> str:
    """The files beside one that is not there whose names are like its own."""
    if not isinstance(error, FileNotFoundError):
        return ""
    folder, own = os.path.split(name)
    stem, suffix = os.path.splitext(own)  # noqa: PTH122  (as below)
    try:
        others = os.listdir(folder or ".")  # noqa: PTH208
    except OSError:
        return f"there is no folder {folder}"
    alike = [other.removesuffix(suffix) for other in others if other.endswith(suffix)]
    near = nearest(stem, alike)
    return f"did you mean {os.path.join(folder, near[0] + suffix)}?" if near else ""  # noqa: PTH118


def is_file(path: str | pathlib.Path) -> bool:
    """Whether a file stands there; False where the system does not say."""
    return os.path.isfile(path)  # noqa: PTH113  (pathlib's raises on a name that is too long)


def is_folder(path: str | pathlib.Path) -> bool:
    """Whether a folder stands there; False where the system does not say."""
    return os.path.isdir(path)  # noqa: PTH112  (as above)


def decoded(data: bytes, name: str) -> str:
    """The text of what was read from ``name``, at most :data:`MAX_BYTES` of UTF-8."""
    if len(data) > MAX_BYTES:
        raise TooLarge(f"the size of {name} in bytes", MAX_BYTES)
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


def _bytes(name: str) -> bytes:
    """Opened without waiting: a pipe that nobody writes to would block for ever."""
    descriptor = os.open(name, _FLAGS)
    with os.fdopen(descriptor, "rb") as file:
        first = b""
        if stat.S_ISFIFO(os.fstat(descriptor).st_mode):
            try:
                first = os.read(descriptor, 1)
            except BlockingIOError:  # there is a writer, who has not begun
                first = b""
            else:
                if not first:
                    raise OSError("nobody writes to this pipe")
            os.set_blocking(descriptor, True)
        return first + file.read(MAX_BYTES + 1)
