"""Fuzzing of the language, guided by coverage.

    python -m tests.fuzz.atheris_language [SECONDS] [FOLDER]

Needs the package atheris, which no other part of closedform does. An input that breaks a reader is
written beside the folder as crash-…; put it into tests/fuzz/corpus, where the tests read it again.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["closedform.language"]):
    from tests.fuzz.reading import READERS, read


def one_input(data: bytes) -> None:
    """The first byte chooses a reader, the rest is the text."""
    if len(data) < 2:
        return
    name = list(READERS)[data[0] % len(READERS)]
    read(name, data[1:].decode("utf-8", "surrogateescape"))


def main() -> None:
    """Fuzz for the given number of seconds, starting from the corpus."""
    seconds = sys.argv[1] if len(sys.argv) > 1 else "60"
    folder = sys.argv[2] if len(sys.argv) > 2 else "tests/fuzz/corpus"
    atheris.Setup(
        [sys.argv[0], f"-max_total_time={seconds}", "-max_len=400", "-timeout=2", folder],
        one_input,
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
