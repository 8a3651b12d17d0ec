"""The program in a process of its own: what its streams can take, and what they cannot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from closedform.typeset.plain import NAME


def program(*arguments: str, encoding: str = "utf-8", **options: Any) -> tuple[int, bytes, bytes]:
    done = subprocess.run(
        [sys.executable, "-m", "closedform", *arguments],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        check=False,
        stderr=subprocess.PIPE,
        **options,
    )
    return done.returncode, done.stdout or b"", done.stderr


@pytest.mark.parametrize(
    ("typed", "encoding", "shown"),
    [
        ("k²·M − 1 ≤ ρ…", "ascii", "k^2*M - 1 <= rho..."),
        ("k²·M − 1", "latin-1", "k²·M - 1"),
        ("k²·M⁴²", "utf-8", "k²·M⁴²"),
        ("输入 k²", "gbk", "输入 k^2"),
        ("⌊M/2⌋", "ascii", "floor(M/2)"),
        # A power that is torn is neither k¹^0 nor k¹0 nor k^4².
        ("k¹⁰", "latin-1", "k¹\\u2070"),
        ("k⁴²", "latin-1", "k^42"),
        ("输\udcff", "ascii", "\\u8f93\\udcff"),
    ],
)
def test_signs_that_a_stream_lacks_are_plain(typed: str, encoding: str, shown: str) -> None:
    assert typed.encode(encoding, NAME).decode(encoding) == shown


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_any_stream_takes_the_output(encoding: str) -> None:
    code, out, err = program("show", "conv", encoding=encoding, stdout=subprocess.PIPE)
    assert (code, err) == (0, b"")
    assert ("^2" if encoding == "ascii" else "²") in out.decode(encoding)
    wrong = ("verify", "k² = ρ", "--format=json")
    code, out, _ = program(*wrong, encoding=encoding, stdout=subprocess.PIPE)
    assert code == 1
    assert json.loads(out)["claim"] == "k² = ρ"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_device_is_an_error() -> None:
    with Path("/dev/full").open("wb") as full:
        code, _, err = program("show", "conv", stdout=full)
    assert code == 2
    assert b"cannot be written" in err


def test_standard_input_is_utf_8() -> None:
    typed = {"input": "k² = k·k".encode(), "stdout": subprocess.PIPE}
    assert program("verify", "-", encoding="ascii", **typed)[0] == 0
    code, _, err = program("verify", "-", input=b"k = k\xb2", stdout=subprocess.PIPE)
    assert code == 2
    assert b"standard input is not UTF-8: byte 5 is 0xb2" in err
