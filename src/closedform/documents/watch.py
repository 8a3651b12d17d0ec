"""Files looked at again and again, and what to do when one of them is saved."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path

#: Time of the last change in nanoseconds, size in bytes, number of the file on its disk.
_State = tuple[int, int, int]


def watch(
    paths: Iterable[str | Path],
    on_change: Callable[[list[Path]], None],
    *,
    interval: float = 0.5,
    sleep: Callable[[float], None] = time.sleep,
    rounds: int | None = None,
) -> None:
    """Call ``on_change`` with the files of ``paths`` that changed, each time some did.

    Looks every ``interval`` seconds, ``rounds`` times (without it until ``sleep`` or
    ``on_change`` raises, as Ctrl-C does). A file that is gone is waited for: an editor that
    saves by renaming takes it away for a moment.
    """
    files = [Path(path) for path in paths]
    known = {file: _state(file) for file in files}
    done = 0
    while rounds is None or done < rounds:
        sleep(interval)
        done += 1
        changed: list[Path] = []
        for file, before in known.items():
            now = _state(file)
            if now is not None and now != before:
                known[file] = now
                changed.append(file)
        if changed:
            on_change(changed)


def _state(file: Path) -> _State | None:
    try:
        stat = file.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino
