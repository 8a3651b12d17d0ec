"""The runnable examples of a Markdown page: commands with their output, and Python sessions.

- A ``console`` block holds commands after ``$`` and the output below each. ``closedform …`` is run
  in this process, from the root of a copy of the project's docs; ``echo $?`` prints the exit code
  of the last one on the page, as do ``$LASTEXITCODE`` and ``echo %ERRORLEVEL%`` in blocks of
  PowerShell (``ps1con``) and of the Command Prompt (``doscon``).
- A block with ``title="NAME"`` is written to that file first, for the commands below it.
- A ``python`` block with ``>>>`` is a doctest; all of a page are one session. One that needs an
  extra is a ``pycon`` block, and is run where ``extras`` are said to be there.
"""

from __future__ import annotations

import doctest
import io
import os
import re
import shlex
import shutil
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from closedform.cli import main
from tests.tools.own import forgotten

ROOT = Path(__file__).resolve().parent.parent.parent

_FENCE = re.compile(r"^(?P<indent> *)(?P<fence>`{3,}|~{3,})(?P<info>.*)$")
#: The languages of blocks with commands, and what stands before each command.
PROMPTS = {"console": "$ ", "ps1con": "PS> ", "doscon": "C:\\> "}
#: What asks for the last exit code.
_CODE = {"echo $?", "$LASTEXITCODE", "echo %ERRORLEVEL%"}
_TITLE = re.compile(r'title="([^"]+)"')


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the file name in its title, its lines and where they start."""

    language: str
    title: str
    lines: tuple[str, ...]
    first: int

    @property
    def text(self) -> str:
        return "".join(f"{line}\n" for line in self.lines)


@dataclass
class Step:
    """A command of a console block, as typed, and the lines printed below it."""

    command: str
    output: list[str] = field(default_factory=list)

    @property
    def gap(self) -> list[str]:
        """The blank lines after the output: they belong to the page."""
        filled = [number for number, line in enumerate(self.output) if line]
        return self.output[filled[-1] + 1 :] if filled else self.output


def pages() -> list[Path]:
    """README and every page of the docs."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(text: str) -> list[Block]:
    r"""The fenced blocks of a page.

    >>> blocks("```console\n$ closedform\n```\n")
    [Block(language='console', title='', lines=('$ closedform',), first=1)]
    """
    found = []
    lines = text.splitlines()
    number = 0
    while number < len(lines):
        opening = _FENCE.match(lines[number])
        number += 1
        if opening is None:
            continue
        first = number
        while number < len(lines) and not _closes(lines[number], opening):
            number += 1
        indent = len(opening["indent"])
        inner = tuple(line[indent:] for line in lines[first:number])
        language, _, rest = opening["info"].strip().partition(" ")
        title = _TITLE.search(rest)
        found.append(Block(language, title[1] if title else "", inner, first))
        number += 1
    return found


def steps(block: Block) -> list[Step]:
    """The commands of a console block, each with the output shown below it."""
    found: list[Step] = []
    for line in block.lines:
        if line.startswith(PROMPTS.get(block.language, "$ ")):
            found.append(Step(line))
        elif found and found[-1].command.endswith("\\"):
            found[-1].command += f"\n{line}"
        elif found:
            found[-1].output.append(line)
    return found


def run_page(path: Path, scratch: Path, *, extras: bool = False) -> Iterator[tuple[Block, Block]]:
    """Each example block of a page beside what it is when its outputs are the real ones.

    ``scratch`` is the folder where the commands run: a copy of the docs and the page's own files.
    """
    languages = ("python", "pycon") if extras else ("python",)
    shutil.copytree(ROOT / "docs", scratch / "docs", dirs_exist_ok=True)
    session: dict[str, Any] = {"__name__": "__main__"}
    code = 0
    with forgotten():
        for block in blocks(path.read_text(encoding="utf-8")):
            if block.title:
                (scratch / block.title).write_text(block.text, encoding="utf-8")
            if block.language in PROMPTS:
                code, real = _run_console(block, scratch, code)
                yield block, real
            elif block.language in languages and ">>>" in block.text:
                yield block, _run_python(block, session)


def run(command: str, *, folder: Path, before: int = 0) -> tuple[int, str]:
    """The exit code and the printed text of one command; ``before`` is the last exit code."""
    if command in _CODE:
        return before, f"{before}\n"
    words = shlex.split(command)
    if words[:1] != ["closedform"]:
        raise ValueError(f"an example runs closedform or echo $?, not: {command}")
    printed = io.StringIO()
    with _terminal(folder), redirect_stdout(printed), redirect_stderr(printed):
        try:
            code = main(words[1:])
        except SystemExit as leaving:
            code = leaving.code if isinstance(leaving.code, int) else int(bool(leaving.code))
    return code, printed.getvalue()


def _closes(line: str, opening: re.Match[str]) -> bool:
    bare = line.strip()
    return set(bare) == {opening["fence"][0]} and len(bare) >= len(opening["fence"])


def _run_console(block: Block, folder: Path, code: int) -> tuple[int, Block]:
    """The last exit code, and the block; ``code`` is the one before it."""
    lines: list[str] = []
    for step in steps(block):
        command = step.command.removeprefix(PROMPTS[block.language]).replace("\\\n", "")
        code, printed = run(command, folder=folder, before=code)
        lines += [*step.command.split("\n"), *printed.splitlines(), *step.gap]
    return code, replace(block, lines=tuple(lines))


def _run_python(block: Block, session: dict[str, Any]) -> Block:
    parts = doctest.DocTestParser().parse(block.text)
    examples = [part for part in parts if isinstance(part, doctest.Example)]
    runner = _Recorder(verbose=False)
    test = doctest.DocTest(examples, session, block.title or "page", None, block.first, None)
    runner.run(test, out=lambda _: None, clear_globs=False)
    session.update(test.globs)  # a DocTest works on a copy
    lines: list[str] = []
    for part in parts:
        if isinstance(part, str):
            lines += part.splitlines()
        else:
            first, *more = part.source.splitlines()
            lines += [f">>> {first}", *(f"... {line}".rstrip() for line in more)]
            lines += runner.printed[part.lineno].splitlines()
    return replace(block, lines=tuple(lines))


class _Recorder(doctest.DocTestRunner):
    """Runs a session and keeps what each example really prints, in the form of a doctest."""

    def __init__(self, *, verbose: bool) -> None:
        super().__init__(verbose=verbose)
        self.printed: dict[int, str] = {}

    def report_start(self, out: Any, test: Any, example: doctest.Example) -> None:
        """Print nothing."""

    def report_success(self, out: Any, test: Any, example: doctest.Example, got: str) -> None:
        self.printed[example.lineno] = example.want

    def report_failure(self, out: Any, test: Any, example: doctest.Example, got: str) -> None:
        self.printed[example.lineno] = re.sub("(?m)^$(?=\n)", "<BLANKLINE>", got)

    def report_unexpected_exception(
        self, out: Any, test: Any, example: doctest.Example, exc_info: Any
    ) -> None:
        raised = "".join(traceback.format_exception_only(*exc_info[:2]))
        self.printed[example.lineno] = f"Traceback (most recent call last):\n    ...\n{raised}"


@contextmanager
def _terminal(folder: Path) -> Iterator[None]:
    """The folder and the terminal width in which every example runs."""
    before, columns = Path.cwd(), os.environ.get("COLUMNS")
    os.chdir(folder)
    os.environ["COLUMNS"] = "80"
    try:
        yield
    finally:
        os.chdir(before)
        os.environ.pop("COLUMNS")
        if columns is not None:
            os.environ["COLUMNS"] = columns
