"""Write the real outputs into the examples of README and docs: what they print now.

    python -m tests.tools.regenerate_examples [PAGE…]

Read the diff before you commit it: an output that changed is a change that users see.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.tools.examples import ROOT, pages, run_page


def regenerated(page: Path) -> str:
    """The text of a page with the real outputs in its examples."""
    lines = page.read_text(encoding="utf-8").splitlines()
    with tempfile.TemporaryDirectory() as scratch:
        real = list(run_page(page, Path(scratch)))
    # From the end, so that the places of earlier blocks stay where they are.
    for shown, block in reversed(real):
        indent = lines[shown.first - 1]
        indent = indent[: len(indent) - len(indent.lstrip())]
        inner = [f"{indent}{line}".rstrip() for line in block.lines]
        lines[shown.first : shown.first + len(shown.lines)] = inner
    return "".join(f"{line}\n" for line in lines)


def main(names: list[str]) -> int:
    """Rewrite the pages named, or all; say which changed."""
    for page in [Path(name).resolve() for name in names] or pages():
        text = regenerated(page)
        if text != page.read_text(encoding="utf-8"):
            page.write_text(text, encoding="utf-8")
            print(f"changed: {page.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
