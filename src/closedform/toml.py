"""TOML in, with errors that show the place; the one module that knows which TOML reader is there.

Python has ``tomllib`` from 3.11 on; before that its twin ``tomli`` is a dependency.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from closedform.errors import ClosedformError, ParseError, UnknownName
from closedform.files import file_text
from closedform.later import Later, pathlib, regex

if TYPE_CHECKING:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
else:
    tomllib = Later("tomllib" if sys.version_info >= (3, 11) else "tomli")

#: What a value may be; of a list and a table every part is a text.
_KINDS = {str: "a text", bool: "true or false", list: "a list of texts", dict: "a table of texts"}
_PLACE = regex(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def loads(text: str) -> dict[str, Any]:
    """The table that a TOML text holds.

    Raises :class:`ParseError` with the line where the text stops being TOML.

    >>> loads('title = "Table 3"')
    {'title': 'Table 3'}
    """
    try:
        table: dict[str, Any] = tomllib.loads(text)
        return table
    except tomllib.TOMLDecodeError as error:
        raise _located(text, str(error)) from None
    except RecursionError:
        raise ClosedformError("this TOML is nested too deeply", "write flatter tables") from None
    except ValueError as error:  # an integer of more digits than Python reads
        raise ClosedformError(f"not TOML that can be read: {error}") from None


def read_table(source: str | pathlib.Path) -> dict[str, Any]:
    """The table that a TOML text holds, or the TOML file at a path, such as ``ours.toml``.

    Raises:
        ClosedformError: a file that cannot be read, or no TOML, with the place.
    """
    if isinstance(source, str) and source.endswith(".toml") and "=" not in source:
        source = pathlib.Path(source)
    return loads(file_text(source) if isinstance(source, pathlib.Path) else source)


@contextlib.contextmanager
def told_of(file: str) -> Iterator[None]:
    """Errors in here say which file they are of."""
    try:
        yield
    except ClosedformError as error:
        # The path itself may be spelt otherwise, ./ours.toml as ours.toml.
        if not error.problem.startswith((file, str(pathlib.Path(file)))):
            error.problem = f"{file}: {error.problem}"
        raise


def check_keys(table: Any, of: str, known: Mapping[str, type]) -> None:
    """Do nothing if a value is a table with no other keys than these, each of its kind.

    >>> check_keys({"nmae": "ours"}, "a layer", {"name": str, "sizes": str})
    Traceback (most recent call last):
        ...
    closedform.errors.UnknownName: unknown key of a layer 'nmae'
    did you mean name?

    Raises:
        UnknownName: another key, with the nearest one that is known.
        ClosedformError: no table, or a value of another kind.
    """
    if not isinstance(table, dict):
        raise ClosedformError(f"{of} is a table, not {table!r}", f"write {next(iter(known))} = …")
    for key, value in table.items():
        if key not in known:
            raise UnknownName(f"key of {of}", key, known)
        parts = value.values() if isinstance(value, dict) else value
        texts = known[key] not in (list, dict) or all(isinstance(part, str) for part in parts)
        if not isinstance(value, known[key]) or not texts:
            raise ClosedformError(f"{key} of {of} is {_KINDS[known[key]]}, not {value!r}")


def _located(text: str, message: str) -> ParseError:
    """The reader's message, as an error that points into the text."""
    # The reader gives the place inside its message only, until Python 3.14.
    place = _PLACE.search(message)
    said = message[: place.start()] if place else message
    if place is None or place[1] is None:
        last = len(text.rstrip())
        line = text.count("\n", 0, last) + 1
        return ParseError(text, last, last + 1, f"not TOML, line {line}: {said} (the text ends)")
    line, column = int(place[1]), int(place[2])
    # The reader counts a Windows line end as one character and lines by "\n" alone.
    lines = text.split("\n")
    start = sum(len(row) + 1 for row in lines[: line - 1]) + column - 1
    start = min(start, len(text))
    opened = text[start : start + 1] == "\n" and "Illegal character" in said
    hint = "close the quotation mark in this line" if opened else ""
    return ParseError(text, start, start + 1, f"not TOML, line {line}: {said}", hint)
