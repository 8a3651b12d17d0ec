"""Outputs of commands on the pages, written when the pages are built.

- ``<!-- output of: closedform … -->``: what the command prints, as Markdown; ``; exit 1`` behind it
  is the exit code that is expected.
- ``<!-- grid of: closedform table … -->``: its table without the words around it.
- ``<!-- LAYER by CONVENTION … -->``: these rows of what ``closedform compare`` prints.
- ``<!-- plot of: … -->``: the figure that ``closedform plot`` draws.
- ``<!-- lines of: FILE -->``: how many lines a file of the repository has, in brackets.
- ``<!-- help of: every command -->``: the command line's own reference.
- ``<!-- tools of: closedform mcp -->``: the tools, what each takes and what it does.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import tempfile
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from closedform.cli import main
from closedform.commands.mcp import TOOLS, described
from closedform.commands.usage import COMMANDS
from closedform.figures.compare import compare
from closedform.reading import parse_layers
from closedform.records import replace
from closedform.typeset.grids import markdown_grid

_OUTPUT = re.compile(r"<!-- output of: closedform (.+?)(?:; exit (\d))? -->")
_GRID = re.compile(r"<!-- grid of: closedform (.+?) -->")
_COMPARED = re.compile(r"<!-- (\w+(?:\(.*?\))?) by ((?:\w+ )+)-->")
_PLOT = re.compile(r"<!-- plot of: (.+?) -->")
_LINES = re.compile(r"<!-- lines of: (\S+) -->")
_ROOT = Path(__file__).resolve().parents[2]
_HELP = "<!-- help of: every command -->"
_TOOLS = "<!-- tools of: closedform mcp -->"
#: Help is as wide as a page's code.
os.environ["COLUMNS"] = "76"


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Put the outputs in their places; MkDocs calls this for each page."""
    text = _OUTPUT.sub(lambda match: output(match[1], int(match[2] or 0)), markdown)
    text = _GRID.sub(lambda match: grid(output(match[1])), text)
    text = _COMPARED.sub(lambda match: compared(match[1], match[2].split()), text)
    text = _PLOT.sub(lambda match: plot(match[1]), text)
    text = _LINES.sub(lambda match: f" ({lines(match[1])})", text)
    text = text.replace(_TOOLS, tools())
    return text.replace(_HELP, reference()) if _HELP in text else text


def output(arguments: str, expected: int = 0) -> str:
    """What ``closedform`` prints for these arguments.

    Raises:
        RuntimeError: the exit code is another one.
    """
    printed = io.StringIO()
    with redirect_stdout(printed):
        try:
            code = main(shlex.split(arguments))
        except SystemExit as leaving:  # argparse leaves after --help
            code = int(leaving.code or 0)
    if code != expected:
        raise RuntimeError(f"closedform {arguments} exits with {code}")
    return printed.getvalue()


def grid(printed: str) -> str:
    """The lines of a printed table."""
    return "\n".join(line for line in printed.splitlines() if line.startswith("|"))


def compared(layer: str, conventions: list[str]) -> str:
    """A layer under these conventions, a row each.

    Raises:
        ValueError: no convention of that name.
    """
    table = compare(parse_layers(layer))
    rows = {row[0]: row for row in table._rows}
    if unknown := [name for name in conventions if name not in rows]:
        raise ValueError(f"no conventions: {unknown}")
    return grid(replace(table, _rows=tuple(rows[name] for name in conventions)).to_markdown())


def lines(file: str) -> int:
    """How many lines a file has."""
    return len((_ROOT / file).read_text(encoding="utf-8").splitlines())


def plot(arguments: str) -> str:
    """The figure as SVG, in the page itself."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "figure.svg"
        output(f"plot {arguments} --output {file}")
        svg = file.read_text(encoding="utf-8")
    drawing = svg[svg.index("<svg") :].replace("<svg", '<svg role="img" aria-label="plot"', 1)
    return f'<div class="figure">{drawing}</div>'


def tools() -> str:
    """The tools as a table: first what each must be given."""
    heading, rows = ("tool", "takes", "answers"), []
    for name in TOOLS:
        schema = described(name)["input_schema"]
        needed, known = schema["required"], schema["properties"]
        groups = (needed, [argument for argument in known if argument not in needed])
        takes = "; ".join(", ".join(map("`{}`".format, group)) for group in groups if group)
        rows.append((f"`{name}`", takes, described(name)["description"]))
    return markdown_grid(heading, rows)


def reference() -> str:
    """The help of every command."""
    return "\n\n".join(
        f"## {name}\n\n```text\n{output(f'{name} --help').strip()}\n```" for name in COMMANDS
    )
