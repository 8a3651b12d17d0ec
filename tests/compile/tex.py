r"""pdflatex over pieces of LaTeX, and what it complains of.

The page is that of the article class: lines of 345 pt, or two columns of 221 pt. What is wider than
a line is a defect.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.compile.mathematics import BARE, formulas
from tests.compile.printed import Printed

PREAMBLE = r"""\documentclass[a4paper,onecolumn]{article}
\usepackage{amsmath,booktabs,siunitx}
\begin{document}
"""

#: What the log says of a defect; an underfull page is none.
_DEFECT = re.compile(
    r"^(! |Overfull |Underfull \\hbox|Missing character|(LaTeX|Package|Class)\b.* (Warning|Error):)"
)
_MARK = re.compile(r"^closedform-piece (\d+)$")


def as_page(printed: Printed) -> str:
    """A piece as the reader would put it into an article."""
    if printed.command[0] in BARE:
        return "\n".join(rf"\[ {formula.latex} \]" for formula in formulas(printed))
    if "--tabular" in printed.command:
        return f"\\noindent {printed.text}\\clearpage"
    if r"\begin{table" in printed.text:
        # So that floats do not pile up.
        return printed.text + r"\clearpage"
    return printed.text


def defects(pieces: Iterable[str], folder: Path, preamble: str = PREAMBLE) -> dict[int, list[str]]:
    """What pdflatex complains of, by the number of the piece; -1 is the preamble.

    Raises:
        RuntimeError: pdflatex itself did not come to its end.
    """
    body = "".join(
        f"\\typeout{{closedform-piece {number}}}\n{piece}\n\n"
        for number, piece in enumerate(pieces)
    )
    (folder / "pieces.tex").write_text(f"{preamble}{body}\\end{{document}}\n", encoding="utf-8")
    log = typeset("pieces.tex", folder, draft=True)
    found: dict[int, list[str]] = {}
    for number, problem in complaints(log):
        found.setdefault(number, []).append(problem)
    return found


def typeset(name: str, folder: Path, *, draft: bool = False) -> str:
    """Run pdflatex on a file of the folder and return its log.

    Raises:
        RuntimeError: it did not come to its end.
    """
    options = ["-interaction=nonstopmode", *(["-draftmode"] if draft else [])]
    done = subprocess.run(
        ["pdflatex", *options, name],
        cwd=folder,
        # Lines of the log are not broken.
        env={**os.environ, "max_print_line": "10000"},
        capture_output=True,
        check=False,
    )
    log = (folder / name).with_suffix(".log").read_text(encoding="latin-1")
    if "Here is how much of TeX's memory you used" not in log:
        raise RuntimeError(f"pdflatex gave up ({done.returncode}):\n{log[-2000:]}")
    return log


def complaints(log: str) -> Iterator[tuple[int, str]]:
    """The defects that a log reports, each with the number of the piece before it."""
    piece = -1
    lines = log.splitlines()
    for place, line in enumerate(lines):
        if mark := _MARK.match(line):
            piece = int(mark[1])
        elif _DEFECT.match(line):
            # The line below an error or an overfull box shows where.
            yield piece, " ".join(lines[place : place + 2])
