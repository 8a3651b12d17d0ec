"""Outputs of commands, as Markdown: ``<!-- output of: closedform … -->`` is what that prints."""

from __future__ import annotations

import io
import re
import shlex
from contextlib import redirect_stdout
from typing import Any

from closedform.cli import main

_OUTPUT = re.compile(r"<!-- output of: closedform (.+?) -->")


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Put the outputs in their places; MkDocs calls this for each page."""
    return _OUTPUT.sub(lambda match: output(match[1]), markdown)


def output(arguments: str) -> str:
    """What ``closedform`` prints for these arguments."""
    printed = io.StringIO()
    with redirect_stdout(printed):
        code = main(shlex.split(arguments))
    if code != 0:
        raise RuntimeError(f"closedform {arguments} exits with {code}")
    return printed.getvalue()
