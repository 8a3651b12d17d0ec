"""Files looked at again and again, till one of them is saved."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path


def saved(
    files: Sequence[Path], *, interval: float = 0.5, sleep: Callable[[float], object] = time.sleep
) -> Iterator[list[Path]]:
    """The files that changed, each time that some did; they are looked at every ``interval`` s.

    One that is gone is waited for: an editor that saves by renaming takes it away for a moment.
    """
    known = {file: _state(file) for file in files}
    while True:
        sleep(interval)
        states = {file: state for file in files if (state := _state(file))}
        changed = [file for file, state in states.items() if state != known[file]]
        known |= states
        if changed:
            yield changed


def _state(file: Path) -> tuple[int, int, int] | None:
    """Time of the last change in nanoseconds, size in bytes, number of the file on its disk."""
    try:
        stat = file.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino
