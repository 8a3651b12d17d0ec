"""The example paper: what it includes is what the commands print now, and it is set cleanly."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.compile.printed import ROOT
from tests.compile.tex import complaints

PAPER = ROOT / "docs/examples/paper"


def build(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the paper's own script with the closedform of this Python."""
    scripts = str(Path(sys.executable).parent)
    return subprocess.run(
        ["sh", str(folder / "build.sh")],
        env={**os.environ, "PATH": os.pathsep.join([scripts, os.environ["PATH"]])},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def copied(folder: Path) -> Path:
    """The sources of the paper without what is generated."""
    for name in ("build.sh", "paper.tex"):
        shutil.copy(PAPER / name, folder / name)
    return folder


def test_the_paper_is_built_from_what_is_printed_now(tmp_path: Path) -> None:
    built = build(copied(tmp_path))
    assert built.returncode == 0, built.stdout[-2000:] + built.stderr
    assert "all as expected" in built.stdout
    committed, made = (
        {file.name: file.read_text(encoding="utf-8") for file in folder.glob("generated/*.tex")}
        for folder in (PAPER, tmp_path)
    )
    assert len(made) > 5
    assert committed == made
    log = (tmp_path / "paper.log").read_text(encoding="latin-1")
    assert list(complaints(log)) == []
    assert "(2 pages," in log


def test_all_that_is_generated_is_included() -> None:
    included = re.findall(r"\\input\{generated/(\w+)\}", (PAPER / "paper.tex").read_text("utf-8"))
    assert sorted(included) == sorted(file.stem for file in PAPER.glob("generated/*.tex"))


#: A formula of the paper, a wrong one in its place, and the verdict that then is not expected.
WRONG = [
    (r"\frac{521}{4608}", r"\frac{521}{4609}", "refuted"),
    ("$52{,}283{,}392$", "$52{,}283{,}329$", "refuted"),
    (r"$k \times k \times M \times M + M$", r"$k \times k \times M + M$", "expected: refuted"),
]


@pytest.mark.parametrize(("right", "wrong", "says"), WRONG)
def test_a_wrong_formula_stops_the_build(right: str, wrong: str, says: str, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    text = (folder / "paper.tex").read_text(encoding="utf-8")
    assert text.count(right) == 1
    (folder / "paper.tex").write_text(text.replace(right, wrong), encoding="utf-8")
    built = build(folder)
    assert built.returncode == 1
    assert says in built.stdout
    assert not (folder / "paper.pdf").exists()
