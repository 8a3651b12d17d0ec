"""KaTeX over formulas, by way of Node and ``katex_check.mjs``."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.compile.mathematics import Formula

HERE = Path(__file__).resolve().parent
INSTALL = "npm install --prefix tests/compile --no-package-lock"


def refused(formulas: Sequence[Formula]) -> dict[int, str]:
    """What KaTeX says of each formula that it refuses or warns about, by its place.

    Raises:
        RuntimeError: Node or KaTeX is missing, or Node itself failed.
    """
    if shutil.which("node") is None or not (HERE / "node_modules/katex").is_dir():
        raise RuntimeError(f"KaTeX is not installed: install nodejs and npm, then run {INSTALL}")
    lines = [json.dumps({"latex": one.latex, "display": one.display}) for one in formulas]
    done = subprocess.run(
        ["node", str(HERE / "katex_check.mjs")],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    problems = [json.loads(line) for line in done.stdout.splitlines()]
    if bool(problems) != bool(done.returncode):
        raise RuntimeError(f"node exits with {done.returncode}:\n{done.stderr}")
    return {one["line"]: one["problem"] for one in problems}
